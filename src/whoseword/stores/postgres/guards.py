"""The guards of the tables: what the database itself refuses, whoever asks.

They say the same as SQLite's, in the same words, and one thing more: TRUNCATE, which empties a
table without touching a row. A superuser passes every grant, but meets these. They fire ALWAYS, so
that ``session_replication_role`` does not silence them, and each pins the schema in which it looks,
so that nobody answers it from a schema of his own. Whoever takes one away is found by ``verify``.

A row belongs to an entry by a guard and not by a foreign key: the check of a foreign key locks the
row it points at, for which PostgreSQL asks UPDATE on ``entries``, and nobody has that; nor on
``received``, to which rows are only ever added either.

What a step of the structure raised stays as it is here; a later step lowers it and raises another.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from psycopg import Connection

_TYPE = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ROW, _BEFORE = 1, 2
_GOES_ON_WITH = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}


class Guard(NamedTuple):
    """A trigger and its function, both of one name: what is refused, when, and in which words."""

    table: str
    name: str
    event: str
    message: str
    when: str = "TRUE"

    @property
    def body(self) -> str:
        """The body of the function, as the database keeps it."""
        return (
            f"\nBEGIN\n    IF {self.when} THEN\n        RAISE EXCEPTION '{self.message}';\n"
            f"    END IF;\n    RETURN {_GOES_ON_WITH[self.event]};\nEND\n"
        )

    @property
    def type(self) -> int:
        """The trigger's type, as ``pg_trigger.tgtype`` spells it."""
        return _TYPE[self.event] | _BEFORE | (0 if self.event == "TRUNCATE" else _ROW)


def never(table: str, changed: str, gone: str | None = None) -> tuple[Guard, ...]:
    """What stands is not changed and not emptied; nor removed, where it is said so."""
    removed = () if gone is None else (Guard(table, f"{table}_never_go", "DELETE", gone),)
    emptied = gone or f"{table} are never emptied"
    return (
        Guard(table, f"{table}_never_change", "UPDATE", changed),
        *removed,
        Guard(table, f"{table}_never_emptied", "TRUNCATE", emptied),
    )


def exists(table: str, *conditions: str) -> str:
    """That a row of a table meets one of some conditions."""
    return "\n        OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {condition})"  # noqa: S608  names of ours
        for condition in conditions
    )


_BODIES_NEVER_GO = Guard("bodies", "bodies_never_go", "DELETE", "a body is never removed")
_CONTENTS_NEVER_GO = Guard(
    "contents", "contents_never_go", "DELETE", "kept words are never removed"
)
_AT_ITS_PLACE = "book = NEW.book AND seq = NEW.seq"
_SEALED = "book = {0}.book AND seq = {0}.seq AND what = 'sealed'"

OF_BOOKS = (
    *never(
        "entries", "an entry is never changed; append a correction", "an entry is never removed"
    ),
    Guard(
        "entries",
        "entries_never_replaced",
        "INSERT",
        "an entry stands there already",
        exists("entries", _AT_ITS_PLACE, "book = NEW.book AND id = NEW.id"),
    ),
    *never("bodies", "a body is never changed; append a correction"),
    _BODIES_NEVER_GO,
    Guard(
        "bodies",
        "bodies_never_replaced",
        "INSERT",
        "a body stands there already",
        exists("bodies", "number = NEW.number", _AT_ITS_PLACE),
    ),
    Guard(
        "bodies",
        "bodies_belong_to_an_entry",
        "INSERT",
        "no entry stands there",
        f"NOT {exists('entries', _AT_ITS_PLACE)}",
    ),
    Guard(
        "heads",
        "heads_only_advance",
        "UPDATE",
        "a book only grows",
        "NEW.book IS DISTINCT FROM OLD.book OR NEW.size <= OLD.size\n"
        "        OR NEW.recorded < OLD.recorded\n"
        "        OR (NEW.recorded IS NULL AND OLD.recorded IS NOT NULL)",
    ),
    Guard("heads", "heads_never_go", "DELETE", "a book is never removed"),
    Guard("heads", "heads_never_emptied", "TRUNCATE", "a book is never removed"),
    Guard(
        "heads",
        "heads_never_replaced",
        "INSERT",
        "a head stands there already",
        exists("heads", "book = NEW.book"),
    ),
    *never("documents", "a document is never changed", "a document is never removed"),
    Guard(
        "documents",
        "documents_never_replaced",
        "INSERT",
        "a document stands there already",
        exists("documents", "number = NEW.number OR sha256 = NEW.sha256"),
    ),
    *never("contents", "kept words are never changed"),
    _CONTENTS_NEVER_GO,
    Guard(
        "contents",
        "contents_never_replaced",
        "INSERT",
        "kept words stand there already",
        exists("contents", "number = NEW.number OR sha256 = NEW.sha256"),
    ),
)
"""What the step 0001-books raises."""

LOWERED_FOR_REMOVALS = (_BODIES_NEVER_GO, _CONTENTS_NEVER_GO)
"""What the step 0002-removals takes down: a seal is the one way to destroy a body."""

OF_REMOVALS = (
    Guard(
        "bodies",
        "bodies_go_under_a_seal_alone",
        "DELETE",
        "a body is never removed but under a seal",
        f"NOT {exists('removals', _SEALED.format('OLD'))}",
    ),
    Guard(
        "bodies",
        "bodies_never_come_back",
        "INSERT",
        "what was sealed does not come back",
        exists("removals", _SEALED.format("NEW")),
    ),
    Guard(
        "contents",
        "contents_go_under_a_seal_alone",
        "DELETE",
        "kept words are never removed but under a seal",
        f"NOT {exists('blanks', 'sha256 = OLD.sha256')}",
    ),
    *never(
        "removals",
        "a removal is never changed",
        "a removal is never taken back; put the statement back by an act",
    ),
    Guard(
        "removals",
        "removals_never_replaced",
        "INSERT",
        "a removal stands there already",
        exists(
            "removals",
            "number = NEW.number",
            "book = NEW.book AND act_seq = NEW.act_seq",
            _SEALED.format("NEW"),
        ),
    ),
    Guard(
        "removals",
        "removals_belong_to_entries",
        "INSERT",
        "no entry stands there",
        f"NOT {exists('entries', _AT_ITS_PLACE)}\n"
        f"        OR NOT {exists('entries', 'book = NEW.book AND seq = NEW.act_seq')}",
    ),
    *never("blanks", "a blank is never changed", "a blank is never removed"),
    Guard(
        "blanks",
        "blanks_only_under_a_seal",
        "INSERT",
        "words are blanked under a seal only, and once",
        exists("blanks", "number = NEW.number")
        + f"\n        OR NOT {exists('removals', _SEALED.format('NEW'))}",
    ),
    *never("reads", "a logged read is never changed", "a logged read is never removed"),
    Guard(
        "reads",
        "reads_never_replaced",
        "INSERT",
        "a read is logged there already",
        exists("reads", "number = NEW.number"),
    ),
    *never(
        "copies",
        "the register of copies is never changed",
        "the register of copies is never shortened",
    ),
    Guard(
        "copies",
        "copies_never_replaced",
        "INSERT",
        "a copy is registered there already",
        exists("copies", "number = NEW.number"),
    ),
)
"""What the step 0002-removals raises."""

OF_EXCHANGED = (
    *never("bundles", "what was received is never changed", "what was received is never removed"),
    Guard(
        "bundles",
        "bundles_never_replaced",
        "INSERT",
        "a bundle stands there already",
        exists("bundles", "number = NEW.number OR sha256 = NEW.sha256"),
    ),
    *never(
        "received", "a received statement is never changed", "a received statement is never removed"
    ),
    Guard(
        "received",
        "received_never_replaced",
        "INSERT",
        "a received statement stands there already",
        exists("received", "number = NEW.number", _AT_ITS_PLACE, "book = NEW.book AND id = NEW.id"),
    ),
    Guard(
        "received",
        "received_belong_to_a_bundle",
        "INSERT",
        "no such bundle stands there",
        f"NOT {exists('bundles', 'sha256 = NEW.bundle')}",
    ),
    *never("received_bodies", "received words are never changed"),
    Guard(
        "received_bodies",
        "received_bodies_go_under_a_seal_alone",
        "DELETE",
        "received words are never removed but under a seal",
        f"NOT {exists('received_seals', 'book = OLD.book AND seq = OLD.seq')}",
    ),
    Guard(
        "received_bodies",
        "received_bodies_never_come_back",
        "INSERT",
        "what was sealed does not come back",
        exists("received_seals", _AT_ITS_PLACE),
    ),
    Guard(
        "received_bodies",
        "received_bodies_never_replaced",
        "INSERT",
        "received words stand there already",
        exists("received_bodies", "number = NEW.number", _AT_ITS_PLACE),
    ),
    Guard(
        "received_bodies",
        "received_bodies_belong_to_received",
        "INSERT",
        "no received statement stands there",
        f"NOT {exists('received', _AT_ITS_PLACE)}",
    ),
    *never(
        "received_seals",
        "the seal of a received statement is never changed",
        "the seal of a received statement is never taken back",
    ),
    Guard(
        "received_seals",
        "received_seals_never_replaced",
        "INSERT",
        "a received statement is sealed once",
        exists("received_seals", "number = NEW.number", _AT_ITS_PLACE),
    ),
    Guard(
        "received_seals",
        "received_seals_belong_to_received",
        "INSERT",
        "no received statement stands there",
        f"NOT {exists('received', _AT_ITS_PLACE)}",
    ),
    *never("rule_sets", "a rule set is never changed", "a rule set is never removed"),
    Guard(
        "rule_sets",
        "rule_sets_never_replaced",
        "INSERT",
        "a rule set is kept there already",
        exists("rule_sets", "number = NEW.number OR sha256 = NEW.sha256"),
    ),
)
"""What the step 0003-exchanged raises."""

_SAME_REMINDER = "reminder = NEW.reminder AND channel = NEW.channel"

OF_REMINDERS = (
    *never(
        "reminders",
        "a claimed reminder is never changed",
        "a claimed reminder is never taken back",
    ),
    Guard(
        "reminders",
        "reminders_never_replaced",
        "INSERT",
        "a reminder is claimed once",
        exists("reminders", "number = NEW.number", _SAME_REMINDER),
    ),
    *never(
        "reminders_told",
        "that a reminder was told is never changed",
        "that a reminder was told is never taken back",
    ),
    Guard(
        "reminders_told",
        "reminders_told_never_replaced",
        "INSERT",
        "a reminder is told once",
        exists("reminders_told", "number = NEW.number", _SAME_REMINDER),
    ),
    Guard(
        "reminders_told",
        "reminders_told_belong_to_reminders",
        "INSERT",
        "nobody claimed that reminder",
        f"NOT {exists('reminders', _SAME_REMINDER)}",
    ),
)
"""What the step 0004-reminders raises."""


def put_up(connection: Connection[Any], guards: Iterable[Guard]) -> None:
    """Make the guards' functions and triggers in the current schema."""
    found = connection.execute("SELECT quote_ident(current_schema())").fetchone()
    assert found is not None
    (schema,) = found
    for guard in guards:
        each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
        connection.execute(
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {schema}, pg_temp AS $guard${guard.body}$guard$;\n"
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {guard.name}();\n"
            f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}"
        )


def take_down(connection: Connection[Any], guards: Iterable[Guard]) -> None:
    """Take the guards away."""
    for guard in guards:
        connection.execute(
            f"DROP TRIGGER {guard.name} ON {guard.table};\nDROP FUNCTION {guard.name}()"
        )
