"""docs/glossary.md says of every word what the program means by it."""

from pathlib import Path

import pytest

from whoseword.words.kinds import FACTS, IMPLIES, holds_many, key_slots, value_slots
from whoseword.words.vocabulary import MEANINGS

GLOSSARY = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", MEANINGS, ids=lambda word: f"{type(word).__name__}-{word.value}")
def test_the_word_is_told_as_meant(word):
    assert f"| `{word.value}` | {MEANINGS[word]} |" in GLOSSARY


@pytest.mark.parametrize("kind", FACTS)
def test_the_kind_is_told_with_its_slots(kind):
    slots = [f"*{slot}*" for slot in key_slots(kind)]
    slots += [f"{slot} (many)" if holds_many(kind, slot) else slot for slot in value_slots(kind)]
    implies = f"`{IMPLIES[kind]}`" if kind in IMPLIES else ""
    meaning = FACTS[kind].__doc__
    assert f"| `{kind}` | {meaning} | {', '.join(slots)} | {implies} |" in GLOSSARY


def test_no_kind_is_told_that_the_program_does_not_know():
    rows = GLOSSARY.split("## Kinds of fact")[1].splitlines()
    told = {row.split("`")[1] for row in rows if row.startswith("| `")}
    assert told == set(FACTS)
