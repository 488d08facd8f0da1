"""A form of a call, in lines: what is asked, how it is answered, and what would be said."""

from collections.abc import Iterator, Sequence, Set

from whoseword.doors.plain_words import answer_line, counted
from whoseword.doors.terminal.lines import clean
from whoseword.intake.calling import QUESTIONS, Answer, Entry, Form, Question, answer_in
from whoseword.words import Statement, matter_of
from whoseword.words.kinds import values_of

HOW = (
    "Type the caller's answer and press Enter. It is kept at once, and nothing is said before you say it.",
    "  Enter alone   it was not asked: no statement is made of it",
    "  ?             the caller does not know        no        the caller says that it is not so",
    "  declines      the caller will not say         no answer the caller was asked and is silent",
    "  maybe …       the caller is not sure          yes: …    with the caller's words",
    "  /back  the question before     /review  what would be said     /say  say it now, and go on",
    "  /leave stop; the same command goes on          /help  this",
)
"""How answers are written."""
_NOT_ASKED = "not asked"


def question_lines(
    number: int, question: Question, before: Entry | None, said: Sequence[Statement] = ()
) -> Iterator[str]:
    """A question as it is put, with what was answered before; ``said`` stands in the book."""
    yield f"{number}/{len(QUESTIONS)} {question.asks}"
    yield f"    {question.teaches}"
    if before is not None:
        words = "said already" if before.ids else clean(before.words) or _NOT_ASKED
        for one in said:
            yield f"    said: {clean(_statement_line(one))}"
        if before.ids and not said:
            words = "said already, and out of sight since"
        yield f"    so far: {words}; Enter keeps it, - is not asked"


def review_lines(form: Form, waiting: Sequence[Statement], standing: Set[str]) -> Iterator[str]:
    """Every question with its answer, then what would be said now, word for word."""
    yield f"{form.incident}, book {form.book}: {form.caller}, taken by {clean(form.taker)}"
    for question in QUESTIONS:
        yield f"  {question.name + ':':<10}{_answered(form, question)}"
    yield f"{counted(len(waiting), 'statement')} to be said:"
    for one in waiting:
        yield f"  {clean(_statement_line(one))}"
    for name in sorted(standing):
        yield (
            f"  LOOK: {clean(name)} stands in this incident already, and these words would be of "
            f"the same one; if they may be of another, answer again with another name: {clean(name)}-2"
        )


def _answered(form: Form, question: Question) -> str:
    number = form.latest(question.name)
    if number is None:
        return "not come to yet"
    entry = form.entries[number]
    if entry.said:
        return "said" if entry.ids else _NOT_ASKED
    answer = answer_in(entry.words, question)
    return _NOT_ASKED if answer is None else _told(answer)


def _told(answer: Answer) -> str:
    words = f": {clean(answer.words)}" if answer.words else ""
    return f"{answer_line('Is it so?', answer.stance, answer.hedge, {}, None)}{words}"


def _statement_line(one: Statement) -> str:
    line = answer_line("Is it so?", one.stance, one.hedge, values_of(one.fact), None)
    replaces = ", in the place of what was said before" if one.replaces else ""
    return f"{one.speaker.name}: {matter_of(one.fact).label}: {line}{replaces}"


def left_lines(forms: Sequence[Form]) -> Iterator[str]:
    """The forms that are kept, each with how far it is and how to go on."""
    if not forms:
        yield "No form of a call is left here."
    for form in forms:
        at = (
            "all come to" if form.place == len(QUESTIONS) else f"next: {QUESTIONS[form.place].name}"
        )
        unsaid = (
            "some of it is not said" if form.is_unsaid or not form.opened else "all of it is said"
        )
        yield f"{form.incident}: begun {form.begun}, {at}; {unsaid}. Go on: whoseword call {form.incident}"
