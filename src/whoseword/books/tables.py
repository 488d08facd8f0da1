"""The tables of a store, and which of them carry words.

What a statement lists comes before the statement itself: nothing is added to rows once it stands.
"""

TABLES: dict[str, tuple[str, ...]] = {
    "listed": ("number", "book", "batch", "place", "commitment"),
    "listed_bodies": ("number", "book", "batch", "place", "salt", "bytes"),
    "entries": (
        "book", "seq", "id", "incident", "recorded", "appended", "backfilled", "commitment", "link",
    ),
    "removals": ("number", "book", "seq", "what", "act_seq"),
    "bodies": ("number", "book", "seq", "salt", "bytes"),
    "listed_removals": ("number", "book", "batch", "place", "what", "act_seq"),
    "heads": ("book", "size", "link", "recorded"),
    "documents": ("number", "sha256", "name", "media_type", "text_sha256"),
    "blanks": ("number", "sha256", "first", "past", "text_sha256", "book", "seq"),
    "contents": ("number", "sha256", "bytes", "text", "pages"),
    "readings": ("number", "incident", "sha256"),
    "drafts": ("number", "draft", "incident", "document", "json"),
    "reads": ("number", "bytes", "link"),
    "copies": ("number", "path", "kind", "incident", "sha256", "written"),
    "bundles": ("number", "sha256", "sender", "received", "note"),
    "received": ("number", "bundle", "book", "seq", "id", "incident", "received", "entry"),
    "received_seals": ("number", "book", "seq", "act"),
    "received_bodies": ("number", "book", "seq", "salt", "bytes"),
    "rule_sets": ("number", "sha256", "recorded", "files"),
    "reminders": (
        "number", "reminder", "channel", "reader", "incident", "rule", "event", "due", "claimed",
    ),
    "reminders_told": ("number", "reminder", "channel", "told", "seen_by"),
    "settings": ("name", "value"),
}  # fmt: skip
"""Every table of a store with its columns, in an order in which rows can be put back."""

OVERWRITE = "overwrite"
"""The setting that stands while deleted rows have not yet been written over; empty otherwise."""

CARRIES_WORDS: dict[str, tuple[str, ...]] = {
    "bodies": ("bytes", "salt"),
    "contents": ("bytes", "text"),
    "drafts": ("json",),
    "listed_bodies": ("bytes", "salt"),
    "received_bodies": ("bytes", "salt"),
}
"""Where words of statements lie in a store: what a seal must reach (law 9).

Files outside of the store that carry words are registered in ``copies``. Names, times and digests
carry none. A test holds every column to be of one sort or the other.
"""
