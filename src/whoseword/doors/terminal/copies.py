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
    held = next((one for one in family.members if one.document == origin.document), None)
    for member in family.members:
        yield from _member(member, is_origin=member is held)
        if member.drifts and held is None:
            against = clean(names[member.drifts[0].there.document])
            yield f"    differs from {against}; nothing tells which of them was first:"
        for drift in member.drifts:
            yield from _drift(drift, is_first=held is not None)
    for one in family.corrections:
        yield from _corrects(one, names)


def _member(member: Member, *, is_origin: bool) -> Iterator[str]:
    dated = f", {clean(member.dated)}" if member.dated else ""
    share = f", shares {round(100 * member.shares)} % of its runs of five words"
    yield f"  {clean(member.name)} ({clean(member.voice)}{dated}){'' if is_origin else share}"


def _drift(drift: Drift, *, is_first: bool = True) -> Iterator[str]:
    there, here = (clean(one) or "nothing" for one in drift.words)
    changed = f"{there} became {here}" if is_first else f"{there} there, {here} here"
    yield f"    {drift.change.value}{f': {changed}' if any(drift.words) else ''}"
    yield f'      there "{clean(drift.there.quote)}"'
    yield f'      here  "{clean(drift.here.quote)}"'


def _corrects(one: Corrects, names: Mapping[str, str]) -> Iterator[str]:
    document = clean(names.get(one.notice.place.document, ""))
    earlier = clean(names[one.earlier]) if one.earlier else "an earlier version that is not here"
    yield f"  {one.notice.kind.value.capitalize()} in {document}, about {earlier}:"
    yield f'    "{clean(one.notice.place.quote)}"'
    for drift in one.changes:
        yield from _drift(drift)
