"""How well a reader reads: its drafts held against what careful people found.

The measure is the project's own gold set (`gold/`), annotated twice apart under the reading
conventions; precision, recall and abstention are told by genre, and what is right is defined in
`matching`.
"""
