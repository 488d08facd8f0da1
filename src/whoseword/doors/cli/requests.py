"""Commands on requests for records: take one down, answer it, see which wait."""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug, Words
from whoseword.doors.plain_words import counted, days_line, moment_line
from whoseword.doors.terminal.lines import clean
from whoseword.record.requests import Answered, Outcome, Row
from whoseword.words.times import moment_text, parse_moment


@click.command("request", short_help="Take down a request for records or from the press.")
@click.argument("incident", type=Slug())
@click.option("--by", required=True, type=Words(), metavar="WHO", help="Who asks.")
@click.option("--about", required=True, type=Words(), metavar="TEXT", help="For what, in their words.")  # fmt: skip
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who takes it down.")  # fmt: skip
@click.option("--received", metavar="TIME", help="When it came. [default: now]")
@click.pass_obj
def take(session: Session, /, incident: str, **given: Any) -> None:
    """Take down a request for records; it says at once by when it is to be answered."""
    from whoseword.doors.requests import take_request

    with session.open() as desk:
        received = moment_of(desk, given["received"], "--received") if given["received"] else None
        row = take_request(desk, incident, given["by"], given["about"], given["name"], received)
    click.echo(f"Request {row.number} of {clean(row.by or 'somebody')}: {_due(row)}.")


@click.command(short_help="Answer a request: given, in part, denied by law, or later and why.")
@click.argument("incident", type=Slug())
@click.option("--request", "number", required=True, type=click.IntRange(min=1), metavar="N", help="Which one.")  # fmt: skip
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who answers.")
@click.option("--outcome", required=True, type=click.Choice([one.value for one in Outcome]), help="What becomes of it.")  # fmt: skip
@click.option("--law", type=Words(), metavar="TEXT", help="denied: the very law that closes it.")
@click.option("--why", type=Words(), metavar="TEXT", help="part, delayed: what was left out, or the cause.")  # fmt: skip
@click.option("--place", type=Words(), metavar="TEXT", help="delayed: where it will be had.")
@click.option("--earliest", metavar="TIME", help="delayed: the earliest time at which it will be.")
@click.pass_obj
def answer(session: Session, /, incident: str, number: int, **given: Any) -> None:
    """Answer a request under your name.

    A denial names its law; a part says what was taken out; a delay tells its cause, the place and the
    earliest time (RSMo 610.023 and 610.024). Once that time has come, the request is overdue again.
    """
    from whoseword.doors.requests import answer as answer_at

    with session.open() as desk:
        told = given["earliest"]
        earliest = moment_text(moment_of(desk, told, "--earliest")) if told else None
        answered = Answered(
            number=number,
            outcome=given["outcome"],
            law=given["law"],
            why=given["why"],
            place=given["place"],
            earliest=earliest,
        )
        answer_at(desk, incident, given["name"], answered)
    click.echo(f"Request {number} is answered by {given['name']}: {given['outcome']}.")


@click.command(short_help="Requests for records, by when each is due, and how long it has waited.")
@click.argument("incident", type=Slug())
@click.option("--as-of", metavar="TIME", help="As they stood then, inclusive. [default: now]")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@reading_as
@click.pass_obj
def requests(session: Session, /, incident: str, **given: Any) -> None:
    """Requests for records, the oldest first; no answer is never "no"."""
    from whoseword.doors.requests import list_requests

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        rows = list_requests(desk, incident, reader, as_of)
    if given["as_json"]:
        click.echo(msgspec.json.encode(rows, order="sorted"))
        return
    click.echo(f"{counted(len(rows), 'request')}.")
    for row in rows:
        for line in _lines(row):
            click.echo(line)


def _due(row: Row) -> str:
    if row.due is None:
        return "no day by which it is due can be told"
    return f"due {moment_line(parse_moment(row.due))} ({row.rule}, {row.citation})"


def _lines(row: Row) -> Iterator[str]:
    yield f"  {row.number}. {clean(row.by or 'somebody')}: {clean(str(row.about or 'not said'))}"
    yield f"     {row.state.upper()}, {days_line(row.days)} since it came; {_due(row)}"
    if row.last is not None:
        told = {"law": row.last.law, "why": row.last.why, "place": row.last.place, "earliest": row.last.earliest}  # fmt: skip
        said = "; ".join(f"{name}: {clean(text)}" for name, text in told.items() if text)
        yield f"     last answer: {row.last.outcome}{f' ({said})' if said else ''}"


COMMANDS = (take, answer, requests)
