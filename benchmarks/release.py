"""How long a release of 300 lines takes: as a page, on paper, and checked by one file of plain Python.

Usage: python benchmarks/release.py [LINES]

Peers in the same run: for paper the same pages without tags, by the same library; for the check the
signature alone by ``cryptography``, which is written in Rust and C. It gates nothing.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from weasyprint import HTML

import whoseword_verify
from whoseword.doors.page import pdf_of
from whoseword.doors.page.released import release_page
from whoseword.record.reading import Proof, Record, RecordLine

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 300


def record() -> Record:
    """A release of many lines, each as long as lines are."""
    lines = tuple(
        RecordLine(
            text=f"Was witness {number} there? Said by several, not confirmed: yes (place yard), say "
            "police chief and Harrow Police; possibly yes, says a relative, through others.",
            standing="said_by_several",
            who_says=("police chief", "Harrow Police", "a relative"),
            statement=f"01950000-0000-7000-8000-{number:012x}",
        )
        for number in range(LINES)
    )
    return Record(
        incident="harrow-lane",
        version=1,
        published="2031-03-06T12:00:00Z",
        lines=lines,
        not_known=(),
        withheld=(),
        corrections=(),
        proof=Proof(book="harrow-police/public/record", size=LINES + 1, root="0" * 64),
        by="harrow-police",
        released_by=("Ann Lee",),
    )


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The quickest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    told = record()
    paper = release_page(told, [1], on_paper=True)
    pdf_of(paper)
    page = seconds(lambda: release_page(told, [1]))
    tagged, plain = seconds(lambda: pdf_of(paper)), seconds(lambda: HTML(string=paper).write_pdf())
    print(
        f"{LINES} lines: page {page * 1000:.1f} ms, {len(release_page(told, [1])) / 1000:,.0f} KB"
    )
    print(
        f"on paper, tagged: {tagged:.2f} s; the same without tags {plain:.2f} s, ratio {tagged / plain:.2f}"
    )
    private = Ed25519PrivateKey.generate()
    public, words = private.public_key(), b"x" * 200
    signature, raw = private.sign(words), public.public_bytes_raw()
    ours = seconds(lambda: whoseword_verify.signed(raw, words, signature))
    theirs = seconds(lambda: public.verify(signature, words))
    print(f"a signature in plain Python: {ours * 1000:.1f} ms; cryptography {theirs * 1000:.3f} ms")
    size = Path(whoseword_verify.__file__).stat().st_size
    print(f"whoseword_verify.py: {size / 1000:.1f} KB, no package")


if __name__ == "__main__":
    main()
