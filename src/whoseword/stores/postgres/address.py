"""Where a database is: what libpq needs to reach it, and what may be told of it.

An address carries a password, so nothing of it is repeated but host, port and name. A password that
was written with a bare ``@`` or ``/`` would be read as part of the host or the name; so an address
that can be read in two ways is refused before anything of it is told.
(postgresql.org/docs/current/libpq-connect.html, 32.1.1.2)
"""

from typing import NamedTuple
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from whoseword.books.errors import NotALedger

FORM = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
_SCHEMES = ("postgresql", "postgres")

# A server that is gone without a word is noticed within about a minute, instead of two hours.
_UNLESS_GIVEN = {
    "application_name": "whoseword",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


class Address(NamedTuple):
    """``parameters`` are libpq's, the password among them; ``place`` is fit to be told."""

    parameters: dict[str, str]
    place: str


def address_of(dsn: str) -> Address:
    """The address in a URL as libpq reads it. Raises ``NotALedger``, and repeats nothing of it."""
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(dsn).items() if value}
    except psycopg.Error:
        # What libpq complains of quotes the address; so its error is not even kept as a cause.
        given = {}
    scheme, _, rest = dsn.partition("://")
    authority = rest.partition("/")[0].partition("?")[0]
    at = dsn.count("@")
    if not given or scheme not in _SCHEMES or at > 1 or at != authority.count("@"):
        raise NotALedger(
            f"the address of the database cannot be read; write {FORM}, and in the password "
            "%40 for @, %2F for /, %3A for :, %3F for ? and %25 for %"
        )
    return Address(_UNLESS_GIVEN | given | {"client_encoding": "UTF8"}, _place(given))


def _place(given: dict[str, str]) -> str:
    defaults = {
        option.keyword.decode(): option.val.decode()
        for option in psycopg.pq.Conninfo.get_defaults()
        if option.val is not None
    }
    told = defaults | given
    host = told.get("host") or told.get("hostaddr") or "localhost"
    name = told.get("dbname") or told.get("user") or ""
    bracketed = f"[{host}]" if ":" in host else host
    return f"postgresql://{bracketed}:{told.get('port', '5432')}/{quote(name)}"
