"""Files of contacts: taken in whole, found in a brief, proved, replaced and sealed row by row."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import Result
from pyarrow import parquet

from at_the_desk import whoseword
from whoseword.books import Ledger
from whoseword.books.listed import RowId, RowProof, check_row
from whoseword.doors import contact_files

EXAMPLES = Path(__file__).parents[3] / "examples" / "contacts"
MAP = EXAMPLES / "map.toml"
FILE = EXAMPLES / "contacts.csv"
BOOK = "brindle-clinic/response/contacts"
DOOR = "1200 Alder Ct Apt 4, Brindle"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_one(*words: str, now: str = "2025-03-01T12:00:00Z") -> Result:
        return whoseword(tmp_path / "home", *words, now=now)

    assert run_one("init", "--owner", "dispatcher@brindle-911").exit_code == 0
    return run_one


def take_in(run: Run, file: Path = FILE, *more: str, book: str = BOOK) -> Result:
    words = ("import", "--format", "contacts", str(file), "--map", str(MAP), "--book", book)
    return run(*words, *more)


def receipt(run: Run, file: Path = FILE, book: str = BOOK) -> dict[str, Any]:
    taken = take_in(run, file, "--json", book=book)
    assert taken.exit_code == 0, taken.output
    told: dict[str, Any] = json.loads(taken.stdout)
    return told


def brief(run: Run, *more: str, address: str = DOOR, now: str = "2025-03-01T13:00:00Z") -> Any:
    asked = run("brief", "--address", address, "--json", *more, now=now)
    assert asked.exit_code == 0, asked.output
    return json.loads(asked.stdout)


def test_a_brief_answers_from_rows_and_no_answer_stays_no_answer(run: Run) -> None:
    told = receipt(run)
    batch = told["receipt"]["id"]
    assert (told["rows"], told["stood"]) == (3, False)
    found = brief(run, "--person", "Mara Quill, 1988-04-17")
    assert {one["statement"]: one["outcome"] for one in found["contacts"]} == {
        f"{batch}#0": "no_answer",
        f"{batch}#1": "answered",
    }
    assert found["person"] == [f"{batch}#1"]
    assert run("verify", "--all").exit_code == 0


def test_the_same_file_says_nothing_twice(run: Run) -> None:
    first, again = receipt(run), receipt(run)
    assert again == first | {"stood": True}


def test_a_row_that_cannot_be_read_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    lines = FILE.read_text("utf-8").splitlines()
    bad.write_text("\n".join([*lines, lines[1].replace("No answer", "N/A")]) + "\n", "utf-8")
    refused = take_in(run, bad)
    assert refused.exit_code == 1
    assert f"{bad}:5: the map does not say what the outcome 'N/A' is" in refused.output
    assert brief(run)["contacts"] == []
    assert take_in(run, bad, "--dry-run").exit_code == 1
    left = tmp_path / "left.csv"
    assert take_in(run, bad, "--leave-out", str(left)).exit_code == 0
    assert "N/A" in left.read_text("utf-8")
    assert len(brief(run)["contacts"]) == 2


def test_a_sealed_row_is_gone_and_the_others_stand(run: Run) -> None:
    batch = receipt(run)["receipt"]["id"]
    sealed = run("seal", f"{batch}#1", "--book", BOOK, "--order", "31-CV-7", "--as", "J. Clerk")
    assert sealed.exit_code == 0, sealed.output
    assert [one["statement"] for one in brief(run)["contacts"]] == [f"{batch}#0"]
    assert run("verify", "--all").exit_code == 0


def test_a_row_expires_on_the_day_that_its_agency_set(run: Run) -> None:
    batch = receipt(run)["receipt"]["id"]
    assert f"{batch}#1" in str(brief(run, now="2027-12-31T12:00:00Z"))
    assert f"{batch}#1" not in str(brief(run, now="2028-01-01T12:00:00Z"))


def test_a_row_is_replaced_by_its_own_agency(run: Run, tmp_path: Path) -> None:
    batch = receipt(run)["receipt"]["id"]
    line = {
        "incident": "contacts",
        "book": BOOK,
        "speaker": {"name": "Brindle Clinic contact file", "kind": "record", "party": "brindle-clinic"},
        "stance": "cannot_say",
        "fact": {"kind": "contact", "agency": "brindle-clinic", "place": DOOR},
        "source": {"entered_by": "A. Keeper"},
        "replaces": f"{batch}#0",
    }  # fmt: skip
    file = tmp_path / "correction.jsonl"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    said = run("say", str(file), now="2025-03-01T12:30:00Z")
    assert said.exit_code == 0, said.output
    assert f"{batch}#0" not in [one["statement"] for one in brief(run)["contacts"]]


def test_rows_of_a_book_that_a_reader_may_not_open_change_no_byte(run: Run, tmp_path: Path) -> None:
    receipt(run)
    asked = ("brief", "--address", DOOR, "--json", "--reader", "dispatcher@brindle-911")
    before = run(*asked, now="2025-03-01T13:00:00Z").stdout
    other = tmp_path / "other.csv"
    other.write_text(FILE.read_text("utf-8").replace("C-", "H-"), "utf-8")
    receipt(run, other, book="brindle-clinic/health/contacts")
    assert run(*asked, now="2025-03-01T13:00:00Z").stdout == before


def test_a_row_is_proved_up_to_a_signed_checkpoint(run: Run) -> None:
    batch = receipt(run)["receipt"]["id"]
    proved = run("prove", f"{batch}#2", "--book", BOOK)
    assert proved.exit_code == 0, proved.output
    told = json.loads(proved.stdout)
    path = tuple(bytes.fromhex(one) for one in told["path"])
    root, commitment = bytes.fromhex(told["root"]), bytes.fromhex(told["commitment"])
    check_row(RowProof(RowId(batch, 2), told["rows"], root, commitment, path))
    assert "c2sp.org/tlog-proof" in told["statement_proof"]
    assert run("prove", f"{batch}#3", "--book", BOOK).exit_code == 1


def test_a_quarantined_row_is_out_of_sight_until_it_is_put_back(run: Run) -> None:
    batch = receipt(run)["receipt"]["id"]
    words = ("quarantine", f"{batch}#1", "--book", BOOK, "--as", "A. One", "--as", "B. Two")
    done = run(*words, "--reason", "misfiled")
    assert done.exit_code == 0, done.output
    assert [one["statement"] for one in brief(run)["contacts"]] == [f"{batch}#0"]
    assert run(*words, "--reason", "checked", "--lift").exit_code == 0
    assert len(brief(run)["contacts"]) == 2
    assert run("verify", "--all").exit_code == 0


def test_an_import_that_was_killed_shows_nothing_and_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_files, "AT_ONCE", 1)
    with monkeypatch.context() as killed:
        killed.setattr(
            Ledger, "finish_listing", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        take_in(run)
    assert brief(run)["contacts"] == []
    assert receipt(run)["rows"] == 3
    assert len(brief(run)["contacts"]) == 2
    assert run("verify", "--all").exit_code == 0


def test_parquet_tells_what_its_csv_tells(run: Run, tmp_path: Path) -> None:
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    file = tmp_path / "contacts.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), file)
    batch = receipt(run, file)["receipt"]["id"]
    found = {one["statement"]: one["outcome"] for one in brief(run)["contacts"]}
    assert found == {f"{batch}#0": "no_answer", f"{batch}#1": "answered"}
