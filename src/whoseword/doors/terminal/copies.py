"""Families of copies on a terminal: where the words come from, who has them, and what drifted."""

from collections.abc import Iterator, Mapping, Sequence

from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.lines import clean
from whoseword.intake.copies import Corrects, Drift, Family, Member


def families_told(families: Sequence[Family]) -> str:
    """Every family, its members, what drifted in each, and what was corrected."""
    lines: list[str] = []
    for family in families:
        lines += [*_family(family), ""]
    lines.append(
        f"{counted(len(families), 'group')} of documents that carry the same words. A copy is no "
        "second voice."
    )
    return "\n".join(lines)


def _family(family: Family) -> Iterator[str]:
    names = {one.document: one.name for one in family.members}
    origin = family.origin
    where = names.get(origin.document or "") or (
        f"{origin.named}, whose own paper is not here" if origin.named else "not known"
    )
    yield f"Origin: {clean(where)} ({origin.why.value})"
    if origin.shown_by is not None:
        told = f'"{clean(origin.shown_by.quote)}"'
        yield f"  shown by {clean(names.get(origin.shown_by.document, ''))}: {told}"
    for member in family.members:
        yield from _member(member, is_origin=member.document == origin.document)
    for one in family.corrections:
        yield from _corrects(one, names)


def _member(member: Member, *, is_origin: bool) -> Iterator[str]:
    dated = f", {clean(member.dated)}" if member.dated else ""
    share = "" if is_origin else f", {round(100 * member.shares)} % of its words are shared"
    yield f"  {clean(member.name)} ({clean(member.voice)}{dated}){share}"
    for drift in member.drifts:
        yield from _drift(drift)


def _drift(drift: Drift) -> Iterator[str]:
    before, after = (clean(one) for one in drift.words)
    words = f": {before or 'nothing'} became {after or 'nothing'}" if before or after else ""
    yield f"    {drift.change.value}{words}"
    yield f'      there "{clean(drift.origin.quote)}"'
    yield f'      here  "{clean(drift.copy.quote)}"'


def _corrects(one: Corrects, names: Mapping[str, str]) -> Iterator[str]:
    document = clean(names.get(one.notice.place.document, ""))
    earlier = clean(names[one.earlier]) if one.earlier else "an earlier version that is not here"
    yield f"  {one.notice.kind.value.capitalize()} in {document}, about {earlier}:"
    yield f'    "{clean(one.notice.place.quote)}"'
    for drift in one.changes:
        yield from _drift(drift)
