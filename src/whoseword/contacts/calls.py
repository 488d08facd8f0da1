"""What a call tells to look under: where it is, and the people whom its statements name.

The brief for a call is asked of nobody: its question is made of what has been told. So the question
may be no surer than its sources (law 1). Places that differ are each looked under and said to be
disputed; a possible one is told as such; a point without words leads to no door. A person is looked
up only by a name, and with a day of birth only where both are told plainly and once: else whatever is
found is "possible, ask". Who answers the call (crews, call-takers, agencies) is nobody at the door.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from whoseword.account.positions import Take, voiced
from whoseword.contacts.addresses import BUILDING, UNIT, Address, place_match, read_address
from whoseword.contacts.contested import Denials, Told
from whoseword.contacts.opened import Incident, is_plain, live_of, words_of
from whoseword.contacts.persons import Mention, Person, as_one, read_person
from whoseword.contacts.shapes import PersonTold, PlaceTold
from whoseword.words import AFFIRMING, SpeakerKind, Stance
from whoseword.words.names import slug
from whoseword.words.scene import Called, Classified

STAND_INS: Final = {"first place of ": "the first place told", "caller on ": "where the caller is"}
"""How a place begins that is not the call's, and is looked under where the call tells none."""

_POINT: Final = re.compile(
    r"(?:geo|https?|urn|sips?|tel|held|ldap|pres):\S.*|\w+ \(PIDF-LO\)", re.IGNORECASE
)
"""A position, a reference (RFC 4119 and after), or a shape that is told by its name."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_WORD: Final = re.compile(r"(?<!\w)[^\W\d_]+")
_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_BORN: Final = re.compile(r"\s*(?:born:?\s+|dob:?\s*)?(?P<day>\d{4}-\d{2}-\d{2})\s*", re.IGNORECASE)
_ANSWERS: Final = (
    *(SpeakerKind.OFFICIAL, SpeakerKind.RESPONDER, SpeakerKind.AGENCY, SpeakerKind.AUTOMATON),
)
_SAYS_SO: Final = AFFIRMING | {Stance.BELIEVES}
_OF_A_UNIT: Final = frozenset(
    {"officer", "clinician", "medic", "advocate", "interpreter", "social_worker", "agent_of"}
)
_OFFICES: Final = frozenset(
    {
        "officer", "deputy", "trooper", "corporal", "sergeant", "lieutenant", "captain", "chief",
        "sheriff", "detective", "investigator", "clinician", "medic", "paramedic", "emt", "advocate",
        "interpreter", "dispatcher", "supervisor", "prosecutor", "coroner", "examiner",
    }
)  # fmt: skip
"""Words by which an incident calls those who answer it: ``officer-1``."""
_DIGITS: Final = 4
"""So many digits make a number under which a dispatch system knows a call."""
_NO_BIRTH: Final = "no day of birth is told: whatever is found is possible, ask"
_NOT_SURE: Final = "not told plainly, or contested: whatever is found is possible, ask"
_TWO_BIRTHS: Final = "more than one day of birth is told: whatever is found is possible, ask"


Births = Mapping[tuple[str, str | None], str]
"""Days of birth that stand beside the facts, by book and id of the statement that tells one."""
NO_BIRTHS: Final[Births] = MappingProxyType({})


class CallTold(NamedTuple):
    """Where a call is told to be, the surest and latest first, and whom it names."""

    places: tuple[PlaceTold, ...]
    people: tuple[PersonTold, ...]


class _Birth(NamedTuple):
    """A day of birth that is told of somebody, and whether plainly."""

    day: date
    sure: bool
    id: str


class _At(NamedTuple):
    """One telling of a place."""

    what: str
    words: str
    address: Address
    plain: bool
    contested: bool
    take: Take


def is_point(place: str) -> bool:
    """Whether a place is told without words of an address: a position, a shape, a reference."""
    return bool(_POINT.fullmatch(place.strip())) or not _LETTERS.search(place)


def address_in(place: str) -> Address:
    """The address that a place tells; one of nothing where it is a point."""
    return read_address("" if is_point(place) else place)


def call_told(incident: Incident, denials: Denials, births: Births) -> CallTold:
    """What the statements of an incident tell of its call's door and its people."""
    calls = _calls(incident)
    places = _places(
        incident, denials, lambda what: what in calls or _bears_its_name(what, incident)
    )
    if not any(one.read_as for one in places):
        for begins, instead in STAND_INS.items():
            told = {f"{begins}{call}" for call in calls}
            found = _places(incident, denials, told.__contains__)
            places += tuple(msgspec.structs.replace(one, instead=instead) for one in found)
    return CallTold(places, _people(incident, denials, births))


def _calls(incident: Incident) -> Collection[str]:
    """The names under which a call is told of as one."""
    return {
        incident.names.get(one.statement.fact.call, one.statement.fact.call)
        for one in incident.known
        if isinstance(one.statement.fact, Called | Classified) and one.statement.fact.call
    }


def _bears_its_name(what: str, incident: Incident) -> bool:
    """Whether a thing bears the name of a call, or is the incident itself, by its name or number."""
    name = slug(what)
    if name.split("-")[0] == "call" or name in ("incident", incident.slug):
        return True
    is_number = sum(map(str.isdecimal, name)) >= _DIGITS
    return is_number and incident.slug.endswith(f"-{name}")


def _places(
    incident: Incident, denials: Denials, is_its: Callable[[str], bool]
) -> tuple[PlaceTold, ...]:
    told = [
        one
        for matter, take in live_of(incident, "located")
        if matter.keys[0] is not None and is_its(matter.keys[0])
        for one in _tellings(Told(incident, matter, take), denials)
    ]
    told.sort(key=lambda one: (one.plain, one.take.place, one.words), reverse=True)
    doors: list[list[_At]] = []
    for one in told:
        door = next((its for its in doors if _is_one(its[0], one)), None)
        if door is None:
            doors.append([one])
        else:
            door.append(one)
    return tuple(_place(door, doors) for door in doors)


def _tellings(told: Told, denials: Denials) -> Iterator[_At]:
    contested = bool(denials.of(told))
    for words in words_of(told.take.value.get("place"), told.incident.names):
        yield _At(
            str(told.matter.keys[0]),
            words,
            address_in(words),
            is_plain(told.take),
            contested,
            told.take,
        )


def _how(take: Take) -> str:
    """How surely something is told, in a word."""
    if take.stance is Stance.BELIEVES:
        return "believed"
    return take.hedge.value


def _is_one(one: _At, other: _At) -> bool:
    """Whether two tellings are of one door: the same words, or the same address in other words."""
    if one.words == other.words:
        return True
    mine, its = one.address, other.address
    match = place_match(mine, its)
    return match == UNIT or (
        match == BUILDING and (mine.wing, mine.floor, mine.unit) == (its.wing, its.floor, its.unit)
    )


def _place(door: Sequence[_At], doors: Sequence[Sequence[_At]]) -> PlaceTold:
    first = door[0]
    # The telling that says most of the address is looked under: it has the town, or the postcode.
    fullest = max(door, key=lambda one: sum(part is not None for part in one.address))
    others = [one for its in doors if its is not door for one in its]
    disputed = any(one.contested for one in door) or any(
        one.what == other.what and _rules_out(one.address, other.address)
        for one in door
        for other in others
    )
    takes = sorted((one.take for one in door), key=lambda take: take.place)
    return PlaceTold(
        place=fullest.words,
        read_as=fullest.address.text,
        told=_how(first.take),
        disputed=disputed,
        instead=None,
        statements=tuple(dict.fromkeys(take.id for take in takes)),
    )


def _rules_out(one: Address, other: Address) -> bool:
    """Whether a call that is at one address is not at the other; one told less precisely may be."""
    if not one.street or not other.street:
        return False
    match = place_match(one, other)
    if match == BUILDING:
        return None not in (one.unit, other.unit)
    return match is None or (one.is_house and other.is_house)


def _people(incident: Incident, denials: Denials, births: Births) -> tuple[PersonTold, ...]:
    answering, born, ages = _answering(incident), _born(incident, denials, births), _ages(incident)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    ids: dict[str, list[str]] = defaultdict(list)
    for matter, take in live_of(incident, "named"):
        who = matter.keys[0]
        if who is None or who in answering or slug(who).split("-")[0] in _OFFICES:
            continue
        sure = is_plain(take) and not denials.of(Told(incident, matter, take))
        for words in words_of(take.value.get("name"), {}):
            mentions[who].append(Mention(read_person(words), sure))
            ids[who].append(take.id)
    found: dict[str, PersonTold] = {}
    contested = _contested(incident)
    for who, its in mentions.items():
        days = born.get(who, ())
        for mention in filter(lambda one: _is_name(one.person), as_one(its)):
            if who in contested:
                mention = mention._replace(sure=False)
            asked, why = _asked(mention, days)
            told = dict.fromkeys([*ids[who], *(one.id for one in days)])
            one = PersonTold(
                who=who,
                name=mention.person.name,
                asked=asked,
                age=ages.get(who),
                why=why,
                statements=tuple(told),
            )
            found.setdefault(f"{who} {asked}", one)
    return tuple(sorted(found.values(), key=lambda one: (one.asked, one.who)))


def _asked(mention: Mention, born: Collection[_Birth]) -> tuple[str, str | None]:
    """How somebody is looked up, and why not with a day of birth."""
    name, own = mention.person.name, mention.person.born
    days = {one.day for one in born} | ({own} if own else set())
    if not mention.sure:
        return name, _NOT_SURE
    if not days:
        return name, _NO_BIRTH
    if len(days) > 1:
        return name, _TWO_BIRTHS
    if own is None and not any(one.sure for one in born):
        return name, _NOT_SURE
    return f"{name}, {next(iter(days))}", None


def _contested(incident: Incident) -> Collection[str]:
    """Whose name or age somebody denies, whatever of it: with "NAME, BIRTH" both are one word."""
    return {
        str(matter.keys[0])
        for matter, takes in incident.takes.items()
        if matter.kind in ("named", "aged")
        and any(take.denies and take.replaced_by is None for take in takes)
    }


def _is_name(person: Person) -> bool:
    """Whether it is somebody's name; "neighbor in 2C" is what they are."""
    return person.born is not None or any(map(_could_be_name, _WORD.findall(person.name)))


def _could_be_name(word: str) -> bool:
    """Whether a word is written as a name is, or in a script that has no capitals."""
    if any(char.lower() == char.upper() for char in word):
        return True
    return len(word) > 1 and any(map(str.isupper, word))


def _born(incident: Incident, denials: Denials, births: Births) -> Mapping[str, Sequence[_Birth]]:
    """The days of birth that are told of each, beside a fact or as an age."""
    found: dict[str, list[_Birth]] = defaultdict(list)
    for matter, takes in incident.takes.items():
        who = matter.keys[0] if matter.keys else None
        for take in voiced(takes) if who is not None else ():
            if take.replaced_by is not None or take.stance not in _SAYS_SO:
                continue
            days = _DAY.findall(births.get((take.statement.book, take.statement.id), ""))
            if matter.kind == "aged":
                # "Not 1996-08-21" and "34 as of 2031-05-02" hold a day, and tell no birth.
                told = (_BORN.fullmatch(one) for one in words_of(take.value.get("age"), {}))
                days += [one["day"] for one in told if one]
            for day in days:
                born = read_person(f"x, {day}").born
                if who is not None and born is not None:
                    sure = is_plain(take) and not denials.of(Told(incident, matter, take))
                    found[who].append(_Birth(born, sure, take.id))
    return found


def _ages(incident: Incident) -> Mapping[str, str]:
    """The age that is told of each, as it was said; nothing where several are."""
    told: dict[str, set[str]] = defaultdict(set)
    for matter, take in live_of(incident, "aged"):
        if matter.keys[0] is not None:
            told[matter.keys[0]].update(words_of(take.value.get("age"), {}))
    return {who: next(iter(its)) for who, its in told.items() if len(its) == 1}


def _answering(incident: Incident) -> Collection[str]:
    """Whoever answers the call: its crews, its agencies and those who speak for them."""
    names = incident.names
    found: set[str] = set()
    for one in incident.known:
        speaker = one.statement.speaker
        if speaker.kind in _ANSWERS:
            found.update(filter(None, (speaker.name, speaker.party)))
    for _, take in live_of(incident, "dispatched"):
        found.update(words_of(take.value.get("members"), {}))
    for matter, take in live_of(incident, "related"):
        if matter.keys[0] and _OF_A_UNIT.intersection(words_of(take.value.get("relation"), {})):
            found.add(matter.keys[0])
    return {names.get(one, one) for one in found}
