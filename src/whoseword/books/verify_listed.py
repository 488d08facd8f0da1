"""Verify, for rows that one statement lists: number, root, words, and who removed what.

Rows under no statement are an import that was broken off: nobody's word, and no fault.
"""

from collections.abc import Iterator

from whoseword.books.accounted import Act
from whoseword.books.listed import ListedRow, RowId, faults_of_rows
from whoseword.books.protocol import Evidence

_KINDS = {
    "sealed": ("sealed", "does"),
    "quarantined": ("quarantined", "does"),
    "returned": ("quarantined", "denies"),
}


class Listings:
    """What the statements of one book list, held against the rows that lie there."""

    def __init__(self, book: str) -> None:
        self._book = book
        self._listings: dict[str, tuple[object, tuple[str | None, str | None]]] = {}
        self._acts: dict[object, tuple[str, Act]] = {}

    def saw_listing(self, seq: object, id_: str, stated: tuple[str | None, str | None]) -> None:
        """Take note of a statement that lists rows: how many, and under which root."""
        self._listings[id_] = seq, stated

    def saw_act(self, seq: object, mark: str, act: Act) -> None:
        """Take note of a statement that removed a row, or put it back."""
        self._acts[seq] = mark, act

    def faults(self, evidence: Evidence) -> Iterator[tuple[object, str]]:
        """What is wrong, with the entry at which it is told, after the whole book was met."""
        if not self._listings and not self._acts:
            # A book that lists nothing can have no removed rows either.
            noted = evidence.stored_listed_removals(self._book)
            yield from ((seq, "a removed row is noted, and nothing lists it") for *_, seq in noted)
            return
        sealed: dict[str, set[int]] = {}
        noted_at = set()
        for batch, place, what, act_seq in evidence.stored_listed_removals(self._book):
            noted_at.add(act_seq)
            item, done = f"{_text(batch)}#{place}", _text(what)
            mark, act = self._acts.get(act_seq, ("", None))
            if act is None or mark != done or act[:3] != (*_KINDS[done], item):
                yield act_seq, f"row {item} is noted as {done}, and no statement says so"
            if done == "sealed" and isinstance(place, int):
                sealed.setdefault(_text(batch), set()).add(place)
        for seq, (mark, act) in self._acts.items():
            if seq not in noted_at:
                yield seq, f"it says that row {act.item} was {mark}, and that is not noted"
        for id_, (seq, stated) in self._listings.items():
            yield from self._rows(evidence, (id_, seq), stated, frozenset(sealed.get(id_, ())))

    def _rows(
        self,
        evidence: Evidence,
        listing: tuple[str, object],
        stated: tuple[str | None, str | None],
        sealed: frozenset[int],
    ) -> Iterator[tuple[object, str]]:
        id_, seq = listing
        size, root = stated
        try:
            expected = int(size or ""), bytes.fromhex(root or "")
        except ValueError:
            yield seq, "it lists rows, and states no number or root of them"
            return
        strange: list[str] = []
        rows = _typed(evidence.stored_listed(self._book, id_), strange)
        for fault in faults_of_rows(id_, expected, rows, sealed):
            where = "" if fault.row is None else f"row {RowId(id_, fault.row)}: "
            yield seq, f"{where}{fault.what}"
        yield from ((seq, what) for what in strange)


def _typed(
    stored: Iterator[tuple[object, object, object, object]], strange: list[str]
) -> Iterator[ListedRow]:
    """Rows whose fields are of their types; the others are told and passed over."""
    for place, commitment, salt, body in stored:
        good = isinstance(place, int) and isinstance(commitment, bytes)
        if not good or not isinstance(salt, bytes | None) or not isinstance(body, bytes | None):
            strange.append(f"row {place} holds what no row can hold")
            continue
        assert isinstance(place, int)
        assert isinstance(commitment, bytes)
        yield ListedRow(place, commitment, salt, body)


def _text(stored: object) -> str:
    return stored.decode(errors="replace") if isinstance(stored, bytes) else str(stored)
