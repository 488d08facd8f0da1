"""The two dialects say the same: the same queries, guards and columns, and no collation."""

import re
import sqlite3
from importlib.resources import files
from typing import NamedTuple

import pytest

from postgres import Server
from whoseword.books.tables import CARRIES_WORDS, TABLES
from whoseword.stores.postgres import PostgresStore
from whoseword.stores.postgres import dialect as postgres_dialect
from whoseword.stores.postgres.standing import STANDING
from whoseword.stores.sqlite import dialect as sqlite_dialect
from whoseword.stores.sqlite.structure import make_structure

KINDS = ("postgres", "sqlite")
QUERY_FILES = sqlite_dialect.QUERY_FILES


class Query(NamedTuple):
    signature: str
    purpose: str
    parameters: frozenset[str]
    sql: str


def queries_of(kind: str) -> list[Query]:
    folder = files("whoseword.stores") / kind
    text = "\n".join((folder / name).read_text("utf-8") for name in QUERY_FILES)
    found = []
    for part in text.split("-- name: ")[1:]:
        signature, purpose, sql = part.split("\n", 2)
        named = re.findall(r"(?<!:):(\w+)", sql)
        found.append(Query(signature, purpose, frozenset(named), sql.strip()))
    return found


def sqlite_structure() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    make_structure(connection)
    return connection


def test_every_file_of_queries_is_read_in_both_dialects() -> None:
    assert postgres_dialect.QUERY_FILES == QUERY_FILES
    for kind in KINDS:
        lying = {one.name for one in (files("whoseword.stores") / kind).iterdir()}
        assert {name for name in lying if name.endswith(".sql")} == set(QUERY_FILES)


def test_both_dialects_hold_the_same_queries_in_the_same_order() -> None:
    first, second = ([query._replace(sql="") for query in queries_of(kind)] for kind in KINDS)
    assert len(first) > 60
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_names_the_parameters_that_it_takes(kind: str) -> None:
    for query in queries_of(kind):
        taken = re.search(r"\((.*)\)", query.signature)
        assert taken, query.signature
        assert query.parameters == set(filter(None, taken[1].split(", "))), query.signature


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_sorted_but_by_a_number(kind: str) -> None:
    orders = [
        term
        for query in queries_of(kind)
        for order in re.findall(r"ORDER BY ([^;)]*)", query.sql)
        for term in order.replace("LIMIT 1", "").split(",")
    ]
    assert {re.sub(r"^\w+\.| DESC", "", term.strip()) for term in orders} == {
        "seq",
        "act_seq",
        "number",
        "place",
    }


def test_every_text_of_the_schema_is_compared_by_code_point(
    postgres: Server, schema: str, schema_url: str
) -> None:
    PostgresStore(schema_url).close()
    with postgres.admin() as admin:
        found = admin.execute(
            "SELECT table_name, column_name, data_type, collation_name "
            "FROM information_schema.columns WHERE table_schema = %s",
            (schema,),
        ).fetchall()
    texts = {(table, column): how for table, column, kind, how in found if kind == "text"}
    ours = {(table, column) for table, columns in TABLES.items() for column in columns}
    assert len(texts) > 20
    assert {how for place, how in texts.items() if place in ours} == {"C"}


def test_every_guard_of_sqlite_has_its_counterpart_in_the_same_words() -> None:
    words = {
        name: (table, event, message)
        for name, table, sql in sqlite_structure().execute(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
        )
        for event in re.findall(r"BEFORE (\w+)", sql)
        for message in re.findall(r"RAISE\(ABORT, '(.*?)'\)", sql)
    }
    here = {guard.name: (guard.table, guard.event, guard.message) for guard in STANDING}
    assert len(words) > 25
    assert {name: here.get(name) for name in words} == words


def test_what_postgres_guards_besides_is_truncate_and_what_foreign_keys_do_in_sqlite() -> None:
    names = {
        name
        for (name,) in sqlite_structure().execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        )
    }
    besides = [guard for guard in STANDING if guard.name not in names]
    assert {guard.table for guard in besides if guard.event == "TRUNCATE"} == {
        guard.table for guard in STANDING
    }
    assert {guard.table for guard in besides if guard.event != "TRUNCATE"} == {
        "bodies",
        "removals",
        "received",
        "received_bodies",
        "received_seals",
        "reminders_told",
    }


def test_both_structures_hold_every_column_and_no_other() -> None:
    connection = sqlite_structure()
    found = {
        table: tuple(
            column
            for (column,) in connection.execute(f"SELECT name FROM pragma_table_info('{table}')")
        )
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    assert found == TABLES


def test_whatever_carries_words_is_known_to_do_so() -> None:
    """Bytes carry words, unless they are digests, entries, rules or the log of reads."""
    typed = {
        (table, column): kind
        for table in TABLES
        for column, kind in sqlite_structure().execute(
            f"SELECT name, type FROM pragma_table_info('{table}')"
        )
    }
    wordless = {("entries", "commitment"), ("listed", "commitment"), ("reads", "bytes")}
    wordless |= {("received", "entry"), ("rule_sets", "files")}
    wordless |= {(table, "link") for table in ("entries", "heads", "reads")}
    carrying = {(table, column) for table, columns in CARRIES_WORDS.items() for column in columns}
    assert {place for place, kind in typed.items() if kind == "BLOB"} == wordless | carrying
