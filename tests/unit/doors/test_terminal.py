import io
import re
from typing import Any

import msgspec
import pytest
from rich.console import Console

from telling import CHIEF, DRIVER, PAPER, PROSECUTOR, START, TENANT, account_of, removed, saw, told
from whoseword.account import Account, difference
from whoseword.doors.terminal import print_account, print_difference, print_drafts
from whoseword.intake import Draft, Reading, SentenceReading, Silence, keep_document
from whoseword.words import Statement, statement_from

ESCAPE = "\x1b[2J\x1b[31mred\x07"


def console(width: int = 80, encoding: str = "utf-8") -> Console:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return Console(file=stream, width=width, highlight=False)


def output(at: Console) -> str:
    at.file.flush()
    return at.file.buffer.getvalue().decode(at.encoding)  # type: ignore[attr-defined, no-any-return]


def printed(view: Account, width: int = 80, **given: Any) -> str:
    at = console(width)
    print_account(view, at, **given)
    return output(at)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def story() -> list[Statement]:
    long = "The chief said that the woman was armed with a knife when his officers came in"
    return [
        told("armed", who="woman", weapon="knife", on=long, said="Friday"),
        told("attacked", whom="grandmother", hedge="possible", by=DRIVER, reviewed=False),
        saw("handcuffed", who="man", on="the man was in handcuffs",
            via=[{"name": "manager", "kind": "witness"}]),
        told("arrested", who="anyone", stance="denies", on="nobody was arrested"),
        told("cause_of_death", who="child", stance="cannot_say", on="how the child died"),
        told("cause_of_death", who="child", by=PAPER, slots={"by": "officer"}, on="how the child died"),
        told("withheld", stance="does", slots={"item": "video", "by": "police", "reason": "active"}),
        told("contact", agency="childrens-division", place="Apt 3", stance="no_reply",
             by={"name": "childrens-division", "kind": "agency"}),
        told("found", slots={"by": "prosecutor", "matter": "conformed(who=officer-1)"},
             finding="within policy", by=PROSECUTOR, basis="concluded"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [40, 80, 132])
def test_nothing_is_cut_off_and_no_line_is_too_long(story: list[Statement], width: int) -> None:
    text = printed(account_of(*story), width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())
    for one in story:
        if one.source.quote:
            assert f'"{one.source.quote}"' in flat(text)


def test_a_pipe_gets_plain_words_without_escapes(story: list[Statement]) -> None:
    assert "\x1b" not in printed(account_of(*story))


def test_the_colour_of_a_screen_adds_no_word(story: list[Statement]) -> None:
    view = account_of(*story)
    stream = io.StringIO()
    print_account(view, Console(file=stream, width=80, force_terminal=True, color_system="256"))
    assert re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()) == printed(view)


def test_every_section_stands(story: list[Statement]) -> None:
    text = flat(printed(account_of(*story)))
    for part in (
        "Computed from 9 statements, 1 not reviewed by a person; rule set",
        "FOUND (1)",
        "* Finding: within policy",
        "Possibly yes -- delivery driver, not at first hand [not reviewed]",
        "tenant across the hall (witness), as told by manager (witness); saw it",
        "said “Friday”",
        "OPEN QUESTIONS (2)",
        "asked: police chief: Cannot say",
        "not asked: coroner, court, medical-examiner, prosecutor",
        "WHO OWES AN ANSWER (1)",
        "days: Did childrens-division have contact",
        "* video, by police reason: active; authority: none given; review: none given",
        "WHERE NARRATION OUTRUNS ITS SOURCES (1)",
        "Harrow Courier says:",
        "its sources say: police chief: cannot say",
        '! compatible with "Was anyone arrested?"',
    ):
        assert part in text


def test_a_replaced_position_says_so_in_words() -> None:
    first = saw("armed", who="woman")
    second = saw("armed", who="woman", stance="denies", replaces=first.id)
    ending = (second.id or "")[-8:]
    assert f"x REPLACED by {ending}: Yes -- tenant" in printed(account_of(first, second))


def test_an_interest_and_a_chain_are_told_however_short_the_account() -> None:
    chief = CHIEF | {"interest": True}
    manager = {"name": "manager", "kind": "witness"}
    view = account_of(
        told("armed", who="man", by=chief), saw("attacked", whom="grandmother", via=[manager])
    )
    text = flat(printed(view, brief=True))
    assert "Was the man armed? Yes -- police chief (own side under review), not at" in text
    assert "as told by manager (witness)" in text


def test_documents_are_told_by_their_names(story: list[Statement]) -> None:
    digest = story[0].source.document or ""
    text = flat(printed(account_of(*story), names={digest: "briefing.txt"}))
    assert f"briefing.txt:0-{story[0].source.end}" in text


def test_what_others_wrote_reaches_no_terminal_as_a_command() -> None:
    named = {"name": ESCAPE, "kind": "witness"}
    bent = "he was \u202earmed\u202c [bold]not[/bold] :smile:"
    text = printed(account_of(saw("other", text=ESCAPE, by=named, on=bent)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\\x1b[2J" in text
    assert "[bold]not[/bold] :smile:" in flat(text)


def test_a_console_that_knows_only_ascii_still_prints_everything() -> None:
    at = console(encoding="ascii")
    print_account(account_of(saw("armed", who="woman", by={"name": "José", "kind": "witness"})), at)
    assert "Jos\\xe9" in output(at)


def test_the_same_statements_in_any_order_are_the_same_lines(story: list[Statement]) -> None:
    assert printed(account_of(*story)) == printed(account_of(*reversed(story)))


def test_a_difference_tells_what_became_of_a_matter_and_on_whose_word() -> None:
    first = saw("armed", who="woman", on="she had a knife")
    second = saw("armed", who="woman", stance="denies", replaces=first.id, on="I was wrong")
    before = account_of(first, second, as_of=first.recorded or START)
    after = account_of(first, second)
    at = console()
    print_difference(difference(before, after), at, after)
    text = flat(output(at))
    assert "1 matter changed; earlier outputs that now need a correction: 0." in text
    assert "Was the woman armed? Said by one -> Superseded" in text
    assert 'tenant across the hall (witness); saw it: "I was wrong"' in text


def test_a_difference_alone_names_the_statements() -> None:
    one = saw("armed", who="woman")
    at = console()
    print_difference(difference(account_of(one, as_of=START), account_of(one)), at)
    assert f"because of [{(one.id or '')[-8:]}]" in output(at)
    assert "Nothing -> Said by one" in output(at)


def test_every_sentence_of_a_reading_is_listed_with_its_drafts_or_the_reason() -> None:
    text = "NOTE\nThe chief said a woman may have been armed.\n"
    document = keep_document(text.encode(), "note.txt")
    span = {"document": document.sha256, "start": 20, "end": 47, "quote": text[20:47]}
    drafted = statement_from(
        {"incident": "harrow-lane", "book": "home/incident", "speaker": CHIEF, "source": span,
         "stance": "affirms", "hedge": "possible", "reviewed": False,
         "fact": {"kind": "armed", "who": "woman"}}
    )  # fmt: skip
    draft = Draft(
        draft="0123456789ab", statement=drafted, sentence=(5, 48), cue=None, speaker_span=None
    )
    reading = Reading(
        document=document.sha256,
        drafts=(draft,),
        sentences=(
            SentenceReading(span=(0, 4), why=Silence.HEADING),
            SentenceReading(span=(5, 48), drafts=(draft.draft,)),
        ),
    )
    at = console()
    print_drafts(document, reading, at)
    told_here = flat(output(at))
    for part in (
        '0-4 "NOTE" states nothing: letterhead or heading',
        "[0123456789ab] police chief (official, harrow-police)",
        "Was the woman armed? Possibly yes armed(who=woman)",
        "2 sentences: 1 draft from 1 of them; 1 state nothing (letterhead or heading 1).",
    ):
        assert part in told_here


def test_speakers_of_one_party_are_one_voice() -> None:
    sergeant = CHIEF | {"name": "sergeant"}
    text = flat(
        printed(account_of(told("armed", who="man"), told("armed", who="man", by=sergeant)))
    )
    assert "Said by one, 1 voice affirms" in text
    assert TENANT["name"] not in text


def test_what_is_out_of_sight_is_told_even_where_nothing_else_is() -> None:
    markers = (removed(), removed("quarantined", f"misfiled {ESCAPE}"))
    for view in (account_of(told("armed", who="woman")), account_of()):
        shown = printed(msgspec.structs.replace(view, removed=markers))
        assert "WHAT IS OUT OF SIGHT (2)" in shown
        assert "sealed by Clerk Ames, under: Circuit Court 12, No. 44" in flat(shown)
        assert "quarantined by Clerk Ames, because: misfiled" in flat(shown)
        assert "\x1b" not in shown
    assert "OUT OF SIGHT" not in printed(account_of(told("armed", who="woman")))
