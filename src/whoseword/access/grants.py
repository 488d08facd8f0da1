"""Grants: the single statements that a custodian disclosed to a reader.

A grant is what a custodian said: a ``disclosed`` act in a book of its own, which names the
statement, the reader, the purpose and the end. It is judged when somebody reads, against the rules
of that day: it has begun, has not ended, was not withdrawn, and a rule lets that class go to that
role for that purpose. What does not say all of it opens nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from whoseword.access.law import Disclosing, Law
from whoseword.access.readers import Reader
from whoseword.words import Hedge, Stance, Statement, WordFault
from whoseword.words.aftermath import Disclosed
from whoseword.words.names import slug
from whoseword.words.rules import may_correct
from whoseword.words.times import parse_moment
from whoseword.words.vocabulary import SpeakerKind

_SPEAKS_AS_CUSTODIAN = (SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RECORD)


class Grant(NamedTuple):
    """That a reader may open one statement: by which act, in which book, under which rule.

    ``book`` is the act's, ``named`` the book that the act names for the statement, if any.
    """

    item: str
    named: str | None
    book: str
    act: str
    rule: str
    has_end: bool


def grants_of(
    acts: Iterable[Statement], reader: Reader, now: datetime, zone: tzinfo
) -> list[Grant]:
    """The grants to a reader that hold now, of all that was ever disclosed or withdrawn.

    ``acts`` are the ``disclosed`` statements of the home, whoever may open them. The class of what
    they open is judged by ``allowed_by`` when its book is known.
    """
    known = [one for one in acts if one.recorded is not None and one.recorded <= now]
    return [
        grant
        for act in known
        if (grant := _grant(act, reader, now, zone)) is not None and not _is_replaced(act, known)
    ]


def allowed_by(law: Law, grant: Grant, book: str, reader: Reader) -> tuple[str, ...]:
    """The rules that let a statement of a book be given under a grant; none where none does."""
    custodian = grant.book.split("/", 1)[0]
    decision = law.discloses(
        Disclosing(
            role=reader.role,
            purpose=reader.purpose,
            book=book,
            rule=grant.rule,
            by_custodian=book.split("/", 1)[0] == custodian,
            has_end=grant.has_end,
        )
    )
    return decision.rules if decision.allowed else ()


def item_of(text: str) -> tuple[str | None, str]:
    """The book, where it is named, and the id in what was disclosed: ``ID`` or ``BOOK:ID``."""
    book, colon, id_ = text.rpartition(":")
    return (book, id_) if colon else (None, text)


def speaks_for_custodian(statement: Statement) -> bool:
    """Whether a statement is its custodian's own word."""
    speaker = statement.speaker
    if speaker.kind not in _SPEAKS_AS_CUSTODIAN or statement.via:
        return False
    return slug(speaker.party or speaker.name) == slug(statement.custodian)


def _grant(act: Statement, reader: Reader, now: datetime, zone: tzinfo) -> Grant | None:
    fact = act.fact
    if not isinstance(fact, Disclosed) or act.stance is not Stance.DOES:
        return None
    if act.hedge is not Hedge.PLAIN or not speaks_for_custodian(act):
        return None
    if (fact.to, fact.purpose) != (reader.name, reader.purpose) or fact.item is None:
        return None
    if fact.until is not None and not _is_open(fact.until, now, zone):
        return None
    named, id_ = item_of(fact.item)
    rule = fact.rule if isinstance(fact.rule, str) else ""
    return Grant(id_, named, act.book, str(act.id), rule, fact.until is not None)


def _is_open(until: object, now: datetime, zone: tzinfo) -> bool:
    """Whether an end is still to come; an end that nobody can read has come."""
    try:
        return isinstance(until, str) and now <= parse_moment(until, zone)
    except WordFault:
        return False


def replaces(one: Statement, act: Statement) -> bool:
    """Whether a statement is a later word, by one who may correct it, in the place of an act."""
    return (
        one.replaces == act.id
        and (one.custodian, one.handling) == (act.custodian, act.handling)
        and may_correct(one.speaker, act.speaker)
    )


def _is_replaced(act: Statement, known: Sequence[Statement]) -> bool:
    return any(replaces(one, act) for one in known)
