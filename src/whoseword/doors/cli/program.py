"""The program: its options, its commands, and how it tells an error.

Exit 0 done; 1 the input or the ledger is at fault, told on standard error with what, where and
what to do; 2 the command line is wrong (contract, section 4).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from whoseword import __version__
from whoseword.access import Reader, parse_reader
from whoseword.doors.cli.words_given import asked
from whoseword.doors.desk import Desk
from whoseword.doors.homes import Homes
from whoseword.words import WhoseWordError, WordFault
from whoseword.words.times import moment_text, parse_moment

_ORDER = (
    "demo", "init", "read", "drafts", "sign", "drop", "copies", "say", "call", "cad", "import",
    "feed", "export", "convey", "logger", "account", "diff", "check", "publish", "record", "take-down", "site", "corrections", "corrected", "tell-first", "dispute", "redact", "request", "answer", "requests", "brief", "advise", "replay",
    "replays", "duties", "watch", "verify",
    "checkpoint", "prove", "check-proof", "keys", "backup", "restore", "seal", "quarantine", "reads",
    "card", "partner", "disclose", "withdraw", "receive", "may", "rules", "assign",
    "break-glass", "reviews", "review", "staff", "confidential",
    "schema", "evaluate",
)  # fmt: skip


_MODULES = (
    *(
        "books",
        "cad",
        "calling",
        "conveying",
        "reading",
        "documents",
        "copying",
        "views",
        "checking",
    ),
    *(
        "publishing",
        "correcting",
        "families",
        "redacting",
        "requests",
        "proofs",
        "backups",
        "removals",
        "exchange",
        "exporting",
        "feeds",
        "following",
    ),
    *("logger", "rules", "watching", "response", "duties", "reminders", "demo", "evaluating"),
)
"""The modules of this package that hold commands."""


class Session(NamedTuple):
    """What every command starts from."""

    homes: Homes
    home: Path | None
    now: datetime | None
    examples: Path

    def clock(self) -> datetime:
        """The moment: the fixed one, or the machine's."""
        return self.now or datetime.now(UTC)

    def open(self, home: Path | None = None) -> AbstractContextManager[Desk]:
        """The home, open for the length of a block."""
        return self.homes.open(home or self.home, self.clock)


class Program(click.Group):
    """Commands in the order in which one uses them; errors told in one line or a few."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands, as one uses them."""
        return [name for name in _ORDER if name in self.commands]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a user must be told goes to standard error, with exit 1."""
        try:
            return super().invoke(ctx)
        except WhoseWordError as error:
            click.echo(f"whoseword: {error}", err=True)
            ctx.exit(1)


def build(homes: Homes, examples: Path) -> click.Group:
    """The program over the homes of a machine; ``examples`` holds the incidents it comes with."""

    @click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
    @click.version_option(__version__, prog_name="whoseword")
    @click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="WHOSEWORD_HOME",
        show_envvar=True,
        help="The folder of the books; made at first use. [default: your data folder]",
    )
    @click.option(
        "--now",
        envvar="WHOSEWORD_NOW",
        show_envvar=True,
        metavar="TIME",
        help="Fix the clock, e.g. 2024-11-08T15:00:00Z.",
    )
    @click.pass_context
    def program(ctx: click.Context, home: Path | None, now: str | None) -> None:
        """Whose Word keeps every statement about a critical incident: who said it, how they
        know, when, and who may see it.

        Start with `whoseword demo`. For documents of your own:

        \b
          whoseword read story.txt --incident elm-street
          whoseword sign --incident elm-street --as "Your Name" --all
          whoseword account elm-street
        """
        moment = None
        if now is not None:
            try:
                moment = parse_moment(now)
            except WordFault as fault:
                raise asked(fault, "--now") from None
        ctx.obj = Session(homes, home, moment, examples)

    for command in _commands():
        program.add_command(command)
    return program


def _commands() -> Iterator[click.Command]:
    """Every command of the program; each module knows its own."""
    for name in _MODULES:
        yield from import_module(f"whoseword.doors.cli.{name}").COMMANDS


def tell_of_clock(desk: Desk) -> None:
    """Tell the operator, on standard error, of a clock that was set back."""
    behind = desk.clock_behind()
    if behind is not None:
        now, latest = behind
        click.echo(
            f"whoseword: the clock reads {moment_text(now)}, and the latest statement here was "
            f"recorded at {moment_text(latest)}; check the clock. What you enter is recorded at "
            "the latter.",
            err=True,
        )


def reading_as(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--reader`` and ``--purpose``: whose view it is."""
    command = click.option(
        "--purpose", metavar="PURPOSE", help="What it is read for. [default: the role's first]"
    )(command)
    return click.option(
        "--reader", metavar="ROLE@AGENCY", help="Whose view it is. [default: the home's owner]"
    )(command)


def reader_of(desk: Desk, reader: str | None, purpose: str | None) -> Reader:
    """The reader named on the command line, or the home's owner."""
    return reader_given(reader or desk.owner.name, purpose, "--reader")


def reader_given(reader: str, purpose: str | None, where: str) -> Reader:
    """The reader named on the command line; ``where`` is told where it is none."""
    try:
        return parse_reader(reader, purpose)
    except WordFault as fault:
        raise asked(fault, where if fault.field == "reader" else "--purpose") from None


def moment_of(desk: Desk, text: str, option: str) -> datetime:
    """A moment named on the command line, read in the home's zone."""
    try:
        return parse_moment(text, desk.zone)
    except WordFault as fault:
        raise asked(fault, option) from None
