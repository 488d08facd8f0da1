"""A map says what it cannot mean, before a row is read."""

from pathlib import Path

import pytest

from dispatch_export import MAP, export_of, map_of, read, row
from whoseword.intake.cad import MapFault, read_map
from whoseword.wiring import examples


def fault(folder: Path, text: str) -> str:
    file = folder / "map.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(MapFault) as raised:
        read_map(file)
    return str(raised.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"OnScene"', '"onscene"'), "statuses.ONSC: 'onscene' is no common code; write 'OnScene'"),
        (('"OnScene"', '"There"'), "or leave the word out and it stays as written"),
        (('unit = "unit"\n', ""), "columns.unit: is missing"),
        (('incident = "event"', ""), "columns.incident: is missing"),
        (('time = "time"\nentered = "typed"', ""), "columns.time: is missing"),
        (('"%m/%d/%Y %H:%M:%S", ', '"%H:%M", '), "time.formats[0]: '%H:%M' names no year"),
        (("%m/%d/%Y %H:%M:%S", "%m/%d %H:%M"), "names no year"),
        (("%m/%d/%Y %H:%M:%S", "%Y %d %H:%M"), "names no day"),
        (("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M %p"), "needs %I, and no %H"),
        (("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M"), "does not tell morning from evening"),
        (("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H"), "names an hour and no minute"),
        (("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M %Z"), "takes %Z from the machine"),
        (("%m/%d/%Y %H:%M:%S", "%x %H:%M"), "takes %x from the machine"),
        (('"%m/%d/%Y %H:%M:%S", ', '"%m/%d/%Y %Q", '), "cannot be read; write it as strptime"),
        (('zone = "America/Chicago"', 'zone = "Central"'), "'Central' is no time zone"),
        (('clock = "console"\n', ""), "columns.clock: is missing"),
        (('"brindle-911/response/calls"', '"brindle-911/calls"'), "'calls' is no class of book"),
        (('clinician = "clinician"', 'clinician = "doctor"'), "'doctor' is none of officer"),
        (('unknown = ["U"]', 'unknown = ["N"]'), "'N' cannot mean two things"),
        (('unknown = ["U"]', 'unknown = [""]'), "an empty cell is a question not asked"),
        (("[answers.armed]", "[answers.cleared]"), "only armed, injured, in_crisis are asked"),
        (("offset_s = 120", "offset_s = 999999"), "clocks"),
        (('note = "note"', 'notes = "note"'), "columns.notes: is no key here; use one of incident"),
        (("feed", "feeds"), "feed"),
        (("[clocks.MDT]", "["), "it is no TOML"),
        (('RP = "', '"" = "'), 'abbreviations."": the key is empty'),
        (('DISP = "', '" " = "'), 'statuses." ": the key is empty'),
        (('DISP = "', '"DISP " = "'), 'statuses."DISP ": the key has space around it'),
        (("[units.C3]", '[units.""]'), 'units."": the key is empty'),
        (("members = { clinician", 'members = { ""'), 'units.C3.members."": the key is empty'),
    ],
)
def test_each_fault_is_told_with_its_key_and_what_to_do(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    assert change[0] in MAP
    message = fault(tmp_path, MAP.replace(*change))
    assert told in message
    assert str(tmp_path / "map.toml") in message


def test_every_fault_of_a_map_is_told_at_once(tmp_path: Path) -> None:
    text = MAP.replace('"OnScene"', '"There"').replace('zone = "America/Chicago"', 'zone = "X"')
    assert len(fault(tmp_path, text).splitlines()) == 2


def test_an_author_is_never_a_witness_or_a_court(tmp_path: Path) -> None:
    more = '\n[authors.D1]\nname = "dispatcher"\nkind = "witness"\n'
    assert "authors.D1.kind" in fault(tmp_path, MAP + more)


def test_a_file_without_the_columns_is_refused_with_those_that_it_has(tmp_path: Path) -> None:
    cad = map_of(tmp_path, note='"Remarks"')
    with pytest.raises(MapFault, match="'Remarks' is not among its columns; it has event, time"):
        read(cad, export_of(row("14:00:00")))


def test_a_column_that_stands_twice_is_not_chosen_between(tmp_path: Path) -> None:
    cad = map_of(tmp_path)
    content = export_of(row("14:00:00", note="HELLO")).replace(b"console,tz", b"console,time", 1)
    with pytest.raises(MapFault, match="'time' stands there twice"):
        read(cad, content)


def test_without_a_header_columns_have_numbers(tmp_path: Path) -> None:
    text = """
feed = "brindle-911/cad"
agency = "brindle-911"
record = "Brindle CAD record"
[file]
header = false
delimiter = ";"
[columns]
incident = "column 1"
time = "column 2"
note = "column 3"
"""
    file = tmp_path / "map.toml"
    file.write_text(text, "utf-8")
    [one] = read(read_map(file), b"7;2031-03-06 14:00:00;HELLO\n")
    assert one.cells["column 3"] == "HELLO"  # type: ignore[union-attr]
    with pytest.raises(MapFault, match="column 3"):
        read(read_map(file), b"7;2031-03-06 14:00:00\n")


def test_the_example_map_can_be_used() -> None:
    assert read_map(examples() / "cad" / "map.toml").feed == "brindle-911/cad"


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "utf-16", "utf-7", "utf-8-sig", "no such"]
)
def test_an_encoding_that_is_not_read_line_by_line_is_refused_and_never_a_crash(
    tmp_path: Path, encoding: str
) -> None:
    text = MAP + f'\n[file]\nencoding = "{encoding}"\n'
    assert f"file.encoding: '{encoding}' cannot be read line by line" in fault(tmp_path, text)


def test_a_century_is_a_full_hundred(tmp_path: Path) -> None:
    zone = 'zone = "America/Chicago"'
    text = MAP.replace(zone, f"{zone}\ncentury = 1950")
    assert "time.century" in fault(tmp_path, text)
