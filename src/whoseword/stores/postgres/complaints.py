"""What PostgreSQL and its connection complain of, told to people: what happened, where, what to do.

The codes are SQLSTATEs (postgresql.org/docs/current/errcodes-appendix.html), of which the first two
characters are the class. Only the first line of what the server says is repeated: its details hold
values of rows, and so words of statements. While a connection is being made libpq passes on no code
at all, and its words are looked at instead; a server that speaks another language is told as one
that cannot be reached, with its own words.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from whoseword.books.errors import (
    BookError,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnreachable,
    NotALedger,
)

_Told = tuple[type[BookError], str]

_AWAY: _Told = (
    LedgerUnreachable,
    "{place} does not answer, or went away ({error}); see that it runs and is reached from here",
)
_CROWDED: _Told = (
    LedgerBusy,
    "{place} has no room for more work now ({error}); try again later, or raise its limit",
)
_HELD: _Told = (
    LedgerBusy,
    "somebody else holds what is needed in {place} and did not finish in time ({error}); try again",
)
_REFUSED: _Told = (
    LedgerReadOnly,
    "{place} may not be used like this ({error}); let the role that made the books grant it",
)
_STRANGER: _Told = (
    NotALedger,
    "{place} lets nobody in like this ({error}); check role, password and name of the database",
)
_BROKEN: _Told = (
    LedgerDamaged,
    "{place} cannot read what it stored ({error}); check its disk, run verify, restore a backup",
)
_OTHERWISE: _Told = (
    LedgerDamaged,
    "{place} does not hold what a ledger holds ({error}); keep a copy of it and run verify",
)

# The longest beginning of a code that stands here tells.
_BY_CODE: dict[str, _Told] = {
    "08": _AWAY,
    "57P0": _AWAY,
    "25P03": _AWAY,
    "25P04": _AWAY,
    "53": _CROWDED,
    "53100": (
        LedgerFull,
        "no room is left on the disk of {place} ({error}); free some and try again",
    ),
    "57014": (
        LedgerBusy,
        "{place} broke off what took too long ({error}); try again, or raise its statement_timeout",
    ),
    "55P03": _HELD,
    "40P01": _HELD,
    "40001": _HELD,
    "25006": (
        LedgerReadOnly,
        "{place} takes no writing ({error}); connect to the server that does",
    ),
    "42501": _REFUSED,
    "XX001": _BROKEN,
    "XX002": _BROKEN,
    "58": _BROKEN,
    "3D000": _STRANGER,
    "28": _STRANGER,
    "3F000": (
        NotALedger,
        "{place} has no such schema ({error}); have it made, or name another in search_path",
    ),
}

_BY_WORDS: tuple[tuple[str, _Told], ...] = (
    (r"authentication failed|no password supplied|no pg_hba\.conf entry", _STRANGER),
    (r"does not exist$|is not permitted to log in", _STRANGER),
    (r"permission denied for database", _REFUSED),
    (r"too many (clients|connections)|remaining connection slots", _CROWDED),
)


def is_away(error: psycopg.Error) -> bool:
    """Whether the connection is gone, rather than something refused on it."""
    code = error.sqlstate
    if code is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return _by_code(code) is _AWAY


def told(error: psycopg.Error, place: str) -> BookError:
    """What happened, as an error of the books about ``place``."""
    said = said_by(error)
    if error.sqlstate is not None:
        kind, message = _by_code(error.sqlstate)
    elif is_away(error):
        kind, message = next((meant for words, meant in _BY_WORDS if re.search(words, said)), _AWAY)
    else:
        kind, message = _OTHERWISE
    return kind(message.format(place=place, error=said))


def said_by(error: psycopg.Error) -> str:
    """The first line of what the server said, or libpq in its place."""
    lines = (error.diag.message_primary or str(error)).strip().splitlines()
    return re.sub(r"^connection (failed|is bad): ", "", lines[0]) if lines else "without a word"


@contextmanager
def told_plainly(place: str) -> Iterator[None]:
    """Turn what psycopg raises inside the block into an error of the books about ``place``."""
    try:
        yield
    except psycopg.Error as error:
        raise told(error, place) from error


def _by_code(code: str) -> _Told:
    for length in range(len(code), 1, -1):
        if code[:length] in _BY_CODE:
            return _BY_CODE[code[:length]]
    return _OTHERWISE
