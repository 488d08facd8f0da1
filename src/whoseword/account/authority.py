"""Parties with authority, and whose side a speaker is on.

A finding counts where the body that makes it has authority over the matter and no interest in it
(contract, section 5, ``found``). The involved agency is the employer of whoever discharged a
weapon; its people have an interest whatever is written.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from whoseword.account.known import Known
from whoseword.words import AFFIRMING, Hedge, Speaker, SpeakerKind, Statement
from whoseword.words.aftermath import Found
from whoseword.words.names import slug
from whoseword.words.scene import DischargedWeapon, Related

AUTHORITY: dict[str, tuple[str, ...]] = {
    "cause_of_death": ("coroner", "court", "medical-examiner", "prosecutor"),
}
"""The parties with authority over a kind of matter, where they are not those over the rest."""
AUTHORITY_OVER_THE_REST = ("court", "prosecutor")
_ALL_AUTHORITIES = frozenset(AUTHORITY_OVER_THE_REST).union(*AUTHORITY.values())
EMPLOYED_BY = "employed_by"
_OFFICES = frozenset({"and", "bureau", "department", "dept", "of", "office", "s", "the"})
_SHORT = {"pd": "police", "so": "sheriff"}
_OF_THEIRS = re.compile(r"^(coroner|court|examiner|prosecutor|sheriff)s$")
_SPEAKS_AS_A_BODY = {SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RECORD}


def authorities(kind: str) -> tuple[str, ...]:
    """The parties with authority over a kind of matter, sorted."""
    return AUTHORITY.get(kind, AUTHORITY_OVER_THE_REST)


def is_party(party: str, name: str) -> bool:
    """Whether a party is the one so named: it is it, or ends in it.

    Words that say only that it is an office are left aside: the harrow-police-department is the
    harrow-police, and the county-medical-examiners-office a medical-examiner.
    """
    own, its = _bare(party), _bare(name)
    return own == its or own.endswith("-" + its)


@lru_cache(maxsize=4_096)
def _bare(party: str) -> str:
    """A party's slug without what makes no difference; as it is where nothing else is in it."""
    words = [_SHORT.get(word, word) for word in party.split("-")]
    kept = [_OF_THEIRS.sub(r"\1", word) for word in words if word not in _OFFICES]
    return "-".join(kept) or party


def is_side(one: str, other: str) -> bool:
    """Whether two names of parties can be of one party, whichever is told at greater length."""
    return is_party(one, other) or is_party(other, one)


def party_of(speaker: Speaker) -> str | None:
    """The party that a speaker speaks for, as a slug.

    An agency speaks for itself, and so does an official who is told by the name of a party with
    authority alone ("the medical examiner").
    """
    if speaker.party is not None:
        return slug(speaker.party)
    name = slug(speaker.name)
    if speaker.kind is SpeakerKind.AGENCY:
        return name
    return name if speaker.kind is SpeakerKind.OFFICIAL and name in _ALL_AUTHORITIES else None


def involved_agencies(known: Iterable[Known], names: Mapping[str, str]) -> frozenset[str]:
    """The employers of those who discharged a weapon, as far as these statements say."""
    fired: set[str] = set()
    employers: list[tuple[str, str]] = []
    for one in known:
        fact = one.statement.fact
        if not isinstance(fact, DischargedWeapon | Related) or fact.who is None:
            continue
        if one.statement.stance not in AFFIRMING or one.replaced_by is not None:
            continue
        who = names.get(fact.who, fact.who)
        if isinstance(fact, DischargedWeapon):
            fired.add(who)
        elif fact.relation in (EMPLOYED_BY, (EMPLOYED_BY,)) and fact.whom is not None:
            employers.append((who, slug(names.get(fact.whom, fact.whom))))
    return frozenset(employer for who, employer in employers if who in fired)


def has_interest(speaker: Speaker, involved: frozenset[str]) -> bool:
    """Whether the speaker's own side is under review."""
    party = party_of(speaker)
    return speaker.interest or (
        party is not None and any(is_side(party, agency) for agency in involved)
    )


def finds(statement: Statement, kind: str, involved: frozenset[str]) -> bool:
    """Whether the statement is a finding, on a matter of this kind, that counts as one.

    The body itself must say it, plainly and without relay: another's word that a coroner has
    found something is not the coroner's finding.
    """
    fact, speaker = statement.fact, statement.speaker
    if not isinstance(fact, Found) or statement.stance not in AFFIRMING:
        return False
    if statement.via or statement.hedge is not Hedge.PLAIN or speaker.kind not in _SPEAKS_AS_A_BODY:
        return False
    party = party_of(speaker)
    if party is None or has_interest(speaker, involved):
        return False
    if fact.by is not None:
        body = slug(fact.by)
        if not is_side(party, body) and body != slug(speaker.name):
            return False
    return any(is_party(party, name) for name in authorities(kind))
