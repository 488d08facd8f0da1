"""The contract's standing table: a test per row, and per pair of rows that compete."""

import pytest

from telling import (
    CHIEF,
    DRIVER,
    EXAMINER,
    PAPER,
    PROSECUTOR,
    SERGEANT,
    TENANT,
    account_of,
    matter,
    saw,
    standing,
    told,
)

ARMED = "armed(who=woman)"
CAUSE = "cause_of_death(who=child)"


def affirmed_by_two():
    return [saw("armed", who="woman"), saw("armed", by=DRIVER, who="woman")]


def withdrawn():
    first = told("armed", who="woman")
    return [first, told("armed", who="woman", stance="cannot_say", replaces=first.id)]


def finding(**parts):
    return told("found", by=EXAMINER, matter=CAUSE, finding="gunshot wound", **parts)


# --- a row each


def test_superseded_when_the_only_affirmation_was_withdrawn():
    assert standing(ARMED, *withdrawn()) == "superseded"


def test_superseded_when_it_was_replaced_by_a_word_on_another_matter():
    first = told("arrested", who="man")
    second = told("handcuffed", who="man", replaces=first.id)
    view = account_of(first, second)
    assert matter(view, "arrested(who=man)").standing == "superseded"
    assert matter(view, "handcuffed(who=man)").standing == "said_by_one"
    replaced = matter(view, "arrested(who=man)").positions[0]
    assert replaced.replaced_by == second.id


def test_not_superseded_while_another_voice_still_affirms():
    assert standing(ARMED, *withdrawn(), saw("armed", who="woman")) == "said_by_one"


def test_a_correction_that_still_affirms_keeps_the_matter_standing():
    first = told("armed", who="woman", weapon="knife")
    second = told("armed", who="woman", weapon="scissors", replaces=first.id)
    view = matter(account_of(first, second), ARMED)
    assert view.standing == "said_by_one"
    assert [(p.value, p.replaced_by) for p in view.positions] == [
        ({"weapon": "knife"}, second.id),
        ({"weapon": "scissors"}, None),
    ]


def test_found_by_a_party_with_authority():
    view = account_of(told("cause_of_death", who="child"), finding())
    assert matter(view, CAUSE).standing == "found"
    assert matter(view, CAUSE).because.rule == "found"


def test_found_stands_where_nobody_else_spoke():
    assert standing(CAUSE, finding()) == "found"


@pytest.mark.parametrize(
    ("speaker", "parts"),
    [
        (CHIEF, {}),
        ({**EXAMINER, "interest": True}, {}),
        ({**EXAMINER, "kind": "narrator"}, {}),
        (EXAMINER, {"hedge": "possible"}),
        (EXAMINER, {"stance": "expects"}),
        (EXAMINER, {"via": [{"name": "clerk", "kind": "official"}]}),
        ({"name": "Examiner Weekly", "kind": "narrator", "party": "medical-examiner"}, {}),
    ],
)
def test_not_found_without_authority_or_with_interest_or_at_second_hand(speaker, parts):
    found = told("found", by=speaker, matter=CAUSE, finding="gunshot wound", **parts)
    cannot = told("cause_of_death", who="child", stance="cannot_say")
    assert standing(CAUSE, cannot, found) == "not_known"


def test_the_medical_examiner_finds_on_causes_of_death_only():
    found = told("found", by=EXAMINER, matter=ARMED, finding="a knife")
    assert standing(ARMED, told("armed", who="woman"), found) == "said_by_one"


def test_the_prosecutor_finds_on_the_rest_and_a_named_county_matches():
    found = told("found", by=PROSECUTOR, matter=ARMED, finding="a knife")
    assert standing(ARMED, told("armed", who="woman"), found) == "found"


def test_a_body_never_finds_on_its_own_side():
    found = told("found", by=PROSECUTOR, matter=ARMED, finding="a knife")
    fired = told("discharged_weapon", who="investigator-1")
    employed = told(
        "related", who="investigator-1", whom="ames-county-prosecutor", relation="employed_by"
    )
    assert standing(ARMED, told("armed", who="woman"), found, fired, employed) == "said_by_one"


def test_disputed_when_one_affirms_and_another_denies():
    denied = saw("armed", by=DRIVER, who="woman", stance="denies")
    assert standing(ARMED, saw("armed", who="woman"), denied) == "disputed"


def test_disputed_when_a_single_value_is_told_differently():
    assert (
        standing("aged(who=child)", told("aged", who="child", age="4"),
                 told("aged", by=TENANT, who="child", age="six"))
        == "disputed"
    )  # fmt: skip


def test_not_disputed_when_the_number_is_the_same_in_words():
    assert (
        standing("aged(who=child)", saw("aged", who="child", age="4"),
                 saw("aged", by=DRIVER, who="child", age="Four"))
        == "agreed"
    )  # fmt: skip


def test_a_denial_with_a_value_denies_that_value_only():
    affirmed = saw("arrested", who="man", place="station")
    denied = told("arrested", who="man", place="scene", stance="denies")
    assert standing("arrested(who=man)", affirmed, denied) == "said_by_one"
    at_scene = saw("arrested", by=DRIVER, who="man", place="Scene")
    assert standing("arrested(who=man)", at_scene, denied) == "disputed"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2031-03-06", "2031-03-07", "said_by_several"),
        ("2031-03-06", "2031-03", "disputed"),
        ({"at": "arrival"}, {"before": "arrival"}, "said_by_several"),
        ({"at": "arrival"}, {"at": "arrival"}, "disputed"),
        ({"words": "Thursday"}, {"words": "Friday"}, "disputed"),
        ({"words": "Thursday"}, "2031-03-06", "disputed"),
        (None, "2031-03-06", "disputed"),
    ],
)
def test_positions_at_different_times_do_not_conflict(first, second, expected):
    assert (
        standing(
            "located(what=knife)",
            saw("located", what="knife", place="kitchen", happened=first),
            saw("located", by=DRIVER, what="knife", place="stairs", happened=second),
        )
        == expected
    )


def test_agreed_needs_two_voices_plain_and_first_hand():
    assert standing(ARMED, *affirmed_by_two()) == "agreed"


@pytest.mark.parametrize(
    "weaker",
    [
        {"hedge": "possible"},
        {"hedge": "reported"},
        {"basis": "was_told"},
        {"basis": "inferred"},
        {"basis": "unstated"},
        {"via": [{"name": "neighbour", "kind": "witness"}]},
    ],
)
def test_said_by_several_when_the_second_voice_is_not_first_hand_and_plain(weaker):
    second = saw("armed", by=DRIVER, who="woman", **weaker)
    assert standing(ARMED, saw("armed", who="woman"), second) == "said_by_several"


def test_agreed_whoever_else_affirms_it_too():
    assert standing(ARMED, *affirmed_by_two(), told("armed", by=CHIEF, who="woman")) == "agreed"


def test_said_by_several_with_different_values_of_a_many_slot():
    assert (
        standing(ARMED, saw("armed", who="woman", weapon="knife"),
                 saw("armed", by=DRIVER, who="woman", weapon="bottle"))
        == "said_by_several"
    )  # fmt: skip


def test_agreed_on_the_weapon_that_both_saw():
    assert (
        standing(ARMED, saw("armed", who="woman", weapon=["knife", "bottle"]),
                 saw("armed", by=DRIVER, who="woman", weapon="Knife"))
        == "agreed"
    )  # fmt: skip


def test_an_order_is_a_plain_first_hand_word():
    order = told("placed_on_leave", who="officer-1", stance="does")
    saw_it = saw("placed_on_leave", who="officer-1")
    assert standing("placed_on_leave(who=officer-1)", order, saw_it) == "agreed"


def test_said_by_one():
    view = matter(account_of(told("armed", who="woman", hedge="possible")), ARMED)
    assert (view.standing, view.origins) == ("said_by_one", 1)
    assert view.positions[0].hedge == "possible"


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("denies", "denied"),
        ("believes", "believed"),
        ("expects", "expected"),
        ("cannot_say", "not_known"),
        ("does_not_know", "not_known"),
        ("declines", "not_known"),
        ("no_reply", "no_reply"),
    ],
)
def test_without_an_affirmation(stance, expected):
    assert standing(ARMED, told("armed", who="woman", stance=stance)) == expected


def test_a_denial_that_was_taken_back_without_a_new_word_is_not_a_denial():
    denial = told("arrested", who="man", stance="denies")
    other = told("handcuffed", who="man", replaces=denial.id)
    assert standing("arrested(who=man)", denial, other) == "superseded"


# --- rows that compete: the upper one holds


def test_superseded_before_found():
    cause = told("cause_of_death", who="child", means="knife")
    back = told("cause_of_death", who="child", stance="cannot_say", replaces=cause.id)
    assert standing(CAUSE, cause, back, finding()) == "superseded"


def test_superseded_before_disputed_and_denied():
    assert standing(ARMED, *withdrawn(), saw("armed", who="woman", stance="denies")) == "superseded"


def test_superseded_before_believed_expected_not_known_and_silence():
    for stance in ("believes", "expects", "cannot_say", "no_reply"):
        weaker = told("armed", by=TENANT, who="woman", stance=stance)
        assert standing(ARMED, *withdrawn(), weaker) == "superseded"


def test_found_before_disputed_and_agreed():
    disputed = [
        saw("cause_of_death", who="child", means="knife"),
        saw("cause_of_death", by=DRIVER, who="child", means="fall"),
    ]
    assert standing(CAUSE, *disputed) == "disputed"
    assert standing(CAUSE, *disputed, finding()) == "found"


def test_disputed_before_agreed():
    denied = told("armed", who="woman", stance="denies")
    assert standing(ARMED, *affirmed_by_two(), denied) == "disputed"


def test_agreed_before_said_by_several():
    third = told("armed", who="woman", weapon="rifle", hedge="reported")
    assert standing(ARMED, *affirmed_by_two(), third) == "agreed"


def test_affirmed_before_believed_expected_not_known_and_silence():
    for stance in ("believes", "expects", "cannot_say", "no_reply"):
        weaker = told("armed", who="woman", stance=stance)
        assert standing(ARMED, saw("armed", who="woman"), weaker) == "said_by_one"


def test_denied_before_believed_believed_before_expected_and_so_on_down():
    order = ["denies", "believes", "expects", "cannot_say", "no_reply"]
    names = ["denied", "believed", "expected", "not_known", "no_reply"]
    for place, expected in enumerate(names):
        rest = [told("armed", who="woman", stance=stance) for stance in order[place:]]
        assert standing(ARMED, *rest) == expected


# --- voices


def test_one_chief_through_six_documents_is_one_voice_and_a_witness_makes_two():
    chief = [
        told("armed", by=CHIEF if n % 2 else SERGEANT, on=f"news {n}", basis="record", who="woman")
        for n in range(6)
    ]
    view = matter(account_of(*chief), ARMED)
    assert (view.standing, view.origins) == ("said_by_one", 1)
    assert view.positions[0].origins == ("police sergeant",)
    view = matter(account_of(*chief, saw("armed", who="woman")), ARMED)
    assert (view.standing, view.origins) == ("agreed", 2)


def test_unnamed_sources_of_one_description_are_one_voice():
    unnamed = {"name": "a neighbour", "kind": "unnamed"}
    both = [saw("armed", by=unnamed, who="woman"), saw("armed", by=unnamed, who="woman")]
    assert standing(ARMED, *both) == "said_by_one"


def test_a_relay_is_not_a_voice_of_its_own():
    via = [{"name": "manager", "kind": "witness"}]
    heard = told("armed", by=TENANT, who="woman", via=via)
    assert standing(ARMED, saw("armed", who="woman"), heard) == "said_by_one"


def test_a_narrator_never_makes_two_of_one_and_two_narrators_are_one():
    story = told("armed", by=PAPER, on="first story", who="woman")
    other = told(
        "armed", by={"name": "Ames Daily", "kind": "narrator"}, on="second story", who="woman"
    )
    view = matter(account_of(story, other), ARMED)
    assert (view.standing, view.origins) == ("said_by_one", 1)
    view = matter(account_of(story, other, saw("armed", who="woman")), ARMED)
    assert (view.standing, view.origins) == ("said_by_one", 1)


def test_a_narrator_has_no_voice_where_its_document_quotes_somebody():
    story = told("cause_of_death", by=PAPER, on="story one", who="child")
    chief = told("cause_of_death", on="story one", who="child", stance="cannot_say")
    view = matter(account_of(story, chief), CAUSE)
    assert (view.standing, view.origins) == ("not_known", 0)
    assert [p.origins for p in view.positions] == [(), ("police chief",)]


def test_a_null_key_slot_is_joined_to_none():
    both = [saw("injured", who=None), saw("injured", by=DRIVER, who=None)]
    denied = told("injured", who=None, stance="denies")
    assert standing("injured(who=?)", *both) == "said_by_several"
    assert standing("injured(who=?)", *both, denied) == "said_by_several"
    view = account_of(*both, saw("injured", who="man"))
    assert matter(view, "injured(who=man)").origins == 1
