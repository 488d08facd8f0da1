"""Which names are one: a person's plain word joins them, and nothing less."""

import pytest

from telling import CHIEF, DRIVER, EXAMINER, PAPER, SERGEANT, TENANT, account_of, matter, saw, told

WOMAN = {"name": "woman", "kind": "involved"}


def same(who="mother", whom="woman", **parts):
    return told("same", who=who, whom=whom, **({"by": TENANT} | parts))


def armed(view):
    return sorted(one.matter for one in view.matters if one.matter.startswith("armed"))


def two_names():
    return [saw("armed", who="mother"), saw("armed", by=DRIVER, who="woman")]


def test_different_names_are_different_people():
    assert armed(account_of(*two_names())) == ["armed(who=mother)", "armed(who=woman)"]


def test_a_persons_word_joins_the_matters_under_the_second_name():
    view = account_of(*two_names(), same())
    assert armed(view) == ["armed(who=woman)"]
    assert matter(view, "armed(who=woman)").standing == "agreed"


def test_the_join_itself_stands_under_both_names():
    assert matter(account_of(*two_names(), same()), "same(who=mother, whom=woman)")


@pytest.mark.parametrize("kind", ["official", "witness", "involved", "relative", "responder"])
def test_any_person_may_join(kind):
    view = account_of(*two_names(), same(by={"name": "Ines Vold", "kind": kind}))
    assert armed(view) == ["armed(who=woman)"]


@pytest.mark.parametrize("kind", ["agency", "record", "narrator", "automaton", "unnamed"])
def test_no_body_record_story_or_program_joins(kind):
    view = account_of(*two_names(), same(by={"name": "Ines Vold", "kind": kind}))
    assert armed(view) == ["armed(who=mother)", "armed(who=woman)"]


@pytest.mark.parametrize(
    "weaker",
    [
        {"stance": "believes"},
        {"stance": "expects"},
        {"stance": "cannot_say"},
        {"hedge": "possible"},
        {"hedge": "reported"},
        {"via": [{"name": "manager", "kind": "witness"}]},
        {"reviewed": False},
        {"whom": None},
    ],
)
def test_less_than_a_plain_reviewed_word_joins_nothing(weaker):
    view = account_of(*two_names(), same(**weaker))
    assert armed(view) == ["armed(who=mother)", "armed(who=woman)"]


@pytest.mark.parametrize(
    "denied",
    [
        {"who": "mother", "whom": "woman"},
        {"who": "woman", "whom": "mother"},
        {"who": "anyone", "whom": "mother"},
        {"who": "woman", "whom": "anyone"},
        {"who": "anyone", "whom": "anyone"},
    ],
)
def test_a_disputed_join_joins_nothing(denied):
    dispute = same(by=DRIVER, stance="denies", **denied)
    assert len(armed(account_of(*two_names(), same(), dispute))) == 2


def test_a_denial_that_was_taken_back_disputes_nothing():
    dispute = same(by=DRIVER, stance="denies")
    back = same(by=DRIVER, stance="cannot_say", replaces=dispute.id)
    assert armed(account_of(*two_names(), same(), dispute, back)) == ["armed(who=woman)"]


def test_a_replaced_join_joins_nothing():
    join = same()
    back = same(stance="cannot_say", replaces=join.id)
    assert len(armed(account_of(*two_names(), join, back))) == 2


def test_joins_make_a_chain_under_the_last_name():
    view = account_of(
        *two_names(),
        same(who="resident", whom="mother"),
        same(),
        saw("armed", by=CHIEF, who="resident"),
    )
    assert armed(view) == ["armed(who=woman)"]
    assert matter(view, "armed(who=woman)").origins == 3


def test_a_denied_end_of_a_chain_parts_the_whole_chain():
    view = account_of(
        *two_names(),
        saw("armed", by=CHIEF, who="resident"),
        same(who="resident", whom="mother"),
        same(),
        same(by=DRIVER, who="resident", whom="woman", stance="denies"),
    )
    assert len(armed(view)) == 3


def test_a_denied_link_leaves_the_other_links():
    view = account_of(
        *two_names(),
        saw("armed", by=CHIEF, who="resident"),
        same(who="resident", whom="mother"),
        same(),
        same(by=DRIVER, stance="denies"),
    )
    assert armed(view) == ["armed(who=mother)", "armed(who=woman)"]


def test_a_circle_of_joins_is_one_person_whatever_the_order():
    round_ = [same(who="a", whom="b"), same(who="b", whom="c"), same(who="c", whom="a")]
    seen = [saw("armed", who="b"), saw("armed", by=DRIVER, who="c")]
    assert armed(account_of(*seen, *round_)) == ["armed(who=a)"]
    assert armed(account_of(*reversed(round_), *seen)) == ["armed(who=a)"]


# --- voices


def test_a_join_makes_one_voice_of_two_names():
    said = [saw("armed", by=WOMAN, who="man"), saw("armed", by=TENANT, who="man")]
    assert matter(account_of(*said), "armed(who=man)").standing == "agreed"
    join = told("same", who=TENANT["name"], whom="woman", by=DRIVER)
    assert matter(account_of(*said, join), "armed(who=man)").standing == "said_by_one"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CHIEF, SERGEANT),
        (CHIEF, {"name": "Harrow Police", "kind": "agency"}),
        (CHIEF, {"name": "police chief", "kind": "official"}),
        ({"name": "Children's Division", "kind": "agency"},
         {"name": "spokesman", "kind": "official", "party": "childrens-division"}),
        (TENANT, {"name": "Tenant  across the hall", "kind": "unnamed"}),
    ],
)  # fmt: skip
def test_one_voice_however_it_is_told(one, other):
    said = [saw("armed", by=one, who="woman"), saw("armed", by=other, who="woman")]
    view = matter(account_of(*said), "armed(who=woman)")
    assert (view.standing, view.origins) == ("said_by_one", 1)


def test_two_parties_are_two_voices_though_both_send_a_spokesman():
    said = [
        saw("armed", by={"name": "spokesman", "kind": "official", "party": party}, who="woman")
        for party in ("harrow-police", "ames-county-sheriff")
    ]
    assert matter(account_of(*said), "armed(who=woman)").standing == "agreed"


# --- names inside values and nested matters


def test_values_are_compared_under_joined_names_and_shown_as_given():
    view = matter(
        account_of(
            saw("injured", slots={"who": "child", "by": "mother"}),
            saw("injured", by=DRIVER, slots={"who": "child", "by": "woman"}),
            same(),
        ),
        "injured(who=child)",
    )
    assert view.standing == "agreed"
    assert [one.value for one in view.positions] == [{"by": "mother"}]


def test_a_finding_on_a_matter_under_the_other_name_is_on_the_joined_one():
    found = told(
        "found", slots={"by": "medical-examiner", "matter": "cause_of_death(who=boy)"}, by=EXAMINER
    )
    view = account_of(
        told("cause_of_death", who="child", stance="cannot_say"),
        found,
        same(who="boy", whom="child"),
    )
    assert matter(view, "cause_of_death(who=child)").standing == "found"
    assert matter(view, "found(by=medical-examiner, matter=cause_of_death(who=child))")


def test_a_request_about_the_other_name_asks_about_the_joined_one():
    asked = told(
        "requested",
        slots={"by": "county", "of": "medical-examiner", "about": "cause_of_death(who=boy)"},
    )
    view = account_of(
        told("cause_of_death", who="child", stance="cannot_say"),
        asked,
        same(who="boy", whom="child"),
    )
    [question] = view.questions
    assert "medical-examiner" not in question.not_asked


def test_a_story_does_not_join():
    assert len(armed(account_of(*two_names(), same(by=PAPER, on="story")))) == 2
