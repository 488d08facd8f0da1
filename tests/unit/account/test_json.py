"""The account as JSON: the contract's shape, in stated orders, every statement whole."""

import json
from datetime import UTC, datetime

import pytest

from telling import (
    CHIEF,
    DRIVER,
    LATER,
    PAPER,
    TENANT,
    account_of,
    matter,
    saw,
    told,
)
from whoseword.access import parse_reader
from whoseword.account import account, account_json, rules_hash
from whoseword.words import encode_statement

POSITION = {
    "stance", "value", "hedge", "happened", "origins", "statements", "first_hand", "reviewed",
}  # fmt: skip
SHAPE = {
    "matters": {"matter", "question", "standing", "origins", "positions", "notes", "because"},
    "questions": {"matter", "status", "asked_of", "not_asked"},
    "awaiting": {"of", "about", "statement", "days"},
    "withheld": {"what", "by", "reason", "authority", "review", "ask", "statement"},
    "narration": {"matter", "narrator", "says", "sources_say", "statements"},
}


def an_incident():
    """Something of everything that an account can hold."""
    assault = told("classified", slots={"call": "call-1", "type": "assault"}, hedge="possible")
    withdrawn = told("armed", who="woman", weapon="rifle")
    slots = {"item": "video", "by": "harrow-police"}
    return [
        assault,
        withdrawn,
        told("armed", who="woman", stance="cannot_say", replaces=withdrawn.id),
        saw("armed", who="woman", weapon=["knife", "bottle", "knife"]),
        saw("armed", by=DRIVER, who="woman", weapon=["knife"], happened={"at": "arrival"}),
        saw("handcuffed", who="man", reviewed=False),
        told("arrested", who="anyone", place="scene", stance="denies"),
        told("cause_of_death", on="story", who="child", stance="cannot_say"),
        told("cause_of_death", by=PAPER, on="story", who="child"),
        told("visited", by={"name": "Division", "kind": "agency"}, agency="division", stance="no_reply"),
        told("withheld", slots=slots),
    ]  # fmt: skip


def shown(*statements):
    return json.loads(account_json(account_of(*statements)))


def test_it_has_the_contracts_keys_and_says_beside_them_why_and_for_what():
    value = shown(*an_incident())
    assert value.keys() == {
        "incident", "as_of", "reader", "purpose", "rules", "removed", "statements", *SHAPE,
    }  # fmt: skip
    for name, keys in SHAPE.items():
        assert value[name], name
        assert all(row.keys() == keys for row in value[name])
    for one in value["matters"]:
        assert one["positions"]
        for position in one["positions"]:
            assert POSITION <= position.keys() <= POSITION | {"implied_by", "replaced_by"}
        assert all(note.keys() == {"kind", "with", "why"} for note in one["notes"])
        assert one["because"].keys() == {"rule", "statements"}
    asked = [row for one in value["questions"] for row in one["asked_of"]]
    assert all({"speaker", "answer", "statement"} == row.keys() - {"replaced_by"} for row in asked)


def test_an_incident_of_which_nothing_is_open_is_an_empty_account():
    value = shown()
    assert all(value[name] == [] for name in SHAPE)
    assert value["statements"] == {}


def test_keys_are_sorted_and_nothing_is_escaped_that_need_not_be():
    text = account_json(account_of(*an_incident(), told("named", who="man", name="Zoë")))
    value = json.loads(text)
    compact = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == compact.encode()


def test_it_echoes_the_moment_the_reader_and_the_rules():
    value = shown()
    assert value["as_of"] == "2032-01-01T00:00:00Z"
    assert (value["reader"], value["purpose"]) == ("oversight@home", "inquiry")
    assert value["rules"] == rules_hash()
    assert len(bytes.fromhex(value["rules"])) == 32


def test_as_of_is_inclusive_and_another_incident_is_another():
    one = told("armed", who="woman")
    assert account_of(one, as_of=one.recorded).matters
    assert not account_of(one, as_of=one.recorded.replace(year=2030)).matters
    assert not account_of(told("armed", who="woman", incident="mill-street")).matters


def test_every_statement_is_echoed_whole():
    one = told(
        "armed",
        who="woman",
        said="Friday",
        via=[{"name": "manager", "kind": "witness"}],
        occasion={"kind": "briefing"},
        signed_by="analyst",
    )
    assert shown(one)["statements"] == {one.id: json.loads(encode_statement(one))}
    echoed = shown(one)["statements"][one.id]
    assert echoed["backfilled"] is False
    assert echoed["replaces"] is None
    assert echoed["fact"] == {"kind": "armed", "who": "woman", "weapon": None, "happened": None}


# --- orders


def test_matters_stand_by_string_and_positions_by_stance_then_value():
    view = account_of(*an_incident())
    labels = [one.matter for one in view.matters]
    assert labels == sorted(labels)
    positions = [
        (one.stance, json.dumps(one.value, sort_keys=True))
        for one in matter(view, "armed(who=woman)").positions
    ]
    assert positions == sorted(positions)


def test_ids_stand_by_when_they_were_recorded_then_by_id():
    late = told("armed", who="woman", recorded="2031-05-01T00:00:00Z")
    early = told("armed", who="woman", recorded="2031-04-01T00:00:00Z")
    also = told("armed", who="woman", recorded="2031-04-01T00:00:00Z")
    [position] = matter(account_of(also, late, early), "armed(who=woman)").positions
    assert position.statements == (early.id, also.id, late.id)


def test_a_list_of_values_is_sorted_and_a_list_of_one_is_the_word():
    value = {tuple(one.value) and str(one.value["weapon"]) for one in matter(
        account_of(*an_incident()), "armed(who=woman)").positions if one.value}  # fmt: skip
    assert value == {"['bottle', 'knife']", "knife", "rifle"}


def test_voices_are_named_by_their_first_speaker_in_order_of_name():
    view = account_of(
        told("armed", by=TENANT, who="woman"),
        told("armed", by=CHIEF, who="woman"),
        told("armed", by={**CHIEF, "name": "a deputy"}, who="woman"),
    )
    [position] = matter(view, "armed(who=woman)").positions
    assert position.origins == ("police chief", "tenant across the hall")


# --- ids in two books


def test_an_id_in_two_opened_books_is_written_with_its_book_and_no_other_is():
    one = told("armed", who="woman", book="county/incident")
    twin = told("armed", by=DRIVER, who="woman", book="county/inquiry", id=one.id)
    alone = told("armed", by=CHIEF, who="woman")
    value = shown(one, twin, alone)
    both = [f"county/incident:{one.id}", f"county/inquiry:{one.id}"]
    assert sorted(value["statements"]) == sorted([*both, alone.id])
    assert value["statements"][both[0]]["id"] == one.id
    [armed] = value["matters"]
    assert armed["positions"][0]["statements"] == [*both, alone.id]
    assert armed["origins"] == 2


def test_a_correction_names_the_statement_of_its_own_custodian_class_and_speaker():
    first = told("armed", who="woman", book="county/incident/calls")
    others = [
        told("armed", by=CHIEF, who="woman", book="state/incident", id=first.id),
        told("armed", by=CHIEF, who="woman", book="county/inquiry", id=first.id),
        told("armed", by=TENANT, who="woman", book="county/incident/letters", id=first.id),
    ]
    back = told("armed", who="woman", stance="cannot_say", replaces=first.id,
                book="county/incident/notes")  # fmt: skip
    view = matter(account_of(first, *others, back), "armed(who=woman)")
    replaced = [key for one in view.positions if one.replaced_by for key in one.statements]
    assert replaced == [f"county/incident/calls:{first.id}"]


# --- what is possible, unreviewed, not first-hand


def test_a_possible_assault_prints_as_possible():
    [position] = matter(account_of(*an_incident()), "classified(call=call-1)").positions
    assert (position.value, position.hedge) == ({"type": "assault"}, "possible")


def test_one_unreviewed_statement_makes_its_position_unreviewed():
    both = [saw("armed", who="woman"), saw("armed", who="woman", reviewed=False)]
    assert [one.reviewed for one in matter(account_of(*both), "armed(who=woman)").positions] == [
        False
    ]


@pytest.mark.parametrize(
    ("parts", "first_hand"),
    [
        ({"basis": "saw"}, True),
        ({"basis": "record"}, True),
        ({"basis": "concluded"}, True),
        ({"basis": "was_told"}, False),
        ({"basis": "unstated"}, False),
        ({"stance": "does"}, True),
        ({"stance": "does", "via": [{"name": "clerk", "kind": "official"}]}, False),
        ({"basis": "saw", "via": [{"name": "manager", "kind": "witness"}]}, False),
        ({"basis": "saw", "by": PAPER}, False),
    ],
)
def test_first_hand_is_how_they_know_without_a_relay(parts, first_hand):
    [position] = matter(
        account_of(told("armed", who="woman", **parts)), "armed(who=woman)"
    ).positions
    assert position.first_hand is first_hand


def test_dates_without_an_offset_are_read_in_the_homes_zone():
    from zoneinfo import ZoneInfo

    told_ = [
        saw("located", what="knife", place="hall", happened="2031-03-06T20:00:00"),
        saw("located", by=DRIVER, what="knife", place="stairs", happened="2031-03-07T02:00:00Z"),
    ]

    def standing(zone):
        [view] = account(
            told_,
            incident="harrow-lane",
            as_of=LATER,
            reader=parse_reader("oversight@home"),
            zone=zone,
        ).matters
        return view.standing

    assert standing(UTC) == "said_by_several"
    assert standing(ZoneInfo("America/Chicago")) == "disputed"


def test_a_moment_in_another_zone_is_the_same_moment():
    there = datetime.fromisoformat("2031-12-31T18:00:00-06:00")
    assert account_json(account_of(*an_incident(), as_of=there))[:60].startswith(
        b'{"as_of":"2032-01-01T00:00:00Z"'
    )
