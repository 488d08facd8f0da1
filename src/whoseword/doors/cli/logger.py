"""The command that runs a logging service of NG9-1-1."""

import asyncio
import secrets
import signal
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whoseword.doors.cli.program import Session, tell_of_clock
from whoseword.words import WhoseWordError

if TYPE_CHECKING:
    from litestar import Litestar

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="Take and serve log events of NG9-1-1, signed.")
@click.argument("settings", required=False, type=_FILE, metavar="[SETTINGS.toml]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens.")
@click.option("--port", default=8911, show_default=True, type=click.IntRange(1, 65535), help="Its port.")  # fmt: skip
@click.option("--tls-certificate", type=_FILE, help="The service's own certificate (PEM).")
@click.option("--tls-key", type=_FILE, help="Its private key (PEM).")
@click.option("--check", is_flag=True, help="Say what would be served, and serve nothing.")
@click.option("--new-token", is_flag=True, help="Print a token, and its hash for the file.")
@click.pass_obj
def logger(session: Session, /, settings: Path | None, **given: Any) -> None:
    """Run a logging service (NENA-STA-010.3, version 1.2) until it is stopped.

    \b
      whoseword logger logger.toml

    It takes events (POST LogEvents), each a statement of the book that SETTINGS names, by the element
    that sent it, and serves them as they came to whoever may open that book. An example of SETTINGS:

    \b
      domain = "logger.dunmore.example"
      book = "dunmore-911/response/logger"
      unsigned = "refuse"               # or "take": events that nobody signed
      [[signer]]
      partner = "harrow-911"            # whose card was taken here
      domains = ["harrow.example"]      # for whom it may sign
      [[signer]]
      certificates = "pca.pem"          # who is certified by these
      [[token]]
      name = "the CAD bridge"
      sha256 = "..."                    # as --new-token prints it
      sends = true
      reader = "dispatcher@dunmore-911" # as whom it reads; left out, it may not

    It listens on this machine alone unless --host says otherwise, and then it wants --tls-certificate
    and --tls-key, for a token must not go over a network in the clear.
    """
    from whoseword.doors.logger_settings import new_token

    if given["new_token"]:
        token, digest = new_token(secrets.token_bytes)
        click.echo(f'{token}\n  give it to its holder; the file has only\nsha256 = "{digest}"')
        return
    if settings is None:
        raise click.UsageError("name the file of settings")
    _check_host(given)
    from whoseword.doors.logevents import Service
    from whoseword.doors.logger_http import application
    from whoseword.doors.logger_settings import read_settings, trust_of

    told = read_settings(settings)
    with session.open() as desk:
        tell_of_clock(desk)
        if not desk.law.keeps(desk.owner, told.book).allowed:
            raise WhoseWordError(f"this home may not keep {told.book}; name another book")
        trust = trust_of(desk, told, settings)
        click.echo(
            f"Events go into {told.book}; {len(trust.keys):,} keys and {len(trust.certificates):,} "
            f"certificates are believed, {len(told.token):,} tokens known; unsigned events are "
            f"{'taken' if trust.unsigned else 'refused'}."
        )
        if given["check"]:
            return
        _check_port(given["host"], given["port"])
        tls = "https" if given["tls_key"] else "http"
        click.echo(f"Listening on {tls}://{given['host']}:{given['port']}; Ctrl-C ends it.")
        asyncio.run(_serve(application(Service(desk, told, trust)), given))


def _check_host(given: dict[str, Any]) -> None:
    try:
        is_here = ip_address(given["host"]).is_loopback
    except ValueError:
        is_here = given["host"] == "localhost"
    if (given["tls_certificate"] is None) != (given["tls_key"] is None):
        raise click.UsageError("give both --tls-certificate and --tls-key")
    if not is_here and given["tls_key"] is None:
        raise click.UsageError(
            "--host is not this machine alone, and tokens would go in the clear; give "
            "--tls-certificate and --tls-key"
        )


def _check_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on: the server itself would share it in silence."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in found[:1]:
            with socket.socket(family, kind, protocol) as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(address)
    except OSError as error:
        raise WhoseWordError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); choose another --port, "
            "or end the program that has it"
        ) from error


async def _serve(app: "Litestar", given: dict[str, Any]) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    server = Server(
        app,
        address=given["host"],
        port=given["port"],
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
        ssl_cert=given["tls_certificate"],
        ssl_key=given["tls_key"],
    )
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, server.stop)
    await server.serve()


COMMANDS = (logger,)
