"""Fields of a form that answer a question: "Weapons: Unknown", "Anyone hurt: caller says no".

Most fields are labels and state nothing by themselves. A few ask what a call-taker asks, and then the
answer is a statement: a denial, "not known", or a refusal is kept as what it is (law 5). An answer
that is not known here is left alone, and "not asked" is no statement at all.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from whoseword.intake.drafts import Span
from whoseword.intake.reading.facts import Finding
from whoseword.intake.reading.lexicon import WEAPONS
from whoseword.words import ANYONE, Hedge, Stance

_FIELD: Final = re.compile(
    r"(?i)\b(?P<label>(?:any )?weapons?(?: (?:seen|involved|present))?|injur(?:y|ies)"
    r"|(?:anyone|anybody|persons?|people|any) (?:hurt|injured|injuries)"
    r"|(?:caller|rp)(?:['’]s)? name|name of (?:the )?caller)\s*[:?]\s*(?P<answer>[^\n]{1,60}?)(?=\s{2,}|\s*$|\.\s)"
)
_SAYS: Final = re.compile(
    r"(?i)^(?:per )?(?P<who>caller|rp)\s+(?:says|said|states|stated|adv(?:ised)?)\s+"
)
_DENIED: Final = re.compile(
    r"(?i)^(?:no|none|none reported|negative|neg|nobody|denied|denies)\b[.\s]*$"
)
_OPEN: Final = re.compile(
    r"(?i)^(?:unknown|unk|not known|unsure|not sure|does(?:n['’]t| not) know)\b[.\s]*$"
)
_UNSEEN: Final = re.compile(r"(?i)^(?:none|no \w+) (?:seen|observed|visible|known)\b[.\s]*$")
_DECLINED: Final = re.compile(r"(?i)^(?:declined|refused|withheld|would not (?:say|give))\b[.\s]*$")
_YES: Final = re.compile(
    r"(?i)^(?P<how>yes|possibl[ey](?: one)?|poss|maybe)\b[,.\s]*(?P<what>\w+)?[.\s]*$"
)


class Field(NamedTuple):
    """What a field says: its fact, how it stands, and who says it, where the field tells."""

    finding: Finding
    stance: Stance
    span: Span
    by_the_caller: bool


def fields_in(text: str, start: int, end: int) -> Iterator[Field]:
    """The fields of a line that answer one of the questions above, in their order."""
    for match in _FIELD.finditer(text, start, end):
        answer = match["answer"].strip()
        says = _SAYS.match(answer)
        told = answer[says.end() :] if says else answer
        stance, hedge = _stance_of(told)
        if stance is None:
            continue
        finding = _fact(match["label"].lower(), told, stance, hedge)
        span = match.start(), match.start("answer") + len(match["answer"].rstrip())
        # Nobody but the caller can decline to give the caller's name.
        declines = stance is Stance.DECLINES and finding.kind == "named"
        yield Field(finding, stance, span, declines or says is not None)


def _stance_of(answer: str) -> tuple[Stance | None, Hedge | None]:
    for pattern, stance in (
        (_UNSEEN, Stance.DOES_NOT_KNOW),
        (_DENIED, Stance.DENIES),
        (_OPEN, Stance.DOES_NOT_KNOW),
        (_DECLINED, Stance.DECLINES),
    ):
        if pattern.match(answer):
            return stance, None
    match = _YES.match(answer)
    if match is not None:
        return Stance.AFFIRMS, None if match["how"].lower() == "yes" else Hedge.POSSIBLE
    return (Stance.AFFIRMS, None) if answer.lower().rstrip(".s") in WEAPONS else (None, None)


def _fact(label: str, answer: str, stance: Stance, hedge: Hedge | None) -> Finding:
    if "name" in label:
        return Finding("named", {"who": "caller"}, hedge=hedge)
    who = ANYONE if stance is Stance.DENIES else None
    if "weapon" in label:
        weapon = next((one for one in answer.lower().split() if one.strip(".s") in WEAPONS), None)
        return Finding("armed", {"who": who, "weapon": weapon}, hedge=hedge)
    return Finding("injured", {"who": who}, hedge=hedge)
