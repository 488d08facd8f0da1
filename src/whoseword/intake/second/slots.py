"""A fact out of a returned one: only kinds and slots of the contract, only words of the document.

A slot says what the text says (reading conventions, "Fact"). A name that stands nowhere in the
document is somebody whom the model brought along; one that stands elsewhere than in the sentence
may be right, as "he" is somebody, and a person is told to look.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from whoseword.intake.second.ground import Known, all_in, plain_name, words_of
from whoseword.intake.second.shapes import ToldSlot, ToldStatement, WhyUnlocated
from whoseword.intake.signing import DESCRIPTIONS, ENTITY_VALUES
from whoseword.words import ANYONE, FACTS, NON_ANSWERS, Stance
from whoseword.words.kinds import holds_many, key_slots, value_slots
from whoseword.words.names import slug

_NUMBERED: Final = re.compile(r"-\d{1,2}$")
_MEANT: Final = frozenset(
    {"answered", "no_answer", "not_completed", "referred", "reported", "employed_by", "member_of",
     "parent_of", "clinician", "medic", "advocate", "interpreter", "social_worker", "officer"}
)  # fmt: skip
"""Values that the contract gives a meaning to, and that no document need write so."""
_MEANING_SLOTS: Final = frozenset({("contact", "outcome"), ("related", "relation")})
_POSITIVE: Final = {
    "not": "", "never": "ever", "no": "any", "nobody": "anybody", "none": "any",
    "nothing": "anything", "neither": "either", "nor": "or", "cannot": "can", "unable": "able",
}  # fmt: skip
_CONTRACTED: Final = re.compile(r"(?i)(?<=[a-z])n['’]t\b")
NEGATED: Final = re.compile(
    rf"(?i)\b(?:{'|'.join(_POSITIVE)}|without|den(?:y|ies|ied|ying)|declin(?:e|es|ed|ing)"
    r"|refus(?:e|es|ed|ing)|unknown|unclear|undetermined|unarmed|uninjured|unhurt)\b|n['’]t\b"
)
"""Words by which a sentence denies something or leaves it open."""
_LONGEST: Final = 200


class Refused(Exception):
    """What was returned is no draft; why."""

    def __init__(self, why: WhyUnlocated) -> None:
        super().__init__(why.value)
        self.why = why


def fact_of(told: ToldStatement, quote: str, known: Known) -> dict[str, Any]:
    """The fact as a statement's JSON has it. Raises ``Refused``."""
    if told.kind not in FACTS:
        raise Refused(WhyUnlocated.NO_STATEMENT)
    fact: dict[str, Any] = {"kind": told.kind}
    for one in told.slots:
        if one.slot in fact or one.slot not in (*key_slots(told.kind), *value_slots(told.kind)):
            raise Refused(WhyUnlocated.NO_STATEMENT)
        if one.values and told.kind != "other":
            fact[one.slot] = _value(told, one, known)
    if told.kind == "other":
        # The words that fit no kind are the document's, never the model's.
        words = " ".join(quote.split())
        fact["text"] = positive(words) if told.stance is Stance.DENIES else words
    return fact


def _value(told: ToldStatement, slot: ToldSlot, known: Known) -> Any:
    if slot.values in (("true",), ("false",)) and slot.slot == "compelled":
        return slot.values == ("true",)
    is_key = slot.slot in key_slots(told.kind)
    if len(slot.values) > 1 and (is_key or not holds_many(told.kind, slot.slot)):
        raise Refused(WhyUnlocated.NO_STATEMENT)
    found = [_word(told, slot.slot, one, known) for one in slot.values]
    return found[0] if len(found) == 1 else found


def _word(told: ToldStatement, slot: str, value: str, known: Known) -> str:
    if not words_of(value) or len(value) > _LONGEST:
        raise Refused(WhyUnlocated.NO_STATEMENT)
    if value == ANYONE and told.stance in (Stance.DENIES, *NON_ANSWERS):
        return value
    if (told.kind, slot) in _MEANING_SLOTS and value in _MEANT:
        return value
    if value == ANYONE or not all_in(_NUMBERED.sub("", value), known.words):
        raise Refused(WhyUnlocated.NAME_NOT_IN_TEXT)
    return _as_named(told.kind, slot, value)


def _as_named(kind: str, slot: str, value: str) -> str:
    """A name of a person, thing or agency as the first reader writes it; other values as written."""
    if slot == "agency":
        # What this imports loads a parser, and only an agency needs it.
        from whoseword.intake.reading.naming import agency_slug

        return agency_slug(plain_name(value)) or plain_name(value)
    described = slot in DESCRIPTIONS or slot == "place"
    is_name = slot in ENTITY_VALUES or (slot in key_slots(kind) and not described)
    return (slug(plain_name(value)) if is_name else "") or plain_name(value)


def positive(quote: str) -> str:
    """The words of a quotation without their negation: what a denial denies."""
    told = _CONTRACTED.sub("", quote)
    words = [_POSITIVE.get(word.casefold(), word) for word in told.split()]
    return " ".join(word for word in words if word) or quote


def cautions(told: ToldStatement, fact: dict[str, Any], sentence: str) -> Iterator[str]:
    """What a person should look at before signing, in plain sentences."""
    denies = NEGATED.search(sentence) is not None
    if told.stance is Stance.AFFIRMS and denies:
        yield "the sentence denies something or leaves it open, and this affirms"
    if told.stance is Stance.DENIES and not denies:
        yield "no word of the sentence denies, and this denies"
    here = frozenset(words_of(sentence))
    elsewhere = [one for one in _named(fact) if not all_in(_NUMBERED.sub("", one), here)]
    if elsewhere:
        yield f"not named in the sentence: {', '.join(elsewhere)}"


def _named(fact: dict[str, Any]) -> Iterable[str]:
    if fact["kind"] == "other":
        return
    for slot, value in fact.items():
        for one in value if isinstance(value, list) else [value]:
            if slot != "kind" and isinstance(one, str) and one not in (ANYONE, *_MEANT):
                yield one
