"""What a model may return, and what is kept of what cannot be used."""

import hashlib
import json
from enum import Enum
from typing import Any, Final

import msgspec

from whoseword.words import Basis, Hedge, SpeakerKind, Stance

READER: Final = "x_reader"
"""The key of a statement that says which model read it, and how it was asked."""
OTHER_READING: Final = "x_other_reading"
"""The key of a statement over whose words another reader found another stance."""
CAUTIONS: Final = "x_cautions"
"""The key that tells, in plain sentences, what a person should look at before signing."""
_MARK: Final = "unlocated-"
_LONGEST: Final = 2_000


class ToldSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slot of a fact, with its values."""

    slot: str
    values: tuple[str, ...]


class ToldRelay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One through whom the word came."""

    name: str
    kind: SpeakerKind


class ToldStatement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement as a model returns it; nothing of it is believed before it is found.

    `before` are the words that stand right before the quote. `speaker` is null where the document
    speaks in its own voice.
    """

    quote: str
    before: str
    speaker: str | None
    speaker_kind: SpeakerKind
    speaker_words: str | None
    cue: str | None
    via: tuple[ToldRelay, ...]
    stance: Stance
    hedge: Hedge
    basis: Basis
    kind: str
    slots: tuple[ToldSlot, ...]


class WhyUnlocated(Enum):
    """Why something that a model returned is no draft."""

    NOT_IN_TEXT = "the quoted words do not stand in the document"
    NOT_COPIED = "the cue or the speaker's words do not stand in the document"
    SET_ASIDE = "the words stand only where they are quoted again, or around the text"
    SEVERAL_SENTENCES = "the quoted words run over several sentences"
    PRONOUN = "it names a speaker by a pronoun alone"
    UNREADABLE = "it holds characters that no statement may hold"
    SEVERAL_PLACES = "the quoted words stand in several places, and none is told"
    NO_WORDS = "it quotes nothing"
    NO_STATEMENT = "it is no statement of the form that was asked for"
    NAME_NOT_IN_TEXT = "it names somebody or something that the document does not"
    NOT_A_MACHINES = "no machine may say this: it takes a person"
    OUT_OF_SIGHT = "the words were sealed, or are in quarantine"


class Unlocated(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a model returned and that is no draft: of which document, why, and what."""

    document: str
    reader: str
    why: WhyUnlocated
    returned: str


def unlocated(document: str, reader: str, why: WhyUnlocated, returned: Any) -> Unlocated:
    """What was returned, cut to a length that can be shown."""
    told = json.dumps(returned, ensure_ascii=False)
    # Control characters stand escaped by now; half of a surrogate pair is no text at all.
    told = told.encode(errors="backslashreplace").decode()
    return Unlocated(document=document, reader=reader, why=why, returned=told[:_LONGEST])


def unlocated_name(one: Unlocated) -> str:
    """A name under which it lies among the drafts of a home; no draft can have it."""
    digest = hashlib.sha256(f"{one.document}\0{one.why.name}\0{one.returned}".encode())
    return f"{_MARK}{digest.hexdigest()[:12]}"


def is_unlocated(name: str) -> bool:
    """Whether what lies under a name among the drafts of a home is no draft."""
    return name.startswith(_MARK)


def encode_unlocated(one: Unlocated) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(one, order="sorted")


def decode_unlocated(line: bytes) -> Unlocated:
    """What `encode_unlocated` wrote."""
    return msgspec.json.decode(line, type=Unlocated)
