"""The command that tells how well the reader reads, on documents that people read before it."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from whoseword.doors.files import write_whole
from whoseword.doors.gold_folder import gold_in
from whoseword.intake.evaluation.figures import Tally, figures_of, total
from whoseword.intake.evaluation.gold import PASSES, Scored, agreement, by, scored
from whoseword.intake.evaluation.page import page, shown_share
from whoseword.words import WhoseWordError

_FLATTERED = "The set was written by the reader's own authors: these figures flatter it."
_COLUMNS = {
    "precision": "P",
    "recall": "R",
    "f1": "F1",
    "attribution_f1": "who",
    "stance_macro_f1": "stance",
    "chain_of_hearsay": "hearsay",
    "made_sure_share": "sure",
    "abstention": "passed",
    "other": "other",
}
_LEGEND = (
    "P, R, F1: statements right. who: content found and speaker right (F1). stance: macro-F1. "
    "hearsay: chains right. sure: denied or left open, and drafted as affirmed. passed: statements "
    "passed over. other: drafts of no known kind."
)


@click.command(short_help="Tell how well the reader reads, on a gold set.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.option("--held-back", "part", flag_value="held-back", help="Only what nothing was tuned on.")
@click.option("--tuned-on", "part", flag_value="tuned-on", help="Only the others.")
@click.option("--all", "part", flag_value="all", default="all", help="Both. [default]")
@click.option(
    "--by", "group", type=click.Choice(["genre", "document"]), default="genre", show_default=True,
    help="A line for each of these.",
)  # fmt: skip
@click.option(
    "--against", type=click.Choice(PASSES),
    help="Which annotation is right. [default: agreed, where there is none yet the first]",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--page", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the page of the documentation anew.",
)  # fmt: skip
def evaluate(folder: str, part: str, group: str, **given: Any) -> None:
    """Tell how well the reader reads: precision, recall and abstention, on a gold set.

    DIR holds documents/, the annotations in first/, second/ and agreed/, and held-back.txt; its
    form is told in gold/README.md. No home is opened and nothing is kept.
    """
    # The language model takes a second to load, and only reading needs it.
    from whoseword.intake.reading import read_document

    if given["target"] and part != "all":
        raise click.UsageError("the page tells all parts; leave out --held-back and --tuned-on")
    documents = [
        one
        for one in gold_in(Path(folder))
        if part == "all" or one.held_back == (part == "held-back")
    ]
    with click.progressbar(
        length=len(documents), label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        scores = scored(documents, read_document, given["against"], lambda: bar.update(1))
    if not scores:
        raise WhoseWordError(f"no document of {folder} is annotated so; write its .said file first")
    agreed = agreement(documents)
    if given["target"]:
        write_whole(given["target"], page(scores, agreed).encode())
    if given["as_json"]:
        value = _value(scores, agreed, (part, group))
        click.echo(json.dumps(value, sort_keys=True, ensure_ascii=False))
    elif given["target"]:
        click.echo(f"Wrote {given['target']}.")
    else:
        _print(scores, agreed, group)


def _value(scores: tuple[Scored, ...], agreed: Tally, asked: tuple[str, str]) -> dict[str, Any]:
    part, group = asked
    against = [one.against for one in scores]
    return {
        "part": part,
        "against": {which: against.count(which) for which in PASSES},
        "all": figures_of(total(one.tally for one in scores)),
        "by": {name: figures_of(tally) for name, tally in by(scores, group).items()},
        "agreement": figures_of(agreed) if agreed.documents else None,
        "note": _FLATTERED,
    }


def _print(scores: tuple[Scored, ...], agreed: Tally, group: str) -> None:
    table = Table(box=None, pad_edge=False, collapse_padding=True)
    table.add_column(group, no_wrap=True)
    for words in ("stated", "drafts", *_COLUMNS.values()):
        table.add_column(words, justify="right")
    rows = {**by(scores, group), "all": total(one.tally for one in scores)}
    for name, tally in rows.items():
        figures = figures_of(tally)
        counts = str(tally.statements), str(tally.drafts)
        table.add_row(name, *counts, *(shown_share(figures[key]) for key in _COLUMNS))
    console = Console(highlight=False)
    console.print(table)
    click.echo(f"\n{_LEGEND}")
    if agreed.documents:
        figures = figures_of(agreed)
        click.echo(
            f"\nTwo people on {agreed.documents} documents: F1 {shown_share(figures['f1'])}, "
            f"kappa of stance {shown_share(figures['stance_kappa'])}."
        )
    click.echo(f"\n{_FLATTERED}")


COMMANDS = (evaluate,)
