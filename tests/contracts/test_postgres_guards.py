"""PostgreSQL's own part: the database refuses, and whoever took a guard away is found."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from bookkeeping import ledger_in, said, verdict_on
from postgres import KEEPER, PASSWORD, Server
from received_rows import THEIRS, bundle, received
from reminded import claim
from stored_rows import DOCUMENT, TEXT_SHA256, entries_of
from whoseword.books.errors import LedgerDamaged, LedgerReadOnly
from whoseword.books.exchanged import RuleSetKept
from whoseword.books.protocol import Blank, Copy, Removal
from whoseword.books.removings import Removing
from whoseword.stores.postgres import PostgresStore

COLUMNS = "book, seq, id, incident, recorded, appended, backfilled, commitment, link"
ADDED = f"INSERT INTO entries ({COLUMNS}) SELECT {COLUMNS} FROM entries WHERE seq = 0"

RECEIVED = (
    "INSERT INTO received (bundle, book, seq, id, incident, received, entry) "
    "SELECT bundle, book, {}, {}, incident, received, entry FROM received"
)
FROM_NOWHERE = RECEIVED.format("seq + 9", "id || '9'").replace("SELECT bundle", "SELECT 'none'")
RECEIVED_WORDS = (
    "INSERT INTO received_bodies (book, seq, salt, bytes) "
    "SELECT book, {}, salt, bytes FROM received_bodies"
)
SEALED = "INSERT INTO received_seals (book, seq, act) SELECT book, {}, act FROM received_seals"

REMINDED = (
    "INSERT INTO reminders (reminder, channel, reader, incident, rule, event, due, claimed) "
    "SELECT reminder, channel, reader, incident, rule, event, due, 0 FROM reminders"
)
TOLD = (
    "INSERT INTO reminders_told (reminder, channel, told, seen_by) "
    "SELECT reminder, {}, told, seen_by FROM reminders_told"
)


@pytest.fixture
def home(schema_url: str) -> Iterator[PostgresStore]:
    """A home in which everything happened once."""
    with closing(PostgresStore(schema_url)) as store:
        entries_of(store, 5)
        with store.writer() as writer:
            writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
            writer.note_read(0, b"{}", b"1" * 32)
            writer.note_copy(Copy("/a", "page", "harrow-lane", "1" * 64, 5))
            writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
            writer.blank(Blank(DOCUMENT.sha256, 6, 7, "0", "county/incident", 1), "Zeile ▇\n")
            writer.receive(bundle(), [received(0), received(1)])
            writer.seal_received(THEIRS, 1, "the act")
            writer.note_rule_set(RuleSetKept("1" * 64, 1, b"{}"))
            writer.claim(claim())
            writer.note_told(claim(told=9))
        yield store


@pytest.fixture
def owner(schema_url: str, home: PostgresStore) -> Iterator[psycopg.Connection]:
    with closing(psycopg.connect(schema_url, autocommit=True)) as connection:
        yield connection


@pytest.fixture
def superuser(postgres: Server, schema: str, home: PostgresStore) -> Iterator[psycopg.Connection]:
    with closing(postgres.admin()) as connection:
        connection.execute(f"SET search_path = {schema}")
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE received SET entry = ''",
        "DELETE FROM received",
        "TRUNCATE received",
        "SELECT * FROM received FOR UPDATE",
        "UPDATE entries SET recorded = 0",
        "DELETE FROM entries",
        "TRUNCATE entries",
        f"{ADDED} ON CONFLICT (book, seq) DO UPDATE SET recorded = 0",
        "MERGE INTO entries AS e USING entries AS o ON e.id = o.id WHEN MATCHED THEN DELETE",
        "SELECT * FROM entries FOR UPDATE",
    ],
)
def test_not_even_the_owner_may_change_an_entry(
    home: PostgresStore, owner: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"for table (entries|received)"):
        owner.execute(statement)
    with home.view() as view:
        assert len(list(view.rows("county/incident", None, None))) == 5
        assert len(list(view.received(THEIRS, None, None))) == 2


REFUSED = [
    ("UPDATE entries SET recorded = 0", "an entry is never changed"),
    ("DELETE FROM entries WHERE seq = 4", "an entry is never removed"),
    ("TRUNCATE entries", "an entry is never removed"),
    (ADDED, "an entry stands there already"),
    (f"{ADDED} ON CONFLICT (book, seq) DO UPDATE SET recorded = 0", "stands there already"),
    (f"{ADDED} ON CONFLICT DO NOTHING", "stands there already"),
    (ADDED.replace("SELECT book, seq", "SELECT book, 9"), "an entry stands there already"),
    ("UPDATE bodies SET bytes = ''", "a body is never changed"),
    ("DELETE FROM bodies WHERE seq = 0", "a body is never removed but under a seal"),
    ("TRUNCATE bodies", "never emptied"),
    ("INSERT INTO bodies SELECT * FROM bodies", "a body stands there already"),
    (
        "INSERT INTO bodies (book, seq, salt, bytes) SELECT book, 1, salt, '' FROM bodies",
        "what was sealed does not come back",
    ),
    (
        "INSERT INTO bodies (book, seq, salt, bytes) SELECT book, 7, salt, '' FROM bodies",
        "no entry stands there",
    ),
    ("UPDATE heads SET size = 1", "a book only grows"),
    ("UPDATE heads SET size = 9, recorded = NULL", "a book only grows"),
    ("UPDATE heads SET size = 9, book = 'other/public'", "a book only grows"),
    ("DELETE FROM heads", "a book is never removed"),
    ("TRUNCATE heads", "a book is never removed"),
    ("INSERT INTO heads SELECT * FROM heads", "a head stands there already"),
    ("UPDATE documents SET name = 'b'", "a document is never changed"),
    ("DELETE FROM documents", "a document is never removed"),
    ("TRUNCATE documents CASCADE", "never"),
    ("INSERT INTO documents SELECT * FROM documents", "a document stands there already"),
    ("UPDATE contents SET text = ''", "kept words are never changed"),
    ("TRUNCATE contents", "never emptied"),
    ("INSERT INTO contents SELECT * FROM contents", "kept words stand there already"),
    ("UPDATE removals SET what = 'returned'", "a removal is never changed"),
    ("DELETE FROM removals", "a removal is never taken back"),
    ("TRUNCATE removals", "a removal is never taken back"),
    ("INSERT INTO removals SELECT * FROM removals", "a removal stands there already"),
    (
        "INSERT INTO removals (book, seq, what, act_seq) VALUES ('county/incident', 9, 'sealed', 3)",
        "no entry stands there",
    ),
    ("UPDATE blanks SET first = 0", "a blank is never changed"),
    ("DELETE FROM blanks", "a blank is never removed"),
    ("TRUNCATE blanks", "a blank is never removed"),
    (
        (
            "INSERT INTO blanks (sha256, first, past, text_sha256, book, seq) "
            "SELECT sha256, 0, 1, '', book, 0 FROM blanks"
        ),
        "words are blanked under a seal only",
    ),
    ("UPDATE reads SET bytes = ''", "a logged read is never changed"),
    ("DELETE FROM reads", "a logged read is never removed"),
    ("TRUNCATE reads", "a logged read is never removed"),
    ("INSERT INTO reads SELECT * FROM reads", "a read is logged there already"),
    ("UPDATE copies SET path = ''", "the register of copies is never changed"),
    ("DELETE FROM copies", "the register of copies is never shortened"),
    ("TRUNCATE copies", "the register of copies is never shortened"),
    ("INSERT INTO copies SELECT * FROM copies", "a copy is registered there already"),
    ("UPDATE bundles SET note = ''", "what was received is never changed"),
    ("DELETE FROM bundles", "what was received is never removed"),
    ("TRUNCATE bundles CASCADE", "never removed"),
    ("INSERT INTO bundles SELECT * FROM bundles", "a bundle stands there already"),
    ("UPDATE received SET entry = ''", "a received statement is never changed"),
    ("DELETE FROM received", "a received statement is never removed"),
    ("TRUNCATE received", "a received statement is never removed"),
    (RECEIVED.format("seq", "id"), "a received statement stands there already"),
    (RECEIVED.format("seq + 9", "id"), "a received statement stands there already"),
    (RECEIVED.format("seq", "id || '9'"), "a received statement stands there already"),
    (FROM_NOWHERE, "no such bundle stands there"),
    ("UPDATE received_bodies SET bytes = ''", "received words are never changed"),
    ("DELETE FROM received_bodies", "received words are never removed but under a seal"),
    ("TRUNCATE received_bodies", "never emptied"),
    (RECEIVED_WORDS.format("seq"), "received words stand there already"),
    (RECEIVED_WORDS.format("1"), "what was sealed does not come back"),
    (RECEIVED_WORDS.format("7"), "no received statement stands there"),
    ("UPDATE received_seals SET act = ''", "the seal of a received statement is never changed"),
    ("DELETE FROM received_seals", "the seal of a received statement is never taken back"),
    ("TRUNCATE received_seals", "the seal of a received statement is never taken back"),
    ("INSERT INTO received_seals SELECT * FROM received_seals", "is sealed once"),
    (SEALED.format("seq"), "is sealed once"),
    (SEALED.format("7"), "no received statement stands there"),
    ("UPDATE rule_sets SET files = ''", "a rule set is never changed"),
    ("DELETE FROM rule_sets", "a rule set is never removed"),
    ("TRUNCATE rule_sets", "a rule set is never removed"),
    ("INSERT INTO rule_sets SELECT * FROM rule_sets", "a rule set is kept there already"),
    ("UPDATE reminders SET channel = 'post'", "a claimed reminder is never changed"),
    ("DELETE FROM reminders", "a claimed reminder is never taken back"),
    ("TRUNCATE reminders", "a claimed reminder is never taken back"),
    (REMINDED, "a reminder is claimed once"),
    ("UPDATE reminders_told SET told = 0", "that a reminder was told is never changed"),
    ("DELETE FROM reminders_told", "that a reminder was told is never taken back"),
    ("TRUNCATE reminders_told", "that a reminder was told is never taken back"),
    ("INSERT INTO reminders_told SELECT * FROM reminders_told", "a reminder is told once"),
    (TOLD.format("'post'"), "nobody claimed that reminder"),
]


def test_not_even_a_superuser_gets_past_the_guards(superuser: psycopg.Connection) -> None:
    """Nor does one who asks that no trigger fire."""
    for role in ("origin", "replica"):
        superuser.execute(f"SET session_replication_role = {role}")
        for statement, reason in REFUSED:
            with pytest.raises(psycopg.errors.RaiseException, match=reason):
                superuser.execute(statement)


def test_words_that_were_not_blanked_are_not_destroyed(
    home: PostgresStore, superuser: psycopg.Connection
) -> None:
    with home.writer() as writer:
        writer.keep_document(
            DOCUMENT.__class__(sha256="2" * 64, name="b", media_type="x", bytes=b"b", text="b"),
            "harrow-lane",
            "0",
        )
    with pytest.raises(psycopg.errors.RaiseException, match="but under a seal"):
        superuser.execute("DELETE FROM contents")


@pytest.mark.parametrize("where", ["TEMPORARY TABLE ", "TABLE evil."])
def test_a_guard_is_not_answered_from_elsewhere(
    postgres: Server, schema: str, owner: psycopg.Connection, where: str
) -> None:
    """Tables of the same names, in which everything is said to be sealed."""
    with postgres.admin() as admin:
        admin.execute("DROP SCHEMA IF EXISTS evil CASCADE")
        admin.execute(f"CREATE SCHEMA evil AUTHORIZATION {KEEPER}")
    owner.execute(f"CREATE {where}removals AS "
                  "SELECT 'county/incident' AS book, 0 AS seq, 'sealed' AS what")  # fmt: skip
    owner.execute(f"CREATE {where}received_seals AS SELECT '{THEIRS}' AS book, 0 AS seq")
    owner.execute(f"SET search_path = evil, {schema}")
    for table in ("bodies", "received_bodies"):
        with pytest.raises(psycopg.errors.RaiseException, match="but under a seal"):
            owner.execute(f"DELETE FROM {schema}.{table} WHERE seq = 0")


@pytest.mark.parametrize(
    ("done", "flaw"),
    [
        (
            "DROP TRIGGER entries_never_go ON entries",
            "the guard entries_never_go on entries was taken away",
        ),
        (
            "ALTER TABLE bodies DISABLE TRIGGER bodies_never_change",
            "the guard bodies_never_change on bodies was changed",
        ),
        (
            "ALTER TABLE heads ENABLE TRIGGER heads_only_advance",
            "the guard heads_only_advance on heads was changed",
        ),
        (
            (
                "CREATE OR REPLACE FUNCTION entries_never_change() RETURNS trigger LANGUAGE plpgsql "
                "AS 'BEGIN RETURN NEW; END'"
            ),
            "the guard entries_never_change on entries was changed",
        ),
        (
            (
                "CREATE TRIGGER entries_never_go BEFORE INSERT ON bodies FOR EACH ROW "
                "EXECUTE FUNCTION entries_never_go()"
            ),
            "the guard entries_never_go on bodies was added",
        ),
        (
            (
                "CREATE OR REPLACE TRIGGER bodies_never_change BEFORE UPDATE OF seq ON bodies "
                "FOR EACH ROW EXECUTE FUNCTION bodies_never_change()"
            ),
            "the guard bodies_never_change on bodies was changed",
        ),
        ("GRANT UPDATE ON entries TO PUBLIC", "the grant UPDATE on entries to everybody was added"),
        (
            f"GRANT UPDATE (recorded) ON entries TO {KEEPER}",
            f"the grant UPDATE on entries to {KEEPER} was added",
        ),
        (
            "ALTER TABLE readings DROP COLUMN incident",
            "the column readings.incident was taken away",
        ),
        ("ALTER TABLE heads ALTER COLUMN size TYPE numeric", "the column heads.size was changed"),
        (
            'ALTER TABLE settings ALTER COLUMN name TYPE text COLLATE "default"',
            "the column settings.name was changed",
        ),
        (
            "ALTER TABLE bodies ALTER COLUMN bytes SET STATISTICS 100",
            "the column bodies.bytes was changed",
        ),
        (
            "GRANT DELETE ON received TO PUBLIC",
            "the grant DELETE on received to everybody was added",
        ),
        (
            "DROP TRIGGER received_bodies_never_come_back ON received_bodies",
            "the guard received_bodies_never_come_back on received_bodies was taken away",
        ),
        (
            "ALTER TABLE received_bodies ALTER COLUMN bytes SET STATISTICS 100",
            "the column received_bodies.bytes was changed",
        ),
        ("ALTER TABLE rule_sets DROP COLUMN files", "the column rule_sets.files was taken away"),
        ("ALTER TABLE drafts ADD COLUMN note text", "the column drafts.note was added"),
        ("ALTER TABLE settings SET UNLOGGED", "the table settings was changed"),
        ("DROP TABLE copies", "the table copies was taken away"),
        (
            "CREATE RULE quietly AS ON INSERT TO entries DO INSTEAD NOTHING",
            "the rule quietly on entries was added",
        ),
    ],
)
def test_what_was_done_to_the_structure_is_found(
    home: PostgresStore, owner: psycopg.Connection, done: str, flaw: str
) -> None:
    with home.evidence() as evidence:
        assert list(evidence.flaws()) == []
    owner.execute(done)
    with home.evidence() as evidence:
        assert flaw in list(evidence.flaws())


def test_a_forger_who_takes_the_guards_down_is_found(schema_url: str) -> None:
    with ledger_in(schema_url) as ledger:
        ledger.append([said("knife"), said("gun")])
    assert verdict_on(schema_url).ok
    with psycopg.connect(schema_url) as owner:
        owner.execute("ALTER TABLE bodies DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE bodies SET bytes = replace(encode(bytes, 'escape'), 'gun', 'pen')::bytea"
        )
        owner.execute("ALTER TABLE bodies ENABLE TRIGGER USER")
        for (name,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'bodies'::regclass AND NOT tgisinternal"
        ).fetchall():
            owner.execute(f"ALTER TABLE bodies ENABLE ALWAYS TRIGGER {name}")
    [fault] = verdict_on(schema_url).faults
    assert (fault.seq, fault.what) == (1, "its body or salt is not what the entry commits to")


@pytest.fixture
def reading_url(postgres: Server, schema: str, home: PostgresStore) -> str:
    """Where the home is for somebody who may only read."""
    with postgres.admin() as admin:
        admin.execute(f"CREATE ROLE reader_of_{schema} LOGIN PASSWORD '{PASSWORD}'")
        admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader_of_{schema}")
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_of_{schema}")
    return postgres.url(schema, user=f"reader_of_{schema}")


def test_a_role_that_may_only_read_reads_and_checks_everything(
    home: PostgresStore, reading_url: str
) -> None:
    with closing(PostgresStore(reading_url)) as store:
        with store.view() as seen, home.view() as there:
            assert list(seen.rows("county/incident", None, None)) == list(
                there.rows("county/incident", None, None)
            )
        with store.evidence() as evidence:
            assert list(evidence.flaws()) == []
            assert len(list(evidence.stored("county/incident"))) == 5
        with pytest.raises(LedgerReadOnly, match="let the role that made the books grant it"):
            entries_of(store)
        with pytest.raises(LedgerReadOnly):
            store.overwrite()


def test_a_role_that_writes_but_does_not_own_the_books_overwrites_nothing(
    postgres: Server, schema: str, home: PostgresStore, reading_url: str
) -> None:
    with postgres.admin() as admin:
        admin.execute(
            f"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO reader_of_{schema}"
        )
        admin.execute(f"REVOKE UPDATE, DELETE ON {schema}.entries FROM reader_of_{schema}")
    with closing(PostgresStore(reading_url)) as store:
        with store.writer() as writer:
            writer.set_setting("zone", "UTC")
        with pytest.raises(LedgerReadOnly, match="as the role that made the books"):
            store.overwrite()
        with store.view() as view:
            assert view.setting("overwrite") == "begun"


def test_a_refusal_by_a_guard_is_told_plainly(home: PostgresStore) -> None:
    with pytest.raises(LedgerDamaged) as failure:
        entries_of(home)
    assert str(failure.value) == (
        f"{home.place} does not hold what a ledger holds (an entry stands there already); "
        "keep a copy of it and run verify"
    )
    assert PASSWORD not in home.place
