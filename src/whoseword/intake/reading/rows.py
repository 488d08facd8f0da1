"""The rows of a log: the time, who signs the row, a code for what a unit does, and the words.

Dispatch programs print these in many ways: "14:02:11 D14  words", "[09:41] (OPER 22) words",
"(5:56:07) P31: words", "01:18:31 RADIO: MEDIC 41 - words", or a table with the unit first and a code
after the time. A sign is a desk's or a unit's, which is told from what stands after it: desks write
down what callers say and what they themselves do, units tell where they are and what they find.
What a desk writes is the log's own word; a unit's row is the unit's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from whoseword.intake.form import Span

STAMP: Final = (
    r"(?P<stamp>[\[(]?(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s+|\d{4}-\d\d-\d\d[ T])?"
    r"(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|[0-5]\d)[\])]?(?:\s*hrs\.?)?)"
)
_CHANNEL: Final = r"(?:TEXT|RADIO|NARR(?:ATIVE)?|NOTES?|REMARKS?|COMMENTS?)"
_NUMBERED: Final = r"(?:[A-Z]{1,9}[ -]?\d{1,4}[A-Z]?|\d{1,2}[A-Z]{1,2}\d{1,3})"
_NAMED: Final = r"(?:CMD|COMMAND|IC|DISP|DISPATCH(?:ER)?|OPER(?:ATOR)?|CALL-?TAKER|SUPV|SUPERVISOR|BATTALION|SYS(?:TEM)?)"
_SIGN: Final = rf"(?:{_NUMBERED}|{_NAMED})"
_CODES: Final = r"(?:INIT|ENR|ENRT|ER|OS|ONS|ARR|CLR|AVL|AVAIL|TRANS|DSP|DISP|STG|ATH)"
_ROW: Final = re.compile(
    rf"(?:(?P<first>{_NUMBERED}|[A-Z]{{1,4}}\d[A-Z0-9]{{0,3}})[ \t]{{2,}})?(?:{_CHANNEL}:[ \t]*)?{STAMP}"
    rf"(?:[ \t]*[-:–][ \t]+|[ \t]*[-:–]?[ \t]+(?=[A-Z(\"]|\d[A-Z])|[ \t]+(?=\d{{1,3}} [A-Z]))"
    rf"(?:{_CHANNEL}:[ \t]+)?"
    rf"(?:\((?P<bracketed>{_SIGN})\)[ \t]*:?[ \t]*|(?P<called>{_SIGN}):[ \t]+"
    rf"|(?P<column>{_SIGN})[ \t]{{2,}}|(?P<radioed>{_SIGN}) [-–][ \t]+)?"
    rf"(?:(?P<code>{_CODES})(?:[ \t]{{2,}}|[ \t]*$))?",
    re.MULTILINE,
)
_FILLED: Final = re.compile(
    rf"(?P<first>(?!))?{STAMP}[ \t]+(?P<column>{_SIGN})[ \t](?P<bracketed>(?!))?(?P<called>(?!))?"
    r"(?P<radioed>(?!))?(?P<code>(?!))?"
)
_ACTS: Final = frozenset({"ADV", "ON", "ENRT", "RESPONDING", "ARRIVED", "CLEAR", "REQ", "STATES"})
_OPENING: Final = re.compile(
    r"(?m)^\[?(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s+)?\d{1,2}:?\d\d(?::\d\d)?\]?\s+[-:–]?\s*"
    r"\(?(?P<sign>[A-Z]{1,5} ?\d{1,3})\)?:?\s+(?P<next>[^\s.,]+)"
)
_WAYS: Final = ("first", "bracketed", "called", "column", "radioed")
_LEAST_ROWS: Final = 3
_OF_DESKS: Final = re.compile(r"(?:OPER|OP|DISP|CT|POS|CALL-?TAKER|DESK|TERM|SYS|CAD|QA)(?![A-Z])")
_DESK_WRITES: Final = re.compile(
    r"(?:(?:\w+ ){0,2}(?:CALLER|RP|R/P|COMPL|INFORMANT)\b|(?:\w+ ){1,3}(?:DISP|NOTIFIED|PAGED|TONED)\b"
    r"|ON C/B|CALLBACK|LINE (?:IS )?OPEN|PREM(?:ISE)?\b|OPEN LINE)"
)
_UNIT_SAYS: Final = re.compile(
    r"(?:OS|ON SCENE|ENR(?:T|OUTE)?|EN ROUTE|RESPONDING|ARRIVED|ARRIVING|CLR|CLEAR|CODE 4|TRANSPORTING"
    r"|STAGED|STAGING|10-\d|COPY|SHOW ME|OUT W/|GOING IN|MAKING (?:ENTRY|CONTACT))(?![A-Z])"
)


class Row(NamedTuple):
    """A row's parts by their places in the text; `sign` where a unit signs it."""

    stamp: Span
    sign: Span | None
    code: Span | None
    body: int


def rows_in(text: str, lines: Sequence[Span]) -> dict[int, Row]:
    """The rows of a log, by where the words of their line begin; empty where it is no log."""
    found: dict[int, re.Match[str]] = {}
    for start, end in lines:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        match = _ROW.match(text, start, end)
        if match is not None and (match.end() < end or match["code"]):
            found[start] = match
    if len(found) < _LEAST_ROWS:
        return {}
    found = _aligned(text, found)
    units = _units(text, list(found.values()))
    rows = {}
    for start, match in found.items():
        way = next((one for one in _WAYS if match[one]), None)
        is_unit = way is not None and match[way] in units
        rows[start] = Row(
            stamp=match.span("stamp"),
            sign=match.span(way) if way is not None and is_unit else None,
            code=match.span("code") if match["code"] else None,
            body=match.start("code") if match["code"] else match.end(),
        )
    return rows


def _aligned(text: str, found: dict[int, re.Match[str]]) -> dict[int, re.Match[str]]:
    """The same, with signs that fill the column in which other rows' signs stand."""
    columns = Counter(match.end() - start for start, match in found.items() if match["column"])
    if not columns:
        return found
    width, count = columns.most_common(1)[0]
    if 3 * count < len(found):
        return found
    again = dict(found)
    for start, match in found.items():
        if not any(match[way] for way in _WAYS):
            wide = _FILLED.match(text, start, start + width)
            again[start] = wide if wide is not None and wide.end() == start + width else match
    return again


def _units(text: str, matches: Sequence[re.Match[str]]) -> frozenset[str]:
    """Of the signs before the words those that are units' and not desks'."""
    words: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        sign = next((match[one] for one in _WAYS if match[one]), None)
        if sign is not None:
            end = text.find("\n", match.end())
            start = match.start("code") if match["code"] else match.end()
            words[sign].append(text[start : end if end >= 0 else len(text)])
    most = max((len(told) for told in words.values()), default=0)
    return frozenset(
        sign
        for sign, told in words.items()
        if not _OF_DESKS.match(sign) and _is_a_unit(sign, told, len(told) == most)
    )


def _is_a_unit(sign: str, told: Sequence[str], writes_most: bool) -> bool:
    writes = sum(bool(_DESK_WRITES.match(one)) for one in told)
    says = sum(bool(_UNIT_SAYS.match(one)) for one in told)
    if writes != says:
        return says > writes
    return says > 0 or sign[0].isdigit() or not writes_most


@lru_cache(maxsize=8)
def desks_in(text: str) -> frozenset[str]:
    """The call signs of the desks that typed the entries ("CT12"): they stand first and do nothing.

    A unit's is followed by what it does, a desk's by who speaks or what happened.
    """
    followed: dict[str, list[bool]] = defaultdict(list)
    for match in _OPENING.finditer(text):
        followed[match["sign"]].append(match["next"] in _ACTS)
    return frozenset(
        sign for sign, acts in followed.items() if len(acts) > 2 and 3 * sum(acts) <= len(acts)
    )
