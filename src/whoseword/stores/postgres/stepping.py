"""yoyo over a connection that is already there.

yoyo would connect by itself, once more for each step, note a step in another transaction than the
step's own, and look up this machine's name on the network. Here a step, its note and its entry in
yoyo's log are one transaction of the caller's, and nothing is looked up. The tables stay those of
yoyo, so that its command line can still tell where a schema stands.
"""

import platform
import uuid
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection
from yoyo import internalmigrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import default_migration_table, read_migrations

_UNUSED = DatabaseURI("postgresql+psycopg", None, None, None, None, "", {})


class Stepping(PostgresqlPsycopgBackend):  # type: ignore[misc]  # yoyo has no types
    """Takes steps and takes them back on one connection, in the caller's transaction."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._given = connection
        super().__init__(_UNUSED, default_migration_table)

    def connect(self, dburi: DatabaseURI) -> Connection[Any]:  # noqa: ARG002  yoyo's own signature
        """The connection that is already there."""
        return self._given

    def prepare(self) -> None:
        """Make yoyo's own tables, or bring them up to date."""
        if internalmigrations.needs_upgrading(self):
            internalmigrations.upgrade(self)

    def do(self, source: str, step: str) -> None:
        """Take a step and note it."""
        migration = _migration(source, step)
        migration.process_steps(self, "apply")
        self.log_migration(migration, "apply")
        self.mark_one(migration, log=False)

    def undo(self, source: str, step: str) -> None:
        """Take a step back and strike its note."""
        migration = _migration(source, step)
        migration.process_steps(self, "rollback")
        self.log_migration(migration, "rollback")
        self.unmark_one(migration, log=False)

    def get_log_data(self, migration: Any = None, operation: str = "apply") -> dict[str, Any]:
        """What yoyo's log says of a step: by which role of the database, from which machine."""
        return {
            "id": str(uuid.uuid4()),
            "migration_id": migration.id if migration else None,
            "migration_hash": migration.hash if migration else None,
            "username": self._given.info.user,
            "hostname": platform.node(),
            "created_at_utc": datetime.now(UTC).replace(tzinfo=None),
            "operation": operation,
        }


def _migration(source: str, step: str) -> Any:
    [migration] = [one for one in read_migrations(source) if one.id == step]
    return migration
