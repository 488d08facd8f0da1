"""``account``, ``diff`` and ``verify`` as somebody calls them."""

import json
from pathlib import Path

import pytest

from at_the_desk import PROGRAM, statement, whoseword
from telling import uuid7

FIRST = "2031-03-06T18:00:00Z"
SECOND = "2031-03-09T18:00:00Z"
DENIAL = {"name": "tenant", "kind": "witness"}


def say(home, *values, now=FIRST):
    lines = "".join(json.dumps(value) + "\n" for value in values)
    done = whoseword(home, "say", "-", now=now, given=lines)
    assert done.exit_code == 0, done.stderr


def account(home, *options, now=SECOND):
    done = whoseword(home, "account", "harrow-lane", "--json", *options, now=now)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_an_account_of_a_past_moment_is_the_same_bytes_after_later_statements(tmp_path):
    say(tmp_path, statement(id=uuid7(1)))
    before = account(tmp_path, "--as-of", FIRST)
    say(tmp_path, statement(id=uuid7(2), speaker=DENIAL, stance="denies"), now=SECOND)
    assert account(tmp_path, "--as-of", FIRST) == before
    now = json.loads(account(tmp_path))
    assert now["matters"][0]["standing"] == "disputed"
    assert now["as_of"] == SECOND


def test_what_a_reader_may_not_open_changes_no_byte(tmp_path):
    say(tmp_path / "one", statement(id=uuid7(1), book="county/public"))
    say(
        tmp_path / "two",
        statement(id=uuid7(3), book="county/inquiry", speaker=DENIAL, stance="denies"),
        statement(id=uuid7(1), book="county/public"),
        statement(id=uuid7(1), book="county/personnel", stance="cannot_say"),
    )
    reader = ("--reader", "public@street", "--purpose", "public")
    assert account(tmp_path / "one", *reader) == account(tmp_path / "two", *reader)
    books = [
        json.loads(whoseword(tmp_path / home, "verify", "--json", *reader).stdout)["books"]
        for home in ("one", "two")
    ]
    assert [[(book["book"], book["size"]) for book in its] for its in books] == [
        [("county/public", 1)],
        [("county/public", 1)],
    ]
    difference = ("diff", "harrow-lane", "--from", "2031-03-01", "--to", SECOND, "--json", *reader)
    told = {whoseword(tmp_path / home, *difference).stdout for home in ("one", "two")}
    assert len(told) == 1


def test_a_book_that_the_reader_does_not_open_is_no_book(tmp_path):
    say(tmp_path, statement(book="county/inquiry"))
    reader = ("--reader", "public@street")
    there = whoseword(tmp_path, "verify", "--book", "county/inquiry", *reader)
    nowhere = whoseword(tmp_path, "verify", "--book", "county/inquiry/other", *reader)
    assert there.exit_code == nowhere.exit_code == 1
    assert there.stderr.replace("county/inquiry", "county/inquiry/other") == nowhere.stderr


def test_an_incident_of_closed_books_is_like_one_that_does_not_exist(tmp_path):
    say(tmp_path, statement(book="county/inquiry"))
    reader = ("--reader", "public@street")
    assert json.loads(account(tmp_path, *reader))["matters"] == []
    told = whoseword(tmp_path, "account", "harrow-lane", *reader, now=SECOND)
    other = whoseword(tmp_path, "account", "harrow-line", *reader, now=SECOND)
    assert told.exit_code == other.exit_code == 0
    assert told.stdout == other.stdout.replace("harrow-line", "harrow-lane")


def test_the_owner_opens_the_books_of_the_own_agency(tmp_path):
    whoseword(tmp_path, "init", "--owner", "oversight@county")
    say(tmp_path, statement(book="county/health"), statement(book="hospital/health"))
    books = {one["book"] for one in json.loads(account(tmp_path))["statements"].values()}
    assert books == {"county/health"}


def test_diff_says_what_changed_and_because_of_what(tmp_path):
    say(tmp_path, statement(id=uuid7(1)))
    say(
        tmp_path,
        statement(id=uuid7(2), stance="cannot_say", replaces=uuid7(1)),
        now=SECOND,
    )
    done = whoseword(
        tmp_path, "diff", "harrow-lane", "--from", FIRST, "--to", SECOND, "--json", now=SECOND
    )
    assert json.loads(done.stdout) == {
        "from": FIRST,
        "to": SECOND,
        "changed": [
            {
                "matter": "armed(who=woman)",
                "before": "said_by_one",
                "after": "superseded",
                "because": [uuid7(2)],
            }
        ],
        "corrections": [],
    }


def test_dates_without_an_offset_are_read_in_the_homes_zone(tmp_path):
    whoseword(tmp_path, "init", "--owner", "oversight@county", "--zone", "America/Chicago")
    say(tmp_path, statement())
    told = json.loads(account(tmp_path, "--as-of", "2031-03-06T12:00:00"))
    assert told["as_of"] == FIRST
    assert len(told["statements"]) == 1
    assert json.loads(account(tmp_path, "--as-of", "2031-03-06"))["as_of"].startswith("2031-03-07")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["account", "harrow-lane", "--reader", "king@county"], "no role"),
        (["account", "harrow-lane", "--reader", "officer@pd", "--purpose", "inquiry"], "purpose"),
        (["account", "harrow-lane", "--as-of", "yesterday"], "no moment"),
        (["account", "Harrow Lane"], "no slug"),
        (["account"], "Missing argument"),
        (["diff", "harrow-lane", "--from", SECOND, "--to", FIRST], "before --from"),
        (["init", "--owner", "county"], "ROLE@AGENCY"),
        (["init", "--owner", "oversight@county", "--zone", "Mars"], "no time zone"),
        (["verify", "--expect", "county/public:3"], "BOOK:SIZE:ROOT"),
        (["proclaim"], "No such command"),
    ],
)
def test_a_wrong_command_line_exits_with_2_and_says_what_to_do(tmp_path, arguments, words):
    done = whoseword(tmp_path, *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_verify_holds_an_earlier_size_and_root_against_the_book(tmp_path):
    say(tmp_path, statement())
    book = json.loads(whoseword(tmp_path, "verify", "--json").stdout)["books"][0]
    say(tmp_path, statement(), now=SECOND)
    expected = f"{book['book']}:{book['size']}:{book['root']}"
    assert whoseword(tmp_path, "verify", "--expect", expected).exit_code == 0
    other = f"{book['book']}:{book['size']}:{'0' * 64}"
    done = whoseword(tmp_path, "verify", "--expect", other, "--json")
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert report["ok"] is False
    assert [fault["book"] for fault in report["faults"]] == ["county/incident"]


def test_a_home_has_one_owner(tmp_path):
    assert whoseword(tmp_path, "init", "--owner", "oversight@county").exit_code == 0
    assert whoseword(tmp_path, "init", "--owner", "oversight@county").exit_code == 0
    other = whoseword(tmp_path, "init", "--owner", "oversight@city")
    assert other.exit_code == 1
    assert "oversight@county" in other.stderr


def test_the_page_is_written_whole(tmp_path):
    say(tmp_path, statement())
    target = tmp_path / "page.html"
    done = whoseword(tmp_path, "account", "harrow-lane", "--html", str(target), now=SECOND)
    assert done.exit_code == 0
    page = target.read_text(encoding="utf-8")
    assert "Was the woman armed?" in page
    assert list(tmp_path.glob("*.part")) == []
    nowhere = tmp_path / "no" / "page.html"
    refused = whoseword(tmp_path, "account", "harrow-lane", "--html", str(nowhere), now=SECOND)
    assert refused.exit_code == 1
    assert str(nowhere) in refused.stderr


def test_every_command_is_documented(tmp_path):
    told = whoseword(tmp_path, "--help").stdout
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Commands")[1].split("## ")[0]
    for command in PROGRAM.commands:
        assert f"\n  {command} " in told
        assert f"`{command}" in table
        help_text = whoseword(tmp_path, command, "--help")
        assert help_text.exit_code == 0
        assert len(help_text.stdout.splitlines()) > 4


def test_verify_of_a_file_that_is_no_ledger_is_a_fault_like_any_other(tmp_path):
    (tmp_path / "ledger.sqlite3").write_text("this is no ledger", encoding="utf-8")
    done = whoseword(tmp_path, "verify", "--json")
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert (report["ok"], report["books"]) == (False, [])
    assert "not a ledger" in report["faults"][0]["what"]


def test_an_account_of_nothing_says_where_to_look(tmp_path):
    done = whoseword(tmp_path, "account", "harrow-lane", now=SECOND)
    assert done.exit_code == 0
    assert "check the incident's name" in " ".join(done.stdout.split())


def test_a_document_is_shown_whole_to_the_owner_alone(tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("The woman had a knife.\nThe informant lives in flat 4.\n", encoding="utf-8")
    read = whoseword(tmp_path, "read", str(log), "--incident", "harrow-lane", "--json", now=FIRST)
    digest = json.loads(read.stdout.splitlines()[0])["source"]["document"]
    span = {"document": digest, "start": 0, "end": 21, "quote": "The woman had a knife"}
    say(tmp_path, statement(book="county/public", source=span))
    pages = {}
    for reader in ("oversight@home", "public@street"):
        page = tmp_path / f"{reader}.html"
        options = ("--html", str(page), "--reader", reader)
        assert whoseword(tmp_path, "account", "harrow-lane", *options, now=SECOND).exit_code == 0
        pages[reader] = page.read_text(encoding="utf-8")
        pages[reader] += whoseword(
            tmp_path, "account", "harrow-lane", "--reader", reader, now=SECOND
        ).stdout
    assert "informant" in pages["oversight@home"]
    assert "informant" not in pages["public@street"]
    assert "log.txt" not in pages["public@street"]
    assert "The woman had a knife" in pages["public@street"]


def test_what_is_read_now_stays_what_was_known_then(tmp_path):
    """The moment of a view is taken in the writer's turn: nothing slips in before it later."""
    say(tmp_path, statement())
    told = whoseword(tmp_path, "account", "harrow-lane", "--json", now=FIRST).stdout
    shown = json.loads(told)
    assert len(shown["statements"]) == 1
    say(tmp_path, statement(fact={"kind": "armed", "who": "man"}), now="2031-03-06T18:00:01Z")
    as_of = ("--as-of", shown["as_of"])
    assert whoseword(tmp_path, "account", "harrow-lane", "--json", *as_of).stdout == told
