"""What changed between two moments, because of what, and which outputs need a correction."""

import json

from telling import (
    CHIEF,
    DRIVER,
    PROSECUTOR,
    TENANT,
    account_of,
    saw,
    told,
)
from whoseword.account import difference, difference_json

ARMED = "armed(who=woman)"


def changed(before, *new):
    """Each matter that changed when these were added: before, after, because of what."""
    view = difference(account_of(*before), account_of(*before, *new))
    return {one.matter: (one.before, one.after, one.because) for one in view.changed}


def test_nothing_new_is_no_change():
    one = saw("armed", who="woman")
    assert changed([one]) == {}


def test_a_new_matter_stood_nowhere_before():
    one = saw("armed", who="woman")
    assert changed([], one) == {ARMED: (None, "said_by_one", (one.id,))}


def test_a_second_voice_makes_it_agreed():
    one, two = saw("armed", who="woman"), saw("armed", by=DRIVER, who="woman")
    assert changed([one], two) == {ARMED: ("said_by_one", "agreed", (two.id,))}


def test_the_same_word_again_changes_nothing():
    assert changed([saw("armed", who="woman")], saw("armed", who="woman")) == {}


def test_a_new_position_is_a_change_though_the_standing_holds():
    one, two = told("armed", who="woman"), told("armed", who="woman", hedge="possible")
    assert changed([one], two) == {ARMED: ("said_by_one", "said_by_one", (two.id,))}


def test_a_withdrawal_names_itself():
    one = told("armed", who="woman")
    back = told("armed", who="woman", stance="cannot_say", replaces=one.id)
    assert changed([one], back) == {ARMED: ("said_by_one", "superseded", (back.id,))}


def test_a_correction_on_another_matter_names_itself():
    one = told("arrested", who="man")
    other = told("injured", who="man", replaces=one.id)
    told_ = changed([one], other)
    assert told_["arrested(who=man)"] == ("said_by_one", "superseded", (other.id,))
    assert told_["detained(who=man)"] == ("said_by_one", "superseded", (other.id,))


def test_a_finding_names_itself():
    one = told("armed", who="woman")
    found = told("found", by=PROSECUTOR, slots={"by": "prosecutor", "matter": ARMED})
    assert changed([one], found)[ARMED] == ("said_by_one", "found", (found.id,))


def test_a_finding_that_stops_counting_names_whose_side_the_body_is_on():
    found = told("found", by=PROSECUTOR, slots={"by": "prosecutor", "matter": ARMED})
    fired = told("discharged_weapon", who="investigator-1")
    employed = told(
        "related", who="investigator-1", whom="ames-county-prosecutor", relation="employed_by"
    )
    told_ = changed([told("armed", who="woman"), found, fired], employed)
    assert told_[ARMED] == ("found", "said_by_one", (employed.id,))


def test_a_join_names_itself_on_both_matters():
    one, other = saw("armed", who="mother"), saw("armed", by=DRIVER, who="woman")
    join = told("same", who="mother", whom="woman", by=TENANT)
    told_ = changed([one, other], join)
    assert told_["armed(who=mother)"] == ("said_by_one", None, (join.id,))
    assert told_[ARMED] == ("said_by_one", "agreed", (join.id,))


def test_a_join_beside_a_new_word_is_named_beside_it():
    one, other = saw("armed", who="mother"), saw("armed", by=DRIVER, who="woman")
    new = told("armed", by=CHIEF, who="woman")
    join = told("same", who="mother", whom="woman", by=TENANT)
    assert changed([one, other], new, join)[ARMED] == ("said_by_one", "agreed", (new.id, join.id))


def test_a_denial_of_anyone_names_itself_where_it_is_implied():
    one = saw("arrested", who="man")
    nobody = told("arrested", who="anyone", stance="denies")
    assert changed([one], nobody)["arrested(who=man)"] == ("said_by_one", "disputed", (nobody.id,))


def test_a_circle_of_anchors_names_what_closed_it():
    one = saw("armed", who="woman", happened={"before": "discharged_weapon(who=officer-1)"})
    two = saw("discharged_weapon", by=DRIVER, who="officer-1", happened={"before": ARMED})
    assert changed([one], two)[ARMED] == ("said_by_one", "disputed", (two.id,))


def test_a_speaker_whose_party_becomes_known_is_named():
    partyless = {"name": CHIEF["name"], "kind": "official"}
    agency = {"name": "Harrow Police", "kind": "agency"}
    said = [saw("armed", by=partyless, who="woman"), saw("armed", by=agency, who="woman")]
    known = told("injured", by=CHIEF, who="man")
    assert changed(said, known)[ARMED] == ("agreed", "said_by_one", (known.id,))


def test_an_id_that_comes_to_stand_in_two_books_is_no_change():
    one = told("armed", who="woman", book="county/incident")
    twin = told("injured", who="man", book="county/inquiry", id=one.id)
    told_ = changed([one], twin)
    assert told_ == {"injured(who=man)": (None, "said_by_one", (f"county/inquiry:{one.id}",))}


# --- corrections


def published(item=ARMED, **parts):
    return told("published", slots={"item": item, "by": "harrow-police"}, stance="does", **parts)


def corrections(before, *new):
    view = difference(account_of(*before), account_of(*before, *new))
    return [(one.output, one.matter, one.statement) for one in view.corrections]


def test_what_was_published_on_a_matter_that_changed_needs_a_correction():
    one, out = told("armed", who="woman"), published()
    back = told("armed", who="woman", stance="cannot_say", replaces=one.id)
    output = f"published(item={ARMED}, by=harrow-police)"
    assert corrections([one, out], back) == [(output, ARMED, out.id)]


def test_what_was_published_on_another_matter_or_since_needs_none():
    one = told("armed", who="woman")
    back = told("armed", who="woman", stance="cannot_say", replaces=one.id)
    assert corrections([one, published("injured(who=man)"), published("video")], back) == []
    assert corrections([one], back, published()) == []


# --- the JSON


def test_the_json_is_the_contracts_shape_with_sorted_keys():
    one = told("armed", who="woman")
    back = told("armed", who="woman", stance="cannot_say", replaces=one.id)
    out = published()
    text = difference_json(difference(account_of(one, out), account_of(one, out, back)))
    value = json.loads(text)
    assert text == json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    assert value.keys() == {"from", "to", "changed", "corrections"}
    assert value["changed"] == [
        {"matter": ARMED, "before": "said_by_one", "after": "superseded", "because": [back.id]}
    ]
    assert value["corrections"][0].keys() == {"output", "matter", "statement"}
