"""`copies`: what its owner sees of documents that carry the same words, and what nobody else does."""

import json
from pathlib import Path

import pytest
from tests.at_the_desk import read_one_by_one, whoseword

RELEASE = """FENN COUNTY SHERIFF'S OFFICE
NEWS RELEASE
May 4, 2031

Deputies were called to Mill Road at 4:10 p.m. on Monday after a neighbor reported a possible
assault. According to the neighbor, a man may have been holding a hammer. A deputy fired two
rounds. The man was taken to Orle Hospital in stable condition.
"""
STORY = """Orle Ledger
May 5, 2031

Deputies were called to Mill Road at 4:10 p.m. on Monday after a neighbor reported a possible
assault. A man was holding a hammer. A deputy fired three rounds. The man was taken to Orle
Hospital in stable condition.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "1-release.txt").write_text(RELEASE)
    (papers / "2-story.txt").write_text(STORY)
    read_one_by_one(tmp_path / "home", "mill-road", *sorted(papers.iterdir()))
    return tmp_path / "home"


def test_the_terminal_tells_origin_reason_and_what_drifted(home: Path) -> None:
    told = whoseword(home, "copies", "--incident", "mill-road").output
    assert "Origin: 1-release.txt (it is an agency's own paper" in told
    assert "a number differs: 2 became 3" in told
    assert 'here  "A man was holding a hammer."' in told
    assert "1 group of documents that carry the same words. A copy is no second voice." in told


def test_json_has_a_stated_order_and_every_quote_with_its_place(home: Path) -> None:
    done = whoseword(home, "copies", "--incident", "mill-road", "--json")
    assert done.output == whoseword(home, "copies", "--incident", "mill-road", "--json").output
    (family,) = json.loads(done.output)["families"]
    assert [one["name"] for one in family["members"]] == ["1-release.txt", "2-story.txt"]
    changes = [one["change"] for one in family["members"][1]["drifts"]]
    assert changes[0] == "whose word it is was left out"
    quotes = {one["here"]["quote"] for one in family["members"][1]["drifts"]}
    assert "A man was holding a hammer." in quotes


def test_who_does_not_own_the_home_gets_what_a_home_without_documents_gives(
    home: Path, tmp_path: Path
) -> None:
    reader = ("--reader", "public@press", "--purpose", "public")
    other = whoseword(home, "copies", "--incident", "mill-road", "--json", *reader)
    empty = whoseword(tmp_path / "empty", "copies", "--incident", "mill-road", "--json", *reader)
    assert other.exit_code == empty.exit_code == 0
    assert other.output == empty.output


def test_sealed_words_are_in_no_drift(home: Path) -> None:
    drafts = whoseword(home, "drafts", "--incident", "mill-road", "--json").output.splitlines()
    (fired,) = [one for one in map(json.loads, drafts) if "three" in one["source"]["quote"]]
    signer = ("--incident", "mill-road", "--as", "R. Analyst")
    assert whoseword(home, "sign", *signer, fired["draft"]).exit_code == 0
    account = json.loads(whoseword(home, "account", "mill-road", "--json").output)
    ((name, statement),) = account["statements"].items()
    order = ("--order", "Order 31-7", "--as", "R. Analyst")
    done = whoseword(home, "seal", name, "--book", statement["book"], *order)
    assert done.exit_code == 0, done.output
    told = whoseword(home, "copies", "--incident", "mill-road").output
    assert "three" not in told
    assert "a number differs" not in told
    assert "1 group of documents" in told


MESSAGE = """From: Ida Marsh <ida@marsh.example>
To: desk@ledger.example
Date: Tue, 6 May 2031 09:00:00 +0000
Subject: the fire

The barn on Sedge Lane burned on Sunday night after a lamp fell from its hook in the wind, and two
of the nine horses that were kept in it could not be led out before the roof came down on them.
"""
REPLY = """From: Otto Venn <otto@venn.example>
To: Ida Marsh <ida@marsh.example>
Date: Wed, 7 May 2031 09:00:00 +0000
Subject: Re: the fire

I was not there, and I know of it only what you write.

On Tue, 6 May 2031, Ida Marsh <ida@marsh.example> wrote:
> The barn on Sedge Lane burned on Sunday night after a lamp fell from its hook in the wind, and two
> of the nine horses that were kept in it could not be led out before the roof came down on them.
"""


def with_papers(tmp_path: Path, **papers: str) -> Path:
    folder = tmp_path / "more"
    folder.mkdir()
    for name, text in papers.items():
        (folder / f"{name}.eml").write_text(text)
    read_one_by_one(tmp_path / "home", "sedge-lane", *sorted(folder.iterdir()))
    return tmp_path / "home"


def test_a_message_is_its_writers_with_its_date_and_what_it_quotes_is_no_copy(
    tmp_path: Path,
) -> None:
    home = with_papers(
        tmp_path, first=MESSAGE, again=MESSAGE.replace("Tue, 6", "Thu, 8"), reply=REPLY
    )
    done = whoseword(home, "copies", "--incident", "sedge-lane", "--json")
    (family,) = json.loads(done.output)["families"]
    assert [one["name"] for one in family["members"]] == ["first.eml", "again.eml"]
    assert {one["voice"] for one in family["members"]} == {"Ida Marsh"}
    assert [one["dated"][:10] for one in family["members"]] == ["2031-05-06", "2031-05-08"]
    assert family["origin"]["why"] == "of all that are dated it is dated first, and all are dated"


def test_an_address_in_a_senders_name_is_covered_in_copies(tmp_path: Path) -> None:
    sender = MESSAGE.replace("Ida Marsh <", "14 Elm Street Tenants <")
    home = with_papers(tmp_path, first=sender, again=sender.replace("Tue, 6", "Thu, 8"))
    keep = ("--place", "14 Elm Street", "--substitute", "PO Box 9", "--authority", "notice 4")
    assert whoseword(home, "confidential", *keep, "--as", "clerk Ames").exit_code == 0
    told = whoseword(home, "copies", "--incident", "sedge-lane").output
    assert "1 group" in told
    assert "elm" not in told.lower()


def test_whoever_is_shown_no_document_is_not_logged_as_shown(home: Path) -> None:
    reader = ("--reader", "supervisor@fenn-police", "--purpose", "response")
    for whose, logged in ((reader, 0), ((), 1)):
        done = whoseword(home, "copies", "--incident", "mill-road", *whose)
        assert done.exit_code == 0, done.output
        reads = whoseword(home, "reads", "--json").output
        assert reads.replace(" ", "").count('"view":"copies"') == logged
