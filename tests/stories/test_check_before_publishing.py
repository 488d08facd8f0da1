"""Before anything goes out: drafts, some of which say more than anybody knows.

Press statements, articles and posts about the three incidents of the project, with planted
overstatements. What is counted, and who wrote what: `gold/checks/README.md`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.at_the_desk import whoseword

from drafts_with_plants import GOLD, Drafted, drafts_in, scored
from told_examples import EXAMPLES

INCIDENTS = ("alder-court", "depot-road", "quarry-road")
MOST_FALSE = {"worked-with.txt": 1.0, "held-back.txt": 5.0}
"""False alarms a page; one is asked for, and the drafts by another hand show how far that is."""
FILES = sorted(path.name for path in GOLD.glob("*.txt"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told") / "home"
    for incident in INCIDENTS:
        lines = EXAMPLES / incident / "statements.jsonl"
        done = whoseword(folder, "say", "--backfill", str(lines))
        assert done.exit_code == 0, done.output
    return folder


def checked(
    home: Path, drafts: list[Drafted], folder: Path
) -> Iterator[tuple[Drafted, dict[tuple[int, int], str]]]:
    for number, draft in enumerate(drafts):
        path = folder / f"draft-{number}.txt"
        path.write_text(draft.text, "utf-8")
        when = ("--as-of", draft.as_of) if draft.as_of else ()
        done = whoseword(home, "check", str(path), "--incident", draft.incident, "--json", *when)
        assert done.exit_code == 0, done.output
        sentences = json.loads(done.output)["sentences"]
        statements = {tuple(one["sentence"]): one for one in sentences}
        for one in sentences:
            # What is not borne out and not absent has its sources (law 8).
            assert one["statements"] or one["verdict"] == "not_in_ledger", one
        yield draft, {span: one["verdict"] for span, one in statements.items()}


@pytest.mark.parametrize("name", FILES)
def test_what_says_more_than_is_known_is_told_and_little_else(
    home: Path, tmp_path: Path, name: str
) -> None:
    score = scored(checked(home, drafts_in(GOLD / name), tmp_path))
    assert score.recall >= 0.90, score.missed
    assert score.false_a_page <= MOST_FALSE[name], score.false
