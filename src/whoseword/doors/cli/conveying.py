"""The command that lets another system follow this home's incidents, as a reader may open them."""

import os
import ssl
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click

from whoseword.doors.channels import is_this_machine
from whoseword.doors.cli.program import Session, reader_given
from whoseword.doors.cli.stopping import stopped_by_signals
from whoseword.doors.cli.tokens import TokenOf, token_of
from whoseword.doors.cli.words_given import DomainName
from whoseword.doors.terminal.lines import clean
from whoseword.words import WhoseWordError

TOKEN: Final = "WHOSEWORD_CONVEY_TOKEN"  # noqa: S105  the name of a variable
_SHORTEST_TOKEN: Final = 16
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("convey", short_help="Let another system follow incidents, as a reader may (EIDO).")
@click.option("--reader", required=True, metavar="ROLE@AGENCY", help="As whom it reads.")
@click.option(
    "--purpose", metavar="PURPOSE", help="What it is read for. [default: the role's first]"
)
@click.option("--token-file", type=_FILE, metavar="FILE",
              help=f"The token that it shows, 16 letters or more. [default: ${TOKEN}]")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8024, show_default=True,
              help="The port; 0 takes a free one.")  # fmt: skip
@click.option("--cert", type=_FILE, metavar="FILE", help="The certificate to serve TLS with.")
@click.option("--key", type=_FILE, metavar="FILE", help="Its key. [default: it is in --cert]")
@click.option("--client-ca", type=_FILE, metavar="FILE",
              help="Let in only whom these authorities certify, beside the token.")  # fmt: skip
@click.option(
    "--domain",
    type=DomainName(),
    help="The agency's, as its peers know it. [default: its name under .invalid]",
)
@click.option("--hours", type=click.FloatRange(0, min_open=True), default=24.0, show_default=True,
              help="How long after the last statement an incident is active.")  # fmt: skip
@click.option("--every", type=click.FloatRange(0.05), default=1.0, show_default=True,
              metavar="SECONDS", help="How often to look for what is new.")  # fmt: skip
@click.pass_obj
def convey_incidents(session: Session, /, **given: Any) -> None:
    """Let another system subscribe to incidents and ask for single ones, until Ctrl-C.

    \b
      whoseword convey --reader supervisor@dunmore-police --token-file token --cert server.pem --host 0.0.0.0

    It speaks NENA-STA-024 1.0.1: subscriptions at /IncidentData/ent, single incidents at
    /IncidentData/v1/incidents/ID. One token is one reader; run it once for each system that asks.
    What that reader may not open goes out in no object and starts none; each object is a read, and
    logged. No advice goes out. Beyond this machine it is served over TLS alone.
    """
    from whoseword.doors.conveying import Offered
    from whoseword.doors.conveying_served import Serving, conveying

    reader = reader_given(given["reader"], given["purpose"], "--reader")
    tls = _tls(given)
    if tls is None and not is_this_machine(given["host"]):
        raise click.UsageError("beyond this machine it is served over TLS alone; give --cert FILE")
    token = token_of(TokenOf(TOKEN, given["token_file"]), os.environ)
    if len(token) < _SHORTEST_TOKEN:
        raise WhoseWordError(
            f"the token has fewer than {_SHORTEST_TOKEN} letters; make one with `openssl rand -hex 32`"
        )
    offered = Offered(reader, session.open, given["domain"], timedelta(hours=given["hours"]))
    serving = Serving(given["host"], given["port"], token, given["every"], tls)
    with stopped_by_signals() as stopped:
        try:
            with conveying(offered, serving, _tell) as address:
                click.echo(f"{address}, as {reader.name} may open it; Ctrl-C ends it.")
                while not stopped.wait(0.2):
                    time.sleep(0)
        except OSError as error:
            raise WhoseWordError(
                f"{given['host']}:{given['port']} cannot be listened at ({error.strerror}); "
                "choose another --port"
            ) from None


def _tell(words: str) -> None:
    click.echo(f"whoseword: {clean(words)}", err=True)


def _tls(given: Mapping[str, Any]) -> ssl.SSLContext | None:
    """How TLS is served, if it is. Raises ``WhoseWordError``."""
    if given["cert"] is None:
        if given["key"] or given["client_ca"]:
            raise click.UsageError("--key and --client-ca go with --cert")
        return None
    try:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=given["client_ca"])
        context.load_cert_chain(given["cert"], given["key"], password=lambda: b"")
    except (OSError, ValueError):
        raise WhoseWordError(
            "the certificates cannot be used; give PEM files, a key without a password"
        ) from None
    if given["client_ca"] is not None:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


COMMANDS = (convey_incidents,)
