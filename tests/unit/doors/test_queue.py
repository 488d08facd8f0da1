"""What waits for a person's name: what is disputed comes first, and who is whom is asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.at_the_desk import read_one_by_one, whoseword

RELEASE = """FENN COUNTY SHERIFF'S OFFICE
NEWS RELEASE

Deputies responded to a call on Mill Road on Monday. The woman was armed with a knife. The
road was closed for two hours.
"""
LETTER = """FENN COUNTY PROSECUTOR'S OFFICE

May 4, 2031

Dear Sheriff:

The video shows that the woman did not have a knife. We do not know who called 911.

Sincerely,

Wren Castellane
Prosecuting Attorney
"""
STORY = """Orle Ledger

A clerk on Mill Road said she heard two shots. The sheriff could not say who fired.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("1-release", RELEASE), ("2-letter", LETTER), ("3-story", STORY)):
        (folder / f"{name}.txt").write_text(text)
    read_one_by_one(tmp_path / "home", "mill-road", *sorted(folder.iterdir()))
    return tmp_path / "home"


def queued(home: Path, *more: str) -> list[dict[str, Any]]:
    done = whoseword(home, "drafts", "--incident", "mill-road", "--json", *more)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def test_what_two_documents_dispute_comes_before_what_nobody_answered_and_all_else(
    home: Path,
) -> None:
    waiting = queued(home)
    why = [one["x_first"] and one["x_first"]["why"] for one in waiting]
    assert why == sorted(why, key=[*("disputed", "unanswered"), None].index)
    assert [one["source"]["quote"] for one in waiting if one["x_first"]][:2] == [
        "The woman was armed with a knife",
        "the woman did not have a knife",
    ]
    first, second = waiting[:2]
    assert first["x_first"]["meets"] == [second["draft"]]
    assert second["x_first"]["meets"] == [first["draft"]]
    assert first["x_first"]["matter"] == "armed(who=woman)"
    calm = [one for one in waiting if not one["x_first"]]
    assert "The\nroad was closed for two hours" in [one["source"]["quote"] for one in calm]


def test_a_question_that_somebody_left_open_is_named_with_whoever_speaks_to_it(home: Path) -> None:
    (shots,) = [one for one in queued(home) if one["source"]["quote"] == "two shots"]
    (left,) = [one for one in queued(home) if one["stance"] == "cannot_say"]
    assert shots["x_first"] == {
        "why": "unanswered",
        "matter": "discharged_weapon(who=?)",
        "meets": [left["draft"]],
    }


def test_a_draft_that_contradicts_a_signed_statement_meets_it(home: Path) -> None:
    said = next(one for one in queued(home) if one["stance"] == "affirms" and "who" in one["fact"])
    signer = ("--incident", "mill-road", "--as", "R. Analyst")
    done = whoseword(home, "sign", *signer, said["draft"])
    assert done.exit_code == 0, done.output
    (denied,) = [
        one for one in queued(home) if one["x_first"] and "disputed" in one["x_first"]["why"]
    ]
    account = whoseword(home, "account", "mill-road", "--json")
    statements = json.loads(account.output)["statements"]
    assert denied["x_first"]["meets"] == list(statements)


def test_conflicts_are_listed_with_who_says_what_and_nothing_else(home: Path) -> None:
    done = whoseword(home, "drafts", "--incident", "mill-road", "--conflicts", "--json")
    (conflict,) = json.loads(done.output)["conflicts"]
    assert conflict["matter"] == "armed(who=woman)"
    assert [one["stance"] for one in conflict["sides"]] == ["affirms", "denies"]
    told = whoseword(home, "drafts", "--incident", "mill-road", "--conflicts").output
    assert "Was the woman armed?" in told
    assert "Fenn County Sheriff's Office: The woman was armed with a knife" in told
    assert "1 conflict, if equal names mean the same (--names)." in told


def test_a_name_in_two_documents_is_a_question_and_listing_it_joins_nothing(home: Path) -> None:
    told = whoseword(home, "drafts", "--incident", "mill-road", "--names").output
    assert "Is woman the same in 1-release.txt, 2-letter.txt?" in told
    assert "--join woman=woman" in told
    refused = whoseword(home, "sign", "--incident", "mill-road", "--as", "R. Analyst", "--all")
    assert refused.exit_code == 1
    assert "say whether each is the same" in refused.output


def test_a_name_that_says_more_than_another_documents_is_asked_about(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("Orle Ledger\n\nThe manager called 911.\n")
    (folder / "b.txt").write_text("Fenn Courier\n\nThe apartment manager was arrested.\n")
    home = tmp_path / "home"
    read_one_by_one(home, "mill-road", *sorted(folder.iterdir()))
    told = whoseword(home, "drafts", "--incident", "mill-road", "--names", "--json").output
    (alike,) = json.loads(told)["alike"]
    assert alike == {
        "name": "apartment-manager",
        "other": "manager",
        "stands_in": ["a.txt", "b.txt"],
        "together": True,
    }


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    told = whoseword(tmp_path / "home", "drafts", "--incident", "nowhere").output
    assert told == "0 drafts wait for a person's name.\n"


@pytest.mark.parametrize("more", [(), ("--json",), ("--conflicts",), ("--names",)])
def test_a_confidential_address_is_covered_in_what_waits_and_in_names_of_files(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    home, story = tmp_path / "home", tmp_path / "14 Elm Street.txt"
    story.write_text("A clerk said the woman was at 14 Elm Street. The woman was armed.\n")
    other = tmp_path / "other.txt"
    other.write_text("Chief Ada Quill said the woman at 14 Elm Street was not armed.\n")
    keep = ("--place", "14 Elm Street", "--substitute", "PO Box 9", "--authority", "notice 4")
    read_one_by_one(home, "mill-road", story, other)
    done = whoseword(home, "confidential", *keep, "--as", "clerk Ames")
    assert done.exit_code == 0, done.output
    done = whoseword(home, "drafts", "--incident", "mill-road", *more)
    assert done.exit_code == 0, done.output
    assert "elm" not in done.output.lower()


def told_names(home: Path) -> str:
    done = whoseword(home, "drafts", "--incident", "mill-road", "--names")
    assert done.exit_code == 0, done.output
    return done.output


def read_into(home: Path, **papers: str) -> None:
    folder = home.parent / "read"
    folder.mkdir(exist_ok=True)
    files = [folder / f"{name}.txt" for name in papers]
    for file in files:
        file.write_text(papers[file.stem])
    read_one_by_one(home, "mill-road", *files)


def test_what_a_person_answered_of_two_names_is_not_asked_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    read_into(
        home,
        a="Orle Ledger\n\nThe manager called 911.\n",
        b="Fenn Courier\n\nThe apartment manager was arrested.\n",
    )
    told = told_names(home)
    assert "sign the drafts of both at once with --join apartment-manager=manager" in told
    sign = ("sign", "--incident", "mill-road", "--as", "R. Analyst", "--all")
    done = whoseword(home, *sign, "--join", "apartment-manager=manager")
    assert done.exit_code == 0, done.output
    read_into(home, c="Orle Post\n\nThe manager was arrested.\n")
    assert "Is apartment-manager" not in told_names(home)


def test_two_names_that_stand_in_books_are_not_asked_of_drafts_that_have_neither(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    read_into(
        home,
        a="Orle Ledger\n\nThe manager called 911.\n",
        b="Fenn Courier\n\nThe apartment manager was arrested.\n",
    )
    sign = ("sign", "--incident", "mill-road", "--as", "R. Analyst", "--all")
    assert whoseword(home, *sign).exit_code == 0
    read_into(home, c="Orle Post\n\nThe driver was arrested.\n")
    assert "0 questions of who is who" in told_names(home)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The manager called 911.", "The apartment manager was arrested."),
        ("The apartment manager was arrested.", "The manager called 911."),
    ],
)
def test_the_words_that_answer_a_question_do_so_whichever_name_is_signed_already(
    tmp_path: Path, first: str, second: str
) -> None:
    home = tmp_path / "home"
    sign = ("sign", "--incident", "mill-road", "--as", "R. Analyst", "--all")
    read_into(home, a=f"Orle Ledger\n\n{first}\n")
    assert whoseword(home, *sign).exit_code == 0
    read_into(home, b=f"Fenn Courier\n\n{second}\n")
    (join,) = re.findall(r"--join (\S+?=\S+?);", told_names(home))
    done = whoseword(home, *sign, "--join", join)
    assert done.exit_code == 0, done.output


def test_a_rename_is_offered_only_where_it_can_be_done(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sign = ("sign", "--incident", "mill-road", "--as", "R. Analyst", "--all")
    read_into(
        home,
        a="Orle Ledger\n\nThe driver was arrested.\n",
        b="Fenn Courier\n\nThe driver was injured.\n",
    )
    assert "if not, sign one of these documents first, then the other" in told_names(home)
    assert whoseword(home, *sign, "--document", "a.txt").exit_code == 0
    (rename,) = re.findall(r"--rename (\S+)", told_names(home))
    done = whoseword(home, *sign, "--rename", rename)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("more", [(), ("--json",), ("--conflicts",)])
def test_words_that_are_in_quarantine_are_in_no_list_of_what_waits(
    home: Path, more: tuple[str, ...]
) -> None:
    said = next(one for one in queued(home) if "armed with a knife" in one["source"]["quote"])
    signer = ("--incident", "mill-road", "--as", "R. Analyst")
    assert whoseword(home, "sign", *signer, said["draft"]).exit_code == 0
    account = json.loads(whoseword(home, "account", "mill-road", "--json").output)
    ((name, statement),) = account["statements"].items()
    release = home.parent / "papers" / "1-release.txt"
    again = whoseword(home, "read", str(release), "--incident", "mill-road", "--again")
    assert again.exit_code == 0, again.output
    assert "armed with a knife" in whoseword(home, "drafts", "--incident", "mill-road").output
    hide = ("--as", "Ana", "--as", "Bo", "--reason", "misfiled")
    done = whoseword(home, "quarantine", name, "--book", statement["book"], *hide)
    assert done.exit_code == 0, done.output
    told = whoseword(home, "drafts", "--incident", "mill-road", *more)
    assert told.exit_code == 0, told.output
    assert "armed with a knife" not in told.output
