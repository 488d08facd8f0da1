"""Counts that add up, and the shares made of them.

Everything is counted a document at a time and added; nothing is an average of documents. A share
of nothing is None, never 0 or 1.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Reading
from whoseword.intake.evaluation.matching import NEGATIVE, agreeing, made_sure, matched
from whoseword.intake.evaluation.sameness import same_chain, same_speaker, slot_count, slots_alike
from whoseword.intake.evaluation.told import Annotation, Told, told_of
from whoseword.words import Stance

Confusion = tuple[tuple[str, str, int], ...]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted; `stances` holds (wanted, drafted, how often) over the placed.

    `passed_over` are statements in sentences that were read as stating nothing, `from_nothing`
    drafts made of words in which a person found none. `loose` are spans that are not verbatim and
    characters that no sentence holds; there should be none. `of_incidents` are drafts of any kind
    of fact but `other` and `requested`: a text that tells of no incident should give none.
    """

    documents: int = 0
    statements: int = 0
    drafts: int = 0
    right: int = 0
    placed: int = 0
    attributed: int = 0
    speaker_kinds: int = 0
    hedges: int = 0
    bases: int = 0
    kinds: int = 0
    slots_wanted: int = 0
    slots_drafted: int = 0
    slots_right: int = 0
    hearsay: int = 0
    hearsay_placed: int = 0
    chains: int = 0
    negative: int = 0
    negative_covered: int = 0
    made_sure: int = 0
    passed_over: int = 0
    from_nothing: int = 0
    drafts_other: int = 0
    statements_other: int = 0
    of_incidents: int = 0
    loose: int = 0
    stances: Confusion = ()

    def __add__(self, other: "Tally") -> "Tally":
        sums = {
            name: getattr(self, name) + getattr(other, name)
            for name in self.__struct_fields__
            if name != "stances"
        }
        stances = Counter({(a, b): count for a, b, count in self.stances})
        stances.update({(a, b): count for a, b, count in other.stances})
        return Tally(**sums, stances=_confusion(stances))


def tally_of(document: KeptDocument, gold: Annotation, reading: Reading) -> Tally:
    """What a reading of one document is worth against what a person found in it."""
    drafts = [told_of(draft, document.text) for draft in reading.drafts]
    silent = [one.span for one in reading.sentences if not one.drafts]
    passed = sum(
        any(start <= wanted.span[0] < end for start, end in silent) for wanted in gold.statements
    )
    nothing = sum(
        any(start <= draft.span[0] < end for _, (start, end) in gold.silences) for draft in drafts
    )
    return msgspec.structs.replace(
        compared(gold.statements, drafts),
        passed_over=passed,
        from_nothing=nothing,
        loose=_loose(document, reading),
    )


def compared(gold: Sequence[Told], drafts: Sequence[Told]) -> Tally:
    """What one list of statements is worth against another of the same document."""
    pairs = matched(gold, drafts)
    both = [(gold[pair.gold], drafts[pair.draft]) for pair in pairs]
    of_kind = [(one, other) for one, other in both if one.kind == other.kind]
    told_on = [(one, other) for one, other in both if one.via]
    covered, sure = made_sure(gold, drafts, pairs)
    return Tally(
        documents=1,
        statements=len(gold),
        drafts=len(drafts),
        right=sum(agreeing(one, other) == 3 for one, other in both),
        placed=len(both),
        attributed=sum(same_speaker(one.speaker, other.speaker) for one, other in both),
        speaker_kinds=sum(one.speaker.kind is other.speaker.kind for one, other in both),
        hedges=sum(one.hedge is other.hedge for one, other in both),
        bases=sum(one.basis is other.basis for one, other in both),
        kinds=len(of_kind),
        slots_wanted=sum(slot_count(one) for one, _ in of_kind),
        slots_drafted=sum(slot_count(other) for _, other in of_kind),
        slots_right=sum(slots_alike(one, other) for one, other in of_kind),
        hearsay=sum(bool(one.via) for one in gold),
        hearsay_placed=len(told_on),
        chains=sum(
            same_speaker(one.speaker, other.speaker) and same_chain(one.via, other.via)
            for one, other in told_on
        ),
        negative=sum(one.stance in NEGATIVE for one in gold),
        negative_covered=len(covered),
        made_sure=len(sure),
        drafts_other=sum(one.kind == "other" for one in drafts),
        of_incidents=sum(one.kind not in ("other", "requested") for one in drafts),
        statements_other=sum(one.kind == "other" for one in gold),
        stances=_confusion(Counter((one.stance.value, other.stance.value) for one, other in both)),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, start=Tally())


def share(part: int, whole: int) -> float | None:
    """A share of a count; None of nothing."""
    return part / whole if whole else None


def f1(right: int, drafted: int, wanted: int) -> float | None:
    """The harmonic mean of precision and recall."""
    return share(2 * right, drafted + wanted)


def macro_f1(stances: Confusion) -> float | None:
    """The mean F1 of the stances that a person found among the placed, each counting alike."""
    wanted, drafted, right = Counter[str](), Counter[str](), Counter[str]()
    for one, other, count in stances:
        wanted[one] += count
        drafted[other] += count
        right[one] += count if one == other else 0
    each = [f1(right[one.value], drafted[one.value], wanted[one.value]) or 0.0 for one in Stance]
    present = [value for one, value in zip(Stance, each, strict=True) if wanted[one.value]]
    return sum(present) / len(present) if present else None


def kappa(stances: Confusion) -> float | None:
    """Cohen's kappa (1960) of two people's stances over what both placed."""
    wanted, drafted = Counter[str](), Counter[str]()
    for one, other, count in stances:
        wanted[one] += count
        drafted[other] += count
    whole = wanted.total()
    if not whole:
        return None
    agreed = sum(count for one, other, count in stances if one == other) / whole
    by_chance = sum(wanted[one] * drafted[one] for one in wanted) / whole**2
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def figures_of(tally: Tally) -> dict[str, float | int | None]:
    """The shares that the page and the command tell, beside the counts they are made of."""
    counts = {name: getattr(tally, name) for name in tally.__struct_fields__ if name != "stances"}
    shares = {
        "precision": share(tally.right, tally.drafts),
        "recall": share(tally.right, tally.statements),
        "f1": f1(tally.right, tally.drafts, tally.statements),
        "placed_f1": f1(tally.placed, tally.drafts, tally.statements),
        "attribution_f1": f1(tally.attributed, tally.drafts, tally.statements),
        "stance_macro_f1": macro_f1(tally.stances),
        "stance_kappa": kappa(tally.stances),
        "speaker_kind": share(tally.speaker_kinds, tally.placed),
        "hedge": share(tally.hedges, tally.placed),
        "basis": share(tally.bases, tally.placed),
        "kind": share(tally.kinds, tally.placed),
        "slots_f1": f1(tally.slots_right, tally.slots_drafted, tally.slots_wanted),
        "chain_of_hearsay": share(tally.chains, tally.hearsay),
        "chain_of_placed_hearsay": share(tally.chains, tally.hearsay_placed),
        "made_sure_share": share(tally.made_sure, tally.negative_covered),
        "abstention": share(tally.passed_over, tally.statements),
        "other": share(tally.drafts_other, tally.drafts),
    }
    rounded = {name: None if one is None else round(one, 4) for name, one in shares.items()}
    return {**counts, **rounded}


def _confusion(stances: Counter[tuple[str, str]]) -> Confusion:
    return tuple((one, other, count) for (one, other), count in sorted(stances.items()))


def _loose(document: KeptDocument, reading: Reading) -> int:
    """Spans that are not verbatim, and characters but white space that no sentence holds."""
    spans = sum(
        document.text[draft.statement.source.start : draft.statement.source.end]
        != draft.statement.source.quote
        for draft in reading.drafts
    )
    held: set[int] = set()
    for sentence in reading.sentences:
        held.update(range(*sentence.span))
    return spans + sum(
        not letter.isspace() and place not in held for place, letter in enumerate(document.text)
    )
