"""Three agencies, a home each, no shared file: what an officer at the door may learn, from whom.

The Children's Division knocked at a door that week and got no answer. The police ask the Division
and the crisis team of a hospital what they know. The Division discloses the one visit; the hospital
keeps silent.
"""

import json
from pathlib import Path

from agencies import DOOR, LATER, Agency, agency, disclosed, introduce, visit

OFFICER = "officer@wexmoor-police"


def brief(
    police: Agency, reader: str = OFFICER, now: str = LATER
) -> dict[str, list[dict[str, str]]]:
    asked = ("--address", DOOR, "--reader", reader, "--json")
    found: dict[str, list[dict[str, str]]] = json.loads(police.do("brief", *asked, now=now))
    return found


def asks(police: Agency, of: str) -> str:
    return police.says(
        book="wexmoor-police/response/calls",
        speaker={"name": "Sergeant Orr", "kind": "official", "party": "wexmoor-police"},
        stance="does",
        fact={
            "kind": "requested",
            "by": "wexmoor-police",
            "of": of,
            "about": f"contacts at {DOOR}",
        },
    )


def test_what_the_officer_learns_and_who_did_not_answer(tmp_path: Path) -> None:
    division = agency(tmp_path, "childrens-division", "child_welfare")
    hospital = agency(tmp_path, "mercy-hospital", "clinician")
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(division, police)
    introduce(hospital, police)
    visited = visit(division)
    hidden = visit(division, fact={"kind": "other", "text": "an older report about the family"})
    hospital.says(
        book="mercy-hospital/health",
        speaker={"name": "Mercy Hospital", "kind": "agency", "party": "mercy-hospital"},
        fact={"kind": "in_crisis", "who": "woman"},
    )
    for one in ("childrens-division", "mercy-hospital"):
        asks(police, one)

    before = brief(police)
    assert before["contacts"] == []
    assert [one["agency"] for one in before["not_checked"]] == [
        "childrens-division",
        "mercy-hospital",
    ]

    bundle = tmp_path / "bundle.age"
    sent = disclosed(division, visited, OFFICER, bundle)
    assert b"no_answer" not in bundle.read_bytes(), "encrypted to the recipient"
    police.do("receive", bundle)

    after = brief(police)
    (contact,) = after["contacts"]
    assert (contact["agency"], contact["outcome"]) == ("childrens-division", "no_answer")
    assert contact["place_match"] == "unit"
    assert contact["statement"] == visited
    (silent,) = after["not_checked"]
    assert silent["agency"] == "mercy-hospital"
    assert "did not answer" in silent["why"]
    assert after["prompts"] == before["prompts"], "the same whether or not a record exists"

    # The one statement, and nothing else of the Division's book; to the officer, and nobody else.
    told = police.account("--reader", OFFICER)
    assert visited in told["statements"]
    assert hidden not in json.dumps(told)
    assert told["statements"][visited]["book"] == "childrens-division/child_welfare/visits"
    for other in ("supervisor@wexmoor-police", "clinician@wexmoor-police", "officer@pellam-police"):
        assert visited not in police.open_ids(other)
    assert {row["of"] for row in told["awaiting"]} == {"childrens-division", "mercy-hospital"}

    # The police never learnt it before it was sent.
    earlier = police.account("--reader", OFFICER, "--as-of", "2031-03-06T11:59:00Z")
    assert earlier["statements"] == {}

    # The Division can show what it sent, to whom, until when.
    for line in (f"to: {OFFICER}", "purpose: response", "until: 2031-06-01T23:59:59.999999Z"):
        assert line in sent["terms"]
    (receipt,) = sent["receipts"]
    proof = tmp_path / "proof"
    division.do("prove", receipt["id"], "--book", receipt["book"], "--out", proof)
    key = division.do("keys").splitlines()[0]
    assert receipt["id"] in division.do("check-proof", proof, "--key", key)

    # It ends, and the home that received it has kept its books whole.
    assert visited in police.open_ids(OFFICER, now="2031-06-01T23:00:00Z")
    assert visited not in police.open_ids(OFFICER, now="2031-06-02T00:00:00Z")
    assert json.loads(police.do("verify", "--all", "--json"))["ok"] is True


def test_a_withdrawal_closes_it_in_both_homes(tmp_path: Path) -> None:
    division = agency(tmp_path, "childrens-division", "child_welfare")
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(division, police)
    visited = visit(division)
    bundle, notice = tmp_path / "bundle.age", tmp_path / "notice.age"
    disclosed(division, visited, OFFICER, bundle)
    police.do("receive", bundle)
    assert visited in division.open_ids(OFFICER)
    assert visited in police.open_ids(OFFICER)

    division.do("withdraw", visited, "--to", OFFICER, "--as", "Ann Lee", "--out", notice)
    assert visited not in division.open_ids(OFFICER)
    assert visited in police.open_ids(OFFICER), "the notice has not arrived"
    police.do("receive", notice)
    assert visited not in police.open_ids(OFFICER)
    # What was withdrawn does not come back with the bundle that had brought it.
    police.do("receive", bundle)
    assert visited not in police.open_ids(OFFICER)
    assert "taken back already" in division.refused(
        "withdraw", visited, "--to", OFFICER, "--as", "Ann Lee"
    )


def test_what_its_custodian_sealed_is_destroyed_where_it_was_sent(tmp_path: Path) -> None:
    division = agency(tmp_path, "childrens-division", "child_welfare")
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(division, police)
    words = "the grandmother had written three letters"
    told = visit(division, fact={"kind": "other", "text": words})
    bundle, notice = tmp_path / "bundle.age", tmp_path / "notice.age"
    disclosed(division, told, OFFICER, bundle)
    police.do("receive", bundle)
    assert words in json.dumps(police.account("--reader", OFFICER))

    order = ("--order", "Circuit Court 12, No. 44", "--as", "clerk Ames")
    division.do("seal", told, "--book", "childrens-division/child_welfare/visits", *order)
    division.do("withdraw", told, "--to", OFFICER, "--as", "Ann Lee", "--out", notice)
    assert "destroyed here" in police.do("receive", notice)
    assert words not in json.dumps(police.account("--reader", OFFICER))
    for file in police.home.rglob("*"):
        assert not file.is_file() or words.encode() not in file.read_bytes(), file
    assert json.loads(police.do("verify", "--all", "--json"))["ok"] is True
    assert told not in police.open_ids(OFFICER)


def test_an_order_served_on_the_home_that_received_it_is_carried_out_there(tmp_path: Path) -> None:
    division = agency(tmp_path, "childrens-division", "child_welfare")
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(division, police)
    words = "the grandmother had written three letters"
    told = visit(division, fact={"kind": "other", "text": words})
    bundle = tmp_path / "bundle.age"
    disclosed(division, told, OFFICER, bundle)
    police.do("receive", bundle)

    page = tmp_path / "page.html"
    police.do("account", "elm", "--html", page, "--reader", OFFICER, now=LATER)
    assert words in page.read_text("utf-8")
    order = ("--order", "Circuit Court 12, No. 44", "--as", "clerk Ames")
    book = "childrens-division/child_welfare/visits"
    assert "Tell its custodian" in police.do("seal", told, "--book", book, *order)
    for file in police.home.rglob("*"):
        assert not file.is_file() or words.encode() not in file.read_bytes(), file
    assert not page.exists(), "the page that this program wrote showed the words"
    seen = police.account("--reader", OFFICER)
    assert told not in seen["statements"]
    elsewhere = json.dumps(police.account("--reader", "investigator@pellam-police"))
    assert told not in elsewhere
    assert "childrens-division" not in elsewhere
    (marker,) = seen["removed"]
    assert (marker["statement"], marker["state"]) == (told, "sealed")
    assert marker["ground"] == "Circuit Court 12, No. 44"
    # What was sealed does not come back with the bundle, and the custodian's own book is untouched.
    police.do("receive", bundle)
    assert told not in police.open_ids(OFFICER)
    assert words in json.dumps(division.account())
    assert json.loads(police.do("verify", "--all", "--json"))["ok"] is True
    assert "was sealed already" in police.refused("seal", told, "--book", book, *order)
