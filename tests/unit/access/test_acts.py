"""Who may do what in words: an act by somebody who may not do it does not enter a book."""

import json
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import statement, whoseword
from house import LAW
from whoseword.words import statement_from

ACTS: dict[str, dict[str, Any]] = {
    "cleared": {"who": "clinician-1", "for": "engage"},
    "disclosed": {"item": "the letter", "to": "officer@county"},
    "sealed": {"item": "the name", "authority": "Circuit Court 12"},
    "placed_on_leave": {"who": "officer-1", "leave": "administrative"},
    "published": {"item": "release 1", "by": "harrow-police"},
    "withheld": {"item": "the video", "by": "harrow-police"},
    "waived": {"rule": "leave after force", "for": "officer-1"},
    "assigned": {"reader": "officer@county"},
    "read_reviewed": {"item": "read:1"},
}
OFFICIAL = {"name": "police chief", "kind": "official", "party": "harrow-police"}
NEVER = ("automaton", "narrator", "unnamed", "witness", "involved", "relative")


def say(home: Path, kind: str, speaker: dict[str, Any], stance: str = "does") -> Any:
    line = statement(speaker=speaker, stance=stance, fact={"kind": kind, **ACTS[kind]})
    return whoseword(home, "say", "-", given=json.dumps(line))


@pytest.mark.parametrize("kind", ACTS)
def test_an_official_may(tmp_path: Path, kind: str) -> None:
    assert say(tmp_path, kind, OFFICIAL).exit_code == 0


@pytest.mark.parametrize("kind", ACTS)
def test_others_may_not(kind: str) -> None:
    for speaker in NEVER:
        given = statement(
            speaker={"name": "somebody", "kind": speaker},
            stance="does",
            fact={"kind": kind, **ACTS[kind]},
        )
        fault = LAW.act_fault(statement_from(given))
        assert fault is not None, speaker
        assert fault.field == "speaker.kind"
        assert "AC-" in fault.remedy


@pytest.mark.parametrize("kind", ["cleared", "disclosed", "sealed"])
def test_what_they_may_not_do_is_not_appended(tmp_path: Path, kind: str) -> None:
    done = say(tmp_path, kind, {"name": "somebody", "kind": "unnamed"})
    assert done.exit_code == 1
    assert "speaker.kind" in done.stderr
    assert "Nothing was appended" in done.stderr
    assert json.loads(whoseword(tmp_path, "verify", "--json").stdout)["books"] == []


def test_a_responder_clears_and_an_agency_or_a_record_does_not(tmp_path: Path) -> None:
    assert say(tmp_path, "cleared", {"name": "Sgt. Orr", "kind": "responder"}).exit_code == 0
    for kind in ("agency", "record"):
        assert say(tmp_path, "cleared", {"name": "county", "kind": kind}).exit_code == 1


def test_a_machine_may_hold_and_may_not_clear(tmp_path: Path) -> None:
    machine = {"name": "dispatch program", "kind": "automaton"}
    fact = {"kind": "held", "who": "clinician-1", "for": "engage"}
    line = statement(speaker=machine, stance="does", fact=fact)
    assert whoseword(tmp_path, "say", "-", given=json.dumps(line)).exit_code == 0
    assert say(tmp_path, "cleared", machine).exit_code == 1


@pytest.mark.parametrize("kind", ACTS)
def test_anybody_may_tell_that_it_was_done(tmp_path: Path, kind: str) -> None:
    paper = {"name": "Harrow Courier", "kind": "narrator"}
    assert say(tmp_path, kind, paper, stance="affirms").exit_code == 0


def test_a_prosecutors_home_takes_nothing_compelled(tmp_path: Path) -> None:
    whoseword(tmp_path, "init", "--owner", "prosecutor@ames")
    line = statement(book="county/personnel")
    done = whoseword(tmp_path, "say", "-", given=json.dumps(line))
    assert done.exit_code == 1
    assert "takes nothing of class personnel" in done.stderr


def test_what_a_document_tells_by_a_voice_that_may_not_clear_clears_nobody(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log.txt"
    lines = (
        "14:00:12 DISPATCH: UNITS 4A12 AND 4A15 RESPOND TO 12 ELM ST APT 3, POSSIBLE ASSAULT",
        "14:03:10 SGT ORR: CLINICIAN CLEARED TO ENGAGE",
        "14:04:00 SYSTEM: CLINICIAN CLEARED",
        "14:05:00 4A12: HOLD THE CLINICIAN",
        "14:06:00 UNKNOWN: CLINICIAN IS CLEARED TO APPROACH",
    )
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    home = tmp_path / "home"
    read = whoseword(home, "read", str(log), "--incident", "elm", "--json")
    drafts = [json.loads(line) for line in read.stdout.splitlines()]
    acts = [one for one in drafts if one["stance"] == "does"]
    # No machine and no voice that nobody knows clears anybody, not even in a draft.
    assert [(one["fact"]["kind"], one["speaker"]["kind"]) for one in acts] == [
        ("held", "responder")
    ]
    done = whoseword(home, "sign", "--incident", "elm", "--as", "Ana Ruiz", "--all")
    assert done.exit_code == 0, done.output
    told = json.loads(whoseword(home, "account", "elm", "--json").stdout)["statements"]
    assert [one["stance"] for one in told.values() if one["fact"]["kind"] == "held"] == ["does"]
    assert not [one for one in told.values() if one["fact"]["kind"] == "cleared"]
