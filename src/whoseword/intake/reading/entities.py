"""What a document has told of one person, agency or thing, and how it is referred to."""

from dataclasses import dataclass, field
from typing import Final

from whoseword.intake.reading.lexicon import (
    BYSTANDERS,
    OFFICIALS,
    RELATIVES,
    RESPONDERS,
    TITLES,
    WRITTEN_OUT,
)
from whoseword.intake.reading.naming import agency_slug
from whoseword.words import SpeakerKind

SHE: Final = frozenset({"she", "her", "hers", "herself"})
HE: Final = frozenset({"he", "him", "his", "himself"})
THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
ME: Final = frozenset({"i", "me", "my", "mine", "myself"})
WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
SHE_OR_HE: Final = SHE | HE
PRONOUNS: Final = SHE | HE | THEY | ME | WE | {"it", "its"}


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a noun phrase means: a name, or null with those who could be meant."""

    name: str | None
    candidates: tuple[str, ...] = ()
    anyone: bool = False
    none_of: bool = False


UNKNOWN: Final = Referent(None)
ANY: Final = Referent(None, anyone=True)
NONE_OF: Final = Referent(None, none_of=True)
"""None of some: "no other officer". To deny it of anyone would deny too much."""


@dataclass(slots=True)
class Entity:
    """What a document has told so far of one person, agency or thing.

    `seen` are the places where it was mentioned, by sentence and word; `subjects` those
    of them where it was the subject of a clause.
    """

    name: str
    head: str
    display: str
    plural: bool = False
    gender: str | None = None
    kind: SpeakerKind | None = None
    party: str | None = None
    is_person: bool = False
    is_agency: bool = False
    title: str | None = None
    owner: str | None = None
    seen: list[tuple[int, int]] = field(default_factory=list)
    subjects: list[tuple[int, int]] = field(default_factory=list)
    coordinated_in: set[int] = field(default_factory=set)


def kind_of_role(role: str) -> SpeakerKind | None:
    """What a role noun or a title makes of a speaker, if it makes anything."""
    role = WRITTEN_OUT.get(role.rstrip("."), role)
    for nouns, kind in (
        (OFFICIALS, SpeakerKind.OFFICIAL),
        (RELATIVES, SpeakerKind.RELATIVE),
        (RESPONDERS, SpeakerKind.RESPONDER),
        (BYSTANDERS, SpeakerKind.WITNESS),
    ):
        if role in nouns:
            return kind
    return None


def party_of_office(words: list[str], title: str) -> str | None:
    """The agency that an office's full title names, if it names one."""
    told = [one for one in words if one.lower().rstrip(".") not in TITLES or one == words[-1]]
    lower = [one.lower() for one in words]
    if len(words) < 2:
        return None
    if "police" in lower and lower.index("police") > 0:
        return agency_slug(" ".join(words[: lower.index("police") + 1]))
    if title in ("prosecutor", "sheriff", "coroner", "examiner", "attorney", "judge"):
        return agency_slug(" ".join(told)) if len(told) > 1 else None
    return None


def give_office(entity: Entity, before: str, title: str, whole: list[str]) -> None:
    """Give a person the office of the words before the name, and its agency."""
    entity.title = WRITTEN_OUT.get(title.rstrip("."), title.rstrip("."))
    entity.kind = kind_of_role(entity.title) or entity.kind
    if entity.kind is SpeakerKind.OFFICIAL and entity.party is None:
        words = [one for one in [*before.split(), *whole[:-1]] if one]
        entity.party = party_of_office(words, entity.title)
