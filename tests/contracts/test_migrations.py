"""The structure grows by steps, forward and back, and nothing is forgotten on the way."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from bookkeeping import FILE, ledger_in, said, store_at, verdict_on
from postgres import KEEPER, Server
from received_rows import bundle, received
from reminded import claim
from stored_rows import DOCUMENT, TEXT_SHA256, entries_of
from whoseword.books.errors import LedgerReadOnly, MigrationFailed, NotALedger
from whoseword.books.exchanged import RuleSetKept
from whoseword.books.protocol import Copy, Removal
from whoseword.books.removings import Removing
from whoseword.stores.postgres import PostgresStore
from whoseword.stores.postgres import structure as postgres_structure
from whoseword.stores.postgres.address import address_of
from whoseword.stores.postgres.session import connect, one_writer
from whoseword.stores.postgres.stepping import Stepping
from whoseword.stores.sqlite import structure as sqlite_structure
from whoseword.stores.sqlite.home import connect as connect_sqlite

STEPS = postgres_structure.STEPS


class Steps:
    """The steps of one home's structure, forward and back, whatever its store."""

    def __init__(self, home: Path | str) -> None:
        self.home = home

    @contextmanager
    def _open(self) -> Iterator[tuple[Any, Any, Any]]:
        if isinstance(self.home, Path):
            path = self.home / FILE
            self.home.mkdir(exist_ok=True)
            with closing(connect_sqlite(path)) as connection:
                yield sqlite_structure, connection, path
        else:
            with closing(connect(address_of(self.home))) as connection:
                yield postgres_structure, connection, "the schema"

    def forward(self) -> None:
        with self._open() as (structure, connection, place):
            structure.bring_up_to_date(connection, place)

    def back(self, to: int) -> None:
        with self._open() as (structure, connection, place):
            structure.go_back(connection, place, to)

    def found(self) -> list[tuple[Any, ...]]:
        """What the home is made of, down to keys and checks."""
        with self._open() as (_, connection, _):
            query = _MADE_OF_IN_SQLITE if isinstance(self.home, Path) else _MADE_OF_IN_POSTGRES
            return sorted(connection.execute(query))


_MADE_OF_IN_SQLITE = "SELECT type, name, sql FROM sqlite_schema"
_MADE_OF_IN_POSTGRES = """
    SELECT 'column', concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull, a.attidentity, a.attcollation, a.attstattarget)
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
    UNION ALL SELECT 'constraint', conname || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
    UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT 'guard', pg_get_triggerdef(t.oid) || t.tgenabled::text
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    UNION ALL SELECT 'function', proname || concat_ws(' ', proconfig) || prosrc
    FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT 'grant', relname || coalesce(relacl::text, '')
    FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
"""


@pytest.fixture(params=["postgres", "sqlite"])
def steps(request: pytest.FixtureRequest, tmp_path: Path) -> Steps:
    if request.param == "sqlite":
        return Steps(tmp_path / "home")
    return Steps(request.getfixturevalue("schema_url"))


@contextmanager
def up_to(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program that knows the first steps only, as an earlier version did."""
    with monkeypatch.context() as earlier:
        for module in (postgres_structure, sqlite_structure):
            earlier.setattr(module, "STEPS", STEPS[:number])
        earlier.setattr(sqlite_structure, "STRUCTURE_VERSION", number)
        yield


def test_both_stores_grow_by_the_same_steps() -> None:
    assert sqlite_structure.STEPS == STEPS
    for kind, ending in (("sqlite", "sql"), ("postgres", "py")):
        folder = files("whoseword.stores") / kind / "migrations"
        assert all((folder / f"{step}.{ending}").is_file() for step in STEPS)


def test_step_by_step_is_the_same_as_at_once(
    steps: Steps, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for number in range(1, len(STEPS) + 1):
        with up_to(number, monkeypatch):
            steps.forward()
        found.append(steps.found())
    by_steps = found[-1]
    assert all(earlier != later for earlier, later in pairwise(found))
    other = Steps(tmp_path / "other")
    if isinstance(steps.home, str):
        server = request.getfixturevalue("postgres")
        other = Steps(server.url(server.new_schema()))
    other.forward()
    assert [str(one).replace(name_of(other), name_of(steps)) for one in other.found()] == [
        str(one) for one in by_steps
    ]


def name_of(steps: Steps) -> str:
    """The name of the schema, which PostgreSQL writes into what it is made of."""
    return "" if isinstance(steps.home, Path) else address_of(steps.home).parameters["options"][15:]


@pytest.mark.parametrize("number", range(1, len(STEPS)))
def test_up_down_and_up_is_the_same_as_up(
    steps: Steps, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with up_to(number, monkeypatch):
        steps.forward()
    earlier = steps.found()
    steps.forward()
    latest = steps.found()
    steps.back(number)
    assert steps.found() == earlier
    steps.forward()
    assert steps.found() == latest


def test_the_earliest_structure_has_no_way_back(steps: Steps) -> None:
    steps.forward()
    steps.back(0)
    there = steps.found()
    steps.back(0)
    assert steps.found() == there != []


def test_what_stands_survives_the_way_there_and_back(steps: Steps) -> None:
    with ledger_in(steps.home) as ledger:
        receipts = ledger.append([said("knife"), said("gun")])
        with ledger.store.writer() as writer:
            writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
    steps.back(1)
    steps.forward()
    with ledger_in(steps.home) as ledger:
        assert [one.id for one in ledger.statements()] == [one.id for one in receipts]
        with ledger.store.view() as view:
            assert view.document(DOCUMENT.sha256) == DOCUMENT
        ledger.append([said("none")])
    assert verdict_on(steps.home).faults == []


FORGOTTEN: dict[str, Callable[[Any], None]] = {
    "removals": lambda writer: writer.remove(
        Removal("county/incident", 1, Removing.QUARANTINED, 2)
    ),
    "reads": lambda writer: writer.note_read(0, b"{}", b"1" * 32),
    "copies": lambda writer: writer.note_copy(Copy("/a", "page", "", "", 1)),
    "bundles": lambda writer: writer.receive(bundle(), [received(0)]),
    "rule_sets": lambda writer: writer.note_rule_set(RuleSetKept("1" * 64, 1, b"{}")),
    "reminders": lambda writer: writer.claim(claim()),
}


@pytest.mark.parametrize("table", sorted(FORGOTTEN))
def test_nobody_goes_back_over_what_would_be_forgotten(steps: Steps, table: str) -> None:
    store = store_at(steps.home)
    entries_of(store)
    with store.writer() as writer:
        FORGOTTEN[table](writer)
    store.close()
    there = steps.found()
    with pytest.raises(MigrationFailed, match=f"its {table} would be forgotten"):
        steps.back(1)
    assert steps.found() == there


def test_a_later_structure_is_not_touched(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    steps.forward()
    with up_to(1, monkeypatch), pytest.raises(NotALedger, match="later version of Whose Word"):
        steps.forward()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets one more step be known, which fails half-way, or cannot even be read."""

    def add(code: str) -> None:
        folder = tmp_path / "migrations"
        package = files("whoseword.stores.postgres") / "migrations"
        for step in STEPS:
            shutil.copy(str(package / f"{step}.py"), folder / f"{step}.py")
        (folder / "0006-broken.py").write_text(code, "utf-8")
        monkeypatch.setattr(postgres_structure, "STEPS", (*STEPS, "0006-broken"))
        monkeypatch.setattr(postgres_structure, "_SOURCE", str(folder))

    (tmp_path / "migrations").mkdir()
    return add


TWICE = "from yoyo import step\nsteps = [step('CREATE TABLE half (); CREATE TABLE half ()')]"


class TestOnPostgres:
    @pytest.mark.parametrize(
        ("code", "told"),
        [(TWICE, 'relation "half" already exists'), ("steps = [", "it cannot be read")],
        ids=["fails", "unreadable"],
    )
    @pytest.mark.parametrize("fresh", [True, False])
    def test_a_step_that_fails_changes_nothing(
        self,
        schema_url: str,
        broken: Callable[[str], None],
        capfd: pytest.CaptureFixture[str],
        code: str,
        told: str,
        fresh: bool,
    ) -> None:
        steps = Steps(schema_url)
        if not fresh:
            steps.forward()
        there = steps.found()
        broken(code)
        with pytest.raises(MigrationFailed) as failure:
            PostgresStore(schema_url)
        assert f"from structure 5 to 6 (step 0006-broken: {told})" in str(failure.value)
        assert "nothing was changed" in str(failure.value)
        assert steps.found() == there
        assert capfd.readouterr() == ("", "")

    def test_not_even_yoyo_drops_the_books(self, schema_url: str) -> None:
        Steps(schema_url).forward()
        there = Steps(schema_url).found()
        with closing(connect(address_of(schema_url))) as connection:
            backend = Stepping(connection)
            with (
                pytest.raises(MigrationFailed, match="at its earliest structure"),
                backend.transaction(),
            ):
                backend.undo(postgres_structure._SOURCE, STEPS[0])
        assert Steps(schema_url).found() == there

    @pytest.mark.parametrize("isolation", ["read committed", "serializable"])
    def test_many_open_a_fresh_schema_at_once(self, schema_url: str, isolation: str) -> None:
        default = f"-cdefault_transaction_isolation={isolation}".replace(" ", "\\ ")
        schema_url = schema_url.replace("options=", f"options={quote(default)}%20")
        stores: list[PostgresStore] = []
        together = threading.Barrier(6, timeout=30)

        def open_it() -> None:
            together.wait()
            stores.append(PostgresStore(schema_url))

        threads = [threading.Thread(target=open_it) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(stores) == 6
        for store in stores:
            store.close()

    def test_no_lock_outlives_its_owner(self, postgres: Server, schema_url: str) -> None:
        """Somebody is killed in the middle of the steps: the next one simply takes them."""
        with closing(connect(address_of(schema_url))) as other, postgres.admin() as admin:
            other.execute(f"BEGIN; {one_writer()}; CREATE TABLE entries (n bigint)")
            waiting = threading.Thread(target=lambda: PostgresStore(schema_url).close())
            waiting.start()
            admin.execute("SELECT pg_terminate_backend(%s)", (other.info.backend_pid,))
            waiting.join(timeout=30)
            assert not waiting.is_alive()
        assert verdict_on(schema_url).ok

    def test_another_programs_tables_are_left_alone(
        self, postgres: Server, schema: str, schema_url: str
    ) -> None:
        with postgres.admin() as admin:
            admin.execute(f"CREATE TABLE {schema}.documents (title text)")
        there = Steps(schema_url).found()
        with pytest.raises(NotALedger, match="table documents of another program"):
            PostgresStore(schema_url)
        assert Steps(schema_url).found() == there

    def test_a_role_without_the_right_to_make_tables(
        self, postgres: Server, schema: str, schema_url: str
    ) -> None:
        with postgres.admin() as admin:
            admin.execute(f"ALTER SCHEMA {schema} OWNER TO CURRENT_USER")
            admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO {KEEPER}")
        with pytest.raises(LedgerReadOnly, match="the role keeper may not make the tables"):
            PostgresStore(schema_url)

    def test_rights_that_a_database_grants_by_itself_are_taken_from_entries(
        self, postgres: Server, schema: str, schema_url: str
    ) -> None:
        with psycopg.connect(schema_url, autocommit=True) as owner:
            owner.execute(
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT ALL ON TABLES TO PUBLIC"
            )
        assert verdict_on(schema_url).ok
        with psycopg.connect(schema_url, autocommit=True) as owner:
            granted = owner.execute(
                "SELECT grantee, privilege_type FROM information_schema.role_table_grants "
                "WHERE table_schema = %s AND table_name = 'entries'",
                (schema,),
            ).fetchall()
        assert {what for _, what in granted}.isdisjoint({"UPDATE", "DELETE", "TRUNCATE"})
        assert ("PUBLIC", "INSERT") in granted


def test_a_broken_step_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps(tmp_path / "home")
    steps.forward()
    there = steps.found()
    script = sqlite_structure._script
    monkeypatch.setattr(sqlite_structure, "STEPS", (*STEPS, "0006-broken"))
    monkeypatch.setattr(sqlite_structure, "STRUCTURE_VERSION", len(STEPS) + 1)
    monkeypatch.setattr(
        sqlite_structure,
        "_script",
        lambda name: (
            "CREATE TABLE half (n);\nCREATE TABLE half (n);" if "broken" in name else script(name)
        ),
    )
    with pytest.raises(MigrationFailed, match="step 0006-broken: table half already exists"):
        steps.forward()
    assert steps.found() == there
    with closing(sqlite3.connect(tmp_path / "home" / FILE)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
