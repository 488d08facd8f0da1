"""A form's answers as statements: the caller's word, through the call-taker.

An answer that was said and is given anew replaces what it said; one that is taken back withdraws it.
The ids are made of the form's key and the place of the answer, so that a form that was broken off
while it was said can be said again, and nothing stands twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import shake_256
from types import MappingProxyType
from typing import Final, cast

import msgspec

from whoseword.books.ids import new_ids
from whoseword.intake.calling.answers import Answer, answer_in
from whoseword.intake.calling.forms import Entry, Form
from whoseword.intake.calling.questions import QUESTIONS, Question
from whoseword.words import (
    ANYONE,
    Basis,
    Hedge,
    Occasion,
    Relay,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
)
from whoseword.words.aftermath import Other
from whoseword.words.fact import Fact
from whoseword.words.kinds import AnyFact
from whoseword.words.names import slug
from whoseword.words.scene import Armed, Called, Counted, Injured, Located, Present
from whoseword.words.times import microseconds, parse_moment

_CHILDREN: Final = "children"
_SAFE: Final = "safe to talk"
_BETWEEN: Final = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", re.I)
_ARTICLE: Final = re.compile(r"(?:an?|the|one)\s+", re.I)
_SO_MANY: Final = re.compile(r"(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<what>.+)", re.I)  # fmt: skip
_NOBODY: Final = frozenset(
    ["", ANYONE, "he", "him", "she", "her", "they", "them", "it", "somebody", "someone", "me", "i"]
)
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMES: Final = re.compile(
    r"(?!(?:yes|no|ok|likely|maybe|weapons?|knife|gun)$)[^\W\d][\w' .-]*", re.I
)
_WHO: Final = re.compile(r"(?P<who>[^:]{1,40}):\s*(?P<what>.+)", re.S)


NOTHING_SAID: Final[Mapping[str, Statement]] = MappingProxyType({})
CALL: Final = -1
"""The number under which that the call was made stands among the entries."""


def call_id(form: Form) -> str:
    """The id of the statement that the call was made."""
    return _ids(form, CALL, 1)[0]


def statements_of(form: Form, said: Mapping[str, Statement] = NOTHING_SAID) -> list[Statement]:
    """What has not been said of a form yet, in the order of the questions.

    ``said`` are the statements of the book in sight, by id: what is not among them is neither
    replaced nor withdrawn.
    """
    return [one for its in by_entry(form, said).values() for one in its]


def by_entry(
    form: Form, said: Mapping[str, Statement] = NOTHING_SAID
) -> dict[int, list[Statement]]:
    """The same, by the number of the entry whose answer they are."""
    found = {} if form.opened else {CALL: [_called(form)]}
    for question in QUESTIONS:
        number = form.latest(question.name)
        if number is not None and not form.entries[number].said:
            found[number] = list(_anew(form, question, number, said))
    return found


def _anew(
    form: Form, question: Question, number: int, said: Mapping[str, Statement]
) -> Iterator[Statement]:
    """What an entry says; it replaces what an earlier one of its question has said.

    That of another person it leaves: a woman with a gun does not disarm the man with a knife.
    """
    made = _of_entry(form, question, number)
    before = [
        one for id_ in _standing(form, question, number) if (one := said.get(id_)) is not None
    ]
    for place, one in enumerate(made):
        mends = place < len(before) and not _of_another(one, before[place])
        yield msgspec.structs.replace(one, replaces=before[place].id if mends else None)
    entry = form.entries[number]
    ids = _ids(form, number, len(made) + len(before))
    for place, one in enumerate(before[len(made) :]):
        yield Statement(
            id=ids[len(made) + place],
            incident=form.incident,
            book=form.book,
            speaker=one.speaker,
            via=(_relay(entry.by),),
            said=entry.at,
            occasion=one.occasion,
            stance=Stance.CANNOT_SAY,
            fact=one.fact,
            source=Source(entered_by=entry.by),
            signed_by=entry.by,
            replaces=one.id,
        )


def _of_another(one: Statement, before: Statement) -> bool:
    """Whether two statements tell of the weapon or the injury of two people, both pointed out."""
    whose = [
        each.fact.who if isinstance(each.fact, Armed | Injured) else None for each in (one, before)
    ]
    return None not in whose and ANYONE not in whose and whose[0] != whose[1]


def _standing(form: Form, question: Question, number: int) -> tuple[str, ...]:
    """The ids of what the last entry of a question that was said says, before the one of a number.

    An entry that took an answer back said it was withdrawn, and left nothing to replace.
    """
    said = [one for one in form.entries[:number] if one.question == question.name and one.said]
    return said[-1].ids if said else ()


def _of_entry(form: Form, question: Question, number: int) -> list[Statement]:
    entry = form.entries[number]
    answer = answer_in(entry.words, question)
    if answer is None:
        return []
    facts = _facts(form, question, answer)
    ids = _ids(form, number, len(facts))
    return [
        _stated(form, entry, fact, stance, id_, answer)
        for (fact, stance), id_ in zip(facts, ids, strict=True)
    ]


def _ids(form: Form, number: int, count: int) -> list[str]:
    seed = f"{form.key} {number}".encode()
    at = form.entries[number].at if number != CALL else form.begun
    return new_ids(count, microseconds(parse_moment(at)), lambda size: shake_256(seed).digest(size))


def _stated(
    form: Form, entry: Entry, fact: Fact, stance: Stance, id_: str, answer: Answer
) -> Statement:
    return Statement(
        id=id_,
        incident=form.incident,
        book=form.book,
        speaker=Speaker(name=form.caller, kind=form.caller_kind),
        via=(_relay(entry.by),),
        said=entry.at,
        occasion=Occasion(kind="call", held_by=form.agency),
        stance=stance,
        hedge=answer.hedge,
        fact=cast(AnyFact, fact),
        source=Source(entered_by=entry.by),
        signed_by=entry.by,
    )


def _relay(taker: str) -> Relay:
    return Relay(name=taker, kind=SpeakerKind.OFFICIAL)


def _called(form: Form) -> Statement:
    """That the call was made: the call-taker's own word."""
    return Statement(
        id=call_id(form),
        incident=form.incident,
        book=form.book,
        speaker=Speaker(name=form.taker, kind=SpeakerKind.OFFICIAL, party=form.agency),
        said=form.begun,
        occasion=Occasion(kind="call", held_by=form.agency),
        stance=Stance.AFFIRMS,
        basis=Basis.TOOK_PART,
        fact=Called(call=form.call, caller=form.caller, to=form.agency, happened=form.begun),
        source=Source(entered_by=form.taker),
        signed_by=form.taker,
    )


Facts = list[tuple[Fact, Stance]]


def _facts(form: Form, question: Question, answer: Answer) -> Facts:
    """The facts of an answer, the one that answers the question first, each with its stance."""
    stance, words = answer.stance, answer.words
    match question.name:
        case "where":
            return _with_words(Located(what=form.call), stance, words, place="place")
        case "what":
            told = stance in (Stance.AFFIRMS, Stance.BELIEVES)
            asked: Facts = [(Other(text=words if told else "what is happening"), stance)]
            return asked if told or not words else [*asked, (Other(text=words), Stance.AFFIRMS)]
        case "weapons":
            return _of_somebody(Armed, answer)
        case "injuries":
            return _of_somebody(Injured, answer)
        case "who":
            return _present(form, answer)
        case "children":
            return _children(f"{_CHILDREN}-{form.call}", answer)
        case _:
            # Of this call: whether another caller may talk is another matter.
            return _with_words(Other(text=f"{_SAFE}, {form.call}"), stance, words)


def _with_words(fact: Fact, stance: Stance, words: str, place: str | None = None) -> Facts:
    """A fact, with the words in its slot where they say it, and on their own otherwise."""
    if not words:
        return [(fact, stance)]
    if place is not None and stance in (Stance.AFFIRMS, Stance.BELIEVES):
        return [(msgspec.structs.replace(fact, **{place: words}), stance)]
    return [(fact, stance), (Other(text=words), Stance.AFFIRMS)]


def _of_somebody(kind: type[Armed] | type[Injured], answer: Answer) -> Facts:
    """Who is armed or hurt; of whom it is denied where it is, anyone."""
    if answer.stance is Stance.DENIES:
        return _with_words(kind(who=ANYONE), answer.stance, answer.words)
    if answer.stance not in (Stance.AFFIRMS, Stance.BELIEVES):
        return _with_words(kind(), answer.stance, answer.words)
    named = _WHO.fullmatch(answer.words)
    if named and not _NAMES.fullmatch(named["who"].strip()):
        # "14:30 a knife", "man, woman: both": a colon alone makes nobody of what stands before it.
        named = None
    who = _name(named["who"]) if named else None
    what = named["what"] if named else answer.words
    if kind is Armed:
        return [(Armed(who=who, weapon=what or None), answer.stance)]
    return _with_words(kind(who=who), answer.stance, answer.words)


def _present(form: Form, answer: Answer) -> Facts:
    stance = answer.stance
    if stance is Stance.DENIES:
        return _with_words(Present(who=ANYONE), stance, answer.words)
    if stance not in (Stance.AFFIRMS, Stance.BELIEVES) or not answer.words:
        return _with_words(Present(), stance, answer.words)
    place, found = _where(form), list[tuple[Fact, Stance]]()
    for words in filter(None, _BETWEEN.split(answer.words)):
        many = _SO_MANY.fullmatch(words)
        who = _name(many["what"] if many else words)
        found.append((Present(who=who, place=place), stance))
        if many and who:
            found.append((Counted(what=who, count=_count(many["count"])), stance))
    return found


def _children(children: str, answer: Answer) -> Facts:
    """The children that one call tells of: those of another caller's door are not these."""
    fact = Present(who=children)
    if answer.words.isdecimal() and answer.stance in (Stance.AFFIRMS, Stance.BELIEVES):
        counted = Counted(what=children, count=str(int(answer.words)))
        return [(fact, answer.stance), (counted, answer.stance)]
    return _with_words(fact, answer.stance, answer.words)


def _where(form: Form) -> str | None:
    """The place in the caller's words, where one was told plainly and waits to be said with it."""
    number = form.latest("where")
    waits = number is not None and not form.entries[number].said
    answer = (
        answer_in(form.entries[number].words, QUESTIONS[0])
        if waits and number is not None
        else None
    )
    # "maybe 5 Elm" must not become the plain place of whoever is there (law 1).
    told = answer is not None and (answer.stance, answer.hedge) == (Stance.AFFIRMS, Hedge.PLAIN)
    return answer.words if answer is not None and told else None


def _name(words: str) -> str | None:
    """The name under which the incident knows somebody: "a man" is ``man``.

    None where the words name nobody: a pronoun is never taken for somebody by guesswork.
    """
    told = words.strip()
    article = _ARTICLE.match(told)
    name = slug(told[article.end() :] if article else told)
    return None if name in _NOBODY else name


def _count(word: str) -> str:
    return word if word.isdecimal() else str(_NUMBERS.index(word.casefold()) + 2)


def names_in(statements: Sequence[Statement]) -> set[str]:
    """The people whom statements are about, by the names that they give."""
    found = (getattr(one.fact, "who", None) for one in statements)
    return {name for name in found if name is not None and name != ANYONE}
