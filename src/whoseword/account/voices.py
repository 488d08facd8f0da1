"""Whose voice a statement is: the speaker at the head of the chain, counted once.

The party, for officials and agencies that have one; else the name (contract, section 5). Equal
names are one entity, so an official whom one document names with the party and another without is
one voice. All narrators are one voice together: they are not independent of each other.
"""

from collections.abc import Iterable, Mapping

from whoseword.words import Speaker, SpeakerKind
from whoseword.words.names import slug

NARRATORS = "\x00narrators"
"""The one voice of all narrators."""

_SPEAKS_FOR_A_PARTY = (SpeakerKind.OFFICIAL, SpeakerKind.AGENCY)


def voices_of(speakers: Iterable[Speaker], names: Mapping[str, str]) -> dict[Speaker, str]:
    """The voice of each of these speakers, under the names that a person has joined."""
    known = set(speakers)
    parties: dict[str, str] = {}
    for speaker in known:
        party = _party(speaker)
        if party is not None:
            name, voice = _voice(speaker.name, names), _voice(party, names)
            parties[name] = min(voice, parties.get(name, voice))
    return {speaker: _voice_of(speaker, parties, names) for speaker in known}


def _party(speaker: Speaker) -> str | None:
    return speaker.party if speaker.kind in _SPEAKS_FOR_A_PARTY else None


def _voice_of(speaker: Speaker, parties: Mapping[str, str], names: Mapping[str, str]) -> str:
    if speaker.kind is SpeakerKind.NARRATOR:
        return NARRATORS
    party = _party(speaker)
    if party is not None:
        return _voice(party, names)
    name = _voice(speaker.name, names)
    return parties.get(name, name)


def _voice(name: str, names: Mapping[str, str]) -> str:
    name = names.get(name, name)
    return slug(name) or name
