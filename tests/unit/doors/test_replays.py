"""`replays`: a folder of incidents or a home, on any number of cores, with every fault told at its place."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from at_the_desk import lines_of, whoseword
from at_the_gate import CALLER, CLOSED, OFFICER, at, cleared, crew, knife, unknown
from whoseword.wiring import rules_folder
from whoseword.words import Statement, statement_from, statement_value

THEN = "2031-05-01T00:00:00Z"
READER = ("--reader", "officer@county-911")


def incident(name: str, *told: Statement, day: str = "06") -> list[Statement]:
    """The statements as those of an incident of that name, on a day of March 2031, ids anew."""
    found = []
    for number, one in enumerate(told):
        value = statement_value(one)
        for key in ("backfilled", "appended"):
            value.pop(key, None)
        value |= {"incident": name, "id": _id(name, number)}
        value["recorded"] = value["recorded"].replace("2031-03-06", f"2031-03-{day}")
        found.append(statement_from(value))
    return found


def _id(name: str, number: int) -> str:
    spread = random.Random(f"{name} {number}").getrandbits(62)
    return f"01950000-0000-7000-8{spread % 4096:03x}-{spread >> 12 & 0xFFFFFFFFFFFF:012x}"


def thursday(name: str, **parts: Any) -> list[Statement]:
    return incident(name, unknown(), *crew("14:00"), cleared("14:03"), knife("14:15"), **parts)


def never_cleared(name: str, **parts: Any) -> list[Statement]:
    return incident(name, unknown(), *crew("14:00"), knife("14:15"), **parts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty calls in four files, each file a mixture."""
    calls = tmp_path / "calls"
    (calls / "later").mkdir(parents=True)
    files: list[list[Statement]] = [[], [], [], []]
    for number in range(40):
        made = (thursday, never_cleared)[number % 2](f"call-{number:02}")
        for place, one in enumerate(made):
            files[(number + place) % 4].append(one)
    for place, its in enumerate(files):
        where = calls / "later" if place == 3 else calls
        (where / f"{place}.jsonl").write_text(lines_of(its))
    return calls


def replays(tmp_path: Path, *arguments: str) -> Result:
    return whoseword(tmp_path / "home", "replays", *arguments, now=THEN)


def test_the_same_bytes_on_any_number_of_cores_and_whichever_file_a_line_is_in(
    tmp_path: Path, folder: Path
) -> None:
    one = replays(tmp_path, str(folder), "--json", "--jobs", "1")
    assert one.exit_code == 0, one.output
    assert replays(tmp_path, str(folder), "--json", "--jobs", "2").stdout == one.stdout
    lines = [
        line for path in sorted(folder.rglob("*.jsonl")) for line in path.read_text().splitlines()
    ]
    random.Random(1).shuffle(lines)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "all.jsonl").write_text("\n".join(lines))
    assert replays(tmp_path, str(folder), "--json", "--jobs", "2").stdout == one.stdout
    table = json.loads(one.stdout)
    assert (table["replayed"], table["without"]) == (40, 0)
    assert [one["responders"] for one in table["shifts"]] == [40, 0, 0]
    shift = table["shifts"][0]
    assert shift["shift"] == "07:00-15:00"
    assert shift["counted"] == [
        {
            "cleared": 20,
            "held": 40,
            "longest_unused_s": 720,
            "median_unused_s": 720,
            "never_cleared": 20,
            "unused_s": 14_400,
        }
    ]


def test_in_words_and_as_csv(tmp_path: Path, folder: Path) -> None:
    shown = " ".join(replays(tmp_path, str(folder)).stdout.split())
    assert "40 incidents" in shown
    assert "would have" in shown
    target = tmp_path / "calls.csv"
    assert replays(tmp_path, str(folder), "--csv", str(target)).exit_code == 0
    head, *lines = target.read_text().splitlines()
    assert head.startswith("incident,who,")
    assert len(lines) == 40
    assert not any("Amsel" in line for line in (head, *lines)), "a clearance's giver is ranked"


def test_under_two_sets_of_rules(tmp_path: Path, folder: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_folder(), rules)
    response = rules / "house" / "response.toml"
    text = response.read_text()
    assert text.count("clocks_off_s = 0") == 1
    response.write_text(text.replace("clocks_off_s = 0", "clocks_off_s = 300"))
    late = thursday("call-late")
    weapon = incident("call-late-2", unknown(), *crew("14:00"), knife("14:01"), cleared("14:03"))
    (folder / "more.jsonl").write_text(lines_of([*late, *weapon]))
    ran = replays(tmp_path, str(folder), "--beside", str(rules), "--json")
    assert ran.exit_code == 0, ran.output
    table = json.loads(ran.stdout)
    assert len(set(table["rules"])) == 2
    [row] = [one for one in table["rows"] if one["incident"] == "call-late-2"]
    assert [one["cleared"] for one in row["outcomes"]] == [True, False]
    assert sum(shift["differ"] for shift in table["shifts"]) == 1


def test_of_one_month(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    calls.mkdir()
    april = [
        statement_from(json.loads(json.dumps(value).replace("2031-03-", "2031-04-")))
        for value in json.loads("[" + ",".join(lines_of(thursday("b")).splitlines()) + "]")
    ]
    (calls / "two.jsonl").write_text(lines_of([*thursday("a"), *april]))
    told = json.loads(replays(tmp_path, str(calls), "--json", "--month", "2031-04").stdout)
    assert [row["incident"] for row in told["rows"]] == ["b"]
    wrong = replays(tmp_path, str(calls), "--month", "April")
    assert wrong.exit_code == 2
    assert "write 2031-03" in wrong.stderr


def test_every_broken_line_is_told_at_its_place_and_nothing_is_replayed(
    tmp_path: Path, folder: Path
) -> None:
    good = lines_of(thursday("x"), "nothing").splitlines()
    broken = [
        good[0],
        '{"incident": "x"',
        good[1].replace('"stance":', '"stand":').replace('"stance": ', '"stand": '),
        good[2].replace("clinician", "clinician"),
        good[2],
        json.dumps({**json.loads(good[3]), "recorded": None}),
    ]
    (folder / "broken.jsonl").write_text("\n".join(broken) + "\n")
    ran = replays(tmp_path, str(folder), "--json")
    assert (ran.exit_code, ran.stdout) == (1, "")
    place = f"{folder}/broken.jsonl:"
    assert f"{place}2: " in ran.stderr
    assert f"{place}3: stand" in ran.stderr
    assert f"{place}6: recorded: is missing" in ran.stderr


def test_an_id_that_stands_twice_in_a_book_is_told_with_both_places(
    tmp_path: Path, folder: Path
) -> None:
    lines = lines_of(thursday("x")).splitlines()
    (folder / "again.jsonl").write_text("\n".join([*lines, lines[2]]) + "\n")
    ran = replays(tmp_path, str(folder))
    assert ran.exit_code == 1
    place = f"{folder}/again.jsonl"
    assert f"{place}:6: id: {json.loads(lines[2])['id']} stands at {place}:3 too" in ran.stderr


def test_a_folder_without_statements_and_both_forms_at_once_are_refused(
    tmp_path: Path, folder: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no file .jsonl" in replays(tmp_path, str(empty)).stderr
    both = replays(tmp_path, str(folder), "--json", "--csv", "x.csv")
    assert "choose --json or --csv FILE" in both.stderr


def test_of_a_home_as_of_a_folder(tmp_path: Path, folder: Path) -> None:
    for path in sorted(folder.rglob("*.jsonl")):
        said = whoseword(tmp_path / "home", "say", "--backfill", str(path), now=THEN)
        assert said.exit_code == 0, said.output
    own = json.loads(replays(tmp_path, "--json").stdout)
    of_folder = json.loads(replays(tmp_path, str(folder), "--json").stdout)
    assert own["replayed"] == 40
    assert [(row["incident"], row["who"]) for row in own["rows"]] == [
        (row["incident"], row["who"]) for row in of_folder["rows"]
    ]


@pytest.mark.parametrize("seed", range(12))
def test_what_a_reader_may_not_open_can_only_make_hold_of_may_engage(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    opened: list[Statement] = []
    harmless: list[Statement] = []
    weapons: list[Statement] = []
    for number in range(12):
        name = f"call-{number}"
        opened += (thursday, never_cleared)[chance.random() < 0.5](name)[: chance.randint(3, 5)]
        minute = f"14:{chance.randint(0, 30):02}"
        closed = [
            at(minute, "aged", who="woman", age="40", book=CLOSED),
            at(minute, "engaged", by=OFFICER, who="clinician", whom="woman", book=CLOSED),
            cleared(minute, book=CLOSED),
            at(minute, "armed", by=CALLER, who="woman", stance="denies", book=CLOSED),
        ]
        harmless += incident(f"{name}", chance.choice(closed))[:1]
        weapons += incident(name, knife(minute, book=CLOSED))
    harmless = [_renumbered(one, "h") for one in harmless]
    weapons = [_renumbered(one, "w") for one in weapons]

    def table(*told: Statement) -> dict[str, Any]:
        calls = tmp_path / f"calls-{len(told)}"
        calls.mkdir(exist_ok=True)
        (calls / "all.jsonl").write_text(lines_of(told))
        ran = replays(tmp_path, str(calls), "--json", *READER)
        assert ran.exit_code == 0, ran.output
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    alone = table(*opened)
    assert table(*opened, *harmless) == alone
    held = table(*opened, *weapons)
    assert len(held["rows"]) == len(alone["rows"]) > 0
    for before, after in zip(alone["rows"], held["rows"], strict=True):
        [was], [now] = before["outcomes"], after["outcomes"]
        assert now["cleared"] <= was["cleared"]
        assert now["held"] >= was["held"]
        assert now["unused_s"] <= was["unused_s"]
        rest = {"incident", "who", "dispatched", "shift", "engaged"}
        assert {key: before[key] for key in rest} == {key: after[key] for key in rest}


def _renumbered(one: Statement, letter: str) -> Statement:
    value = statement_value(one)
    for key in ("backfilled", "appended"):
        value.pop(key, None)
    return statement_from(value | {"id": _id(f"{letter} {one.incident}", 0)})
