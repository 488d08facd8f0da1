"""What sort of document it is, and in whose voice it speaks where it quotes nobody.

Told from what stands on the page: labels, time stamps, a heading, a salutation, a signature.
What looks like none of these is journalism, whose own voice is a narrator's.
"""

import re
from collections.abc import Sequence
from enum import Enum
from pathlib import PurePath
from typing import Final

import msgspec

from whoseword.intake.form import Form, Imprint
from whoseword.intake.reading.entities import Entity
from whoseword.intake.reading.issuers import (
    agency_at,
    is_agency_line,
    letterhead,
    logged_by,
    masthead,
    named_in,
    sender_in,
)
from whoseword.intake.reading.layout import Layout
from whoseword.intake.reading.lexicon import PERSONS
from whoseword.intake.reading.naming import agency_slug, slug, titled
from whoseword.intake.reading.signatures import (
    CLOSING,
    reporter,
    signatory,
    signed_name,
    speaks_for_many,
)
from whoseword.intake.reading.times import edtf_date
from whoseword.words import Occasion, Speaker, SpeakerKind
from whoseword.words.times import is_edtf

_NO_FORM: Final = Form()
_RELEASE: Final = re.compile(
    r"(?i)\b(?:press|news|media) (?:release|advisory|statement|alert)\b|for immediate release"
    r"|^(?:correction|(?:public |official |joint )?statement)(?:$|:| (?:from|of|by|on|regarding)\b)"
    r"|\b(?:official|public|joint) statement$|^news from\b"
)
_ENDS_A_RELEASE: Final = re.compile(
    r"(?m)^(?:-30-|###|# # #)\s*$|(?i:\b(?:seeking|asking for|requesting) the public['’]s (?:help|assistance))"
)
_RECORD: Final = re.compile(
    r"(?i)\b(?:summary|narrative|incident report|event log|call log|dispatch log|memo(?:randum)?"
    r"|log of (?:the )?calls?|supplement(?:al)?(?: report)?|continuation"
    r"|(?:initial|officer|supervisor|force)(?:['’]s)? report|(?:case|progress|contact) note|order"
    r"|answer|(?:event|incident|call|run) (?:history|detail|record|sheet))\b"
    r"|^(?:[\w-]+ ){0,3}reports?(?: (?:#|no|of (?:contact|investigation))\b.*)?$"
)
_BRIEFING: Final = re.compile(r"(?i)\b(?:briefing|press conference|interview|hearing|call)\b")
_RECORDED: Final = re.compile(r"(?i)briefing|interview|hearing|radio|(?<![a-z])call(?![a-z])")
_SALUTATION: Final = re.compile(r"^(?:Dear|To whom|To the|Members of)\b.{0,80}[:,]$")
_ISSUED: Final = re.compile(
    r"(?i)\b(?:advisory|alert|bulletin|news|notices?|information|outlook|forecast)\b"
)
_TITLED: Final = re.compile(
    r"(?i)\b(?:chief|sheriff|prosecutor|coroner|examiner|commissioner|director|attorney|mayor"
    r"|sgt|det|lt|capt|sergeant|lieutenant|captain|clerk|supervisor|superintendent)\b"
)
_MAILBOX: Final = re.compile(
    r"(?i)^(?:no-?reply|do-?not-?reply|records|info|alerts?|notifications?|mailer|postmaster)[\w.-]*@"
)
_LONGEST_SIGNATURE: Final = 5
_COPYRIGHT: Final = re.compile(r"©\s*(?:\d{4}\s*)?(?P<name>[A-Z][^.|\n]{2,60})")


class Genre(Enum):
    """The sorts of document that differ in their own voice."""

    JOURNALISM = "journalism"
    RELEASE = "release"
    LETTER = "letter"
    TRANSCRIPT = "transcript"
    LOG = "log"
    RECORD = "record"


class OwnVoice(msgspec.Struct, frozen=True):
    """In whose name a document speaks, when, and on what occasion."""

    genre: Genre
    speaker: Speaker
    said: str | None = None
    occasion: Occasion | None = None
    is_person: bool = False

    @property
    def entity(self) -> Entity:
        """The issuer as an entity, for "this office" and "we"."""
        person = self.is_person or self.genre is Genre.LETTER
        agency = self.speaker.party is not None and not person
        return Entity(
            self.speaker.party if agency and self.speaker.party else slug(self.speaker.name),
            slug(self.speaker.name).rpartition("-")[2],
            self.speaker.name,
            kind=self.speaker.kind,
            party=self.speaker.party,
            is_agency=agency,
            is_person=person,
        )


def own_voice(text: str, layout: Layout, name: str, form: Form = _NO_FORM) -> OwnVoice:
    """The voice of a document whose file is `name`, of which its format tells `form`."""
    if form.cues:
        return _recorded(name)
    lines = [text[one.start : one.end].strip() for one in layout.sentences]
    head = lines[:8]
    genre = _genre(text, lines, head, layout)
    agency = agency_at(head)
    if genre is Genre.LOG and agency is None:
        agency = logged_by(lines)
    if genre is Genre.RELEASE and agency is None:
        agency = named_in(text)
    if genre is Genre.JOURNALISM and agency is not None and _is_issued(agency, head, text):
        # What stands under an agency's letterhead is that agency's word, or its writer's.
        genre = Genre.RECORD if reporter(head, text) else Genre.RELEASE
    said = next((date for line in head if len(line) < 90 and (date := edtf_date(line))), None)
    if genre is Genre.JOURNALISM:
        imprint = form.imprint or Imprint()
        outlet = _COPYRIGHT.search(text)
        named = outlet["name"].strip() if outlet else imprint.outlet or masthead(head)
        told = named or f"narrator of {PurePath(name).name}"
        return OwnVoice(genre, Speaker(told, SpeakerKind.NARRATOR), said or imprint.date)
    if genre is Genre.LETTER:
        return OwnVoice(genre, _letter_writer(text, agency), said, Occasion("letter"))
    author = reporter(head, text) if genre is Genre.RECORD else None
    if author is not None:
        kind = SpeakerKind.RESPONDER if author.at_work else SpeakerKind.OFFICIAL
        party = agency_slug(titled(letterhead(agency))) if agency else None
        party = agency_slug(author.office) if party is None and author.office else party
        return OwnVoice(genre, Speaker(author.name, kind, party), said, is_person=True)
    if agency is None:
        agency = sender_in(head)
    if agency is None:
        kind = SpeakerKind.RECORD if genre in (Genre.LOG, Genre.RECORD) else SpeakerKind.NARRATOR
        return OwnVoice(genre, Speaker(PurePath(name).stem, kind), said, _occasion(genre, head))
    agency = letterhead(agency)
    signed = lines[-1] if _signs(lines[-1]) else None
    released = any(_RELEASE.search(line) for line in head if len(line) < 80)
    if signed and not released and genre in (Genre.RELEASE, Genre.RECORD):
        person = Speaker(signed.split(",")[0], SpeakerKind.OFFICIAL, agency_slug(titled(agency)))
        return OwnVoice(genre, person, said, _occasion(genre, head), is_person=True)
    kind = SpeakerKind.RECORD if genre in (Genre.LOG, Genre.RECORD) else SpeakerKind.AGENCY
    speaker = Speaker(titled(agency), kind, agency_slug(titled(agency)))
    return OwnVoice(genre, speaker, said, _occasion(genre, head))


def _recorded(name: str) -> OwnVoice:
    """The voice of a recording's transcript where nobody is named: somebody's, unnamed."""
    found = _RECORDED.search(PurePath(name).stem)
    occasion = Occasion(found.group().lower() if found else "recording")
    unnamed = Speaker("unnamed speaker", SpeakerKind.UNNAMED)
    return OwnVoice(Genre.TRANSCRIPT, unnamed, None, occasion, is_person=True)


def letter_voice(author: str | None, said: str | None, lines: Sequence[str]) -> OwnVoice:
    """The voice of a message: of who sent it, for the agency named beside or under their name.

    `author` is as a head names them, "Ada Brook <ada@elm.example>" or "Clerk, Elm Falls Police".
    """
    occasion = Occasion("e-mail")
    said = said if said is None or is_edtf(said) else edtf_date(said) or said
    name, agency = _sender(author or "")
    if not name:
        unnamed = Speaker("writer of a quoted message", SpeakerKind.UNNAMED)
        return OwnVoice(Genre.LETTER, unnamed, said, occasion, is_person=True)
    closes = [at for at, line in enumerate(lines) if CLOSING.match(line) or line == name]
    below = lines[closes[0] + 1 :][:_LONGEST_SIGNATURE] if closes else []
    agency = agency or next((line for line in below if is_agency_line(line)), None)
    if "@" in name and (signed := signed_name(lines)) is not None:
        # Whoever sent it from an address alone signed it by name.
        name = signed
    party = agency_slug(titled(letterhead(agency))) if agency else None
    ends = " ".join(lines[-2:])
    has_office = party is not None or any(_TITLED.search(one) for one in (name, *below, ends))
    kind = SpeakerKind.OFFICIAL if has_office else SpeakerKind.WITNESS
    if _MAILBOX.match(name):
        kind = SpeakerKind.AUTOMATON
    return OwnVoice(Genre.LETTER, Speaker(name, kind, party), said, occasion, is_person=True)


def _sender(author: str) -> tuple[str, str | None]:
    """The name of a sender without the address, and the agency that stands beside it."""
    told = re.sub(r"\s*[<\[(][^<>]*@[^<>]*[>\])]", "", author).strip(" \"'\t")
    told = re.sub(r"\s*\([^()]*\)$", "", told)
    name, comma, beside = told.partition(",")
    beside = beside.strip()
    if comma and is_agency_line(beside):
        return name.strip(), beside
    is_role = bool(_TITLED.search(name)) or name.lower() in PERSONS
    inverted = re.fullmatch(r"[A-Z][^\W\d]+(?: [A-Z][^\W\d]*\.?)?", beside)
    if comma and not is_role and re.fullmatch(r"[A-Z][\w'’-]+", name) and inverted:
        return f"{beside} {name}", None
    return (name.strip() if comma else told) or author.strip(" <>"), None


def _genre(text: str, lines: Sequence[str], head: Sequence[str], layout: Layout) -> Genre:
    if layout.is_transcript:
        return Genre.TRANSCRIPT
    if layout.is_log:
        return Genre.LOG
    if any(_SALUTATION.match(line) for line in lines) and signatory(text) is not None:
        return Genre.LETTER
    if any(_RELEASE.search(line) for line in head if len(line) < 80) or _ENDS_A_RELEASE.search(
        text
    ):
        return Genre.RELEASE
    if any(_RECORD.search(line) for line in head if len(line) < 80):
        return Genre.RECORD
    return Genre.JOURNALISM


def _occasion(genre: Genre, head: Sequence[str]) -> Occasion | None:
    if genre is not Genre.TRANSCRIPT:
        return None
    found = next((match for line in head if (match := _BRIEFING.search(line))), None)
    word = found.group().lower() if found else "interview"
    return Occasion("briefing" if word == "press conference" else word)


def _is_issued(line: str, head: Sequence[str], text: str) -> bool:
    """Whether what follows is an agency's own word: under its letterhead, its notice, or its "we"."""
    beside = line[len(letterhead(line)) :]
    if head and head[0] == line:
        return True
    if any(_ISSUED.search(one) for one in head[:3] if len(one) < 60 and one[-1:] not in ".?!"):
        return True
    return line == line.upper() or bool(_ISSUED.search(beside)) or speaks_for_many(text)


def _signs(line: str) -> bool:
    """Whether a document's last line is a person's title and name and nothing else."""
    words = line.split()
    return len(words) <= 6 and not set(line) & set(".?!:@") and bool(_TITLED.search(line))


def _letter_writer(text: str, agency: str | None) -> Speaker:
    """Whoever signed a letter, for the agency on whose paper it stands or in whose office."""
    author = signatory(text)
    if author is None:
        told = titled(agency) if agency else "writer of the letter"
        return Speaker(told, SpeakerKind.AGENCY, agency_slug(told) if agency else None)
    party = agency or author.office
    official = SpeakerKind.OFFICIAL if party else SpeakerKind.WITNESS
    return Speaker(author.name, official, agency_slug(titled(party)) if party else None)
