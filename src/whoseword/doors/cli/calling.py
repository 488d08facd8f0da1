"""The command that takes down a call, question by question."""

import sys
from typing import Any, NamedTuple

import click
import msgspec
from click.core import ParameterSource

from whoseword.access import Reader
from whoseword.books import BatchRefused
from whoseword.doors.call_forms import CallForms, new_form, people_of
from whoseword.doors.cli.calls_in import drawn_up, show
from whoseword.doors.cli.program import Session, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.words_given import BookName, Slug
from whoseword.doors.desk import Desk
from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.calls import HOW, left_lines, question_lines, review_lines
from whoseword.doors.terminal.lines import clean
from whoseword.intake.calling import (
    QUESTIONS,
    Entry,
    Form,
    Unclear,
    answer_in,
    question_of,
    statements_of,
)
from whoseword.intake.calling.forms import CALLERS
from whoseword.intake.calling.saying import names_in
from whoseword.words import ANYONE, SpeakerKind, WhoseWordError
from whoseword.words.scene import Located
from whoseword.words.times import moment_text

_LONGEST = 20_000
_LONGEST_NAME = 200
_END = "Say it? say, or a question's name to answer it again, or /leave"


class _Leave(Exception):
    """The call-taker stops here; the form is kept."""


@click.command("call", short_help="Take down a call, question by question.")
@click.argument("incident", required=False, type=Slug())
@click.option("--as", "taker", metavar="NAME", help="Who takes the call.")
@click.option(
    "--book", type=BookName(), help="The book. [default: the owner's AGENCY/response/calls]"
)
@click.option(
    "--caller", metavar="WORDS", default="caller", show_default=True,
    help='Who calls, if it is known: "neighbor in 2C".',
)  # fmt: skip
@click.option(
    "--caller-is", "kind", type=click.Choice([one.value for one in CALLERS]), default="unnamed",
    show_default=True, help="What the caller is to it.",
)  # fmt: skip
@click.option("--left", is_flag=True, help="List the calls that are not finished.")
@click.option("--drop", is_flag=True, help="Drop what is kept of INCIDENT and was not said.")
@click.option("--no-brief", is_flag=True, help="Do not draw up the brief for the door.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print receipts, and the brief as an object of its own; the rest goes to standard error.",
)
@reading_as
@click.pass_obj
def call(session: Session, /, incident: str | None, **given: Any) -> None:
    """Take down a call in the order in which a call-taker asks: where, what, weapons, injuries,
    who is there, children, and whether it is safe to talk.

    \b
      whoseword call --as "Ann Lee"                  a new incident, named by the clock
      whoseword call elm-street --as "Ann Lee"       an incident of your own name
      whoseword call --left                          what is not finished

    Every answer becomes the caller's own statement, passed on by whoever takes the call. "no" is a
    denial, ? is "does not know", and Enter alone is "not asked", of which no statement is made: they
    are never the same. An answer that could be a yes or a no is asked for again.

    Each answer is kept as soon as it is given. Leave at any moment (/leave, Ctrl-D, a closed window)
    and give the same command again to go on. Nothing is said before you have seen it and said so; in
    a live call, /say says what is known so far, and the form goes on. What was said and is answered
    again replaces what was said.

    As soon as the place is said, the brief for the door and the people who are named is drawn up, of
    the books that the reader opens.
    """
    if given["taker"] and given["taker"].strip():
        _hold_to_a_name("--as", given["taker"])
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        forms = CallForms(desk)
        if given["left"]:
            left, spoilt = forms.left()
            for line in left_lines(left) if left or not spoilt else ():
                click.echo(line)
            if spoilt:
                raise WhoseWordError("\n".join(spoilt))
            return
        if given["drop"]:
            _drop(forms, incident)
            return
        name = incident or forms.free_name(_book(desk, given))
        with forms.alone(name):
            form = forms.get(name)
            resumed = form is not None
            if form is not None:
                _refuse_another(form, given)
            form = form or _begun(desk, name, given)
            drawn = None if given["no_brief"] else reader
            _Dialogue(desk, forms, given, drawn).take(form, resumed=resumed)


def _drop(forms: CallForms, incident: str | None) -> None:
    if incident is None or not forms.has(incident):
        raise click.UsageError("name the incident whose form is to be dropped; --left lists them")
    with forms.alone(incident):
        forms.drop(incident)
    click.echo(f"What was kept of {incident} and not said is dropped; what was said stands.")


def _refuse_another(form: Form, given: dict[str, Any]) -> None:
    """A second caller is never written down as the first."""
    source = click.get_current_context().get_parameter_source
    asked = {
        "--caller": ("caller", given["caller"].strip(), form.caller),
        "--caller-is": ("kind", given["kind"], form.caller_kind.value),
        "--book": ("book", given["book"], form.book),
    }
    for option, (name, told, kept) in asked.items():
        if source(name) is ParameterSource.COMMANDLINE and told != kept:
            raise click.UsageError(
                f"a call of {form.incident} is open: {form.caller!r} in {form.book}, begun "
                f"{form.begun}; {option} says {told!r}. Go on with it without {option}, end it, or "
                "take this call down under another incident"
            )


def _begun(desk: Desk, incident: str, given: dict[str, Any]) -> Form:
    if not (given["taker"] or "").strip():
        raise click.UsageError('say who takes the call: --as "YOUR NAME"')
    if not given["caller"].strip():
        raise click.UsageError("--caller: leave it out where it is not known who calls")
    _hold_to_a_name("--caller", given["caller"])
    book = _book(desk, given)
    caller = given["caller"].strip(), SpeakerKind(given["kind"])
    return new_form(desk, incident, book, given["taker"].strip(), caller)


def _book(desk: Desk, given: dict[str, Any]) -> str:
    book: str = given["book"] or f"{desk.owner.agency}/response/calls"
    return book


def _hold_to_a_name(option: str, given: str) -> None:
    """A name is shown on every page, and speaks: it is nobody's trick, and not nobody's."""
    if clean(given) != given:
        raise click.UsageError(f"{option}: it holds characters that cannot be shown; type it again")
    if given.strip().casefold() == ANYONE or not any(map(str.isalnum, given)):
        raise click.UsageError(f"{option}: {given.strip()!r} names nobody; say who it is")
    if len(given) > _LONGEST_NAME:
        raise click.UsageError(f"{option}: it is longer than {_LONGEST_NAME} characters")


class _Reply(NamedTuple):
    """What stands in an answered line: a command, or words."""

    command: str | None
    words: str


class _Dialogue:
    """The form as it is asked; every answer is kept before the next question."""

    def __init__(
        self, desk: Desk, forms: CallForms, given: dict[str, Any], reader: Reader | None
    ) -> None:
        """``reader`` is for whom briefs are drawn up; None where none are."""
        self._desk, self._forms, self._reader = desk, forms, reader
        self._drawn = False
        self._as_json: bool = given["as_json"]
        self._taker: str | None = (given["taker"] or "").strip() or None
        self._names: frozenset[str] = frozenset()

    def take(self, form: Form, *, resumed: bool) -> None:
        """Ask from where the form is, to the end, or until the call-taker leaves."""
        tell_of_clock(self._desk)
        said = {one for entry in form.entries for one in entry.ids}
        self._names = people_of(self._desk, form.incident, said)
        if form.saying:
            form = self._say(form)
        self._forms.keep(form)
        self._greet(form, resumed=resumed)
        try:
            form = self._ask_all(form)
            self._finish(form)
        except (_Leave, KeyboardInterrupt):
            kept = f"Kept. Go on with:  whoseword call {form.incident}"
            self._tell(f"\n{kept}")

    def _greet(self, form: Form, *, resumed: bool) -> None:
        if resumed:
            come_to = f"{form.place} of {len(QUESTIONS)} questions come to"
            whose = f"{form.caller}, begun {form.begun}, in {form.book}"
            self._tell(f"Going on with {form.incident} ({whose}): {come_to}. /help tells how.")
            return
        self._tell(f"A call: incident {form.incident}, book {form.book}.")
        for line in HOW:
            self._tell(line)

    def _ask_all(self, form: Form) -> Form:
        at = form.place
        while at < len(QUESTIONS):
            form, step = self._ask(form, at)
            at = max(0, at + step)
        return form

    def _ask(self, form: Form, at: int) -> tuple[Form, int]:
        """Put one question; the form with its answer, and how many questions to go on."""
        question = QUESTIONS[at]
        number = form.latest(question.name)
        before = form.entries[number] if number is not None else None
        ids = before.ids if before is not None else ()
        stands = self._forms.said(form) if ids else {}
        said = [stands[one] for one in ids if one in stands]
        for line in question_lines(at + 1, question, before, said):
            self._tell(line)
        while True:
            reply = self._reply()
            if reply.command == "back":
                return form, -1
            if reply.command is not None:
                form = self._obey(form, reply.command)
                # What was shown may be long; the call goes on, and so does the question.
                self._tell(next(question_lines(at + 1, question, None)))
                continue
            if before is not None and not reply.words.strip():
                return form, 1
            try:
                asked = answer_in(reply.words, question) is not None
            except Unclear as unclear:
                self._tell(f"    Not taken: {unclear}")
                continue
            return self._kept(form, question.name, reply.words if asked else ""), 1

    def _kept(self, form: Form, question: str, words: str) -> Form:
        entry = Entry(
            question=question,
            words=words.strip(),
            at=moment_text(self._desk.clock().replace(microsecond=0)),
            by=self._taker or form.taker,
        )
        form = form.with_entry(entry)
        self._forms.keep(form)
        return form

    def _obey(self, form: Form, command: str) -> Form:
        match command:
            case "leave":
                raise _Leave
            case "review":
                self._review(form)
            case "say":
                self._review(form)
                return self._say(form)
            case "help":
                for line in HOW:
                    self._tell(line)
            case _:
                self._tell(f"    /{command} is none of /back /review /say /leave /help")
        return form

    def _finish(self, form: Form) -> None:
        """Show all that would be said, and say it when told to."""
        while True:
            self._review(form)
            self._tell(_END)
            reply = self._reply()
            word = reply.command or reply.words.strip().casefold()
            again = question_of(word)
            if word in ("say", "yes", "y"):
                form = self._say(form)
                self._forms.drop(form.incident)
                if not self._drawn:
                    self._brief(form.incident)
                return
            if again is not None:
                form, _ = self._ask(form, QUESTIONS.index(again))
            elif word == "back":
                form, _ = self._ask(form, len(QUESTIONS) - 1)
            elif word in ("leave", "no", "n"):
                raise _Leave
            elif word not in ("review", "help", ""):
                names = ", ".join(one.name for one in QUESTIONS)
                self._tell(f"{word!r} is none of say, /leave, {names}")

    def _review(self, form: Form) -> None:
        waiting = statements_of(form, self._forms.said(form))
        for line in review_lines(form, waiting, names_in(waiting) & self._names):
            self._tell(line)

    def _say(self, form: Form) -> Form:
        waiting = statements_of(form, self._forms.said(form))
        try:
            form, receipts = self._forms.say(form)
        except BatchRefused as refused:
            told = "; ".join(str(fault) for _, fault in refused.faults)
            raise WhoseWordError(
                f"{told}. Nothing was said, and the form is kept: whoseword call {form.incident}"
            ) from None
        if self._as_json:
            for one in receipts:
                click.echo(msgspec.json.encode(one, order="sorted"))
        said = counted(len(receipts), "statement")
        self._tell(f"Said: {said} in {form.book}. See:  whoseword account {form.incident}")
        if any(isinstance(one.fact, Located) for one in waiting):
            self._brief(form.incident)
        return form

    def _brief(self, incident: str) -> None:
        """Draw up the brief for the door, once it was said; at the end, where it never was."""
        if self._reader is None:
            return
        self._drawn = True
        show(
            drawn_up(self._desk, [incident], self._reader), as_json=self._as_json, err=self._as_json
        )

    def _reply(self) -> _Reply:
        """The next line. Raises ``_Leave`` where there is none."""
        click.echo("> ", nl=False, err=self._as_json)
        line = sys.stdin.buffer.readline(_LONGEST)
        if not line:
            raise _Leave
        rest = line
        while rest and not rest.endswith(b"\n"):
            # What is left of a line that is too long is no answer to the next question.
            rest = sys.stdin.buffer.readline(_LONGEST)
        # What is no UTF-8 becomes a mark that no answer takes, and is asked for again.
        text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
        if text.lstrip().startswith("/"):
            return _Reply(text.strip()[1:].casefold(), "")
        return _Reply(None, text)

    def _tell(self, words: str) -> None:
        click.echo(words, err=self._as_json)


COMMANDS: tuple[click.Command, ...] = (call,)
