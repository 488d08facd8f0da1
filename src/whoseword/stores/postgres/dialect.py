"""The named queries of the PostgreSQL dialect: the names and parameters of SQLite's, no others."""

from functools import cache
from importlib.resources import files
from typing import Any

import aiosql


@cache
def queries() -> Any:
    """The named queries; aiosql makes their methods as it reads them."""
    text = files("whoseword.stores.postgres").joinpath("queries.sql").read_text(encoding="utf-8")
    return aiosql.from_str(text, "psycopg")
