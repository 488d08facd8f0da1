"""What is known of a source beside its place, in plain words: how it was read, and by which clock.

The keys that say so begin with x_, mean nothing to the books and may hold anything; what does not
look as this program writes it is not shown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from whoseword.intake.cad.times import RowClock
from whoseword.intake.recordings import CLOCK, Recording
from whoseword.intake.second import CAUTIONS, OTHER_READING, READER


def seen_line(extra: Mapping[str, Any]) -> str:
    """How surely a machine read a statement's words from an image; empty where none did."""
    seen = extra.get("x_ocr")
    if not isinstance(seen, Mapping):
        return ""
    return (
        f"read by machine from an image: lowest confidence of a word {seen.get('lowest')}, "
        f"mean {seen.get('mean')}, of 100"
    )


def clock_line(extra: Mapping[str, Any]) -> str:
    """What was stated of the clock of a recording or of a row; empty where nothing was."""
    told = extra.get(CLOCK)
    try:
        if isinstance(told, Mapping) and "row" in told:
            return row_clock_line(msgspec.convert(told, RowClock))
        return recording_line(msgspec.convert(told, Recording)) if told is not None else ""
    except msgspec.ValidationError:
        return ""


def reader_lines(extra: Mapping[str, Any]) -> Iterator[str]:
    """Which second reader read a statement, and what a person should look at before signing."""
    reader, other, noted = (extra.get(key) for key in (READER, OTHER_READING, CAUTIONS))
    if isinstance(reader, Mapping):
        yield f"read by {reader.get('name')}"
    if isinstance(other, Mapping):
        yield f"draft {other.get('draft')} reads it otherwise: {other.get('stance')}"
    if isinstance(noted, list):
        yield from (f"look: {one}" for one in noted if isinstance(one, str))


def row_clock_line(told: RowClock) -> str:
    """The time as a row of an export has it, and what was stated of its clock."""
    line = f"the row has “{told.row}”"
    if told.clock is not None:
        line += f" by the clock {told.clock}"
    if told.offset is not None:
        line += f", clock off by {told.offset:+g} s"
    if told.uncertainty is not None:
        line += f", uncertain by {told.uncertainty:g} s"
    if told.kept_as_said is not None:
        line += f", kept as said: {told.kept_as_said}"
    return line


def recording_line(recording: Recording) -> str:
    """What was stated of a recording and its clock."""
    told = []
    if recording.name is not None or recording.sha256 is not None:
        told.append(f"{recording.name or 'a file'}, sha256 {recording.sha256}")
    if recording.started is not None:
        told.append(f"began {recording.started.isoformat()} by its own clock")
    if recording.offset is not None:
        told.append(f"clock off by {recording.offset:+g} s")
    if recording.uncertainty is not None:
        told.append(f"uncertain by {recording.uncertainty:g} s")
    return ", ".join(told)
