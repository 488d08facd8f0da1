"""Which row is which, and which statement is which: the same file told again is the same again.

A row is known by its own id where the export has one, else by all that stands in it; so the id of a
statement does not change when the map is mended, and a book that holds it takes it no second time. It
has the form that a statement's id must have (UUIDv7, RFC 9562), with the moment 0, since a moment
would depend on what the map states of a clock.
"""

from hashlib import sha256
from typing import Final
from uuid import UUID

from whoseword.intake.cad.maps import CadMap
from whoseword.intake.cad.rows import Row

_DOMAIN: Final = b"whoseword cad row 1"
_VERSION: Final = 0x7 << 76
_VARIANT: Final = 0x2 << 62
_SHORT: Final = 16


def digest_of(*parts: str) -> str:
    """The hexadecimal digest of some words in their order, each told apart from the next."""
    told = [_DOMAIN]
    for part in parts:
        content = part.encode()
        told += (len(content).to_bytes(8, "big"), content)
    return sha256(b"".join(told)).hexdigest()


def row_key(row: Row, number: str, cad: CadMap) -> str:
    """By what a row is known again."""
    column = cad.columns.row
    if column is not None and column in row.cells:
        return digest_of(cad.feed, number, "row", row.cells[column])
    cells = (word for pair in sorted(row.cells.items()) for word in pair)
    return digest_of(cad.feed, number, "cells", *cells)


def message_of(row: Row, number: str, key: str, cad: CadMap) -> str:
    """By what a person finds the row in the feed: its number, and its own id or the key's start."""
    column = cad.columns.row
    own = row.cells.get(column, "") if column is not None else ""
    return f"{number}/{own.strip() or key[:_SHORT]}"


def statement_id(*parts: str) -> str:
    """The id of a statement that is made of these."""
    bits = int(digest_of("statement", *parts)[:20], 16)
    high, low = bits >> 68 & 0xFFF, bits & (1 << 62) - 1
    return str(UUID(int=_VERSION | high << 64 | _VARIANT | low))
