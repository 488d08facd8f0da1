"""Log entries without a verb: "C3 ON SCENE", "FEMALE DECEASED", "SHOTS FIRED", "WEAPON UNK".

Radio English leaves out the verb "to be" (APCO's and most agencies' plain-language guides), so
these are matched as words in order and not as clauses.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.findings import other
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.grammar import child
from whoseword.intake.reading.lexicon import PERSONS, WEAPONS
from whoseword.intake.reading.speakers import can_speak, voice_of
from whoseword.words import ANYONE, Basis, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

_ADVISING: Final = frozenset({"advised", "advises", "reports", "reported", "states", "stated"})
_ENGAGING: Final = frozenset({"approach", "enter", "engage", "contact"})


def read_telegram(walk: "Walk", frame: Frame) -> bool:
    """Read a log entry that says things without a verb; whether it was one."""
    words = [one for one in walk.parsed.doc if not one.is_punct]
    body = words
    at = next((n for n, one in enumerate(words) if one.lower_ in _ADVISING and 0 < n <= 3), None)
    if at is not None and at + 1 < len(words):
        body = words[at + 1 :]
        source = words[at - 1]
        if can_speak(source):
            voice = voice_of(source, walk.discourse, None)
            cue = walk.parsed.span_of([words[at]])
            inner = frame.spoken_by(voice, None, None)
            named = walk.parsed.span(words[0].i, source.i)
            frame = replace(
                inner, cue=cue, said=frame.said, basis=Basis.UNSTATED, speaker_span=named
            )
            walk.attribution.last = voice.entity
    made = _stated(body, walk, frame)
    if not made and at is not None and words[at].lower_ in ("advised", "advises"):
        span = walk.parsed.span_of(body)
        made = [other(walk.spans.text(span))] if span is not None else []
    if not made:
        return False
    span = walk.parsed.span_of(body)
    for finding in made:
        if span is not None:
            walk.drafting.add(
                finding, replace(frame, stance=finding.stance or frame.stance), walk.parsed, span
            )
            walk.found += 1
    return True


def _stated(body: "list[Token]", walk: "Walk", frame: Frame) -> list[Finding]:
    """What the words state; the first pattern that fits."""
    clause = Clause(body[0], None, False, walk.discourse, frame.entity)
    told = [one.lower_ for one in body]
    for pattern in (_under_way, _of_a_unit, _ordered, _of_a_person, _of_a_weapon):
        made = pattern(body, told, clause)
        if made:
            return made
    return []


def _of_a_unit(body: "list[Token]", told: list[str], clause: Clause) -> list[Finding]:
    if "scene" in told[-2:] and "on" in told[-3:-1] and len(body) <= 5:
        return found(clause, "arrived", unit=_last_name(body[:-2], clause), place="scene")
    if "dispatched" in told[1:3] and "with" in told:
        crew = [clause.whom(one) for one in body[told.index("with") + 1 :]]
        names = list(dict.fromkeys(one.name for one in crew if one.name))
        unit = _last_name(body[: told.index("dispatched")], clause)
        return found(clause, "dispatched", unit=unit, members=[*names])
    if told[1:2] == ["staged"] and _is_person(body[:1]):
        return found(clause, "staged", unit=clause.whom(body[0]), place=place_name(body[-1]))
    if told[-1] == "notified" and len(body) >= 2:
        return found(clause, "notified", agency=clause.whom(body[-2]))
    return []


def _ordered(body: "list[Token]", told: list[str], clause: Clause) -> list[Finding]:
    """A hold or a clearance: words that make it so, once a person has signed them."""
    made: list[Finding] = []
    if told[0] == "hold" and _is_person(body[1:2]):
        made = found(clause, "held", who=clause.whom(body[1]))
    elif "cleared" in told and _ENGAGING & set(told) and _is_person(body[:1]):
        at = told.index("until") + 1 if "until" in told[:-1] else None
        until = body[at].text if at is not None else None
        made = found(clause, "cleared", who=clause.whom(body[0]), for_="engage", until=until)
    return [replace(one, stance=Stance.DOES) for one in made]


def _of_a_person(body: "list[Token]", told: list[str], clause: Clause) -> list[Finding]:
    if told[-1] in ("deceased", "dead") and _is_person(body[-2:-1]):
        return found(clause, "died", who=clause.whom(body[-2]))
    if not _is_person(body[:1]):
        return []
    if told[1:2] in (["has"], ["with"]) and told[-1] in WEAPONS:
        return found(clause, "armed", who=clause.whom(body[0]), weapon=told[-1])
    if told[1:2] in (["inside"], ["in"], ["at"]) and len(body) <= 4:
        return found(clause, "present", who=clause.whom(body[0]), place=place_name(body[-1]))
    return []


def _of_a_weapon(body: "list[Token]", told: list[str], clause: Clause) -> list[Finding]:
    if told in (["no", "arrest"], ["no", "arrests"]):
        made = found(clause, "arrested", who=ANYONE)
        return [replace(one, stance=Stance.DENIES) for one in made]
    if told[-2:] == ["shots", "fired"]:
        return found(clause, "discharged_weapon", who=None)
    if told[-1] == "unknown" and told[0] in WEAPONS | {"weapons"} and len(body) == 2:
        made = found(clause, "armed", who=None)
        return [replace(one, stance=Stance.DOES_NOT_KNOW) for one in made]
    return []


def _under_way(body: "list[Token]", told: list[str], clause: Clause) -> list[Finding]:
    """ "ADV TALKING TO FEMALE", "ADV CARRYING INFANT TO MEDICS": the speaker's own act."""
    people = [one for one in body[1:] if _is_person([one])]
    if clause.speaker is None or not people:
        return []
    doer, lemma = clause.speaker.name, told[0]
    if lemma in ("talking", "speaking", "engaging"):
        return found(clause, "engaged", who=doer, whom=clause.whom(people[0]))
    if lemma in ("carrying", "moving", "transporting"):
        to = place_name(people[1]) if len(people) > 1 else None
        return found(clause, "moved", who=clause.whom(people[0]), by=doer, to=to)
    return []


def _last_name(words: "list[Token]", clause: Clause) -> str | None:
    for one in reversed(words):
        name = clause.whom(one).name
        if name is not None:
            return name
    return None


def _is_person(words: "list[Token]") -> bool:
    return bool(words) and (words[0].lower_ in PERSONS or child(words[0], "nummod") is not None)
