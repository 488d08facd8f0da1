"""The named queries of the SQLite dialect."""

from functools import cache
from importlib.resources import files
from typing import Any

import aiosql

QUERY_FILES = ("queries.sql", "exchanged.sql", "reminders.sql", "listed.sql")
"""Those of the home's own books, of what it exchanges, reminds of and lists."""


@cache
def queries() -> Any:
    """The named queries; aiosql makes their methods as it reads them."""
    folder = files("whoseword.stores.sqlite")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in QUERY_FILES]
    return aiosql.from_str("\n".join(texts), "sqlite3")
