"""Hold or may engage: each sentence of the contract, tried."""

import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from at_the_gate import (
    CALLER,
    CALLS,
    CLOSED,
    INCIDENT,
    OFFICER,
    RADIO,
    SERGEANT,
    SYSTEM,
    TERMS,
    advised,
    at,
    cleared,
    clock,
    crew,
    knife,
    reasons,
    row,
    unknown,
    verdict,
    view_at,
)
from telling import uuid7
from whoseword.access import Confidence, RulesFault
from whoseword.response import Advice, Drawn, advise_json, advise_now, now_at
from whoseword.words import Statement

HOLD, MAY, NOT = "hold", "may_engage", "not_applicable"
RELAY = [{"name": "manager", "kind": "witness"}]


class TestThursday:
    """A possible assault, weapon unknown; cleared three minutes later; a knife at a quarter past."""

    CALL = (
        at("14:00", "classified", call="call-1", type="possible assault"),
        unknown("14:00"),
        *crew("14:00"),
    )
    CLEARED = cleared("14:03")
    KNIFE = knife("14:15")

    def test_hold_then_may_engage_then_hold(self) -> None:
        told = (*self.CALL, self.CLEARED, self.KNIFE)
        assert [verdict(*told, at=when) for when in ("14:00", "14:02:59")] == [HOLD, HOLD]
        assert [verdict(*told, at=when) for when in ("14:03", "14:14:59")] == [MAY, MAY]
        assert [verdict(*told, at=when) for when in ("14:15", "23:00")] == [HOLD, HOLD]

    def test_says_since_when_on_whose_word_and_how_long_it_stood_unused(self) -> None:
        told = (*self.CALL, self.CLEARED, self.KNIFE)
        first, then, last = (advised(*told, at=when) for when in ("14:02", "14:10", "14:20"))
        assert (first.since, first.cleared_by) == ("2031-03-06T14:00:00Z", None)
        assert reasons(first) == [("HE-01", self.CALL[1].id)]
        assert (then.since, then.cleared_by) == ("2031-03-06T14:03:00Z", "Sergeant Amsel")
        assert reasons(then) == [("HE-03", self.CLEARED.id)]
        assert then.clearance is not None
        assert (then.clearance.statement, then.clearance.age_s) == (self.CLEARED.id, 420)
        assert (last.since, last.cleared_by) == ("2031-03-06T14:15:00Z", None)
        assert reasons(last) == [("HE-02", self.KNIFE.id)]
        assert [one.unused_clearance_s for one in (first, then, last)] == [0, 420, 720]

    def test_without_the_clearance_never_may_engage(self) -> None:
        told = (*self.CALL, self.KNIFE)
        assert {verdict(*told, at=f"14:{minute:02}") for minute in range(60)} == {HOLD}

    def test_a_clearance_said_before_the_knife_that_arrives_after_it_clears_nothing(self) -> None:
        late = cleared("14:20", said="2031-03-06T14:14:00Z")
        told = (*self.CALL, self.KNIFE, late)
        assert {verdict(*told, at=f"14:{minute:02}") for minute in range(60)} == {HOLD}
        assert advised(*told).unused_clearance_s == 0
        assert reasons(advised(*told)) == [("HE-02", self.KNIFE.id)]

    def test_a_later_clearance_that_has_seen_the_knife_clears_anew(self) -> None:
        told = (*self.CALL, self.CLEARED, self.KNIFE, cleared("14:16"))
        again = advised(*told, at="14:20")
        assert (again.advice, again.since) == (MAY, "2031-03-06T14:16:00Z")
        assert again.unused_clearance_s == 720 + 240


class TestWhoIsAnUnarmedResponder:
    @pytest.mark.parametrize(
        "relation", ["clinician", "medic", "advocate", "interpreter", "social_worker"]
    )
    def test_by_their_relation_to_the_unit(self, relation: str) -> None:
        sent = at("14:01", "dispatched", unit="C3", members="sam")
        told = at("14:01", "related", who="sam", whom="C3", relation=relation)
        assert verdict(sent, told, who="sam") == HOLD
        assert verdict(sent, who="sam") == NOT

    def test_not_by_a_relation_to_another_unit(self) -> None:
        told = at("14:01", "related", who="sam", whom="C9", relation="clinician")
        assert verdict(at("14:01", "dispatched", unit="C3", members="sam"), told, who="sam") == NOT

    @pytest.mark.parametrize(
        ("book", "of_whom"),
        [
            (CALLS, HOLD),
            ("county-911/response", HOLD),
            (RADIO, NOT),
            ("county-911/public", NOT),
            ("county-911/incident", NOT),
        ],
    )
    def test_by_a_denial_in_a_response_book_of_the_dispatching_agency(
        self, book: str, of_whom: str
    ) -> None:
        sent = at("14:01", "dispatched", unit="C3", members=["sam", "officer-1"])
        denied = at("14:01", "armed", who="sam", stance="denies", book=book, by=OFFICER)
        assert verdict(sent, denied, who="sam") == of_whom
        assert verdict(sent, denied, who="officer-1") == NOT

    def test_a_denial_of_one_weapon_denies_that_one_alone(self) -> None:
        sent = at("14:01", "dispatched", unit="C3", members="sam")
        denied = at("14:01", "armed", who="sam", weapon="rifle", stance="denies")
        assert verdict(sent, denied, who="sam") == NOT

    def test_a_denial_of_anyone_is_of_those_of_whom_it_was_asked(self) -> None:
        sent = at("14:01", "dispatched", unit="C3", members=["sam", "kim"])
        asked = at("14:01", "armed", who="sam", stance="does_not_know")
        denied = at("14:01", "armed", who="anyone", stance="denies")
        assert verdict(sent, asked, denied, who="sam") == HOLD
        assert verdict(sent, asked, denied, who="kim") == NOT

    def test_nobody_else_is_advised(self) -> None:
        view = view_at(*crew(), knife("14:10"), cleared("14:12", who="woman"))
        assert [one.who for one in view.advice] == ["clinician", "officer-1"]
        assert view_at(unknown(), knife("14:10"), cleared("14:12")).advice == ()

    def test_before_the_dispatch_nobody_is(self) -> None:
        assert view_at(*crew("14:01"), at="14:00").advice == ()

    @pytest.mark.parametrize("stance", ["denies", "expects", "believes", "cannot_say"])
    def test_nor_one_whose_unit_was_not_sent(self, stance: str) -> None:
        assert (
            view_at(at("14:01", "dispatched", unit="C3", members="sam", stance=stance)).advice == ()
        )

    def test_under_a_joined_name_once(self) -> None:
        sent = at("14:02", "dispatched", unit="C3", members="Dr. Sam")
        same = at("14:03", "same", who="Dr. Sam", whom="clinician", by=SERGEANT)
        assert [one.who for one in view_at(*crew(), sent, same).advice] == [
            "clinician",
            "officer-1",
        ]
        assert verdict(*crew(), same, cleared("14:04", who="Dr. Sam")) == MAY

    def test_sent_twice_since_the_first_time(self) -> None:
        view = view_at(*crew("14:01"), *crew("14:05"), *crew("14:06", unit="C4"))
        assert [(one.who, one.since) for one in view.advice] == [
            ("clinician", "2031-03-06T14:01:00Z"),
            ("officer-1", "2031-03-06T14:01:00Z"),
        ]

    def test_each_of_two_units_by_their_own_clearance(self) -> None:
        told = (*crew(), *crew("14:02", who="medic-1", unit="M1"), cleared("14:04", who="medic-1"))
        assert (verdict(*told), verdict(*told, who="medic-1")) == (HOLD, MAY)

    def test_told_only_later_as_unarmed_holds_since_the_dispatch(self) -> None:
        sent = at("14:01", "dispatched", unit="C3", members="sam")
        told = at("14:05", "related", who="sam", whom="C3", relation="medic")
        assert verdict(sent, told, who="sam", at="14:04") == NOT
        assert advised(sent, told, who="sam").since == "2031-03-06T14:01:00Z"

    def test_a_dispatch_that_was_withdrawn_sends_nobody(self) -> None:
        sent, related = crew()
        gone = at("14:03", "dispatched", unit="C3", stance="cannot_say", replaces=sent.id)
        assert [one.advice for one in view_at(sent, related, gone, at="14:02").advice] == [
            HOLD,
            NOT,
        ]
        assert view_at(sent, related, gone).advice == ()

    def test_the_others_of_the_unit_are_told_the_rule_and_the_dispatch(self) -> None:
        sent, related = crew()
        other = advised(sent, related, cleared("14:03", who="officer-1"), who="officer-1")
        assert (other.advice, other.since) == (NOT, "2031-03-06T14:01:00Z")
        assert reasons(other) == [("HE-07", sent.id)]
        assert (other.cleared_by, other.unused_clearance_s) == (None, 0)


class TestUnknownIsHold:
    def test_where_nothing_is_known_the_rule_stands_alone_since_the_dispatch(self) -> None:
        one = advised(*crew("14:01"))
        assert (one.advice, one.since) == (HOLD, "2031-03-06T14:01:00Z")
        assert reasons(one) == [("HE-01", None)]

    @pytest.mark.parametrize("stance", ["denies", "cannot_say", "does_not_know", "declines"])
    def test_no_answer_clears(self, stance: str) -> None:
        assert verdict(*crew(), at("14:05", "armed", who="woman", stance=stance)) == HOLD
        assert verdict(*crew(), at("14:05", "armed", stance=stance)) == HOLD

    def test_a_denial_of_anyone_neither_clears_nor_ends(self) -> None:
        denied = at("14:05", "armed", who="anyone", stance="denies", by=CALLER)
        assert verdict(*crew(), denied) == HOLD
        assert verdict(*crew(), cleared("14:03"), denied) == MAY
        assert verdict(*crew(), knife("14:02"), denied) == HOLD

    def test_not_even_in_a_day(self) -> None:
        assert verdict(*crew("00:01"), at="23:59") == HOLD


class TestWhatClears:
    @pytest.mark.parametrize(
        ("parts", "given"),
        [
            ({}, MAY),
            ({"by": OFFICER}, MAY),
            ({"hedge": "possible"}, HOLD),
            ({"hedge": "reported"}, HOLD),
            ({"stance": "affirms"}, HOLD),
            ({"stance": "believes"}, HOLD),
            ({"stance": "expects"}, HOLD),
            ({"via": RELAY}, HOLD),
            ({"by": {"name": "program", "kind": "automaton"}}, HOLD),
            ({"by": {"name": "Courier", "kind": "narrator"}}, HOLD),
            ({"by": {"name": "somebody", "kind": "unnamed"}}, HOLD),
            ({"by": {"name": "police", "kind": "agency"}}, HOLD),
            ({"by": {"name": "radio log", "kind": "record"}}, HOLD),
            ({"by": CALLER}, HOLD),
            ({"slots": {"for": "transport"}}, HOLD),
            ({"slots": {"for": None}}, HOLD),
            ({"who": None}, HOLD),
            ({"who": "C3"}, HOLD),
            ({"who": "medic-1"}, HOLD),
            ({"book": "harrow-police/criminal_justice"}, HOLD),
            ({"book": "harrow-police/inquiry"}, HOLD),
            ({"book": "harrow-police/public"}, MAY),
            ({"book": "harrow-police/incident"}, MAY),
            ({"incident": "mill-street"}, HOLD),
        ],
    )
    def test_is_a_named_persons_plain_word_and_nothing_else(
        self, parts: dict[str, object], given: str
    ) -> None:
        assert verdict(*crew(), cleared("14:03", **parts)) == given

    def test_an_entry_that_nobody_looked_at_and_nobody_signed_is_a_machines(self) -> None:
        feed = {"feed": "cad", "message": "17"}
        assert verdict(*crew(), cleared("14:03", reviewed=False, source=feed)) == HOLD
        signed = cleared("14:03", reviewed=False, signed_by="shift supervisor")
        one = advised(*crew(), signed)
        assert one.advice == MAY
        assert one.clearance is not None
        assert not one.clearance.reviewed

    def test_withdrawn_it_no_longer_clears(self) -> None:
        given = cleared("14:03")
        gone = cleared("14:08", stance="cannot_say", replaces=given.id)
        one = advised(*crew(), given, gone)
        assert (one.advice, one.since) == (HOLD, "2031-03-06T14:08:00Z")
        assert reasons(one) == [("HE-05", gone.id)]
        assert one.unused_clearance_s == 300
        assert verdict(*crew(), given, gone, at="14:07") == MAY

    def test_not_by_somebody_elses_withdrawal(self) -> None:
        given = cleared("14:03")
        gone = cleared("14:08", by=OFFICER, stance="cannot_say", replaces=given.id)
        assert verdict(*crew(), given, gone) == MAY

    def test_corrected_it_stands_as_corrected(self) -> None:
        given = cleared("14:03", slots={"until": "2031-03-06T14:10:00Z"})
        longer = cleared("14:08", replaces=given.id)
        one = advised(*crew(), given, longer, at="14:20")
        assert (one.advice, one.since) == (MAY, "2031-03-06T14:03:00Z")
        assert reasons(one) == [("HE-03", longer.id)]


class TestUntil:
    @pytest.mark.parametrize(
        ("until", "when", "given"),
        [
            ("2031-03-06T14:10:00Z", "14:09:59", MAY),
            ("2031-03-06T14:10:00Z", "14:10", HOLD),
            ("2031-03-06T08:10-06:00", "14:09:59", MAY),
            ("2031-03-06T08:10-06:00", "14:10", HOLD),
            ("2031-03-06T08:10", "14:10", HOLD),
            ("2031-03-06", "23:59", MAY),
            ("2031-03-05", "14:04", HOLD),
            ("the scene is safe", "14:04", HOLD),
            (["2031-03-06T14:10:00Z", "2031-03-06T15:00:00Z"], "14:10", HOLD),
        ],
    )
    def test_ends_it(self, until: object, when: str, given: str) -> None:
        told = (*crew(), cleared("14:03", slots={"until": until}))
        assert verdict(*told, at=when, zone=ZoneInfo("America/Chicago")) == given

    def test_is_the_reason_and_the_moment(self) -> None:
        given = cleared("14:03", slots={"until": "2031-03-06T14:10:00Z"})
        one = advised(*crew(), given, at="14:30")
        assert (one.since, one.unused_clearance_s) == ("2031-03-06T14:10:00Z", 420)
        assert reasons(one) == [("HE-04", given.id)]


class TestWhatEndsIt:
    @pytest.mark.parametrize(
        ("parts", "then"),
        [
            ({}, HOLD),
            ({"stance": "believes"}, HOLD),
            ({"stance": "does"}, HOLD),
            ({"hedge": "possible"}, HOLD),
            ({"hedge": "reported"}, HOLD),
            ({"via": RELAY}, HOLD),
            ({"who": None}, HOLD),
            ({"who": "neighbour"}, HOLD),
            ({"weapon": None}, HOLD),
            ({"by": {"name": "program", "kind": "automaton"}}, HOLD),
            ({"by": {"name": "somebody", "kind": "unnamed"}}, HOLD),
            ({"by": {"name": "Courier", "kind": "narrator"}}, HOLD),
            ({"reviewed": False}, HOLD),
            ({"book": "harrow-police/public"}, HOLD),
            ({"stance": "expects"}, MAY),
            ({"stance": "denies"}, MAY),
            ({"stance": "cannot_say"}, MAY),
            ({"stance": "does_not_know"}, MAY),
            ({"who": "officer-1"}, MAY),
            ({"who": "clinician"}, MAY),
            ({"book": "harrow-police/inquiry"}, MAY),
            ({"incident": "mill-street"}, MAY),
        ],
    )
    def test_any_weapon_of_anybody_else(self, parts: dict[str, object], then: str) -> None:
        assert verdict(*crew(), cleared("14:03"), knife("14:15", **parts)) == then

    def test_at_the_same_instant_the_weapon_wins(self) -> None:
        told = (*crew(), knife("14:03"), cleared("14:03"))
        assert verdict(*told) == HOLD
        assert advised(*told).since == "2031-03-06T14:01:00Z"

    def test_a_weapon_that_was_withdrawn_counts_as_before(self) -> None:
        seen = knife("14:10")
        gone = knife("14:12", stance="cannot_say", replaces=seen.id)
        assert verdict(*crew(), cleared("14:03"), seen, gone) == HOLD
        assert verdict(*crew(), cleared("14:03"), seen, gone, cleared("14:13")) == MAY

    @pytest.mark.parametrize(
        "parts",
        [
            {"hedge": "possible"},
            {"via": RELAY},
            {"by": {"name": "Courier", "kind": "narrator"}},
        ],
    )
    def test_nor_is_one_passed_over_who_is_a_member_only_maybe(
        self, parts: dict[str, object]
    ) -> None:
        maybe = at("14:01", "dispatched", unit="C9", members="man", **parts)
        assert verdict(*crew(), maybe, cleared("14:03"), knife("14:15", who="man")) == HOLD

    def test_neither_a_later_dispatch_nor_a_join_gives_back_what_ended(self) -> None:
        told = (*crew(), cleared("14:03"), knife("14:15", who="man"))
        sent = at("14:20", "dispatched", unit="R2", members="man", by=SYSTEM)
        same = at("14:20", "same", who="man", whom="officer-1", by=SERGEANT)
        assert verdict(*told, sent) == HOLD
        assert verdict(*told, same) == HOLD
        assert verdict(*told, same, cleared("14:21")) == MAY

    def test_who_turns_out_to_be_no_member_ends_it_from_then(self) -> None:
        sent = at("14:02", "dispatched", unit="R2", members="man")
        told = (*crew(), sent, cleared("14:03"), knife("14:15", who="man"))
        gone = at("14:20", "dispatched", unit="R2", stance="cannot_say", replaces=sent.id)
        assert verdict(*told) == MAY
        assert advised(*told, gone).since == "2031-03-06T14:20:00Z"

    @pytest.mark.parametrize("held", ["clinician", "C3", None])
    def test_an_order_to_hold(self, held: str | None) -> None:
        order = at(
            "14:08", "held", by=SERGEANT, stance="does", slots={"who": held, "for": "engage"}
        )
        one = advised(*crew(), cleared("14:03"), order)
        assert (one.advice, one.since) == (HOLD, "2031-03-06T14:08:00Z")
        assert reasons(one) == [("HE-06", order.id)]
        assert verdict(*crew(), order, cleared("14:09")) == MAY
        assert verdict(*crew(), order, cleared("14:09", said="2031-03-06T14:07:00Z")) == HOLD

    def test_at_the_same_instant_the_order_to_hold_wins(self) -> None:
        order = at("14:03", "held", by=SERGEANT, stance="does", slots={"who": "clinician"})
        assert verdict(*crew(), cleared("14:03"), order) == HOLD

    def test_not_an_order_to_hold_somebody_else(self) -> None:
        order = at("14:08", "held", by=SERGEANT, stance="does", slots={"who": "medic-1"})
        assert verdict(*crew(), cleared("14:03"), order) == MAY


class TestWhatItsGiverHadSeen:
    def test_up_to_the_statement_that_is_named_and_that_one_too(self) -> None:
        first, second, third = knife("14:05"), knife("14:06"), knife("14:07")
        told = (*crew(), first, second, third)
        for seen, given in ((first, HOLD), (second, HOLD), (third, MAY)):
            assert verdict(*told, cleared("14:30", slots={"having_seen": seen.id})) == given
        named = cleared("14:30", slots={"having_seen": second.id})
        assert reasons(advised(*told, named)) == [("HE-02", third.id)]

    def test_not_what_was_said_before_it_where_less_is_named(self) -> None:
        said = at("14:04", "located", what="call-1", place="14 Harrow Lane")
        told = (*crew(), said, knife("14:05"))
        assert verdict(*told, cleared("14:30", slots={"having_seen": said.id})) == HOLD

    def test_a_denial_may_be_what_is_named(self) -> None:
        denied = at("14:09", "armed", who="woman", stance="denies", by=OFFICER)
        told = (*crew(), knife("14:05"), denied)
        assert verdict(*told, cleared("14:30", slots={"having_seen": denied.id})) == MAY

    def test_what_is_not_here_was_not_seen(self) -> None:
        named = cleared("14:30", slots={"having_seen": uuid7(77)})
        assert verdict(*crew(), knife("14:05"), named) == HOLD
        assert verdict(*crew(), named) == MAY

    def test_by_the_id_with_its_book(self) -> None:
        seen = knife("14:05")
        named = cleared("14:30", slots={"having_seen": f"{RADIO}:{seen.id}"})
        assert verdict(*crew(), seen, named) == MAY

    def test_of_an_id_that_stands_in_two_books_the_earlier(self) -> None:
        first = knife("14:05")
        twin = knife("14:15", id=first.id, book="county-911/incident")
        told = (*crew(), first, twin)
        assert verdict(*told, cleared("14:30", slots={"having_seen": first.id})) == HOLD
        both = [f"{RADIO}:{first.id}", f"county-911/incident:{first.id}"]
        assert verdict(*told, cleared("14:30", slots={"having_seen": both})) == MAY

    def test_a_list_says_each_and_all_up_to_the_earliest(self) -> None:
        first, second, third = knife("14:05"), knife("14:06"), knife("14:07")
        named = cleared("14:30", slots={"having_seen": [first.id, third.id]})
        assert reasons(advised(*crew(), first, second, third, named)) == [("HE-02", second.id)]

    def test_what_is_named_and_arrives_later_was_seen(self) -> None:
        late, other = knife("14:40"), knife("14:41")
        named = cleared("14:30", slots={"having_seen": late.id})
        assert verdict(*crew(), named, late) == MAY
        assert verdict(*crew(), named, late, other) == HOLD

    @pytest.mark.parametrize(
        ("said", "given"),
        [
            (None, MAY),
            ("2031-03-06T14:16:00Z", MAY),
            ("2031-03-06T08:15", HOLD),
            ("2031-03-06T08:14:00-06:00", HOLD),
            ("2031-03-06T08:14", HOLD),
            ("2031-03-06T08:16", MAY),
            ("2031-03-06", MAY),
            ("2031-03-05", HOLD),
            ("Thursday afternoon", MAY),
            ("../2031-03-06T14:16:00Z", HOLD),
            ("Y-20000", HOLD),
            ("Y20000", MAY),
            ("2031-03-06T23:00:00Z", MAY),
        ],
    )
    def test_else_what_was_recorded_before_it_was_said(self, said: str | None, given: str) -> None:
        told = (*crew(), knife("14:15"), cleared("14:20", said=said))
        assert verdict(*told, zone=ZoneInfo("America/Chicago")) == given

    def test_a_clock_that_is_ahead_says_nothing_after_it_was_recorded(self) -> None:
        told = (*crew(), cleared("14:14", said="2031-03-06T14:30:00Z"), knife("14:15"))
        assert verdict(*told) == HOLD

    def test_where_clocks_may_differ_the_rule_says_by_how_much(self) -> None:
        wide = tuple(
            replace(one, clocks_off_s=300) if one.id == "HE-03" else one for one in TERMS.advice
        )
        told = (*crew(), knife("14:15"), cleared("14:18"))
        assert verdict(*told) == MAY
        assert verdict(*told, terms=TERMS._replace(advice=wide)) == HOLD
        assert verdict(*told, cleared("14:20:01"), terms=TERMS._replace(advice=wide)) == MAY

    def test_a_weapon_that_is_put_into_the_past_afterwards_was_seen_by_nobody(self) -> None:
        given = replace(cleared("14:20"), appended=clock("14:20"))
        late = replace(knife("14:10"), backfilled=True, appended=clock("14:30"))
        assert verdict(*crew(), late, given) == HOLD
        entered_together = replace(given, backfilled=True)
        assert verdict(*crew(), late, entered_together) == MAY


class TestUnusedClearance:
    def engaged(self, text: str, **parts: object) -> object:
        return at(text, "engaged", who="clinician", whom="woman", by=OFFICER, **parts)

    def test_counts_to_engaged(self) -> None:
        told = (*crew(), cleared("14:03"), self.engaged("14:05"), knife("14:15"))
        assert advised(*told).unused_clearance_s == 120

    def test_counts_to_when_it_happened_where_that_is_told(self) -> None:
        late = self.engaged("20:00", slots={"who": "clinician", "happened": "2031-03-06T14:05:00Z"})
        assert advised(*crew(), cleared("14:03"), knife("14:15"), late).unused_clearance_s == 120

    def test_an_engagement_after_its_end_used_nothing(self) -> None:
        told = (*crew(), cleared("14:03"), knife("14:15"), self.engaged("14:20"))
        assert advised(*told).unused_clearance_s == 720

    @pytest.mark.parametrize("parts", [{"stance": "denies"}, {"hedge": "possible"}])
    def test_nor_one_that_is_not_told_for_sure(self, parts: dict[str, object]) -> None:
        told = (*crew(), cleared("14:03"), self.engaged("14:05", **parts), knife("14:15"))
        assert advised(*told).unused_clearance_s == 720

    def test_nor_one_by_somebody_else(self) -> None:
        other = at("14:05", "engaged", who="officer-1", whom="woman")
        assert advised(*crew(), cleared("14:03"), other, knife("14:15")).unused_clearance_s == 720

    def test_counts_from_when_it_was_recorded_not_from_when_it_was_said(self) -> None:
        told = (*crew(), cleared("14:10", said="2031-03-06T14:03:00Z"))
        assert advised(*told, at="14:12").unused_clearance_s == 120

    def test_two_clearances_at_once_count_once(self) -> None:
        told = (*crew(), cleared("14:03"), cleared("14:05", by=OFFICER), knife("14:15"))
        assert advised(*told).unused_clearance_s == 720


class TestWhatTheReaderDoesNotOpen:
    def test_a_hidden_weapon_holds_and_shows_the_rule_alone(self) -> None:
        told, hidden = (*crew(), cleared("14:03")), [knife("14:15", book=CLOSED)]
        one = advised(*told, hidden=hidden, at="14:20")
        assert (one.advice, one.since) == (HOLD, "2031-03-06T14:15:00Z")
        assert reasons(one) == [("HE-02", None)]
        assert (one.cleared_by, one.clearance, one.unused_clearance_s) == (None, None, 720)
        assert advise_json(view_at(*told, hidden=hidden, at="14:14")) == advise_json(
            view_at(*told, at="14:14")
        )

    def test_several_show_no_more_than_one(self) -> None:
        told = (*crew(), cleared("14:03"))
        one = [knife("14:15", book=CLOSED)]
        more = [*one, knife("14:16", book="county/incident", who="man", by=CALLER)]
        assert advise_json(view_at(*told, hidden=one)) == advise_json(view_at(*told, hidden=more))

    @pytest.mark.parametrize("seen", [(), (knife("14:02"),), (cleared("14:03"), knife("14:10"))])
    def test_where_it_is_hold_already_nothing_shows(self, seen: tuple[object, ...]) -> None:
        told = (*crew(), *seen)
        hidden = [knife("14:15", book=CLOSED)]
        assert advise_json(view_at(*told, hidden=hidden)) == advise_json(view_at(*told))

    def test_when_it_was_told_does_not_show_where_nobody_was_advised_yet(self) -> None:
        told = (
            at("14:01", "dispatched", unit="C3", members="clinician"),
            cleared("14:03"),
            at("14:20", "related", who="clinician", whom="C3", relation="clinician"),
        )
        early, late = ([knife(when, book=CLOSED)] for when in ("14:05", "14:15"))
        assert advised(*told, hidden=early).since == "2031-03-06T14:20:00Z"
        assert advise_json(view_at(*told, hidden=early)) == advise_json(view_at(*told, hidden=late))

    def test_a_clearance_that_names_it_has_seen_it(self) -> None:
        hidden = knife("14:02", book=CLOSED)
        told = (*crew(), cleared("14:03", slots={"having_seen": hidden.id}))
        assert verdict(*told, hidden=[hidden]) == MAY
        assert verdict(*told, hidden=[hidden, knife("14:02:30", book=CLOSED)]) == HOLD

    @pytest.mark.parametrize("number", [1, 9_999])
    def test_at_the_instant_of_what_was_named_it_was_not_seen_whatever_its_id(
        self, number: int
    ) -> None:
        seen = knife("14:02", id=uuid7(500))
        told = (*crew(), seen, cleared("14:03", slots={"having_seen": seen.id}))
        hidden = knife("14:02", book=CLOSED, id=uuid7(number))
        assert verdict(*told) == MAY
        assert verdict(*told, hidden=[hidden]) == HOLD

    def test_what_is_hidden_never_makes_may_engage_of_a_hold(self) -> None:
        hidden = at("14:08", "armed", who="woman", stance="denies", book=CLOSED)
        told = (*crew(), knife("14:05"), cleared("14:09", slots={"having_seen": hidden.id}))
        assert verdict(*told) == verdict(*told, hidden=[hidden]) == HOLD

    def test_clearances_dispatches_and_orders_are_not_drawn_from_it(self) -> None:
        hidden = [cleared("14:03", book=CLOSED), *crew(who="medic-1", unit="M1")]
        view = view_at(*crew(), hidden=hidden)
        assert [(one.who, one.advice) for one in view.advice] == [
            ("clinician", HOLD),
            ("officer-1", NOT),
        ]
        order = at("14:08", "held", stance="does", who="clinician", book=CLOSED)
        assert verdict(*crew(), cleared("14:03"), hidden=[order]) == MAY

    @pytest.mark.parametrize("book", ["harrow-police/inquiry", "harrow-police/personnel"])
    def test_nor_weapons_from_other_classes(self, book: str) -> None:
        assert verdict(*crew(), cleared("14:03"), hidden=[knife("14:15", book=book)]) == MAY


class TestTheJson:
    def test_is_the_contracts(self) -> None:
        view = json.loads(advise_json(view_at(*crew(), cleared("14:03"), at="14:05")))
        assert view["at"] == "2031-03-06T14:05:00Z"
        first = view["advice"][0]
        assert {"who", "advice", "since", "because", "cleared_by", "unused_clearance_s"} <= {*first}
        assert {*first["because"][0]} == {"statement", "rule"}
        assert list(view) == sorted(view)

    def test_tells_where_each_rule_stands_and_how_far_it_was_read(self) -> None:
        view = view_at(*crew(), cleared("14:03"), at="14:05")
        assert [one.rule for one in view.cited] == ["HE-03", "HE-07"]
        assert all(one.citation and one.confidence == "text" for one in view.cited)

    def test_reasons_stand_in_the_order_of_record(self) -> None:
        first, second = knife("14:05"), knife("14:04")
        assert reasons(advised(*crew(), first, second)) == [
            ("HE-02", second.id),
            ("HE-02", first.id),
        ]


class TestTheRulesOfTheDay:
    def test_without_a_rule_that_lets_engage_nobody_may(self) -> None:
        terms = TERMS._replace(advice=tuple(one for one in TERMS.advice if one.id != "HE-03"))
        one = advised(*crew(), cleared("14:03"), terms=terms)
        assert (one.advice, reasons(one)) == (HOLD, [("HE-01", None)])

    @pytest.mark.parametrize(
        "parts",
        [
            {"confidence": Confidence.UNVERIFIED},
            {"in_force_to": "2031-03-05"},
            {"in_force_from": "2031-03-07"},
        ],
    )
    def test_nor_by_one_that_nobody_has_read_or_that_is_of_another_day(
        self, parts: dict[str, object]
    ) -> None:
        rules = tuple(replace(one, **parts) if one.id == "HE-03" else one for one in TERMS.advice)
        assert verdict(*crew(), cleared("14:03")) == MAY
        assert verdict(*crew(), cleared("14:03"), terms=TERMS._replace(advice=rules)) == HOLD

    def test_without_a_rule_to_hold_no_advice_is_given(self) -> None:
        with pytest.raises(RulesFault, match="ground unknown"):
            view_at(*crew(), terms=TERMS._replace(advice=()))


def test_now_is_never_before_what_is_already_here() -> None:
    told = Drawn([*crew(), cleared("14:03")], [knife("14:15", book=CLOSED)])
    assert now_at(told, clock("14:12")) == clock("14:15")
    assert now_at(told, clock("14:20")) == clock("14:20")
    hidden = [at("15:00", "aged", who="woman", book=CLOSED)]
    assert now_at(Drawn(told.opened, hidden), clock("14:12")) == clock("14:12")


def now(*opened: Statement, hidden: Sequence[Statement] = (), clock_says: str = "14:12") -> Advice:
    """The advice where no moment is named, by a clock that may be behind."""
    told = Drawn(opened, (*opened, *hidden))
    return advise_now(told, incident=INCIDENT, clock=clock(clock_says), terms=TERMS)


def test_a_hidden_weapon_ahead_of_the_clock_tells_its_moment_only_by_a_hold_it_begins() -> None:
    sent = crew()
    cleared_then = cleared("14:03")
    ahead = [knife("14:15", book=CLOSED), knife("14:40", book=CLOSED)]
    held = now(*sent, hidden=ahead)
    assert held == now(*sent)
    assert held.at == "2031-03-06T14:12:00Z"
    ended = now(*sent, cleared_then, hidden=ahead)
    assert (row(ended).advice, ended.at) == (HOLD, "2031-03-06T14:15:00Z")
    assert ended == now(*sent, cleared_then, hidden=ahead[:1])
    assert now(*sent, cleared_then).at == "2031-03-06T14:12:00Z"


def test_a_correction_of_the_dispatch_does_not_begin_the_hold_anew() -> None:
    sent, relation = crew("14:01")
    again = at(
        "14:09",
        "dispatched",
        unit="C3",
        members=["officer-1", "officer-2", "clinician"],
        stance="does",
        replaces=sent.id,
    )
    assert advised(sent, relation, again).since == "2031-03-06T14:01:00Z"
    joined = at(
        "14:09", "dispatched", unit="C3", members=["medic-1"], stance="does", replaces=sent.id
    )
    medic = at("14:09", "related", who="medic-1", whom="C3", relation="medic")
    assert advised(sent, joined, medic, who="medic-1").since == "2031-03-06T14:09:00Z"


@pytest.mark.parametrize("name", ["clinician", "Clinician", "Dr. Quill"])
def test_nobody_clears_themself(name: str) -> None:
    joined = at("14:02", "same", by=SERGEANT, who="clinician", whom="Dr. Quill")
    own = cleared("14:03", by={"name": name, "kind": "responder", "party": "county-health"})
    alone = view_at(*crew(), joined, own)
    assert [one.advice for one in alone.advice if one.who != "officer-1"] == [HOLD]
    by_another = view_at(*crew(), joined, own, cleared("14:04"))
    assert [one.advice for one in by_another.advice if one.who != "officer-1"] == [MAY]
