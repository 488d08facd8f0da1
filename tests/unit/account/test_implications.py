"""What one kind of fact says of another, and what "nobody" says of each."""

import pytest

from telling import DRIVER, SERGEANT, TENANT, account_of, matter, saw, standing, told

DETAINED, CUFFED, ARRESTED = "detained(who=man)", "handcuffed(who=man)", "arrested(who=man)"
NOBODY_ARRESTED = "arrested(who=anyone)"


def labels(view):
    return {one.matter for one in view.matters}


def notes(view, label):
    return [(note.kind, note.with_) for note in matter(view, label).notes]


# --- affirming what implies affirms what is implied


@pytest.mark.parametrize("kind", ["handcuffed", "arrested"])
def test_in_handcuffs_or_arrested_is_detained(kind):
    one = saw(kind, who="man", place="hall")
    view = matter(account_of(one), DETAINED)
    assert (view.standing, view.origins) == ("said_by_one", 1)
    [position] = view.positions
    assert position.implied_by == f"{kind}(who=man)"
    assert position.value == {"place": "hall"}
    assert position.statements == (one.id,)
    assert position.first_hand


def test_what_is_implied_is_counted_with_what_is_said():
    view = account_of(saw("handcuffed", who="man"), saw("arrested", by=DRIVER, who="man"))
    assert matter(view, DETAINED).standing == "agreed"
    assert matter(view, CUFFED).standing == "said_by_one"
    assert matter(view, ARRESTED).standing == "said_by_one"


def test_detained_says_nothing_of_handcuffs_or_an_arrest():
    assert labels(account_of(saw("detained", who="man"))) == {DETAINED}


@pytest.mark.parametrize("stance", ["believes", "expects", "cannot_say", "does_not_know"])
def test_what_is_not_affirmed_implies_nothing(stance):
    assert labels(account_of(told("handcuffed", who="man", stance=stance))) == {CUFFED}


def test_a_possible_arrest_is_a_possible_detention():
    [position] = matter(
        account_of(told("arrested", who="man", hedge="possible")), DETAINED
    ).positions
    assert position.hedge == "possible"


def test_a_withdrawn_arrest_withdraws_the_detention_that_it_implied():
    arrest = told("arrested", who="man")
    back = told("arrested", who="man", stance="cannot_say", replaces=arrest.id)
    assert standing(DETAINED, arrest, back) == "superseded"
    assert standing(DETAINED, arrest, back, saw("handcuffed", who="man")) == "said_by_one"


def test_a_cause_of_death_says_that_somebody_died():
    view = account_of(told("cause_of_death", slots={"who": "child", "by": "officer-1"}))
    [position] = matter(view, "died(who=child)").positions
    assert (position.value, position.implied_by) == ({}, "cause_of_death(who=child)")


def test_an_unknown_somebody_in_handcuffs_is_an_unknown_somebody_detained():
    view = account_of(saw("handcuffed", who=None))
    assert labels(view) == {"handcuffed(who=?)", "detained(who=?)"}


# --- denying what is implied denies what implies it, and not the other way round


def test_not_detained_is_neither_handcuffed_nor_arrested():
    view = account_of(told("detained", who="man", stance="denies"))
    for label in (CUFFED, ARRESTED):
        assert matter(view, label).standing == "denied"
        assert [one.implied_by for one in matter(view, label).positions] == [DETAINED]


def test_not_detained_and_in_handcuffs_cannot_both_be():
    view = account_of(told("detained", who="man", stance="denies"), saw("handcuffed", who="man"))
    assert matter(view, DETAINED).standing == "disputed"
    assert matter(view, CUFFED).standing == "disputed"
    assert matter(view, ARRESTED).standing == "denied"


def test_not_arrested_and_in_handcuffs_are_compatible():
    view = account_of(told("arrested", who="man", stance="denies"), saw("handcuffed", who="man"))
    assert matter(view, ARRESTED).standing == "denied"
    assert matter(view, CUFFED).standing == "said_by_one"
    assert matter(view, DETAINED).standing == "said_by_one"
    assert notes(view, ARRESTED) == [("compatible", DETAINED), ("compatible", CUFFED)]
    assert notes(view, CUFFED) == [("compatible", ARRESTED)]
    assert "does not deny handcuffed" in matter(view, CUFFED).notes[0].why


def test_no_cause_of_death_leaves_the_death_standing():
    denied = told("cause_of_death", who="child", means="fall", stance="denies")
    view = account_of(denied, saw("died", who="child"))
    assert matter(view, "died(who=child)").standing == "said_by_one"
    assert notes(view, "died(who=child)") == [("compatible", "cause_of_death(who=child)")]


def test_nobody_died_denies_every_cause():
    view = account_of(
        told("died", who="child", stance="denies"),
        saw("cause_of_death", who="child", means="fall"),
    )
    assert matter(view, "cause_of_death(who=child)").standing == "disputed"


def test_a_denial_that_was_taken_back_is_no_longer_compatible_with_anything():
    denied = told("arrested", who="man", stance="denies")
    back = told("arrested", who="man", stance="cannot_say", replaces=denied.id)
    view = account_of(denied, back, saw("handcuffed", who="man"))
    assert notes(view, CUFFED) == []


def test_a_denial_at_one_place_denies_the_handcuffs_there_only():
    denied = told("detained", who="man", place="hall", stance="denies")
    assert standing(CUFFED, denied, saw("handcuffed", who="man", place="stairs")) == "said_by_one"
    assert standing(CUFFED, denied, saw("handcuffed", who="man", place="Hall")) == "disputed"
    assert standing(CUFFED, denied, saw("handcuffed", who="man")) == "said_by_one"


# --- anyone


def nobody_arrested(**parts):
    return told("arrested", who="anyone", stance="denies", **parts)


def test_nobody_is_a_matter_of_its_own_and_a_denial_in_each_that_exists():
    denied = nobody_arrested()
    view = account_of(denied, saw("arrested", who="man"), saw("arrested", who="woman"))
    assert matter(view, NOBODY_ARRESTED).standing == "denied"
    for label in (ARRESTED, "arrested(who=woman)"):
        assert matter(view, label).standing == "disputed"
        implied = next(one for one in matter(view, label).positions if one.stance == "denies")
        assert (implied.implied_by, implied.statements) == (NOBODY_ARRESTED, (denied.id,))
        assert ("conflict", NOBODY_ARRESTED) in notes(view, label)


def test_nobody_arrested_and_a_man_in_handcuffs_are_compatible_and_the_notes_say_so():
    view = account_of(nobody_arrested(place="scene"), saw("handcuffed", who="man"))
    assert labels(view) == {NOBODY_ARRESTED, CUFFED, DETAINED}
    assert matter(view, CUFFED).standing == "said_by_one"
    assert notes(view, CUFFED) == [("compatible", NOBODY_ARRESTED)]
    assert ("compatible", CUFFED) in notes(view, NOBODY_ARRESTED)


def test_nobody_held_and_a_man_in_handcuffs_are_not():
    view = account_of(told("detained", who="anyone", stance="denies"), saw("handcuffed", who="man"))
    assert matter(view, CUFFED).standing == "disputed"
    assert matter(view, DETAINED).standing == "disputed"
    assert notes(view, CUFFED) == [("conflict", "handcuffed(who=anyone)")]


def test_nobody_denies_of_an_unknown_somebody_too():
    view = account_of(nobody_arrested(), saw("arrested", who=None))
    assert matter(view, "arrested(who=?)").standing == "disputed"


def test_nobody_at_the_scene_leaves_an_arrest_elsewhere():
    view = account_of(nobody_arrested(place="scene"), saw("arrested", who="man", place="station"))
    assert matter(view, ARRESTED).standing == "said_by_one"
    assert ("conflict", NOBODY_ARRESTED) not in notes(view, ARRESTED)


def test_a_conflict_is_noted_only_where_the_denial_of_anyone_is_the_conflict():
    view = account_of(
        nobody_arrested(place="scene"),
        saw("arrested", who="man", place="station"),
        saw("arrested", by=DRIVER, who="man", stance="denies"),
    )
    assert matter(view, ARRESTED).standing == "disputed"
    assert ("conflict", NOBODY_ARRESTED) not in notes(view, ARRESTED)


def test_nobody_on_one_side_of_two_denies_for_that_other_side_alone():
    denied = told("engaged", who="anyone", whom="woman", stance="denies")
    view = account_of(
        denied,
        saw("engaged", who="officer-1", whom="woman"),
        saw("engaged", who="officer-1", whom="man"),
    )
    assert matter(view, "engaged(who=officer-1, whom=woman)").standing == "disputed"
    assert matter(view, "engaged(who=officer-1, whom=man)").standing == "said_by_one"


def test_a_general_denial_that_was_taken_back_denies_nothing_more():
    denied = nobody_arrested()
    back = told("arrested", who="anyone", stance="cannot_say", replaces=denied.id)
    view = account_of(denied, back, saw("arrested", who="man"))
    assert matter(view, ARRESTED).standing == "said_by_one"


def test_many_voices_deny_as_many():
    denied = [told("arrested", by=by, who="man", stance="denies") for by in (SERGEANT, TENANT)]
    assert matter(account_of(*denied), ARRESTED).origins == 2
