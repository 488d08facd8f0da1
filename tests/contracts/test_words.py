"""Law 9 needs to know every place where words lie: no column may be forgotten.

A new column is either named in ``CARRIES_WORDS``, and then a seal must reach it, or here, among
those that hold names, places, times, digests, terms and rules only.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from whoseword.books.tables import CARRIES_WORDS, TABLES
from whoseword.stores.sqlite.structure import make_structure

CARRIES_NONE = {
    "entries": {
        "book", "seq", "id", "incident", "recorded", "appended", "backfilled", "commitment", "link",
    },
    "listed": {"number", "book", "batch", "place", "commitment"},
    "listed_bodies": {"number", "book", "batch", "place"},
    "listed_removals": {"number", "book", "batch", "place", "what", "act_seq"},
    "removals": {"number", "book", "seq", "what", "act_seq"},
    "bodies": {"number", "book", "seq"},
    "heads": {"book", "size", "link", "recorded"},
    "documents": {"number", "sha256", "name", "media_type", "text_sha256"},
    "blanks": {"number", "sha256", "first", "past", "text_sha256", "book", "seq"},
    "contents": {"number", "sha256", "pages"},
    "readings": {"number", "incident", "sha256"},
    "drafts": {"number", "draft", "incident", "document"},
    "reads": {"number", "bytes", "link"},
    "copies": {"number", "path", "kind", "incident", "sha256", "written"},
    "bundles": {"number", "sha256", "sender", "received", "note"},
    "received": {"number", "bundle", "book", "seq", "id", "incident", "received", "entry"},
    "received_seals": {"number", "book", "seq", "act"},
    "received_bodies": {"number", "book", "seq"},
    "rule_sets": {"number", "sha256", "recorded", "files"},
    "reminders": {
        "number", "reminder", "channel", "reader", "incident", "rule", "event", "due", "claimed",
    },
    "reminders_told": {"number", "reminder", "channel", "told", "seen_by"},
    "settings": {"name", "value"},
}  # fmt: skip


def test_every_column_is_known_to_carry_words_or_not() -> None:
    for table, columns in TABLES.items():
        known = CARRIES_NONE[table] | set(CARRIES_WORDS.get(table, ()))
        assert known == set(columns), table


def test_the_tables_are_those_of_the_file() -> None:
    """A backup copies what ``TABLES`` names, and a seal reaches no further."""
    with closing(sqlite3.connect(":memory:")) as connection:
        make_structure(connection)
        names = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        assert names == set(TABLES)
        for name, columns in TABLES.items():
            found = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            assert tuple(found) == columns


def test_a_statements_words_are_in_the_columns_that_are_said_to_carry_them(tmp_path: Path) -> None:
    """A whole home, with the same name planted wherever a user can put one."""
    from at_the_desk import whoseword

    home, story = tmp_path / "home", tmp_path / "story.txt"
    story.write_text("The chief said that Zebulon was in the hall. He was calm.", "utf-8")
    for command in (
        ("init", "--owner", "oversight@county"),
        ("read", str(story), "--incident", "elm"),
        ("sign", "--incident", "elm", "--as", "Ana", "--all"),
        ("read", str(story), "--incident", "elm"),
        ("account", "elm", "--html", str(home / "page.html")),
    ):
        assert whoseword(home, *command).exit_code == 0
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as connection:
        holding = {
            (table, column)
            for table, columns in TABLES.items()
            for column in columns
            if connection.execute(
                f"SELECT 1 FROM {table} WHERE instr(CAST({column} AS BLOB), CAST(? AS BLOB)) > 0",
                ("Zebulon",),
            ).fetchone()
        }
    assert holding == {
        ("bodies", "bytes"), ("contents", "bytes"), ("contents", "text"), ("drafts", "json"),
    }  # fmt: skip
