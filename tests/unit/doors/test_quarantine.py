"""A misfiled statement goes out of everybody's sight, and its custodian learns who had seen it."""

import json
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import lines_of, statement, whoseword
from bookkeeping import said
from house import RULES
from telling import uuid7

MISFILED = "a caseworker had knocked on Tuesday"
MONDAY, TUESDAY, FRIDAY = "2031-03-03T12:00:00Z", "2031-03-04T12:00:00Z", "2031-03-07T12:00:00Z"
TWO = ("--as", "Ana Ruiz", "--as", "Bo Lee", "--reason", "belongs to the child-welfare book")
BOOK = ("--book", "county/incident")


def account(home: Path, *options: str, now: str = FRIDAY) -> dict[str, Any]:
    done = whoseword(home, "account", "elm", "--json", *options, now=now)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def quarantine(home: Path, *options: str) -> dict[str, Any]:
    done = whoseword(home, "quarantine", uuid7(1), *BOOK, *TWO, "--json", *options, now=FRIDAY)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    lines = [
        statement(id=uuid7(1), incident="elm", fact={"kind": "other", "text": MISFILED}),
        statement(id=uuid7(2), incident="elm"),
        statement(id=uuid7(3), incident="elm", book="county/public", fact={"kind": "died"}),
        statement(id=uuid7(4), incident="oak"),
    ]
    given = "".join(json.dumps(line) + "\n" for line in lines)
    for command, words in ((("init", "--owner", "oversight@county"), ""), (("say", "-"), given)):
        done = whoseword(home, *command, now=MONDAY, given=words)
        assert done.exit_code == 0, done.output
    return home


def test_it_is_in_no_view_of_anybody_at_any_moment(home: Path, tmp_path: Path) -> None:
    before = account(home, "--as-of", TUESDAY)
    quarantine(home)
    page = tmp_path / "page.html"
    whoseword(home, "account", "elm", "--html", str(page), now=FRIDAY)
    views = [
        json.dumps(account(home, "--as-of", TUESDAY)),
        json.dumps(account(home, "--reader", "supervisor@county")),
        json.dumps(account(home, "--reader", "investigator@state")),
        whoseword(home, "account", "elm", now=FRIDAY).output,
        whoseword(home, "diff", "elm", "--from", MONDAY, "--to", FRIDAY, "--json").output,
        page.read_text("utf-8"),
    ]
    assert MISFILED in json.dumps(before)
    assert [view for view in views if MISFILED in view] == []
    after = account(home, "--as-of", TUESDAY)
    (marker,) = after.pop("removed")
    assert (marker["state"], marker["by"]) == ("quarantined", ["Ana Ruiz", "Bo Lee"])
    assert len(before["statements"]) == len(after["statements"]) + 1


def test_who_may_not_open_the_book_sees_no_marker(home: Path) -> None:
    before = account(home, "--reader", "public@town")
    quarantine(home)
    assert account(home, "--reader", "public@town") == before
    assert before["removed"] == []


def test_its_custodian_gets_everybody_who_was_shown_it(home: Path) -> None:
    account(home, "--as-of", "2031-03-01", now=TUESDAY)  # before it was recorded
    account(home, "--reader", "supervisor@county", now=TUESDAY)
    account(home, "--reader", "public@town", now=TUESDAY)  # opens another book
    whoseword(home, "account", "oak", now=TUESDAY)
    whoseword(home, "diff", "elm", "--from", "2031-03-01", "--to", TUESDAY, now=TUESDAY)
    account(home, "--reader", "investigator@state", "--as-of", TUESDAY)
    told = quarantine(home)
    assert [(one["reader"], one["purpose"], one["view"]) for one in told["readers"]] == [
        ("supervisor@county", "response", "account"),
        ("oversight@county", "inquiry", "diff"),
        ("investigator@state", "inquiry", "account"),
    ]
    account(home, "--reader", "supervisor@county")
    listed = whoseword(home, "reads", "--statement", uuid7(1), *BOOK, "--json").output
    listed_reads = [json.loads(line) for line in listed.splitlines()][:3]
    assert [(one["at"], one["reader"]) for one in listed_reads] == [
        (one["at"], one["reader"]) for one in told["readers"]
    ]
    assert {book for one in told["readers"] for book in one["books"]} == {"county/incident"}


def test_pages_that_show_it_are_told(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    whoseword(home, "account", "elm", "--html", str(page), now=TUESDAY)
    assert quarantine(home)["pages"] == [str(page)]


def test_what_it_quotes_is_blanked_in_the_shown_text(home: Path, tmp_path: Path) -> None:
    story, page = tmp_path / "story.txt", tmp_path / "page.html"
    story.write_text(
        "The chief said that the man was in the hall. The chief said no more.", "utf-8"
    )
    whoseword(home, "read", str(story), "--incident", "elm", now=MONDAY)
    whoseword(home, "sign", "--incident", "elm", "--as", "Ana", "--all", now=MONDAY)
    ids = [key for key, one in account(home)["statements"].items() if one["source"].get("quote")]
    for one in ids:
        done = whoseword(home, "quarantine", one, *BOOK, *TWO, now=FRIDAY)
        assert done.exit_code == 0, done.output
    whoseword(home, "account", "elm", "--html", str(page), now=FRIDAY)
    assert "the man was in the hall" not in page.read_text("utf-8")
    read = whoseword(home, "read", str(story), "--incident", "elm", now=FRIDAY)
    assert "the man was in the hall" not in read.output
    waiting = whoseword(home, "drafts", "--incident", "elm").output
    assert "the man was in the hall" not in waiting
    whoseword(home, "quarantine", ids[0], *BOOK, *TWO, "--lift", now=FRIDAY)
    whoseword(home, "account", "elm", "--html", str(page), now=FRIDAY)
    assert "the man was in the hall" in page.read_text("utf-8")


def test_a_draft_of_it_is_not_signed_back_into_sight(home: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The chief said that the man was in the hall.", "utf-8")
    for command in (
        ("read", str(story), "--incident", "elm"),
        ("sign", "--incident", "elm", "--as", "Ana", "--all"),
        ("read", str(story), "--incident", "elm"),
    ):
        assert whoseword(home, *command, now=MONDAY).exit_code == 0
    (target,) = [k for k, one in account(home)["statements"].items() if one["source"].get("quote")]
    assert whoseword(home, "quarantine", target, *BOOK, *TWO, now=FRIDAY).exit_code == 0
    for more in ((), ("--json",), ("--conflicts",), ("--names",)):
        shown = whoseword(home, "drafts", "--incident", "elm", *more, now=FRIDAY)
        assert (shown.exit_code, "in the hall" in shown.output) == (0, False)
    done = whoseword(home, "sign", "--incident", "elm", "--as", "Ana", "--all", now=FRIDAY)
    assert done.exit_code == 1
    assert "or are in quarantine; leave these drafts" in done.stderr
    assert "man was in the hall" not in json.dumps(account(home))


def test_put_back_it_is_read_again_at_every_moment(home: Path) -> None:
    before = account(home, "--as-of", TUESDAY)
    quarantine(home)
    quarantine(home, "--lift")
    assert account(home, "--as-of", TUESDAY) == before
    now = account(home)
    assert now["removed"] == []
    (stands,) = [one for one in now["matters"] if one["matter"].startswith("quarantined")]
    assert stands["standing"] == "superseded"
    assert whoseword(home, "verify", "--all").exit_code == 0


def test_a_clock_that_is_set_hides_no_read(home: Path) -> None:
    account(home, "--as-of", FRIDAY, now="2020-01-01T00:00:00Z")
    assert len(quarantine(home)["readers"]) == 1


def test_a_read_while_it_was_out_of_sight_is_not_counted(home: Path) -> None:
    quarantine(home)
    account(home)
    quarantine(home, "--lift")
    assert quarantine(home)["readers"] == []


def test_one_name_is_not_enough(home: Path) -> None:
    one = ("--as", "Ana Ruiz", "--as", "ana ruiz", "--reason", "misfiled")
    done = whoseword(home, "quarantine", uuid7(1), *BOOK, *one, now=FRIDAY)
    assert done.exit_code == 1
    assert "by two people; name both" in done.output
    assert account(home)["removed"] == []


class TestTheLogOfReads:
    def test_every_view_is_logged_before_it_is_given(self, home: Path) -> None:
        whoseword(home, "account", "elm", "--as-of", "2031-03-05", now=FRIDAY)
        (line,) = whoseword(home, "reads", "--json").output.splitlines()
        assert json.loads(line) == {
            "as_of": "2031-03-05T23:59:59.999999Z",
            "at": FRIDAY,
            "books": ["county/incident", "county/public"],
            "by": [["RD-09", "RD-16"], ["RD-09", "RD-16"]],
            "granted": [],
            "incident": "elm",
            "purpose": "inquiry",
            "reader": "oversight@county",
            "review": "",
            "rule_set": RULES.sha256,
            "rules": ["RD-09", "RD-16"],
            "sizes": [3, 1],
            "view": "account",
        }

    def test_auditors_read_it_and_others_do_not(self, home: Path) -> None:
        account(home)
        audited = whoseword(home, "reads", "--reader", "auditor@state")
        assert audited.exit_code == 0
        assert "oversight@county (inquiry)" in audited.output
        of_a_statement = ("--statement", uuid7(1), *BOOK, "--reader", "auditor@state")
        assert (
            "is no book that auditor@state opens here"
            in whoseword(home, "reads", *of_a_statement).stderr
        )
        for reader in ("supervisor@county", "oversight@state", "public@town"):
            refused = whoseword(home, "reads", "--reader", reader)
            assert refused.exit_code == 1
            assert "may not read the log of reads" in refused.output

    def test_a_changed_log_is_found(self, home: Path) -> None:
        from bookkeeping import tamper, verdict_on

        for _ in range(3):
            account(home)
        tamper(
            home,
            "UPDATE reads SET bytes = CAST(replace(CAST(bytes AS TEXT), 'oversight', 'public') "
            "AS BLOB) WHERE number = 1",
        )
        assert [fault.what for fault in verdict_on(home).faults] == [
            "entry 1 of the log of reads is not what was logged"
        ]

    def test_a_removed_entry_is_found(self, home: Path) -> None:
        from bookkeeping import tamper, verdict_on

        for _ in range(3):
            account(home)
        tamper(home, "DELETE FROM reads WHERE number = 1")
        assert not verdict_on(home).ok


def test_lines_given_again_are_receipted_while_in_quarantine(home: Path) -> None:
    """What the sayer holds anyhow tells nothing new; other words under its id are refused."""
    quarantine(home)
    same = statement(id=uuid7(1), incident="elm", fact={"kind": "other", "text": MISFILED})
    assert whoseword(home, "say", "-", given=json.dumps(same)).exit_code == 0
    other = lines_of([said("gun", id=uuid7(1))], "recorded")
    assert whoseword(home, "say", "-", given=other).exit_code == 1
