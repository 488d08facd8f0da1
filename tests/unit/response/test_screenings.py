"""A triage screening as clearance: only where a home has taken it up, and until anything speaks against it."""

import pytest
from msgspec.structs import replace

from at_the_gate import (
    CALLER,
    CLOSED,
    OFFICER,
    SYSTEM,
    TERMS,
    advised,
    at,
    cleared,
    knife,
    reasons,
    verdict,
)
from whoseword.access import Confidence
from whoseword.response import Terms
from whoseword.words import Statement

HOLD, MAY = "hold", "may_engage"
DENVER = TERMS._replace(profiles=("missouri", "denver"))
HOUSTON = TERMS._replace(profiles=("missouri", "houston"))


def team(text: str = "14:02", *who: str) -> list[Statement]:
    """A unit without police is sent."""
    members = list(who or ("clinician", "medic-1"))
    roles = {"clinician": "clinician", "medic-1": "medic", "officer-1": "officer"}
    return [
        at(text, "dispatched", unit="B1", members=members, stance="does"),
        *(at(text, "related", who=one, whom="B1", relation=roles[one]) for one in members),
    ]


def screened(text: str = "14:01", **parts: object) -> Statement:
    """A call-taker clears the clinician on a screening."""
    by = {"name": "Call-taker Ives", "kind": "official", "party": "county-911"}
    return cleared(text, **({"by": by, "occasion": {"kind": "screening"}} | parts))


def test_clears_where_a_home_has_taken_up_a_city_that_lets_it() -> None:
    one = advised(*team(), screened(), at="14:05", terms=DENVER)
    assert (one.advice, one.cleared_by, one.since) == (
        MAY,
        "Call-taker Ives",
        "2031-03-06T14:02:00Z",
    )
    assert [rule for rule, _ in reasons(one)] == ["HE-03", "TR-09"]
    assert one.clearance.recorded == "2031-03-06T14:01:00Z"
    assert one.clearance.age_s == 240


@pytest.mark.parametrize("terms", [TERMS, HOUSTON])
@pytest.mark.parametrize("occasion", ["screening", "Triage", "triage screening"])
def test_clears_nobody_anywhere_else(terms: Terms, occasion: str) -> None:
    told = (*team(), screened(occasion={"kind": occasion}))
    one = advised(*told, at="14:05", terms=terms)
    assert (one.advice, one.unused_clearance_s, reasons(one)) == (HOLD, 0, [("HE-01", None)])


def test_nor_by_a_rule_that_nobody_has_read() -> None:
    unread = tuple(
        replace(one, confidence=Confidence.UNVERIFIED) if one.clears else one
        for one in TERMS.advice
    )
    assert verdict(*team(), screened(), terms=DENVER._replace(advice=unread)) == HOLD


def test_clears_whoever_it_names_alone() -> None:
    assert verdict(*team(), screened(), who="medic-1", terms=DENVER) == HOLD


@pytest.mark.parametrize(
    "parts",
    [
        {"by": SYSTEM, "stance": "affirms"},
        {"stance": "affirms"},
        {"hedge": "possible"},
        {"via": [{"name": "manager", "kind": "witness"}]},
    ],
)
def test_is_a_named_persons_plain_word(parts: dict[str, object]) -> None:
    assert verdict(*team(), screened(**parts), terms=DENVER) == HOLD


def test_what_a_screening_excludes_and_nobody_knew_ends_it_until_somebody_denies_it() -> None:
    unsure = at("14:00", "armed", by=CALLER, who="woman", stance="does_not_know")
    told = (*team(), unsure, screened())
    assert verdict(*told, at="14:05", terms=DENVER) == HOLD
    denied = at("14:01", "armed", by=CALLER, who="woman", stance="denies")
    assert verdict(*team(), unsure, denied, screened(), at="14:05", terms=DENVER) == MAY


@pytest.mark.parametrize(
    "parts",
    [
        {"via": [{"name": "k.abara@police.example", "kind": "official"}]},
        {"reviewed": False, "source": {"feed": "idx.psap.example", "message": "m1"}},
        {"hedge": "possible"},
    ],
)
def test_no_denial_by_a_feed_or_by_hearsay_takes_a_doubt_away(parts: dict[str, object]) -> None:
    unsure = at("14:00", "armed", by=CALLER, who="woman", stance="does_not_know")
    denied = at("14:01", "armed", by=CALLER, who="woman", stance="denies", **parts)
    assert verdict(*team(), unsure, denied, screened(), at="14:05", terms=DENVER) == HOLD


def test_that_the_team_is_unarmed_answers_nothing_that_a_screening_asks() -> None:
    unsure = at("14:00", "armed", by=CALLER, who="woman", stance="does_not_know")
    own = at("14:03", "armed", who="clinician", stance="denies")
    assert verdict(*team(), unsure, own, screened(), at="14:05", terms=DENVER) == HOLD


class TestTheTeam:
    def test_with_an_officer_in_it_is_not_cleared(self) -> None:
        told = (*team("14:02", "clinician", "officer-1"), screened())
        assert verdict(*told, terms=DENVER) == HOLD

    def test_an_officer_who_joins_ends_it_and_no_later_leaving_gives_it_back(self) -> None:
        joins = at("14:10", "related", who="officer-1", whom="B1", relation="officer")
        leaves = at("14:12", "related", who="officer-1", whom="B1", stance="cannot_say",
                    replaces=joins.id, slots={"relation": "officer"})  # fmt: skip
        told = (*team(), screened(), joins)
        one = advised(*told, at="14:11", terms=DENVER)
        assert (one.advice, one.since, one.unused_clearance_s) == (
            HOLD,
            "2031-03-06T14:10:00Z",
            480,
        )
        assert [rule for rule, _ in reasons(one)] == ["TR-09"]
        assert verdict(*told, leaves, at="14:13", terms=DENVER) == HOLD

    def test_is_waited_for_where_it_is_told_later(self) -> None:
        assert verdict(screened(), *team()[:1], at="14:05", who="medic-1", terms=DENVER) == (
            "not_applicable"
        )
        one = advised(screened(), *team("14:30"), at="14:31", terms=DENVER)
        assert (one.advice, one.since, one.unused_clearance_s) == (
            MAY,
            "2031-03-06T14:30:00Z",
            60,
        )


class TestWhatEndsIt:
    def test_what_the_screening_excludes_told_before_or_after_under_whatever_hedge(self) -> None:
        threat = {"whom": "neighbor", "by": CALLER, "hedge": "possible"}
        for when, unused in (("14:00", 0), ("14:04", 120)):
            told = (*team(), screened(), at(when, "threatened", **threat))
            one = advised(*told, at="14:05", terms=DENVER)
            assert (one.advice, one.unused_clearance_s) == (HOLD, unused)
            assert [rule for rule, _ in reasons(one)] == ["TR-09"]

    def test_what_another_screening_that_was_taken_up_excludes(self) -> None:
        both = TERMS._replace(profiles=("denver", "eugene"))
        theft = at("14:04", "classified", call="call-1", type="theft")
        assert verdict(*team(), screened(), theft, terms=DENVER) == MAY
        assert verdict(*team(), screened(), theft, terms=both) == HOLD

    def test_any_weapon_even_one_that_it_names(self) -> None:
        seen = knife("14:00")
        told = (*team(), screened(slots={"having_seen": seen.id}), seen)
        albuquerque = TERMS._replace(profiles=("albuquerque",))
        assert verdict(*told, terms=albuquerque) == HOLD
        assert verdict(*team(), screened(), knife("14:10"), terms=albuquerque) == HOLD

    def test_a_hidden_weapon_shows_the_hold_alone(self) -> None:
        hidden = [knife("14:00", book=CLOSED)]
        one = advised(*team(), screened(), hidden=hidden, at="14:05", terms=DENVER)
        assert (one.advice, reasons(one)) == (HOLD, [("HE-02", None)])

    def test_an_order_to_hold(self) -> None:
        order = at(
            "14:04", "held", stance="does", who="clinician", by=OFFICER, slots={"for": "engage"}
        )
        assert verdict(*team(), screened(), order, at="14:05", terms=DENVER) == HOLD

    def test_a_clearance_by_somebody_on_the_scene_clears_anew(self) -> None:
        threat = at("14:04", "threatened", whom="neighbor")
        told = (*team(), screened(), threat, cleared("14:06"))
        one = advised(*told, at="14:07", terms=DENVER)
        assert (one.advice, one.cleared_by) == (MAY, "Sergeant Amsel")
