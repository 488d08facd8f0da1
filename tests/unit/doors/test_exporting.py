"""An incident in the forms that others read: whole for whoever may open it, and nothing for others."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PIL import Image
from pypdf import PdfReader

from agencies import LATER, Agency, agency
from at_the_desk import whoseword

SEALED = "childrens-division/child_welfare/visits"
CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
FORMS = ["eido", "logevents", "uof", "prov", "ics", "jsonl", "pdf"]


@pytest.fixture
def home(tmp_path: Path) -> Agency:
    made = agency(tmp_path, "county", "oversight")
    fired = {"kind": "discharged_weapon", "who": "officer-1", "toward": ["woman"]}
    employed = {
        "kind": "related",
        "who": "officer-1",
        "whom": "harrow-police",
        "relation": "employed_by",
    }
    for fact in (fired, employed, {"kind": "died", "who": "woman", "happened": "2031-03-05"}):
        made.says(book="county/incident/matters", speaker=CHIEF, fact=fact)
    return made


def export(home: Agency, form: str, *options: object) -> bytes:
    asked = ("export", "elm", "--format", form, *map(str, options))
    done = whoseword(home.home, *asked, now=LATER)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def test_lines_are_taken_by_another_home_and_add_up_to_the_same(
    home: Agency, tmp_path: Path
) -> None:
    other = agency(tmp_path, "board", "oversight")
    lines = export(home, "jsonl")
    assert len(lines.splitlines()) == 3
    other.do("say", "--backfill", "-", given=lines.decode(), now=LATER)
    mine, theirs = home.account(), other.account()
    assert mine["matters"] == theirs["matters"]
    assert set(mine["statements"]) == set(theirs["statements"])


def test_the_calendar_holds_what_is_owed_and_no_officer(home: Agency) -> None:
    told = export(home, "ics")
    tasks = Calendar.from_ical(told.decode()).walk("VTODO")
    assert any("DF-18" in str(task["summary"]) for task in tasks)
    assert b"officer-1" not in told
    assert told == export(home, "ics", "--profile", "missouri")
    assert "nowhere" in home.refused("export", "elm", "--format", "ics", "--profile", "nowhere", now=LATER)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", ["public@press", "oversight@county"])
def test_a_closed_book_changes_no_byte_of_any_form(home: Agency, form: str, reader: str) -> None:
    """The address of the child is a secret, and so is that anybody was there."""
    before = export(home, form, "--reader", reader)
    home.says(
        book=SEALED, now=LATER,
        speaker={"name": "Children's Division", "kind": "agency", "party": "childrens-division"},
        fact={"kind": "contact", "agency": "childrens-division", "place": "12 Elm Street", "outcome": "no_answer"},
    )  # fmt: skip
    home.says(
        book=SEALED, now=LATER, fact={"kind": "died", "who": "child"},
        speaker={"name": "worker", "kind": "official", "party": "childrens-division"},
    )  # fmt: skip
    assert export(home, form, "--reader", reader) == before


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_later_changes_no_byte_of_an_earlier_moment(home: Agency, form: str) -> None:
    then = "2031-03-06T12:30:00Z"
    before = export(home, form, "--as-of", then)
    home.says(
        book="county/incident/matters", speaker=CHIEF, now=LATER,
        fact={"kind": "died", "who": "child"},
    )  # fmt: skip
    assert export(home, form, "--as-of", then) == before


@pytest.mark.parametrize("form", [one for one in FORMS if one not in ("ics", "uof")])
def test_a_seal_finds_the_file_that_carries_the_words(
    home: Agency, form: str, tmp_path: Path
) -> None:
    id_ = home.says(
        book="county/incident/matters", speaker=CHIEF, fact={"kind": "armed", "who": "woman", "weapon": "zweihander"},
    )  # fmt: skip
    out = tmp_path / f"told.{form}"
    assert f"Wrote {out}." in export(home, form, "--out", out).decode()
    done = home.do("seal", id_, "--book", "county/incident/matters", "--order", "31-14", "--as", "Clerk Moss", now=LATER)  # fmt: skip
    assert str(out) in done
    assert "zweihander" not in words(export(home, form))


def words(written: bytes) -> str:
    """What can be read in a file; of a PDF the text of its pages."""
    if not written.startswith(b"%PDF"):
        return written.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)


def test_the_account_on_paper_is_tagged_titled_and_says_its_language(home: Agency) -> None:
    """ISO 14289-1: a screen reader finds headings, lists and tables in reading order."""
    written = export(home, "pdf")
    paper = PdfReader(io.BytesIO(written))
    catalog = paper.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_data()
    assert paper.metadata is not None
    assert paper.metadata.title == "What is known: elm"
    tags = _tags(catalog["/StructTreeRoot"])
    assert [tag for tag in tags if tag in ("/H1", "/H2")][:2] == ["/H1", "/H2"]
    assert {"/L", "/LI", "/Table", "/TH", "/P", "/Link"} <= set(tags)
    assert "Did officer-1 fire?" in words(written)
    assert "/JavaScript" not in str(catalog)


def _tags(node: Any) -> list[str]:
    """The tags of a tree, in reading order."""
    if isinstance(node, list):
        return [tag for one in node for tag in _tags(one.get_object())]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    kids = node.get("/K", [])
    return own + _tags(kids.get_object() if hasattr(kids, "get_object") else kids)


def test_after_a_page_was_laid_out_a_picture_that_was_cut_off_is_still_told(home: Agency) -> None:
    """The library that lays pages out lets cut-off pictures pass in the whole process."""
    export(home, "pdf")
    picture = io.BytesIO()
    Image.effect_noise((400, 400), 90).save(picture, "JPEG")
    with Image.open(io.BytesIO(picture.getvalue()[:5000])) as cut, pytest.raises(OSError, match="truncated"):  # fmt: skip
        cut.load()


def test_nothing_is_folded_away_on_paper(home: Agency) -> None:
    for number in range(6):
        home.says(
            book="county/incident/matters", fact={"kind": "armed", "who": "woman", "weapon": "knife"},
            speaker={"name": f"neighbor of number {number}", "kind": "witness"},
        )  # fmt: skip
    told = " ".join(words(export(home, "pdf")).split())
    assert all(f"neighbor of number {number} (witness" in told for number in range(6))


def test_an_option_of_another_form_is_refused(home: Agency) -> None:
    for options in (
        ("prov", "--domain", "a.example"),
        ("jsonl", "--no-advice"),
        ("eido", "--profile", "missouri"),
    ):
        done = home.run("export", "elm", "--format", *options)
        assert done.exit_code == 2
        assert "cannot be said with --format" in done.stderr


def test_the_return_of_an_incident_reads_as_json_and_names_its_statements(home: Agency) -> None:
    view = json.loads(export(home, "uof"))
    ids = set(home.account()["statements"])
    told = [one for one in view["elements"].values() if one["state"] == "told"]
    assert told
    assert all(set(one["statements"]) <= ids for one in told)


def test_each_export_is_in_the_log_of_reads(home: Agency) -> None:
    for form in FORMS:
        export(home, form)
    reads = home.do("reads", "--json", "--reader", "auditor@county", now=LATER).splitlines()
    views = [json.loads(line)["view"] for line in reads]
    assert views.count("export") + views.count("duties") >= len(FORMS)
