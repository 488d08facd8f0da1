"""The command that follows another system's incidents, for as long as it runs."""

import os
import random
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from whoseword.doors.cli.program import Session, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.stopping import stopped_by_signals
from whoseword.doors.cli.tokens import TokenOf, token_of
from whoseword.doors.cli.words_given import BookName, Slug, Words
from whoseword.doors.terminal.lines import clean
from whoseword.words import WhoseWordError

if TYPE_CHECKING:
    from whoseword.doors.desk import Desk
    from whoseword.doors.feeds import TakenIn
    from whoseword.doors.lines_to_peers import Peer

TOKEN: Final = "WHOSEWORD_FEED_TOKEN"  # noqa: S105  the name of a variable
_TRIES_OF_A_SCRIPT: Final = 5
_CALLS_TOLD: Final = 20
_LONGEST_TOLD: Final = 600
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("feed", short_help="Follow a call center's incidents as they change (EIDO).")
@click.argument("url", metavar="URL")
@click.option("--book", type=BookName(), required=True, help="The book that takes it in.")
@click.option(
    "--only", metavar="ID", help="Follow one incident, by its id there, until it is closed."
)
@click.option("--incident", type=Slug(), help="The incident's name here; with --only.")
@click.option("--feed", type=Words(), help="Through whom it came. [default: who made the object]")
@click.option("--fetch-from", "hosts", multiple=True, metavar="HOST[:PORT]",
              help="A host that objects sent by reference may be fetched from, beside the feed's own.")  # fmt: skip
@click.option("--retrieval", metavar="URL",
              help="Where to ask for incidents that ended while the line was lost.")  # fmt: skip
@click.option("--token-file", type=_FILE, metavar="FILE",
              help=f"The token by which the peer knows us. [default: ${TOKEN}, if set]")  # fmt: skip
@click.option(
    "--ca", type=_FILE, metavar="FILE", help="Authorities to trust. [default: the system's]"
)
@click.option(
    "--cert", type=_FILE, metavar="FILE", help="The certificate by which the peer knows us."
)
@click.option("--key", type=_FILE, metavar="FILE", help="Its key. [default: it is in --cert]")
@click.option("--until-idle", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
              help="End after so long without an object. [default: go on]")  # fmt: skip
@click.option("--tries", type=click.IntRange(1), metavar="N",
              help="Give up after so many failures in a row. [default: never; with --until-idle, 5]")  # fmt: skip
@click.option("--no-brief", is_flag=True, help="Do not draw up the brief of a new call.")
@click.option("--json", "as_json", is_flag=True, help="At the end, print what came as JSON.")
@reading_as
@click.pass_obj
def follow_feed(session: Session, /, url: str, **given: Any) -> None:
    """Subscribe to another system's incidents, and take in what it sends until Ctrl-C.

    \b
      whoseword feed wss://psap.dunmore.example/IncidentData/ent --book dunmore-911/response/calls

    It speaks NENA-STA-024 1.0.1 over a websocket. What an object adds becomes statements, as with
    `import`; an object is acknowledged once that is on the disk. When the line is lost it is tried
    again, after 1 second, then 2, 4, up to 60, and what the peer sends a second time is not said
    twice, also after this program was stopped and started.

    What is malformed stops nothing: it is kept whole in the home, in set-aside/, with the place of
    its fault, and the peer is told. Mend it and `import` it. Exit 1 if anything was set aside.

    No token is given on the command line. Nothing is sent without TLS, but to this machine itself.
    """
    from whoseword.doors.feeds import Into
    from whoseword.doors.following import Asked, follow

    if given["incident"] and not given["only"]:
        raise click.UsageError("--incident names one incident; give --only ID with it")
    if given["key"] and not given["cert"]:
        raise click.UsageError("--key goes with --cert")
    peer = _peer(url, given, os.environ)
    tries = given["tries"] or (_TRIES_OF_A_SCRIPT if given["until_idle"] else None)
    into = Into(given["book"], given["incident"], given["feed"])
    asked = Asked(into, given["only"], given["until_idle"], tries)
    with session.open() as desk:
        tell_of_clock(desk)
        reader_of(desk, given["reader"], given["purpose"])
    with stopped_by_signals() as stopped:
        world = _world(session, peer, given, stopped)
        counts = follow(asked, world, peer.address)
    if given["as_json"]:
        click.echo(msgspec.json.encode(counts, order="sorted"))
    else:
        click.echo(f"{counts.line()}, in {given['book']}.")
        for file in counts.files[:20]:
            click.echo(f"set aside: {clean(file)}")
    if counts.set_aside:
        click.get_current_context().exit(1)


def _peer(url: str, given: Mapping[str, Any], environment: Mapping[str, str]) -> "Peer":
    from whoseword.doors.lines_to_peers import Peer, address_of, host_of, trusting

    try:
        at = address_of(url, ("wss", "ws"))
    except WhoseWordError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    retrieval = None
    if given["retrieval"]:
        try:
            retrieval = address_of(given["retrieval"], ("https", "http"))
        except WhoseWordError as error:
            raise click.BadParameter(str(error), param_hint="--retrieval") from None
    try:
        for host in given["hosts"]:
            host_of(host)
    except WhoseWordError as error:
        raise click.BadParameter(str(error), param_hint="--fetch-from") from None
    tls = trusting(given["ca"], given["cert"], given["key"])
    return Peer(
        at,
        token_of(TokenOf(TOKEN, given["token_file"]), environment),
        given["hosts"],
        retrieval,
        tls,
    )


def _world(session: Session, peer: "Peer", given: Mapping[str, Any], stopped: Any) -> Any:
    from whoseword.doors.following import World
    from whoseword.doors.lines_to_peers import fetched, incident_at, line_to

    def arrived(desk: "Desk", taken: "TakenIn") -> None:
        _tell_of_new(desk, taken, given)

    return World(
        home=session.open,
        connect=lambda: line_to(peer),
        fetch=lambda url: fetched(peer, url),
        incident_at=lambda incident: incident_at(peer, incident),
        clock=time.monotonic,
        chance=random.SystemRandom().random,
        new_id=lambda: str(uuid.uuid4()),
        wait=stopped.wait,
        stopped=stopped.is_set,
        tell=lambda words: click.echo(f"whoseword: {clean(words)[:_LONGEST_TOLD]}", err=True),
        arrived=arrived,
    )


def _tell_of_new(desk: "Desk", taken: "TakenIn", given: Mapping[str, Any]) -> None:
    """Say of what just came what somebody should look at now, and draw up the brief of a new call."""
    from whoseword.doors.call_briefs import calls_come_in
    from whoseword.doors.cli.calls_in import drawn_up, show
    from whoseword.doors.terminal.unread import look_lines
    from whoseword.doors.unread import to_look_at

    # Standard output holds nothing but JSON where that was asked for.
    quiet = given["as_json"]
    reader = reader_of(desk, given["reader"], given["purpose"])
    incidents = calls_come_in(desk, taken.statements, reader)
    for incident in incidents[:_CALLS_TOLD]:
        click.echo(f"CALL: {incident}", err=quiet)
    for line in look_lines(to_look_at(desk, taken.statements, reader)):
        click.echo(line, err=quiet)
    if not given["no_brief"]:
        show(drawn_up(desk, incidents, reader), err=quiet)


COMMANDS = (follow_feed,)
