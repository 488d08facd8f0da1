"""The measure of the reader: the form that people write, what counts as right, what is told."""

import json
import re
from pathlib import Path

import pytest

from at_the_desk import whoseword
from whoseword.doors.gold_folder import gold_in
from whoseword.intake import KeptDocument, Reading, SentenceReading, Silence, keep_document
from whoseword.intake.evaluation.annotation import AnnotationFault, read_annotation
from whoseword.intake.evaluation.figures import (
    Tally,
    compared,
    figures_of,
    kappa,
    macro_f1,
    tally_of,
    total,
)
from whoseword.intake.evaluation.gold import GENRES, PASSES
from whoseword.intake.evaluation.page import COLUMNS
from whoseword.intake.evaluation.sameness import same_speaker
from whoseword.words import Basis, Hedge, Speaker, SpeakerKind, Stance

ROOT = Path(__file__).parents[3]
TEXT = (
    "PIER NOTICE\n\n"
    "Chief Ana Roe said the man was not armed. A clerk told a porter that the man had run to the\n"
    "pier. Roe could not say whether the man had run to the pier.\n"
)
SAID = """\
# one small document
@R Chief Ana Roe | official | harbor-police
@C clerk | witness
@P porter | witness
-heading: PIER NOTICE
R: the man was not armed
  denies | armed who=man; weapon=knife + gun | cue: said | who: Chief Ana Roe
=occasion briefing
C < P: the man had run to the pier #1
  saw | moved who=man; to=pier
R: whether the man had run to the pier
  cannot_say | moved who=man; to=pier | cue: could not say | who: Roe | said: Friday
"""


def read(said, text=TEXT):
    return read_annotation(said, text, "pier.said")


def test_the_form_says_all_that_a_statement_holds():
    denied, hearsay, left_open = read(SAID).statements
    assert denied.stance is Stance.DENIES
    assert denied.speaker == Speaker("Chief Ana Roe", SpeakerKind.OFFICIAL, "harbor-police")
    assert denied.slots == (("weapon", ("knife", "gun")), ("who", ("man",)))
    assert [TEXT[slice(*span)] for span in (denied.cue, denied.speaker_span)] == [
        "said", "Chief Ana Roe",
    ]  # fmt: skip
    assert (hearsay.basis, hearsay.hedge, hearsay.occasion) == (Basis.SAW, Hedge.PLAIN, "briefing")
    assert [relay.name for relay in hearsay.via] == ["porter"]
    assert (left_open.said, left_open.occasion) == ("Friday", "briefing")
    assert read(SAID).silences == ((Silence.HEADING, (0, 11)),)


def test_a_quote_may_break_its_lines_elsewhere_and_leave_words_out():
    told = read("@C clerk | witness\nC: A clerk ... had run to the pier\n").statements[0]
    assert TEXT[slice(*told.span)].endswith("run to the\npier")
    assert TEXT[slice(*told.span)].startswith("A clerk told")


def test_two_facts_under_one_quote_are_two_statements():
    said = "@C clerk | witness\nC: the man was not armed\n  armed who=a | armed who=b | denies\n"
    assert [one.slots for one in read(said).statements] == [
        (("who", ("a",)),), (("who", ("b",)),),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "line", "field"),
    [
        ("@C clerk | witness\nC: the woman was not armed\n", 2, "quote"),
        ("@C clerk | witness\nC: the man\n", 2, "quote"),
        ("@C clerk | witness\nC: the man #7\n", 2, "quote"),
        ("@C clerk | witness\nC: he man was not armed\n", 2, "quote"),
        ("C: the man was not armed\n", 1, "speaker"),
        ("@C clerk | bystander\n", 1, "speaker.kind"),
        ("@C clerk\n", 1, "speaker"),
        ("@C clerk | witness\n@C cook | witness\n", 2, "@C"),
        ("  denies\n", 1, "line"),
        ("what is this\n", 1, "line"),
        ("-chatter: PIER NOTICE\n", 1, "reason"),
        ("@C clerk | witness\nC: PIER NOTICE\n  denies surely\n", 3, "part"),
        ("@C clerk | witness\nC: PIER NOTICE\n  flown who=man\n", 3, "part"),
        ("@C clerk | witness\nC: PIER NOTICE\n  armed whom=man\n", 3, "fact.whom"),
        ("@C clerk | witness\nC: PIER NOTICE\n  armed who=\n", 3, "fact.who"),
        ("@C clerk | witness\nC: PIER NOTICE\n  cue: shouted\n", 3, "cue"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_field(said, line, field):
    with pytest.raises(AnnotationFault) as fault:
        read(said)
    assert str(fault.value).startswith(f"pier.said:{line}: {field}: ")
    assert "; " in str(fault.value)


def test_a_person_agrees_with_themselves():
    gold = read(SAID).statements
    figures = figures_of(compared(gold, gold))
    for name in ("precision", "recall", "f1", "stance_macro_f1", "slots_f1", "chain_of_hearsay"):
        assert figures[name] == 1.0, name
    assert figures["made_sure"] == 0


def changed(old, new):
    assert old in SAID
    return read(SAID.replace(old, new)).statements


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("@C clerk | witness", "@C cook | witness", "attributed"),
        ("saw | moved", "saw believes | moved", "stance"),
        ("  saw | moved", "  saw | visited place=pier\n  cue: told\n#", "kinds"),
        ("  saw | moved", "  heard | moved", "bases"),
        ("  saw | moved", "  saw possible | moved", "hedges"),
        ("C < P:", "C:", "chains"),
    ],
)
def test_each_part_is_counted_on_its_own(old, new, part):
    gold = read(SAID).statements
    tally = compared(gold, changed(old, new))
    assert tally.placed == 3
    whole = compared(gold, gold)
    if part == "stance":
        assert macro_f1(tally.stances) < 1
    else:
        assert getattr(tally, part) == getattr(whole, part) - 1
    right = 3 if part in ("bases", "hedges", "chains") else 2
    assert tally.right == right


def test_a_draft_is_matched_to_one_statement_and_a_shorter_half_is_not_enough():
    gold = read(SAID).statements
    assert compared(gold, gold[:1] * 3).right == 1
    assert compared(gold, changed("R: the man was not armed", "R: was")).placed == 2


def test_what_was_denied_or_left_open_and_is_affirmed_is_counted_even_beside_a_right_draft():
    gold = read(SAID).statements
    sure = changed("  denies | armed", "  affirms | armed")
    assert figures_of(compared(gold, sure))["made_sure"] == 1
    assert compared(gold, (*gold, sure[0])).made_sure == 1
    withheld = changed("  denies | armed who=man; weapon=knife + gun", "  does | withheld item=it")
    assert compared(gold, withheld).made_sure == 0
    assert compared(gold, ()).negative_covered == 0


def test_what_a_reading_passes_over_and_makes_of_nothing_is_counted():
    document = KeptDocument(
        sha256="0" * 64, name="pier.txt", media_type="text/plain", bytes=b"", text=TEXT
    )
    silent = SentenceReading(span=(0, len(TEXT) - 2), why=Silence.NO_STATEMENT)
    reading = Reading(document="0" * 64, drafts=(), sentences=(silent,))
    tally = tally_of(document, read(SAID), reading)
    assert (tally.passed_over, tally.from_nothing) == (3, 0)
    assert tally.loose == 1
    assert figures_of(tally)["abstention"] == 1.0
    assert figures_of(tally)["precision"] is None


def speaker(name, kind="official"):
    return Speaker(name, SpeakerKind(kind))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (speaker("Chief Ana Roe"), speaker("Roe"), True),
        (speaker("the chief"), speaker("Chief Ana Roe"), False),
        (speaker("Roe"), speaker("Chief Roe", "witness"), True),
        (speaker("woman in the room", "involved"), speaker("woman", "involved"), True),
        (speaker("woman", "involved"), speaker("young woman", "witness"), False),
        (speaker("two neighbors", "unnamed"), speaker("neighbor", "unnamed"), True),
        (speaker("Officer 1", "responder"), speaker("Officer 2", "responder"), False),
        (speaker("Harbor Police Department", "agency"), speaker("harbor police", "agency"), True),
        (speaker("State Police", "agency"), speaker("Harbor Police", "agency"), False),
        (speaker("Sheriff's Office", "agency"), speaker("Mayor's Office", "agency"), False),
        (speaker("Osk County 911", "agency"), speaker("Osk Co 911", "record"), True),
        (speaker("Pier Post", "narrator"), speaker("narrator of x.txt", "narrator"), True),
        (speaker("Pier Post", "narrator"), speaker("Pier Post", "agency"), False),
    ],
)
def test_when_two_names_are_one_speaker(one, other, same):
    assert same_speaker(one, other) is same
    assert same_speaker(other, one) is same


def test_shares_are_of_all_counts_and_nothing_has_no_share():
    one = compared(read(SAID).statements, ())
    both = total([one, compared(read(SAID).statements, read(SAID).statements)])
    assert (both.documents, both.statements, both.right) == (2, 6, 3)
    assert figures_of(both)["recall"] == 0.5
    assert figures_of(Tally())["f1"] is None
    assert macro_f1(()) is None
    assert kappa(()) is None


def test_kappa_takes_chance_away():
    # Twenty pairs, fourteen alike; by chance (12 * 10 + 8 * 10) / 400 = .5.
    stances = (
        ("affirms", "affirms", 8), ("affirms", "denies", 4),
        ("denies", "affirms", 2), ("denies", "denies", 6),
    )  # fmt: skip
    assert kappa(stances) == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa((("affirms", "affirms", 3),)) == 1.0


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "small"
    for name in ("documents", "first", "second"):
        (folder / name).mkdir(parents=True)
    (folder / "documents" / "news-pier.txt").write_text(TEXT, encoding="utf-8")
    (folder / "documents" / "call-pier.txt").write_text(TEXT, encoding="utf-8")
    for name in ("news-pier", "call-pier"):
        (folder / "first" / f"{name}.said").write_text(SAID, encoding="utf-8")
    second = SAID.replace("  denies |", "  affirms |")
    (folder / "second" / "news-pier.said").write_text(second, encoding="utf-8")
    (folder / "held-back.txt").write_text("# a third\nnews-pier\n", encoding="utf-8")
    return folder


def test_the_command_tells_each_part_of_the_set_the_same_twice(small, tmp_path):
    def told(*options):
        done = whoseword(tmp_path, "evaluate", str(small), "--json", *options)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    assert told() == told()
    every, held, seen = (
        json.loads(told(*options)) for options in ([], ["--held-back"], ["--tuned-on"])
    )
    assert list(every["by"]) == ["call", "news"]
    assert list(held["by"]) == ["news"]
    assert list(seen["by"]) == ["call"]
    assert every["all"]["statements"] == 6
    assert every["all"]["loose"] == 0
    assert every["agreement"]["documents"] == 1
    assert every["agreement"]["recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert seen["agreement"] is None
    assert "call-pier" in told("--by", "document")
    assert json.loads(told("--against", "second"))["against"]["second"] == 1


def test_the_command_writes_a_page_and_a_table(small, tmp_path):
    page = tmp_path / "page.md"
    assert whoseword(tmp_path, "evaluate", str(small), "--page", str(page)).exit_code == 0
    told = page.read_text(encoding="utf-8")
    assert "flatter" in told
    assert "| news story | 1 | 3 |" in told
    assert "Annotated twice: 1, apart" in told
    shown = whoseword(tmp_path, "evaluate", str(small))
    assert "news" in shown.stdout
    assert "flatter" in shown.stdout
    part = whoseword(tmp_path, "evaluate", str(small), "--held-back", "--page", str(page))
    assert part.exit_code == 2


@pytest.mark.parametrize(
    ("path", "words", "told"),
    [
        ("held-back.txt", "news-quay\n", "news-quay"),
        ("first/news-quay.said", "", "annotates no document"),
        ("first/news-pier.said", "what is this\n", "news-pier.said:1: line: "),
        ("documents/news-pier.html", "<p>again</p>", "two documents"),
    ],
)
def test_a_set_at_fault_is_told(small, tmp_path, path, words, told):
    (small / path).write_text(words, encoding="utf-8")
    done = whoseword(tmp_path, "evaluate", str(small))
    assert done.exit_code == 1
    assert told in done.stderr


def test_the_gold_set_is_whole():
    documents = gold_in(ROOT / "gold")
    assert len(documents) >= 40
    assert {one.genre for one in documents} == set(GENRES)
    assert [one.name for one in documents if "first" not in one.passes] == []
    held = [one for one in documents if one.held_back]
    assert 3 * len(held) >= len(documents)
    assert {one.genre for one in held} == set(GENRES)
    for one in documents:
        assert one.document == keep_document(one.document.bytes, one.document.name)
        assert set(one.passes) <= set(PASSES)
        assert all(annotation.statements for annotation in one.passes.values())


def test_the_page_of_the_documentation_is_of_this_set():
    told = (ROOT / "docs" / "how-well-it-reads.md").read_text(encoding="utf-8")
    documents = gold_in(ROOT / "gold")
    assert "flatter" in told.split("## ")[0]
    for part, held in (("The third that is held back", True), ("The rest", False)):
        table = told.split(f"## {part}\n")[1].split("\n## ")[0]
        assert f"| {' | '.join(COLUMNS)} |" in table
        rows = dict(re.findall(r"^\| ([^|]+) \| (\d+) \|", table, re.MULTILINE))
        counts = {
            words: str(sum(one.genre == genre and one.held_back is held for one in documents))
            for genre, words in GENRES.items()
        }
        every = str(sum(one.held_back is held for one in documents))
        assert rows == {name: count for name, count in counts.items() if count != "0"} | {
            "**all**": every
        }
