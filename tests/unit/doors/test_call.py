"""``call`` at a desk: asked in order, kept as it is given, left and gone on with, said when seen."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from at_the_desk import whoseword

NOW = "2031-03-06T20:15:00Z"
LATER = "2031-03-06T20:40:00Z"
ANSWERS = (
    "418 Sallow Street Apt 2B",
    "a man is shouting",
    "?",
    "no",
    "a man, a woman",
    "",
    "no answer",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    owner = ("init", "--owner", "dispatcher@harrow-911", "--zone", "America/Chicago")
    assert whoseword(tmp_path, *owner, now=NOW).exit_code == 0
    return tmp_path


def call(home: Path, *lines: str, options: tuple[str, ...] = (), now: str = NOW) -> Result:
    given = "".join(f"{line}\n" for line in lines)
    return whoseword(home, "call", "elm-street", "--as", "Ann Lee", *options, given=given, now=now)


def matters(home: Path) -> dict[str, str]:
    ran = whoseword(home, "account", "elm-street", "--json", now=LATER)
    return {one["matter"]: one["standing"] for one in json.loads(ran.stdout)["matters"]}


def statements(home: Path) -> list[dict[str, Any]]:
    ran = whoseword(home, "account", "elm-street", "--json", now=LATER)
    return list(json.loads(ran.stdout)["statements"].values())


def test_a_call_from_the_first_question_to_the_books(home: Path) -> None:
    ran = call(home, *ANSWERS, "say")
    assert ran.exit_code == 0, ran.output
    asked = ("Where is it?", "What is happening?", "have a weapon?", "hurt?", "Who is there?")
    asked = (*asked, "children?", "safe for you to talk?")
    places = [ran.stdout.index(words) for words in asked]
    assert places == sorted(places)
    assert matters(home) == {
        "armed(who=?)": "not_known",
        "called(call=call-20310306-201500)": "said_by_one",
        "injured(who=anyone)": "denied",
        "located(what=call-20310306-201500)": "said_by_one",
        "other(text=a man is shouting)": "said_by_one",
        'other(text="safe to talk, call-20310306-201500")': "no_reply",
        "present(who=man)": "said_by_one",
        "present(who=woman)": "said_by_one",
    }
    assert "children" not in json.dumps(statements(home))
    assert list((home / "calls").iterdir()) == []


def test_nothing_is_said_before_it_is_looked_at(home: Path) -> None:
    ran = call(home, *ANSWERS)
    assert ran.exit_code == 0
    assert "children: not asked" in ran.stdout.replace("  ", " ")
    assert "caller: armed(who=?): Does not know" in ran.stdout
    assert matters(home) == {}


@pytest.mark.parametrize("stop", range(len(ANSWERS) + 1))
def test_left_after_any_answer_it_is_gone_on_with_and_nothing_is_lost(
    home: Path, stop: int
) -> None:
    first = call(home, *ANSWERS[:stop])
    assert "Go on with:  whoseword call elm-street" in first.stdout
    second = call(home, *ANSWERS[stop:], "say", now=LATER)
    assert f"{stop} of 7 questions come to" in second.stdout
    assert len(matters(home)) == 8
    answered = {one["said"] for one in statements(home) if one["fact"]["kind"] == "located"}
    assert answered == {NOW if stop else LATER}


def test_answers_are_on_the_disk_before_the_next_is_asked(home: Path) -> None:
    call(home, *ANSWERS[:3])
    [file] = (home / "calls").glob("*.json")
    assert [one["words"] for one in json.loads(file.read_text())["entries"]] == list(ANSWERS[:3])
    assert file.stat().st_mode & 0o077 == 0
    listed = whoseword(home, "call", "--left", now=NOW)
    assert "elm-street" in listed.stdout
    assert "next: injuries" in listed.stdout


def test_in_a_live_call_the_knife_is_said_while_the_form_goes_on(home: Path) -> None:
    call(home, *ANSWERS[:2], "man: a knife", "/say")
    assert matters(home)["armed(who=man)"] == "said_by_one"
    ran = call(home, *ANSWERS[3:], "say", now=LATER)
    assert ran.exit_code == 0, ran.output
    told = statements(home)
    assert len(told) == len({one["id"] for one in told}) == 8
    when = {one["fact"]["kind"]: one["recorded"] for one in told}
    assert (when["armed"], when["injured"]) == (NOW, LATER)


def test_what_was_said_and_is_answered_again_is_replaced_not_lost(home: Path) -> None:
    call(home, *ANSWERS[:2], "no", "/say")
    call(home, *ANSWERS[3:], "weapons", "man: a knife", "say", now=LATER)
    found = matters(home)
    assert found["armed(who=man)"] == "said_by_one"
    armed = [one for one in statements(home) if one["fact"]["kind"] == "armed"]
    assert [one["replaces"] for one in armed] == [None, armed[0]["id"]]


def test_back_review_help_and_a_slip_lose_nothing(home: Path) -> None:
    ran = call(
        home,
        "418 Sallow Street",
        "/back",
        "418 Sallow Street Apt 2B",
        "/help",
        "/nonsense",
        "a man is shouting",
        "no weapons seen",
        "no",
        "/review",
        "no",
        "",
        "",
        "yes",
        "nonsense",
        "say",
    )
    assert ran.exit_code == 0, ran.output
    assert "Not taken: it could be a yes or a no" in ran.stdout
    assert "/nonsense is none of" in ran.stdout
    assert "'nonsense' is none of say" in ran.stdout
    [place] = [one["fact"] for one in statements(home) if one["fact"]["kind"] == "located"]
    assert place["place"] == "418 Sallow Street Apt 2B"


def test_enter_keeps_an_answer_and_a_dash_takes_it_back(home: Path) -> None:
    call(home, *ANSWERS, "where", "", "who", "-", "say")
    found = matters(home)
    assert "located(what=call-20310306-201500)" in found
    assert not any(one.startswith("present") for one in found)


def test_a_form_that_broke_off_while_it_was_said_says_nothing_twice(home: Path) -> None:
    call(home, *ANSWERS[:3], "/say")
    before = statements(home)
    [file] = (home / "calls").glob("*.json")
    assert "Sallow" not in file.read_text(), "what was said lies in the form still"
    form = json.loads(file.read_text())
    for one, words in zip(form["entries"], ANSWERS, strict=False):
        one |= {"said": False, "words": words, "ids": []}
    file.write_text(json.dumps(form | {"caller": "caller", "opened": False, "saying": True}))
    ran = call(home, "/leave", now=LATER)
    assert ran.exit_code == 0, ran.output
    assert statements(home) == before


def test_the_line_of_another_window_is_not_crossed(home: Path) -> None:
    import fcntl

    (home / "calls").mkdir()
    with (home / "calls" / "elm-street.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = call(home, *ANSWERS)
    assert ran.exit_code == 1
    assert "open in another window" in ran.stderr


def test_callers_whom_nobody_tells_apart_are_one_voice(home: Path) -> None:
    call(home, *ANSWERS, "say")
    second = call(home, "418 Sallow Street", "a crash", "no", "", "a man", "", "", "say", now=LATER)
    assert "LOOK: man stands in this incident already" in second.stdout
    speakers = {one["speaker"]["name"] for one in statements(home)}
    assert speakers == {"Ann Lee", "caller"}


def test_a_second_caller_is_not_written_down_as_the_first(home: Path) -> None:
    call(home, "418 Sallow Street", "a crash", options=("--caller", "neighbor in 2C"))
    other = call(home, "no", options=("--caller", "man in 3A"))
    assert other.exit_code == 2
    assert "'neighbor in 2C'" in other.stderr
    assert statements(home) == []


def test_the_rest_of_a_line_that_is_too_long_answers_nothing(home: Path) -> None:
    ran = call(home, "418 Sallow Street", "x" * 45_000 + "no", "a crash", "/review")
    assert "longer than 4,000 characters" in ran.stdout
    assert "denied" not in ran.stdout.casefold()


def test_who_calls_can_be_told_and_receipts_can_be_read(home: Path) -> None:
    options = ("--caller", "neighbor in 2C", "--caller-is", "witness", "--json")
    ran = call(home, *ANSWERS, "say", options=options)
    *receipts, brief = [json.loads(line) for line in ran.stdout.replace("> ", "").splitlines()]
    assert brief["places"][0]["place"] == ANSWERS[0]
    assert [sorted(one) for one in receipts] == [["book", "hash", "id", "seq"]] * 8
    assert "Where is it?" in ran.stderr
    kinds = {(one["speaker"]["name"], one["speaker"]["kind"]) for one in statements(home)}
    assert ("neighbor in 2C", "witness") in kinds


def test_without_a_name_the_clock_names_the_incident(home: Path) -> None:
    ran = whoseword(home, "call", "--as", "Ann Lee", given="Elm Street\n", now=NOW)
    assert "whoseword call call-20310306-201500" in ran.stdout
    nobody = whoseword(home, "call", "other", now=NOW)
    assert nobody.exit_code == 2
    assert "--as" in nobody.stderr


def test_a_form_can_be_dropped_and_a_spoilt_one_is_told(home: Path) -> None:
    call(home, *ANSWERS[:2])
    dropped = whoseword(home, "call", "elm-street", "--drop", now=NOW)
    assert dropped.exit_code == 0
    assert "No form of a call is left" in whoseword(home, "call", "--left", now=NOW).stdout
    (home / "calls" / "elm-street.json").write_text("{}")
    spoilt = call(home, *ANSWERS)
    assert spoilt.exit_code == 1
    assert "holds no form of a call" in spoilt.stderr


def test_bytes_that_are_no_text_are_asked_for_again(home: Path) -> None:
    ran = whoseword(
        home, "call", "elm-street", "--as", "Ann Lee", given=b"Stra\xdfe 1\nElm Street\n", now=NOW
    )
    assert ran.exit_code == 0
    assert "characters that cannot be shown" in ran.stdout
    assert "1 of 7" in call(home).stdout


def test_the_clinician_is_held_on_what_a_caller_does_not_know(home: Path) -> None:
    call(home, *ANSWERS, "say")
    crew = {
        "incident": "elm-street",
        "book": "harrow-911/response/calls",
        "speaker": {"name": "County 911", "kind": "agency"},
        "stance": "affirms",
        "source": {"entered_by": "Ann Lee"},
    }
    sent = crew | {"fact": {"kind": "dispatched", "unit": "C3", "members": ["clinician"]}}
    role = {"kind": "related", "who": "clinician", "whom": "C3", "relation": "clinician"}
    lines = "".join(f"{json.dumps(one)}\n" for one in (sent, crew | {"fact": role}))
    assert whoseword(home, "say", "-", given=lines, now=NOW).exit_code == 0
    ran = whoseword(home, "advise", "elm-street", "--json", now=LATER)
    [row] = json.loads(ran.stdout)["advice"]
    assert (row["who"], row["advice"]) == ("clinician", "hold")
    told = next(one for one in statements(home) if one["fact"]["kind"] == "armed")
    assert row["because"][0]["statement"] == told["id"]


def test_a_second_armed_person_does_not_disarm_the_first(home: Path) -> None:
    call(home, *ANSWERS[:2], "man: a knife", "/say")
    call(home, *ANSWERS[3:], "weapons", "woman: a gun", "say", now=LATER)
    standing = matters(home)
    assert standing["armed(who=man)"] == "said_by_one"
    assert standing["armed(who=woman)"] == "said_by_one"


def test_two_people_in_one_answer_are_asked_for_one_by_one(home: Path) -> None:
    ran = call(home, "5 Elm Street", "a fight", "man: a knife, woman: a gun", "/leave")
    assert "one person at a time" in ran.output


def test_no_number_of_hedges_ends_in_a_crash(home: Path) -> None:
    for words in ("maybe " * 600, "thinks " * 500, "maybe thinks " * 250):
        ran = call(home, "5 Elm Street", "a fight", words, "/leave")
        assert ran.exception is None or isinstance(ran.exception, SystemExit)
        assert "write it once" in ran.output
        whoseword(home, "call", "elm-street", "--drop", now=NOW)


def second_call(home: Path, *lines: str, now: str = NOW) -> Result:
    given = "".join(f"{line}\n" for line in lines)
    command = ("call", "elm-street", "--as", "Bo Ray", "--caller", "man in 3A")
    return whoseword(home, *command, given=given, now=now)


def test_what_two_callers_can_talk_of_is_each_ones_own(home: Path) -> None:
    rest = ("5 Elm Street", "a fight", "", "", "")
    call(home, *rest, "no", "no", "say")
    assert second_call(home, *rest, "2", "yes", "say").exit_code == 0
    found = matters(home)
    assert "disputed" not in {found[one] for one in found if "safe" in one or "children" in one}
    first, second = "call-20310306-201500", "call-20310306-201500-2"
    assert found[f"present(who=children-{first})"] == "denied"
    assert found[f"present(who=children-{second})"] == "said_by_one"
    assert f'other(text="safe to talk, {first}")' in found
    assert f'other(text="safe to talk, {second}")' in found


def test_two_calls_of_one_second_are_two(home: Path) -> None:
    call(home, *ANSWERS, "say")
    second_call(home, *ANSWERS, "say")
    made = {one["fact"]["call"] for one in statements(home) if one["fact"]["kind"] == "called"}
    assert made == {"call-20310306-201500", "call-20310306-201500-2"}
    named = []
    for _ in range(2):
        lines = "".join(f"{one}\n" for one in (*ANSWERS, "say"))
        ran = whoseword(home, "call", "--as", "Ann Lee", given=lines, now=NOW)
        named.append(ran.stdout.partition("incident ")[2].partition(",")[0])
    assert named == ["call-20310306-201500", "call-20310306-201500-2"]


def test_a_form_that_is_gone_on_with_shows_which_answer_was_said(home: Path) -> None:
    call(home, *ANSWERS[:2], "man: a knife", "/say")
    ran = call(home, "/back", "/leave", now=LATER)
    assert "said: caller: armed(who=man)" in ran.stdout
    assert "knife" in ran.stdout


def test_a_maybe_place_makes_nobodys_place_plain(home: Path) -> None:
    call(home, "maybe 5 Elm Street", "a fight", "", "", "a man", "", "", "say")
    told = {one["fact"]["kind"]: one for one in statements(home)}
    assert (told["located"]["hedge"], told["present"]["hedge"]) == ("possible", "plain")
    assert told["present"]["fact"].get("place") is None


def test_one_spoilt_form_hides_no_other(home: Path) -> None:
    call(home, *ANSWERS[:2])
    (home / "calls" / "a-spoilt.json").write_text("{")
    ran = whoseword(home, "call", "--left", now=NOW)
    assert "elm-street: begun" in ran.stdout
    assert "a-spoilt.json holds no form of a call" in ran.stderr
    assert ran.exit_code == 1


@pytest.mark.parametrize(
    "name", ["anyone", " Anyone ", "?", "--", "man\x1b[2J", "man\u202e", "x" * 201]
)
def test_a_name_that_is_nobodys_or_cannot_be_shown_is_refused(home: Path, name: str) -> None:
    for options in (("--as", "Ann Lee", "--caller", name), ("--as", name)):
        ran = whoseword(home, "call", "elm-street", *options, given="5 Elm\n", now=NOW)
        assert ran.exit_code == 2, ran.output
        assert options[-2] in ran.stderr
    assert not (home / "calls").exists() or not list((home / "calls").glob("*.json"))


def test_a_name_of_any_alphabet_is_a_name(home: Path) -> None:
    assert call(home, "5 Elm Street", options=("--caller", "сосед из 3А")).exit_code == 0


def test_once_the_call_was_said_the_form_keeps_nobodys_name(home: Path) -> None:
    options = ("--caller", "neighbor in 2C")
    call(home, *ANSWERS[:2], "/say", options=options)
    [file] = (home / "calls").glob("*.json")
    assert "neighbor" not in file.read_text()
    ran = call(home, *ANSWERS[2:], "say", options=options, now=LATER)
    assert ran.exit_code == 0, ran.output
    callers = {one["speaker"]["name"] for one in statements(home)} - {"Ann Lee"}
    assert callers == {"neighbor in 2C"}


def test_who_called_does_not_come_back_after_a_seal(home: Path) -> None:
    call(home, *ANSWERS[:2], "/say", options=("--caller", "neighbor in 2C"))
    book = ("--book", "harrow-911/response/calls", "--order", "Court 12", "--as", "Clerk Ames")
    for one in statements(home):
        assert whoseword(home, "seal", one["id"], *book, now=LATER).exit_code == 0
    lying = [one for one in (home / "calls").rglob("*") if b"neighbor" in one.read_bytes()]
    assert lying == []
    ran = call(home, "no", now=LATER)
    assert ran.exit_code == 1
    assert "--drop" in ran.stderr
    assert whoseword(home, "call", "elm-street", "--drop", now=LATER).exit_code == 0


def test_a_form_of_which_nothing_was_asked_says_only_that_the_call_was_made(home: Path) -> None:
    call(home, "", "-", "not asked", "/leave")
    call(home, "", "", "", "", "say", now=LATER)
    assert [one["fact"]["kind"] for one in statements(home)] == ["called"]


def test_a_backup_says_which_calls_it_leaves_out(home: Path, tmp_path: Path) -> None:
    call(home, *ANSWERS[:2])
    target = str(tmp_path / "home.backup")
    ran = whoseword(home, "backup", target, now=LATER)
    assert "Not in it: 1 form of calls" in ran.stdout
    call(home, "/say", now=LATER)
    assert "Not in it" not in whoseword(home, "backup", target, now=LATER).stdout


def test_a_form_that_cannot_be_read_can_be_dropped(home: Path) -> None:
    call(home, *ANSWERS[:2])
    (home / "calls" / "elm-street.json").write_text("{")
    assert whoseword(home, "call", "elm-street", "--drop", now=NOW).exit_code == 0
    assert not list((home / "calls").iterdir())
