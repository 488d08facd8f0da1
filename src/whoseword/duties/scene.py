"""Who is who in an incident, as far as its statements say: who fired, for whom, who was a child.

The involved agency is the employer of whoever discharged a weapon (contract, section 5). Where
nobody has said by whom somebody is employed who fired, that is unknown and not "nobody's": they
count as fired for an agency, unless what is told of them is what is told of an adversary.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from whoseword.account.authority import EMPLOYED_BY, involved_agencies, is_side, party_of
from whoseword.account.joins import joined_names
from whoseword.account.known import Known
from whoseword.account.positions import Take, Takes, takes_of, voiced
from whoseword.account.values import denial_meets, normal_word
from whoseword.account.voices import voices_of
from whoseword.words import AFFIRMING, Hedge, Matter, Stance
from whoseword.words.fact import SlotValue
from whoseword.words.matters import renamed
from whoseword.words.names import slug

SAID_SO = frozenset({*AFFIRMING, Stance.BELIEVES})
_OFFICER = "officer"
_OF_AGE = 18
_YOUNG = frozenset({"baby", "boy", "child", "girl", "infant", "kid", "minor", "newborn", "toddler"})
_MONTHS = re.compile(r"\b(?:day|week|month)s?\b|\binfant\b|\bnewborn\b")
_NUMBER = re.compile(r"\d+")
_PARTIES = {"notified": (0, 1), "requested": (0, 1), "investigates": (0,), "replied": (0, 1)}
"""Kinds whose key slots name agencies, and which slots do."""


class Scene(NamedTuple):
    """What the rules ask of an incident.

    ``fired`` are those who fired for an agency, ``nameless_fire`` holds where somebody fired whom
    nobody named and who may have. ``employers`` are slugs by the name of a person.
    """

    takes: Takes
    names: Mapping[str, str]
    fired: frozenset[str]
    nameless_fire: bool
    employers: Mapping[str, tuple[str, ...]]
    involved: tuple[str, ...]
    officers: frozenset[str]
    minors: frozenset[str]
    parties: frozenset[str]

    @property
    def force(self) -> bool:
        """Whether somebody of an agency fired, as far as anybody says."""
        return bool(self.fired) or self.nameless_fire

    def is_involved(self, name: str) -> bool:
        """Whether that is an involved agency, by whichever name."""
        return any(is_side(slug(name), agency) for agency in self.involved)


def scene_of(known: Sequence[Known]) -> Scene:
    """The scene that these statements tell of."""
    names = joined_names(known)
    takes = takes_of(known, voices_of((one.statement.speaker for one in known), names), names)
    employers: dict[str, list[str]] = defaultdict(list)
    sworn: set[str] = set()
    for matter, take in live(takes, "related"):
        who, whom = matter.keys
        relations = words_of(take.value.get("relation"), names)
        if who and whom and EMPLOYED_BY in relations:
            employers[who].append(slug(whom))
        if who and _OFFICER in relations:
            sworn.add(who)
    named = {matter.keys[0] for matter, _ in live_plain(takes, "discharged_weapon")}
    people = {who for who in named if who is not None}
    fired = frozenset(people - (_adversaries(takes, names) - sworn - employers.keys()))
    involved = tuple(sorted(involved_agencies(known, names))) if fired else ()
    of_them = {who for who, its in employers.items() if set(its) & set(involved)}
    return Scene(
        takes=takes,
        names=names,
        fired=fired,
        nameless_fire=None in named and (bool(fired) or not people),
        employers={who: tuple(sorted(set(its))) for who, its in employers.items()},
        involved=involved,
        officers=fired | sworn | of_them,
        minors=_minors(takes, names),
        parties=_parties(known, takes),
    )


def live(
    takes: Takes, *kinds: str, stances: Collection[Stance] = SAID_SO
) -> Iterator[tuple[Matter, Take]]:
    """What is said of these kinds in one of these stances, under whatever hedge, and stands.

    A narrator has no voice on what its document quotes somebody on, as in the account.
    """
    for matter in takes:
        if matter.kind in kinds:
            its = voiced(takes[matter])
            denials = [take for take in its if take.denies and take.replaced_by is None]
            for take in its:
                if take.stance in stances and _stands(take, denials, matter.kind):
                    yield matter, take


def live_plain(
    takes: Takes, *kinds: str, stances: Collection[Stance] = AFFIRMING
) -> Iterator[tuple[Matter, Take]]:
    """What is said without reserve, and stands."""
    for matter, take in live(takes, *kinds, stances=stances):
        if take.hedge is Hedge.PLAIN:
            yield matter, take


def _stands(take: Take, denials: Iterable[Take], kind: str) -> bool:
    """Whether a word was neither replaced nor later denied by the same voice."""
    return take.replaced_by is None and not any(
        not take.denies
        and other.place > take.place
        and other.voice == take.voice
        and denial_meets(kind, other.normal, take.normal)
        for other in denials
    )


def words_of(value: SlotValue | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a slot under joined names; empty where it holds none."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return tuple(renamed(word, names) for word in ((value,) if isinstance(value, str) else value))


def _adversaries(takes: Takes, names: Mapping[str, str]) -> set[str]:
    """Those who are said to be armed, to attack or threaten, to be shot at, or to be detained."""
    found: set[str] = set()
    for matter, take in live(takes, "armed", "handcuffed", "arrested", "detained"):
        found |= {who for who in matter.keys if who} if take.affirms else set()
    for _, take in live(takes, "attacked", "threatened"):
        found |= set(words_of(take.value.get("by"), names))
    for _, take in live(takes, "discharged_weapon"):
        found |= set(words_of(take.value.get("toward"), names))
    return found


def _minors(takes: Takes, names: Mapping[str, str]) -> frozenset[str]:
    """Those said to be under 18; where nobody tells an age, those who are called a child."""
    told: dict[str, list[bool]] = defaultdict(list)
    for matter, take in live(takes, "aged"):
        who = matter.keys[0]
        for age in words_of(take.value.get("age"), names):
            under = _under_age(age)
            if who is not None and under is not None:
                told[who].append(under)
    called = {matter.keys[0] for matter, _ in live(takes, "died", "injured")}
    young = {who for who in called if who is not None and who not in told and _is_young(who)}
    return frozenset(young | {who for who, ages in told.items() if any(ages)})


def _under_age(age: str) -> bool | None:
    folded = age.casefold()
    if _MONTHS.search(folded):
        return True
    number = _NUMBER.search(normal_word(folded)) or _NUMBER.search(
        " ".join(normal_word(word) for word in re.split(r"[\s-]+", folded))
    )
    return int(number[0]) < _OF_AGE if number else None


def _is_young(name: str) -> bool:
    words = [word for word in re.split(r"[^a-z]+", name.casefold()) if word]
    return bool(words) and words[-1] in _YOUNG


def _parties(known: Sequence[Known], takes: Takes) -> frozenset[str]:
    """Every agency that speaks or is spoken to, as a slug."""
    spoken = {party_of(one.statement.speaker) for one in known}
    addressed = {
        matter.keys[place]
        for matter, _ in live(takes, *_PARTIES)
        for place in _PARTIES[matter.kind]
    }
    return frozenset(slug(name) for name in spoken | addressed if name)
