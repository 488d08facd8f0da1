"""Whether what was removed is accounted for: the act that did it stands in the same book.

A body that is gone is no fault where a statement of the book seals it, and that statement was
written by the ledger itself as it did so (``removing.MARK``); otherwise it was taken away. An act
whose removal is no longer noted is a fault as well. So nobody can destroy words, or bring them
back into sight, without saying so in the chain, where it stays.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_ACTS = {
    "sealed": ("sealed", "does"),
    "quarantined": ("quarantined", "does"),
    "returned": ("quarantined", "denies"),
}
"""What was done, and the kind and stance of the statement that did it."""


class Act(NamedTuple):
    """What a statement says that may have removed another: its mark is empty where it has none.

    ``left`` gives the digest of each kept text as a seal left it.
    """

    kind: str
    stance: str
    item: str | None
    mark: str
    left: dict[str, str]


class Removals:
    """The removals of one book as they lie in the store, held against its entries."""

    def __init__(self, stored: Sequence[tuple[object, object, object]]) -> None:
        self._stored = [(seq, _text(what), act) for seq, what, act in stored]
        self.sealed = {seq for seq, what, _ in self._stored if what == "sealed"}
        self._wanted = {seq for seq, _, _ in self._stored}
        self._acting = {act for _, _, act in self._stored}
        self._ids: dict[object, str] = {}
        self._acts: dict[object, Act] = {}

    def saw_entry(self, seq: object, id_: object) -> None:
        """Take note of an entry that is met."""
        if seq in self._wanted:
            self._ids[seq] = _text(id_)

    def saw_act(self, seq: object, act: Act) -> None:
        """Take note of what a sound body says."""
        if act.mark or seq in self._acting:
            self._acts[seq] = act

    def faults(self) -> Iterator[tuple[object, str]]:
        """What is not accounted for, after the whole book was met."""
        for seq, what, place in self._stored:
            act = self._acts.get(place)
            if seq not in self._ids:
                yield seq, f"it is noted as {what}, and there is no such entry"
            elif act is None or act.mark != what or act[:3] != (*_ACTS[what], self._ids[seq]):
                yield seq, f"it is noted as {what}, and no statement of the book says so"
        for place, act in self._acts.items():
            if act.mark and place not in self._acting:
                yield place, f"it says that {act.item} was {act.mark}, and that is not noted"

    def left_by(self, seq: object) -> dict[str, str]:
        """The digests of kept texts as the seal of an entry left them."""
        acts = [act for sealed, what, act in self._stored if sealed == seq and what == "sealed"]
        return self._acts[acts[0]].left if acts and acts[0] in self._acts else {}


def _text(stored: object) -> str:
    return stored.decode(errors="replace") if isinstance(stored, bytes) else str(stored)
