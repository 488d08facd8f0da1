"""The three incidents in examples/ as values: statements, kept documents, accounts of a moment."""

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from house import may_open
from whoseword.access import parse_reader
from whoseword.account import Account, MatterView, account
from whoseword.intake import KeptDocument, keep_document
from whoseword.words import Statement, decode_statement
from whoseword.words.times import parse_moment

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("alder-court", "quarry-road", "depot-road")
OWNERS = {
    "alder-court": "oversight@tallis-oversight",
    "quarry-road": "oversight@osk-oversight",
    "depot-road": "oversight@pellam-oversight",
}
MISSOURI = ZoneInfo("America/Chicago")


@cache
def statements_of(name: str) -> tuple[Statement, ...]:
    lines = (EXAMPLES / name / "statements.jsonl").read_bytes().splitlines()
    return tuple(decode_statement(line) for line in lines)


@cache
def documents_of(name: str) -> dict[str, KeptDocument]:
    kept = [
        keep_document(path.read_bytes(), path.name)
        for path in sorted((EXAMPLES / name / "documents").iterdir())
    ]
    return {document.sha256: document for document in kept}


def account_as_of(
    name: str, moment: str, reader: str | None = None, purpose: str | None = None
) -> Account:
    """The account for a reader (the home's owner if not named) as of a moment in Missouri."""
    owner = parse_reader(OWNERS[name])
    asked = parse_reader(reader or OWNERS[name], purpose)
    statements = statements_of(name)
    return account(
        [one for one in statements if may_open(asked, one.book, owner)],
        incident=statements[0].incident,
        as_of=parse_moment(moment, MISSOURI),
        reader=asked,
        zone=MISSOURI,
    )


def matter(view: Account, label: str) -> MatterView:
    found = [one for one in view.matters if one.matter == label]
    assert len(found) == 1, f"{label} is not one of {[one.matter for one in view.matters]}"
    return found[0]


def standing(view: Account, label: str) -> str:
    return matter(view, label).standing


def question(view: Account, label: str) -> tuple[str, tuple[str, ...]]:
    """The status of a question, and who was not asked."""
    found = [one for one in view.questions if one.matter == label]
    assert len(found) == 1, f"{label} is not one of {[one.matter for one in view.questions]}"
    return found[0].status, found[0].not_asked
