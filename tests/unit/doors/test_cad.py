"""``cad`` as a dispatch centre calls it: shown first, said once, nothing lost, replayed afterwards."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from at_the_desk import whoseword
from dispatch_export import DAY, export_of, map_file, row
from whoseword.wiring import examples

NOW = "2031-12-01T00:00:00Z"
GOOD = (
    row("14:15:40", note="RP HEARS SHOUTING", by="T7", weapon="U", place="418 Sallow Street"),
    row("14:16:05", unit="C3", status="DISP", by="D12", place="418 Sallow Street"),
    row("14:24:10", note="KNIFE", by="T7", weapon="Y", place="418 Sallow Street"),
    row("15:00:00", event="31-004120", note="NOISE", by="T7"),
)
BAD = row("14:30:00", event="", note="NOBODY KNOWS OF WHAT")


class Centre:
    """A home, a map and an export in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder = folder / "home", folder
        self.map = map_file(folder)
        self.file = folder / "export.csv"
        owner = ("init", "--owner", "oversight@brindle-911", "--zone", "America/Chicago")
        assert whoseword(self.home, *owner, now=NOW).exit_code == 0

    def cad(self, *options: str, rows: Any = None, now: str = NOW) -> Result:
        if rows is not None:
            self.file.write_bytes(rows if isinstance(rows, bytes) else export_of(*rows))
        return whoseword(
            self.home, "cad", str(self.file), "--map", str(self.map), *options, now=now
        )

    def size(self) -> int:
        shown = json.loads(whoseword(self.home, "verify", "--json", now=NOW).stdout)
        assert shown["ok"]
        return sum(one["size"] for one in shown["books"])

    def account(self, *options: str) -> dict[str, Any]:
        ran = whoseword(self.home, "account", "31-004117", "--json", *options, now=NOW)
        found: dict[str, Any] = json.loads(ran.stdout)
        return found


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)


def test_a_dry_run_shows_every_statement_and_says_nothing(centre: Centre) -> None:
    shown = centre.cad("--dry-run", rows=GOOD)
    assert shown.exit_code == 0, shown.output
    assert "export.csv:3" in shown.stdout
    assert "D12 affirms: dispatched(unit=C3), " in shown.stdout.replace("\n", ", ")
    assert (
        "map of brindle-911/cad affirms: dispatched(unit=C3) (members: clinician)" in shown.stdout
    )
    assert "4 rows, 2 calls, 9 statements would be said." in shown.stdout
    assert centre.size() == 0


def test_what_a_dry_run_prints_can_be_said_and_replayed_as_it_is(centre: Centre) -> None:
    lines = centre.cad("--dry-run", "--json", rows=GOOD).stdout
    assert len(lines.splitlines()) == 9
    said = whoseword(centre.home, "say", "--backfill", "-", given=lines, now=NOW)
    assert said.exit_code == 0, said.stderr
    again = centre.cad()
    assert "0 of them said now, 9 stood already" in again.stdout
    assert "stand otherwise" not in again.stdout


def test_the_same_file_says_nothing_twice(centre: Centre) -> None:
    assert centre.cad(rows=GOOD).exit_code == 0
    before = centre.account()
    rows = [*GOOD, GOOD[1]]
    random.Random(1).shuffle(rows)
    ran = centre.cad(rows=rows)
    assert ran.exit_code == 0, ran.output
    assert centre.size() == 9
    assert centre.account() == before
    assert "1 row stands twice, and is said once." in ran.stdout


def test_a_later_export_adds_only_what_is_new(centre: Centre) -> None:
    centre.cad(rows=GOOD[1:])
    before = centre.size()
    ran = centre.cad("--json", rows=GOOD)
    receipts = [json.loads(line) for line in ran.stdout.splitlines()]
    assert centre.size() == before + len(receipts)
    assert {one["book"] for one in receipts} == {"brindle-911/response/calls"}


def test_a_row_that_cannot_be_taken_stops_all_and_is_told_with_its_line(centre: Centre) -> None:
    ran = centre.cad(rows=[*GOOD, BAD])
    assert ran.exit_code == 1
    assert f"{centre.file}:6: no incident's number stands in 'event'" in ran.stderr
    assert "nothing was said" in ran.stderr
    assert centre.size() == 0
    dry = centre.cad("--dry-run")
    assert dry.exit_code == 1
    assert f"{centre.file}:6: no incident's number" in dry.stderr
    assert "dispatched(unit=C3)" in dry.stdout


def test_what_is_left_out_is_written_out_and_can_be_mended_and_given_again(
    centre: Centre, tmp_path: Path
) -> None:
    out = tmp_path / "mend.csv"
    twins = [row("16:00:00", event="31/004120", note="ANOTHER CALL")]
    ran = centre.cad("--leave-out", str(out), rows=[*GOOD, BAD, *twins])
    assert ran.exit_code == 0, ran.output
    assert centre.size() == 9
    kept = out.read_text().splitlines()
    assert kept[0].startswith("event,time,unit")
    assert len(kept) == 3
    mended = out.read_text().replace("31/004120", "31-004121").replace("\n,", "\n31-004122,", 1)
    ran = centre.cad(rows=mended.encode())
    assert ran.exit_code == 0, ran.output
    assert centre.size() == 11


def test_the_account_keeps_both_times_and_shows_the_clock(centre: Centre) -> None:
    centre.cad(rows=[row("14:16:05", unit="C3", status="ONSC", console="MDT")])
    shown = centre.account()
    [one] = [one for one in shown["statements"].values() if one["fact"]["kind"] == "arrived"]
    assert one["fact"]["happened"] == "2031-03-06T14:18:05-06:00"
    assert one["recorded"] == "2031-03-06T20:18:05Z"
    assert one["backfilled"] is True
    assert one["x_clock"]["read_as"] == "2031-03-06T14:16:05-06:00"
    page = centre.folder / "page.html"
    whoseword(centre.home, "account", "31-004117", "--html", str(page), now=NOW)
    assert "03/06/2031 14:16:05" in page.read_text()
    assert "clock off by +120 s" in page.read_text()


def test_what_has_no_moment_is_learnt_when_it_is_entered(centre: Centre) -> None:
    centre.cad(rows=[row(time="03/06/31 14:16:05", note="KNIFE", weapon="Y")])
    early = centre.account("--as-of", "2031-06-01T00:00:00Z")
    assert early["matters"] == []
    [one, *_] = centre.account()["statements"].values()
    assert one["recorded"] == NOW
    assert one["said"] == "03/06/31 14:16:05"


def test_a_month_of_calls_is_replayed_and_nobody_is_cleared_by_it(centre: Centre) -> None:
    month = [
        one
        for number in range(40)
        for one in (
            row("14:15:40", event=f"31-{number}", note="RP HEARS SHOUTING", weapon="U"),
            row("14:16:05", event=f"31-{number}", unit="C3", status="DISP"),
            row("14:22:31", event=f"31-{number}", unit="C3", status="ONSC"),
            row("14:51:00", event=f"31-{number}", unit="C3", status="CLR"),
        )
    ]
    random.Random(7).shuffle(month)
    assert centre.cad(rows=month).exit_code == 0
    ran = whoseword(centre.home, "replays", "--month", "2031-03", "--json", now=NOW)
    [counted] = json.loads(ran.stdout)["shifts"][0]["counted"]
    assert (counted["held"], counted["cleared"], counted["never_cleared"]) == (40, 0, 40)
    calls = centre.folder / "calls"
    calls.mkdir()
    (calls / "march.jsonl").write_text(centre.cad("--dry-run", "--json").stdout)
    other = whoseword(centre.home, "replays", str(calls), "--month", "2031-03", "--json", now=NOW)
    assert json.loads(other.stdout)["shifts"] == json.loads(ran.stdout)["shifts"]


def test_a_replay_shows_the_weapon_when_the_record_had_it(centre: Centre) -> None:
    centre.cad(rows=random.Random(2).sample(GOOD, len(GOOD)))
    ran = whoseword(centre.home, "replay", "31-004117", "--json", now=NOW)
    moments = {one["at"]: one["advice"] for one in json.loads(ran.stdout)["moments"]}
    assert list(moments) == ["2031-03-06T20:15:40Z", "2031-03-06T20:16:05Z", "2031-03-06T20:24:10Z"]
    sent, armed = moments["2031-03-06T20:16:05Z"], moments["2031-03-06T20:24:10Z"]
    assert [(one["who"], one["advice"]) for one in armed] == [("clinician", "hold")]
    assert sent[0]["because"][0]["rule"] == "HE-01"
    assert armed[0]["because"][0]["rule"] == "HE-02"


def test_a_mended_map_tells_what_stands_otherwise_and_changes_nothing(centre: Centre) -> None:
    centre.cad(rows=GOOD)
    map_file(centre.folder, RP='"person who calls"')
    ran = centre.cad()
    assert ran.exit_code == 0
    assert "1 statement stand" in ran.stdout
    assert "[person who calls]" in ran.stderr
    assert centre.size() == 9


def test_after_a_seal_a_later_export_is_still_taken(centre: Centre) -> None:
    first, moved = GOOD[0], row("14:40:00", note="MOVED", place="77 Lower Tollgate Road")
    centre.cad(rows=[first])
    [sealed] = [
        id_ for id_, one in centre.account()["statements"].items()
        if one["fact"]["kind"] == "located"
    ]  # fmt: skip
    order = ("--order", "Circuit Court 12, No. 44", "--as", "Clerk Ames")
    book = ("--book", "brindle-911/response/calls")
    assert whoseword(centre.home, "seal", sealed, *book, *order, now=NOW).exit_code == 0
    ran = centre.cad(rows=[first, moved])
    assert ran.exit_code == 0, ran.output
    shown = json.dumps(centre.account())
    assert "77 Lower Tollgate Road" in shown
    assert "418 Sallow Street" not in shown


def test_a_row_without_a_time_is_told_to_have_none(centre: Centre) -> None:
    ran = centre.cad("--dry-run", rows=[row(note="NO CLOCK")])
    assert "export.csv:2  no time stands there" in ran.stdout


def test_one_incident_for_all_and_a_book_of_choice(centre: Centre) -> None:
    options = ("--incident", "harrow-lane", "--book", "brindle-911/incident", "--as", "Ann Lee")
    assert centre.cad(*options, rows=GOOD).exit_code == 0
    ran = whoseword(centre.home, "account", "harrow-lane", "--json", now=NOW)
    statements = json.loads(ran.stdout)["statements"].values()
    assert {one["book"] for one in statements} == {"brindle-911/incident"}
    assert {one["signed_by"] for one in statements} == {"Ann Lee"}
    assert {one["reviewed"] for one in statements} == {False}


def test_a_map_that_does_not_fit_says_what_the_file_has(centre: Centre) -> None:
    ran = centre.cad(rows=b"Event,When\n1,2\n")
    assert ran.exit_code == 1
    assert "it has Event, When" in ran.stderr


def test_the_example_reads_as_its_page_says(tmp_path: Path) -> None:
    folder = examples() / "cad"
    command = ("cad", str(folder / "export.csv"), "--map", str(folder / "map.toml"))
    ran = whoseword(tmp_path, *command, now=NOW)
    assert ran.exit_code == 0, ran.output
    assert "11 rows, 2 calls, 24 statements, 24 of them said now." in ran.stdout
    assert "3 times not resolved, kept as written:" in ran.stdout


def test_rows_left_out_are_written_over_nothing(centre: Centre) -> None:
    before = export_of(*GOOD, BAD)
    for target in (centre.file, centre.map):
        kept = target.read_bytes() if target.exists() else before
        ran = centre.cad("--leave-out", str(target), rows=before)
        assert ran.exit_code == 2
        assert "is there already" in ran.stderr
        assert target.read_bytes() == kept
    assert centre.size() == 0


def test_an_earlier_received_time_in_a_later_row_does_not_stop_the_file(centre: Centre) -> None:
    centre.map.write_text(centre.map.read_text().replace('type = "type"', 'received = "type"'))
    rows = [
        row("14:10:00", type=f"{DAY} 14:09:00", caller="neighbor", note="A"),
        row("14:20:00", type=f"{DAY} 14:05:00", caller="neighbor in 2C", note="B"),
    ]
    ran = centre.cad(rows=rows)
    assert ran.exit_code == 0, ran.output
    told = centre.account()["statements"].values()
    assert {one["fact"]["happened"] for one in told if one["fact"]["kind"] == "called"} >= {
        "2031-03-06T14:05:00-06:00"
    }


def test_nothing_is_stated_of_a_clock_that_the_map_does_not_name(centre: Centre) -> None:
    centre.cad(rows=[row("14:16:05", unit="C3", status="ONSC", console="mdt")])
    [one] = [o for o in centre.account()["statements"].values() if o["fact"]["kind"] == "arrived"]
    assert one["x_clock"]["clock"] == "mdt"
    assert one["x_clock"].get("offset") is None
    assert one["x_clock"].get("uncertainty") is None


def test_two_numbers_of_one_name_are_refused_in_two_runs_as_in_one(centre: Centre) -> None:
    assert centre.cad(rows=[row("14:15:40", event="20", note="KNIFE")]).exit_code == 0
    other = row("15:00:00", event="#20", note="NOISE")
    ran = centre.cad(rows=[other])
    assert ran.exit_code == 1
    assert f"{centre.file}:2: '#20' and '20' give one name, 20" in ran.stderr
    assert "--incident" in ran.stderr
    assert centre.size() == 1
    both = centre.cad(rows=[other, row("14:20:00", event="20", note="GONE")])
    assert f"{centre.file}:2: '#20' and '20'" in both.stderr
    assert centre.size() == 1
    slashed = centre.cad(rows=[row("15:00:00", event="20/", note="NOISE")])
    assert slashed.exit_code == 1
    assert centre.cad("--incident", "20", rows=[other]).exit_code == 0


def places(centre: Centre) -> dict[str, Any]:
    [found] = [
        one for one in centre.account()["matters"] if one["matter"] == "located(what=31-004117)"
    ]
    return {
        one["value"]["place"]: one.get("replaced_by") is not None for one in found["positions"]
    } | {"standing": found["standing"]}


def test_what_a_later_export_changes_is_a_correction(centre: Centre) -> None:
    centre.cad(rows=[row("14:15:40", note="A", place="4 Elm"), row("14:20:00", note="B")])
    later = [row("14:30:00", note="C", place="5 Elm")]
    for _ in range(2):
        assert centre.cad(rows=later).exit_code == 0
        assert places(centre) == {"4 Elm": True, "5 Elm": False, "standing": "said_by_one"}
    back = [row("14:40:00", note="D", place="4 Elm"), row("14:50:00", note="E", place="6 Elm")]
    for _ in range(2):
        centre.cad(rows=back[:1])
        shown = json.dumps(centre.account())
        assert places(centre)["5 Elm"] is True
        assert places(centre)["standing"] == "said_by_one"
    size = centre.size()
    centre.cad(rows=back)
    assert centre.size() == size + 2, shown
    assert places(centre)["6 Elm"] is False
    assert places(centre)["standing"] == "said_by_one"


def test_what_a_later_export_changes_of_no_later_time_stands_beside_it(centre: Centre) -> None:
    centre.cad(rows=[row("14:15:40", note="A", place="4 Elm"), row("14:20:00", note="B")])
    centre.cad(rows=[row("14:18:00", note="C", place="5 Elm")])
    assert places(centre)["standing"] == "disputed"


def test_a_row_that_a_later_export_tells_otherwise_is_told_and_stays(centre: Centre) -> None:
    centre.map.write_text(centre.map.read_text().replace('type = "type"', 'row = "type"'))
    assert centre.cad(rows=[row("14:15:40", type="1", note="KNIFE")]).exit_code == 0
    ran = centre.cad(rows=[row("14:15:40", type="1", note="NO KNIFE")])
    assert ran.exit_code == 0
    assert f"{centre.file}:2: stands as it was said before; now it would be" in ran.stderr
    assert "NO KNIFE" in ran.stderr
    assert centre.size() == 1
    twice = [row("14:15:40", type="1", note="A"), row("14:15:40", type="1", note="B")]
    assert "its id stands at" in centre.cad(rows=twice).stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (export_of(*GOOD).decode().encode("utf-16"), "UTF-16"),
        (export_of(*GOOD).decode().encode("utf-16-le"), "UTF-16"),
        (export_of(*GOOD).replace(b"\n", b"\r"), "line ends of Windows or Unix"),
    ],
)
def test_a_file_that_is_written_otherwise_is_told_with_what_to_do(
    centre: Centre, content: bytes, why: str
) -> None:
    ran = centre.cad(rows=content)
    assert ran.exit_code == 1
    assert why in ran.stderr
    assert str(centre.file) in ran.stderr
    assert centre.size() == 0


def test_a_row_id_with_a_stroke_makes_no_earlier_row_later(centre: Centre) -> None:
    centre.map.write_text(centre.map.read_text().replace('type = "type"', 'row = "type"'))
    centre.cad(rows=[row("14:15:40", type="3/6", note="A", place="4 Elm")])
    centre.cad(rows=[row("14:05:00", type="3/7", note="B", place="5 Elm")])
    assert places(centre)["standing"] == "disputed"
    centre.cad(rows=[row("14:30:00", type="3/8", note="C", event="31-004118", place="4 Elm")])
    centre.cad(rows=[row("14:40:00", type="3/9", note="D", event="31-004118", place="5 Elm")])
    ran = whoseword(centre.home, "account", "31-004118", "--json", now=NOW)
    standing = {one["matter"]: one["standing"] for one in json.loads(ran.stdout)["matters"]}
    assert standing["located(what=31-004118)"] == "said_by_one"


def test_a_later_no_takes_no_weapon_away(centre: Centre) -> None:
    centre.map.write_text(centre.map.read_text() + "\nrepeated = true\n")
    centre.cad(rows=[row("14:15:40", weapon="Y", note="A")])
    centre.cad(rows=[row("14:30:00", weapon="N", note="B")])
    in_one_run = (
        row("14:15:40", event="31-2", weapon="Y", note="A"),
        row("14:30:00", event="31-2", weapon="N", note="B"),
    )
    centre.cad(rows=in_one_run)
    ran = whoseword(centre.home, "account", "31-2", "--json", now=NOW)
    one_run = json.loads(ran.stdout)["statements"].values()
    assert {o["replaces"] for o in one_run if o["fact"]["kind"] == "armed"} == {None}
    told = [o for o in centre.account()["statements"].values() if o["fact"]["kind"] == "armed"]
    assert [(one["stance"], one["replaces"]) for one in told] == [
        ("affirms", None),
        ("denies", None),
    ]
