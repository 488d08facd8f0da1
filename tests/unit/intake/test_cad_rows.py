"""Rows of an export: each taken with its line, or told with the reason; none lost on the way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_export import COLUMNS, export_of, map_of, read, row
from whoseword.intake.cad import CadMap, MapFault, Refused, Row
from whoseword.intake.cad.rows import LONGEST_LINE

HEAD = ",".join(COLUMNS) + "\n"
REST = "," * (len(COLUMNS) - 5)


@pytest.fixture(scope="module")
def cad(tmp_path_factory: pytest.TempPathFactory) -> CadMap:
    return map_of(tmp_path_factory.mktemp("map"))


def line(note: str, event: str = "31-004117") -> str:
    return f"{event},03/06/2031 14:00:00,,,{note}{REST}\n"


def test_a_row_keeps_its_line_also_after_a_note_of_several_lines(cad: CadMap) -> None:
    first, second = read(cad, (HEAD + line('"ONE\nTWO\nTHREE"') + line("FOUR")).encode())
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.line, first.cells["note"]) == (2, "ONE\nTWO\nTHREE")
    assert second.line == 5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (line("A").replace(",,,", ",,", 1), "cells where the file has"),
        (line("A, WITH A COMMA"), "cells where the file has"),
        (line("A", event=""), "no incident's number"),
        (line("A", event="--"), "no incident's number"),
        (line(""), "it says nothing"),
        (line("A\x00B"), "U+0000"),
        (line('"A"B'), "in the middle of a cell"),
        (line("X" * LONGEST_LINE), "longer than a row may be"),
        (line(f'"{"X" * 200_000}"'), "not closed in time"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_next_is_taken(
    cad: CadMap, content: str, why: str
) -> None:
    found = read(cad, (HEAD + line("BEFORE") + content + line("AFTER")).encode())
    refused = [one for one in found if isinstance(one, Refused)]
    taken = [one.cells["note"] for one in found if isinstance(one, Row)]
    assert len(refused) == 1
    assert why in refused[0].problem
    assert refused[0].line == 3
    assert str(refused[0]).startswith("export.csv:3: ")
    assert taken == ["BEFORE", "AFTER"]


def test_bytes_in_another_encoding_are_told_and_not_replaced(cad: CadMap, tmp_path: Path) -> None:
    content = (HEAD + line("CAFÉ")).encode("cp1252")
    [refused] = read(cad, content)
    assert isinstance(refused, Refused)
    assert "not utf-8" in refused.problem
    assert "cp1252" in refused.remedy
    [taken] = read(map_of(tmp_path, more='\n[file]\nencoding = "cp1252"\n'), content)
    assert isinstance(taken, Row)
    assert taken.cells["note"] == "CAFÉ"


def test_a_quotation_mark_that_is_never_closed_is_told_with_all_that_it_swallowed(
    cad: CadMap,
) -> None:
    content = (HEAD + line('"NEVER CLOSED') + line("A") + line("B")).encode()
    [refused] = read(cad, content)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.last) == (2, 4)
    assert refused.raw == content[len(HEAD) :]


def test_a_byte_order_mark_is_no_part_of_a_column(cad: CadMap) -> None:
    [one] = read(cad, b"\xef\xbb\xbf" + export_of(row("14:00:00", note="A")))
    assert isinstance(one, Row)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=16), max_size=6), st.data())
def test_whatever_a_file_holds_every_row_is_taken_or_told(
    cad: CadMap, rows: list[list[str]], data: st.DataObject
) -> None:
    body = "\n".join(",".join(cells) for cells in rows).encode("utf-8", "surrogatepass")
    cut = data.draw(st.integers(0, len(body)))
    found = read(cad, HEAD.encode() + body[cut:] + b"\n" + line("LAST").encode())
    at = [one.line for one in found]
    assert at == sorted(set(at))
    last = found[-1]
    if isinstance(last, Row):
        assert last.cells["note"] == "LAST"
    else:
        assert b"LAST" in last.raw


def test_the_heading_again_is_no_row(cad: CadMap) -> None:
    found = read(cad, (HEAD + line("A") + HEAD + line("B")).encode())
    assert [one.cells["note"] for one in found if isinstance(one, Row)] == ["A", "B"]
    assert not [one for one in found if isinstance(one, Refused)]


def test_another_heading_is_never_read_as_a_call(cad: CadMap) -> None:
    other = ",".join(reversed(COLUMNS)) + "\n"
    with pytest.raises(MapFault, match=r":3: another heading stands here"):
        read(cad, (HEAD + line("A") + other + line("B")).encode())
