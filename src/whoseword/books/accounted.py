"""Whether each removal is accounted for: the act that did it stands in the same book.

A body that is gone is no fault where a statement of the book seals it; otherwise it was taken
away. So nobody can destroy words without saying so in the chain, where it stays.
"""

from collections.abc import Iterator, Sequence

_ACTS = {
    "sealed": ("sealed", "does"),
    "quarantined": ("quarantined", "does"),
    "returned": ("quarantined", "denies"),
}
"""What was done, and the kind and stance of the statement that did it."""


class Removals:
    """The removals of one book as they lie in the store, held against its entries."""

    def __init__(self, stored: Sequence[tuple[object, object, object]]) -> None:
        self._stored = [(seq, _text(what), act) for seq, what, act in stored]
        self.sealed = {seq for seq, what, _ in self._stored if what == "sealed"}
        self._wanted = {seq for seq, _, _ in self._stored}
        self._acting = {act for _, _, act in self._stored}
        self._ids: dict[object, str] = {}
        self._acts: dict[object, tuple[str, str, str | None]] = {}

    def saw_entry(self, seq: object, id_: object) -> None:
        """Take note of an entry that is met."""
        if seq in self._wanted:
            self._ids[seq] = _text(id_)

    def saw_statement(self, seq: object, kind: str, stance: str, item: str | None) -> None:
        """Take note of what a sound body says."""
        if seq in self._acting:
            self._acts[seq] = (kind, stance, item)

    def faults(self) -> Iterator[tuple[object, str]]:
        """Each removal without its entry or its act, after the whole book was met."""
        for seq, what, act in self._stored:
            if seq not in self._ids:
                yield seq, f"it is noted as {what}, and there is no such entry"
            elif what not in _ACTS or self._acts.get(act) != (*_ACTS[what], self._ids[seq]):
                yield seq, f"it is noted as {what}, and no statement of the book says so"


def _text(stored: object) -> str:
    return stored.decode(errors="replace") if isinstance(stored, bytes) else str(stored)
