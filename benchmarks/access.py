"""How fast it is decided who opens what, against asking Cedar once for every statement.

Three figures, on one core: class decisions a second where nothing is remembered; 500 statements of
12 kinds of book authorised as the desk does it, by class; and the same 500 decided one by one, the
peer. The design's aim: 5,000 decisions a second, and 500 statements in under 5 ms.

    python benchmarks/access.py
"""

import time
from datetime import date
from itertools import cycle, islice
from statistics import median

from whoseword.access import PURPOSES, Law, Reader, read_rules
from whoseword.wiring import rules_folder
from whoseword.words import BookClass

OWNER = Reader("oversight", "county", "inquiry")
BOOKS = [f"{agency}/{one.value}" for agency in ("county", "state") for one in BookClass][:12]
STATEMENTS = 500
ROUNDS = 7


def readers() -> list[Reader]:
    return [Reader(role, "county", purpose) for role, its in PURPOSES.items() for purpose in its]


def fresh() -> Law:
    """A law that remembers nothing but its parsed policies."""
    law = Law(read_rules(rules_folder()), date(2031, 3, 6))
    law.opens(OWNER, "county/public", OWNER)
    law.forget()
    return law


def decided(law: Law, times: int) -> float:
    """Decisions a second of one core's time, each forgotten at once."""
    kinds = [(reader, one.value) for reader in readers() for one in BookClass]
    start = time.process_time()
    for reader, handling in islice(cycle(kinds), times):
        law.forget()
        law.decide(("Role", reader.role), "open", ("Class", handling), _context(reader))
    return times / (time.process_time() - start)


def _context(reader: Reader) -> dict[str, str | bool]:
    told = {"purpose": reader.purpose, "topic": "", "home": OWNER.role}
    return told | {"own_agency": False, "owner": False, "assigned": False}


def authorised(law: Law, by_class: bool) -> float:
    """Milliseconds in which 500 statements of 12 kinds of book are authorised."""
    reader = Reader("investigator", "county", "inquiry")
    books = list(islice(cycle(BOOKS), STATEMENTS))
    law.forget()
    start = time.process_time()
    opened = 0
    for book in books:
        if not by_class:
            law.forget()
        opened += law.opens(reader, book, OWNER).allowed
    assert 0 < opened < STATEMENTS
    return 1000 * (time.process_time() - start)


def main() -> None:
    law = fresh()
    rates = [decided(law, 2_000) for _ in range(ROUNDS)]
    each = [authorised(law, by_class=False) for _ in range(ROUNDS)]
    once = [authorised(law, by_class=True) for _ in range(ROUNDS)]
    print(f"decisions a second, nothing remembered   {median(rates):>9,.0f}   (aim 5,000)")
    print(f"500 statements of 12 kinds, by class     {median(once):>9.2f} ms (aim 5)")
    print(f"500 statements, one by one, the peer     {median(each):>9.2f} ms")
    print(f"by class against one by one              {median(each) / median(once):>9.1f} times")


if __name__ == "__main__":
    main()
