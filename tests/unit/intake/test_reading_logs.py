"""Logs in capitals: each thing that an entry says, in the mouth of who says it."""

from typing import Any

import pytest

from whoseword.intake import keep_document
from whoseword.intake.reading import read_document
from whoseword.words import Stance, kind_of

HEAD = "FENN COUNTY 911 - EVENT LOG\n\n"
REST = "0901 ENGINE 4 ON SCENE.\n0902 ENGINE 4 ADV NOTHING SHOWING.\n0903 ENGINE 4 ON SCENE.\n"


def said(entry: str, *, rest: str = REST) -> list[tuple[Any, ...]]:
    """Of one entry: speaker, relays, stance, kind and words of each draft."""
    text = f"{HEAD}{entry}\n{rest}"
    document = keep_document(text.encode(), "log.txt")
    end = len(HEAD) + len(entry)
    return [
        (
            one.statement.speaker.name.lower(),
            [relay.name.lower() for relay in one.statement.via],
            one.statement.stance.value,
            kind_of(one.statement.fact),
            one.statement.source.quote,
        )
        for one in read_document(document, "pier-lane-2031", "desk/incident").drafts
        if (one.statement.source.end or 0) <= end
    ]


LOG = "fenn county 911"


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (
            "0812 MEDIC 9 ADV CLEAR OF SHOP, RESPONDING.",
            [
                ("medic 9", [], "affirms", "other", "CLEAR OF SHOP"),
                ("medic 9", [], "affirms", "dispatched", "RESPONDING"),
            ],
        ),
        (
            "0813 UNIT 7 ADV MALE STATES HE HAS A PISTOL.",
            [("male", ["unit 7"], "affirms", "armed", "HE HAS A PISTOL")],
        ),
        (
            "0814 TENANT ADV NO GUNS.",
            [("tenant", [], "denies", "armed", "NO GUNS")],
        ),
        (
            "0815 UNIT 7 ADV NO PISTOL SEEN.",
            [("unit 7", [], "does_not_know", "armed", "NO PISTOL SEEN")],
        ),
        (
            "0816 UNIT 7 REQ MEDICS.",
            [("unit 7", [], "does", "requested", "MEDICS")],
        ),
        (
            "0817 UNIT 7 ADV ONE IN CUSTODY. NO SHOTS FIRED.",
            [
                ("unit 7", [], "affirms", "detained", "ONE IN CUSTODY"),
                ("unit 7", [], "denies", "discharged_weapon", "NO SHOTS FIRED"),
            ],
        ),
        (
            "0818 UNIT 7 ADV MALE ON STAIRS W/ CROWBAR AND BAT.",
            None,
        ),
        ("0819 CORONER NOTIFIED.", [(LOG, [], "affirms", "notified", "CORONER NOTIFIED")]),
        (
            "0820 UNIT 7 ADV MALE DECEASED PER DR AT BASE.",
            [("dr at base", ["unit 7"], "affirms", "died", "MALE DECEASED")],
        ),
        (
            "0821 SUPERVISOR ADV HOLD CLINICIAN AT CORNER.",
            [("supervisor", [], "does", "held", "HOLD CLINICIAN AT CORNER")],
        ),
    ],
)
def test_an_entry_says_these_things(entry: str, found: list[tuple[Any, ...]] | None) -> None:
    if found is None:
        kinds = {kind for _, _, _, kind, _ in said(entry)}
        assert {"present", "armed"} <= kinds
    else:
        assert said(entry) == found


def test_the_sign_of_the_desk_that_types_speaks_nothing_and_a_units_does() -> None:
    rest = "0901 D2 UNIT 7 ON SCENE\n0902 D2 CALLER ADV QUIET NOW\n0903 D2 UNIT 7 ADV CODE FOUR\n"
    [(speaker, *_)] = said("0830 D2 UNIT 7 ADV NO ANSWER", rest=rest)
    assert speaker == "unit 7"


def test_what_a_log_denies_or_leaves_open_is_never_drafted_as_so() -> None:
    entries = (
        "0840 UNIT 7 ADV NOT INJURED.",
        "0841 CALLER ADV UNK IF ANYBODY INSIDE.",
        "0842 UNIT 7 ADV NO KNIFE.",
        "0843 CALLER DOES NOT KNOW WHO FIRED.",
        "0844 UNIT 7 ADV MALE IS NOT IN CUSTODY.",
    )
    for entry in entries:
        assert [one for one in said(entry) if one[2] in ("affirms", "does")] == [], entry


def test_an_entry_in_ordinary_letters_is_read_as_a_sentence() -> None:
    text = "0851 Caller says that the man has a knife.\n" + REST
    document = keep_document((HEAD + text).encode(), "log.txt")
    drafts = read_document(document, "pier-lane-2031", "desk/incident").drafts
    [armed] = [one.statement for one in drafts if kind_of(one.statement.fact) == "armed"]
    assert (armed.stance, armed.source.quote) == (Stance.AFFIRMS, "the man has a knife")
