"""`check`: what it prints, what it keeps (nothing), and whom it shows what."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.at_the_desk import lines_of
from tests.at_the_desk import whoseword as at_a_clock

from telling import saw, told

DRAFT = """HARROW POLICE DEPARTMENT
NEWS RELEASE

The woman was armed with a knife. The child was killed by the woman. The mayor resigned.
"""


def whoseword(home: Path, *arguments: str, given: str = "") -> Any:
    return at_a_clock(home, *arguments, now="2031-04-01T12:00:00Z", given=given)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    statements = [
        told("armed", who="woman", weapon="knife", recorded="2031-03-06T15:00:00Z"),
        told("cause_of_death", stance="cannot_say", who="child", recorded="2031-03-06T15:10:00Z"),
        saw(
            "cause_of_death", who="child", slots={"by": "officer-1"}, book="county/inquiry",
            recorded="2031-03-06T15:20:00Z",
        ),
    ]  # fmt: skip
    folder = tmp_path / "home"
    done = whoseword(folder, "say", "--backfill", "-", given=lines_of(statements))
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(DRAFT)
    return path


def checked(home: Path, draft: Path, *more: str) -> dict[str, Any]:
    done = whoseword(home, "check", str(draft), "--incident", "harrow-lane", "--json", *more)
    assert done.exit_code == 0, done.output
    value: dict[str, Any] = json.loads(done.output)
    return value


def test_the_json_is_the_contracts(home: Path, draft: Path) -> None:
    sentences = checked(home, draft)["sentences"]
    assert [one["verdict"] for one in sentences] == [
        "borne_out", "contradicted", "not_in_ledger",
    ]  # fmt: skip
    first = sentences[0]
    assert DRAFT[slice(*first["sentence"])] == first["text"] == "The woman was armed with a knife."
    assert (first["matter"], first["standing"]) == ("armed(who=woman)", "said_by_one")
    assert len(first["statements"]) == 1


def test_a_reader_is_told_what_their_books_bear_and_no_more(home: Path, draft: Path) -> None:
    narrow = checked(home, draft, "--reader", "supervisor@ames", "--purpose", "response")
    assert [one["verdict"] for one in narrow["sentences"]] == [
        "borne_out", "surer_than_sources", "not_in_ledger",
    ]  # fmt: skip


def test_as_of_a_moment_it_holds_what_was_known_then(home: Path, draft: Path) -> None:
    early = checked(home, draft, "--as-of", "2031-03-06T14:00:00Z")
    assert {one["verdict"] for one in early["sentences"]} == {"not_in_ledger"}


def test_the_terminal_tells_reason_and_sources_of_what_needs_a_look(
    home: Path, draft: Path
) -> None:
    told = whoseword(home, "check", str(draft), "--incident", "harrow-lane").output
    assert "CONTRADICTED: the sources say otherwise" in told
    assert "“The child was killed by the woman.”" in told
    assert "tenant across the hall (witness)" in told
    assert "3 sentences: 1 contradicted, 1 not in the ledger, 1 borne out." in told
    assert "a person decides" in " ".join(told.split())


def test_a_draft_is_not_kept_and_the_read_is(home: Path, draft: Path) -> None:
    checked(home, draft)
    waiting = whoseword(home, "drafts", "--incident", "harrow-lane").output
    assert waiting.startswith("0 drafts")
    copies = json.loads(whoseword(home, "copies", "--incident", "harrow-lane", "--json").output)
    assert copies["families"] == []
    reads = whoseword(home, "reads", "--json").output.replace(" ", "")
    assert '"view":"check"' in reads


def test_the_page_underlines_each_sentence_and_says_why_in_words(
    home: Path, draft: Path, tmp_path: Path
) -> None:
    page = tmp_path / "check.html"
    arguments = ("check", str(draft), "--incident", "harrow-lane", "--html", str(page))
    done = whoseword(home, *arguments)
    assert done.exit_code == 0, done.output
    told = page.read_text()
    assert '<span class="flagged contradicted" id="s-1">The child was killed by the woman.' in told
    assert "1. Contradicted" in told
    assert "<script" not in told
    again = tmp_path / "again.html"
    whoseword(home, *arguments[:-1], str(again))
    assert again.read_bytes() == page.read_bytes()


def test_what_a_draft_says_is_text_and_never_markup(home: Path, tmp_path: Path) -> None:
    draft, page = tmp_path / "draft.txt", tmp_path / "check.html"
    draft.write_text("The chief said the <b>woman</b> was armed with a <script>knife</script>.\n")
    done = whoseword(home, "check", str(draft), "--incident", "harrow-lane", "--html", str(page))
    assert done.exit_code == 0, done.output
    assert "<script>" not in page.read_text()


def test_a_draft_that_holds_no_text_is_refused_with_its_reason(home: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    done = whoseword(home, "check", str(empty), "--incident", "harrow-lane")
    assert done.exit_code == 1
    assert "empty.txt" in done.output
    assert "the file is empty" in done.output


def test_of_an_incident_that_nobody_spoke_of_nothing_is_borne_out(home: Path, draft: Path) -> None:
    done = whoseword(home, "check", str(draft), "--incident", "another-street", "--json")
    assert {one["verdict"] for one in json.loads(done.output)["sentences"]} == {"not_in_ledger"}
