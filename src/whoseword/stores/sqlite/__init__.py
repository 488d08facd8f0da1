"""The books in one SQLite file, for a laptop or a small office."""

from whoseword.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
