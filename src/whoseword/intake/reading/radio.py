"""Log entries in capitals, cut into the things that they say, each in the mouth of who says it.

Radio English leaves out the verb "to be" and strings reports together ("AMB 21 ADV CLEAR OF HOSP,
RESPONDING"), so an entry is read as words in order and not as clauses: who is named before a verb
of saying speaks until somebody else does, a report within a report is hearsay, and what the
dispatcher does ("CORONER NOTIFIED") is the log's own word.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import PRONOUNS, Entity, kind_of_role
from whoseword.intake.reading.facts import Finding
from whoseword.intake.reading.findings import other
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.lexicon import PERSONS
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.radio_facts import Telegram, is_person, stated
from whoseword.intake.reading.speakers import Voice, can_speak, voice_of
from whoseword.words import NON_ANSWERS, Basis, Hedge, SpeakerKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

_SAYING: Final = frozenset(
    [
        "advised",
        "advises",
        "advise",
        "says",
        "said",
        "states",
        "stated",
        "reports",
        "reported",
        "confirms",
        "confirmed",
        "believes",
        "thinks",
    ]
)
_ASKING: Final = frozenset({"requested", "requests", "request", "asked", "asks"})
_BELIEVING: Final = frozenset({"believes", "thinks"})
_STOPS: Final = frozenset({",", ";", ".", "/"})
_DONE_BY_THE_LOG: Final = frozenset(
    {"given", "notified", "paged", "dispatched", "disp", "called", "sent", "assigned"}
)
_DENYING: Final = frozenset(
    {"no", "not", "never", "negative", "without", "nothing", "none", "nobody", "cannot", "denies",
     "denied", "unable"}
)  # fmt: skip
_REFUSING: Final = frozenset({"refuses", "refused", "declines", "declined"})
_CHANNELS: Final = frozenset({"text", "radio", "note", "notes", "narr", "remarks", "comment"})
_UNITS: Final = frozenset({"unit", "police", "crew", "team"})
_LONGEST_SOURCE: Final = 6
_ORDERING: Final = frozenset({"auth", "authorized", "authorizes", "ordered", "orders"})
_PERCEIVING: Final = {
    "saw": Basis.SAW, "see": Basis.SAW, "seen": Basis.SAW, "heard": Basis.HEARD, "hear": Basis.HEARD,
}  # fmt: skip
_BESIDE_A_VERB: Final = frozenset({"has", "have", "had", "not", "did", "n't", "is", "was", "again"})
_BEGINS_ANEW: Final = _SAYING | {"will", "has", "is"}
_ACTS: Final = frozenset({"ADV", "ON", "ENRT", "RESPONDING", "ARRIVED", "CLEAR", "REQ", "STATES"})
_OPENING: Final = re.compile(
    r"(?m)^\[?(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s+)?\d{1,2}:?\d\d(?::\d\d)?\]?\s+[-:–]?\s*"
    r"\(?(?P<sign>[A-Z]{1,5} ?\d{1,3})\)?:?\s+(?P<next>[^\s.,]+)"
)


def read_telegram(walk: "Walk", frame: Frame) -> bool:
    """Read a log entry that says things without a verb; whether it was one."""
    text = walk.drafting.document.text
    told = text[walk.parsed.sentence.body : walk.parsed.sentence.end]
    words = list(walk.parsed.doc)
    if walk.parsed.sentence.stamp is None or told != told.upper() or len(words) < 2:
        return False
    own = walk.own if walk.own.own else replace(frame, own=True)
    if words[0].text in _desks(text):
        words = words[1:]
    elif len(words) > 2 and words[1].text == ":" and any(map(str.isdigit, words[0].text)):
        # "U12: ON SCENE": what a unit says of itself is its word.
        frame = _spoken_by(_entity(words[:1], walk, own), frame, own, is_within=False)
        words = words[2:]
    words = _without_desk(words)
    while words and (words[0].is_punct or words[0].text in _desks(text)):
        words = words[1:]
    if not words:
        return False
    here, before = frame, None
    for segment in _segments(words):
        if segment[0].lower_ in _SAYING | _ASKING and here.own and before is not None:
            here = _spoken_by(before, here, own, is_within=False)
        here = _read(segment, walk, here, own)
        before = _entity(segment[:1], walk, own) if is_person(segment[0]) else None
    return walk.found > 0


def _without_desk(words: "list[Token]") -> "list[Token]":
    """The words of an entry without who typed it, "(OPER 22)", or over what it came, "TEXT:"."""
    if words and words[0].text == "(":
        closes = next((at for at, one in enumerate(words[:6]) if one.text == ")"), None)
        return words[closes + 1 :] if closes is not None else words
    over = len(words) > 2 and words[1].text == ":" and words[0].lower_ in _CHANNELS
    return words[2:] if over else words


def _read(segment: "Sequence[Token]", walk: "Walk", frame: Frame, own: Frame) -> Frame:
    """Read one stretch; whose word the next one is, if it names nobody."""
    turn = _turn(segment)
    per = next((at for at, one in enumerate(segment) if one.lower_ == "per" and at), None)
    if turn is None and per is not None and per + 1 < len(segment):
        source = _entity(segment[per + 1 :], walk, frame)
        _keep(segment[:per], walk, _spoken_by(source, frame, own, is_within=not frame.own))
        return frame
    if segment[0].lower_ in _SAYING and len(segment) > 1:
        _keep(segment[1:], walk, replace(frame, cue=walk.parsed.span_of(segment[:1])))
        return frame
    if turn is None:
        is_done = segment[-1].lower_ in _DONE_BY_THE_LOG and not _is_denied(segment)
        _keep(segment, walk, own if is_done else frame)
        return frame
    verb, body = segment[turn], segment[turn + 1 :]
    entity = _entity(_subject(segment[:turn]), walk, frame)
    inner = _spoken_by(entity, frame, own, is_within=frame.cue is not None and not frame.own)
    named = walk.parsed.span(segment[0].i, segment[turn - 1].i)
    inner = replace(inner, cue=walk.parsed.span_of([verb]), speaker_span=named)
    walk.attribution.last = entity
    if not body:
        return inner
    _say(body, walk, inner, own, verb.lower_, is_denied=_is_denied(segment[:turn]))
    return inner


def _say(
    body: "Sequence[Token]", walk: "Walk", inner: Frame, own: Frame, verb: str, *, is_denied: bool
) -> None:
    """What comes after a verb of saying, asking, ordering, believing or seeing."""
    if verb in _ASKING:
        _keep(body, walk, replace(inner, stance=Stance.DOES), asked_by=inner.entity)
    elif verb in _ORDERING:
        _keep(body, walk, replace(inner, stance=Stance.DOES))
    elif verb in _BELIEVING:
        _read(body, walk, replace(inner, stance=Stance.BELIEVES, basis=Basis.INFERRED), own)
    elif verb in _PERCEIVING:
        stance = Stance.DOES_NOT_KNOW if is_denied else Stance.AFFIRMS
        basis = Basis.UNSTATED if is_denied else _PERCEIVING[verb]
        _keep(body, walk, replace(inner, stance=stance, basis=basis))
    else:
        _read(body, walk, replace(inner, own=False), own)


def _spoken_by(entity: Entity, frame: Frame, own: Frame, *, is_within: bool) -> Frame:
    """The frame of who speaks: within somebody's report it is hearsay, beside it it is not."""
    inner = (frame if is_within else own).spoken_by(Voice(entity), None, None)
    return replace(inner, said=frame.said or own.said, stance=Stance.AFFIRMS)


def _turn(segment: "Sequence[Token]") -> int | None:
    """Where the first verb stands after whoever it makes speak; None where none does."""
    for at, word in enumerate(segment[: _LONGEST_SOURCE + 1]):
        following = segment[at + 1].lower_ if at + 1 < len(segment) else ""
        if not at:
            continue
        if word.lower_ in _ASKING and following in ("of", "by", "from", ""):
            return None
        if word.lower_ in _SAYING | _ASKING | _ORDERING:
            return at
        if word.lower_ in _PERCEIVING and (is_person(segment[0]) or segment[0].text[0].isdigit()):
            return at
        if word.lower_ == "told" and (following in PRONOUNS or following in PERSONS):
            return at
    return None


def _subject(words: "Sequence[Token]") -> "Sequence[Token]":
    """The words that name somebody, without "has not" and what else belongs to the verb."""
    kept = [one for one in words if one.lower_ not in _BESIDE_A_VERB]
    return kept or words


def _entity(named: "Sequence[Token]", walk: "Walk", frame: Frame) -> Entity:
    """The speaker whom the words name: somebody known, a unit by its call sign, or somebody else."""
    last = named[-1]
    if last.lower_ in PRONOUNS and not frame.own:
        return frame.entity
    text = walk.drafting.document.text
    start, end = walk.parsed.span(named[0].i, last.i)
    words = text[start:end]
    head = next((one for one in named if one.lower_ in PERSONS), None)
    joined = any(one.lower_ in ("of", "at", "in", "from") for one in named)
    is_unit = any(map(str.isdigit, last.text)) and not joined
    if not joined and can_speak(last) and (not is_unit or _is_numbered_person(named)):
        return voice_of(last, walk.discourse, None).entity
    name = slug(words)
    known = walk.discourse.entity(name)
    if known is not None and (not is_unit or slug(known.display) == name):
        known.kind = known.kind or (SpeakerKind.RESPONDER if is_unit else None)
        return known
    kind = SpeakerKind.RESPONDER if is_unit else kind_of_role(head.lower_) if head else None
    shown = words if is_unit or head is None else " ".join(one.text for one in named)
    entity = Entity(name, slug(last.text), shown, kind=kind, is_person=True)
    walk.discourse.entities[name] = entity
    return entity


def _is_numbered_person(named: "Sequence[Token]") -> bool:
    """ "OFC 1", "CLINICIAN 2": a person with a number, and not a unit that is called by one."""
    return len(named) == 2 and named[0].lower_ in PERSONS - _UNITS


def _keep(
    segment: "Sequence[Token]", walk: "Walk", frame: Frame, asked_by: Entity | None = None
) -> None:
    """Draft what a stretch of words states; what fits no kind in its own words."""
    words = [one for one in segment if one.text not in "()\"'“”"]
    if not words:
        return
    span = walk.parsed.span(words[0].i, words[-1].i)
    if asked_by is not None:
        by = asked_by.name if not asked_by.name.startswith("unnamed") else None
        slots = {"by": by, "of": None, "about": slug(" ".join(one.text for one in words)) or None}
        walk.drafting.add(Finding("requested", slots), frame, walk.parsed, span)
        walk.found += 1
        return
    made = stated(Telegram(words, walk.discourse, frame.entity))
    if not made:
        made = [replace(other(walk.spans.text(span)), stance=_stance(words), hedge=_hedge(words))]
    turned = _stance(words)
    left_open = turned if turned in NON_ANSWERS else None
    for finding in made:
        # "UNK IF HE IS ON MEDS" tells of no crisis, whatever pattern its words fit.
        stance = finding.stance or left_open or frame.stance
        if frame.stance is Stance.BELIEVES and stance is Stance.AFFIRMS:
            stance = Stance.BELIEVES
        walk.drafting.add(
            replace(finding, stance=None), replace(frame, stance=stance), walk.parsed, span
        )
        walk.found += 1


def _stance(words: "Sequence[Token]") -> Stance | None:
    told = {one.lower_ for one in words}
    denied = _is_denied(words)
    if told & {"unknown", "unsure"} or (told & {"know", "see", "hear", "tell"} and denied):
        return Stance.DOES_NOT_KNOW
    if "say" in told and denied:
        return Stance.CANNOT_SAY
    if words[0].lower_ in _REFUSING:
        return Stance.DECLINES
    if _is_denied(words):
        return Stance.DENIES
    return Stance.EXPECTS if told & {"will", "eta"} else None


def _is_denied(words: "Sequence[Token]") -> bool:
    return any(one.lower_ in _DENYING or one.lower_.endswith(("n't", "n’t")) for one in words)


def _hedge(words: "Sequence[Token]") -> Hedge | None:
    told = {one.lower_ for one in words}
    return Hedge.POSSIBLE if told & {"possible", "possibly", "maybe", "appears"} else None


def _segments(words: "Sequence[Token]") -> "Iterator[Sequence[Token]]":
    """The words between stops, and before an "and" that begins another report."""
    first = 0
    for at, word in enumerate(words):
        following = words[at + 1].lower_ if at + 1 < len(words) else ""
        parts = word.lower_ == "and" and following in _BEGINS_ANEW
        if word.text in _STOPS or parts:
            if at > first:
                yield words[first:at]
            first = at + 1
    if first < len(words):
        yield words[first:]


@lru_cache(maxsize=8)
def _desks(text: str) -> frozenset[str]:
    """The call signs of the desks that typed the entries ("CT12"): they stand first and do nothing.

    A unit's is followed by what it does, a desk's by who speaks or what happened.
    """
    followed: dict[str, list[bool]] = defaultdict(list)
    for match in _OPENING.finditer(text):
        followed[match["sign"]].append(match["next"] in _ACTS)
    return frozenset(
        sign for sign, acts in followed.items() if len(acts) > 2 and 3 * sum(acts) <= len(acts)
    )
