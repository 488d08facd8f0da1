"""When positions can be of one time, and in what order things are told to have happened."""

import pytest

from telling import DRIVER, TENANT, account_of, matter, saw, standing, told

KNIFE = "located(what=knife)"
ARMED, FIRED = "armed(who=woman)", "discharged_weapon(who=officer-1)"
STAGED = "staged(unit=crew-4)"


def at(place, happened, by=TENANT):
    return saw("located", by=by, what="knife", place=place, happened=happened)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"at": "arrival"}, {"at": "the shooting"}),
        ({"at": "arrival"}, {"after": "arrival"}),
        ("2031-03-06T14:00:00Z", "2031-03-06T14:00:01Z"),
        ("2031-03-06T14:00Z", "2031-03-06T14:01Z"),
        ("2031-03-06T14:00:00Z", "2031-03-06T14:00:00-06:00"),
        ("2031-03-01/2031-03-05", "2031-03-06/.."),
        ("2031-02", "2031-03"),
    ],
)
def test_a_knife_may_lie_in_two_places_at_two_times(first, second):
    assert standing(KNIFE, at("hall", first), at("stairs", second, DRIVER)) == "said_by_several"
    assert standing(KNIFE, at("stairs", second, DRIVER), at("hall", first)) == "said_by_several"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"at": "arrival"}, {"at": "Arrival"}),
        ({"at": "arrived(unit=crew-4)"}, {"at": 'arrived(unit="crew-4")'}),
        ({"at": "arrival"}, "2031-03-06"),
        ({"at": "arrival"}, {"words": "Thursday"}),
        ("2031-03-06T14:00:00Z", "2031-03-06T15:00:00+01:00"),
        ("2031-03-06T14:00Z", "2031-03-06T14:00:59Z"),
        ("2031-03-01/2031-03-06", "2031-03-06/2031-03-09"),
        ("2031-03-06", "../2031-03-06"),
        ("2031-03~", "2031-03-31"),
    ],
)
def test_nor_in_two_places_at_one_time(first, second):
    assert standing(KNIFE, at("hall", first), at("stairs", second, DRIVER)) == "disputed"
    assert standing(KNIFE, at("stairs", second, DRIVER), at("hall", first)) == "disputed"


def test_one_conflict_among_many_that_are_not_is_found():
    told_ = [
        at(f"step {n}", f"2031-03-06T14:{n:02}Z", DRIVER if n % 2 else TENANT) for n in range(30)
    ]
    assert standing(KNIFE, *told_) == "said_by_several"
    view = matter(account_of(*told_, clash := at("hall", "2031-03-06T14:17:30Z")), KNIFE)
    assert view.standing == "disputed"
    assert set(view.because.statements) == {told_[17].id, clash.id}


def test_a_long_stay_conflicts_with_what_lies_within_it_however_much_lies_between():
    stay = at("hall", "2031-03-06T14:00Z/2031-03-06T15:00Z")
    rest = [at("hall", f"2031-03-06T14:{n:02}Z", DRIVER) for n in range(0, 30, 3)]
    assert standing(KNIFE, stay, *rest) == "agreed"
    assert standing(KNIFE, stay, *rest, at("stairs", "2031-03-06T14:59Z", DRIVER)) == "disputed"


def test_two_who_tell_of_different_times_do_not_affirm_the_same():
    one, other = at("hall", "2031-03-06"), at("hall", "2031-03-07", DRIVER)
    assert standing(KNIFE, one, other) == "said_by_several"
    assert standing(KNIFE, one, other, at("hall", "2031-03", DRIVER)) == "agreed"


def test_a_denial_of_another_time_denies_nothing():
    denied = told("located", what="knife", stance="denies", happened="2031-03-07")
    assert standing(KNIFE, at("hall", "2031-03-06"), denied) == "said_by_one"
    assert standing(KNIFE, at("hall", "2031-03"), denied) == "disputed"


def test_each_position_shows_its_time_as_it_was_told():
    view = matter(
        account_of(at("hall", {"words": "Thursday"}), at("hall", {"at": "Arrival"})), KNIFE
    )
    assert {str(one.happened.words or one.happened.at) for one in view.positions} == {
        "Thursday",
        "Arrival",
    }


# --- the order of events


def order(view, label):
    return [note.with_ for note in matter(view, label).notes if note.kind == "order"]


def armed(**happened):
    return saw("armed", who="woman", happened=happened)


def fired(**happened):
    return saw("discharged_weapon", by=DRIVER, who="officer-1", happened=happened)


@pytest.mark.parametrize(
    "circle",
    [
        [armed(before=FIRED), fired(before=ARMED)],
        [armed(after=FIRED), fired(after=ARMED)],
        [armed(before="arrival"), fired(after="Arrival"), fired(before=ARMED)],
        [armed(at="arrival"), fired(before="arrival"), fired(after=ARMED)],
        [armed(at="arrival"), fired(at="arrival"), told("armed", who="woman", happened={"before": FIRED})],
    ],
)  # fmt: skip
def test_each_before_the_other_is_a_conflict(circle):
    view = account_of(*circle)
    for label, other in ((ARMED, FIRED), (FIRED, ARMED)):
        assert matter(view, label).standing == "disputed"
        assert order(view, label) == [other]


def test_a_circle_of_three_is_found():
    crew = saw("staged", unit="crew-4", happened={"before": ARMED})
    view = account_of(armed(before=FIRED), fired(before=STAGED), crew)
    assert order(view, STAGED) == [ARMED, FIRED]


@pytest.mark.parametrize(
    "told_",
    [
        [armed(before=FIRED), fired(after=ARMED)],
        [armed(before="arrival"), fired(before="arrival")],
        [armed(before="arrival"), fired(after="arrival")],
        [armed(during=FIRED), fired(during=ARMED)],
        [armed(words="before the shots"), fired(before=ARMED)],
        [fired(before=ARMED)],
    ],
)
def test_an_order_that_holds_or_is_not_known_is_no_conflict(told_):
    view = account_of(*told_)
    assert {one.standing for one in view.matters} == {"said_by_one"}
    assert not any(one.notes for one in view.matters)


def test_one_thing_told_both_before_and_after_may_have_been_so_at_both_times():
    view = account_of(armed(before="arrival"), armed(after="arrival"), fired(at="arrival"))
    assert matter(view, ARMED).standing == "said_by_one"
    assert not order(view, ARMED)


def test_one_thing_told_at_two_moments_does_not_make_the_two_one():
    view = account_of(armed(at="arrival"), armed(at="departure"), fired(after="departure"),
                      fired(before="arrival"))  # fmt: skip
    assert not order(view, FIRED)


def test_a_denied_or_withdrawn_order_orders_nothing():
    denied = saw("discharged_weapon", by=DRIVER, who="officer-1", stance="denies",
                 happened={"before": ARMED})  # fmt: skip
    assert not order(account_of(armed(before=FIRED), denied), ARMED)
    first = fired(before=ARMED)
    later = told("discharged_weapon", by=DRIVER, who="officer-1", replaces=first.id)
    assert not order(account_of(armed(before=FIRED), first, later), ARMED)


def test_anchors_are_read_under_joined_names():
    join = told("same", who="mother", whom="woman", by=TENANT)
    circle = [armed(before=FIRED), fired(before="armed(who=mother)")]
    assert not order(account_of(*circle), ARMED)
    assert order(account_of(*circle, join), ARMED) == [FIRED]


def test_a_finding_stands_above_a_circle():
    found = told("found", slots={"by": "prosecutor", "matter": ARMED},
                 by={"name": "prosecutor", "kind": "official", "party": "ames-county-prosecutor"})  # fmt: skip
    assert standing(ARMED, armed(before=FIRED), fired(before=ARMED), found) == "found"
