"""Law 6 at the gate: unknown is hold, and a clearance never outruns a weapon it had not seen.

Properties over made-up calls, then the gate under partition: random schedules in which links are
lost, statements arrive late and out of order, and clocks are off by up to five minutes. What a
giver had truly seen is known there, so it is tried against that and not against the program's own
idea of it. Law 3 at the gate: what is hidden reveals the hold and nothing else.
"""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from at_the_gate import INCIDENT, TERMS, clock
from telling import uuid7
from whoseword.response import Advice, Drawn, Terms, advise, advise_json, now_at, replay
from whoseword.words import (
    AFFIRMING,
    Hedge,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    statement_from,
)
from whoseword.words.aftermath import Cleared
from whoseword.words.scene import Armed, Dispatched, Related, Same

NOON = clock("12:00")
LAST = 40
WHO = ("clinician", "clinician", "officer-1", "woman", "man", "C3", None)
BOOKS = ("county-911/response/calls", "harrow-police/response/radio", "harrow-police/public")
CLOSED = ("harrow-police/incident/notes", "county/incident", "county/inquiry")
SPEAKERS = (
    {"name": "Sergeant Amsel", "kind": "official", "party": "harrow-police"},
    {"name": "Sergeant Amsel", "kind": "official", "party": "harrow-police"},
    {"name": "officer-1", "kind": "responder", "party": "harrow-police"},
    {"name": "County 911", "kind": "agency"},
    {"name": "dispatch system", "kind": "automaton"},
    {"name": "caller", "kind": "witness"},
    {"name": "Harrow Courier", "kind": "narrator"},
)
STANCES = ("affirms", "affirms", "does", "does", "denies", "believes", "expects", "does_not_know")
KINDS = (
    *("armed",) * 5,
    *("cleared",) * 9,
    *("dispatched", "related", "held", "engaged", "same"),
)


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def _fact(draw: Callable[..., Any], kind: str, earlier: Sequence[dict[str, Any]]) -> dict[str, Any]:
    who, whom = draw(WHO), draw(WHO)
    ids = [one["id"] for one in earlier]
    return {"kind": kind} | {
        "armed": lambda: {"who": who, "weapon": draw((None, None, "knife", ["gun", "knife"]))},
        "cleared": lambda: {
            "who": draw(("clinician", "clinician", "clinician", "man", None)),
            "for": draw(("engage", "engage", "engage", "engage", "transport")),
            "until": draw((*(None,) * 8, minute(draw(range(LAST))).isoformat(), "relieved")),
            "having_seen": draw((*(None,) * 6, *ids, uuid7(200), uuid7(9_999), ids[:2] or None)),
        },
        "dispatched": lambda: {
            "unit": draw(("C3", "C3", "R2", None)),
            "members": draw((["officer-1", "clinician"], "clinician", "man", None)),
        },
        "related": lambda: {
            "who": draw(("clinician", "officer-1", "man")),
            "whom": draw(("C3", "R2")),
            "relation": draw(("clinician", "officer", "medic")),
        },
        "held": lambda: {"who": who, "for": draw(("engage", None, "transport"))},
        "engaged": lambda: {"who": who, "whom": whom},
        "same": lambda: {"who": who, "whom": whom},
    }[kind]()


def calls(books: Sequence[str] = BOOKS, first: int = 1) -> st.SearchStrategy[list[Statement]]:
    """Statements of one call, told by a number, so that drawing is fast."""
    return st.integers(0, 2**48).map(lambda seed: call(seed, books, first))


def call(seed: int, books: Sequence[str] = BOOKS, first: int = 1) -> list[Statement]:
    """Statements as books would hold them; those of the first books begin with a dispatch."""
    chance = random.Random(seed)
    sent = [
        ("dispatched", {"unit": "C3", "members": ["officer-1", "clinician"]}),
        ("related", {"who": "clinician", "whom": "C3", "relation": "clinician"}),
    ]
    made: list[dict[str, Any]] = [] if first > 1 else [
        {
            "id": uuid7(number), "incident": INCIDENT, "book": BOOKS[0], "speaker": SPEAKERS[3],
            "stance": "does", "recorded": minute(0).isoformat(),
            "fact": {"kind": kind, **slots}, "source": {"entered_by": "dispatcher"},
        }
        for number, (kind, slots) in enumerate(sent)
    ]  # fmt: skip
    for number in range(chance.randrange(3, 12) if first == 1 else chance.randrange(4)):
        made.append(_statement(chance, _own_id(chance, first, number), books, made))
    return [statement_from(value) for value in made]


def _own_id(chance: random.Random, first: int, number: int) -> str:
    """An id of its own or, in a closed book, one that may stand in an open book too."""
    shared = first > 1 and chance.randrange(5) == 0
    return uuid7(100 + number if shared else 100 * first + number)


def _statement(
    chance: random.Random, own: str, books: Sequence[str], made: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    at = chance.randrange(LAST - 5)
    draw: Callable[..., Any] = chance.choice
    value: dict[str, Any] = {
        "id": own,
        "incident": INCIDENT,
        "book": draw(books),
        "speaker": draw(SPEAKERS),
        "via": draw(([], [], [], [{"name": "manager", "kind": "witness"}])),
        "said": draw((None, None, minute(at - draw((0, 1, 5))).isoformat(), "Thursday")),
        "recorded": minute(at).isoformat(),
        "stance": draw(STANCES),
        "hedge": draw(("plain", "plain", "plain", "possible")),
        "fact": _fact(draw, draw(KINDS), made),
        "source": {"entered_by": "dispatcher"},
        "reviewed": draw((True, True, True, False)),
    }
    if value["fact"]["kind"] == "cleared" and draw((True, True, True, False)):
        value |= {"stance": "does", "hedge": "plain", "via": [], "speaker": SPEAKERS[0]}
        value["reviewed"] = True
    if value["fact"]["kind"] == "cleared" and draw((True, False, False)):
        value["occasion"] = {"kind": "screening"}
    if books is CLOSED and draw((True, True, True, False)):
        value |= {"stance": "affirms", "fact": {"kind": "armed", "who": draw(WHO)}}
    if made and draw((True, *(False,) * 12)):
        earlier = draw(list(made))
        value |= {name: earlier[name] for name in ("book", "speaker")} | {"replaces": earlier["id"]}
    return value


MOMENTS = st.integers(-1, LAST).map(minute)


END = minute(LAST)


TAKEN_UP = TERMS._replace(profiles=("missouri", "albuquerque", "denver"))


def judged(
    opened: Sequence[Statement], at: datetime = END, hidden: Sequence[Statement] = ()
) -> Advice:
    return advise(Drawn(opened, (*opened, *hidden)), incident=INCIDENT, at=at, terms=TAKEN_UP)


def verdicts(view: Advice) -> dict[str, str]:
    return {one.who: one.advice for one in view.advice}


# --- Law 6, whatever is said


@given(calls(), MOMENTS)
def test_nobody_may_engage_without_a_clearance_that_stands(
    told: list[Statement], at: datetime
) -> None:
    said = {one.id: one for one in told}
    for row in judged(told, at).advice:
        if row.advice != "may_engage":
            assert row.cleared_by is None
            continue
        assert row.because
        for reason in row.because:
            one = said[reason.statement]
            assert isinstance(one.fact, Cleared)
            assert (one.stance, one.hedge, one.via) == (Stance.DOES, Hedge.PLAIN, ())
            assert one.speaker.kind in (SpeakerKind.OFFICIAL, SpeakerKind.RESPONDER)
            assert one.fact.for_ == "engage"
            assert one.recorded <= at
            assert one.fact.until is None or datetime.fromisoformat(str(one.fact.until)) > at
            assert not [
                later for later in told if later.replaces == one.id and later.recorded <= at
            ]
            then = [other for other in told if other.recorded <= at]
            for weapon in then:
                assert not outruns(one, weapon, then), (one, weapon)
            if one.occasion is not None and row.who == "clinician":
                company = {other.who: other.advice for other in judged(told, at).advice}
                assert company.get("officer-1") != "not_applicable"


def is_weapon(one: Statement) -> bool:
    """Whether somebody is said or believed to be armed."""
    says_so = one.stance in AFFIRMING or one.stance is Stance.BELIEVES
    return isinstance(one.fact, Armed) and says_so


def named_in(told: Sequence[Statement]) -> set[str]:
    """What clearances name as seen."""
    given = [one.fact.having_seen for one in told if isinstance(one.fact, Cleared)]
    return {ref for seen in given if seen for ref in ((seen,) if isinstance(seen, str) else seen)}


def outruns(clearance: Statement, weapon: Statement, told: Sequence[Statement]) -> bool:
    """Whether a weapon of nobody's unit was told after all that a clearance can have seen.

    Who is one with whom, and so in a unit, is tried in the unit tests.
    """
    joined = any(isinstance(one.fact, Same) for one in told)
    if not is_weapon(weapon) or weapon.fact.who not in (None, "" if joined else "woman"):
        return False
    named = getattr(clearance.fact, "having_seen", None) or ()
    ids = (named,) if isinstance(named, str) else named
    up_to = [(one.recorded, one.id) for one in told if one.id in ids]
    seen = bool(up_to) and (weapon.recorded, weapon.id) <= max(up_to)
    return clearance.recorded <= weapon.recorded and not seen


@given(calls(), calls(books=(*BOOKS, *CLOSED), first=2), MOMENTS)
def test_no_weapon_makes_may_engage_of_a_hold(
    told: list[Statement], more: list[Statement], at: datetime
) -> None:
    """None of them is named by a clearance: what is named can show how much its giver had seen."""
    weapons = [
        replace(one, replaces=None)
        for one in more
        if isinstance(one.fact, Armed)
        and one.stance is not Stance.DENIES
        and one.id not in named_in(told)
    ]
    before, after = verdicts(judged(told, at)), verdicts(judged([*told, *weapons], at))
    assert before.keys() == after.keys()
    assert not [who for who in before if before[who] == "hold" and after[who] == "may_engage"]


@given(calls(books=(*BOOKS, *CLOSED)), st.randoms(use_true_random=False), MOMENTS)
def test_the_order_in_which_statements_are_handed_in_is_nothing(
    told: list[Statement], chance: random.Random, at: datetime
) -> None:
    mixed = list(told)
    chance.shuffle(mixed)
    opened = [one for one in told if one.book not in CLOSED]
    also = [one for one in mixed if one.book not in CLOSED]
    one = advise(Drawn(opened, told), incident=INCIDENT, at=at, terms=TAKEN_UP)
    other = advise(Drawn(iter(also), iter(mixed)), incident=INCIDENT, at=at, terms=TAKEN_UP)
    assert advise_json(one) == advise_json(other)


@given(calls(), calls(books=CLOSED, first=2), MOMENTS)
def test_what_is_recorded_later_changes_nothing_as_of_a_moment(
    told: list[Statement], hidden: list[Statement], at: datetime
) -> None:
    then = [one for one in told if one.recorded <= at]
    seen = [one for one in hidden if one.recorded <= at]
    assert advise_json(judged(then, at, seen)) == advise_json(judged(told, at, hidden))


# --- Law 3: what is hidden reveals the hold alone


@given(calls(), calls(books=CLOSED, first=2), MOMENTS)
def test_what_is_hidden_only_ever_holds(
    told: list[Statement], hidden: list[Statement], at: datetime
) -> None:
    before, after = judged(told, at).advice, judged(told, at, hidden).advice
    for one, other in zip(before, after, strict=True):
        assert one.who == other.who
        if one.advice == other.advice == "hold":
            assert one.because == other.because
        elif one.advice != other.advice:
            assert (one.advice, other.advice) == ("may_engage", "hold")
            assert [(reason.statement, reason.rule) for reason in other.because] == [
                (None, "HE-02")
            ]
    assert judged(told, at).tasks == judged(told, at, hidden).tasks


def held_at(told: Sequence[Statement], hidden: Sequence[Statement], at: datetime) -> object:
    """What a reader is told anyway, asking moment by moment: who is held when."""
    minutes = [minute(number) for number in range(LAST) if minute(number) <= at]
    return [verdicts(judged(told, one, hidden)) for one in (*minutes, at)]


@given(calls(), calls(books=CLOSED, first=2), calls(books=CLOSED, first=3))
def test_the_same_holds_are_the_same_bytes_whatever_is_hidden(
    told: list[Statement], hidden: list[Statement], others: list[Statement]
) -> None:
    at = END
    for these, those in ((hidden, others), (hidden, [])):
        if held_at(told, these, at) == held_at(told, those, at):
            assert advise_json(judged(told, at, these)) == advise_json(judged(told, at, those))


@given(calls(), calls(books=CLOSED, first=2))
def test_only_when_a_hidden_weapon_was_told_can_show_and_nothing_else_of_it(
    told: list[Statement], hidden: list[Statement]
) -> None:
    """Of whom it is told may decide whether it ends a clearance at all: a unit's own arms do not."""
    named = named_in(told)
    joined = any(isinstance(one.fact, Same) for one in told)
    kept = [
        one
        for one in hidden
        if is_weapon(one) and one.fact.who in ("woman", None) and one.id not in named
    ]
    changed = [
        replace(
            one,
            id=uuid7(500 + order),
            fact=Armed(who=one.fact.who if joined else None, weapon="gun"),
            stance=Stance.BELIEVES,
            hedge=Hedge.REPORTED,
            book="another/incident" if one.book != "county/inquiry" else one.book,
            speaker=Speaker("somebody", SpeakerKind.UNNAMED),
            replaces=None,
        )
        for order, one in enumerate(kept)
    ]
    assert advise_json(judged(told, END, kept)) == advise_json(judged(told, END, changed))


@given(calls(), calls(books=CLOSED, first=2))
def test_a_replay_shows_at_each_moment_what_was_advised_then(
    told: list[Statement], hidden: list[Statement]
) -> None:
    view = replay(
        Drawn(told, hidden),
        incident=INCIDENT,
        at=END,
        terms=TAKEN_UP,
    )
    shown = {one.recorded for one in told}
    for moment in view.moments:
        at = datetime.fromisoformat(moment.at)
        assert moment.advice == judged(told, at, hidden).advice
        assert (moment.statements == ()) == (at not in shown)
    assert shown <= {datetime.fromisoformat(one.at) for one in view.moments}
    assert {id_ for one in view.moments for id_ in one.statements} == {one.id for one in told}


# --- The gate under partition

ORDINARY, FULL_LENGTH, PARTS = 10_000, 1_000_000, 8
SECONDS, CLOCKS_OFF = 1_800, 300
LOST, LATEST = 0.2, 900
ENTERED = Source(entered_by="dispatcher")
SYSTEM = Speaker("dispatch system", SpeakerKind.AUTOMATON)
OFFICER = Speaker("officer-1", SpeakerKind.RESPONDER)
SERGEANT = Speaker("Sergeant Amsel", SpeakerKind.OFFICIAL)
DISPATCH = Dispatched(unit="C3", members=("officer-1", "clinician"))
CLINICIAN = Related(who="clinician", whom="C3", relation="clinician")
WEAPONS = tuple(Armed(who=who, weapon="knife") for who in ("woman", "man", None))
CLEARS = {
    seen: Cleared(who="clinician", for_="engage", having_seen=seen)
    for seen in (None, *map(uuid7, range(40)))
}
IDS = [uuid7(number) for number in range(40)]
CAREFUL = TERMS._replace(
    advice=tuple(
        replace(one, clocks_off_s=CLOCKS_OFF) if one.id == "HE-03" else one for one in TERMS.advice
    )
)


class Schedule(NamedTuple):
    """What is recorded at the home, in its order, and when each client gets it; -1 is never."""

    recorded: list[Statement]
    seen: dict[str, frozenset[str]]
    arrives: list[list[int]]
    off: list[int]


def schedule(chance: random.Random) -> Schedule:
    """One call: what the home records second by second, and what of it reaches three clients.

    The home's clock is the one of ``recorded``; each client's, and the one on the wall of the home,
    is off by up to five minutes. A client in the field clears by naming the last statement up to
    which it has every one that the home recorded. At the home somebody clears without naming
    anything, by the clock on the wall, having everything that was recorded there.
    """
    uniform = chance.random
    off = [int((2 * uniform() - 1) * CLOCKS_OFF) for _ in range(4)]
    events = sorted(int(uniform() * SECONDS) for _ in range(2 + int(uniform() * 5)))
    waiting: list[tuple[int, int, Any, int | None, frozenset[str]]] = []
    recorded: list[Statement] = []
    times: list[int] = []
    arrives: list[list[int]] = []
    seen: dict[str, frozenset[str]] = {}

    def record(at: int, fact: Any, said: int | None, had: frozenset[str] | None) -> None:
        own = IDS[len(recorded)]
        clears = had is not None
        recorded.append(
            Statement(
                id=own,
                incident=INCIDENT,
                book="county-911/response/calls",
                speaker=SERGEANT if clears else OFFICER if type(fact) is Armed else SYSTEM,
                said=None if said is None else (NOON + timedelta(seconds=said)).isoformat(),
                recorded=NOON + timedelta(seconds=at),
                stance=Stance.DOES if clears else Stance.AFFIRMS,
                fact=fact,
                source=ENTERED,
            )
        )
        times.append(at)
        arrives.append(
            [-1 if uniform() < LOST else at + int(uniform() ** 3 * LATEST) for _ in range(3)]
        )
        if had is not None:
            seen[own] = had

    def deliver(until: int) -> None:
        while waiting and min(waiting)[0] <= until:
            entry = min(waiting)
            waiting.remove(entry)
            record(entry[0], entry[2], entry[3], entry[4] if type(entry[2]) is Cleared else None)

    record(0, DISPATCH, None, None)
    record(0, CLINICIAN, None, None)
    for order, at in enumerate(events):
        deliver(at)
        kind = uniform()
        if kind < 0.4:
            delay = 0 if uniform() < 0.5 else int(uniform() * LATEST)
            waiting.append((at + delay, order, chance.choice(WEAPONS), None, frozenset()))
        elif kind < 0.7:
            client = int(uniform() * 3)
            had = [number for number, its in enumerate(arrives) if 0 <= its[client] <= at]
            whole = next((n for n, number in enumerate(had) if n != number), len(had))
            if whole:
                fact = CLEARS[IDS[whole - 1]]
                delay = int(uniform() ** 2 * LATEST)
                said = at + off[client] if uniform() < 0.7 else None
                waiting.append((at + delay, order, fact, said, frozenset(IDS[n] for n in had)))
        else:
            delay = int(uniform() ** 2 * LATEST)
            all_here = frozenset(IDS[: len(recorded)])
            waiting.append((at + delay, order, CLEARS[None], at + off[3], all_here))
        deliver(at)
    deliver(SECONDS + LATEST)
    return Schedule(recorded, seen, arrives, off)


def outrun(
    made: Schedule, client: int, now: int, terms: Terms, moment: Callable[..., datetime]
) -> tuple[bool, bool]:
    """Whether a client shows may engage, and whether on a clearance that had not seen a weapon."""
    here = [
        one for one, its in zip(made.recorded, made.arrives, strict=True) if 0 <= its[client] <= now
    ]
    told = Drawn(here, here)
    at = moment(told, NOON + timedelta(seconds=now + made.off[client]))
    for row in advise(told, incident=INCIDENT, at=at, terms=terms).advice:
        if row.advice == "may_engage":
            weapons = {one.id for one in here if type(one.fact) is Armed}
            return True, any(not weapons <= made.seen[why.statement] for why in row.because)
    return False, False


def try_schedules(
    many: int, seed: int, terms: Terms = CAREFUL, moment: Callable[..., datetime] = now_at
) -> tuple[int, int, int]:
    """How many clients showed may engage, how many wrongly, and how many held in spite of one."""
    chance = random.Random(seed)
    may = wrong = held = 0
    for _ in range(many):
        made = schedule(chance)
        for client in range(3):
            shown, outran = outrun(
                made, client, int(chance.random() * (SECONDS + LATEST)), terms, moment
            )
            may, wrong = may + shown, wrong + outran
            held += not shown and bool(made.seen)
    return may, wrong, held


@pytest.mark.parametrize("part", range(PARTS))
def test_no_client_shows_may_engage_on_a_clearance_that_had_not_seen_its_weapon(
    part: int, pytestconfig: pytest.Config
) -> None:
    many = (FULL_LENGTH if pytestconfig.getoption("--laws") else ORDINARY) // PARTS
    may, wrong, held = try_schedules(many, 20310306 + part)
    assert wrong == 0
    assert may > many // 10, "schedules in which nobody may engage try nothing"
    assert held > many // 10


def test_a_gate_that_trusts_every_clock_would_be_found() -> None:
    assert try_schedules(2_000, 1, TERMS)[1] > 0


def test_so_would_one_that_leaves_out_what_its_clock_has_not_reached() -> None:
    assert try_schedules(2_000, 1, CAREFUL, lambda told, at: at)[1] > 0
