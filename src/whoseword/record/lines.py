"""The lines that a release can hold: what is known, on whose word, and what is not known.

A line is one matter of the account as an information officer opens it, with its standing and its
voices in words: "the department says", "witnesses say; not confirmed", "not known". No line is surer
than its matter (law 1): a possible thing says possibly, and what one voice says is not confirmed.
Only what a person reviewed one by one can stand in it (law 6); where an unreviewed word bears on the
matter there is no line until somebody has read that word, since it may change the standing.

Private persons have no name here: a witness is "a witness". Officials, agencies and records speak
under their own; responders by what they are, since no release tells which officer acted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

from whoseword.account import Account, MatterView
from whoseword.account.phrases import position_words
from whoseword.account.shapes import Position
from whoseword.words import Hedge, SpeakerKind, Stance, Standing, Statement, parse_matter
from whoseword.words.kinds import kind_of, values_of


class Section(Enum):
    """Where a line stands in a release."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"


class Line(NamedTuple):
    """One line: the matter's label, its words, standing and voices, and the statements behind it.

    ``statements`` are for the desk alone: no public word names what stands in a closed book.
    """

    matter: str
    text: str
    standing: str
    who_says: tuple[str, ...]
    section: Section
    statements: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of fact that it is about."""
        return self.matter.partition("(")[0]

    def says_the_same(self, text: str, standing: str, who_says: Collection[str]) -> bool:
        """Whether a published line says this already."""
        return (self.text, self.standing, self.who_says) == (text, standing, tuple(who_says))


class Waiting(NamedTuple):
    """A matter of which there is no line yet, because an unreviewed word bears on it."""

    matter: str
    statements: tuple[str, ...]


_NEVER: Final = frozenset(
    {"published", "withheld", "waived", "sealed", "quarantined", "disclosed", "imported", "assigned",
     "broke_glass", "read_reviewed", "same", "found"}
)  # fmt: skip
"""Kinds that are the ledger's own business, or (``found``) are told on the matter that they find."""
_NOT_KNOWN: Final = frozenset({Standing.NOT_KNOWN.value, Standing.NO_REPLY.value})
_OPENS: Final = {
    Standing.FOUND.value: "Found",
    Standing.AGREED.value: "Agreed by those who know at first hand",
    Standing.DISPUTED.value: "Disputed",
    Standing.SAID_BY_SEVERAL.value: "Said by several, not confirmed",
    Standing.SAID_BY_ONE.value: "Said by one, not confirmed",
    Standing.DENIED.value: "Denied",
    Standing.BELIEVED.value: "Believed, not known",
    Standing.EXPECTED.value: "Expected, not yet so",
    Standing.NOT_KNOWN.value: "Not known",
    Standing.NO_REPLY.value: "Asked, no answer yet",
}
_ROLES: Final = {
    SpeakerKind.WITNESS: ("a witness", "witnesses"),
    SpeakerKind.INVOLVED: ("a person involved", "persons involved"),
    SpeakerKind.RELATIVE: ("a relative", "relatives"),
    SpeakerKind.RESPONDER: ("a responder", "responders"),
    SpeakerKind.UNNAMED: ("somebody unnamed", "unnamed persons"),
    SpeakerKind.AUTOMATON: ("a machine", "machines"),
    SpeakerKind.NARRATOR: ("a report", "reports"),
}
"""How those are called who have no name in a release: one, and several."""


def lines_of(view: Account) -> tuple[list[Line], list[Waiting]]:
    """Every line that the account allows, in the order of the matters; and what waits for a review."""
    lines, waiting = [], []
    for matter in view.matters:
        if matter.matter.partition("(")[0] in _NEVER or matter.standing not in _OPENS:
            continue
        unread = _unread(matter, view.statements)
        if unread:
            waiting.append(Waiting(matter.matter, unread))
            continue
        line = _line(matter, view.statements)
        if line is not None:
            lines.append(line)
    return lines, waiting


def _unread(matter: MatterView, statements: Mapping[str, Any]) -> tuple[str, ...]:
    """The statements on a matter that nobody looked at one by one."""
    ids = {id_ for one in matter.positions for id_ in one.statements} | set(
        matter.because.statements
    )
    return tuple(sorted(id_ for id_ in ids if not statements[id_].reviewed))


def _line(matter: MatterView, statements: Mapping[str, Any]) -> Line | None:
    counted = [one for one in matter.positions if _counts(one, matter.standing, statements)]
    findings = list(_findings(matter, statements))
    if not counted and not findings:
        return None
    told = [_told(one, statements) for one in counted]
    who = dict.fromkeys(name for one in counted for name in _voices(one.statements, statements))
    for one in findings:
        who |= dict.fromkeys(_voices((str(one.id),), {str(one.id): one}))
    answers = [f"finding by {_names([one])}: {_finding(one)}" for one in findings] + told
    ids = [id_ for one in counted for id_ in one.statements] + list(matter.because.statements)
    return Line(
        matter.matter,
        f"{matter.question} {_OPENS[matter.standing]}: {'; '.join(answers)}.",
        matter.standing,
        tuple(who),
        Section.NOT_KNOWN if matter.standing in _NOT_KNOWN else Section.KNOWN,
        tuple(sorted(set(ids))),
    )


def _counts(position: Position, standing: str, statements: Mapping[str, Any]) -> bool:
    """Whether a position is told: it stands, somebody speaks for it, and it is no silence beside words."""
    if position.replaced_by is not None or position.implied_by is not None:
        return False
    if not position.origins:
        return False
    if all(statements[id_].speaker.kind is SpeakerKind.NARRATOR for id_ in position.statements):
        return False
    is_silent = position.stance in ("cannot_say", "does_not_know", "declines", "no_reply")
    return standing in _NOT_KNOWN or not is_silent


def _told(position: Position, statements: Mapping[str, Any]) -> str:
    words = position_words(
        Stance(position.stance), Hedge(position.hedge), position.value, position.happened
    )
    speakers = [statements[id_] for id_ in position.statements]
    hearsay = "" if any(not one.via for one in speakers) else ", through others"
    words = words.replace("_", " ")
    return f"{words}, say{'s' if len(position.origins) == 1 else ''} {_names(speakers)}{hearsay}"


def _findings(matter: MatterView, statements: Mapping[str, Any]) -> Iterator[Statement]:
    """The findings on a matter, where it rests on some."""
    if matter.standing == Standing.FOUND.value:
        for id_ in matter.because.statements:
            one: Statement = statements[id_]
            if kind_of(one.fact) == "found":
                yield one


def _finding(one: Statement) -> str:
    value = values_of(one.fact).get("finding")
    about = parse_matter(str(getattr(one.fact, "matter", "") or ""))
    return str(value) if value is not None else f"on {about.label}" if about else "made"


def _voices(ids: Iterable[str], statements: Mapping[str, Any]) -> Iterator[str]:
    for id_ in ids:
        yield _name(statements[id_])


def _name(one: Statement) -> str:
    """How a speaker is called in public."""
    role = _ROLES.get(one.speaker.kind)
    return role[0] if role is not None else one.speaker.name


def _names(speakers: Iterable[Statement]) -> str:
    """Several speakers in a row, those without a name counted by what they are."""
    named: dict[str, None] = {}
    roles: Counter[SpeakerKind] = Counter()
    voices: set[tuple[str, str | None]] = set()
    for one in speakers:
        voice = (one.speaker.name, one.speaker.party)
        if voice in voices:
            continue
        voices.add(voice)
        if one.speaker.kind in _ROLES:
            roles[one.speaker.kind] += 1
        else:
            named[one.speaker.name] = None
    told = [*named, *(_many(kind, count) for kind, count in roles.items())]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _many(kind: SpeakerKind, count: int) -> str:
    one, several = _ROLES[kind]
    return one if count == 1 else f"{count} {several}"
