"""The public files of an incident: all of it public, made again byte for byte, and corrected until done."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from agencies import LATER, NOON, Agency, agency
from whoseword_verify import verify

BOOK = "harrow-police/incident/matters"
CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
TENANT = {"name": "tenant across the hall", "kind": "witness"}
DIVISION = {"name": "Children's Division", "kind": "agency", "party": "childrens-division"}
NEXT, AFTER = "2031-03-08T12:00:00Z", "2031-03-09T12:00:00Z"
PEOPLE = ("--as", "Ann Lee", "--as", "Bo Reyes")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def home(tmp_path: Path) -> Agency:
    made = agency(tmp_path, "harrow-police", "information_officer")
    says(made, {"kind": "armed", "who": "woman", "weapon": "knife"})
    says(made, {"kind": "cause_of_death", "who": "child"}, stance="cannot_say")
    made.do("publish", "elm", *PEOPLE, now=NOON)
    return made


def says(home: Agency, fact: dict[str, Any], **parts: Any) -> str:
    return home.says(**({"book": BOOK, "speaker": CHIEF, "fact": fact} | parts))


def files(home: Agency, now: str = LATER, name: str = "public") -> dict[str, bytes]:
    """The files of the site as they are written now."""
    folder = home.home / name
    home.do("site", "elm", "--out", folder, now=now)
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def correct(home: Agency) -> None:
    """A witness denies the knife, and a second release says so."""
    says(home, {"kind": "armed", "who": "woman"}, speaker=TENANT, stance="denies", now=NEXT)
    home.do("publish", "elm", *PEOPLE, now=NEXT)


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def open_rows(home: Agency, now: str = AFTER) -> list[tuple[str, int]]:
    rows = json.loads(home.do("corrections", "elm", "--json", now=now))
    return [(Path(one["output"]).name, one["of_version"]) for one in rows if one["state"] == "open"]


def test_every_form_tells_the_same_lines(home: Agency) -> None:
    told = files(home)
    line = "Was the woman armed? Said by one, not confirmed: yes (weapon knife), says police chief."
    assert line in told["index.html"].decode()
    assert told["release-1.html"] == told["index.html"]
    assert line in words(told["release-1.pdf"])
    rows = list(csv.DictReader(io.StringIO(told["lines.csv"].decode())))
    assert [row["text"] for row in rows if row["section"] == "known"] == [line]
    [entry] = etree.fromstring(told["feed.xml"]).findall("a:entry", ATOM)
    assert line in str(entry.findtext("a:content", namespaces=ATOM))
    assert json.loads(told["site.json"])[0]["lines"][0]["text"] == line


def test_anybody_makes_the_same_files_again_of_the_public_ones(
    home: Agency, tmp_path: Path
) -> None:
    correct(home)
    told = files(home, AFTER)
    again = tmp_path / "again"
    home.do(
        "site",
        "--from",
        home.home / "public" / "site.json",
        "--out",
        again,
        now="2033-01-01T00:00:00Z",
    )
    made = {one.name: one.read_bytes() for one in again.iterdir()}
    assert made == {name: its for name, its in told.items() if not name.endswith(".release")}


def test_each_proof_beside_the_pages_holds(home: Agency) -> None:
    correct(home)
    key = next(line for line in home.do("keys").splitlines() if line.startswith("whoseword/"))
    told = files(home, AFTER)
    for version in (1, 2):
        shown = "\n".join(verify(told[f"release-{version}.release"], key))
        assert f"Release {version} of elm" in shown


def test_a_closed_child_welfare_book_changes_no_byte_and_no_size_of_any_file(home: Agency) -> None:
    before = files(home)
    for fact, stance in (
        ({"kind": "contact", "agency": "childrens-division", "place": "12 Elm Street", "outcome": "no_answer"}, "affirms"),
        ({"kind": "armed", "who": "woman"}, "denies"),
    ):  # fmt: skip
        says(
            home,
            fact,
            stance=stance,
            book="childrens-division/child_welfare/visits",
            speaker=DIVISION,
        )
    after = files(home)
    checkpoints = {name for name in before if name.endswith(".release")}
    assert {name: its for name, its in after.items() if name not in checkpoints} == {
        name: its for name, its in before.items() if name not in checkpoints
    }
    assert after == before, "the proof is of the public book alone"


def test_a_correction_stands_in_page_feed_and_table(home: Agency) -> None:
    correct(home)
    told = files(home, AFTER)
    page = told["index.html"].decode()
    assert "What is corrected here" in page
    assert "it is disputed now" in page
    assert "There is a later release." in told["release-1.html"].decode()
    newest, oldest = etree.fromstring(told["feed.xml"]).findall("a:entry", ATOM)
    assert "Corrected: release 1 said:" in str(newest.findtext("a:content", namespaces=ATOM))
    assert "Corrected" not in str(oldest.findtext("a:content", namespaces=ATOM))
    rows = list(csv.DictReader(io.StringIO(told["lines.csv"].decode())))
    [amended] = [row for row in rows if row["corrected_in"]]
    assert (amended["release"], amended["corrected_in"]) == ("1", "2")


def test_what_carries_the_old_claim_is_listed_until_it_is_written_anew(home: Agency) -> None:
    """The Friday release's page, PDF, feed and table."""
    files(home)
    assert open_rows(home) == []
    correct(home)
    assert set(open_rows(home)) == {
        (name, 1)
        for name in ("feed.xml", "index.html", "lines.csv", "release-1.html", "release-1.pdf",
                     "release-1.release", "site.json")
    }  # fmt: skip
    files(home, AFTER)
    assert open_rows(home) == []
    every = json.loads(home.do("corrections", "elm", "--json", now=AFTER))
    assert {one["state"] for one in every} == {"rewritten"}


def test_a_copy_elsewhere_stays_listed_until_somebody_says_it_was_told_or_waives_it(
    home: Agency,
) -> None:
    files(home, name="sent-out")
    correct(home)
    files(home, AFTER)
    left = open_rows(home)
    assert ("release-1.pdf", 1) in left
    paper, feed = (home.home / "sent-out" / name for name in ("release-1.pdf", "feed.xml"))
    home.do("corrected", "elm", "--file", paper, "--as", "Ann Lee", now=AFTER)
    home.do(
        "corrected",
        "elm",
        "--file",
        feed,
        "--as",
        "Bo Reyes",
        "--waive",
        "nobody ever had it",
        now=AFTER,
    )
    assert {name for name, _ in left} - {name for name, _ in open_rows(home)} == {
        "release-1.pdf",
        "feed.xml",
    }
    every = {
        Path(one["output"]): one
        for one in json.loads(home.do("corrections", "elm", "--json", now=AFTER))
    }
    assert (every[paper]["state"], every[paper]["by"]) == ("told", "Ann Lee")
    assert (every[feed]["state"], every[feed]["reason"]) == ("waived", "nobody ever had it")
    told = home.refused("corrected", "elm", "--file", paper, "--as", "Ann Lee", now=AFTER)
    assert "nothing of elm that is still to correct" in told


def test_what_was_taken_down_is_in_no_file_that_is_written_after(home: Agency) -> None:
    correct(home)
    lines = json.loads(home.do("record", "elm", "--json", now=NEXT))["lines"]
    line = next(one["statement"] for one in lines if "knife" in one["text"])
    home.do("take-down", "elm", "--line", line, *PEOPLE, "--reason", "danger", now=AFTER)
    told = files(home, AFTER)
    assert not [name for name, its in told.items() if b"knife" in its]
    assert "knife" not in words(told["release-1.pdf"]) + words(told["release-2.pdf"])
    assert "two people took it down" in told["release-1.html"].decode()


def test_no_page_runs_a_script_fetches_anything_or_is_large(home: Agency) -> None:
    page = files(home)["index.html"]
    assert len(page) < 50_000
    assert b"<script" not in page
    assert b"default-src 'none'" in page
    assert b"http://" not in page.replace(b"http://www.w3.org", b"")
    assert b"https://" not in page


def test_words_that_would_be_a_formula_or_markup_are_words(home: Agency) -> None:
    says(home, {"kind": "other", "text": "<script>alert(1)</script>"})
    says(
        home,
        {"kind": "injured", "who": "man"},
        speaker={"name": "=cmd()", "kind": "official", "party": "x"},
    )
    home.do("publish", "elm", *PEOPLE, now=NEXT)
    told = files(home, AFTER)
    assert b"<script>" not in told["index.html"]
    assert b"&lt;script&gt;" in told["index.html"]
    cells = [cell for row in csv.reader(io.StringIO(told["lines.csv"].decode())) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_nothing_to_write_is_told(tmp_path: Path) -> None:
    home = agency(tmp_path, "harrow-police", "information_officer")
    assert "nothing has been published" in home.refused("site", "elm", "--out", tmp_path / "x")
    assert not (tmp_path / "x").exists()
    bad = tmp_path / "bad.json"
    bad.write_text('{"version": 1}', "utf-8")
    assert "is no site.json" in home.refused("site", "--from", bad, "--out", tmp_path / "x")
