"""After a seal the words are nowhere, and every view shows the same marker at every moment."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import statement, whoseword
from telling import uuid7

NAME = "Zebulon Quartermaine"
STORY = f"""POLICE STATEMENT

Police Chief Adam Marsh said on Friday that officers were called to an apartment on Elm Street.
The chief said that the juvenile named {NAME} had a kitchen knife in his hand.
A neighbor, Rosa Lind, said that she heard two shots.
"""
ORDER = "Circuit Court 12, No. 44 of 2031"
MONDAY, FRIDAY = "2031-03-03T12:00:00Z", "2031-03-07T12:00:00Z"
READERS = (
    ("oversight@county", "inquiry"),
    ("supervisor@county", "response"),
    ("investigator@state", "inquiry"),
    ("public@town", "public"),
)


def account(home: Path, *options: str) -> dict[str, Any]:
    done = whoseword(home, "account", "elm", "--json", *options, now=FRIDAY)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def holding(folder: Path, words: str = NAME) -> list[str]:
    """The files below a folder in which the words stand, byte for byte."""
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    )


def id_of(home: Path, words: str) -> str:
    for id_, one in account(home)["statements"].items():
        if words in (one["source"].get("quote") or ""):
            return str(id_)
    raise AssertionError(words)


def seal(home: Path, id_: str, *options: str) -> str:
    done = whoseword(
        home, "seal", id_, "--book", "county/incident", "--order", ORDER, "--as", "Clerk Ames",
        *options, now=FRIDAY,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that has read and signed a document in which the secret stands."""
    home, story = tmp_path / "home", tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    for command in (
        ("init", "--owner", "oversight@county"),
        ("read", str(story), "--incident", "elm", "--sentences", str(home / "sentences.jsonl")),
        ("sign", "--incident", "elm", "--as", "Ana Lyst", "--all"),
        # Read again: its drafts wait, as after a crash between signing and dropping.
        ("read", str(story), "--incident", "elm"),
        ("account", "elm", "--html", str(tmp_path / "page.html")),
        ("account", "elm", "--html", str(home / "page.html")),
    ):
        assert whoseword(home, *command, now=MONDAY).exit_code == 0
    story.unlink()
    return home


def test_the_words_are_nowhere(home: Path, tmp_path: Path) -> None:
    assert "ledger.sqlite3" in holding(tmp_path)
    told = seal(home, id_of(home, NAME))
    assert holding(tmp_path) == []
    for path in (home / "page.html", tmp_path / "page.html", home / "sentences.jsonl"):
        assert str(path) in told
        assert not path.exists()
    whoseword(home, "backup", str(tmp_path / "after.whoseword"), now=FRIDAY)
    whoseword(home, "account", "elm", "--html", str(tmp_path / "after.html"), now=FRIDAY)
    assert (tmp_path / "after.whoseword").exists()
    assert holding(tmp_path) == []
    assert whoseword(home, "verify", "--all", now=FRIDAY).exit_code == 0


def test_nor_are_they_in_the_log_while_others_have_the_home_open(home: Path) -> None:
    """SQLite keeps the log for as long as somebody has the file open."""
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as other:
        other.execute("SELECT count(*) FROM heads").fetchone()
        seal(home, id_of(home, NAME))
        assert (home / "ledger.sqlite3-wal").exists()
        assert holding(home) == []


def test_who_still_reads_delays_the_writing_over_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whoseword.stores.sqlite.store.BUSY_SECONDS", 0.05)
    target = id_of(home, NAME)
    arguments = (
        "seal", target, "--book", "county/incident", "--order", ORDER, "--as", "Clerk Ames",
    )  # fmt: skip
    with closing(sqlite3.connect(home / "ledger.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM heads").fetchone()
        done = whoseword(home, *arguments, now=FRIDAY)
        assert done.exit_code == 1
        assert "the seal stands, but is not finished: somebody still reads" in done.output
    assert [one["state"] for one in account(home)["removed"]] == ["sealed"]
    # Whoever opens the home next has ended it.
    assert holding(home) == []


def test_a_seal_that_was_broken_off_is_ended_by_asking_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = id_of(home, NAME)
    with monkeypatch.context() as patched:
        patched.setattr("whoseword.stores.sqlite.store.SqliteStore.overwrite", _break_off)
        with pytest.raises(ZeroDivisionError):
            seal(home, target)
    assert holding(home) != []
    told = seal(home, target)
    assert "was sealed already" in told
    assert holding(home) == []
    assert len(account(home)["removed"]) == 1


def _break_off(_store: object) -> None:
    raise ZeroDivisionError


def test_views_differ_by_the_marker_alone(home: Path) -> None:
    """As of any moment before the seal: the account as if it had never been said, and a marker."""
    target = id_of(home, NAME)
    options = ("--as-of", "2031-03-05T00:00:00Z")
    before = {reader: account(home, *options, *as_reader(*reader)) for reader in READERS}
    seal(home, target)
    for reader, old in before.items():
        new = account(home, *options, *as_reader(*reader))
        (*markers,) = new.pop("removed")
        assert old.pop("removed") == []
        if target not in old["statements"]:
            assert markers == []
            assert new == old
            continue
        assert [(one["statement"], one["state"], one["ground"]) for one in markers] == [
            (target, "sealed", ORDER)
        ]
        del old["statements"][target]
        resting = [one for one in old["matters"] if target in json.dumps(one)]
        assert [one["matter"] for one in resting] == ["armed(who=juvenile)"]
        old["matters"] = [one for one in old["matters"] if one not in resting]
        assert new == old


def as_reader(name: str, purpose: str) -> tuple[str, ...]:
    return ("--reader", name, "--purpose", purpose)


def test_the_marker_is_the_same_at_every_moment(home: Path) -> None:
    target = id_of(home, NAME)
    seal(home, target)
    moments = ("2031-03-03T12:00:00Z", "2031-03-05T00:00:00Z", FRIDAY, "2032-01-01T00:00:00Z")
    markers = [account(home, "--as-of", moment)["removed"] for moment in moments]
    assert markers == [markers[0]] * 4
    assert len(markers[0]) == 1
    assert account(home, "--as-of", "2031-03-03T11:59:59Z")["removed"] == []


def test_page_and_terminal_show_the_marker(home: Path, tmp_path: Path) -> None:
    target = id_of(home, NAME)
    seal(home, target)
    told = whoseword(home, "account", "elm", now=FRIDAY).output
    assert "WHAT IS OUT OF SIGHT (1)" in told
    assert f"sealed by Clerk Ames, under: {ORDER}" in told
    whoseword(home, "account", "elm", "--html", str(tmp_path / "after.html"), now=FRIDAY)
    page = (tmp_path / "after.html").read_text("utf-8")
    assert f"<code>{target}</code>" in page
    assert f"sealed by Clerk Ames, under: {ORDER}" in page
    assert "two shots" in page
    assert "█" in page


def test_a_sealed_document_is_read_again_without_the_sealed_words(
    home: Path, tmp_path: Path
) -> None:
    seal(home, id_of(home, NAME))
    story = tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    done = whoseword(home, "read", str(story), "--incident", "elm", now=FRIDAY)
    story.unlink()
    assert "heard two shots" in done.output
    assert "█" in done.output
    assert NAME not in done.output
    assert holding(tmp_path) == []


def test_what_somebody_changed_or_made_before_is_left_and_told(home: Path, tmp_path: Path) -> None:
    page, backup, copy = tmp_path / "page.html", tmp_path / "old.whoseword", home / "notes.txt"
    whoseword(home, "backup", str(backup), now=MONDAY)
    page.write_text(page.read_text("utf-8") + "<!-- seen -->", "utf-8")
    quote = f"the juvenile named {NAME} had a kitchen knife in his hand"
    copy.write_text(f"Remember: {quote}!", "utf-8")
    told = seal(home, id_of(home, NAME))
    assert f"changed since it was written:\n  {page}" in told
    assert f"backups were made before:\n  {backup}" in told
    assert f"the words stand there:\n  {copy}" in told
    assert page.exists()
    assert backup.exists()
    assert copy.exists()


def test_a_dry_run_shows_everything_and_destroys_nothing(home: Path, tmp_path: Path) -> None:
    before = account(home)
    there = holding(tmp_path)
    target = id_of(home, NAME)
    told = seal(home, target, "--dry-run")
    assert f"{target} in county/incident would be sealed." in told
    assert "story.txt: characters" in told
    assert "1 draft would be dropped" in told
    assert told.endswith("Nothing was destroyed.\n")
    assert account(home)["statements"] == before["statements"]
    assert holding(tmp_path) == there


def test_a_statement_without_a_document_is_sealed_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    line = statement(id=uuid7(1), incident="elm", fact={"kind": "other", "text": f"He is {NAME}"})
    given = json.dumps(line) + "\n" + json.dumps(statement(id=uuid7(2), incident="elm")) + "\n"
    assert whoseword(home, "say", "-", now=MONDAY, given=given).exit_code == 0
    assert holding(tmp_path) == ["ledger.sqlite3"]
    seal(home, uuid7(1))
    assert holding(tmp_path) == []
    again = whoseword(home, "say", "-", now=FRIDAY, given=json.dumps(line))
    assert again.exit_code == 1
    assert "standard input:1: id: names a statement that was sealed" in again.output
    assert holding(tmp_path) == []


@pytest.mark.parametrize(
    ("id_", "book", "told"),
    [
        (uuid7(9), "county/incident", "no statement"),
        ("nonsense", "county/incident", "no statement"),
        (uuid7(9), "county/personnel", "no statement"),
    ],
)
def test_what_is_not_there_is_told_in_a_line(home: Path, id_: str, book: str, told: str) -> None:
    done = whoseword(home, "seal", id_, "--book", book, "--order", ORDER, "--as", "Clerk Ames")
    assert done.exit_code == 1
    assert told in done.output
    assert len(done.output.splitlines()) == 1


def test_a_killed_seal_is_finished_by_whoever_opens_the_home(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the books were written: the register and the written files are still to come."""
    target = id_of(home, NAME)
    with monkeypatch.context() as patched:
        patched.setattr("whoseword.doors.sealing.finish", _break_off)
        with pytest.raises(ZeroDivisionError):
            seal(home, target)
    assert (tmp_path / "page.html").exists()
    whoseword(home, "account", "elm", now=FRIDAY)
    assert target in (home / "seals.register").read_text("utf-8")
    assert holding(tmp_path) == []


def test_pages_of_another_incident_that_show_the_document_go_too(
    home: Path, tmp_path: Path
) -> None:
    story, page = tmp_path / "story.txt", tmp_path / "oak.html"
    story.write_text(STORY, "utf-8")
    for command in (
        ("read", str(story), "--incident", "oak"),
        ("sign", "--incident", "oak", "--as", "Ana Lyst", "--all"),
        ("account", "oak", "--html", str(page)),
    ):
        assert whoseword(home, *command, now=MONDAY).exit_code == 0
    story.unlink()
    assert NAME in page.read_text("utf-8")
    seal(home, id_of(home, NAME))
    assert holding(tmp_path) == []


def test_a_seal_leaves_no_way_back_through_a_copy_of_the_ledger(home: Path) -> None:
    """A copy that somebody made in the home is named, and the command does not say that all is done."""
    (home / "ledger.sqlite3.bak").write_bytes((home / "ledger.sqlite3").read_bytes())
    done = whoseword(
        home, "seal", id_of(home, NAME), "--book", "county/incident", "--order", ORDER,
        "--as", "Clerk Ames", now=FRIDAY,
    )  # fmt: skip
    assert done.exit_code == 1
    assert "still stands in" in done.stderr
    assert "ledger.sqlite3.bak" in done.stderr
    assert not (home / "page.html").exists()
    again = whoseword(
        home, "seal", id_in_marker(home), "--book", "county/incident", "--order", ORDER,
        "--as", "Clerk Ames", now=FRIDAY,
    )  # fmt: skip
    assert again.exit_code == 1
    assert "ledger.sqlite3.bak" in again.stderr
    (home / "ledger.sqlite3.bak").unlink()
    assert "was sealed already" in seal(home, id_in_marker(home))


def id_in_marker(home: Path) -> str:
    (marker,) = account(home)["removed"]
    return str(marker["statement"])


def test_a_page_that_a_seal_overtakes_is_not_written(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows another statement of the same document, and so its whole text."""
    from whoseword.doors.cli import views

    target, page = id_of(home, NAME), tmp_path / "late.html"
    rendered = views.account_page

    def sealing_meanwhile(*given: Any) -> str:
        made = rendered(*given)
        monkeypatch.undo()
        seal(home, target)
        return made

    monkeypatch.setattr(views, "account_page", sealing_meanwhile)
    done = whoseword(home, "account", "elm", "--html", str(page), now=FRIDAY)
    assert done.exit_code == 1
    assert "went out of sight while" in done.stderr
    assert holding(tmp_path) == []


def test_an_order_with_control_characters_is_refused(home: Path) -> None:
    done = whoseword(
        home, "seal", id_of(home, NAME), "--book", "county/incident", "--order", "No.\x1b[2J 4",
        "--as", "Clerk Ames",
    )  # fmt: skip
    assert done.exit_code == 1
    assert "no control characters" in done.stderr
