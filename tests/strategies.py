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
NAMES = ("woman", "child", "officer-1")
KEYS = (*NAMES, None)
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
BODIES = tuple(one for one in SPEAKERS if one["name"] in ("medical examiner", "prosecutor"))
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
    {"before": "armed(who=woman)"},
    {"words": "Thursday"},
)
MATTERS = ("cause_of_death(who=child)", "armed(who=woman)", "arrested(who=woman)")


_SLOTS: dict[str, dict[str, tuple[Any, ...]]] = {
    "armed": {"who": KEYS, "weapon": (None, "knife", "bottle", ["bottle", "knife"])},
    "aged": {"who": KEYS, "age": (None, "4", "four", "5")},
    "died": {"who": KEYS},
    "cause_of_death": {"who": KEYS, "by": (None, *NAMES), "means": (None, "fall")},
    "detained": {"who": KEYS, "place": (None, "hall", "Hall")},
    "handcuffed": {"who": KEYS, "place": (None, "hall")},
    "arrested": {"who": KEYS, "place": (None, "scene", "station")},
    "located": {"what": KEYS, "place": (None, "hall", "stairs")},
    "present": {"who": KEYS, "place": (None, "hall", ["hall", "stairs"])},
    "discharged_weapon": {"who": KEYS, "rounds": (None, "2", "two", "three")},
    "related": {"who": KEYS, "whom": ("harrow-police",), "relation": ("employed_by",)},
    "engaged": {"who": KEYS, "whom": KEYS},
    "same": {"who": KEYS, "whom": KEYS},
    "found": {"by": (None, "medical-examiner", "prosecutor"), "matter": MATTERS},
    "requested": {"by": ("county",), "of": ("childrens-division",), "about": MATTERS},
    "replied": {"by": ("childrens-division",), "to": (None, "county"), "about": (None, *MATTERS)},
    "withheld": {"item": ("video", None), "by": ("harrow-police",), "reason": (None, "inquiry")},
    "published": {"item": MATTERS, "by": ("harrow-police",)},
}
"""Kinds that have rules of their own, and some that have none."""


KINDS = (*_SLOTS, *("armed", "cause_of_death", "found") * 3)


class _Choices:
    """Choices told by one number, so that an incident is drawn and shrunk fast."""

    def __init__(self, number: int) -> None:
        self.left = number

    def of(self, *options: Any) -> Any:
        self.left, place = divmod(self.left, len(options))
        return options[place]


def _fact(choices: _Choices) -> dict[str, Any]:
    kind = choices.of(*KINDS)
    slots = {slot: choices.of(*options) for slot, options in _SLOTS[kind].items()}
    return {"kind": kind, **slots, "happened": choices.of(*TIMES)}


_NUMBERS = st.integers(0, 2**63)


@st.composite
def statements(draw: st.DrawFn, most: int = 12) -> list[Statement]:
    """Some statements of one incident, as the books would hold them, in the order of entry."""
    made: list[dict[str, Any]] = []
    minute = 0
    for first, second in draw(st.lists(st.tuples(_NUMBERS, _NUMBERS), max_size=most)):
        how = _Choices(first)
        minute += how.of(0, 1, 1, 1_440)
        made.append(_statement(how, _fact(_Choices(second)), minute, made))
    return [statement_from(value) for value in made]


def _statement(
    how: _Choices, fact: dict[str, Any], minute: int, made: list[dict[str, Any]]
) -> dict[str, Any]:
    backfilled = how.of(False, False, False, True)
    at = minute - how.of(1, 30, 3_000) if backfilled else minute
    own = uuid7(len(made))
    value: dict[str, Any] = {
        "id": own,
        "incident": INCIDENT,
        "book": how.of(*BOOKS),
        "speaker": how.of(*SPEAKERS),
        "via": how.of([], [], [], [{"name": "manager", "kind": "witness"}]),
        "recorded": (START + timedelta(minutes=at)).isoformat(),
        "backfilled": backfilled,
        "stance": how.of(*STANCES),
        "hedge": how.of(*HEDGES),
        "basis": how.of(*BASES),
        "fact": fact,
        "source": _source(how.of(None, 1, 1, 2)),
        "reviewed": how.of(True, True, False),
    }
    if fact["kind"] == "found" and how.of(True, False):
        value |= {"speaker": how.of(*BODIES), "via": [], "hedge": "plain", "stance": "affirms"}
    if value["stance"] == "denies" and how.of(True, False):
        fact |= {slot: "anyone" for slot in ("who", "what") if slot in fact}
    earlier = how.of(None, None, *made)
    if earlier is None:
        return value
    if how.of(True, False):
        return (
            value
            | {name: earlier[name] for name in ("book", "speaker")}
            | {"replaces": earlier["id"]}
        )
    held = {(one["book"], one["id"]) for one in made}
    return value | {"id": own if (value["book"], earlier["id"]) in held else earlier["id"]}


def _source(document: int | None) -> dict[str, Any]:
    if document is None:
        return {"entered_by": "analyst"}
    return {"document": f"{document:064x}", "start": 0, "end": 4, "quote": "said"}
