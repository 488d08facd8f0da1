"""Commands for those whom a release concerns: told first, and heard beside it."""

from pathlib import Path
from typing import Any, Final

import click

from whoseword.doors.cli.program import Session
from whoseword.doors.cli.words_given import Slug, Words
from whoseword.doors.files import write_whole
from whoseword.doors.plain_words import counted
from whoseword.words import Speaker, SpeakerKind

_KINDS: Final = {
    "relative": SpeakerKind.RELATIVE,
    "involved": SpeakerKind.INVOLVED,
    "official": SpeakerKind.OFFICIAL,
}


@click.command(
    "tell-first", short_help="Tell a family or their counsel what the next release will say."
)
@click.argument("incident", type=Slug())
@click.option("--to", required=True, type=Words(), metavar="WHO", help='Who is told, by their role: "family of woman".')  # fmt: skip
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who tells them.")
@click.option("--line", "picked", multiple=True, metavar="MATTER", help="As for publish.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write what they are told, with their receipt.")  # fmt: skip
@click.pass_obj
def tell_first(session: Session, /, incident: str, **given: Any) -> None:
    """Note that somebody is told what the next release will say, before anybody else reads it.

    It prints the lines and a receipt for them to keep. That kin were told lets a name go to counsel
    (rules RL-01 and RL-11); name them as "family of" whoever it is about.
    """
    from whoseword.doors.publishing import tell_first as tell

    with session.open() as desk:
        told = tell(desk, incident, given["to"], given["name"], given["picked"])
    lines = [f"What the next release on {incident} will say:", ""]
    lines += [f"  {one.text}" for one in told.lines] or ["  Nothing new."]
    lines += ["", f"Receipt: {told.receipt.id} in {told.receipt.book}, hash {told.receipt.hash}"]
    if given["out"]:
        write_whole(given["out"], "\n".join([*lines, ""]).encode())
        click.echo(f"Wrote {given['out']}: {counted(len(told.lines), 'line')}, and the receipt.")
        return
    click.echo("\n".join(lines))


@click.command(short_help="Put a family's or counsel's dispute beside a published line.")
@click.argument("incident", type=Slug())
@click.option("--line", required=True, metavar="ID", help="The line's statement, as `record --json` tells it.")  # fmt: skip
@click.option("--by", required=True, type=Words(), metavar="WHO", help="Whose words they are, as they want to be called.")  # fmt: skip
@click.option("--kind", type=click.Choice(list(_KINDS)), default="relative", show_default=True, help="What they are; counsel is official.")  # fmt: skip
@click.option("--text", required=True, type=Words(), metavar="TEXT", help="Their words.")
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who enters them.")
@click.pass_obj
def dispute(session: Session, /, incident: str, line: str, **given: Any) -> None:
    """Put somebody's own words beside a line of the latest release.

    They are their statement in the public book, and show from the next release on: publish again. No
    earlier release changes.
    """
    from whoseword.doors.publishing import dispute as put

    speaker = Speaker(given["by"], _KINDS[given["kind"]])
    with session.open() as desk:
        receipt = put(desk, incident, line, speaker, given["text"], given["name"])
    click.echo(
        f"Entered as {receipt.id} in {receipt.book}; it stands beside the line from the next release on."
    )


COMMANDS = (tell_first, dispute)
