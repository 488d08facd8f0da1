"""An invented dispatch centre's export for tests: ``export_of(row(time="14:16:05", unit="C3"))``.

One map, told as TOML so that what a test changes is what an agency would change.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from whoseword.intake.cad import CadMap, Context, Refused, Row, Rows, Told, read_map, tell

COLUMNS = (
    *("event", "time", "unit", "status", "note", "by", "place", "type", "caller", "weapon"),
    *("console", "tz", "typed"),
)
DAY = "03/06/2031"
NOW = datetime(2031, 12, 1, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
MAP = """
feed = "brindle-911/cad"
agency = "brindle-911"
record = "Brindle CAD record"
book = "brindle-911/response/calls"

[columns]
incident = "event"
time = "time"
entered = "typed"
offset = "tz"
clock = "console"
unit = "unit"
status = "status"
note = "note"
author = "by"
address = "place"
type = "type"
caller = "caller"

[time]
formats = ["%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%y %H:%M:%S"]
zone = "America/Chicago"

[clocks.MDT]
offset_s = 120

[statuses]
DISP = "Dispatched"
ONSC = "OnScene"
CLR = "Cleared"

[abbreviations]
RP = "reporting party"
"W/" = "with"

[units.C3]
members = { clinician = "clinician" }

[answers.armed]
column = "weapon"
yes = ["Y"]
no = ["N"]
unknown = ["U"]
"""


def map_of(folder: Path, *, more: str = "", **changed: str) -> CadMap:
    """The map, with some of its lines changed (``feed='"other"'``), or more of it."""
    return read_map(map_file(folder, more=more, **changed))


def map_file(folder: Path, *, more: str = "", **changed: str) -> Path:
    """The same, as a file."""
    keys = ((line.partition(" =")[0], line) for line in MAP.splitlines())
    lines = (f"{key} = {changed[key]}" if key in changed else line for key, line in keys)
    file = folder / "map.toml"
    file.write_text("\n".join(lines) + more, "utf-8")
    return file


def row(clock: str = "", **cells: str) -> dict[str, str]:
    """A row; ``clock`` is a time of the one day of the call."""
    given = {"event": "31-004117"}
    if clock:
        given["time"] = f"{DAY} {clock}"
    return given | cells


def export_of(*rows: Mapping[str, str]) -> bytes:
    """The rows as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(cad: CadMap, content: bytes) -> list[Row | Refused]:
    """What is read of a file, row by row."""
    return list(Rows("export.csv", io.BytesIO(content), cad))


def told(cad: CadMap, *rows: Mapping[str, str], now: datetime = NOW) -> Told:
    """What the rows of one incident say."""
    found = read(cad, export_of(*rows))
    assert all(isinstance(one, Row) for one in found), found
    return tell(_rows(found), Context(cad, "brindle-911/response/calls", CHICAGO, now))


def _rows(found: Iterable[Row | Refused]) -> list[Row]:
    return [one for one in found if isinstance(one, Row)]
