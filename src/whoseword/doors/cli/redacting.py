"""The command that makes a file without what is withheld."""

import re
from pathlib import Path
from typing import Any, Final

import click

from whoseword.doors.cli.program import Session
from whoseword.doors.cli.words_given import Slug, Words
from whoseword.doors.plain_words import counted
from whoseword.intake.form import Box

_BOX: Final = re.compile(r"(\d+):(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")


class _Place(click.ParamType[tuple[int, Box]]):
    """A place on a page: PAGE:LEFT,TOP,RIGHT,BOTTOM."""

    name = "PAGE:LEFT,TOP,RIGHT,BOTTOM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The page's number and the box."""
        match = _BOX.fullmatch(str(value))
        if match is None:
            self.fail(
                "write it as 2:72,100,300,120, in points (1/72 inch) from the upper left",
                param,
                ctx,
            )
        left, top, right, bottom = (float(match[at]) for at in range(2, 6))
        if left >= right or top >= bottom:
            self.fail("is no box: left comes before right, and top before bottom", param, ctx)
        return int(match[1]), (left, top, right, bottom)


@click.command(short_help="Make a file without what is withheld: rebuilt, never painted over.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--incident", type=Slug(), required=True, help="The incident that it is about.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="NEW", help="Where the new file goes.")  # fmt: skip
@click.option("--words", "passages", multiple=True, type=Words(), metavar="TEXT", help="Words that go, wherever they stand.")  # fmt: skip
@click.option("--box", "boxes", multiple=True, type=_Place(), help="PDF: a place that goes, in points from the upper left of the page.")  # fmt: skip
@click.option("--reason", required=True, type=Words(), metavar="TEXT", help="Why.")
@click.option("--authority", required=True, type=Words(), metavar="TEXT", help="By which law or order.")  # fmt: skip
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who decides so.")
@click.option("--review", metavar="DATE", help="When it is looked at again.")
@click.pass_obj
def redact(session: Session, /, file: Path, out: Path, **given: Any) -> None:
    """Make a PDF or a Word document without some words and places of it.

    \b
      whoseword redact letter.pdf --incident elm-street --out letter-public.pdf \\
        --words "Ida Marsh" --reason "a witness" --authority "RSMo 610.100.3" --as "Ann Lee"

    Nothing of the old file goes into the new one. A PDF is made of pictures of its pages, in which the
    places are black, and of the words that a machine reads from those pictures; comments and the fields
    of forms are left out. A Word document is made of its visible words alone, without pictures, headers
    and footnotes. The new file is searched for the words before it is written; where they can still be
    found, nothing is.

    Words are found without case and accents, over hyphens and the ends of lines; a word that holds them
    goes whole. Look at every page of the new file before anybody gets it: a picture or a handwriting in
    which no machine reads a word needs a --box. That it was withheld, why and by whom, is entered as a
    statement of your agency.
    """
    from whoseword.doors.redacting import Ground, Redacting, keep
    from whoseword.doors.redacting import redact as make

    if not given["passages"] and not given["boxes"]:
        raise click.UsageError("say what goes: --words TEXT or --box PAGE:LEFT,TOP,RIGHT,BOTTOM")
    if out.absolute() == file.absolute():
        raise click.UsageError("--out is the file itself; the original is kept, so name another")
    ground = Ground(given["reason"], given["authority"], given["name"], given["review"])
    asked = Redacting(file, given["passages"], given["boxes"], ground)
    made = make(asked)
    with session.open() as desk:
        keep(desk, given["incident"], asked, made, out)
    click.echo(f"Wrote {out}: {counted(made.removed, 'place')} went. Look at every page of it.")


COMMANDS = (redact,)
