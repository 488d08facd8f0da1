"""The command that reminds people of duties, for as long as it runs."""

import os
import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from whoseword.doors.cli.program import Session, reader_of, reading_as
from whoseword.doors.cli.stopping import stopped_by_signals
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.desk import Desk
from whoseword.doors.plain_words import counted, moment_line
from whoseword.doors.terminal.lines import clean
from whoseword.words import WhoseWordError
from whoseword.words.times import moment_from, moment_text

if TYPE_CHECKING:
    from whoseword.books.claimed import Claim
    from whoseword.doors.reminding import Hands, Watch

_PROFILE = "missouri"
_LEAD_HOURS = 24
_EVERY = 60
_ID_SHOWN = 12
_AT_START = 5
"""How many that were never noted as told are named when a watch begins."""


@click.command("watch", short_help="Remind people of duties, by mail, webhook or on this terminal.")
@click.argument("incidents", type=Slug(), nargs=-1, metavar="[INCIDENT]...")
@click.option("--channels", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              envvar="WHOSEWORD_CHANNELS", show_envvar=True,
              help="Where to tell it. [default: standard output]")  # fmt: skip
@click.option("--profile", default=_PROFILE, show_default=True, metavar="NAME", help="Whose law.")
@click.option("--lead", type=click.IntRange(0), default=_LEAD_HOURS, show_default=True,
              metavar="HOURS", help="How long before it is due a duty is due soon.")  # fmt: skip
@click.option("--every", type=click.FloatRange(1), default=_EVERY, show_default=True,
              metavar="SECONDS", help="How often to look.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look once, and end; exit 1 where a channel failed.")
@click.option("--check", is_flag=True, help="Say what would be told; send and claim nothing.")
@click.option("--undelivered", is_flag=True, help="List what was claimed and never noted as told.")
@click.option("--seen-to", multiple=True, metavar="ID", help="Note that you saw to one of these.")
@click.option("--as", "name", metavar="NAME", help="Who saw to it.")
@click.option("--json", "as_json", is_flag=True, help="Print one reminder a line, as JSON.")
@reading_as
@click.pass_obj
def watch_duties(session: Session, /, incidents: tuple[str, ...], **given: Any) -> None:
    """Remind people of duties: owed, due soon, overdue, and alarms, each at most once.

    Every incident is watched, or those that are named, until the program is stopped (Ctrl-C). A
    reminder names a rule, a duty and who owes it, and no person. What was sent is never sent again,
    whatever happens meanwhile; what may not have arrived is told when the next watch begins.
    """
    asked = [one for one in ("once", "check", "undelivered", "seen_to") if given[one]]
    if len(asked) > 1:
        raise click.UsageError(f"choose one of {', '.join(_option(one) for one in asked)}")
    if bool(given["seen_to"]) != bool((given["name"] or "").strip()):
        raise click.UsageError("give --seen-to ID and --as NAME together")
    if given["undelivered"] or given["seen_to"]:
        _claims(session, given)
    elif given["check"]:
        _check(session, incidents, given)
    else:
        _watch(session, incidents, given)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _watch_of(desk: Desk, incidents: tuple[str, ...], given: dict[str, Any]) -> "Watch":
    # Holidays take a while to load, and only this command and `duties` need them.
    from whoseword.doors.channels import STANDARD_OUTPUT, read_channels
    from whoseword.doors.reminding import Watch

    file = given["channels"]
    return Watch(
        reader_of(desk, given["reader"], given["purpose"]),
        read_channels(file, os.environ) if file else STANDARD_OUTPUT,
        incidents,
        given["profile"],
        timedelta(hours=given["lead"]),
    )


def _watch(session: Session, incidents: tuple[str, ...], given: dict[str, Any]) -> None:
    from whoseword.doors.reminding import begin, undelivered

    with stopped_by_signals() as stopped:
        with session.open() as desk:
            watch = _watch_of(desk, incidents, given)
            _tell_of_undelivered(undelivered(desk, watch.whose))
            begin(desk, watch)
            failed = _round(desk, watch, stopped, given["as_json"])
        while not given["once"] and not stopped.wait(given["every"]):
            # Opened anew, so that rules, grants and a home that was put back are those of today.
            try:
                with session.open() as desk:
                    _round(desk, watch, stopped, given["as_json"])
            except WhoseWordError as error:
                _complain(f"{error}; the watch goes on, and looks again")
    if given["once"] and failed:
        click.get_current_context().exit(1)


def _round(desk: Desk, watch: "Watch", stopped: threading.Event, as_json: bool) -> int:
    """Tell what is due; how many channels failed."""
    from whoseword.doors.reminding import remind

    done = remind(desk, watch, _hands(stopped, as_json))
    if done.kept_back:
        _complain(
            f"this home was put back from a backup, and {counted(done.kept_back, 'reminder')} may "
            "have been told before; not told again: `whoseword watch --undelivered` lists them"
        )
    return done.failed


def _hands(stopped: threading.Event, as_json: bool) -> "Hands":
    from whoseword.doors.delivering import line_to
    from whoseword.doors.reminding import Hands

    return Hands(
        lines=lambda channel: line_to(channel, partial(click.echo, nl=False), as_json),
        tell=_complain,
        stopped=stopped.is_set,
    )


def _complain(words: str) -> None:
    # A server's own words may stand in it.
    click.echo(f"whoseword: {clean(words)}", err=True)


def _check(session: Session, incidents: tuple[str, ...], given: dict[str, Any]) -> None:
    from whoseword.doors.delivering import Message, json_of
    from whoseword.doors.reminding import due_now
    from whoseword.duties import subject_of

    with session.open() as desk:
        watch = _watch_of(desk, incidents, given)
        found = list(due_now(desk, watch))
        now = desk.clock()
    for due in found:
        if given["as_json"]:
            row = msgspec.json.decode(json_of(Message(due.key, "", now, due.reminder)))
            row |= {"channel": due.channel.to.name, "kept_back": due.kept_back}
            click.echo(msgspec.json.encode(row, order="sorted"))
            continue
        back = " (kept back: it may have been told before)" if due.kept_back else ""
        about = f"{due.reminder.incident}: {subject_of(due.reminder)}"
        click.echo(f"{due.channel.to.name}: {clean(about)}{back}")
    if not given["as_json"]:
        channels = counted(len(watch.channels), "channel")
        click.echo(f"{counted(len(found), 'reminder')} would be told, on {channels}.")


def _claims(session: Session, given: dict[str, Any]) -> None:
    from whoseword.doors.reminding import see_to, undelivered

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        whose = f"{reader.name} for {reader.purpose}"
        if given["seen_to"]:
            seen = see_to(desk, whose, given["seen_to"], given["name"].strip())
            click.echo(f"{counted(len(seen), 'reminder')} noted as seen to by {given['name']}.")
            return
        found = undelivered(desk, whose)
    for one in found:
        click.echo(_json_line(one) if given["as_json"] else _line(one))
    if not given["as_json"]:
        click.echo(f"{counted(len(found), 'reminder')} claimed and never noted as told.")


def _line(claim: "Claim") -> str:
    due = f", due {claim.due}" if claim.due else ""
    return (
        f"{claim.reminder[:_ID_SHOWN]}  {claim.channel}: {claim.incident}, {claim.rule} "
        f"{claim.event}{due}; claimed {moment_line(moment_from(claim.claimed))}"
    )


def _json_line(claim: "Claim") -> bytes:
    row = claim._asdict() | {"claimed": moment_text(moment_from(claim.claimed))}
    del row["told"], row["seen_by"]
    return msgspec.json.encode(row, order="sorted")


def _tell_of_undelivered(claims: Sequence["Claim"]) -> None:
    if not claims:
        return
    _complain(
        f"{counted(len(claims), 'reminder')} claimed and never noted as told: sent and not noted, "
        "refused, broken off, or on its way just now. None is sent again. See to each, then say "
        "`whoseword watch --seen-to ID --as NAME`; `--undelivered` lists them all"
    )
    for one in claims[:_AT_START]:
        click.echo(f"  {_line(one)}", err=True)
    if len(claims) > _AT_START:
        click.echo(f"  and {len(claims) - _AT_START} more", err=True)


COMMANDS = (watch_duties,)
