"""What rows say: in whose mouth, how surely, once each, and the same in whatever order they stand."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_export import CHICAGO, COLUMNS, DAY, NOW, export_of, map_of, read, row, told
from whoseword.access import parse_reader
from whoseword.account import account
from whoseword.intake.cad import CadMap, Context, Row, Told, tell
from whoseword.intake.cad.saying import expanded
from whoseword.words import Happened, Statement, matter_of, statement_from, statement_value
from whoseword.words.kinds import kind_of

THE_CALL = (
    row("14:15:40", note="RP HEARS SHOUTING", by="T7", weapon="U", place="418 Sallow Street"),
    row("14:16:05", unit="C3", status="DISP", by="D12", place="418 Sallow Street"),
    row("14:22:31", unit="C3", status="ONSC", by="C3", place="418 Sallow Street"),
    row("14:24:10", note="KNIFE ON TABLE", by="T7", weapon="Y", place="418 Sallow Street"),
    row("14:40:00", note="NO WEAPON FOUND", by="D12", weapon="N", place="418 Sallow Street"),
    row("14:51:00", unit="C3", status="CLR", place="418 Sallow Street Apt 2B"),
)


@pytest.fixture(scope="module")
def cad(tmp_path_factory: pytest.TempPathFactory) -> CadMap:
    return map_of(tmp_path_factory.mktemp("map"))


def of_kind(found: Told, kind: str) -> list[Statement]:
    return [one.statement for one in found.sayings if kind_of(one.statement.fact) == kind]


def standings(found: Told) -> dict[str, tuple[str, int, int]]:
    """Each matter with its standing, its origins and how many positions it has."""
    statements = [
        msgspec.structs.replace(one.statement, recorded=one.statement.recorded or NOW)
        for one in found.sayings
    ]
    view = account(
        statements,
        incident="31-004117",
        as_of=NOW,
        reader=parse_reader("oversight@brindle"),
        zone=CHICAGO,
    )
    return {one.matter: (one.standing, one.origins, len(one.positions)) for one in view.matters}


def shifted(one: Mapping[str, str], seconds: int) -> dict[str, str]:
    """A row by a clock that is so far off, as that clock would have written it."""
    wall = datetime.strptime(one["time"], "%m/%d/%Y %H:%M:%S")  # noqa: DTZ007 - a wall clock
    off = wall + timedelta(seconds=seconds)
    return {**one, "time": off.strftime("%m/%d/%Y %H:%M:%S"), "console": "MDT"}


def test_rows_out_of_order_and_two_minutes_off_give_the_standings_of_ordered_ones(
    cad: CadMap,
) -> None:
    ordered = told(cad, *THE_CALL)
    late = [shifted(one, -120) if number % 2 else one for number, one in enumerate(THE_CALL)]
    random.Random(3).shuffle(late)
    mixed = told(cad, *late)
    assert standings(mixed) == standings(ordered)
    assert standings(ordered)["armed(who=?)"][0] == "disputed"
    assert standings(ordered)["dispatched(unit=C3)"][0] == "said_by_one"

    def times(found: Told) -> list[tuple[Any, ...]]:
        return [
            (s.said, s.recorded, matter_of(s.fact))
            for s in (one.statement for one in found.sayings)
        ]

    assert sorted(times(mixed), key=str) == sorted(times(ordered), key=str)
    [sent] = [one for one in of_kind(mixed, "dispatched") if one.speaker.name == "D12"]
    clock = sent.extra["x_clock"]
    assert clock["row"] == "03/06/2031 14:14:05"
    assert clock["read_as"] == "2031-03-06T14:14:05-06:00"
    assert (clock["clock"], clock["offset"]) == ("MDT", 120)
    assert sent.fact.happened == "2031-03-06T14:16:05-06:00"
    assert sent.recorded == datetime(2031, 3, 6, 20, 16, 5, tzinfo=UTC)


@given(st.permutations(range(len(THE_CALL))), st.lists(st.booleans(), min_size=6, max_size=6))
def test_no_order_and_no_stated_clock_changes_a_standing(
    cad: CadMap, order: Sequence[int], by_mdt: list[bool]
) -> None:
    rows = [shifted(THE_CALL[at], -120) if by_mdt[at] else THE_CALL[at] for at in order]
    assert standings(told(cad, *rows)) == standings(told(cad, *THE_CALL))


@given(st.permutations(range(len(THE_CALL))))
def test_the_same_rows_are_the_same_statements_in_any_order(
    cad: CadMap, order: Sequence[int]
) -> None:
    def said(found: Told) -> list[Statement]:
        return sorted((one.statement for one in found.sayings), key=lambda one: str(one.id))

    assert said(told(cad, *(THE_CALL[at] for at in order))) == said(told(cad, *THE_CALL))


def test_a_clock_of_which_nothing_is_stated_is_left_as_it_is(cad: CadMap) -> None:
    off = [shifted(one, -120) | {"console": ""} for one in THE_CALL]
    found, right = told(cad, *off), told(cad, *THE_CALL)
    assert standings(found) == standings(right)
    assert of_kind(found, "dispatched")[0].fact.happened == "2031-03-06T14:14:05-06:00"


def test_every_statement_is_one_that_a_book_takes(cad: CadMap) -> None:
    for one in told(cad, *THE_CALL).sayings:
        value = statement_value(one.statement)
        assert statement_from(value) == one.statement
        assert one.statement.reviewed is False


@given(
    st.fixed_dictionaries(
        {"event": st.from_regex(r"[A-Za-z0-9/ -]*[0-9]", fullmatch=True)},
        optional={
            name: st.text(max_size=12)
            | st.sampled_from(("anyone", "DISP", "ONSC", "Y", "N", "U", "C3", f"{DAY} 14:16:05"))
            for name in COLUMNS[1:]
        },
    )
)
def test_whatever_stands_in_a_row_is_refused_or_said_as_a_book_takes_it(
    cad: CadMap, cells: dict[str, str]
) -> None:
    taken = [one for one in read(cad, export_of(cells)) if isinstance(one, Row)]
    found = tell(taken, Context(cad, "brindle-911/response/calls", CHICAGO, NOW))
    for one in found.sayings:
        assert statement_from(statement_value(one.statement)) == one.statement
    if taken and not found.refused and "note" in taken[0].cells:
        kept = [one.statement.extra["x_written"].get("note") for one in found.sayings]
        assert taken[0].cells["note"] in kept


def test_nobody_is_sent_under_the_name_that_is_reserved_for_denials(cad: CadMap) -> None:
    found = told(cad, row("14:16:05", unit="anyone", status="DISP"))
    assert found.sayings == []
    assert "reserved for denials" in found.refused[0][1]


def test_a_unit_that_is_clear_of_a_call_clears_nobody(cad: CadMap) -> None:
    found = told(cad, row("14:51:00", unit="C3", status="CLR", note="CLINICIAN CLEARED TO ENGAGE"))
    assert of_kind(found, "cleared") == []
    assert {kind_of(one.statement.fact) for one in found.sayings} == {"other"}


def test_a_row_is_the_word_of_whom_it_names_else_of_the_record(cad: CadMap) -> None:
    found = told(
        cad,
        row("14:16:05", unit="C3", status="DISP", by="D12"),
        row("14:20:00", unit="C3", status="ONSC", by="C3"),
        row("14:51:00", unit="C3", status="CLR"),
    )
    spoken = {
        matter_of(one.statement.fact).label: (
            one.statement.speaker.name,
            one.statement.speaker.kind.value,
            one.statement.speaker.party,
            one.statement.basis.value,
        )
        for one in found.sayings
    }
    assert spoken["dispatched(unit=C3)"] == ("D12", "official", "brindle-911", "unstated")
    assert spoken["arrived(unit=C3)"] == ("C3", "responder", None, "unstated")
    clear = 'other(text="C3: CLR [Cleared]")'
    assert spoken[clear] == ("Brindle CAD record", "agency", "brindle-911", "record")


def test_a_centre_and_its_record_are_one_voice_however_many_rows_repeat_it(cad: CadMap) -> None:
    found = told(
        cad,
        row("14:20:00", unit="C3", status="ONSC", by="D12"),
        row("14:20:05", unit="C3", status="ONSC", by="D14"),
        row("14:20:09", unit="C3", status="ONSC"),
    )
    assert standings(found)["arrived(unit=C3)"][1] == 1


def test_yes_no_unknown_and_not_asked_are_four_things(cad: CadMap) -> None:
    def armed(word: str) -> list[tuple[str, str | None]]:
        found = of_kind(told(cad, row("14:15:40", note="X", weapon=word)), "armed")
        return [(one.stance.value, one.fact.who) for one in found]  # type: ignore[union-attr]

    assert armed("Y") == [("affirms", None)]
    assert armed("N") == [("denies", "anyone")]
    assert armed("U") == [("does_not_know", None)]
    assert armed("") == []
    assert armed("?") == []


def test_an_answer_that_every_row_repeats_is_the_records_and_no_units(tmp_path: Path) -> None:
    cad = map_of(tmp_path, unknown='["U"]\nrepeated = true')
    found = told(
        cad,
        row("14:15:40", note="X", by="T7", weapon="U"),
        row("14:16:05", unit="C3", status="DISP", by="D12", weapon="?"),
        row("14:20:00", unit="C3", status="ONSC", by="C3", weapon="Y"),
        row("14:21:00", unit="C3", status="CLR", by="C3", weapon="Y"),
    )
    armed = of_kind(found, "armed")
    assert [(one.stance.value, one.speaker.name) for one in armed] == [
        ("does_not_know", "Brindle CAD record"),
        ("affirms", "Brindle CAD record"),
    ]
    assert armed[1].recorded == datetime(2031, 3, 6, 20, 20, tzinfo=UTC)


def test_a_note_is_words_and_nothing_is_read_out_of_it(cad: CadMap) -> None:
    [note] = of_kind(told(cad, row("14:24:10", note="MALE W/KNIFE, RP SAFE")), "other")
    text = "MALE W/ [with]KNIFE, RP [reporting party] SAFE"
    assert note.fact.text == text  # type: ignore[union-attr]
    assert note.extra["x_written"] == {"note": "MALE W/KNIFE, RP SAFE"}


def test_an_abbreviation_that_the_agency_does_not_explain_stays_one() -> None:
    table = {"RP": "reporting party", "W/": "with", "W": "west"}
    assert expanded("RP W/O ID, GRP RPS", table) == "RP [reporting party] W/ [with]O ID, GRP RPS"
    assert expanded("poss rp", table) == "poss rp"
    assert expanded("RP", {}) == "RP"


@given(st.text(max_size=40), st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=5)))
def test_no_word_as_written_is_ever_taken_away(words: str, table: dict[str, str]) -> None:
    left = iter(expanded(words, table))
    assert all(one in left for one in words), "the words as written are no longer there in order"


def test_a_status_word_that_nobody_placed_is_told_as_written(cad: CadMap) -> None:
    [one] = of_kind(told(cad, row("14:20:00", unit="L1", status="XQ")), "other")
    assert one.fact.text == "L1: XQ"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (["EnRoute", "Staging"], "other"),
        (["Staging"], "staged"),
        (["Arrived", "Hospital"], "arrived"),
        (["Transporting", "Hospital"], "moved"),
        (["Departed", "OnScene"], "other"),
        (["AssignmentCancelled", "Dispatched"], "other"),
        (["PatientContact"], "other"),
        (["Assigned"], "other"),
    ],
)
def test_a_unit_on_its_way_has_not_come_and_a_contact_is_no_engagement(
    tmp_path: Path, codes: list[str], kind: str
) -> None:
    cad = map_of(tmp_path, ONSC=str(codes))
    [one] = told(cad, row("14:20:00", unit="L1", status="ONSC")).sayings
    assert kind_of(one.statement.fact) == kind


def test_what_every_row_repeats_is_said_once_and_corrected_once(cad: CadMap) -> None:
    first, second = of_kind(told(cad, *THE_CALL), "located")
    assert (first.fact.place, second.fact.place) == (  # type: ignore[union-attr]
        "418 Sallow Street",
        "418 Sallow Street Apt 2B",
    )
    assert second.replaces == first.id
    assert standings(told(cad, *THE_CALL))["located(what=31-004117)"][0] == "said_by_one"


def test_two_places_of_which_nobody_knows_the_later_both_stand(cad: CadMap) -> None:
    found = told(
        cad,
        row("14:15:40", note="A", place="418 Sallow Street"),
        row(note="B", place="77 Lower Tollgate Road", time="14:20"),
    )
    assert [one.replaces for one in of_kind(found, "located")] == [None, None]
    assert standings(found)["located(what=31-004117)"][0] == "disputed"


def test_a_row_that_stands_twice_is_said_once_and_noted(cad: CadMap) -> None:
    found = told(cad, THE_CALL[1], THE_CALL[1])
    assert [one.speaker.name for one in of_kind(found, "dispatched")].count("D12") == 1
    assert [(one.line, first.line) for one, first in found.repeated] == [(3, 2)]


def test_one_row_id_with_two_contents_is_not_chosen_between(tmp_path: Path) -> None:
    cad = map_of(tmp_path, note='"note"\nrow = "type"', type='"place"', address='"place"')
    found = told(cad, row("14:00:00", note="A", type="1"), row("14:00:00", note="B", type="1"))
    [(refused, problem, _)] = found.refused
    assert refused.line == 3
    assert "export.csv:2" in problem


def test_a_call_of_which_nobody_can_tell_when_it_came_was_had_by_its_first_row(
    tmp_path: Path,
) -> None:
    cad = map_of(tmp_path, caller='"caller"\nreceived = "type"', type='"place"', address='"place"')
    [one] = of_kind(told(cad, row("14:15:40", note="A", caller="X", type="24:00")), "called")
    assert one.recorded == datetime(2031, 3, 6, 20, 15, 40, tzinfo=UTC)
    assert one.fact.happened == Happened(words="24:00")


def test_two_numbers_that_give_one_name_are_not_made_one_incident(cad: CadMap) -> None:
    found = told(cad, row("14:00:00", note="A"), row("14:00:00", note="B", event="31/004117"))
    assert [one.cells["event"] for one, _, _ in found.refused] == ["31/004117"]
    assert len(found.sayings) == 1


def test_what_was_typed_later_was_known_later(cad: CadMap) -> None:
    [one] = of_kind(
        told(cad, row("14:15:00", unit="C3", status="ONSC", typed="03/06/2031 14:31:00")), "arrived"
    )
    assert one.fact.happened == "2031-03-06T14:15:00-06:00"
    assert one.recorded == datetime(2031, 3, 6, 20, 31, tzinfo=UTC)
    assert one.said == "2031-03-06T14:31:00-06:00"
    assert one.extra["x_clock"]["entered"] == "03/06/2031 14:31:00"


def test_a_column_for_each_status_says_each_at_its_time(tmp_path: Path) -> None:
    cad = map_of(tmp_path, more='\n[times]\nDispatched = "time"\nOnScene = "typed"\n')
    found = told(cad, row("14:16:05", unit="C3", typed="03/06/2031 14:20:00"))
    assert of_kind(found, "dispatched")[0].fact.happened == "2031-03-06T14:16:05-06:00"
    assert of_kind(found, "arrived")[0].fact.happened == "2031-03-06T14:20:00-06:00"


def test_every_time_that_stays_as_said_is_noted_wherever_it_stands(tmp_path: Path) -> None:
    cad = map_of(
        tmp_path,
        more='\n[times]\nDispatched = "time"\nOnScene = "tz"\n',
        offset='"type"',
        type='"place"',
    )
    found = told(cad, row("14:16:05", unit="C3", tz="24:00", typed="around two"))
    assert sorted(written for _, written, _ in found.as_said) == ["24:00", "around two"]


def test_a_mended_map_does_not_make_another_statement_of_a_row(cad: CadMap, tmp_path: Path) -> None:
    mended = map_of(tmp_path, offset_s="90", RP='"person who calls"')
    before, after = told(cad, *THE_CALL), told(mended, *THE_CALL)
    assert {one.statement.id for one in before.sayings} == {
        one.statement.id for one in after.sayings
    }


def test_who_rides_where_is_the_maps_word_and_no_dispatchers(cad: CadMap) -> None:
    found = told(cad, THE_CALL[1])
    sent = {one.speaker.name: one for one in of_kind(found, "dispatched")}
    assert getattr(sent["D12"].fact, "members", None) is None
    [role] = of_kind(found, "related")
    for one in (role, sent["map of brindle-911/cad"]):
        assert one.speaker.name == "map of brindle-911/cad"
        assert one.source.message == "31-004117/map units.C3"
        assert (one.said, one.basis.value) == (None, "unstated")
        assert one.recorded == datetime(2031, 3, 6, 20, 16, 5, tzinfo=UTC)
    assert standings(found)["dispatched(unit=C3)"][:2] == ("said_by_one", 1)


def test_within_what_is_unsure_of_a_clock_no_row_is_later(tmp_path: Path) -> None:
    unsure = map_of(tmp_path, offset_s="120\nuncertainty_s = 60")
    rows = [row("14:15:00", note="A", place="4 Elm", console="MDT")]

    def standing(second: str) -> str:
        later = row(second, note="B", place="5 Elm", console="MDT")
        return standings(told(unsure, *rows, later))["located(what=31-004117)"][0]

    assert standing("14:16:30") == "disputed"
    assert standing("14:17:01") == "said_by_one"
