"""Hold or may engage on a telephone: the word first, then on whose word and why."""

import io

from rich.console import Console

from at_the_gate import (
    CALLER,
    CLOSED,
    INCIDENT,
    SERGEANT,
    TERMS,
    at,
    cleared,
    clock,
    crew,
    knife,
    unknown,
    view_at,
)
from whoseword.doors.terminal.advice import print_advice, print_replay
from whoseword.response import Advice, Drawn, Note, Replay, advise, replay
from whoseword.words import Statement

QUOTE = "CLINICIAN CLEARED TO APPROACH"
RADIO_LOG = {"document": "0" * 64, "start": 0, "end": len(QUOTE), "quote": QUOTE}


def printed(view: Advice | Replay, width: int = 40) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False)
    if isinstance(view, Advice):
        print_advice(view, console)
    else:
        print_replay(view, console)
    return stream.getvalue()


def flat(view: Advice | Replay) -> str:
    return " ".join(printed(view).split())


def replayed(*told: Statement, hidden: tuple[Statement, ...] = ()) -> Replay:
    return replay(
        Drawn(told, hidden),
        incident=INCIDENT,
        at=clock("23:00"),
        terms=TERMS,
    )


CLEARED = cleared("14:03", said="2031-03-06T14:03:00Z", source=RADIO_LOG)
DOMESTIC = at("14:00", "classified", call="call-1", type="domestic violence")


def test_hold_is_told_with_its_reasons_and_its_age() -> None:
    text = flat(view_at(unknown(), *crew(), CLEARED, knife("14:15"), at="14:20"))
    for part in (
        "harrow-lane: hold or may engage As of 6 March 2031, 14:20 UTC.",
        "HOLD: clinician since 6 March 2031, 14:15 UTC (5 min)",
        "ends every clearance that had not seen it.",
        "HE-02",
        "A clearance stood unused for 12 min, in all.",
        "No advice for the other members: officer-1 (HE-07).",
    ):
        assert part in text, part
    assert "MAY ENGAGE" not in text


def test_may_engage_is_told_with_whose_word_it_is_and_how_old() -> None:
    text = flat(view_at(*crew(), CLEARED, at="14:10:05"))
    for part in (
        "MAY ENGAGE: clinician since 6 March 2031, 14:03 UTC (7 min 5 s)",
        f"on the word of Sergeant Amsel (harrow-police): “{QUOTE}”",
        "said 6 March 2031, 14:03:00 UTC; recorded 6 March 2031, 14:03 UTC; 7 min 5 s old",
    ):
        assert part in text, part
    assert "HOLD" not in text


def test_words_that_nobody_has_read_come_before_the_reasons_and_a_weapon_before_others() -> None:
    feed = {"feed": "idx.psap.example", "message": "m1"}
    texts = [f"quiet {number}" for number in range(8)] + ["knife\x1b[2J"]
    notes = [at("14:05", "other", slots={"text": text}, reviewed=False, source=feed) for text in texts]  # fmt: skip
    told = (*crew(), cleared("14:03"), *notes)
    words = {
        (one.book, one.id): Note(text, text.startswith("knife"))
        for one, text in zip(notes, texts, strict=True)
    }
    view = advise(Drawn(told, told, words), incident=INCIDENT, at=clock("14:10"), terms=TERMS)
    text = flat(view)
    assert "LOOK: whoever cleared had not seen 9 notes by a feed" in text
    places = [
        text.index(part) for part in ("MAY TELL OF A WEAPON", "“quiet 3”", "“quiet 7”", "HE-03")
    ]
    assert places == sorted(places)
    assert "and 3 earlier ones" in text
    assert "\x1b" not in text
    assert max(map(len, printed(view).splitlines())) <= 40


def test_its_end_and_that_nobody_looked_at_it_are_told() -> None:
    given = cleared(
        "14:03",
        reviewed=False,
        signed_by="shift supervisor",
        slots={"until": "2031-03-06T15:00:00Z"},
    )
    text = flat(view_at(*crew(), given, at="14:10"))
    assert "until 6 March 2031, 15:00:00 UTC" in text
    assert "[not reviewed by a person]" in text


def test_a_hold_on_something_hidden_shows_no_statement() -> None:
    hidden = knife("14:15", book=CLOSED)
    text = flat(view_at(*crew(), CLEARED, hidden=[hidden], at="14:20"))
    assert "HOLD: clinician" in text
    assert "[no statement to show] HE-02" in text
    assert (hidden.id or "")[-6:] not in text


def test_where_nobody_is_unarmed_nobody_is_cleared_by_that() -> None:
    text = flat(view_at(at("14:00", "dispatched", unit="C1", members="officer-1")))
    assert "Nobody here is told to be an unarmed responder. That clears nobody." in text
    assert "MAY ENGAGE" not in text


def test_tasks_tell_what_is_not_told() -> None:
    child = at("14:01", "present", who="child", by=CALLER)
    text = flat(view_at(*crew(), DOMESTIC, child, at="20:00"))
    for part in (
        "BESIDE IT (4)",
        "Child (HE-08): A child may be there",
        "Rank of the call (TR-01, missouri)",
        "at once: UNKNOWN",
        "an order of protection in effect: NOT TOLD",
        "from 6 March 2031, 14:00 UTC to 7 March 2031, 02:00 UTC: running",
        "Questions (TR-19) UNVERIFIED",
        "UNVERIFIED, nobody has read its text",
        "RSMo 455.080.2 (2015) (statute; text of 2015; ",
    ):
        assert part in text, part


def test_a_replay_tells_each_moment_and_what_changed() -> None:
    text = flat(
        replayed(unknown(), *crew(), CLEARED, at("14:05", "other", text="x"), knife("14:15"))
    )
    for part in (
        "what was known and advised, when",
        "never what would have happened",
        "6 March 2031, 14:00 UTC 1 statement:",
        "6 March 2031, 14:01 UTC 2 statements:",
        "MAY ENGAGE: clinician, on the word of Sergeant Amsel",
        "MAY ENGAGE: clinician, as before",
        "CLEARANCES THAT STOOD UNUSED clinician: 12 min",
    ):
        assert part in text, part


def test_a_replay_of_a_hidden_hold_lists_nothing() -> None:
    text = flat(replayed(*crew(), CLEARED, hidden=(knife("14:10", book=CLOSED),)))
    assert "14:10 UTC a hold begins that rests on nothing that this reader opens HOLD" in text
    assert "Nothing was recorded that this reader opens." in flat(replayed())


def test_no_line_is_wider_than_a_telephone() -> None:
    child = at("14:01", "present", who="child", by=CALLER)
    told = (unknown(), *crew(), DOMESTIC, child, CLEARED, knife("14:15"))
    for view in (view_at(*told), view_at(*told, at="14:10"), replayed(*told)):
        for width in (30, 40, 80):
            lines = printed(view, width).splitlines()
            assert max(len(line) for line in lines) <= width
            assert not any(line.endswith(" ") for line in lines)


def test_what_others_wrote_reaches_no_terminal_as_a_command() -> None:
    bad = "\x1b[2J\u202e"
    who = f"sam{bad}"
    words = {"document": "0" * 64, "start": 0, "end": len(bad), "quote": bad}
    given = cleared(
        "14:03",
        who=who,
        by=SERGEANT | {"name": f"Amsel{bad}", "party": f"police{bad}"},
        said=f"now{bad}",
        source=words,
    )
    place = at("14:01", "located", what="call-1", place=f"14 Harrow Lane{bad}")
    told = (*crew(who=who), given, place)
    for view in (view_at(*told, at="14:05"), replayed(*told, knife("14:06"))):
        assert "sam" in printed(view)
        assert "\x1b" not in printed(view)
        assert "\u202e" not in printed(view)
