"""What is owed, on a telephone: by owner, overdue first, in words."""

from after_force import (
    DIVISION,
    NOON,
    TEAM,
    at,
    employed,
    notified,
    order,
    owed,
    printed,
    shooting,
)
from telling import CHIEF, EXAMINER, told
from whoseword.duties import Duties

LATE = NOON.replace(day=8)


def flat(view: Duties) -> str:
    return " ".join(printed(view).split())


def full(**given) -> Duties:
    return owed(
        *shooting(),
        notified("medical-examiner", EXAMINER, recorded=at("6 20:55")),
        told("placed_on_leave", who="officer-1", leave="paid", recorded=at("7 01:00")),
        told("investigates", by=TEAM, agency="regional-team", recorded=at("6 22:00")),
        told(
            "related",
            by=TEAM,
            who="detective-2",
            whom="regional-team",
            relation="member_of",
            recorded=at("6 22:01"),
        ),
        employed("detective-2", recorded=at("6 22:02"), reviewed=False),
        told(
            "waived",
            stance="does",
            slots={"rule": "DF-18", "reason": "reported by the county"},
            recorded=at("7 02:00"),
        ),
        told("conformed", by=CHIEF, who="officer-1", to="their training", recorded=at("7 03:00")),
        as_of=LATE,
        **given,
    )


def test_everything_is_told_in_words():
    text = flat(full())
    for part in (
        "harrow-lane: what is owed As of 8 March 2031, 18:00 UTC, profile missouri",
        "Agency involved: harrow-police.",
        "2 OVERDUE;",
        "! OVERDUE: Tell the Children's Division of the death of a person under 18 for child",
        "due 7 March 2031, 15:12 UTC-06:00 no evidence; trigger:",
        "DF-17: RSMo 58.452, 58.722 (its own words were read)",
        "owed immediately; no number is set; it took 14 minutes evidence:",
        "owed immediately; no number is set; time since: 1 day 20 hours no evidence",
        "! conflict: detective-2, of the outside team, belongs or is tied to harrow-police [",
        "local policy; no number is set",
        "* reported done, not shown to be: Place the officer who fired on leave",
        "(UNVERIFIED, nobody has read its text)",
        "waived by police chief, because: reported by the county [",
        "foreseen; its time begins with: an administrative interview of the officer",
        "due by the end of 30 June 2031",
        "* officer-1, says police chief: kept to it; to what: not stated [",
        "as it was told: “their training”",
    ):
        assert part in text, part


def test_overdue_comes_first_for_each_owner_and_owners_who_are_late_come_first():
    text = flat(full())
    owners = ["MEDICAL-EXAMINER", "HARROW-POLICE", "PROSECUTOR", "STATE"]
    places = [text.index(f"{owner} (") for owner in owners]
    assert places == sorted(places)
    own = text[text.index("HARROW-POLICE (") :]
    order_of = [
        own.index(word) for word in ("! open:", "* open:", "* reported done", "* waived", "* done")
    ]
    assert order_of == sorted(order_of)


def test_what_was_denied_and_what_nobody_reviewed_is_told():
    said = [
        *shooting(),
        notified("medical-examiner", CHIEF, recorded=at("6 21:30"), reviewed=False),
        notified("medical-examiner", EXAMINER, stance="denies", recorded=at("6 22:00")),
    ]
    text = flat(owed(*said))
    assert "! denied: medical examiner should have received it and denies it [" in text
    assert "not reviewed by a person:" in text


def test_it_fits_a_telephone_and_cuts_nothing_off():
    view = full()
    for width in (32, 40, 100):
        text = printed(view, width)
        assert max(len(line) for line in text.splitlines()) <= width
        assert " ".join(text.split()) == flat(view)


def test_where_nothing_is_owed_it_says_so():
    text = flat(owed())
    assert "Nothing told here owes anybody anything." in text
    assert "Agency involved: not stated." in text


def test_a_local_duty_names_its_clause():
    text = flat(owed(*shooting(), profile="local"))
    assert "DF-02, clause LP 1.2:" in text


def test_other_peoples_text_cannot_write_on_the_screen():
    said = [order("placed_on_leave", who="officer-1", recorded=at("7 01:00"))]
    bad = told("died", by=DIVISION, who="\x1b[2Jwoman", recorded=at("6 20:41"))
    assert "\x1b" not in printed(owed(*shooting(), *said, bad))
