"""A confidential address: the substitute stands wherever the true one stood, in whatever spelling."""

import json
from pathlib import Path

import pytest

from agencies import LATER, Agency, agency, introduce

TRUE = "14 Elm Street, Apt 3"
SUBSTITUTE = "PO Box 1409, Ames"
KEEP = ("--substitute", SUBSTITUTE, "--authority", "RSMo 589.669, notice 44", "--as", "clerk Ames")
READERS = ("oversight@county", "supervisor@county", "officer@county", "investigator@state")
WRITTEN = (
    "14 Elm Street, Apt 3",
    "14 ELM ST #3",
    "14 Elm St. Apartment 3",
    "14 elm street unit 3",
    "14-elm-street-apt-3",
    "14  Elm\nStreet\nNo. 3",
    "14 Elm St., apartment three",
    "14 Elm Street",
    "14 N. Elm Street, Apt. 3",
    "14%20Elm%20St",
    "14 Élm Street",
)


@pytest.fixture
def county(tmp_path: Path) -> Agency:
    county = agency(tmp_path, "county", "oversight")
    county.do("confidential", "--place", TRUE, *KEEP)
    return county


def views(county: Agency, reader: str, page: Path) -> list[str]:
    """Everything that a reader is given of the incident, and of the door."""
    as_reader = ("--reader", reader)
    county.do("account", "elm", "--html", page, *as_reader, now=LATER)
    moments = ("--from", "2031-03-01", "--to", LATER)
    return [
        county.do("account", "elm", "--json", *as_reader, now=LATER),
        county.do("account", "elm", *as_reader, now=LATER),
        county.do("account", "elm", "--brief", *as_reader, now=LATER),
        page.read_text("utf-8"),
        county.do("diff", "elm", *moments, "--json", *as_reader, now=LATER),
        county.do("diff", "elm", *moments, *as_reader, now=LATER),
        county.do("brief", "--address", "Elm", "--json", *as_reader, now=LATER),
    ]


@pytest.mark.parametrize(
    ("reader", "written"),
    [*((reader, TRUE) for reader in READERS), *((READERS[0], written) for written in WRITTEN)],
)
def test_no_view_of_anybody_shows_it(
    county: Agency, reader: str, written: str, tmp_path: Path
) -> None:
    county.says(
        book="county/response/calls", fact={"kind": "located", "what": "call-1", "place": written}
    )
    county.says(
        book="county/response/calls", fact={"kind": "other", "text": f"she is at {written}."}
    )
    county.says(
        book="county/response/calls",
        speaker={"name": f"tenant of {written}", "kind": "witness"},
        fact={"kind": "armed", "who": written, "happened": {"words": f"when at {written}"}},
    )
    seen = views(county, reader, tmp_path / "page.html")
    for view in seen:
        flat = " ".join(view.casefold().split())
        assert written.casefold() not in view.casefold()
        assert "14 elm" not in flat
        assert "14-elm" not in flat
    assert SUBSTITUTE in seen[0]


def test_a_document_shows_neither_it_nor_a_name_of_a_file_that_holds_it(
    county: Agency, tmp_path: Path
) -> None:
    text = (
        "The sergeant said the woman lives at 14 Elm St., Apt. 3. The chief said she had a knife."
    )
    document = tmp_path / "report-14-elm-street-apt-3.txt"
    document.write_text(text, encoding="utf-8")
    county.do("read", document, "--incident", "elm")
    county.do("sign", "--incident", "elm", "--as", "Ana Ruiz", "--all")
    page = tmp_path / "page.html"
    for view in views(county, "oversight@county", page):
        assert "14 elm" not in " ".join(view.casefold().split())
        assert "14-elm" not in view
    html = page.read_text("utf-8")
    assert "█" in html
    assert "knife" in html


def test_other_addresses_are_shown_as_they_are(county: Agency) -> None:
    for place in ("114 Elm Street, Apt 3", "14 Elm Street, Apt 31", "14 Oak Street, Apt 3"):
        county.says(
            book="county/response/calls", fact={"kind": "located", "what": "call-1", "place": place}
        )
        assert place in county.do("account", "elm", "--json", now=LATER)


def test_the_books_keep_what_was_said_and_hold(county: Agency) -> None:
    county.says(book="county/incident", fact={"kind": "other", "text": f"she is at {TRUE}"})
    county.account()
    assert json.loads(county.do("verify", "--json"))["ok"] is True
    county.do("confidential", "--lift", "--place", TRUE, "--as", "clerk Ames")
    assert TRUE in county.do("account", "elm", "--json", now=LATER)


def test_the_list_shows_the_substitute_alone(county: Agency) -> None:
    told = county.do("confidential")
    assert SUBSTITUTE in told
    assert "Elm" not in told


def test_a_substitute_that_holds_the_address_is_refused(county: Agency) -> None:
    given = ("--place", "5 Oak Street", "--substitute", "care of 5 Oak St", "--authority", "x")
    assert "give another" in county.refused("confidential", *given, "--as", "clerk")


def test_it_is_not_sent_to_another_home(county: Agency, tmp_path: Path) -> None:
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(county, police)
    said = county.says(book="county/response/calls", fact={"kind": "other", "text": f"at {TRUE}"})
    out = tmp_path / "bundle.age"
    asked = ("--to", "officer@wexmoor-police", "--until", "2031-06-01", "--as", "x", "--out", out)
    for rule in ("", "GR-01", "IS-18"):
        told = county.refused("disclose", said, *asked, "--rule", rule)
        assert "confidential address" in told
        assert not out.exists()


def test_lifting_one_address_lifts_no_other_and_says_who_did(county: Agency) -> None:
    other = ("--substitute", "PO Box 1409, Ames, No. 2", "--authority", "x", "--as", "clerk Ames")
    county.do("confidential", "--place", "77 Birch Road", *other)
    county.says(book="county/incident", fact={"kind": "other", "text": f"at {TRUE}"})
    county.says(book="county/incident", fact={"kind": "other", "text": "at 77 Birch Road"})
    county.do("confidential", "--lift", "--place", "77 birch rd", "--as", "Ann Lee")
    seen = county.do("account", "elm", "--json", now=LATER)
    assert "77 Birch Road" in seen
    assert "14 Elm" not in seen
    assert "lifted by Ann Lee" in county.do("confidential")


def test_one_substitute_never_makes_one_door_of_two(county: Agency) -> None:
    again = ("--substitute", SUBSTITUTE, "--authority", "x", "--as", "clerk Ames")
    told = county.refused("confidential", "--place", "77 Birch Road", *again)
    assert "two people would become one" in told


def test_a_brief_finds_the_true_door_and_shows_it_covered(county: Agency) -> None:
    fact = {"kind": "contact", "agency": "county", "place": TRUE, "outcome": "answered"}
    said = county.says(book="county/response/contacts", fact=fact)
    for asked, found in ((TRUE, [said]), (SUBSTITUTE, []), ("1 Oak Street", [])):
        view = county.do("brief", "--address", asked, "--json", now=LATER)
        assert json.loads(view)["unit"] == found
        assert "14 Elm" not in json.dumps(json.loads(view)["contacts"])


def test_the_marker_of_what_was_removed_is_covered_too(county: Agency) -> None:
    said = county.says(book="county/incident")
    order = ("--order", f"Order on {TRUE}", "--as", "clerk Ames")
    county.do("seal", said, "--book", "county/incident", *order)
    told = county.do("account", "elm", "--json", now=LATER)
    assert "14 Elm" not in told
    assert "Order on PO Box" in told


@pytest.mark.parametrize(
    "told",
    [
        "118 Marlow Street Apt 4",
        "Apt no. 4 at 118 Marlow St",
        "118 Marlow St Apt 04",
        "0118 Marlow St. #4",
    ],
)
def test_a_town_in_what_was_entered_uncovers_no_text_that_names_none(
    tmp_path: Path, told: str
) -> None:
    from whoseword.contacts import Confidential, Cover

    one = Confidential(
        ("118 Marlow Street Apt 4, Dunmore MO 65101",),
        "PO Box 1",
        "notice 4",
        "clerk Ames",
        "2031-01-01T00:00:00Z",
    )
    covered = Cover([one]).text(f"She lives at {told} now.")
    assert "marlow" not in covered.lower()
    assert Cover([one]).text("118 Marlow Street Apt 5") == "118 Marlow Street Apt 5"
