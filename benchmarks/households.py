"""How often somebody is given the history of another person, on made-up households.

People who live together share a surname, an address and often a telephone: the hazard of every
matcher. Half of those asked for have a row in the books and half have none, though somebody of their
household has. There are twins, fathers and sons of one name, a shelter, moves, slips of the key, short
names, and parts that are missing; all of it invented, with the truth kept.

The peer is the independent weights that such matchers add up (Fellegi and Sunter 1969), with m and u
counted from the truth of the same households, which flatters it, and its match at p > 0.9.

    python benchmarks/households.py [HOUSEHOLDS]
"""

import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from whoseword.contacts.names import is_slip
from whoseword.contacts.persons import (
    BIRTH_ALIKE,
    NAME_ALIKE,
    Mention,
    Person,
    is_theirs,
    read_person,
    reasons_for,
)

GIVEN = [
    "James",
    "Mary",
    "Robert",
    "Patricia",
    "John",
    "Jennifer",
    "Michael",
    "Linda",
    "David",
    "Elizabeth",
    "William",
    "Barbara",
    "Richard",
    "Susan",
    "Joseph",
    "Jessica",
    "Thomas",
    "Karen",
    "Christopher",
    "Sarah",
    "Charles",
    "Lisa",
    "Daniel",
    "Nancy",
    "Matthew",
    "Sandra",
    "Anthony",
    "Ashley",
    "Mark",
    "Emily",
    "Donald",
    "Kimberly",
    "Steven",
    "Margaret",
    "Andrew",
    "Donna",
    "Paul",
    "Michelle",
    "Joshua",
    "Carol",
    "Kenneth",
    "Amanda",
    "Kevin",
    "Melissa",
    "Brian",
    "Deborah",
    "Timothy",
    "Stephanie",
    "Ronald",
    "Rebecca",
    "Jason",
    "Laura",
    "Edward",
    "Helen",
    "Jeffrey",
    "Sharon",
    "Ryan",
    "Cynthia",
    "Jacob",
    "Kathleen",
    "Gary",
    "Amy",
    "Nicholas",
    "Angela",
    "Eric",
    "Anna",
    "Jonathan",
    "Ruth",
    "Stephen",
    "Brenda",
]
SHORT = {
    "James": "Jim", "Robert": "Bob", "Michael": "Mike", "William": "Bill", "Richard": "Rick",
    "Thomas": "Tom", "Christopher": "Chris", "Daniel": "Dan", "Matthew": "Matt", "Anthony": "Tony",
    "Jennifer": "Jen", "Elizabeth": "Liz", "Patricia": "Pat", "Susan": "Sue", "Deborah": "Deb",
    "Andrew": "Andy", "Timothy": "Tim", "Steven": "Steve", "Nicholas": "Nick", "Rebecca": "Becky",
}  # fmt: skip
HEADS = [
    "Bar",
    "Cal",
    "Dor",
    "Fen",
    "Gar",
    "Hal",
    "Kel",
    "Lam",
    "Mor",
    "Nor",
    "Pel",
    "Rad",
    "Sal",
    "Tam",
    "Ver",
    "Wex",
    "Yar",
    "Bren",
    "Crom",
    "Thor",
]
TAILS = [
    "by",
    "dale",
    "den",
    "field",
    "ford",
    "gate",
    "ham",
    "ley",
    "low",
    "man",
    "mer",
    "rick",
    "sen",
    "son",
    "stead",
    "ton",
    "wick",
    "worth",
]
THRESHOLD = math.log2(9)


class One(NamedTuple):
    """Somebody as they are, or as they were told."""

    who: int
    given: str
    family: str
    after: str
    born: date | None
    address: str
    phone: str

    @property
    def person(self) -> Person:
        name = " ".join(filter(None, (self.given, self.family, self.after)))
        return read_person(f"{name}, {self.born}" if self.born else name)


def people(households: int, chance: random.Random) -> list[list[One]]:
    """Households as they are; the last is a shelter."""
    families = [head + tail for head in HEADS for tail in TAILS]
    common = [1 / (rank + 10) for rank in range(len(families))]
    firsts = [1 / (rank + 5) for rank in range(len(GIVEN))]
    made: list[list[One]] = []
    who = 0
    for home in range(households):
        size = chance.choice((2, 2, 3, 3, 4, 5, 6))
        [family] = chance.choices(families, common)
        members: list[One] = []
        for place in range(size):
            who += 1
            [given] = chance.choices(GIVEN, firsts)
            year = chance.randrange(1950, 1980) if place < 2 else chance.randrange(1985, 2012)
            born = date(year, 1, 1) + timedelta(days=chance.randrange(365))
            own = family if chance.random() < 0.85 else chance.choices(families, common)[0]
            after = ""
            if place > 2 and chance.random() < 0.06:
                born, own = members[-1].born or born, members[-1].family  # twins
            elif place == 2 and chance.random() < 0.06:
                given, own, after = members[0].given, members[0].family, "Jr"
            shared = chance.random() < 0.4
            phone = f"555-{home:06}" if shared else f"555-{who:06}-9"
            members.append(One(who, given, own, after, born, f"{home} Sallow St", phone))
        made.append(members)
    shelter = [
        One(who + at, chance.choices(GIVEN, firsts)[0], chance.choices(families, common)[0], "",
            date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)), "1 Harbor Way", "555-0")
        for at in range(1, households // 10)
    ]  # fmt: skip
    return [*made, shelter]


def told(one: One, chance: random.Random, without_born: float) -> One:
    """Somebody as an agency or a caller told them, with what goes wrong."""
    given, family, born = one.given, one.family, one.born
    if chance.random() < 0.10:
        given = SHORT.get(given, given)
    if chance.random() < 0.03:
        given = slipped(given, chance)
    if chance.random() < 0.03:
        family = slipped(family, chance)
    if chance.random() < 0.01:
        given, family = family, given
    if born and chance.random() < without_born:
        born = None
    elif born and chance.random() < 0.02:
        born = born.replace(day=born.month, month=born.day) if born.day < 13 else born
    elif born and chance.random() < 0.01:
        born = born.replace(year=born.year + chance.choice((-10, -1, 1)))
    moved = chance.random() < 0.15
    return one._replace(
        given=given,
        family=family,
        born=born,
        after=one.after if chance.random() < 0.5 else "",
        address=f"{chance.randrange(10**6)} Elsewhere Rd" if moved else one.address,
        phone="" if chance.random() < 0.3 else one.phone,
    )


def slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kinds = (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
             word[:at] + word[at + 1] + word[at] + word[at + 2 :])  # fmt: skip
    return chance.choice(kinds)


def compared(one: One, other: One) -> Iterator[tuple[str, str]]:
    """Each part that both tell, and how it compares."""
    for part in ("given", "family", "born", "address", "phone"):
        mine, its = getattr(one, part), getattr(other, part)
        if mine and its:
            near = part in ("given", "family") and is_slip(mine.lower(), its.lower())
            near |= part == "given" and SHORT.get(mine, mine) == SHORT.get(its, its)
            yield part, "same" if mine == its else "near" if near else "other"


def weights(
    pairs: Iterable[tuple[One, One]], others: Iterable[tuple[One, One]]
) -> Callable[[One, One], float]:
    """What each comparison weighs, in bits, from pairs that are one person and pairs by chance."""
    m = Counter(found for pair in pairs for found in compared(*pair))
    u = Counter(found for pair in others for found in compared(*pair))

    def rate(counts: Counter[tuple[str, str]], part: str, level: str) -> float:
        total = sum(counts[part, each] for each in ("same", "near", "other"))
        return (counts[part, level] + 0.5) / (total + 1.5)

    bits = {
        (part, level): math.log2(rate(m, part, level) / rate(u, part, level))
        for part in ("given", "family", "born", "address", "phone")
        for level in ("same", "near", "other")
    }
    return lambda one, other: sum(bits[found] for found in compared(one, other))


def measure(name: str, asked: list[One], known: set[int], found: Callable[[One], set[int]]) -> None:
    """Print what those who are asked for were given as theirs."""
    given = [(one.who, found(one)) for one in asked]
    ours = [who in theirs for who, theirs in given if who in known]
    strangers = [bool(theirs) for who, theirs in given if who not in known]
    mixed = [bool(theirs - {who}) for who, theirs in given if who in known]
    print(
        f"  {name:40} known given their own {sum(ours) / len(ours):.3f}, another's besides "
        f"{sum(mixed)} of {len(mixed):,}; unknown given another's {sum(strangers)} of {len(strangers):,}"
    )


def main() -> None:
    """Make the households, ask, and print."""
    chance = random.Random(8)
    homes = people(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, chance)
    # The first of a household is always in the books, the last never.
    in_books = [
        one for home in homes for one in home[:-1] if one is home[0] or chance.random() < 0.6
    ]
    rows = [told(one, chance, 0.12) for one in in_books]
    known = {one.who for one in rows}
    absent = [home[-1] for home in homes if home]
    asked = [told(one, chance, 0.05)
             for one in chance.sample(in_books, 5_000) + chance.sample(absent, 5_000)]  # fmt: skip
    by_part: dict[object, list[One]] = defaultdict(list)
    for row in rows:
        for part in {row.person.key, row.born, row.address, row.phone} - {
            None,
            "",
            "1 Harbor Way",
            "555-0",
        }:
            by_part[part].append(row)

    def rows_of(*parts: object) -> list[One]:
        return [row for part in parts if part for row in by_part.get(part, ())]

    def ours(one: One, counts: Callable[[tuple[str, ...]], bool]) -> set[int]:
        person = one.person
        why = {(row.who, reasons_for(person, Mention(row.person, sure=True)))
               for row in rows_of(person.key, one.born)}  # fmt: skip
        return {who for who, reasons in why if reasons and counts(reasons)}

    by_who = {one.who: one for one in in_books}
    pairs = [(told(by_who[row.who], chance, 0.05), row) for row in rows]
    others = [(chance.choice(rows), chance.choice(rows)) for _ in range(200_000)]
    weigh = weights(pairs, others)
    prior = math.log2(1 / len(rows))

    def peer(one: One) -> set[int]:
        near = rows_of(one.person.key, one.born, one.address, one.phone)
        return {row.who for row in near if prior + weigh(one, row) > THRESHOLD}

    print(f"{len(rows):,} rows of {len(homes):,} households")
    measure("ours, told as theirs", asked, known, lambda one: ours(one, is_theirs))
    measure(
        "ours, and possible by the name alone",
        asked,
        known,
        lambda one: ours(one, lambda why: not {NAME_ALIKE, BIRTH_ALIKE} & set(why)),
    )
    measure("ours, and possible by likeness", asked, known, lambda one: ours(one, bool))
    measure("independent weights, p > 0.9", asked, known, peer)


if __name__ == "__main__":
    main()
