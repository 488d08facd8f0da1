"""A call from its first word to the last: who could have known what, and on whose word, at each moment.

A woman calls 911 about her brother. Three agencies have been at that door, each with a book of its own.
A clinician rides along. Nobody knows of a weapon, so she is held; a sergeant clears her; and the word
of a knife, written down before he did, arrives after it.

The call is told once, as people at a desk would tell it (``the_call``). Each test below is a question
that somebody asks afterwards. The afternoon, by the home's clock:

    14:04  the call arrives as an object of the call center (EIDO); the brief is there at once
    14:05  unit C7 is sent: an officer and a clinician
    14:08  the sergeant clears the clinician
    14:10  an object brings a note of 14:06 that tells of a knife: it is pointed out, and nobody has
           read it; the clearance stands
    14:12  the dispatcher has read it, and says so: hold
    14:13  another clearance arrives, said at 14:07: it clears nothing that it had not seen
    14:15  the sergeant has seen the knife, and clears anew; at 14:17 the clinician goes in
    14:20  the police send an object of theirs with a gun in it, into a book that the clinician may
           not open: hold, and the rule alone
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agencies import Agency, agency
from eido_objects import (
    AT,
    CLINICIAN,
    DOOR_LINE,
    LATER,
    OFFICER,
    Json,
    an_object,
    encoded,
    note,
)

CALLS = "dunmore-911/response/calls"
RADIO = "dunmore-police/response/radio"
SHARED = "dunmore-police/incident/shared"
DOOR = "118 Marlow St Apt 4, Dunmore, MO"
TOMAS = "Tomas Varga, 1996-08-21"
SERGEANT = {"name": "Sergeant Orr", "kind": "official", "party": "dunmore-police"}

DISPATCH = "dispatcher@dunmore-911"
SOTO = "clinician@dunmore-crisis"
ORR = "supervisor@dunmore-police"
WRITTEN = "2031-05-02T14:06:00.000-05:00"


def at(clock: str) -> str:
    """A time of the afternoon in Dunmore, five hours behind UTC."""
    hour, minute = clock.split(":")
    return f"2031-05-02T{int(hour) + 5:02d}:{minute}:00Z"


class Call(NamedTuple):
    """What was done at the dispatch desk, and what it answered then."""

    home: Agency
    came_in: dict[str, Any]
    shown: str
    pointed_out: dict[str, Any]
    replayed_by_then: list[dict[str, Any]]
    ids: dict[str, str]

    def asks(self, command: str, reader: str, clock: str | None = None) -> dict[str, Any]:
        """What a reader is answered, long afterwards; as of a time of the afternoon where one is named."""
        when = ("--at", at(clock)) if clock else ()
        found: dict[str, Any] = json.loads(
            self.home.do(*command.split(), *when, "--reader", reader, "--json", now=AFTERWARDS)
        )
        return found

    def clinician(self, reader: str, clock: str) -> dict[str, Any]:
        """The advice on the clinician at a time, for a reader."""
        rows: list[dict[str, Any]] = self.asks("advise marlow", reader, clock)["advice"]
        return next(row for row in rows if row["who"] == CLINICIAN)

    def replay(self, reader: str) -> dict[str, dict[str, Any]]:
        """The moments of the call for a reader, by the clock in Dunmore."""
        moments = self.asks("replay marlow", reader)["moments"]
        return {f"{int(one['at'][11:13]) - 5}:{one['at'][14:16]}": one for one in moments}


AFTERWARDS = "2031-09-01T12:00:00Z"


# --- The afternoon


@pytest.fixture(scope="module")
def the_call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """The call, told once."""
    folder = tmp_path_factory.mktemp("dunmore")
    home = agency(folder, "dunmore-911", "dispatcher")
    ids = _what_agencies_had_written_before(home)

    file = folder / "object.json"
    file.write_bytes(encoded(_object(AT)))
    came_in = _taken(home, file, "14:04", "--json")
    shown = home.do("brief", "--incident", "marlow", now=at("14:04"))
    file.write_bytes(encoded(_object("2031-05-02T14:05:00.000-05:00", sent=True)))
    _taken(home, file, "14:05", "--json")

    ids["cleared"] = _says(home, "14:08", _clearance(), book=RADIO)
    late_note = note("note3", "Neighbor saw him take a kitchen knife", OFFICER, WRITTEN)
    file.write_bytes(encoded(_object(LATER, late_note, sent=True)))
    pointed_out = _taken(home, file, "14:10", "--json")

    [ids["note"]] = pointed_out["look_at"]
    by_then = home.do("replay", "marlow", "--reader", ORR, "--json", now=at("14:11"))

    knife = {"kind": "armed", "who": "man", "weapon": "kitchen knife"}
    heard = {
        "speaker": {"name": "neighbor", "kind": "witness"},
        "via": [{"name": OFFICER, "kind": "responder"}],
    }
    ids["knife"] = _says(
        home, "14:12", knife, stance="affirms", signed_by="Rosa Lind", book=CALLS, **heard
    )
    ids["late"] = _says(home, "14:13", _clearance(), book=RADIO, said=at("14:07"))
    ids["anew"] = _says(home, "14:15", _clearance(having_seen=ids["knife"]), book=RADIO)
    engaged = {"kind": "engaged", "who": CLINICIAN, "whom": "man"}
    _says(home, "14:17", engaged, stance="affirms", book=RADIO)

    file.write_bytes(_sent_by_the_police(folder))
    _taken(home, file, "14:20", "--json", book=SHARED)
    opened = home.do("account", "marlow", "--reader", ORR, "--json", now=at("14:21"))
    [ids["gun"]] = (
        id_
        for id_, one in json.loads(opened)["statements"].items()
        if one["fact"].get("weapon") == "gun"
    )
    return Call(home, came_in, shown, pointed_out, json.loads(by_then)["moments"], ids)


def _what_agencies_had_written_before(home: Agency) -> dict[str, str]:
    """Three visits at that door, each in its agency's own book."""
    found = {}
    for name, book, outcome, day in (
        ("dunmore-crisis", "dunmore-crisis/response/visits", "no_answer", "2031-04-18"),
        ("dunmore-police", "dunmore-police/criminal_justice/reports", "answered", "2030-11-02"),
        ("childrens-division", "childrens-division/child_welfare/visits", "answered", "2031-04-29"),
    ):
        fact = {"kind": "contact", "agency": name, "place": DOOR, "outcome": outcome,
                "about": TOMAS, "happened": day}  # fmt: skip
        speaker = {"name": name, "kind": "agency", "party": name}
        found[name] = home.says(
            incident=f"{name}-{day}", book=book, speaker=speaker, fact=fact, now=at("9:00")
        )
    return found


def _object(sent_at: str, *notes: Json, sent: bool = False) -> Json:
    """The call center's object as it was at a moment; the units in it once they are sent."""
    value = an_object() if sent else an_object(dispatchComponent=[], emergencyResourceComponent=[])
    value["lastUpdateTimeStamp"] = sent_at
    value["notesComponent"] += notes
    return value


def _taken(
    home: Agency, file: Path, clock: str, *options: str, book: str = CALLS
) -> dict[str, Any]:
    asked = ("import", "--format", "eido", file, "--book", book, "--incident", "marlow")
    found: dict[str, Any] = json.loads(home.do(*asked, *options, now=at(clock)))
    return found


def _clearance(**slots: str) -> dict[str, str]:
    return {"kind": "cleared", "who": CLINICIAN, "for": "engage"} | slots


def _says(home: Agency, clock: str, fact: dict[str, str], **parts: Any) -> str:
    given = {"incident": "marlow", "speaker": SERGEANT, "stance": "does", "fact": fact}
    return home.says(**(given | parts), now=at(clock))


def _sent_by_the_police(folder: Path) -> bytes:
    """An object of the police, who keep a home of their own, with what an officer saw there."""
    police = agency(folder, "dunmore-police", "supervisor")
    police.says(
        incident="marlow", book=RADIO, now=at("14:19"), said=at("14:18"), basis="saw",
        speaker={"name": "officer Abara", "kind": "responder", "party": "dunmore-police"},
        fact={"kind": "armed", "who": "man", "weapon": "gun"},
    )  # fmt: skip
    asked = ("export", "marlow", "--format", "eido", "--domain", "police.dunmore.example")
    return police.do(*asked, now=at("14:19")).encode()


# --- What was known at the door


def test_the_brief_was_there_with_the_call(the_call: Call) -> None:
    """The first thing after the receipts: what other agencies know of this door, for dispatch."""
    [brief] = the_call.came_in["briefs"]
    assert brief["place"]["asked"] == DOOR_LINE
    assert brief["as_of"] == at("14:04")
    told = {one["agency"]: one["outcome"] for one in brief["contacts"]}
    assert told == {"dunmore-crisis": "no_answer", "dunmore-police": "answered"}
    assert set(brief["unit"]) == {the_call.ids["dunmore-crisis"], the_call.ids["dunmore-police"]}
    words = " ".join(the_call.shown.split())
    assert "no answer, which tells nothing of who was inside" in words
    assert "No record here does not mean safe." in words


def test_a_history_is_somebodys_on_two_identifiers_and_else_possible(the_call: Call) -> None:
    [call], [brief] = the_call.came_in["calls"], the_call.came_in["briefs"]
    looked_up = {one["asked"]: one["why"] is None for one in call["people"]}
    assert looked_up == {TOMAS: True, "Ines Varga": False}
    assert set(brief["person"]) == {the_call.ids["dunmore-crisis"], the_call.ids["dunmore-police"]}


def test_each_reader_has_the_brief_of_the_books_that_they_open(the_call: Call) -> None:
    """The child-welfare visit of that week is there for child welfare, and for nobody else."""
    hidden = the_call.ids["childrens-division"]
    for reader, agencies in (
        (DISPATCH, {"dunmore-crisis", "dunmore-police"}),
        (SOTO, {"dunmore-crisis"}),
        ("child_welfare@childrens-division", {"dunmore-crisis", "childrens-division"}),
    ):
        told = the_call.asks("brief --incident marlow", reader, "14:04")
        assert {one["agency"] for one in told["briefs"][0]["contacts"]} == agencies
        assert (hidden in json.dumps(told)) == ("childrens-division" in agencies)


# --- Hold, or may engage


def test_she_was_held_before_anybody_knew_of_a_weapon(the_call: Call) -> None:
    """Unknown is hold: no silence and no record clears anybody, and neither does the brief."""
    row = the_call.clinician(SOTO, "14:06")
    assert (row["advice"], row["since"]) == ("hold", at("14:05"))
    assert row["because"] == [{"rule": "HE-01", "statement": None}]


def test_she_might_engage_on_the_word_of_a_named_person(the_call: Call) -> None:
    row = the_call.clinician(SOTO, "14:09")
    assert (row["advice"], row["cleared_by"]) == ("may_engage", "Sergeant Orr")
    assert row["because"][0]["statement"] == the_call.ids["cleared"]
    assert row["unread"] == []
    assert row["unused_clearance_s"] == 60


def test_the_note_was_pointed_out_at_once_and_changed_nothing_by_itself(the_call: Call) -> None:
    """A machine's reading is no statement. It is said aloud, to whoever took it in and to her."""
    assert the_call.pointed_out["cleared_before"] == [
        {"incident": "marlow", "who": CLINICIAN, "cleared_by": "Sergeant Orr",
         "unread": [the_call.ids["note"]]}
    ]  # fmt: skip
    row = the_call.clinician(SOTO, "14:11")
    assert row["advice"] == "may_engage"
    [unread] = row["unread"]
    assert unread["statement"] == the_call.ids["note"]
    assert unread["words"] == "Neighbor saw him take a kitchen knife"
    assert unread["may_tell_of_weapon"]


def test_he_who_cleared_could_not_have_known_of_the_note(the_call: Call) -> None:
    """It was written two minutes before he cleared her, and reached this home two minutes after."""
    told = the_call.asks("account marlow", ORR)["statements"]
    written, cleared = told[the_call.ids["note"]], told[the_call.ids["cleared"]]
    assert written["said"] == WRITTEN
    assert cleared["recorded"] == at("14:08")
    assert written["recorded"] == at("14:10")
    earlier = the_call.home.do("account", "marlow", "--as-of", at("14:09"), "--reader", ORR, "--json", now=AFTERWARDS)  # fmt: skip
    assert the_call.ids["note"] not in earlier
    assert "knife" not in earlier


def test_when_a_person_said_what_it_tells_she_was_held(the_call: Call) -> None:
    for reader in (DISPATCH, SOTO, ORR):
        row = the_call.clinician(reader, "14:12")
        assert (row["advice"], row["since"]) == ("hold", at("14:12"))
        assert row["because"] == [{"rule": "HE-02", "statement": the_call.ids["knife"]}]


def test_a_clearance_that_came_late_cleared_nothing_that_it_had_not_seen(the_call: Call) -> None:
    row = the_call.clinician(ORR, "14:14")
    assert row["advice"] == "hold"
    assert the_call.ids["late"] not in [one["statement"] for one in row["because"]]


def test_a_clearance_that_had_seen_the_knife_cleared_anew_and_was_used(the_call: Call) -> None:
    row = the_call.clinician(SOTO, "14:16")
    assert (row["advice"], row["clearance"]["statement"]) == ("may_engage", the_call.ids["anew"])
    used = the_call.clinician(SOTO, "14:19")["unused_clearance_s"]
    assert used == the_call.clinician(SOTO, "14:17")["unused_clearance_s"]
    assert used == (12 - 8 + 17 - 15) * 60


def test_our_own_note_of_a_weapon_came_in_as_the_officers_word(the_call: Call) -> None:
    """Two homes of this program lose nothing: the gun ends the clearance without anybody's reading."""
    told = the_call.asks("account marlow", ORR)["statements"][the_call.ids["gun"]]
    assert told["speaker"]["name"] == "officer Abara"
    assert told["via"] != [], "relayed, and so no surer than it was sent"
    row = the_call.clinician(ORR, "14:20")
    assert (row["advice"], row["since"]) == ("hold", at("14:20"))
    assert row["because"] == [{"rule": "HE-02", "statement": the_call.ids["gun"]}]


def test_whoever_may_not_open_that_book_was_held_all_the_same_by_the_rule_alone(
    the_call: Call,
) -> None:
    """Safety before secrecy, and no further: not who, not what, not even which statement."""
    for reader in (SOTO, DISPATCH):
        row = the_call.clinician(reader, "14:20")
        assert (row["advice"], row["since"]) == ("hold", at("14:20"))
        assert row["because"] == [{"rule": "HE-02", "statement": None}]


# --- Who could have known what, at each moment


def test_the_replay_tells_each_of_them_what_they_could_have_known(the_call: Call) -> None:
    expected = {
        "14:04": None, "14:05": "hold", "14:08": "may_engage", "14:10": "may_engage",
        "14:12": "hold", "14:13": "hold", "14:15": "may_engage", "14:17": "may_engage",
        "14:20": "hold",
    }  # fmt: skip
    for reader in (DISPATCH, SOTO, ORR):
        moments = the_call.replay(reader)
        verdicts = {
            clock: next((row["advice"] for row in one["advice"] if row["who"] == CLINICIAN), None)
            for clock, one in moments.items()
        }
        assert verdicts == expected
        for clock, one in moments.items():
            assert one["advice"] == the_call.asks("advise marlow", reader, clock)["advice"]


def test_between_the_note_and_the_word_of_it_the_replay_shows_it_unread(the_call: Call) -> None:
    moments = the_call.replay(SOTO)
    unread = {
        clock: [note["statement"] for row in one["advice"] for note in row["unread"]]
        for clock, one in moments.items()
    }
    assert {clock: ids for clock, ids in unread.items() if ids} == {"14:10": [the_call.ids["note"]]}


def test_the_supervisors_replay_names_the_gun_and_the_clinicians_does_not(the_call: Call) -> None:
    supervisor, clinician = the_call.replay(ORR)["14:20"], the_call.replay(SOTO)["14:20"]
    assert the_call.ids["gun"] in supervisor["statements"]
    assert clinician["statements"] == []
    for reader in (SOTO, DISPATCH):
        whole = json.dumps(the_call.asks("replay marlow", reader))
        for hidden in (the_call.ids["gun"], '"gun"', "officer Abara"):
            assert hidden not in whole


def test_the_replay_holds_the_brief_of_that_moment_and_no_later_word(the_call: Call) -> None:
    moments = the_call.replay(DISPATCH)
    assert moments["14:04"]["brief"] == the_call.came_in["briefs"][0]
    assert moments["14:04"]["brief"]["cautions"] == []
    after = moments["14:12"]["brief"]["cautions"]
    assert [one["statement"] for one in after] == [the_call.ids["knife"]]
    assert (after[0]["said_by"], after[0]["via"]) == ("neighbor", [OFFICER])


def test_what_came_later_changed_no_byte_of_an_earlier_moment(the_call: Call) -> None:
    """A replay that somebody printed at 14:11 is the beginning of the one that a court reads (law 4)."""
    moments = the_call.asks("replay marlow", ORR)["moments"]
    assert [one["at"] for one in the_call.replayed_by_then] == [
        at(clock) for clock in ("14:04", "14:05", "14:08", "14:10")
    ]
    assert moments[:4] == the_call.replayed_by_then


def test_nothing_was_altered_and_every_look_was_logged(the_call: Call) -> None:
    assert json.loads(the_call.home.do("verify", "--all", "--json", now=AFTERWARDS))["ok"] is True
    reads = the_call.home.do("reads", "--json", "--reader", "auditor@dunmore-911", now=AFTERWARDS)
    first = next(one for one in map(json.loads, reads.splitlines()) if one["view"] == "brief")
    assert (first["at"], first["incident"], first["reader"]) == (at("14:04"), "marlow", DISPATCH)
