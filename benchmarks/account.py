"""How long the account of many statements takes, and whether it grows as they do.

The aim: 10,000 decoded statements in under 250 ms, linear in their number. Incidents of three
shapes are measured: a wide one (many people, many matters, a mixture of stances, documents,
narrators, corrections and joins), a deep one (one unit's location, told ten thousand times, each
at another minute by one of two voices), where comparing every position with every other would
show, and the same without times. The peer is reading the same statements from their lines, in the
same run; the calls that a statement takes tell of growth without the noise of a clock.

Run: ``python benchmarks/account.py``
"""

import cProfile
import gc
import pstats
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from whoseword.access import parse_reader
from whoseword.account import Account, account, account_json
from whoseword.words import Statement, decode_statement, encode_statement, statement_from

START = datetime(2031, 3, 6, tzinfo=UTC)
END = START + timedelta(days=3650)
READER = parse_reader("oversight@home")
SIZES = (1_000, 10_000, 40_000)
AIM_AT, AIM_MS = 10_000, 250.0
ROUNDS = 5

_SPEAKERS: tuple[dict[str, Any], ...] = (
    {"name": "police chief", "kind": "official", "party": "harrow-police"},
    {"name": "police sergeant", "kind": "official", "party": "harrow-police"},
    {"name": "prosecutor", "kind": "official", "party": "ames-county-prosecutor"},
    {"name": "medical examiner", "kind": "official", "party": "medical-examiner"},
    {"name": "Ames Children's Division", "kind": "agency", "party": "childrens-division"},
    {"name": "tenant", "kind": "witness"},
    {"name": "driver", "kind": "witness"},
    {"name": "manager", "kind": "witness"},
    {"name": "a neighbour", "kind": "unnamed"},
    {"name": "medic-2", "kind": "responder"},
    {"name": "dispatch log", "kind": "record"},
    {"name": "Harrow Courier", "kind": "narrator"},
    {"name": "Ames Daily", "kind": "narrator"},
)
_STANCES = ("affirms",) * 7 + ("denies", "cannot_say", "does_not_know", "no_reply", "believes")
_BASES = ("saw", "heard", "record", "was_told", "unstated", "unstated")
_HEDGES = ("plain",) * 5 + ("possible", "reported")


def _uuid7(number: int) -> str:
    return f"01950000-0000-7000-8000-{number:012x}"


def _statement(number: int, **parts: Any) -> dict[str, Any]:
    return {
        "id": _uuid7(number),
        "incident": "harrow-lane",
        "book": "county/incident",
        "recorded": (START + timedelta(minutes=number // 4)).isoformat(),
    } | parts


def _source(random_: random.Random, documents: int) -> dict[str, Any]:
    return {
        "document": f"{random_.randrange(documents):064x}",
        "start": 0,
        "end": 4,
        "quote": "said",
    }


def _fact(random_: random.Random, people: int) -> dict[str, Any]:
    who = f"person-{random_.randrange(people)}"
    return random_.choice(
        (
            {"kind": "armed", "who": who, "weapon": random_.choice(("knife", "bottle"))},
            {"kind": "injured", "who": who, "by": f"person-{random_.randrange(people)}"},
            {"kind": "handcuffed", "who": who, "place": "hall"},
            {"kind": "arrested", "who": who},
            {"kind": "cause_of_death", "who": who, "means": "fall"},
            {"kind": "present", "who": who, "place": ["hall", "stairs"]},
            {"kind": "aged", "who": who, "age": random_.choice(("4", "four", "5"))},
            {"kind": "located", "what": who, "place": "stairs", "happened": "2031-03-06"},
            {"kind": "discharged_weapon", "who": who, "happened": {"after": "arrival"}},
            {"kind": "requested", "by": "county", "of": "childrens-division", "about": f"died(who={who})"},
        )
    )  # fmt: skip


def wide(count: int) -> list[Statement]:
    """Many people and matters, about ten statements a person, twenty a document."""
    random_ = random.Random(count)
    people, documents = max(1, count // 10), max(1, count // 20)
    made = []
    for number in range(count):
        value = _statement(
            number,
            speaker=random_.choice(_SPEAKERS),
            stance=random_.choice(_STANCES),
            hedge=random_.choice(_HEDGES),
            basis=random_.choice(_BASES),
            source=_source(random_, documents),
            fact=_fact(random_, people),
        )
        if number % 50 == 0:
            who = number % people
            value["fact"] = {
                "kind": "same",
                "who": f"person-{who}",
                "whom": f"person-{who // 10 * 10 + 9}",
            }
            value |= {"stance": "affirms", "hedge": "plain"}
        if number % 100 == 99:
            value["replaces"] = _uuid7(number - 1)
            value["speaker"] = made[-1]["speaker"]
        made.append(value)
    return [statement_from(value) for value in made]


def deep(count: int) -> list[Statement]:
    """One matter: where a unit was, minute by minute, by two voices that never contradict."""
    return [
        statement_from(
            _statement(
                number,
                speaker=_SPEAKERS[10 if number % 2 else 9],
                stance="affirms",
                basis="record",
                source={"entered_by": "analyst"},
                fact={
                    "kind": "located",
                    "what": "unit-7",
                    "place": f"grid {number}",
                    "happened": (START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:00Z"),
                },
            )
        )
        for number in range(count)
    ]


def undated(count: int) -> list[Statement]:
    """One matter: the places where somebody was, none with a time, each told by one of two."""
    return [
        statement_from(
            _statement(
                number,
                speaker=_SPEAKERS[5 if number % 2 else 6],
                stance="affirms",
                basis="saw",
                source={"entered_by": "analyst"},
                fact={"kind": "present", "who": "man", "place": f"room {number}"},
            )
        )
        for number in range(count)
    ]


def _milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def _calls(work: Callable[[], object]) -> int:
    """How many calls the work makes: what grows does so here whatever else the machine does."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def _measure(name: str, make: Callable[[int], list[Statement]]) -> None:
    print(name)
    print(
        f"  {'statements':>10} {'reading':>10} {'account':>10} {'+ json':>10} {'us each':>8} "
        f"{'/reading':>8} {'calls each':>10}"
    )
    for count in SIZES:
        made = make(count)
        lines = [encode_statement(one) for one in made]
        reading, plain, whole = (float("inf"),) * 3

        def view(made: list[Statement] = made) -> Account:
            return account(made, incident="harrow-lane", as_of=END, reader=READER)

        for _ in range(ROUNDS):
            reading = min(reading, _milliseconds(lambda: [decode_statement(one) for one in lines]))  # noqa: B023
            plain = min(plain, _milliseconds(view))
            whole = min(whole, _milliseconds(lambda: account_json(view())))
        met = "met" if plain < AIM_MS else "NOT met"
        aim = f"  aim {AIM_MS:.0f} ms: {met}" if count == AIM_AT else ""
        print(
            f"  {count:>10,} {reading:>7.0f} ms {plain:>7.0f} ms {whole:>7.0f} ms "
            f"{plain * 1000 / count:>8.1f} {plain / reading:>8.2f} {_calls(view) / count:>10.1f}{aim}"
        )


def main() -> None:
    """Print the figures, the best of some rounds in which all three take turns."""
    _measure("wide: many matters", wide)
    _measure("deep: one matter, every position at its own minute", deep)
    _measure("undated: one matter, every position its own value", undated)


if __name__ == "__main__":
    main()
