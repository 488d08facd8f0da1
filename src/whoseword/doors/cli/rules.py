"""Commands on the rules: who may open what, on which rule, and whether the files hold."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from whoseword.access import Confidence, Decision, Rule, RuleSet, read_rules
from whoseword.access.rules import faults_in, optional_files
from whoseword.access.table import drawn
from whoseword.account import rules_hash
from whoseword.doors.cli.program import Session, reader_given
from whoseword.doors.cli.words_given import BookName
from whoseword.doors.desk import adopted_in, left_in
from whoseword.doors.plain_words import counted
from whoseword.words import WhoseWordError
from whoseword.words.times import moment_from, moment_text


class _May(msgspec.Struct, frozen=True):
    """Whether a reader opens a book, and the rules that make it so."""

    reader: str
    purpose: str
    book: str
    opens: bool
    why: str
    rules: list[dict[str, str]]
    rule_set: str


@click.command(short_help="Whether a reader opens a book, and by which rule.")
@click.argument("reader", metavar="READER")
@click.option("--book", required=True, type=BookName(), help="The book, whether or not it stands here.")  # fmt: skip
@click.option("--purpose", metavar="PURPOSE", help="What it is read for. [default: the role's first]")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def may(session: Session, /, reader: str, **given: Any) -> None:
    """Whether READER (ROLE@AGENCY) opens a book in this home, and by which rule.

    Decided by the book's name alone, so that the answer tells nothing of what stands here. Single
    statements may be open beside it, where their custodian disclosed them to this reader.
    """
    asking = reader_given(reader, given["purpose"], "READER")
    with session.open() as desk:
        law, owner = desk.law, desk.owner
        decision = law.opens(asking, given["book"], owner)
    named = [law.rules.by_id[one] for one in decision.rules]
    told = _May(
        reader=asking.name,
        purpose=asking.purpose,
        book=given["book"],
        opens=decision.allowed,
        why=_why(decision),
        rules=[_as_told(rule) for rule in named],
        rule_set=law.rules.sha256,
    )
    if given["as_json"]:
        click.echo(msgspec.json.encode(told, order="sorted"))
        return
    verb = "opens" if decision.allowed else "does not open"
    click.echo(f"{asking.name} {verb} {given['book']} for {asking.purpose}: {told.why}.")
    for rule in named:
        click.echo(f"  {rule.id}  {rule.effect.value}: {rule.who}, to {rule.to_whom}")
        click.echo(
            f"    {rule.citation} (text of {rule.text_year}, read as {rule.confidence.value})"
        )
        click.echo(f"    conditions: {rule.conditions}; how long: {rule.duration}")


def _why(decision: Decision) -> str:
    if decision.allowed:
        return f"permitted by {', '.join(decision.rules)}"
    if decision.rules:
        return f"forbidden by {', '.join(decision.rules)}"
    return "no rule permits it, and what no rule permits stays closed"


def _as_told(rule: Rule) -> dict[str, str]:
    value: dict[str, Any] = msgspec.to_builtins(rule)
    return {key: part for key, part in value.items() if key != "policy"}


@click.group(short_help="The rules: check the files, draw the table, adopt what is optional.")
def rules() -> None:
    """The rules by which books are opened: Cedar files that tell where each rule stands written."""


@rules.command(short_help="Check every file of rules.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.pass_obj
def check(session: Session, /, folder: Path | None) -> None:
    """Check every file of rules in FOLDER (the program's own if not named), optional ones too.

    Each must be Cedar, keep to the schema beside it, and tell of each rule its id, citation, text
    year, confidence, who, to whom, purpose, conditions, duration, and from when to when it is in
    force; in a table of rules the examples are tried. Exit 1 on a fault.
    """
    folder = folder or session.homes.rules_folder()
    found = faults_in(folder) or _faults_of_tables(folder)
    for fault in found:
        click.echo(f"{folder}/{fault}", err=True)
    if found:
        raise WhoseWordError(f"{counted(len(found), 'fault')} in the rules; nothing relies on them")
    _tell_what_holds(read_rules(folder, tuple(optional_files(folder))), _usual(folder).sha256)


def _tell_what_holds(every: RuleSet, usual: str) -> None:
    """How many rules there are of each sort, and which rest on a text that nobody has read."""
    from whoseword.duties import every_duty_rule
    from whoseword.record.release_rules import every_release_rule
    from whoseword.record.requests import read_request_rules
    from whoseword.response import read_advice_rules

    advice, owed = read_advice_rules(every.files), every_duty_rule(every.files)
    releases = every_release_rule(every.files)
    asked = read_request_rules(every.files)
    number = counted(
        len(every.rules) + len(advice) + len(owed) + len(releases) + len(asked), "rule"
    )
    click.echo(
        f"{number} in {counted(len(every.files) - 1, 'file')}, and all hold: {len(every.rules)} on "
        f"who may open what, {len(advice)} of advice, {len(owed)} on duties, {len(releases)} on releases, {len(asked)} on requests. Set {usual}."
    )
    unread = [rule.id for rule in every.rules if not rule.applies]
    if unread:
        click.echo(f"Nobody has read the text of {', '.join(unread)}, so they open nothing.")
    confidence = {one.id: one.confidence for one in advice}
    confidence |= {one.id: one.confidence for one in owed}
    confidence |= {one.id: one.confidence for one in releases}
    confidence |= {one.id: one.confidence for one in asked}
    unverified = [name for name in sorted(confidence) if confidence[name] is Confidence.UNVERIFIED]
    if unverified:
        click.echo(f"Unverified, and shown so wherever they appear: {', '.join(unverified)}.")


def _faults_of_tables(folder: Path) -> list[str]:
    """What is wrong in the rules of advice and of duties, whose examples are tried."""
    from whoseword import duties, response
    from whoseword.record import release_rules, requests

    files = read_rules(folder, tuple(optional_files(folder))).files
    return [
        f"{name}: {fault}"
        for name, text in files.items()
        if name.endswith(".toml")
        for fault in (
            *response.faults_of(text),
            *duties.faults_of(text),
            *release_rules.faults_of(text),
            *requests.faults_of(text),
        )
    ]


def _usual(folder: Path) -> RuleSet:
    return read_rules(folder)


@rules.command(short_help="Draw who opens what, as Markdown.")
@click.pass_obj
def table(session: Session, /) -> None:
    """Draw roles by classes by purposes, each cell with its rule, as Markdown."""
    day = (session.now or datetime.now(UTC)).date()
    click.echo(drawn(read_rules(session.homes.rules_folder()), day))


@rules.command(short_help="Adopt an optional file of rules.")
@click.argument("name", required=False)
@click.option("--as", "who", metavar="NAME", help="Who decides so.")
@click.pass_obj
def adopt(session: Session, /, name: str | None, who: str | None) -> None:
    """Adopt an optional file of rules for this home; without NAME, list them.

    Among them are a reader's need to know (`assignment`) and the triage screenings of cities, some
    of which let a signed screening clear a team without police. Views name the hash of the rule set
    by which they were opened, and every set that was ever used is kept (`whoseword rules used`).
    """
    if name is None:
        _tell_optional(session)
        return
    by = _named(who)
    with session.open() as desk:
        desk.adopt(name, session.homes.rules_folder(), by)
    click.echo(f"{name} holds in this home from now on, adopted by {by}.")


@rules.command(short_help="Leave an optional file of rules.")
@click.argument("name")
@click.option("--as", "who", metavar="NAME", help="Who decides so.")
@click.pass_obj
def leave(session: Session, /, name: str, who: str | None) -> None:
    """Leave an optional file of rules that this home has adopted; that it held once stays told."""
    by = _named(who)
    with session.open() as desk:
        desk.leave(name, by)
    click.echo(f"{name} holds in this home no longer, left by {by}.")


def _named(who: str | None) -> str:
    name = (who or "").strip()
    if not name:
        raise click.UsageError("say who decides so: --as NAME")
    return name


def _tell_optional(session: Session) -> None:
    with session.open() as desk, desk.ledger.store.view() as view:
        taken = {one.file: one for one in adopted_in(view)}
        left = left_in(view)
    for file in optional_files(session.homes.rules_folder()):
        held = taken.get(file)
        click.echo(f"{file}: adopted by {held.by}, {held.at}" if held else f"{file}: not adopted")
    for one in left:
        click.echo(
            f"{one.file}: was adopted by {one.by}, {one.at}, and left by {one.left_by}, {one.left_at}"
        )


@rules.command(short_help="The rule sets by which views were opened here.")
@click.pass_obj
def used(session: Session, /) -> None:
    """List the rule sets by which views were opened in this home, each since when."""
    with session.open() as desk, desk.ledger.store.view() as view:
        kept = view.rule_sets()
    for one in kept:
        click.echo(f"{one.sha256}  since {moment_text(moment_from(one.recorded))}")
        click.echo(f"  told in views as {rules_hash(one.sha256)}")
    click.echo(f"{counted(len(kept), 'rule set')}.")


COMMANDS = (may, rules)
