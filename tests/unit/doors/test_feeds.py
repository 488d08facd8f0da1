"""Objects of a call center at the command line: taken in whole or not at all, sent out by reader."""

import base64
import json
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agencies import Agency, agency
from eido_objects import (
    CALLER,
    CLINICIAN,
    DOOR_LINE,
    LATER,
    OFFICER,
    PSAP,
    Json,
    an_object,
    civic,
    encoded,
    jcard,
    later,
    note,
    pidf,
)
from telling import told as said
from whoseword.intake.eido import check_eido, check_strictly
from whoseword.intake.eido.noted import note_of

CALLS = "dunmore-911/response/calls"
CHIEF = {"name": "Sergeant Orr", "kind": "official", "party": "dunmore-police"}


def at(minute: int) -> str:
    return f"2031-05-02T19:{minute:02d}:00Z"


@pytest.fixture
def center(tmp_path: Path) -> Agency:
    return agency(tmp_path, "dunmore-911", "supervisor")


def taken(
    center: Agency, value: Json, *options: object, minute: int = 4, book: str = CALLS
) -> dict[str, Any]:
    """What an import of an object gives as JSON."""
    file = center.home / "call.json"
    file.write_bytes(encoded(value))
    asked = ("import", "--format", "eido", file, "--book", book, "--incident", "elm", "--json")
    found: dict[str, Any] = json.loads(center.do(*asked, *options, now=at(minute)))
    return found


def written(center: Agency, *options: object, minute: int = 59) -> Json:
    """The object that an export gives."""
    asked = ("export", "elm", "--format", "eido", "--domain", PSAP)
    told: Json = json.loads(center.do(*asked, *options, now=at(minute)))
    check_strictly(check_eido(json.loads(json.dumps(told))))
    return told


def _within_jws(told: str) -> list[str]:
    """The events that signed log events hold."""
    payloads = re.findall(r'"payload":\s*"([A-Za-z0-9_-]+)"', told)
    return [base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)).decode() for one in payloads]


def advice(center: Agency, minute: int) -> dict[str, str]:
    told = json.loads(center.do("advise", "elm", "--at", at(minute), "--json", now=at(59)))
    return {row["who"]: row["advice"] for row in told["advice"]}


def test_a_call_is_taken_in_once_and_a_later_object_adds_what_is_new(center: Agency) -> None:
    first = taken(center, an_object())
    assert len(first["receipts"]) == 37
    assert taken(center, an_object())["receipts"] == []
    again = later(an_object(), note("note3", "Quiet now", OFFICER, LATER))
    assert len(taken(center, again, minute=10)["receipts"]) == 1
    assert "Every chain holds." in center.do("verify")


def test_a_new_call_brings_the_brief_of_its_door_at_once(center: Agency) -> None:
    center.says(
        incident="earlier", book="dunmore-911/response",
        speaker={"name": "crisis team", "kind": "agency", "party": "dunmore-crisis"},
        fact={"kind": "contact", "agency": "dunmore-crisis", "place": "118 Marlow St Unit 4, Dunmore MO",
              "outcome": "no_answer"},
        now=at(1),
    )  # fmt: skip
    [brief] = taken(center, an_object())["briefs"]
    assert brief["place"]["asked"] == DOOR_LINE
    assert [one["outcome"] for one in brief["contacts"]] == ["no_answer"]
    assert taken(center, an_object())["briefs"] == []
    reads = center.do("reads", "--json", "--reader", "auditor@dunmore-911", now=at(59))
    assert '"view":"brief"' in reads


def test_a_brief_that_is_not_wanted_is_not_drawn_up(center: Agency) -> None:
    assert taken(center, an_object(), "--no-brief")["briefs"] == []


def test_of_several_files_one_malformed_object_keeps_out_all(center: Agency) -> None:
    good, bad = center.home / "good.json", center.home / "bad.json"
    good.write_bytes(encoded(an_object()))
    spoilt = an_object()
    spoilt["callComponent"][0]["direction"] = "inwards"
    bad.write_bytes(encoded(spoilt))
    told = center.refused("import", "--format", "eido", good, bad, "--book", CALLS)
    assert (
        f"{bad}: $.callComponent[0].direction: 'inwards' is none of its words; use one of" in told
    )
    assert "Nothing was imported." in told
    assert json.loads(center.do("verify", "--json"))["books"] == []


def test_a_file_of_many_objects_tells_the_line_of_a_fault(center: Agency) -> None:
    file = center.home / "feed.jsonl"
    again = later(an_object(), note("note3", "Quiet now", OFFICER, LATER))
    file.write_bytes(encoded(an_object()) + b"\n\n" + encoded(again) + b"\n")
    told = center.do("import", "--format", "eido", file, "--book", CALLS, now=at(5))
    assert "2 read; 38 new statements of incident-" in told
    file.write_bytes(encoded(an_object()) + b"\n" + encoded(an_object(eidoVersion=1)) + b"\n")
    refused = center.refused("import", "--format", "eido", file, "--book", CALLS)
    assert f"{file}:2: $.eidoVersion: must be text" in refused


def test_standard_input_is_a_file_too(center: Agency) -> None:
    asked = ("import", "--format", "eido", "-", "--book", CALLS, "--json")
    told = json.loads(center.do(*asked, given=encoded(an_object()).decode()))
    assert told["objects"] == 1


def test_two_who_import_one_feed_at_once_keep_every_statement_once(tmp_path: Path) -> None:
    center = agency(tmp_path, "dunmore-911", "supervisor")
    file = center.home / "feed.jsonl"
    notes = [note(f"n{at}", f"note {at}") for at in range(12)]
    objects = [later(an_object(), *notes[: nth + 1]) for nth in range(12)]
    file.write_bytes(b"\n".join(map(encoded, objects)))
    asked = ("import", "--format", "eido", file, "--book", CALLS, "--incident", "elm", "--no-brief")

    def work() -> None:
        center.do(*asked)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    [book] = json.loads(center.do("verify", "--json"))["books"]
    assert book["size"] == 37 + 12


def test_what_was_sealed_does_not_come_back_by_the_feed(center: Agency) -> None:
    receipts = taken(center, an_object())["receipts"]
    told = json.loads(center.do("account", "elm", "--json", now=at(30)))["statements"]
    note1 = next(id_ for id_, one in told.items() if "not slept" in json.dumps(one["fact"]))
    center.do("seal", note1, "--book", CALLS, "--order", "order 7", "--as", "Ann Lee", now=at(31))
    assert len(receipts) == 37
    assert taken(center, an_object(), minute=32)["receipts"] == []
    assert "not slept" not in json.dumps(written(center))


@pytest.mark.parametrize("form", ["%Y-%m-%dT14:%M:%S.000-05:00", "%Y-%m-%dT19:%M:%SZ"])
def test_a_sealed_name_does_not_come_back_when_its_person_is_touched_later(
    center: Agency, form: str
) -> None:
    """Each object is the whole state: a role that is added sends the name along again."""
    early, late = (datetime(2031, 5, 2, 19, minute, tzinfo=UTC).strftime(form) for minute in (3, 9))
    value = an_object()
    value["personComponent"][1]["lastUpdateTimeStamp"] = early
    taken(center, value)
    told = json.loads(center.do("account", "elm", "--json", now=at(30)))["statements"]
    name = next(id_ for id_, one in told.items() if "Tomas" in json.dumps(one["fact"]))
    center.do("seal", name, "--book", CALLS, "--order", "order 7", "--as", "Ann Lee", now=at(31))
    again = later(value)
    again["personComponent"][1]["lastUpdateTimeStamp"] = late
    again["personComponent"][1]["personIncidentRoleRegistryText"] = ["Patient", "Victim"]
    assert taken(center, again, minute=32)["receipts"] != []
    assert "Tomas" not in json.dumps(written(center))


def test_an_incident_goes_out_as_the_reader_may_open_it(center: Agency) -> None:
    taken(center, an_object())
    center.says(
        book="dunmore-911/incident/notes", speaker=CHIEF, now=at(6),
        fact={"kind": "injured", "who": "man", "means": "fall"},
    )  # fmt: skip
    whole = json.dumps(written(center))
    assert "means: fall" in whole
    officer = json.dumps(written(center, "--reader", "officer@dunmore-police"))
    assert "means: fall" not in officer
    assert CALLER in officer
    stranger = json.dumps(written(center, "--reader", "public@street"))
    assert "Marlow" not in stranger
    assert CALLER not in stranger


def test_an_export_without_a_domain_names_none_that_exists(center: Agency) -> None:
    taken(center, an_object())
    told = json.loads(center.do("export", "elm", "--format", "eido", now=at(59)))
    assert told["issuingElementIdentification"] == "dunmore-911.invalid"


def test_a_file_is_written_whole_and_registered_as_a_copy(center: Agency) -> None:
    taken(center, an_object())
    out = center.home / "out.json"
    told = center.do("export", "elm", "--format", "eido", "--out", out, now=at(59))
    assert told == f"Wrote {out}.\n"
    assert json.loads(out.read_bytes())["eidoVersion"] == "1.0"
    told = json.loads(center.do("account", "elm", "--json", now=at(59)))
    first = next(iter(told["statements"]))
    sealed = center.do(
        "seal", first, "--book", CALLS, "--order", "order 7", "--as", "Ann Lee", now=at(59)
    )
    assert str(out) in sealed


def test_a_confidential_address_is_covered_in_what_goes_out(center: Agency) -> None:
    taken(center, an_object())
    center.do(
        "confidential", "--place", "118 Marlow Street Unit 4", "--substitute", "PO Box 9, Capital City",
        "--authority", "RSMo 589.669", "--as", "Ann Lee",
    )  # fmt: skip
    told = json.dumps(written(center))
    assert "PO Box 9" in told
    assert "Marlow" not in told


@pytest.mark.parametrize("view", ["account", "export --format eido", "export --format logevents"])
def test_a_confidential_address_is_covered_where_each_of_its_words_has_a_field(
    center: Agency, view: str
) -> None:
    """NIEM has a field for a number and one for a street; a cross street has them in any order."""
    value = an_object()
    value["personComponent"][1]["ncPersonComponent"]["residence"] = [
        {"address": [{"street": [{"streetNumberText": [{"value": "0118"}],
                                  "streetName": [{"value": "Marlow"}]}]}]}
    ]  # fmt: skip
    value["locationComponent"][2]["crossStreetByValue"] = [pidf(civic(RD="Marlow", HNO="118"))]
    taken(center, value)
    center.do(
        "confidential", "--place", "118 Marlow Street Unit 4", "--substitute", "PO Box 9, Capital City",
        "--authority", "RSMo 589.669", "--as", "Ann Lee",
    )  # fmt: skip
    command, *options = view.split()
    as_json = ["--json"] if command == "account" else []
    told = center.do(command, "elm", *options, *as_json, now=at(59))
    for encoded_once in (told, *_within_jws(told)):
        assert "Marlow" not in encoded_once
    assert "Tomas" in "".join((told, *_within_jws(told)))


def test_an_address_in_the_names_of_fields_is_covered_too(center: Agency) -> None:
    """A newer draft may have any component, and a sender any names in it."""
    taken(center, an_object(siteComponent=[{"$id": "site-1", "118": {"Marlow": "Tomas"}}]))
    center.do(
        "confidential", "--place", "118 Marlow Street Unit 4", "--substitute", "PO Box 9, Capital City",
        "--authority", "RSMo 589.669", "--as", "Ann Lee",
    )  # fmt: skip
    assert "Marlow" not in json.dumps(written(center))


def test_a_peer_s_note_of_a_weapon_counts_though_a_closed_book_of_ours_tells_the_same(
    center: Agency,
) -> None:
    """Advice draws on no inquiry: left out here, the gun would stand nowhere that holds anybody."""
    gun = said("armed", by=CHIEF, who="man", weapon="gun")
    taken(center, an_object())
    center.says(
        book=CALLS, speaker=CHIEF, stance="does", now=at(8),
        fact={"kind": "cleared", "who": CLINICIAN, "for": "engage"},
    )  # fmt: skip
    center.says(
        id=gun.id, book="dunmore-911/inquiry/file", speaker=CHIEF, now=at(9),
        fact={"kind": "armed", "who": "man", "weapon": "gun"}, said=gun.said, basis=gun.basis.value,
    )  # fmt: skip
    assert advice(center, 9)[CLINICIAN] == "may_engage"
    taken(center, later(an_object(), note("note3", note_of(gun), OFFICER, LATER)), minute=10)
    assert advice(center, 10)[CLINICIAN] == "hold"


def test_the_call_from_its_first_word_to_the_knife(center: Agency) -> None:
    """The clinician is held; cleared; a note tells of a knife, and nobody has read it; then one has."""
    taken(center, an_object(), minute=4)
    assert advice(center, 5)[CLINICIAN] == "hold"
    center.says(
        book=CALLS, speaker=CHIEF, stance="does", now=at(8),
        fact={"kind": "cleared", "who": CLINICIAN, "for": "engage"},
    )  # fmt: skip
    assert advice(center, 9)[CLINICIAN] == "may_engage"
    knife = later(an_object(), note("note3", "Caller now says he holds a knife", OFFICER, LATER))
    told = taken(center, knife, minute=10)
    [look] = told["look_at"]
    assert told["cleared_before"] == [
        {"incident": "elm", "who": CLINICIAN, "cleared_by": "Sergeant Orr", "unread": [look]}
    ]
    assert advice(center, 10)[CLINICIAN] == "may_engage"
    shown = " ".join(center.do("advise", "elm", "--at", at(10), now=at(59)).split())
    assert "whoever cleared had not seen 1 note by a feed, and nobody has read them since" in shown
    assert "MAY TELL OF A WEAPON: “Caller now says he holds a knife”" in shown
    going_out = json.dumps(written(center, minute=10))
    assert "notes that came since, not seen by whoever cleared: 1" in going_out
    center.says(
        book=CALLS, speaker=CHIEF, hedge="reported", now=at(11),
        fact={"kind": "armed", "who": "man", "weapon": "knife"},
    )  # fmt: skip
    assert advice(center, 12)[CLINICIAN] == "hold"
    moments = json.loads(center.do("replay", "elm", "--json", now=at(59)))["moments"]
    by_moment = {
        one["at"]: {row["who"]: row["advice"] for row in one["advice"]}[CLINICIAN]
        for one in moments
    }
    assert by_moment == {at(4): "hold", at(8): "may_engage", at(10): "may_engage", at(11): "hold"}
    assert moments[0]["brief"]["place"]["asked"] == DOOR_LINE
    notes = [one["notesActionComments"] for one in written(center)["notesComponent"]]
    assert any("HOLD" in one and CLINICIAN in one for one in notes)
    assert any("(reportedly): armed(who=man), weapon: knife" in one for one in notes)


def test_a_weapon_in_a_note_is_pointed_out_to_people(center: Agency) -> None:
    file = center.home / "call.json"
    value = later(an_object(), note("note3", "he holds a KNIFE", OFFICER, LATER))
    value["incidentComponent"]["incidentTypeCommonRegistryText"] = "WEAPON"
    file.write_bytes(encoded(value))
    told = center.do("import", "--format", "eido", file, "--book", CALLS, "--no-brief")
    assert (
        f"LOOK: may tell of a weapon, and nobody has read it: he holds a KNIFE ({OFFICER};" in told
    )
    assert "MAY ENGAGE" not in told, "nobody is cleared"
    assert "classified as WEAPON, 2" in told


def test_a_peer_s_object_never_makes_anybody_free_to_engage(tmp_path: Path) -> None:
    """A clearance told in a note, forged or not, is a note."""
    here, there = (agency(tmp_path, name, "supervisor") for name in ("dunmore-911", "elm-911"))
    taken(here, an_object())
    here.says(
        book=CALLS, speaker=CHIEF, stance="does", now=at(8),
        fact={"kind": "cleared", "who": CLINICIAN, "for": "engage"},
    )  # fmt: skip
    value = written(here)
    assert "cleared" in json.dumps(value)
    taken(there, value, book="elm-911/response/calls")
    assert advice(there, 20)[CLINICIAN] == "hold"


def test_a_unit_of_a_program_s_card_has_no_program_among_its_people(center: Agency) -> None:
    value = an_object()
    value["agentComponent"][1]["agentJcard"] = jcard("Tracker", kind="device")
    taken(center, value)
    assert set(advice(center, 20)) == {CLINICIAN}


def test_the_formats_that_are_not_there_are_told_at_the_command_line(center: Agency) -> None:
    for command in ("import", "export"):
        done = center.run(command, "x", "--format", "fax")
        assert done.exit_code == 2


def test_bytes_that_are_no_object_lose_nothing(center: Agency) -> None:
    file = center.home / "x.json"
    for content in (b"", b"{", b"null", b"\x00\x01", b'{"a": 1}\n{"a": 2}\n'):
        file.write_bytes(content)
        assert "Nothing was imported." in center.refused(
            "import", "--format", "eido", file, "--book", CALLS
        )


def test_what_a_sender_writes_cannot_steer_the_terminal(center: Agency) -> None:
    file = center.home / "call.json"
    value = later(an_object(), note("note3", "knife \x1b[2J gone", OFFICER, LATER))
    file.write_bytes(encoded(value))
    told = center.do("import", "--format", "eido", file, "--book", CALLS, "--no-brief")
    assert "\x1b" not in told
    assert "knife \\x1b[2J gone" in told


def test_names_that_say_nothing_are_refused_at_the_command_line(center: Agency) -> None:
    file = center.home / "call.json"
    file.write_bytes(encoded(an_object()))
    assert (
        center.run("import", "--format", "eido", file, "--book", CALLS, "--feed", " ").exit_code
        == 2
    )
    assert center.run("export", "elm", "--format", "eido", "--domain", "a b").exit_code == 2
