"""What a seal destroyed leaves PostgreSQL's tables, their files and its samples of columns."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from postgres import Server
from received_rows import THEIRS, bundle, received
from stored_rows import head, row
from whoseword.books.errors import LedgerBusy
from whoseword.books.protocol import Document, Draft, Removal, Row
from whoseword.books.removings import Removing
from whoseword.books.tables import OVERWRITE
from whoseword.stores.postgres import PostgresStore

WORD = b"unsayable"
SALT = bytes(range(32))


@pytest.fixture
def postgres(postgres: Server) -> Server:
    """A database of the test's own: whoever looks at any table of one keeps its dead rows."""
    return postgres.alone()


@pytest.fixture
def store(schema_url: str) -> Iterator[PostgresStore]:
    """A home with a word in every table that carries words."""
    with closing(PostgresStore(schema_url)) as store:
        rows = [row("county/incident", seq) for seq in range(300)]
        rows[1] = Row(rows[1].entry, SALT, b'{"said": "' + WORD + b'"}')
        with store.writer() as writer:
            writer.append(rows, [head("county/incident", 300)])
            writer.keep_document(
                Document(sha256="1", name="a", media_type="x", bytes=WORD, text=WORD.decode()),
                "harrow-lane",
                "0",
            )
            writer.keep_drafts([Draft(draft="a", incident="a", document="1", json=WORD)])
            theirs = [received(seq) for seq in range(300)]
            theirs[1] = received(1, weapon=WORD.decode())._replace(salt=SALT)
            writer.receive(bundle(), theirs)
        yield store


def sealed(store: PostgresStore) -> None:
    with store.writer() as writer:
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
        writer.drop_drafts(["a"])
        writer.seal_received(THEIRS, 1, "the act")
        writer.set_setting(OVERWRITE, "due")


def files_with(server: Server, schema: str, *words: bytes) -> set[str]:
    """The tables of a schema in whose files some words lie."""
    with server.admin() as admin:
        admin.execute("CHECKPOINT")
        found = admin.execute(
            "SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class AS c "
            "WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            (schema,),
        ).fetchall()
    return {
        table
        for table, path in found
        if any(word in (server.data / path).read_bytes() for word in words)
    }


def test_what_was_sealed_is_in_no_file_of_a_table(
    postgres: Server, schema: str, store: PostgresStore
) -> None:
    carrying = {"bodies", "contents", "drafts", "received_bodies"}
    assert files_with(postgres, schema, WORD) == carrying
    sealed(store)
    assert files_with(postgres, schema, WORD, SALT) == carrying
    store.overwrite()
    assert files_with(postgres, schema, WORD, SALT) == {"contents"}
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""


def test_no_sample_of_words_is_kept(postgres: Server, schema: str, store: PostgresStore) -> None:
    with postgres.admin() as admin:
        admin.execute(f"SET search_path = {schema}; ANALYZE")
        sampled = admin.execute(
            "SELECT tablename || '.' || attname FROM pg_stats WHERE schemaname = %s", (schema,)
        ).fetchall()
    columns = {column for (column,) in sampled}
    assert "bodies.seq" in columns
    assert columns.isdisjoint({"bodies.bytes", "bodies.salt", "contents.text", "contents.bytes"})
    assert columns.isdisjoint({"drafts.json", "received_bodies.bytes", "received_bodies.salt"})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_WAIT_SECONDS", "_PATIENCE_SECONDS"):
        monkeypatch.setattr(f"whoseword.stores.postgres.overwriting.{name}", 0.4)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("reads", [True, False], ids=["reads it", "looks elsewhere"])
def test_while_somebody_looks_it_is_not_done_and_said_so(
    postgres: Server,
    schema: str,
    schema_url: str,
    store: PostgresStore,
    reads: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(PostgresStore(schema_url)) as other, other.view() as view:
        if reads:
            assert len(list(view.rows("county/incident", None, None))) == 300
        sealed(store)
        with pytest.raises(LedgerBusy):
            store.overwrite()
        assert WORD in (view.row("county/incident", "county/incident 1") or row("", 0)).body
    with store.view() as view:
        assert view.setting(OVERWRITE) == "begun"
    monkeypatch.undo()
    PostgresStore(schema_url).close()
    assert files_with(postgres, schema, WORD, SALT) == {"contents"}
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""


def test_it_waits_for_who_is_soon_done(store: PostgresStore, schema_url: str) -> None:
    begun = threading.Event()

    def look() -> None:
        with closing(PostgresStore(schema_url)) as other, other.view() as view:
            list(view.rows("county/incident", None, None))
            begun.set()
            threading.Event().wait(0.5)

    looking = threading.Thread(target=look)
    looking.start()
    begun.wait(30)
    sealed(store)
    store.overwrite()
    looking.join()
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""


def test_a_seal_meanwhile_is_overwritten_too(store: PostgresStore, schema_url: str) -> None:
    """Two that seal and overwrite at once: no seal is left with the setting emptied."""
    sealed(store)

    def seal_and_overwrite() -> None:
        with closing(PostgresStore(schema_url)) as other:
            with other.writer() as writer:
                writer.remove(Removal("county/incident", 3, Removing.SEALED, 4))
                writer.set_setting(OVERWRITE, "due")
            other.overwrite()

    threads = [
        threading.Thread(target=store.overwrite),
        threading.Thread(target=seal_and_overwrite),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""
