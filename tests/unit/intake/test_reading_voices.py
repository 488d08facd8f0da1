"""Whose word a document is, and whose a quotation in it is."""

from typing import Any

import pytest

from whoseword.intake import keep_document
from whoseword.intake.reading import read_document
from whoseword.words import Statement, kind_of


def read(text: str, name: str = "paper.txt") -> list[Statement]:
    document = keep_document(text.encode(), name)
    found = read_document(document, "pier-lane-2031", "desk/incident").drafts
    return [one.statement for one in found]


def voices(text: str, name: str = "paper.txt") -> list[tuple[str, str]]:
    """Speaker and words of each draft."""
    return [(one.speaker.name, one.source.quote or "") for one in read(text, name)]


LETTER = """ORLE CITY OFFICE OF INQUIRY

April 3

Members of the Panel:

The office received your letter on Monday. I have not seen the video.

Wren Castellane
Deputy Administrator
"""
REPORT = """ORLE POLICE DEPARTMENT
INITIAL REPORT   CASE 31-0044
REPORTING OFFICER: T. MARLOW, UNIT 7

I arrived at 4:10 p.m. The door was open.
"""
NOTICE = """Fenn County Sheriff's Office - Community Bulletin
May 2

A man left the care home on Sunday. We do not know whether he was alone.
"""


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (LETTER, "Wren Castellane", "official"),
        (REPORT, "T. Marlow", "responder"),
        (NOTICE, "Fenn County Sheriff's Office", "agency"),
    ],
)
def test_a_document_is_the_word_of_who_made_it(text: str, name: str, kind: str) -> None:
    found = {(one.speaker.name, one.speaker.kind.value) for one in read(text)}
    assert found == {(name, kind)}


def test_a_story_that_mentions_an_agency_is_its_own_narrators() -> None:
    text = "Two hurt in Orle\n\nThe Orle Police Department closed a street. A car burned.\n"
    assert {one.speaker.kind.value for one in read(text)} == {"narrator"}


def test_labels_in_ordinary_letters_make_a_transcript() -> None:
    text = (
        "ORLE SCHOOLS\nBriefing\n\nSupt. Vale: The doors were locked.\n\nParent: My son was inside."
        "\n\nSupt. Vale: We found nobody.\n\nParent: A teacher fell.\n"
    )
    assert [name for name, _ in voices(text)] == ["Supt. Vale", "Parent", "Supt. Vale", "Parent"]


QUOTED: list[tuple[str, str, list[str]]] = [
    (
        "“A man ran out. He fell on the steps,” said Nora Quist, who lives there.",
        "Nora Quist",
        ["A man ran out", "He fell on the steps"],
    ),
    (
        "“It was dark,” Nora Quist said. “A car went off without lights.”",
        "Nora Quist",
        ["It was dark", "A car went off without lights"],
    ),
    (
        "Nora Quist said:\n\n“It was dark. A car went off without lights.”",
        "Nora Quist",
        ["It was dark", "A car went off without lights"],
    ),
    (
        "“A car went off without lights.” ― Nora Quist",
        "Nora Quist",
        ["A car went off without lights"],
    ),
    (
        "“You left us in the cold,” Nora Quist told the council, after it voted.",
        "Nora Quist",
        ["You left us in the cold"],
    ),
    (
        "The doors, Nora Quist said, were locked from outside.",
        "Nora Quist",
        ["The doors, Nora Quist said, were locked from outside"],
    ),
]


@pytest.mark.parametrize(("text", "name", "words"), QUOTED)
def test_a_quotation_is_of_who_says_it(text: str, name: str, words: list[str]) -> None:
    quoted = [one for one in voices(text) if not one[0].startswith("narrator")]
    assert quoted == [(name, one) for one in words]


def test_what_a_paper_tells_of_a_speaker_beside_her_words_is_the_papers() -> None:
    told = voices("“A man ran out,” said Nora Quist, who lives on Mill Road.")
    assert told == [
        ("Nora Quist", "A man ran out"),
        ("narrator of paper.txt", "lives on Mill Road"),
    ]


def test_a_quotation_that_nobody_is_said_to_say_is_nobodys_named() -> None:
    text = (
        "“It was dark in there,” Nora Quist said.\n\n"
        "A sheet hung on the gate: “Nobody may go in before noon today.”\n"
    )
    found = {words: name for name, words in voices(text)}
    assert found["It was dark in there"] == "Nora Quist"
    assert found.get("Nobody may go in before noon today") in (None, "unnamed speaker")


def test_what_is_quoted_is_never_the_narrators() -> None:
    text = "“The officer had no choice. She had a knife in her hand,” the chief said.\n"
    found = read(text)
    assert {one.speaker.kind.value for one in found} == {"official"}
    assert "armed" in {kind_of(one.fact) for one in found}


ASKED: list[tuple[str, Any]] = [
    ("The clerk asked what they had eaten.", "what they had eaten"),
    ("The clerk asked the man to leave the house.", "leave the house"),
]


@pytest.mark.parametrize(("text", "words"), ASKED)
def test_a_request_is_an_act_of_who_asks(text: str, words: str) -> None:
    [one] = [one for one in read(text) if kind_of(one.fact) == "requested"]
    assert (one.speaker.name, one.stance.value) == ("clerk", "does")
    assert (one.source.quote or "").endswith(words)


SCENE: list[tuple[str, str, str]] = [
    ("The man picked up a hammer.", "armed", "affirms"),
    ("The man put the hammer down.", "other", "affirms"),
    ("There was no weapon in the room.", "armed", "denies"),
    ("There were no shots.", "discharged_weapon", "denies"),
    ("The woman had a bruise on her arm.", "injured", "affirms"),
    ("The woman was crying.", "in_crisis", "affirms"),
    ("The man had not slept for days.", "in_crisis", "affirms"),
    ("The boy was placed with a relative.", "moved", "affirms"),
    ("The girl hid in a cooler.", "present", "affirms"),
]


@pytest.mark.parametrize(("text", "kind", "stance"), SCENE)
def test_plain_words_of_a_scene_are_facts(text: str, kind: str, stance: str) -> None:
    found = [(kind_of(one.fact), one.stance.value) for one in read(text)]
    assert (kind, stance) in found


NOT_SO: list[tuple[str, str]] = [
    ("The deputies were unable to find the man.", "denies"),
    ("The test was negative for alcohol.", "denies"),
    ("“Not by me,” the sheriff said.", "denies"),
    ("It remains to be determined whether the clerk heard the call.", "does_not_know"),
]


@pytest.mark.parametrize(("text", "stance"), NOT_SO)
def test_what_was_not_so_is_never_drafted_as_so(text: str, stance: str) -> None:
    assert {one.stance.value for one in read(text)} == {stance}


def test_what_is_denied_is_told_in_positive_words() -> None:
    [one] = read("The deputies were unable to find the man.")
    assert getattr(one.fact, "text", "") == "The deputies were able to find the man"
