"""Pairs of homes that differ only in books that one reader may not open (law 3).

Everything is told by a few numbers, so that a pair is drawn fast, and shrunk by leaving statements
out. What is closed is made to look like what is open: the same ids, matters, names and moments,
books whose names are neighbours, corrections, joins, findings, things withheld and disclosed. What
a reader opens is asked of the program itself (``Desk.opens``); only who reads stands here, as the
contract's table has it.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

from strategies import BASES, BODIES, HEDGES, INCIDENT, MATTERS, SPEAKERS, STANCES, _Choices, _fact
from telling import uuid7
from whoseword.access import Reader, parse_reader
from whoseword.intake import keep_document
from whoseword.words import BookClass

START = datetime(2031, 3, 6, 15, 0, tzinfo=UTC)
OTHER = "quarry-road"
CUSTODIANS = ("county", "county-911", "count", "harrow-police", "childrens-division")
TOPICS = ("", "/calls", "/calls-2", "/juvenile", "/part_2", "/peer_support")
"""Some of which the rules single out within their class."""
OWN, GRANTED = 500, 700
"""From which number on ids are given to what is hidden, and to what is disclosed."""
EMPTY = "count/public/nothing"
"""What everybody may open, and nobody fills."""
AGENCIES = (*CUSTODIANS, "home")
ROWS = (
    ("public", "public"),
    ("dispatcher", "response"),
    ("officer", "response"),
    ("clinician", "response"),
    ("supervisor", "response"),
    ("investigator", "inquiry"),
    ("prosecutor", "inquiry"),
    ("oversight", "inquiry"),
    ("oversight", "review"),
    ("information_officer", "disclosure"),
    ("child_welfare", "child_safety"),
    ("records", "disclosure"),
    ("auditor", "audit"),
)
"""Role and purpose: the rows of the contract's table (section 3)."""

DOCUMENTS = tuple(
    keep_document(text.encode(), name)
    for name, text in (
        ("release.txt", "The chief said that the woman had a knife. Nobody was arrested."),
        ("letter.txt", "A tenant saw her in handcuffs. The office cannot say who did it."),
    )
)
DOOR, PERSON = "14 Harrow Lane Apt 3", "Ana Ruiz, 1990-04-02"
AT_THE_DOOR: tuple[dict[str, Any], ...] = (
    {"kind": "located", "what": "call-1", "place": DOOR},
    {"kind": "located", "what": "woman", "place": "14 Harrow Ln #3"},
    {"kind": "contact", "agency": "childrens-division", "place": DOOR, "outcome": "no_answer"},
    {"kind": "contact", "agency": "county", "place": "14 Harrow Lane", "outcome": "referred"},
    {"kind": "prior_calls", "place": DOOR, "count": "3"},
    {"kind": "requested", "by": "county", "of": "harrow-police", "about": f"prior_calls(place={DOOR})"},
    {"kind": "named", "who": "woman", "name": "Ana Ruiz"},
    {"kind": "in_crisis", "who": "woman", "sign": "shouting"},
)  # fmt: skip
"""What a brief draws on."""
_SPANS = ((0, 9), (4, 18), (24, 40))
_PEOPLE = ("Rosa Lind", "Ivo Marsh")


class Step(NamedTuple):
    """What happens in a home at a moment, in minutes after the start.

    ``what`` is ``say`` or ``backfill`` with a line; ``read`` by another reader; or what is done
    with a closed book: ``checkpoint``, ``quarantine`` or ``seal``, the latter two of line's id.
    """

    at: int
    what: str
    line: dict[str, Any]


class Pair(NamedTuple):
    """Two homes as they are to be: what both hold for the reader, and what only one of them does.

    ``opened`` and ``closed`` are books of which some stand, ``empty`` and ``absent`` an open and a
    closed one that stand in neither. ``granted`` is said in both, in a closed book, and disclosed
    to the reader. ``others_read`` tells that somebody else was given a view, ``share_custody``
    that an open book and a closed one have the same custodian and class.
    """

    owner: str
    reader: Reader
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    empty: str
    absent: str
    seen: tuple[Step, ...]
    granted: tuple[Step, ...]
    hidden: tuple[tuple[Step, ...], tuple[Step, ...]]
    others_read: bool
    share_custody: bool
    seed: int

    def steps(self, side: int) -> list[Step]:
        """What happens in one of the homes, in its order; at one moment, at times closed first."""
        hidden, both = self.hidden[side], (*self.granted, *self.seen)
        told = (*both, *hidden) if self.seed % 2 else (*hidden, *both)
        return sorted(told, key=lambda one: one.at)


Opens = Callable[[Reader, Reader, Sequence[str]], Collection[str]]
"""Asked for an owner, a reader and books: those of the books that are open."""


def pair_of(
    seed: int, seen: Sequence[int], here: Sequence[int], there: Sequence[int], opens: Opens
) -> Pair:
    """The pair that these numbers tell; ``opens`` says what is open in the home of an owner."""
    chance = random.Random(seed)
    role, _ = chance.choice(ROWS)
    owner = parse_reader(f"{role}@{chance.choice(AGENCIES)}")
    reader = owner
    if chance.random() < 0.7:
        role, purpose = chance.choice(ROWS)
        reader = parse_reader(f"{role}@{chance.choice(AGENCIES)}", purpose)
    books = _shelf(chance)
    found = opens(owner, reader, [*books, EMPTY])
    opened = _some(chance, [book for book in books if book in found])
    near = _nearest_first(opened, [book for book in books if book not in found])
    closed = _some(chance, near)
    pool = [_fact(_Choices(chance.getrandbits(96))) for _ in range(3)]
    share_custody = bool({_custody(book) for book in opened} & {_custody(book) for book in closed})
    others_read = chance.random() < 0.4
    shown = _shown(seen, Teller(opened, pool, [], corrects=not share_custody))
    last = shown[-1].at
    if others_read:
        shown.append(Step(chance.randrange(last + 1), "read", {}))
        shown.sort(key=lambda one: one.at)
    lines = [one.line for one in shown if one.line]
    hidden = [
        _hidden(numbers, Teller(closed, pool, list(lines)), last) for numbers in (here, there)
    ]
    return Pair(
        owner=owner.name,
        reader=reader,
        opened=tuple(opened),
        closed=tuple(closed),
        empty=next(book for book in [*books, EMPTY] if book in found and book not in opened),
        absent=next(book for book in near if book not in closed),
        seen=tuple(shown),
        granted=tuple(_granted(closed[0], reader, pool[0])) if chance.random() < 0.4 else (),
        hidden=(tuple(hidden[0]), tuple(hidden[1])),
        others_read=others_read,
        share_custody=share_custody,
        seed=seed,
    )


def pair_numbered(seed: int, opens: Opens) -> Pair:
    """One pair of an endless row: the same for the same number."""
    chance = random.Random(seed)
    many = [[chance.getrandbits(24) for _ in range(chance.randrange(most))] for most in (6, 7, 7)]
    return pair_of(chance.getrandbits(24), *many, opens)


def _shelf(chance: random.Random) -> list[str]:
    """Books of every class and of some custodians, mixed; of each, most often one topic."""
    books = [f"{chance.choice(CUSTODIANS)}/public"]
    for custodian, handling in product(chance.sample(CUSTODIANS, 3), BookClass):
        topics = chance.sample(TOPICS, chance.choice((1, 1, 2)))
        books += [f"{custodian}/{handling.value}{topic}" for topic in topics]
    books = list(dict.fromkeys(books))
    return chance.sample(books, len(books))


def _some(chance: random.Random, books: Sequence[str]) -> list[str]:
    """Three books at most, likely the first of those given."""
    first = books[: max(2, len(books) // 4)]
    drawn = [chance.choice(first if chance.random() < 0.6 else books) for _ in range(3)]
    return list(dict.fromkeys(drawn))


def _nearest_first(opened: Sequence[str], closed: Sequence[str]) -> list[str]:
    """Closed books: first those that share most with an open one, from its name's beginning."""
    parts = {part for book in opened for part in (_custody(book), *book.split("/"))}
    return sorted(closed, key=lambda book: -len(parts & {_custody(book), *book.split("/")}))


def _custody(book: str) -> str:
    """Custodian and class of a book."""
    return "/".join(book.split("/")[:2])


def _first(book: str) -> dict[str, Any]:
    """A statement that every home takes, so that an open book stands in every pair."""
    return {
        "id": uuid7(1),
        "incident": INCIDENT,
        "book": book,
        "speaker": SPEAKERS[0],
        "stance": "affirms",
        "fact": {"kind": "armed", "who": "woman", "weapon": "knife"},
        "source": {"entered_by": "analyst"},
    }


def _granted(book: str, reader: Reader, fact: dict[str, Any]) -> list[Step]:
    """A statement of a closed book, and its custodian's word that this reader may see it."""
    agency = book.partition("/")[0]
    said = _first(book) | {"id": uuid7(GRANTED), "fact": fact}
    gives = {
        "kind": "disclosed",
        "item": said["id"] if reader.agency == "county" else f"{book}:{said['id']}",
        "to": reader.name,
        "purpose": reader.purpose,
        "until": "2040-01-01T00:00:00Z",
        "by": "A. Lee",
    }
    act = {
        "id": uuid7(GRANTED + 1),
        "speaker": {"name": agency, "kind": "agency", "party": agency},
        "stance": "does",
        "fact": gives,
    }
    return [Step(0, "say", said), Step(5, "say", said | act)]


def _shown(numbers: Sequence[int], teller: "Teller") -> list[Step]:
    """What happens in open books; something of them stands in every home."""
    made = [Step(0, "say", _first(teller.books[0]))]
    teller.made.append(made[0].line)
    for number in numbers:
        made.append(teller.step(number, made[-1].at + number % 3 * 10, 1 + len(made)))
    return made


def _hidden(numbers: Sequence[int], teller: "Teller", last: int) -> list[Step]:
    """What happens in closed books, between a while before the open ones and a while after."""
    made: list[Step] = []
    acts: dict[int, Step] = {}
    for place, number in enumerate(numbers):
        chance = random.Random(number)
        # Often at the very moment at which something open is said.
        at = chance.choice((-5, *range(0, last + 20, 5)))
        made.append(teller.step(number, at, OWN + place))
        what = chance.choice((*("",) * 7, "checkpoint", "quarantine", "quarantine", "seal"))
        if what:
            # The id of an act is made of its moment, and here of nothing else: one a moment.
            acts[at] = Step(at, what, made[-1].line)
    # A seal takes copies, and a quarantine kept words, wherever they are: law 9 comes first.
    ids = Counter(line["id"] for line in teller.made)
    alone = [
        act
        for act in acts.values()
        if ids[act.line["id"]] == 1 and "entered_by" in act.line["source"]
    ]
    return sorted([*made, *alone], key=lambda one: one.at)


class Teller:
    """Tells one statement after the other, each by a number; ``made`` is what it may refer to."""

    def __init__(
        self,
        books: Sequence[str],
        pool: Sequence[dict[str, Any]],
        made: list[dict[str, Any]],
        *,
        corrects: bool = True,
    ) -> None:
        self.books = books
        self.pool = pool
        self.made = made
        self.corrects = corrects

    def step(self, number: int, at: int, own: int) -> Step:
        chance = random.Random(number)
        line = self._line(chance, own)
        self.made.append(line)
        if chance.random() < 0.8:
            return Step(at, "say", line)
        when = START + timedelta(minutes=at - chance.choice((0, 1, 30, 3_000)))
        return Step(at, "backfill", line | {"recorded": when.isoformat()})

    def _line(self, chance: random.Random, own: int) -> dict[str, Any]:
        how = _Choices(chance.getrandbits(160))
        line: dict[str, Any] = {
            "id": uuid7(own),
            "incident": how.of(*(INCIDENT,) * 5, OTHER),
            "book": how.of(*self.books),
            "speaker": how.of(*SPEAKERS),
            "via": how.of([], [], [], [{"name": "manager", "kind": "witness"}]),
            "stance": how.of(*STANCES),
            "hedge": how.of(*HEDGES),
            "basis": how.of(*BASES),
            "fact": dict(self._fact(how, chance)),
            "source": _source(how),
            "signed_by": how.of(None, *_PEOPLE),
            "reviewed": how.of(True, True, False),
        }
        _make_sense(line, how)
        if self.made and how.of(True, False):
            self._refer(line, how)
        return line

    def _fact(self, how: _Choices, chance: random.Random) -> dict[str, Any]:
        if how.of(True, False):
            return how.of(*self.pool)
        if how.of(True, False, False):
            return how.of(*AT_THE_DOOR)
        if how.of(True, False, False, False):
            to = how.of("auditor@state", "records@elsewhere")
            return {"kind": "disclosed", "item": how.of(*MATTERS), "to": to, "by": "county"}
        return _fact(_Choices(chance.getrandbits(96)))

    def _refer(self, line: dict[str, Any], how: _Choices) -> None:
        """Correct an earlier statement, take its id, or say the same under its id."""
        earlier = how.of(*self.made)
        custody = _custody(line["book"])
        own = [one for one in self.made if _custody(one["book"]) == custody]
        if own and self.corrects and how.of(True, False):
            corrected = how.of(*own)
            line |= {key: corrected[key] for key in ("speaker", "incident")}
            line["replaces"] = corrected["id"]
        elif how.of(True, False, False):
            line |= {key: part for key, part in earlier.items() if key not in ("book", "replaces")}
            line.pop("recorded", None)
        else:
            line["id"] = earlier["id"]


def _make_sense(line: dict[str, Any], how: _Choices) -> None:
    """Let findings be those of bodies, and ``anyone`` be denied, often enough."""
    fact = line["fact"]
    if fact["kind"] == "found" and how.of(True, False):
        line |= {"speaker": how.of(*BODIES), "via": [], "hedge": "plain", "stance": "affirms"}
    if line["stance"] == "denies" and how.of(True, False, False):
        fact |= {slot: "anyone" for slot in ("who", "what") if slot in fact}
    elif fact["kind"] in ("same", "withheld") and how.of(True, False):
        line |= {"hedge": "plain", "stance": "affirms", "via": []}


def _source(how: _Choices) -> dict[str, Any]:
    document = how.of(None, None, None, *DOCUMENTS, "")
    if document is None:
        return {"entered_by": "analyst"}
    if document == "":
        return {"document": f"{7:064x}", "start": 0, "end": 4, "quote": "said"}
    start, end = how.of(*_SPANS)
    quote = document.text[start:end]
    return {"document": document.sha256, "start": start, "end": end, "quote": quote}
