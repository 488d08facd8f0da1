"""Who may open which book, for which purpose."""

from whoseword.access.readers import (
    DEFAULT_OWNER,
    OPENS,
    OPENS_OF_OWN_AGENCY,
    Reader,
    may_keep,
    may_open,
    parse_reader,
)

__all__ = [
    "DEFAULT_OWNER",
    "OPENS",
    "OPENS_OF_OWN_AGENCY",
    "Reader",
    "may_keep",
    "may_open",
    "parse_reader",
]
