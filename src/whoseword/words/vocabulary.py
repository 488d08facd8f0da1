"""The closed vocabularies of a statement.

Stance and hedge follow the factuality tradition (Saurí and Pustejovsky 2009, FactBank: polarity
and certainty are told of a source, never of the world); basis is evidentiality (Aikhenvald
2004: how the speaker knows). "Unknown", "denied", "not asked" and "no answer" are four
different things here: ``does_not_know`` and ``cannot_say``, ``denies``, no statement at all,
and ``no_reply``.
"""

from enum import Enum


class Word(Enum):
    """A word of a closed vocabulary; hashed as the one object that it is, for views of many."""

    __hash__ = object.__hash__


class SpeakerKind(Word):
    """What the speaker is to the incident."""

    OFFICIAL = "official"
    WITNESS = "witness"
    INVOLVED = "involved"
    RELATIVE = "relative"
    RESPONDER = "responder"
    AGENCY = "agency"
    RECORD = "record"
    NARRATOR = "narrator"
    AUTOMATON = "automaton"
    UNNAMED = "unnamed"


class Stance(Word):
    """Where the speaker stands on the matter."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    CANNOT_SAY = "cannot_say"
    DOES_NOT_KNOW = "does_not_know"
    DECLINES = "declines"
    NO_REPLY = "no_reply"
    BELIEVES = "believes"
    EXPECTS = "expects"
    DOES = "does"


AFFIRMING = frozenset({Stance.AFFIRMS, Stance.DOES})
"""``does`` counts as its speaker's plain, first-hand affirmation."""

NON_ANSWERS = frozenset({Stance.CANNOT_SAY, Stance.DOES_NOT_KNOW, Stance.DECLINES, Stance.NO_REPLY})
"""What leaves a question open. Silence is one of them and is never "no"."""


class Hedge(Word):
    """How sure the words are; an approximate number is plain."""

    PLAIN = "plain"
    POSSIBLE = "possible"
    REPORTED = "reported"


class Basis(Word):
    """How the speaker knows."""

    SAW = "saw"
    HEARD = "heard"
    TOOK_PART = "took_part"
    WAS_TOLD = "was_told"
    RECORD = "record"
    CONCLUDED = "concluded"
    INFERRED = "inferred"
    UNSTATED = "unstated"


FIRST_HAND = frozenset({Basis.SAW, Basis.HEARD, Basis.TOOK_PART, Basis.RECORD, Basis.CONCLUDED})
"""The bases that can make two voices agree, where no relay stands between."""


class BookClass(Word):
    """The class of handling of a book: the second part of its name."""

    PUBLIC = "public"
    RESPONSE = "response"
    INCIDENT = "incident"
    INQUIRY = "inquiry"
    PERSONNEL = "personnel"
    CRIMINAL_JUSTICE = "criminal_justice"
    CHILD_WELFARE = "child_welfare"
    HEALTH = "health"
    VICTIM_SERVICES = "victim_services"


class Standing(Word):
    """What the statements on a matter add up to; in the order in which they are tried."""

    SUPERSEDED = "superseded"
    FOUND = "found"
    DISPUTED = "disputed"
    AGREED = "agreed"
    SAID_BY_SEVERAL = "said_by_several"
    SAID_BY_ONE = "said_by_one"
    DENIED = "denied"
    BELIEVED = "believed"
    EXPECTED = "expected"
    NOT_KNOWN = "not_known"
    NO_REPLY = "no_reply"


MEANINGS: dict[Enum, str] = {
    SpeakerKind.OFFICIAL: "a person who speaks in an office",
    SpeakerKind.WITNESS: "a person who was there and has no part in it",
    SpeakerKind.INVOLVED: "a person to whom or by whom it happened",
    SpeakerKind.RELATIVE: "a relative of somebody involved",
    SpeakerKind.RESPONDER: "a person sent to it",
    SpeakerKind.AGENCY: "an agency speaking as one body",
    SpeakerKind.RECORD: "a log, recording or register",
    SpeakerKind.NARRATOR: "the voice of a document",
    SpeakerKind.AUTOMATON: "a program; it clears nobody",
    SpeakerKind.UNNAMED: "a person or persons whom the document does not name",
    Stance.AFFIRMS: "says that it is so",
    Stance.DENIES: "says that it is not so",
    Stance.CANNOT_SAY: "was asked and could not say, or takes an earlier word back",
    Stance.DOES_NOT_KNOW: "says that it is not known to them",
    Stance.DECLINES: "was asked and would not say",
    Stance.NO_REPLY: "was asked and did not answer",
    Stance.BELIEVES: "thinks so",
    Stance.EXPECTS: "says that it will or would be so",
    Stance.DOES: "makes it so by saying it: an order, a clearance, a release, a seal",
    Hedge.PLAIN: "told without reserve",
    Hedge.POSSIBLE: "told as possible",
    Hedge.REPORTED: "told as what others, not named, report",
    Basis.SAW: "saw it",
    Basis.HEARD: "heard it happen",
    Basis.TOOK_PART: "did it, or it was done to them",
    Basis.WAS_TOLD: "was told, by nobody named",
    Basis.RECORD: "has it from a document, log or recording",
    Basis.CONCLUDED: "found it after inquiry",
    Basis.INFERRED: "infers it",
    Basis.UNSTATED: "does not say how they know",
    BookClass.PUBLIC: "what anybody may read",
    BookClass.RESPONSE: "what those who respond may read",
    BookClass.INCIDENT: "what those who answer for the incident may read",
    BookClass.INQUIRY: "what those who inquire may read",
    BookClass.PERSONNEL: "compelled statements and personnel matters",
    BookClass.CRIMINAL_JUSTICE: "criminal-justice information",
    BookClass.CHILD_WELFARE: "child-welfare records",
    BookClass.HEALTH: "health records",
    BookClass.VICTIM_SERVICES: "what an advocate was told",
    Standing.SUPERSEDED: "its own speakers replaced or withdrew every affirmation",
    Standing.FOUND: "a party with authority, without interest, has made a finding on it",
    Standing.DISPUTED: "voices take positions that cannot all hold",
    Standing.AGREED: "at least two independent voices affirm the same, plainly and at first hand",
    Standing.SAID_BY_SEVERAL: "two or more independent voices affirm it otherwise",
    Standing.SAID_BY_ONE: "one voice affirms it",
    Standing.DENIED: "only denied",
    Standing.BELIEVED: "only believed",
    Standing.EXPECTED: "only expected",
    Standing.NOT_KNOWN: "those asked could not say, do not know or declined",
    Standing.NO_REPLY: "those asked kept silent",
}
"""One plain line a word; the glossary in docs/ is held against it by a test."""
