"""How long it takes to find the copies among many documents, and whether it stays linear.

Invented stories, each retold by several outlets with small changes, among documents of their own;
1,000 and 10,000 of them. The peer, in the same run, is `difflib.SequenceMatcher` over words, which
compares two documents and so grows with the square: it is timed on a few hundred pairs, and what it
would take for all pairs is told.

Run: ``python benchmarks/copies.py``
"""

import random
import resource
import time
from difflib import SequenceMatcher

from whoseword.intake import keep_document
from whoseword.intake.copies import Paper, families_of, paper_of

SIZES = (1_000, 10_000)
COPIES = 8
_PAIRS = 300
_WHO = ("deputy", "clerk", "driver", "nurse", "tenant", "cook", "guard", "pilot")
_DID = ("fired", "closed", "carried", "opened", "photographed", "searched", "reported", "moved")
_WHAT = ("two rounds", "the road", "a child", "the door", "the car", "the house", "a fire", "a bag")


def sentence(chance: random.Random) -> str:
    number = chance.randint(1, 9_999)
    return (
        f"The {chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} at {number} Mill "
        f"Road on {chance.choice(('Monday', 'Friday'))} with unit {chance.randint(1, 999)}."
    )


def documents(count: int) -> list[Paper]:
    """A quarter of them copies, eight of a story, each with one sentence changed."""
    chance = random.Random(5)
    found: list[Paper] = []
    while len(found) < count:
        story = [sentence(chance) for _ in range(20)]
        told = COPIES if chance.random() < 0.04 else 1
        for _ in range(min(told, count - len(found))):
            its = list(story)
            if told > 1:
                its[chance.randrange(20)] = sentence(chance)
            text = f"Outlet {len(found)}\n\n" + " ".join(its)
            found.append(paper_of(keep_document(text.encode(), f"{len(found):05d}.txt")))
    return found


def main() -> None:
    for size in SIZES:
        papers = documents(size)
        start = time.perf_counter()
        families = families_of(papers)
        seconds = time.perf_counter() - start
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        in_families = sum(len(one.members) for one in families)
        print(
            f"{size:,} documents: {seconds:.1f} s, {len(families)} families of {in_families} documents"
        )
        print(f"  largest so far {held:,.0f} MiB")
        start = time.perf_counter()
        for at in range(_PAIRS):
            SequenceMatcher(None, papers[at].text.split(), papers[at + 1].text.split()).ratio()
        one = (time.perf_counter() - start) / _PAIRS
        every = one * size * (size - 1) / 2
        print(
            f"  difflib over all pairs would take {every:,.0f} s: {every / seconds:,.0f} times as long"
        )


if __name__ == "__main__":
    main()
