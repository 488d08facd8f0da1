"""Who is who in an incident, as far as its statements say: who fired, for whom, who was a child.

The involved agency is the employer of whoever discharged a weapon (contract, section 5). Where
nobody has said by whom somebody is employed who fired, that is unknown and not "nobody's": they
count as fired for an agency, unless what is told of them is what is told of an adversary. Whoever
an agency sent, who speaks as a responder or is called by a rank is no adversary for being armed. Of
whoever is left out so, it is said that they are (``undecided``): no duty ends in silence.
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
from whoseword.response.rosters import UNARMED
from whoseword.words import AFFIRMING, Hedge, Matter, SpeakerKind, Stance, kind_of
from whoseword.words.fact import SlotValue
from whoseword.words.matters import renamed
from whoseword.words.names import slug

SAID_SO = frozenset({*AFFIRMING, Stance.BELIEVES})
_OFFICER = "officer"
_SHOT = "discharged_weapon"
_OF_PERSONS = (
    *(
        "aged",
        "armed",
        "arrested",
        "detained",
        "died",
        "discharged_weapon",
        "handcuffed",
        "injured",
    ),
    *("interviewed", "placed_on_leave"),
)
"""Kinds whose first key names a person."""
_OF_AGE = 18
_YOUNG = frozenset(
    [
        "baby",
        "babies",
        "boy",
        "boys",
        "child",
        "children",
        "daughter",
        "girl",
        "girls",
        "grandchild",
        "granddaughter",
        "grandson",
        "infant",
        "kid",
        "kids",
        "minor",
        "nephew",
        "newborn",
        "niece",
        "son",
        "stepchild",
        "stepdaughter",
        "stepson",
        "teen",
        "teenager",
        "toddler",
        "youth",
    ]
)
"""Words by which the dead of whom nobody tells an age may be under 18: caution asks, not grammar."""
_OLD = re.compile(r"\d+[\s-](?:year|month|week|day)s?[\s-]old")
_RANK = re.compile(
    r"(?:^|[^a-z])(?:officer|deputy|trooper|patrolman|patrol officer|sergeant|corporal|lieutenant"
    r"|captain|sheriff|marshal|constable|detective|swat)(?![a-z])"
)
_NO_POLICE = re.compile(r"(?:^|[^a-z])(?:former|probation|parole|security|loan|ex)(?![a-z])")
_MONTHS = re.compile(r"\b(?:day|week|month)s?\b|\binfant\b|\bnewborn\b")
_NUMBER = re.compile(r"\d+")
_PARTIES = {"notified": (0, 1), "requested": (0, 1), "investigates": (0,), "replied": (0, 1)}
"""Kinds whose key slots name agencies, and which slots do."""


class Scene(NamedTuple):
    """What the rules ask of an incident.

    ``fired`` are those who fired for an agency, ``nameless_fire`` holds where somebody fired whom
    nobody named and who may have. ``undecided`` fired, are told of as an adversary is, and nobody
    says for whom. ``employers`` are slugs by the name of a person, ``before`` the takes that each
    statement corrects, however often corrected, the first of them first.
    """

    takes: Takes
    names: Mapping[str, str]
    fired: frozenset[str]
    undecided: tuple[str, ...]
    nameless_fire: bool
    employers: Mapping[str, tuple[str, ...]]
    involved: tuple[str, ...]
    officers: frozenset[str]
    minors: frozenset[str]
    parties: frozenset[str]
    before: Mapping[str, tuple[Take, ...]]

    @property
    def force(self) -> bool:
        """Whether somebody of an agency fired, as far as anybody says."""
        return bool(self.fired) or self.nameless_fire

    def words_on(self, matter: Matter) -> Iterator[Take]:
        """Whatever was ever said of a matter, or of any shot, whether it still stands or not."""
        is_shot = matter.kind == _SHOT
        for other, its in self.takes.items():
            if other == matter or (is_shot and other.kind == _SHOT):
                yield from (take for take in its if take.stance in SAID_SO)

    def told_first(self, take: Take, kind: str) -> tuple[Take, ...]:
        """What a take corrects of its own kind, then the take."""
        its = (one for one in self.before.get(take.id, ()) if kind_of(one.statement.fact) == kind)
        return (*its, take)

    def is_involved(self, name: str) -> bool:
        """Whether that is an involved agency, by whichever name."""
        return any(is_side(slug(name), agency) for agency in self.involved)


def scene_of(known: Sequence[Known]) -> Scene:
    """The scene that these statements tell of."""
    names = joined_names(known)
    takes = takes_of(known, voices_of((one.statement.speaker for one in known), names), names)
    employers: dict[str, list[str]] = defaultdict(list)
    sworn: set[str] = set()
    civilian: set[str] = set()
    persons = _persons(takes)
    for matter, take in live(takes, "related"):
        who, whom = matter.keys
        relations = words_of(take.value.get("relation"), names)
        if who and whom and whom not in persons and EMPLOYED_BY in relations:
            employers[who].append(slug(whom))
        if who and _OFFICER in relations:
            sworn.add(who)
        if who and UNARMED.intersection(relations):
            civilian.add(who)
    at_work = _sent_or_speaking(known, takes, names)
    named = {matter.keys[0] for matter, _ in live_plain(takes, "discharged_weapon")}
    people = {who for who in named if who is not None}
    adversaries = {who for who in _adversaries(takes, names) if not _has_rank(who)}
    fired = frozenset(people - (adversaries - sworn - at_work - employers.keys()))
    agencies = involved_agencies(known, names) - {slug(one) for one in persons}
    involved = tuple(sorted(agencies)) if fired else ()
    of_them = {who for who, its in employers.items() if set(its) & set(involved)}
    return Scene(
        takes=takes,
        names=names,
        fired=fired,
        undecided=tuple(sorted(people - fired)),
        nameless_fire=None in named and (bool(fired) or not people),
        employers={who: tuple(sorted(set(its))) for who, its in employers.items()},
        involved=involved,
        officers=fired | ((sworn | of_them | set(filter(_has_rank, at_work))) - civilian),
        minors=_minors(takes, names),
        parties=_parties(known, takes, names),
        before=_corrected(takes),
    )


def _sent_or_speaking(known: Sequence[Known], takes: Takes, names: Mapping[str, str]) -> set[str]:
    """Members of a unit that was sent, and who speaks as a responder."""
    sent = {
        member
        for _, take in live(takes, "dispatched")
        for member in words_of(take.value.get("members"), names)
    }
    speakers = (one.statement.speaker for one in known)
    return sent | {
        names.get(one.name, one.name) for one in speakers if one.kind is SpeakerKind.RESPONDER
    }


def _persons(takes: Takes) -> set[str]:
    """Whoever is told to be hurt, dead, armed, of an age or the like: a person, and no employer."""
    return {
        matter.keys[0]
        for matter, _ in live(takes, *_OF_PERSONS)
        if matter.keys and matter.keys[0] is not None
    }


def _has_rank(name: str) -> bool:
    folded = name.casefold()
    return _RANK.search(folded) is not None and _NO_POLICE.search(folded) is None


def _corrected(takes: Takes) -> dict[str, tuple[Take, ...]]:
    """What each statement corrects, and what that corrected, in their order."""
    own = {
        take.place: take
        for its in takes.values()
        for take in its
        if take.implied_by is None and not take.general
    }
    before: dict[str, tuple[Take, ...]] = {}
    for place in sorted(own):
        take = own[place]
        if take.replaced_by is not None:
            its = (*before.get(take.id, ()), take)
            before[take.replaced_by] = (*before.get(take.replaced_by, ()), *its)
    return before


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
    """Who is said to be armed, to attack, injure or threaten, to be shot at, or to be detained."""
    found: set[str] = set()
    for matter, take in live(takes, "armed", "handcuffed", "arrested", "detained"):
        found |= {who for who in matter.keys if who} if take.affirms else set()
    for _, take in live(takes, "attacked", "injured", "threatened"):
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
    if (age := _OLD.search(name.casefold())) is not None:
        return bool(_under_age(age[0]))
    head = name.casefold().split(" of ")[0]
    words = [word for word in re.split(r"[^a-z]+", head) if word]
    return bool(words) and words[-1] in _YOUNG


def _parties(known: Sequence[Known], takes: Takes, names: Mapping[str, str]) -> frozenset[str]:
    """Every agency that speaks or is spoken to, as a slug."""
    by_slug = {slug(name): its for name, its in names.items()}
    spoken = {
        by_slug.get(party, party)
        for party in (party_of(one.statement.speaker) for one in known)
        if party is not None
    }
    addressed = {
        matter.keys[place]
        for matter, _ in live(takes, *_PARTIES)
        for place in _PARTIES[matter.kind]
    }
    return frozenset(slug(name) for name in spoken | addressed if name)
