"""Finding the database: what an address may be, what is told of it, and what goes wrong there."""

import re
import traceback
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from at_the_desk import lines_of, whoseword
from bookkeeping import ledger_in, said, store_at, verdict_on
from postgres import KEEPER, PASSWORD, Server
from stored_rows import entries_of
from whoseword.books.errors import (
    BookError,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnreachable,
    NotALedger,
)
from whoseword.stores.postgres import PostgresStore
from whoseword.stores.postgres.address import address_of
from whoseword.stores.postgres.complaints import told

ROOT = Path(__file__).parents[2]
SECRET = "hunter2"  # noqa: S105  of nobody
LINE = lines_of([said()], "id", "recorded")


@pytest.mark.parametrize(
    ("dsn", "place"),
    [
        (
            "postgresql://u:hunter2@db.county.gov:6432/books",
            "postgresql://db.county.gov:6432/books",
        ),
        ("postgres://u:hunter2@db.county.gov/books", "postgresql://db.county.gov:5432/books"),
        ("postgresql://u:hunter2%40%2F%3A%3F@h/books", "postgresql://h:5432/books"),
        ("postgresql://u:hunter2@[::1]:5433/books", "postgresql://[::1]:5433/books"),
        ("postgresql://u@/books?host=/run/pg&port=5433", "postgresql:///run/pg:5433/books"),
        ("postgresql://h?user=u&password=hunter2&dbname=books", "postgresql://h:5432/books"),
        ("postgresql://u:hunter2@a:1,b:2/books", "postgresql://a,b:1,2/books"),
        ("postgresql://u@h", "postgresql://h:5432/u"),
    ],
)
def test_a_place_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, dsn: str, place: str
) -> None:
    for name in ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER"):
        monkeypatch.delenv(name, raising=False)
    address = address_of(dsn)
    assert address.place == place
    assert ("hunter2" in str(address.parameters.get("password"))) is ("hunter2" in dsn)


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://u:hunter2@x@h/books",
        "postgresql://u:hunter2/x@h/books",
        "postgresql://u:hunter2?x@h/books",
        "postgresql://u:x@hunter2@h/books",
        "postgresql://u:hunter2%zz@h/books",
        "postgresql://h/books?password=hunter2&nonsense=1",
        "postgresql://h/books?password=hunter2@h",
        "host=h password=hunter2",
        "",
    ],
)
def test_an_address_that_can_be_misread_is_refused_and_not_repeated(dsn: str) -> None:
    with pytest.raises(NotALedger) as failure:
        PostgresStore(dsn)
    assert "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE" in str(failure.value)
    assert SECRET not in "".join(traceback.format_exception(failure.value, limit=0))


def complaint(url: str) -> BookError:
    """What opening a home complains of, without the password wherever one looks."""
    with pytest.raises(BookError) as failure:
        PostgresStore(url)
    chain = "".join(traceback.format_exception(failure.value, limit=0))
    assert PASSWORD not in chain
    assert "%40ss" not in chain
    return failure.value


class TestNobodyIsLetIn:
    @pytest.mark.parametrize(
        ("parts", "reason"),
        [
            ({"password": "wrong"}, "password authentication failed"),
            ({"password": ""}, "no password supplied"),
            ({"user": "stranger"}, "password authentication failed"),
            ({"name": "nowhere"}, 'database "nowhere" does not exist'),
        ],
    )
    def test_who_is_not_known(
        self, postgres: Server, schema: str, parts: dict[str, str], reason: str
    ) -> None:
        error = complaint(postgres.url(schema, **parts))
        assert type(error) is NotALedger
        assert reason in str(error)
        assert "check role, password and name of the database" in str(error)

    def test_where_no_server_is(self, postgres: Server, schema: str) -> None:
        for host, port in (("127.0.0.1", "1"), ("/nowhere", "5432")):
            error = complaint(postgres.url(schema, host=host, port=port))
            assert type(error) is LedgerUnreachable
            assert f"postgresql://{host}:{port}/books does not answer" in str(error)

    def test_where_the_schema_is_missing(self, postgres: Server) -> None:
        error = complaint(postgres.url("nowhere"))
        assert type(error) is NotALedger
        assert "has no schema of those in search_path (nowhere)" in str(error)

    def test_where_the_schema_is_somebody_elses(
        self, postgres: Server, schema: str, schema_url: str
    ) -> None:
        with postgres.admin() as admin:
            admin.execute(f"ALTER SCHEMA {schema} OWNER TO CURRENT_USER")
        error = complaint(schema_url)
        assert type(error) is NotALedger

    def test_where_text_is_not_kept_in_utf_8(self, postgres: Server) -> None:
        with postgres.admin() as admin:
            admin.execute("DROP DATABASE IF EXISTS latin")
            admin.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        error = complaint(postgres.url("public", name="latin"))
        assert type(error) is NotALedger
        assert "keeps its text in LATIN1" in str(error)

    def test_where_too_many_are_already(self, postgres: Server, schema: str) -> None:
        with postgres.admin() as admin:
            admin.execute(
                f"CREATE ROLE one_{schema} LOGIN CONNECTION LIMIT 1 PASSWORD '{PASSWORD}'"
            )
        url = postgres.url(schema, user=f"one_{schema}")
        with closing(psycopg.connect(url)):
            error = complaint(url)
        assert type(error) is LedgerBusy
        assert "too many connections" in str(error)

    def test_an_old_server(self, schema_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("whoseword.stores.postgres.session.OLDEST_SERVER", 990000)
        error = complaint(schema_url)
        assert type(error) is NotALedger
        assert "the books need 99 or later" in str(error)


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("08006", LedgerUnreachable, "went away"),
        ("57P01", LedgerUnreachable, "went away"),
        ("57P03", LedgerUnreachable, "went away"),
        ("25P03", LedgerUnreachable, "went away"),
        ("53100", LedgerFull, "free some"),
        ("53200", LedgerBusy, "no room for more work"),
        ("53300", LedgerBusy, "no room for more work"),
        ("55P03", LedgerBusy, "did not finish in time"),
        ("40P01", LedgerBusy, "did not finish in time"),
        ("40001", LedgerBusy, "did not finish in time"),
        ("57014", LedgerBusy, "statement_timeout"),
        ("25006", LedgerReadOnly, "takes no writing"),
        ("42501", LedgerReadOnly, "grant it"),
        ("XX001", LedgerDamaged, "check its disk"),
        ("XX002", LedgerDamaged, "check its disk"),
        ("58030", LedgerDamaged, "check its disk"),
        ("58P01", LedgerDamaged, "check its disk"),
        ("3D000", NotALedger, "lets nobody in"),
        ("28P01", NotALedger, "lets nobody in"),
        ("3F000", NotALedger, "no such schema"),
        ("P0001", LedgerDamaged, "does not hold what a ledger holds"),
        ("23505", LedgerDamaged, "does not hold what a ledger holds"),
        ("42P01", LedgerDamaged, "does not hold what a ledger holds"),
        ("XX000", LedgerDamaged, "does not hold what a ledger holds"),
    ],
)
def test_each_code_becomes_an_error_that_says_what_to_do(
    code: str, kind: type[BookError], words: str
) -> None:
    raised = psycopg.errors.lookup(code)("it went wrong\nDETAIL:  the woman had a knife")
    error = told(raised, "postgresql://h:5432/books")
    assert type(error) is kind
    assert words in str(error)
    assert "postgresql://h:5432/books" in str(error)
    assert "it went wrong" in str(error)
    assert "knife" not in str(error)


def test_a_home_is_the_first_schema_that_is_there_and_no_other(postgres: Server) -> None:
    first, second = postgres.new_schema(), postgres.new_schema()
    with closing(PostgresStore(postgres.url(second))) as store:
        entries_of(store)
    with closing(PostgresStore(postgres.url(f"nowhere,{first},{second}"))) as store:
        with store.view() as view:
            assert view.heads() == []
        entries_of(store, 2)
    with closing(PostgresStore(postgres.url(second))) as store, store.view() as view:
        assert [one.size for one in view.heads()] == [3]


def test_a_schema_may_have_any_name(postgres: Server) -> None:
    name = 'The "Oversight" Office\'s, 2031'
    with postgres.admin() as admin:
        quoted = '"' + name.replace('"', '""') + '"'
        admin.execute(f"DROP SCHEMA IF EXISTS {quoted} CASCADE")
        admin.execute(f"CREATE SCHEMA {quoted} AUTHORIZATION {KEEPER}")
    with closing(PostgresStore(postgres.url(quoted.replace(" ", "\\ ")))) as store:
        entries_of(store)
        with store.evidence() as evidence:
            assert list(evidence.flaws()) == []


@pytest.mark.parametrize("given", ["off", "local", "remote_write", "on", "remote_apply"])
def test_a_commit_is_on_the_disk_whatever_the_server_was_told(schema_url: str, given: str) -> None:
    url = schema_url.replace("options=", f"options=-csynchronous_commit%3D{given}%20")
    with closing(PostgresStore(url)) as store, store.writer() as writer:
        found = writer._connection.execute("SHOW synchronous_commit").fetchone()
    assert found == ("remote_apply" if given == "remote_apply" else "on",)


def test_where_nothing_may_be_written_everything_is_read(schema_url: str) -> None:
    url = schema_url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    assert type(complaint(url)) is LedgerReadOnly
    with ledger_in(schema_url) as ledger:
        ledger.append([said()])
    with ledger_in(url) as ledger:
        assert len(ledger.statements()) == 1
        with pytest.raises(LedgerReadOnly, match="takes no writing"):
            ledger.append([said()])
    assert verdict_on(url).ok


def test_the_set_up_that_is_documented_works(postgres: Server) -> None:
    text = (ROOT / "docs" / "decisions" / "0007-postgresql.md").read_text("utf-8")
    as_admin, as_owner, for_readers = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    with postgres.admin() as admin:
        for statement in filter(None, map(str.strip, as_admin.split(";"))):
            admin.execute(statement)
    with postgres.admin("whoseword") as admin:
        admin.execute(as_owner)
    [shown] = re.findall(r"WHOSEWORD_DATABASE='(.*)'", text)
    there = f"@/whoseword?host={quote(str(postgres.folder))}&"
    words = re.findall(r"PASSWORD '(.*)'", text)
    url, reading = (
        shown.replace("whoseword@", f"{role}:{quote(password)}@", 1).replace(
            "@db.county.gov/whoseword?", there
        )
        for role, password in zip(("whoseword", "whoseword_reader"), words, strict=True)
    )
    with ledger_in(url) as ledger:
        ledger.append([said()])
    with postgres.admin("whoseword") as admin:
        admin.execute(for_readers)
    assert verdict_on(reading).ok
    with ledger_in(reading) as ledger:
        assert len(ledger.statements()) == 1


def test_many_views_leave_few_connections_behind(schema_url: str) -> None:
    with closing(PostgresStore(schema_url)) as store:
        views = [store.view() for _ in range(12)]
        for view in views:
            view.__enter__()
        for view in views:
            view.__exit__(None, None, None)
        assert len(store._idle) == 8


def test_a_stream_that_nobody_read_to_its_end_disturbs_nobody(schema_url: str) -> None:
    with closing(PostgresStore(schema_url)) as store:
        entries_of(store, 5000)
        with store.view() as view:
            rows = view.rows("county/incident", None, None)
            assert next(rows).entry.seq == 0
            assert len(list(view.rows("county/incident", "nothing", None))) == 0
        with store.view() as view:
            assert list(rows) == []
            assert len(list(view.rows("county/incident", None, None))) == 5000


class TestTheProgram:
    def test_keeps_its_books_where_the_environment_says(
        self, schema_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WHOSEWORD_DATABASE", schema_url)
        ran = whoseword(tmp_path, "say", "-", given=LINE)
        assert ran.exit_code == 0
        with closing(store_at(schema_url)) as store, store.view() as view:
            assert [one.book for one in view.heads()] == ["county/incident"]
        assert list(tmp_path.rglob("*.sqlite3")) == []

    @pytest.mark.parametrize(
        "address",
        ["mysql://u:hunter2@h/books", "sqlite:///home", "host=h password=hunter2", "books"],
    )
    def test_refuses_any_other_kind_of_database(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        monkeypatch.setenv("WHOSEWORD_DATABASE", address)
        ran = whoseword(tmp_path, "say", "-", given=LINE)
        assert ran.exit_code == 1
        assert "write postgresql://" in ran.stderr
        assert SECRET not in ran.output
        assert list(tmp_path.iterdir()) == []

    def test_tells_what_is_wrong_with_the_database(
        self, postgres: Server, schema: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WHOSEWORD_DATABASE", postgres.url(schema, user="stranger"))
        ran = whoseword(tmp_path, "account", "harrow-lane")
        assert ran.exit_code == 1
        assert "password authentication failed" in ran.stderr
