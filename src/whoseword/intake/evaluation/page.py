"""The page that says how well the reader reads; `whoseword evaluate --page` writes it anew.

It tells the held-back third first, because that is the only figure that means anything for a
document of somebody else's, and it tells at the top why even that one flatters.
"""

from collections.abc import Sequence
from typing import Final

from whoseword.intake.evaluation.figures import Tally, figures_of, total
from whoseword.intake.evaluation.gold import GENRES, Scored, by

COLUMNS: Final = (
    "genre", "documents", "statements", "precision", "recall", "F1", "attribution F1",
    "stance macro-F1", "passed over", "kind `other`",
)  # fmt: skip
_SHOWN: Final = (
    "precision", "recall", "f1", "attribution_f1", "stance_macro_f1", "abstention", "other",
)  # fmt: skip
_PARTS: Final = (
    ("statement right (F1)", "f1", "at least .75"),
    ("content found (F1)", "placed_f1", ""),
    ("content found and speaker right (F1)", "attribution_f1", ""),
    ("stance, over content found (macro-F1)", "stance_macro_f1", "at least .80"),
    ("kind of speaker, over content found", "speaker_kind", ""),
    ("hedge, over content found", "hedge", ""),
    ("basis, over content found", "basis", ""),
    ("kind of fact, over content found", "kind", ""),
    ("slots, over content found with the same kind (F1)", "slots_f1", ""),
    ("chain right, of all hearsay", "chain_of_hearsay", "at least .80"),
    ("chain right, of hearsay whose content was found", "chain_of_placed_hearsay", ""),
    ("denied or left open, and drafted as affirmed", "made_sure_share", "at most .02"),
)
_HEAD: Final = """# How well it reads

Written by `whoseword evaluate gold --page docs/how-well-it-reads.md`; do not edit it.

**These figures flatter the reader.** The documents of the [gold set](../gold/README.md) were \
written by this project's own authors, who know what the reader finds hard. On documents from \
outside it does worse; how much worse, this page cannot say. Whatever it finds is a draft until a \
person signs it.
"""
_WORDS: Final = """
## What the words mean

- **Statement right**: at least half of the words of the content are shared, the speaker is the \
same, and so are the stance and the kind of fact. Precision is the share of drafts that are right, \
recall the share of statements that a person found and the reader has right. The exact rules stand \
in `src/whoseword/intake/evaluation/matching.py` and `sameness.py`.
- **Stance macro-F1**: each stance counts alike, however rare it is.
- **Passed over**: the share of statements in sentences that the reader read as stating nothing. \
**Kind `other`**: the share of drafts of which it could not tell what kind of fact they are. Both \
are abstentions: the reader says nothing rather than something wrong.
- **Denied or left open, and drafted as affirmed**: the worst mistake there is here. Of the \
statements that deny, cannot say, do not know, decline or give no reply, and that some draft \
covers, the share over which a draft affirms.
- A dash is a share of nothing.
"""


def page(scores: Sequence[Scored], agreed: Tally) -> str:
    """The page, in Markdown, over all that was scored."""
    held = [one for one in scores if one.held_back]
    seen = [one for one in scores if not one.held_back]
    return "".join((
        _HEAD,
        "\n## The third that is held back\n\nNothing was tuned on these.\n\n",
        _table(held),
        "\n## The rest\n\nWhoever works on the reader may look at these.\n\n",
        _table(seen),
        "\n## Part by part\n\n",
        _parts(total(one.tally for one in held), total(one.tally for one in seen)),
        _no_incident(scores),
        _passes(scores, agreed),
        _WORDS,
    ))  # fmt: skip


def _table(scores: Sequence[Scored]) -> str:
    rows = [(GENRES.get(genre, genre), tally) for genre, tally in by(scores, "genre").items()]
    rows.append(("**all**", total(one.tally for one in scores)))
    lines = [_row(COLUMNS), _row(["---"] * len(COLUMNS))]
    for name, tally in rows:
        figures = figures_of(tally)
        shown = [shown_share(figures[key]) for key in _SHOWN]
        lines.append(_row([name, str(tally.documents), str(tally.statements), *shown]))
    return "".join(lines)


def _parts(held: Tally, seen: Tally) -> str:
    first, second = figures_of(held), figures_of(seen)
    lines = [_row(["part", "held back", "the rest", "aim on what is held back"]), _row(["---"] * 4)]
    for words, key, aim in _PARTS:
        lines.append(_row([words, shown_share(first[key]), shown_share(second[key]), aim]))
    loose = [str(held.loose), str(seen.loose)]
    lines.append(_row(["spans not verbatim, characters in no sentence", *loose, "none"]))
    return "".join(lines)


def _no_incident(scores: Sequence[Scored]) -> str:
    drafts = sum(one.tally.of_incidents for one in scores if one.genre == "weather")
    return (
        "\nThe text that tells of no incident gives "
        f"{drafts or 'no'} draft{'' if drafts == 1 else 's'} of a fact about one.\n"
    )


def _passes(scores: Sequence[Scored], agreed: Tally) -> str:
    against = [one.against for one in scores]
    told = " and ".join(
        f"{against.count(which)} against the {words}"
        for which, words in (
            ("agreed", "agreed annotation"),
            ("first", "first pass alone"),
            ("second", "second pass alone"),
        )
        if which in against
    )
    head = f"\n## Two people, apart\n\nOf the documents above, {told}.\n\n"
    if not agreed.documents:
        return f"{head}No document has been annotated twice yet, so no agreement can be told.\n"
    figures = figures_of(agreed)
    rows = [
        ("statement the same (F1)", "f1"),
        ("content the same (F1)", "placed_f1"),
        ("content and speaker the same (F1)", "attribution_f1"),
        ("stance, Cohen's kappa", "stance_kappa"),
        ("stance (macro-F1)", "stance_macro_f1"),
        ("hedge", "hedge"),
        ("basis", "basis"),
        ("kind of fact", "kind"),
        ("chain the same, of all hearsay", "chain_of_hearsay"),
    ]
    lines = [_row(["part", "second pass against first"]), _row(["---"] * 2)]
    lines += [_row([words, shown_share(figures[key])]) for words, key in rows]
    return (
        f"{head}Annotated twice: {agreed.documents}, apart, under the same "
        "conventions and without running the reader. A reader that agreed with one person as "
        f"well as the other person does would score so:\n\n{''.join(lines)}"
    )


def shown_share(value: float | int | None) -> str:
    """A share as the page and the terminal show it: `.75`, `1.00`, a dash."""
    return "–" if value is None else f"{value:.2f}".removeprefix("0")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
