"""The books in a schema of a PostgreSQL database, for an agency, or several machines."""

from whoseword.stores.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
