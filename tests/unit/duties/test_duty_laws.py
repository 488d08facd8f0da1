"""The laws that duties keep whatever is said: properties over made-up incidents."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from after_force import DIVISION, HARROW, MISSOURI, OFFICER, TEAM, owed
from telling import CHIEF, EXAMINER, PAPER, PROSECUTOR, START, TENANT, uuid7
from whoseword.duties import duties_json, feed
from whoseword.words import statement_from

PEOPLE = ("officer-1", "officer-2", "woman", "child", None)
AGENCIES = (
    *("harrow-police", "regional-team", "medical-examiner", "childrens-division", "fbi", None),
)
SLOTS = {
    "discharged_weapon": {"who": PEOPLE, "toward": ("woman", None)},
    "died": {"who": PEOPLE},
    "cause_of_death": {"who": PEOPLE, "by": ("officer-1", None)},
    "aged": {"who": PEOPLE, "age": ("4", "31", None)},
    "related": {
        "who": (*PEOPLE, "detective-2"),
        "whom": (*AGENCIES, "officer-1"),
        "relation": ("employed_by", "member_of", "officer", None),
    },
    "same": {"who": PEOPLE, "whom": PEOPLE},
    "placed_on_leave": {"who": PEOPLE, "leave": ("administrative", None)},
    "investigates": {"agency": AGENCIES},
    "notified": {"agency": AGENCIES, "by": AGENCIES},
    "interviewed": {"who": PEOPLE, "by": AGENCIES, "compelled": (True, None)},
    "found": {"by": ("ames-county-prosecutor", None), "matter": (None,)},
    "waived": {
        "rule": ("DF-06", "DF-16"),
        "for": PEOPLE,
        "reason": ("he left the service", None),
    },
}
HAPPENED = (None, "2031-03-06T09:10-06:00", "2031-03-06", "2030-12-31", {"words": "Thursday"})
SPEAKERS = (CHIEF, TENANT, OFFICER, PAPER, EXAMINER, PROSECUTOR, TEAM, DIVISION, HARROW)
STANCES = ("affirms", "affirms", "affirms", "does", "does", "denies", "believes", "expects")
BOOKS = ("county/incident", "county/inquiry", "harrow-police/public")
MOMENTS = st.integers(-10, 20_000).map(lambda minutes: START + timedelta(minutes=minutes))
STATES = {"open", "done", "reported_done", "overdue", "waived"}


@st.composite
def statements(draw, most=12):
    """Some statements of an incident and of another, as the books would hold them."""
    made = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(sorted(SLOTS)))
        fact = {slot: draw(st.sampled_from(options)) for slot, options in SLOTS[kind].items()}
        value = {
            "id": uuid7(7_000 + number),
            "incident": draw(st.sampled_from(("harrow-lane", "harrow-lane", "mill-street"))),
            "book": draw(st.sampled_from(BOOKS)),
            "speaker": draw(st.sampled_from(SPEAKERS)),
            "via": draw(st.sampled_from(([], [], [{"name": "manager", "kind": "witness"}]))),
            "recorded": (START + timedelta(minutes=draw(st.integers(0, 300)))).isoformat(),
            "stance": draw(st.sampled_from(STANCES)),
            "hedge": draw(st.sampled_from(("plain", "plain", "plain", "possible"))),
            "basis": draw(st.sampled_from(("record", "unstated"))),
            "reviewed": draw(st.sampled_from((True, True, False))),
            "fact": {"kind": kind, **fact, "happened": draw(st.sampled_from(HAPPENED))},
            "source": {"entered_by": "analyst"},
        }
        if made and draw(st.booleans()):
            earlier = draw(st.sampled_from(made))
            if draw(st.booleans()):
                value |= {key: earlier[key] for key in ("book", "speaker", "incident")}
                value["replaces"] = earlier["id"]
            elif (value["book"], earlier["id"]) not in {(one["book"], one["id"]) for one in made}:
                value["id"] = earlier["id"]
        made.append(value)
    return [statement_from(value) for value in made]


PROFILES = st.sampled_from(("missouri", "washington", "wisconsin", "utah", "california", "local"))


@given(statements(), MOMENTS, PROFILES)
def test_what_is_recorded_later_changes_nothing_as_of_a_moment(told, moment, profile):
    then = [one for one in told if one.recorded <= moment]
    early = owed(*then, as_of=moment, profile=profile)
    assert duties_json(early) == duties_json(owed(*told, as_of=moment, profile=profile))


@given(statements().flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))), PROFILES)
def test_the_order_in_which_statements_are_handed_in_is_nothing(both, profile):
    told, mixed = both
    one, other = owed(*told, profile=profile), owed(*mixed, profile=profile)
    assert duties_json(one) == duties_json(other)
    assert feed(one, None) == feed(other, None)


@given(statements(), MOMENTS, PROFILES)
def test_every_duty_carries_its_reasons(told, moment, profile):
    ids = {one.id for one in told} | {f"{one.book}:{one.id}" for one in told}
    view = owed(*told, as_of=moment, profile=profile)
    for duty in view.duties:
        assert duty.state in STATES
        assert {duty.trigger, *duty.evidence, *duty.not_reviewed} <= ids
        assert all(set(alarm.statements) <= ids for alarm in duty.alarms)
        assert duty.citation
        assert duty.confidence in ("text", "paraphrase", "unverified")
        assert duty.kind not in ("immediate", "on_event", "local_policy") or duty.due is None
    keys = [(one.rule, one.owner, one.for_) for one in view.duties]
    assert len(keys) == len(set(keys)), "a duty is told once"


@given(statements(), MOMENTS, PROFILES)
def test_the_states_mean_what_they_say(told, moment, profile):
    for duty in owed(*told, as_of=moment, profile=profile).duties:
        if duty.state in ("done", "reported_done"):
            assert duty.evidence
            assert not duty.alarms
        if duty.state == "overdue":
            assert duty.due is not None
            assert duty.due < moment.isoformat().replace("+00:00", "Z")
        assert (duty.waiver is not None) or duty.state != "waived"
        if duty.state == "waived":
            assert duty.waiver.reason
            assert duty.waiver.by


@given(statements(), MOMENTS)
def test_nobodys_report_alone_is_done(told, moment):
    """Without an order and without the recipient's own word there is nothing done."""
    words = [
        one for one in told if one.stance.value != "does" and one.speaker.name == "police chief"
    ]
    view = owed(*words, as_of=moment, zone=MISSOURI)
    assert "done" not in {one.state for one in view.duties}


@given(statements(), PROFILES)
def test_no_rule_of_another_state_appears(told, profile):
    found = {one.jurisdiction for one in owed(*told, profile=profile).duties}
    assert found <= {profile, "us", "house"}


@given(statements())
def test_the_calendar_names_no_officer(told):
    text = feed(owed(*told), None).replace(b"\r\n ", b"")
    assert not [one for one in (b"officer-1", b"officer-2", b"detective-2") if one in text]
    assert text.count(b"BEGIN:VTODO") == text.count(b"\r\nUID:")
