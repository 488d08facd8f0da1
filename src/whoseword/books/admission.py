"""What may enter a book: the rules that need to know what the home already holds.

A statement that is well formed on its own (``words.rules``) may still be one that this home cannot
take: it corrects somebody else's word, quotes a kept document falsely, or belongs to a class that
the home refuses. Each refusal names the field, and none tells whether a statement stands in a
class other than the one being written to: a reader of one class learns nothing of the next.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from whoseword.words import Statement, WordFault
from whoseword.words.rules import check, may_correct

_EXCERPT = 80


Refusing = Callable[[Statement, str | None], WordFault | None]
"""Why the home of an owner (``ROLE@AGENCY``, None where it was never said) does not take a
statement, by rules that the books do not know; None where it does."""


def refuses_nothing(_statement: Statement, _owner: str | None) -> WordFault | None:
    """The rule of a ledger to which nobody gave any."""
    return None


class Held(NamedTuple):
    """What the home already holds, as far as admission asks.

    ``owner`` is whose home it is, where that was said. ``refused`` tells why the home's rules do not take a statement (its class, or an act that its
    speaker may not do), None where they do. ``same_class(custodian, class, id)`` gives the
    statements of that id that stand earlier in books of that custodian and class;
    ``kept_text(sha256)`` the text kept for a document, None where it is not held.
    """

    owner: str | None
    refused: Refusing
    same_class: Callable[[str, str, str], Sequence[Statement]]
    kept_text: Callable[[str], str | None]


def faults_of(statement: Statement, held: Held) -> list[WordFault]:
    """Everything for which the home refuses the statement."""
    return [fault for rule in _RULES if (fault := rule(statement, held)) is not None]


def marked(statement: Statement, held: Held) -> Statement:
    """The statement with ``source.unchecked`` as it is: true where the document is not held."""
    source = statement.source
    unchecked = source.document is not None and held.kept_text(source.document) is None
    if source.unchecked is unchecked:
        return statement
    return msgspec.structs.replace(
        statement, source=msgspec.structs.replace(source, unchecked=unchecked)
    )


def same_content(first: Statement, second: Statement) -> bool:
    """Whether two statements say the same, whatever the ledger marked on them."""
    return _as_given(first) == _as_given(second)


def _as_given(statement: Statement) -> Statement:
    source = statement.source
    if source.unchecked:
        source = msgspec.structs.replace(source, unchecked=False)
    return msgspec.structs.replace(
        statement, source=source, recorded=None, backfilled=False, appended=None
    )


def _stands_on_its_own(statement: Statement, _held: Held) -> WordFault | None:
    """What a program put together is held to the same rules as what was read from a line."""
    try:
        check(statement)
    except WordFault as fault:
        return fault
    return None


def _the_rules_take_it(statement: Statement, held: Held) -> WordFault | None:
    return held.refused(statement, held.owner)


def _correction_is_by_the_same_speaker(statement: Statement, held: Held) -> WordFault | None:
    if statement.replaces is None:
        return None
    earlier = held.same_class(statement.custodian, statement.handling, statement.replaces)
    if not earlier:
        return WordFault(
            "replaces",
            "names no earlier statement in a book of this custodian and class",
            "give the id of the statement that this one corrects, or leave it out",
        )
    of_incident = [other for other in earlier if other.incident == statement.incident]
    if not of_incident:
        return WordFault(
            "replaces",
            "names a statement of another incident",
            "correct it under its own incident",
        )
    if not any(may_correct(statement.speaker, other.speaker) for other in of_incident):
        return WordFault(
            "replaces",
            "names a statement of another speaker",
            "only the same speaker corrects it (same name, kind and party; for a party, its "
            "officials and agency); enter a statement of its own instead",
        )
    return None


def _quotation_stands_in_the_document(statement: Statement, held: Held) -> WordFault | None:
    source = statement.source
    start, end, quote = source.start, source.end, source.quote
    if source.document is None or start is None or end is None or quote is None:
        return None
    text = held.kept_text(source.document)
    if text is None or text[start:end] == quote:
        return None
    there = repr(text[start : min(end, start + _EXCERPT)])
    if start >= len(text):
        there = f"nothing, for the kept text has {len(text)} characters"
    return WordFault(
        "source.quote",
        f"is not what stands at {start}–{end} of the kept document",
        f"there stands {there}; quote it as it stands",
    )


_RULES = (
    _stands_on_its_own,
    _the_rules_take_it,
    _correction_is_by_the_same_speaker,
    _quotation_stands_in_the_document,
)
