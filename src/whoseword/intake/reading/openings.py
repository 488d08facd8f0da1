"""In whose mouth a sentence opens: a label's, a log's sign, a running quotation's, or the document's."""

from dataclasses import replace
from typing import Final

from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import Entity, kind_of_role
from whoseword.intake.reading.findings import Drafting
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.genre import Genre, OwnVoice
from whoseword.intake.reading.lexicon import PERSONS, TITLES
from whoseword.intake.reading.naming import slug, titled
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.speakers import UNNAMED
from whoseword.intake.reading.turns import labels_of, meant_by
from whoseword.words import Basis, SpeakerKind

NOBODY: Final = Entity(UNNAMED, UNNAMED, UNNAMED, kind=SpeakerKind.UNNAMED)
"""Whoever says what nobody is said to say."""


def outermost(
    text: str,
    parsed: Parsed,
    voice: OwnVoice,
    issuer: Entity,
    drafting: Drafting,
) -> Frame:
    """The frame in which a sentence opens: a label's speaker, or the document's own."""
    label, stamp = parsed.sentence.label, parsed.sentence.stamp
    record = voice.genre in (Genre.LOG, Genre.RECORD)
    frame = Frame(
        entity=issuer,
        own=True,
        basis=Basis.RECORD if record else Basis.UNSTATED,
        said=voice.said,
        occasion=voice.occasion,
    )
    if label is not None:
        name = text[label[0] : label[1]]
        if stamp is not None:
            unit = _signed_by(drafting.discourse, name)
            said = text[stamp[0] : stamp[1]].strip("[]()")
            basis = Basis.UNSTATED
            return replace(
                frame, entity=unit, own=False, speaker_span=label, said=said, basis=basis
            )
        entity = labelled(drafting.discourse, name, voice, text)
        return replace(frame, entity=entity, own=False, speaker_span=label)
    if stamp is not None:
        said = text[stamp[0] : stamp[1]].strip("[]()")
        goes_on = parsed.sentence.start == parsed.sentence.body
        if goes_on and drafting.last_speaker is not None:
            return replace(
                frame, entity=drafting.last_speaker, own=False, said=said, basis=Basis.UNSTATED
            )
        return replace(frame, said=said)
    return frame


def speaking_on(drafting: Drafting, parsed: Parsed) -> Entity:
    """Whose running quotation it is: of who spoke in this paragraph or at the end of the last."""
    last, spoke_in = drafting.last_speaker, drafting.last_passage
    if last is not None and parsed.sentence.passage - spoke_in <= 1:
        return last
    return NOBODY


def labelled(discourse: Discourse, label: str, voice: OwnVoice, text: str) -> Entity:
    """The speaker of a transcript's label: "CHIEF ADA BROOK" speaks for the agency above it.

    A short label is whom the head of the document says that it stands for.
    """
    meant = meant_by(text, label) or (_lone_name(text, label) if label == "A" else None) or label
    name_told, _, office = meant.partition(", ")
    told = titled(name_told.split(" for ")[0])
    words = [word if word[:1].isupper() else word.capitalize() for word in told.split()]
    lower = [word.lower().rstrip(".") for word in words]
    titles = [word for word in lower if word in TITLES]
    is_role = lower[-1] in PERSONS or lower[-1].isdigit()
    name = slug(told) if is_role or (titles and len(words) == 1) else slug(words[-1])
    known = discourse.entity(name)
    offices = (office.lower(), *titles[-1:], *lower)
    role = next((word for word in offices if word in TITLES | PERSONS), lower[-1])
    shown = " ".join(words) if meant == label or office else meant
    entity = known or Entity(name, name, shown)
    entity.is_person = True
    entity.display = shown if entity.display == name or known is None else entity.display
    entity.kind = entity.kind or kind_of_role(role) or SpeakerKind.UNNAMED
    if entity.kind is SpeakerKind.OFFICIAL and entity.party is None:
        entity.party = voice.speaker.party
    discourse.entities[name] = entity
    return entity


def _signed_by(discourse: Discourse, sign: str) -> Entity:
    """The unit that signs a row of a log."""
    name = slug(sign)
    known = discourse.entity(name)
    entity = known or Entity(name, name.rpartition("-")[2], sign, is_person=True)
    entity.kind = entity.kind or SpeakerKind.RESPONDER
    discourse.entities[name] = entity
    return entity


def _lone_name(text: str, answer: str) -> str | None:
    """Who answers as "A", where one other label than "Q" stands in the document."""
    labels = {text[slice(*label)] for label in labels_of(text)} - {"Q", answer}
    return labels.pop() if len(labels) == 1 else None
