"""Parties with authority, and whose side a speaker is on.

A finding counts where the body that makes it has authority over the matter and no interest in it
(contract, section 5, ``found``). The involved agency is the employer of whoever discharged a
weapon; its people have an interest whatever is written.
"""

import re
from collections.abc import Iterable, Mapping

from whoseword.words import AFFIRMING, Hedge, Speaker, SpeakerKind, Statement
from whoseword.words.aftermath import Found
from whoseword.words.scene import DischargedWeapon, Related

AUTHORITY: dict[str, tuple[str, ...]] = {
    "cause_of_death": ("coroner", "court", "medical-examiner", "prosecutor"),
}
AUTHORITY_OVER_THE_REST = ("court", "prosecutor")
EMPLOYED_BY = "employed_by"
_SPEAKS_AS_A_BODY = {SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RECORD}


def authorities(kind: str) -> tuple[str, ...]:
    """The parties with authority over a kind of matter, sorted."""
    return AUTHORITY.get(kind, AUTHORITY_OVER_THE_REST)


def slug(words: str) -> str:
    """A party's name as a slug."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")


def is_party(party: str, name: str) -> bool:
    """Whether a party is the one so named: it is it, or ends in it."""
    return party == name or party.endswith("-" + name)


def party_of(speaker: Speaker) -> str | None:
    """The party that a speaker speaks for, as a slug; an agency speaks for itself."""
    if speaker.party is not None:
        return slug(speaker.party)
    return slug(speaker.name) if speaker.kind is SpeakerKind.AGENCY else None


def involved_agencies(
    statements: Iterable[Statement],
    replaced: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
) -> frozenset[str]:
    """The employers of those who discharged a weapon, as far as these statements say."""
    fired: set[str] = set()
    employers: list[tuple[str, str]] = []
    for statement in statements:
        fact = statement.fact
        if not isinstance(fact, DischargedWeapon | Related):
            continue
        if statement.stance not in AFFIRMING or (statement.book, statement.id) in replaced:
            continue
        if fact.who is None:
            continue
        who = names.get(fact.who, fact.who)
        if isinstance(fact, DischargedWeapon):
            fired.add(who)
        elif fact.relation == EMPLOYED_BY and fact.whom is not None:
            employers.append((who, slug(names.get(fact.whom, fact.whom))))
    return frozenset(employer for who, employer in employers if who in fired)


def has_interest(speaker: Speaker, involved: frozenset[str]) -> bool:
    """Whether the speaker's own side is under review."""
    return speaker.interest or party_of(speaker) in involved


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
        if not (is_party(party, body) or is_party(body, party) or body == slug(speaker.name)):
            return False
    return any(is_party(party, name) for name in authorities(kind))
