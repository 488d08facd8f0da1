"""Publishing at the command line: under names, by rules, and nothing of what stays closed."""

import json
from pathlib import Path
from typing import Any

import pytest

from agencies import LATER, NOON, Agency, agency, introduce
from whoseword_verify import verify

BOOK = "harrow-police/incident/matters"
CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
TENANT = {"name": "tenant across the hall", "kind": "witness"}
DIVISION = {"name": "Children's Division", "kind": "agency", "party": "childrens-division"}
NEXT = "2031-03-08T12:00:00Z"
ARMED = "armed(who=woman)"


@pytest.fixture
def home(tmp_path: Path) -> Agency:
    made = agency(tmp_path, "harrow-police", "information_officer")
    says(made, {"kind": "armed", "who": "woman", "weapon": "knife"})
    says(made, {"kind": "arrested", "who": "man"}, stance="denies")
    says(made, {"kind": "cause_of_death", "who": "child"}, stance="cannot_say")
    return made


def says(home: Agency, fact: dict[str, Any], **parts: Any) -> str:
    return home.says(**({"book": BOOK, "speaker": CHIEF, "fact": fact} | parts))


def publish(home: Agency, *options: object, now: str = NOON, names: int = 2) -> dict[str, Any]:
    people = [part for name in ("Ann Lee", "Bo Reyes")[:names] for part in ("--as", name)]
    told: dict[str, Any] = json.loads(
        home.do("publish", "elm", "--json", *people, *options, now=now)
    )
    return told


def record(home: Agency, *options: object, now: str = LATER) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(home.do("record", "elm", "--json", *options, now=now))
    return told


def texts(record: dict[str, Any]) -> list[str]:
    return [one["text"] for one in (*record["lines"], *record["not_known"])]


def test_nothing_is_published_until_somebody_publishes(home: Agency) -> None:
    told = record(home)
    assert (told["version"], told["lines"], told["proof"]) == (0, [], None)
    assert "Nothing has been published on elm." in home.do("record", "elm")


def test_a_release_tells_each_line_with_its_standing_and_who_says_so(home: Agency) -> None:
    publish(home)
    told = record(home)
    assert told["version"] == 1
    assert [one["standing"] for one in told["lines"]] == ["said_by_one", "denied"]
    assert [one["standing"] for one in told["not_known"]] == ["not_known"]
    assert all(one["who_says"] == ["police chief"] for one in told["lines"])
    assert told["released_by"] == ["Ann Lee", "Bo Reyes"]


def test_only_what_is_picked_goes_out(home: Agency) -> None:
    publish(home, "--line", ARMED, names=1)
    assert len(texts(record(home))) == 1


def test_a_matter_that_nobody_tells_is_refused_and_nothing_goes_out(home: Agency) -> None:
    told = home.refused("publish", "elm", "--as", "Ann Lee", "--line", "armed(who=man)")
    assert "armed(who=man) is no matter that can be told here" in told
    assert record(home)["version"] == 0


def test_a_line_on_a_death_asks_for_two_different_people(home: Agency) -> None:
    for names in (("Ann Lee",), ("Ann Lee", "ann lee")):
        asked = [part for name in names for part in ("--as", name)]
        told = home.refused("publish", "elm", *asked)
        assert "Two people release a line on a death" in told
        assert "RL-14" in told
    assert record(home)["version"] == 0


def test_a_name_is_refused_by_its_rule_and_leaves_no_trace_in_public(home: Agency) -> None:
    publish(home)
    before = home.do("record", "elm", "--json", now=LATER)
    says(home, {"kind": "died", "who": "woman"})
    says(home, {"kind": "named", "who": "woman", "name": "Ida Marsh"})
    told = home.refused("publish", "elm", "--as", "Ann Lee", "--line", "named(who=woman)")
    assert "before their kin were told" in told
    assert "(RL-01" in told
    assert home.do("record", "elm", "--json", now=LATER) == before
    shown = json.loads(home.do("publish", "elm", "--dry-run", "--json", now=LATER))
    assert {"matter": "named(who=woman)", "rule": "RL-01"}.items() <= shown["held_back"][0].items()


def test_what_nobody_reviewed_is_never_published(home: Agency) -> None:
    line = {"kind": "armed", "who": "man", "weapon": "bat"}
    says(home, line, reviewed=False)
    told = home.refused("publish", "elm", "--as", "Ann Lee", "--line", "armed(who=man)")
    assert "reviewed by nobody" in told
    publish(home)
    assert "bat" not in json.dumps(record(home))


def test_an_unreviewed_word_keeps_a_published_line_until_somebody_reads_it(home: Agency) -> None:
    publish(home)
    says(home, {"kind": "armed", "who": "woman"}, speaker=TENANT, stance="denies", reviewed=False, now=LATER)  # fmt: skip
    says(home, {"kind": "injured", "who": "man"}, now=LATER)
    publish(home, now=NEXT)
    told = record(home, now=NEXT)
    assert any(ARMED_TEXT in text for text in texts(told))
    assert told["corrections"] == []


ARMED_TEXT = "Was the woman armed? Said by one, not confirmed: yes (weapon knife)"


def test_a_later_release_says_what_was_said_what_is_said_now_and_why(home: Agency) -> None:
    publish(home)
    first = home.do("record", "elm", "--json", "--release", "1", now=LATER)
    says(home, {"kind": "armed", "who": "woman"}, speaker=TENANT, stance="denies", now=LATER)
    publish(home, "--line", "arrested(who=man)", now=NEXT, names=1)
    told = record(home, now=NEXT)
    assert told["version"] == 2
    [amended] = told["corrections"]
    assert amended["of_version"] == 1
    assert amended["was"].startswith(ARMED_TEXT)
    assert "Disputed" in amended["now"]
    assert amended["why"] == "it is disputed now"
    assert len(texts(told)) == 3, "a line goes on until something ends it"
    assert home.do("record", "elm", "--json", "--release", "1", now="2031-04-01T00:00:00Z") == first
    assert home.do("record", "elm", "--json", "--as-of", LATER, now=NEXT) == first


def test_what_no_longer_stands_is_withdrawn_in_the_open(home: Agency) -> None:
    publish(home)
    says(home, {"kind": "armed", "who": "woman", "weapon": "knife"}, stance="cannot_say",
         replaces=json.loads(home.do("account", "elm", "--json"))["matters"][0]["positions"][0]["statements"][0],
         now=LATER)  # fmt: skip
    publish(home, now=NEXT)
    [amended] = record(home, now=NEXT)["corrections"]
    assert amended["was"].startswith(ARMED_TEXT)
    assert amended["now"] is None
    assert "no longer stands" in amended["why"]


def test_a_release_that_would_say_nothing_new_is_refused(home: Agency) -> None:
    publish(home)
    told = home.refused("publish", "elm", "--as", "Ann Lee", "--as", "Bo Reyes", now=LATER)
    assert "nothing is new since release 1" in told


def test_what_must_be_corrected_is_told_by_diff_with_the_release_that_carries_it(
    home: Agency,
) -> None:
    publish(home)
    says(home, {"kind": "armed", "who": "woman"}, speaker=TENANT, stance="denies", now=LATER)
    told = json.loads(home.do("diff", "elm", "--from", NOON, "--to", NEXT, "--json", now=NEXT))
    assert [(one["output"], one["matter"]) for one in told["corrections"]] == [("release 1", ARMED)]


def test_the_proof_is_of_the_book_as_it_was_and_still_holds(home: Agency) -> None:
    publish(home)
    proof = record(home)["proof"]
    says(home, {"kind": "injured", "who": "man"}, now=LATER)
    publish(home, now=NEXT)
    expected = f"{proof['book']}:{proof['size']}:{proof['root']}"
    assert "Every chain holds." in home.do("verify", "--expect", expected, now=NEXT)
    assert record(home, "--release", "1", now=NEXT)["proof"] == proof
    wrong = f"{proof['book']}:{proof['size']}:{'0' * 64}"
    assert home.run("verify", "--expect", wrong, now=NEXT).exit_code == 1


def test_a_closed_book_changes_no_byte_of_what_the_public_reads(home: Agency) -> None:
    """Not the text, not an id, not the proof, not the size: whoever reads, and whenever it came."""
    publish(home)
    before = [home.do("record", "elm", *how, now=LATER) for how in ((), ("--json",))]
    says(
        home, {"kind": "armed", "who": "woman"}, stance="denies",
        book="childrens-division/child_welfare/visits", speaker=DIVISION,
    )  # fmt: skip
    says(
        home, {"kind": "contact", "agency": "childrens-division", "place": "12 Elm Street", "outcome": "no_answer"},
        book="childrens-division/child_welfare/visits", speaker=DIVISION,
    )  # fmt: skip
    assert [home.do("record", "elm", *how, now=LATER) for how in ((), ("--json",))] == before
    assert "nothing is new" in home.refused("publish", "elm", "--as", "Ann Lee", "--as", "Bo Reyes", now=NEXT)  # fmt: skip


def test_compelled_words_of_the_own_agency_bear_on_no_line(home: Agency) -> None:
    """The home is the department's own, so its owner opens its personnel book; the public does not."""
    says(
        home, {"kind": "armed", "who": "woman", "weapon": "gun"}, book="harrow-police/personnel",
        speaker={"name": "officer-1", "kind": "responder", "party": "harrow-police"},
        occasion={"kind": "interview", "compelled": True, "held_by": "harrow-police"},
    )  # fmt: skip
    publish(home)
    assert any(text.startswith(ARMED_TEXT) for text in texts(record(home)))
    assert "gun" not in json.dumps(record(home))


def test_what_another_home_disclosed_is_not_handed_on(tmp_path: Path) -> None:
    """A partner's word to this officer alone makes no line, and bears on none."""
    crisis = agency(tmp_path, "county-crisis", "supervisor")
    police = agency(tmp_path, "harrow-police", "information_officer")
    introduce(crisis, police)
    says(police, {"kind": "armed", "who": "woman", "weapon": "knife"})
    given = crisis.says(
        book="county-crisis/incident/notes", fact={"kind": "armed", "who": "woman"}, stance="denies",
        speaker={"name": "clinician", "kind": "responder", "party": "county-crisis"},
    )  # fmt: skip
    bundle = tmp_path / "bundle"
    crisis.do(
        "disclose", given, "--to", "information_officer@harrow-police", "--purpose", "disclosure",
        "--until", "2031-06-01", "--as", "Ann Lee", "--out", bundle,
    )  # fmt: skip
    police.do("receive", bundle)
    assert given in police.do("account", "elm", "--json", now=LATER)
    publish(police, now=LATER)
    assert [one["standing"] for one in record(police)["lines"]] == ["said_by_one"]


def test_no_public_word_names_a_statement_of_another_book(home: Agency) -> None:
    publish(home)
    ids = set(json.loads(home.do("account", "elm", "--json", now=LATER))["statements"])
    public = home.do("account", "elm", "--json", "--reader", "public@press", now=LATER)
    seen = set(json.loads(public)["statements"])
    assert seen
    assert not any(id_ in public for id_ in ids - seen)


def test_two_people_take_a_line_down_in_every_release_at_once_and_the_proof_holds(
    home: Agency,
) -> None:
    publish(home)
    says(home, {"kind": "injured", "who": "man"}, now=LATER)
    publish(home, now=LATER)
    line = next(one for one in record(home)["lines"] if "knife" in one["text"])["statement"]
    proof = record(home)["proof"]
    one = home.run(
        "take-down", "elm", "--line", line, "--as", "Ann Lee", "--reason", "danger", now=NEXT
    )
    assert one.exit_code != 0
    told = home.do(
        "take-down", "elm", "--line", line, "--as", "Ann Lee", "--as", "Bo Reyes",
        "--reason", "somebody is in danger", now=NEXT,
    )  # fmt: skip
    assert "Taken down, in every release: 1 line." in told
    for version in ("1", "2"):
        shown = record(home, "--release", version, now=NEXT)
        assert "knife" not in json.dumps(shown)
        [blank] = [one for one in shown["lines"] if one["statement"] == line]
        assert (blank["text"], blank["standing"]) == (None, "taken_down")
    assert "[a line was taken down]" in home.do("record", "elm", now=NEXT)
    expected = f"{proof['book']}:{proof['size']}:{proof['root']}"
    assert "Every chain holds." in home.do("verify", "--expect", expected, now=NEXT)


def test_whoever_seals_a_word_is_told_of_the_release_that_tells_of_its_matter(home: Agency) -> None:
    """A line is the publisher's own word: the order does not name it, and nobody may overlook it."""
    publish(home)
    [source] = [
        key for key, one in json.loads(home.do("account", "elm", "--json"))["statements"].items()
        if one["fact"].get("weapon") == "knife"
    ]  # fmt: skip
    line = next(one["statement"] for one in record(home)["lines"] if "knife" in one["text"])
    told = home.do(
        "seal", source, "--book", BOOK, "--order", "31-14", "--as", "Clerk Moss", now=NEXT
    )
    assert "a release tells of the same matter" in told
    assert line in told


def test_a_family_is_told_first_and_keeps_a_receipt(home: Agency) -> None:
    told = home.do("tell-first", "elm", "--to", "family of woman", "--as", "Ann Lee")
    assert "Was the woman armed?" in told
    receipt = told.rpartition("Receipt: ")[2].split()[0]
    noted = json.loads(home.do("account", "elm", "--json", now=LATER))["statements"][receipt]
    assert noted["fact"] == {"kind": "notified", "agency": "family of woman", "by": "harrow-police", "happened": None}  # fmt: skip
    assert record(home)["version"] == 0


def test_a_name_goes_to_counsel_once_the_family_was_told(home: Agency) -> None:
    says(home, {"kind": "died", "who": "woman"})
    says(home, {"kind": "named", "who": "woman", "name": "Ida Marsh"})
    asked = ("publish", "elm", "--as", "Ann Lee", "--as", "Bo Reyes", "--line", "named(who=woman)")
    assert "(RL-01" in home.refused(*asked, now=LATER)
    home.do("tell-first", "elm", "--to", "family of woman", "--as", "Ann Lee", now=LATER)
    assert "(RL-11" in home.refused(*asked, now=NEXT)


def test_a_dispute_stands_beside_its_line_from_the_next_release_on(home: Agency) -> None:
    publish(home)
    first = home.do("record", "elm", "--json", "--release", "1", now=LATER)
    line = next(one["statement"] for one in record(home)["lines"] if "knife" in one["text"])
    home.do(
        "dispute", "elm", "--line", line, "--by", "counsel for the family", "--kind", "official",
        "--text", "She held a kitchen spoon.", "--as", "Ann Lee", now=LATER,
    )  # fmt: skip
    assert home.do("record", "elm", "--json", now=LATER) == first
    publish(home, now=NEXT)
    assert home.do("record", "elm", "--json", "--release", "1", now=NEXT) == first
    told = record(home, now=NEXT)
    [beside] = [dispute for one in told["lines"] for dispute in one["disputes"]]
    assert (beside["by"], beside["text"]) == ("counsel for the family", "She held a kitchen spoon.")
    assert "Disputed by counsel for the family: She held a kitchen spoon." in home.do("record", "elm", now=NEXT)  # fmt: skip
    proof = home.home / "proof"
    home.do("record", "elm", "--prove", proof, now=NEXT)
    key = next(one for one in home.do("keys").splitlines() if one.startswith("whoseword/"))
    shown = "\n".join(verify(proof.read_bytes(), key))
    assert "counsel for the family disputes: Was the woman armed?" in shown
    assert "She held a kitchen spoon." in shown


def test_a_line_that_nobody_published_cannot_be_disputed(home: Agency) -> None:
    asked = ("dispute", "elm", "--line", "x", "--by", "family", "--text", "no", "--as", "Ann Lee")
    assert "is no line of the latest release" in home.refused(*asked)


def test_what_is_withheld_later_changes_no_earlier_release(home: Agency) -> None:
    publish(home)
    first = home.do("record", "elm", "--json", "--release", "1", now=LATER)
    fact = {
        "kind": "withheld",
        "item": "body camera video",
        "by": "harrow-police",
        "reason": "active",
    }
    says(home, fact, book="harrow-police/public/record", stance="does", now=LATER)
    assert home.do("record", "elm", "--json", "--release", "1", now=NEXT) == first


def test_a_machine_publishes_nothing_and_neither_does_nobody(home: Agency) -> None:
    assert home.run("publish", "elm").exit_code == 2
    fact = {"kind": "published", "item": ARMED, "by": "harrow-police"}
    line = {"incident": "elm", "book": "harrow-police/public/record", "stance": "does", "fact": fact,
            "speaker": {"name": "feed", "kind": "automaton", "party": "harrow-police"},
            "source": {"entered_by": "feed"}}  # fmt: skip
    done = home.run("say", "-", given=json.dumps(line))
    assert done.exit_code == 1


def test_what_is_withheld_is_said_with_its_reason_where_a_custodian_said_so_in_public(
    home: Agency,
) -> None:
    fact = {"kind": "withheld", "item": "body camera video", "by": "harrow-police",
            "reason": "the investigation is active", "authority": "RSMo 610.100", "review": "2031-05-01"}  # fmt: skip
    says(home, fact, book="harrow-police/public/record", stance="does")
    publish(home)
    [told] = record(home)["withheld"]
    assert (told["what"], told["authority"], told["review"]) == (
        "body camera video", "RSMo 610.100", "2031-05-01",
    )  # fmt: skip
