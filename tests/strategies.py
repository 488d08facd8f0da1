"""Incidents for property tests: statements that might have been made, in every combination.

Few names, books and documents, so that statements meet: on one matter, in one document, under one
id, from one voice. Everything that the account treats apart is drawn: stances, hedges, bases,
narrators, relays, corrections, joins, ``anyone``, null slots, anchors, backfills.
"""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from telling import START, uuid7

from whoseword.words import Statement, statement_from

INCIDENT = "harrow-lane"
NAMES = ("woman", "child", "man", "officer-1")
KEYS = st.sampled_from([*NAMES, None])
BOOKS = (
    "harrow-police/public/releases",
    "harrow-police/incident",
    "county-911/response/calls",
    "county/inquiry",
    "county/personnel",
    "childrens-division/child_welfare",
)
SPEAKERS: tuple[dict[str, Any], ...] = (
    {"name": "police chief", "kind": "official", "party": "harrow-police"},
    {"name": "police sergeant", "kind": "official", "party": "harrow-police"},
    {"name": "police chief", "kind": "official"},
    {"name": "tenant across the hall", "kind": "witness"},
    {"name": "woman", "kind": "involved"},
    {"name": "driver", "kind": "witness"},
    {"name": "medical examiner", "kind": "official", "party": "medical-examiner"},
    {"name": "prosecutor", "kind": "official", "party": "ames-county-prosecutor"},
    {"name": "Children's Division", "kind": "agency"},
    {"name": "call log", "kind": "record", "party": "county-911"},
    {"name": "dispatch program", "kind": "automaton"},
    {"name": "a neighbour", "kind": "unnamed"},
    {"name": "Harrow Courier", "kind": "narrator"},
    {"name": "Ames Daily", "kind": "narrator"},
)
STANCES = (
    *("affirms",) * 5,
    *("denies",) * 3,
    *("cannot_say", "does_not_know", "declines", "no_reply", "believes", "expects", "does"),
)
HEDGES = ("plain", "plain", "plain", "possible", "reported")
BASES = ("saw", "heard", "took_part", "was_told", "record", "concluded", "inferred", "unstated")
TIMES = (
    None,
    None,
    "2031-03-06",
    "2031-03",
    "2031-03-06T14:00:00Z",
    "2031-03-07/2031-03-09",
    {"at": "arrival"},
    {"before": "arrival"},
    {"after": "armed(who=woman)"},
    {"before": "discharged_weapon(who=officer-1)"},
    {"words": "Thursday"},
)
MATTERS = ("cause_of_death(who=child)", "armed(who=woman)", "arrested(who=man)")


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """Facts of the kinds that have rules of their own, and of some that have none."""
    some = st.sampled_from
    return st.one_of(
        _fact("armed", who=KEYS, weapon=some([None, "knife", "bottle", ["bottle", "knife"]])),
        _fact("aged", who=KEYS, age=some([None, "4", "four", "5"])),
        _fact("died", who=KEYS),
        _fact("cause_of_death", who=KEYS, by=some([None, *NAMES]), means=some([None, "fall"])),
        _fact("detained", who=KEYS, place=some([None, "hall", "Hall"])),
        _fact("handcuffed", who=KEYS, place=some([None, "hall"])),
        _fact("arrested", who=KEYS, place=some([None, "scene", "station"])),
        _fact("located", what=KEYS, place=some([None, "hall", "stairs"])),
        _fact("present", who=KEYS, place=some([None, "hall", ["hall", "stairs"]])),
        _fact("discharged_weapon", who=KEYS, rounds=some([None, "2", "two", "three"])),
        _fact("related", who=KEYS, whom=some(["harrow-police"]), relation=some(["employed_by"])),
        _fact("engaged", who=KEYS, whom=KEYS),
        _fact("same", who=KEYS, whom=KEYS),
        _fact("found", by=some([None, "medical-examiner", "prosecutor"]), matter=some(MATTERS)),
        _fact("requested", by=some(["county"]), of=some(["childrens-division"]), about=some(MATTERS)),
        _fact("replied", by=some(["childrens-division"]), to=some([None, "county"]),
              about=some([None, *MATTERS])),
        _fact("withheld", item=some(["video", None]), by=some(["harrow-police"]),
              reason=some([None, "open inquiry"])),
        _fact("published", item=some(MATTERS), by=some(["harrow-police"])),
    )  # fmt: skip


def _fact(kind: str, **slots: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"kind": st.just(kind), **slots, "happened": st.sampled_from(TIMES)}
    )


@st.composite
def statements(draw: st.DrawFn, most: int = 12) -> list[Statement]:
    """Some statements of one incident, as the books would hold them, in the order of entry."""
    made: list[dict[str, Any]] = []
    minute = 0
    for number in range(draw(st.integers(0, most))):
        minute += draw(st.sampled_from([0, 1, 1, 1_440]))
        made.append(_statement(draw, number, minute, made))
    return [statement_from(value) for value in made]


def _statement(
    draw: st.DrawFn, number: int, minute: int, made: list[dict[str, Any]]
) -> dict[str, Any]:
    earlier = draw(st.sampled_from([None, None, None, *made]))
    backfilled = draw(st.sampled_from([False, False, False, True]))
    at = minute - draw(st.integers(0, 3_000)) if backfilled else minute
    value: dict[str, Any] = {
        "id": uuid7(number),
        "incident": INCIDENT,
        "book": draw(st.sampled_from(BOOKS)),
        "speaker": draw(st.sampled_from(SPEAKERS)),
        "via": draw(st.sampled_from([[], [], [], [{"name": "manager", "kind": "witness"}]])),
        "recorded": (START + timedelta(minutes=at)).isoformat(),
        "backfilled": backfilled,
        "stance": draw(st.sampled_from(STANCES)),
        "hedge": draw(st.sampled_from(HEDGES)),
        "basis": draw(st.sampled_from(BASES)),
        "fact": draw(facts()),
        "source": _source(draw(st.sampled_from([None, 1, 2, 3]))),
        "reviewed": draw(st.sampled_from([True, True, False])),
    }
    if earlier is not None and draw(st.booleans()):
        value |= {name: earlier[name] for name in ("book", "speaker")}
        value["replaces"] = earlier["id"]
    elif earlier is not None and earlier["book"] != value["book"]:
        value["id"] = draw(st.sampled_from([value["id"], value["id"], earlier["id"]]))
        if any((one["book"], one["id"]) == (value["book"], value["id"]) for one in made):
            value["id"] = uuid7(number)
    if value["stance"] == "denies" and draw(st.booleans()):
        _of_anyone(value["fact"])
    return value


def _of_anyone(fact: dict[str, Any]) -> None:
    for slot in ("who", "what"):
        if slot in fact:
            fact[slot] = "anyone"


def _source(document: int | None) -> dict[str, Any]:
    if document is None:
        return {"entered_by": "analyst"}
    return {"document": f"{document:064x}", "start": 0, "end": 4, "quote": "said"}
