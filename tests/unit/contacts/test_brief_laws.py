"""The laws that a brief keeps whatever is said: properties over made-up incidents.

The numbers are those of the design's list of laws.
"""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from at_the_door import ANA, DOOR, HOUSE, NEIGHBOUR, brief_of
from telling import CHIEF, DRIVER, PAPER, START, TENANT, uuid7
from whoseword.contacts import PROMPTS, brief_json, place_match, read_address
from whoseword.words import statement_from

PLACES = (DOOR, "14 HARROW LN #3", NEIGHBOUR, HOUSE, "Harrow Lane", "9 Mill Street", "stairs", None)
WHO = ("woman", "man", "officer-1", None)
NAMES = (ANA, "Ana Ruiz", "Ana Ruiz, 1961-11-30", "Ben Ruiz, 1988-01-05", "woman")
AGENCIES = ("childrens-division", "county-health", None)
SLOTS = {
    "located": {"what": ("call-1", "car"), "place": PLACES},
    "contact": {
        "agency": AGENCIES,
        "place": PLACES,
        "outcome": ("no_answer", "answered", None),
        "about": (*NAMES, None),
    },
    "prior_calls": {"place": PLACES, "count": ("2", "3", None)},
    "armed": {"who": WHO, "weapon": ("knife", None)},
    "threatened": {"whom": WHO, "by": WHO},
    "attacked": {"whom": WHO, "by": WHO},
    "named": {"who": WHO, "name": NAMES},
    "same": {"who": WHO, "whom": WHO},
    "dispatched": {"unit": ("C3",), "members": (["officer-1"], None)},
    "requested": {"by": ("county",), "of": AGENCIES, "about": (DOOR, "video", None)},
    "replied": {"by": AGENCIES, "to": ("county", None), "about": (DOOR, None)},
}
HAPPENED = (None, "2031-03-01", "2025-02-28", "2031", {"words": "Thursday"}, {"at": "arrival"})
DIVISION = {"name": "Children's Division", "kind": "agency"}
STANCES = ("affirms", "affirms", "affirms", "denies", "no_reply", "believes", "cannot_say", "does")
TERMS = {
    "persons": [ANA, "Ben Ruiz"],
    "partners": ("childrens-division", "county-health", "zoning"),
    "keeps": {"contact": 5, "armed": 1},
}
MOMENTS = st.integers(-10, 900_000).map(lambda minutes: START + timedelta(minutes=minutes))


@st.composite
def statements(draw, most=10):
    """Some statements of two incidents, as the books would hold them."""
    made = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(sorted(SLOTS)))
        fact = {slot: draw(st.sampled_from(options)) for slot, options in SLOTS[kind].items()}
        value = {
            "id": uuid7(5_000 + number),
            "incident": draw(st.sampled_from(("harrow-lane", "mill-street"))),
            "book": draw(st.sampled_from(("county/incident", "childrens-division/response"))),
            "speaker": draw(st.sampled_from((CHIEF, TENANT, DRIVER, PAPER, DIVISION))),
            "via": draw(st.sampled_from(([], [{"name": "manager", "kind": "witness"}]))),
            "recorded": (START + timedelta(minutes=draw(st.integers(0, 20)))).isoformat(),
            "stance": draw(st.sampled_from(STANCES)),
            "hedge": draw(st.sampled_from(("plain", "plain", "possible"))),
            "fact": {"kind": kind, **fact, "happened": draw(st.sampled_from(HAPPENED))},
            "source": draw(
                st.sampled_from(
                    (
                        {"entered_by": "analyst"},
                        {"document": f"{1:064x}", "start": 0, "end": 4, "quote": "said"},
                    )
                )
            ),
        }
        if value["stance"] == "denies" and "who" in fact and draw(st.booleans()):
            value["fact"]["who"] = "anyone"
        if made and draw(st.booleans()):
            earlier = draw(st.sampled_from(made))
            if draw(st.booleans()):
                value |= {key: earlier[key] for key in ("book", "speaker", "incident")}
                value["replaces"] = earlier["id"]
            elif (value["book"], earlier["id"]) not in {(one["book"], one["id"]) for one in made}:
                value["id"] = earlier["id"]
        made.append(value)
    return [statement_from(value) for value in made]


def rows_of(view):
    return (*view.contacts, *view.cautions)


def said_of(told, key):
    """The statement of an id as it is shown."""
    book, _, own = key.rpartition(":")
    [one] = [one for one in told if one.id == own and book in ("", one.book)]
    return one


@given(statements(), MOMENTS)
def test_no_row_is_surer_than_its_statement(told, moment):
    known = [one for one in told if one.recorded <= moment]
    for row in rows_of(brief_of(*told, at=moment, **TERMS)):
        one = said_of(known, row.statement)
        assert (row.hedge, row.stance) == (one.hedge.value, one.stance.value)
        assert row.stance in ("affirms", "does", "believes")
        assert (row.said_by, row.kind) == (one.speaker.name, one.fact.__struct_config__.tag)
        assert one.recorded <= moment


@given(statements(), MOMENTS)
def test_a_brief_of_a_moment_is_the_same_bytes_whatever_is_recorded_later(told, moment):
    then = [one for one in told if one.recorded <= moment]
    assert brief_json(brief_of(*then, at=moment, **TERMS)) == brief_json(
        brief_of(*told, at=moment, **TERMS)
    )


@given(statements().flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_the_order_in_which_statements_are_handed_in_is_nothing(both):
    told, mixed = both
    assert brief_json(brief_of(*told, **TERMS)) == brief_json(brief_of(*mixed, **TERMS))


def values_in(value):
    """Every key and every value that is no list or object."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from values_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values_in(inner)
    else:
        yield value


@given(statements(), st.sampled_from(PLACES[:-1]))
def test_there_is_no_number_and_no_score_of_anybody_or_any_place(told, address):
    value = json.loads(brief_json(brief_of(*told, address=address, **TERMS)))
    assert not [
        one for one in values_in(value) if isinstance(one, int | float) and one not in (True, False)
    ]
    keys = {key for row in (*value["contacts"], *value["cautions"]) for key in row}
    forbidden = ("score", "risk", "weight", "rank", "level", "danger", "probability", "flag")
    assert not [key for key in {*keys, *value} if any(word in key for word in forbidden)]


@given(statements(), MOMENTS)
def test_a_buildings_history_is_never_the_units(told, moment):
    view = brief_of(*told, at=moment, **TERMS)
    near = {row.statement: row.place_match for row in rows_of(view)}
    assert set(view.unit) == {key for key, match in near.items() if match == "unit"}
    asked = read_address(DOOR)
    for row in view.contacts:
        place = said_of(told, row.statement).fact.place
        assert row.place_match == place_match(asked, read_address(place or ""))
    without = brief_of(*told, at=moment, **(TERMS | {"address": HOUSE}))
    assert without.unit == without.household == ()


@given(statements(), MOMENTS)
def test_a_history_is_a_persons_on_two_identifiers_and_nobody_elses(told, moment):
    view = brief_of(*told, at=moment, **TERMS)
    match = {row.statement: row.person_match for row in rows_of(view)}
    for key in view.person:
        assert match[key].reasons == ("the name agrees", "the date of birth agrees")
        assert match[key].name == "Ana Ruiz", "of Ben only the name was asked"
    assert not {*view.person} & {*view.household}
    assert all(match[key] is None for key in view.household)
    assert set(view.household) <= set(view.unit)


@given(statements(), MOMENTS)
def test_silence_is_told_and_the_prompts_stand_whatever_is_said(told, moment):
    view = brief_of(*told, at=moment, **TERMS)
    assert view.prompts == PROMPTS
    agencies = [one.agency for one in view.not_checked]
    assert agencies == sorted(set(agencies))
    assert "zoning" in agencies
    assert {one.why for one in view.not_checked} <= {
        "asked, and did not answer",
        "not asked, or nothing of it on this door is open to this reader",
    }
