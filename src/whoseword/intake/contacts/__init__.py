"""Files of prior contacts (CSV, Parquet), row by row, by a map that the agency writes.

No two agencies keep such a file alike, so the map says which column is what and what the agency's
own words for an outcome mean. What it does not say is not guessed at: a row of which anything
cannot be read is told with its line and left to a person, for half of a row could be taken for all
of it. A file is no speaker: what it tells is its agency's record (law 1).
"""

from whoseword.intake.contacts.files import FileRow, csv_rows, parquet_rows
from whoseword.intake.contacts.maps import ContactMap, read_contact_map
from whoseword.intake.contacts.telling import Reading, batch_id, contact_of, reading_of

__all__ = [
    "ContactMap",
    "FileRow",
    "Reading",
    "batch_id",
    "contact_of",
    "csv_rows",
    "parquet_rows",
    "read_contact_map",
    "reading_of",
]
