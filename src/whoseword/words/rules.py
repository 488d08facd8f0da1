"""What a statement must hold to beyond its shape.

Each check names its field and what to do. What needs the ledger (a correction's target, a span's
kept text) is checked where statements are appended, in ``books.admission``.
"""

import re
from collections.abc import Callable

from whoseword.words.errors import WordFault
from whoseword.words.kinds import ANYONE, key_slots, keys_of, kind_of, values_of
from whoseword.words.statement import BOOK, Source, Speaker, Statement
from whoseword.words.times import is_edtf
from whoseword.words.vocabulary import BookClass, SpeakerKind, Stance

_BOOK = re.compile(BOOK)
_CLASSES = {handling.value for handling in BookClass}
_SPEAKS_FOR_A_PARTY = {SpeakerKind.OFFICIAL, SpeakerKind.AGENCY}
_SPAN = ("document", "start", "end", "quote")
_FEED = ("feed", "message")
_PERSON = ("entered_by",)
_SPAN_ONLY = ("page", "box", "seconds")
_ANYONE_CANNOT = {Stance.AFFIRMS, Stance.DOES, Stance.BELIEVES, Stance.EXPECTS}


def check(statement: Statement) -> None:
    """Raise ``WordFault`` for the first rule that the statement breaks."""
    for rule in _RULES:
        rule(statement)


def may_correct(speaker: Speaker, earlier: Speaker) -> bool:
    """Whether the speaker may replace or withdraw the earlier one's statement.

    Only the same speaker may (same name, kind and party); for officials and agencies any later
    one of the same party (contract, section 1, ``replaces``).
    """
    if speaker.party is not None and {speaker.kind, earlier.kind} <= _SPEAKS_FOR_A_PARTY:
        return speaker.party == earlier.party
    return (speaker.name, speaker.kind, speaker.party) == (
        earlier.name,
        earlier.kind,
        earlier.party,
    )


def check_book(book: str) -> None:
    """Raise ``WordFault`` where that is no name of a book."""
    if len(book) > 300 or not _BOOK.fullmatch(book):
        raise WordFault(
            "book",
            f"{book!r} is no name of a book",
            "give custodian/class or custodian/class/topic, e.g. county-911/response/calls",
        )
    handling = book.split("/")[1]
    if handling not in _CLASSES:
        raise WordFault(
            "book",
            f"{handling!r} is no class of book",
            f"the second part is one of {', '.join(sorted(_CLASSES))}",
        )


def _book_has_a_class(statement: Statement) -> None:
    check_book(statement.book)


def _compelled_stays_in_personnel(statement: Statement) -> None:
    occasion = statement.occasion
    if occasion and occasion.compelled and statement.handling != BookClass.PERSONNEL.value:
        raise WordFault(
            "occasion.compelled",
            f"a compelled statement cannot stand in a book of class {statement.handling}",
            "enter it in a personnel book",
        )


def _source_is_one_of_three(statement: Statement) -> None:
    source = statement.source
    given = [name for name in (*_SPAN, *_FEED, *_PERSON) if getattr(source, name) is not None]
    for form in (_SPAN, _FEED, _PERSON):
        if any(name in form for name in given):
            _hold_to_form(source, form, given)
            return
    raise WordFault(
        "source",
        "says nothing of where the words stand",
        'give {"document", "start", "end", "quote"}, {"feed", "message"} or {"entered_by"}',
    )


def _hold_to_form(source: Source, form: tuple[str, ...], given: list[str]) -> None:
    stray = [name for name in given if name not in form]
    if stray:
        raise WordFault(
            f"source.{stray[0]}",
            f"does not go with {given[0]}",
            f"a source of this form has {', '.join(form)} only",
        )
    for name in form:
        if name not in given:
            raise WordFault(f"source.{name}", "is missing", f"give {', '.join(form)} together")
    if form != _SPAN:
        for name in _SPAN_ONLY:
            if getattr(source, name) is not None:
                raise WordFault(f"source.{name}", "goes with a document only", "remove it")


def _span_is_as_long_as_its_quote(statement: Statement) -> None:
    source = statement.source
    if source.start is None or source.end is None or source.quote is None:
        return
    if source.end <= source.start:
        raise WordFault(
            "source.end",
            f"the span {source.start}–{source.end} holds nothing",
            "give a half-open span of characters, start before end",
        )
    if len(source.quote) != source.end - source.start:
        raise WordFault(
            "source.quote",
            f"has {len(source.quote)} characters where the span {source.start}–{source.end} "
            f"has {source.end - source.start}",
            "quote the span as it stands, offsets counted in characters",
        )


def _slots_say_something(statement: Statement) -> None:
    fact = statement.fact
    names = key_slots(kind_of(fact))
    told = [
        *(
            (name, (value,))
            for name, value in zip(names, keys_of(fact), strict=True)
            if value is not None
        ),
        *(
            (name, value if isinstance(value, tuple) else (value,))
            for name, value in values_of(fact).items()
        ),
    ]
    for name, words in told:
        if not words or any(isinstance(word, str) and not word.strip() for word in words):
            raise WordFault(f"fact.{name}", "is empty", "leave out what was not said")


def _anyone_is_only_denied(statement: Statement) -> None:
    if statement.stance not in _ANYONE_CANNOT:
        return
    fact = statement.fact
    for name, value in zip(key_slots(kind_of(fact)), keys_of(fact), strict=True):
        if value == ANYONE:
            raise WordFault(
                f"fact.{name}",
                f"{ANYONE!r} is reserved for denials",
                "name whom it is about, or leave the slot null",
            )


def _happened_is_a_time(statement: Statement) -> None:
    happened = statement.fact.happened
    if isinstance(happened, str) and not is_edtf(happened):
        raise WordFault(
            "fact.happened",
            f"{happened!r} is not EDTF",
            'for words as they were said write {"words": …}; for an anchor {"at": …}',
        )


_RULES: tuple[Callable[[Statement], None], ...] = (
    _book_has_a_class,
    _compelled_stays_in_personnel,
    _source_is_one_of_three,
    _span_is_as_long_as_its_quote,
    _slots_say_something,
    _anyone_is_only_denied,
    _happened_is_a_time,
)
