"""The brief for a call as it comes in: by a feed, by a form, by a dispatch system, and asked for."""

import json
from pathlib import Path
from typing import Any

import pytest

from agencies import Agency, agency
from dispatch_export import export_of, map_file, row
from eido_objects import (
    DOOR,
    DOOR_LINE,
    LATER,
    OFFICER,
    POLICE,
    Json,
    an_object,
    civic,
    encoded,
    later,
    note,
    pidf,
    uid,
)

CALLS = "dunmore-911/response/calls"
TEAM = {"name": "crisis team", "kind": "agency", "party": "dunmore-crisis"}
TOMAS = "Tomas Varga, 1996-08-21"


def at(minute: int) -> str:
    return f"2031-05-02T19:{minute:02d}:00Z"


@pytest.fixture
def center(tmp_path: Path) -> Agency:
    return agency(tmp_path, "dunmore-911", "dispatcher")


def contact(center: Agency, **parts: Any) -> str:
    """That the crisis team had a contact at the door before; its id."""
    fact = {"kind": "contact", "agency": "dunmore-crisis", "place": "118 Marlow St Apt 4, Dunmore, MO 65101",
            "outcome": "no_answer", "about": TOMAS}  # fmt: skip
    own = {"incident": "earlier", "book": "dunmore-911/response", "speaker": TEAM}
    return center.says(**(own | {"fact": fact | parts.pop("slots", {}), "now": at(1)} | parts))


def taken(center: Agency, value: Json, *options: object, minute: int = 4) -> dict[str, Any]:
    """What an import of an object gives as JSON."""
    file = center.home / "call.json"
    file.write_bytes(encoded(value))
    asked = ("import", "--format", "eido", file, "--book", CALLS, "--incident", "elm", "--json")
    found: dict[str, Any] = json.loads(center.do(*asked, *options, now=at(minute)))
    return found


def brief(center: Agency, *options: object, minute: int = 59) -> dict[str, Any]:
    asked = ("brief", "--incident", "elm", "--json")
    found: dict[str, Any] = json.loads(center.do(*asked, *options, now=at(minute)))
    return found


def placed(**elements: str) -> Json:
    """The object with another address of the incident."""
    value = an_object()
    value["locationComponent"][0]["locationByValue"] = pidf(civic(**(DOOR | elements)))
    return value


# --- A call center's object


def test_the_people_of_a_new_call_are_looked_up_with_its_door(center: Agency) -> None:
    said = contact(center)
    told = taken(center, an_object())
    [drawn], [call] = told["briefs"], told["calls"]
    assert (drawn["unit"], drawn["person"]) == ([said], [said])
    assert [one["asked"] for one in call["people"]] == ["Ines Varga", TOMAS]
    assert call["places"][0]["told"] == "plain"
    assert (call["incident"], "briefs" in call) == ("elm", False)


@pytest.mark.parametrize(
    "elements",
    [
        {"A2": "Cole County"},
        {"PC": "65101"},
        {"NAM": "Harbor View"},
        {"LMK": "behind the mill"},
        {"LOC": "side door"},
        {"A4": "Northside", "A2": "Cole County", "PC": "65101", "NAM": "Harbor View"},
    ],
    ids="+".join,
)
def test_a_county_or_a_landmark_beside_an_address_hides_no_history(
    center: Agency, elements: dict[str, str]
) -> None:
    said = contact(center)
    assert taken(center, placed(**elements))["briefs"][0]["unit"] == [said]


def test_when_the_door_is_told_later_its_brief_is_drawn_up_then(center: Agency) -> None:
    value = an_object(locationComponent=[])
    for component in (value["incidentComponent"], value["callComponent"][0]):
        component["locationReference"] = []
    [call] = taken(center, value)["calls"]
    assert call["places"] == []
    said = contact(center)
    moved = later(an_object())
    assert taken(center, moved, minute=10)["briefs"][0]["unit"] == [said]


def test_neither_a_note_nor_a_unit_that_moves_asks_for_the_brief_again(center: Agency) -> None:
    taken(center, an_object())
    value = later(an_object(), note("n3", "Quiet now", OFFICER, LATER))
    value["emergencyResourceComponent"][0] |= {
        "secondaryUnitStatusRegistryText": ["OnScene"],
        "lastUpdateTimeStamp": LATER,
    }
    told = taken(center, value, minute=10)
    assert len(told["receipts"]) > 1
    assert told["calls"] == []


def test_another_agencys_place_is_disputed_and_each_place_has_its_brief(center: Agency) -> None:
    taken(center, an_object())
    value = later(placed(HNO="120"))
    value["locationComponent"][0] |= {
        "lastUpdateTimeStamp": LATER,
        "updatedByAgencyReference": {"$ref": POLICE},
        "updatedByAgentReference": {"$ref": OFFICER},
    }
    told = taken(center, value, minute=10)
    assert [one["place"]["asked"] for one in told["briefs"]] == [
        DOOR_LINE.replace("118", "120"),
        DOOR_LINE,
    ]
    assert [one["disputed"] for one in told["calls"][0]["places"]] == [True, True]
    words = center.do("brief", "--incident", "elm", now=at(11))
    assert "DISPUTED" in words
    assert "Several places are told; each has its own brief below." in words


def test_a_call_of_which_only_a_position_is_known_has_no_address_to_look_under(
    center: Agency,
) -> None:
    value = an_object()
    value["locationComponent"] = [value["locationComponent"][1]]
    value["incidentComponent"]["locationReference"] = []
    value["locationComponent"][0]["locationTypeDescriptionRegistryText"] = "CurrentIncident"
    told = taken(center, value)
    assert told["briefs"][0]["place"]["read_as"] == ""
    assert "no address to look under; ask for one" in center.do(
        "brief", "--incident", "elm", now=at(5)
    )


def test_of_a_reader_who_may_not_open_the_book_nothing_of_the_call_is_told(center: Agency) -> None:
    told = taken(center, an_object(), "--reader", "public@street")
    assert "Marlow" not in json.dumps(told)
    assert "Varga" not in json.dumps(told)
    assert told["calls"][0]["places"] == []


def test_for_people_the_receipt_stands_first_and_the_brief_after_it(center: Agency) -> None:
    file = center.home / "call.json"
    file.write_bytes(encoded(an_object()))
    asked = ("import", "--format", "eido", file, "--book", CALLS, "--incident", "elm")
    words = center.do(*asked, now=at(4))
    assert words.startswith("1 read; 37 new statements of elm")
    assert words.index("37 new statements") < words.index("prior contact at the door")
    assert "(no day of birth is told: whatever is found is possible, ask)" in " ".join(
        words.split()
    )


# --- A form


def called(center: Agency, *lines: str, options: tuple[str, ...] = (), minute: int = 4) -> str:
    given = "".join(f"{line}\n" for line in lines)
    asked = ("call", "elm", "--as", "Ann Lee", *options)
    return center.do(*asked, given=given, now=at(minute))


def test_in_a_live_call_the_brief_comes_as_soon_as_the_place_is_said(center: Agency) -> None:
    contact(center)
    words = called(center, "118 Marlow Street Apt 4", "/say", "a man is shouting", "/leave")
    assert words.index("prior contact at the door") < words.index("3/7")
    asked_again = words.rindex("2/7 What is happening?")
    assert asked_again > words.index("No record here does not mean safe."), "the call goes on"
    assert "contact by dunmore-crisis: no answer" in words
    again = called(center, "", "", "", "", "", "say", minute=9)
    assert again.count("prior contact at the door") == 1


def test_at_the_end_of_a_form_it_comes_once_and_not_again(center: Agency) -> None:
    words = called(center, "118 Marlow Street Apt 4", "/say", *("", "", "", "", "", ""), "say")
    assert words.count("prior contact at the door") == 1


def test_a_call_without_a_place_says_at_its_end_that_none_is_told(center: Agency) -> None:
    words = called(center, "?", "a man is shouting", "", "", "", "", "", "say")
    assert "nobody tells a place that this reader opens. Ask for the address." in words
    assert "No record here does not mean safe." in words


def test_a_brief_that_is_not_wanted_is_not_drawn_up_for_a_form(center: Agency) -> None:
    words = called(center, "118 Marlow Street", *[""] * 6, "say", options=("--no-brief",))
    assert "prior contact" not in words


# --- A dispatch system


ROWS = (
    row("14:15:40", note="RP HEARS SHOUTING", by="T7", place="118 Marlow Street Apt 4"),
    row("14:16:05", unit="C3", status="DISP", by="D12", place="118 Marlow Street Apt 4"),
)
"""Two rows of one call."""


@pytest.fixture
def export(center: Agency) -> tuple[object, ...]:
    """The options of a command that takes an export."""
    file = center.home / "export.csv"
    file.write_bytes(export_of(*ROWS))
    return (file, "--map", map_file(center.home), "--book", CALLS)


@pytest.mark.parametrize("command", [("cad",), ("import", "--format", "cad")])
def test_a_system_that_hands_its_calls_over_has_the_brief_of_each(
    center: Agency, export: tuple[object, ...], command: tuple[str, ...]
) -> None:
    contact(center)
    now = "2031-12-01T00:00:00Z"
    dry = center.do(*command, *export, "--brief", "--dry-run", now=now)
    assert "prior contact" not in dry
    told = center.do(*command, *export, "--brief", "--json", now=now)
    *receipts, drawn = [json.loads(line) for line in told.splitlines()]
    assert [sorted(one) for one in receipts] == [["book", "hash", "id", "seq"]] * 5
    assert [one["outcome"] for one in drawn["briefs"][0]["contacts"]] == ["no_answer"]
    again = center.do(*command, *export, "--brief", now=now)
    assert "prior contact" not in again, "it came in before"


def test_an_export_of_calls_that_are_over_has_no_briefs(
    center: Agency, export: tuple[object, ...]
) -> None:
    assert "prior contact" not in center.do("cad", *export, now="2031-12-01T00:00:00Z")


def test_import_of_an_export_is_the_same_as_the_command_of_its_own(
    tmp_path: Path, export: tuple[object, ...]
) -> None:
    one, other = (agency(tmp_path, name, "dispatcher") for name in ("one", "other"))
    now = "2031-12-01T00:00:00Z"
    given = (*export, "--incident", "elm")
    assert one.do("cad", *given, now=now) == other.do("import", "--format", "cad", *given, now=now)
    assert one.account(now=now)["statements"] == other.account(now=now)["statements"]
    dry = ("--dry-run", "--json")
    assert one.do("cad", *given, *dry, now=now) == other.do(
        "import", "--format", "cad", *given, *dry, now=now
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--format", "cad", "FILE"), "--format cad needs --map MAP.toml"),
        (("--format", "cad", "-", "--map", "MAP"), "reads files and no standard input"),
        (("--format", "cad", "FILE", "--map", "MAP", "--feed", "x"), "--feed cannot be said with"),
        (("--format", "eido", "FILE", "--dry-run"), "--dry-run cannot be said with --format eido"),
        (("--format", "contacts", "FILE"), "contacts are read from files, by a map"),
    ],
)
def test_what_does_not_belong_to_a_format_is_told_and_nothing_is_taken(
    center: Agency, export: tuple[object, ...], options: tuple[str, ...], told: str
) -> None:
    names = {"FILE": export[0], "MAP": export[2]}
    done = center.run("import", *(names.get(one, one) for one in options), "--book", CALLS)
    assert done.exit_code == 2
    assert told in done.stderr
    assert json.loads(center.do("verify", "--json"))["books"] == []


# --- Asked for


def test_it_is_asked_by_incident_as_of_any_moment(center: Agency) -> None:
    taken(center, an_object(), "--no-brief", minute=10)
    said = contact(center, now=at(20))
    assert brief(center, "--at", at(5))["places"] == []
    assert brief(center, "--at", at(15))["briefs"][0]["unit"] == []
    assert brief(center, "--at", at(25))["briefs"][0]["unit"] == [said]


def test_the_replay_shows_the_brief_that_was_drawn_up_at_each_moment(center: Agency) -> None:
    contact(center)
    drawn = taken(center, an_object())["briefs"]
    taken(center, later(an_object(), note("n3", "Quiet now", OFFICER, LATER)), minute=10)
    moments = json.loads(center.do("replay", "elm", "--json", now=at(59)))["moments"]
    assert [moments[0]["brief"], *moments[0]["other_briefs"]] == drawn
    asked = brief(center, "--at", moments[1]["at"])["briefs"]
    assert [moments[1]["brief"], *moments[1]["other_briefs"]] == asked


def test_in_a_replay_a_place_that_moved_is_another_and_a_disputed_one_has_both(
    center: Agency,
) -> None:
    taken(center, an_object())
    moved = later(placed(HNO="120"))
    moved["locationComponent"][0]["lastUpdateTimeStamp"] = LATER
    taken(center, moved, minute=10)
    fact = {"kind": "located", "what": "call-1", "place": "7 Mill Street"}
    center.says(book=CALLS, incident="elm", speaker=TEAM, fact=fact, now=at(12))
    moments = json.loads(center.do("replay", "elm", "--json", now=at(59)))["moments"]
    houses = [
        [one["place"]["asked"].split()[0] for one in (moment["brief"], *moment["other_briefs"])]
        for moment in moments
    ]
    assert houses == [["118"], ["120"], ["7", "120"]]
    assert "where: 7 Mill Street; or 120 Marlow Street" in " ".join(
        center.do("replay", "elm", now=at(59)).split()
    )


def test_in_a_replay_the_callers_own_place_is_not_the_calls(center: Agency) -> None:
    value = an_object()
    value["locationComponent"] = [value["locationComponent"][0]]
    value["locationComponent"][0]["locationTypeDescriptionRegistryText"] = "Caller"
    value["incidentComponent"]["locationReference"] = []
    value["callComponent"][0]["locationReference"] = [{"$ref": uid("door")}]
    [call] = taken(center, value)["calls"]
    assert [one["instead"] for one in call["places"]] == ["where the caller is"]
    assert "not the call's own place: where the caller is" in " ".join(
        center.do("brief", "--incident", "elm", now=at(5)).split()
    )
    [moment] = json.loads(center.do("replay", "elm", "--json", now=at(59)))["moments"]
    assert moment["brief"] is None
    assert [one["place"]["asked"] for one in moment["other_briefs"]] == [DOOR_LINE]


def test_a_replay_takes_its_place_from_the_books_that_it_draws_on(center: Agency) -> None:
    center.says(book="dunmore-911/inquiry/file", incident="elm", speaker=TEAM, now=at(2),
                fact={"kind": "located", "what": "call-1", "place": DOOR_LINE})  # fmt: skip
    center.says(book=CALLS, incident="elm", speaker=TEAM, now=at(3),
                fact={"kind": "other", "text": "a man is shouting"})  # fmt: skip
    oversight = ("--reader", "oversight@county", "--purpose", "inquiry")
    assert len(brief(center, *oversight)["places"]) == 1
    [moment] = json.loads(center.do("replay", "elm", "--json", *oversight, now=at(59)))["moments"]
    assert (moment["brief"], moment["other_briefs"]) == (None, [])


def test_what_a_reader_may_not_open_changes_no_byte_of_a_brief_or_a_replay(center: Agency) -> None:
    taken(center, an_object())
    officer = ("--reader", "officer@dunmore-police")

    def told() -> tuple[str, ...]:
        return (
            center.do("brief", "--incident", "elm", "--json", *officer, now=at(59)),
            center.do("brief", "--incident", "elm", *officer, now=at(59)),
            center.do("replay", "elm", "--json", *officer, now=at(59)),
            center.do("advise", "elm", "--json", *officer, now=at(59)),
        )

    before = told()
    hidden = "dunmore-911/incident/notes"
    contact(center, book="childrens-division/child_welfare/visits")
    for fact in (
        {"kind": "located", "what": "call-1", "place": "7 Mill Street"},
        {"kind": "named", "who": "man", "name": "Tomas Varga, 1990-01-01"},
        {"kind": "other", "text": "he holds a knife"},
    ):
        center.says(incident="elm", book=hidden, speaker=TEAM, fact=fact, now=at(20), reviewed=False,
                    source={"feed": "idx.psap.example", "message": "m"})  # fmt: skip
    assert told() == before


def test_an_address_and_an_incident_are_not_asked_at_once(center: Agency) -> None:
    for options in (
        (),
        ("--address", "a", "--incident", "elm"),
        ("--incident", "elm", "--person", "A B"),
    ):
        assert center.run("brief", *options).exit_code == 2


def test_it_is_logged_like_every_view(center: Agency) -> None:
    taken(center, an_object(), "--no-brief")
    brief(center, "--reader", "officer@dunmore-police")
    reads = center.do("reads", "--json", "--reader", "auditor@dunmore-911", now=at(59))
    mine = [one for one in map(json.loads, reads.splitlines()) if "officer" in one["reader"]]
    assert {(one["view"], one["incident"]) for one in mine} == {("brief", "elm"), ("brief", "")}


def test_who_finds_their_own_door_in_a_call_is_put_up_for_review(center: Agency) -> None:
    center.do("staff", "dispatcher@dunmore-911", "--name", "Ben Ode",
              "--address", "118 Marlow St Apt 4, Dunmore MO")  # fmt: skip
    taken(center, an_object())
    assert "Ben Ode looked up their own household" in center.do("reviews", now=at(5))
    center.do("replay", "elm", now=at(6))
    assert center.do("reviews", now=at(7)).count("their own household") == 2


def test_who_took_the_call_has_not_looked_themselves_up(center: Agency) -> None:
    center.do("staff", "dispatcher@dunmore-911", "--name", "Rosa Lind", "--address", "3 Mill St")
    taken(center, an_object())
    assert "Rosa Lind" not in center.do("reviews", now=at(5))


def test_a_confidential_address_is_compared_and_never_shown(center: Agency) -> None:
    said = contact(center)
    center.do("confidential", "--place", "118 Marlow Street Unit 4", "--authority", "RSMo 589.669",
              "--substitute", "PO Box 9, Capital City", "--as", "Ann Lee")  # fmt: skip
    told = taken(center, an_object())
    moments = json.loads(center.do("replay", "elm", "--json", now=at(59)))["moments"]
    for drawn in (told["briefs"][0], brief(center)["briefs"][0], moments[0]["brief"]):
        assert drawn["unit"] == [said]
        assert drawn["place"]["asked"].startswith("PO Box 9")
    for shown in (told, moments, brief(center)):
        assert "Marlow" not in json.dumps(shown)
        assert "MARLOW" not in json.dumps(shown)


def test_a_clock_that_was_set_back_leaves_out_no_call_that_has_just_come_in(center: Agency) -> None:
    contact(center, now=at(30))
    told = taken(center, an_object(), minute=4)
    assert told["calls"][0]["places"][0]["place"] == DOOR_LINE
    assert len(told["briefs"][0]["unit"]) == 1
    before = brief(center, minute=5)
    contact(center, book="childrens-division/child_welfare/visits", now=at(50))
    assert brief(center, minute=5) == before, "what is hidden moves no clock that is shown"


def test_a_brief_that_cannot_be_drawn_up_takes_nothing_back(
    center: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoseword.doors.cli import calls_in
    from whoseword.words import WhoseWordError

    def fails(*_: object) -> None:
        raise WhoseWordError("the disk is full")

    monkeypatch.setattr(calls_in, "make_call_brief", fails)
    file = center.home / "call.json"
    file.write_bytes(encoded(an_object()))
    done = center.run("import", "--format", "eido", file, "--book", CALLS, "--incident", "elm")
    assert done.exit_code == 0
    assert "37 new statements" in done.stdout
    assert (
        "all of it is said and stands; no brief could be drawn up (the disk is full)" in done.stderr
    )


def test_a_component_s_id_is_no_name(center: Agency) -> None:
    taken(center, an_object())
    assert uid("man") not in json.dumps(brief(center)["people"])
