"""What a home hands out so that others can hold it to its books: checkpoints and proofs.

Every checkpoint is written down before it is given to anybody, and from then on ``verify``,
``backup`` and ``restore`` hold the books to it: a rollback to an older copy of the file is found.
"""

from collections.abc import Collection, Iterator, Sequence

from whoseword.books import BookError, LedgerDamaged
from whoseword.books.checkpoints import (
    Checkpoint,
    Proof,
    checkpoint_of,
    checkpoint_text,
    key_name,
    open_checkpoint,
    proof_text,
    split_notes,
)
from whoseword.books.errors import NoteFault
from whoseword.books.listed import row_id
from whoseword.books.notes import Verifier, sign_note
from whoseword.books.protocol import Row
from whoseword.books.proving import prove_entry
from whoseword.books.restoring import Known
from whoseword.books.verify import Expected, Fault, Verdict, verify
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.homes import Keys


def checkpoints(desk: Desk, books: Collection[str]) -> str:
    """A signed checkpoint of each of the books, as handed out.

    None is given of books that do not hold, or that are not what an earlier checkpoint said of
    them: no home may sign two histories. Raises ``LedgerDamaged``.
    """
    earlier = [one.expected for one in handed_out(desk.keys(), books)]
    found = verify(desk.ledger.store, books, earlier)
    if not found.ok:
        fault = found.faults[0]
        raise LedgerDamaged(
            f"{fault.book} does not hold ({fault.what}), and no checkpoint is given of what does "
            "not hold; run verify"
        )
    home, signer = desk.home_id(), desk.signer()
    notes = "\n".join(
        sign_note(
            checkpoint_text(checkpoint_of(home, one.book, one.size, bytes.fromhex(one.root))),
            signer,
        )
        for one in found.books
    )
    if notes:
        desk.keys().hand_out(notes)
    return notes


def row_of(desk: Desk, book: str, id_: str) -> Row:
    """The entry of that id in a book, or the one that lists that row. Raises ``DeskError``."""
    named = row_id(id_)
    with desk.ledger.store.view() as view:
        row = view.row(book, id_ if named is None else named.statement)
    if row is None:
        raise DeskError(f"no statement {id_} stands in {book}; `whoseword account` lists the ids")
    return row


def entry_proof(desk: Desk, row: Row) -> str:
    """That an entry stands in its book, up to a fresh checkpoint (c2sp.org/tlog-proof).

    The entry's bytes go with it as ``extra``, so that the leaf can be made anew.
    """
    return entry_proofs(desk, [row])[0]


def entry_proofs(desk: Desk, rows: Sequence[Row]) -> list[str]:
    """The proof of each entry, up to one fresh checkpoint of each book."""
    notes = {book: checkpoints(desk, [book]) for book in {row.entry.book for row in rows}}
    verifiers = desk.keys().verifiers()
    proofs = []
    for row in rows:
        note = notes[row.entry.book]
        place = prove_entry(desk.ledger.store, row)
        said = open_checkpoint(note, verifiers)
        if (said.size, said.root) != (place.size, place.root):
            raise DeskError(f"{row.entry.book} grew while the proof was made; ask for it again")
        proofs.append(proof_text(Proof(place.at, place.path, note, place.entry)))
    return proofs


def handed_out(keys: Keys, books: Collection[str] | None = None) -> list[Known]:
    """Every checkpoint that a home has handed out, of these books (of all if none is named).

    Raises ``NoteFault`` for one it never signed.
    """
    notes = [
        note for note in split_notes(keys.handed_out()) if books is None or _book_of(note) in books
    ]
    opened = [open_checkpoint(note, keys.verifiers()) for note in notes]
    return [Known("when a checkpoint of it was handed out", _expected(one)) for one in opened]


def _book_of(note: str) -> str:
    """The book of which a note says that it speaks; whether it may is another question."""
    return "/".join(note.partition("\n")[0].split("/")[2:])


def expectations(text: str, known: Sequence[Verifier]) -> list[Expected]:
    """What the signed checkpoints in a text say of books. Raises ``NoteFault``."""
    opened = [open_checkpoint(note, known) for note in split_notes(text)]
    return [_expected(one) for one in opened]


def verified(
    desk: Desk, books: Sequence[str] | None, expected: Sequence[Expected], notes: "Notes"
) -> Verdict:
    """Recompute every chain of these books (of all if none is named), held to what is expected.

    That is: earlier sizes and roots, the checkpoints given, and those that the home handed out.
    """
    wanted, faults = list(expected), list[Fault]()
    keys = desk.earlier_keys()
    own = keys.verifiers() if keys else ()
    for text, verifiers in (
        (notes.given, (*own, *notes.verifiers)),
        (keys.handed_out() if keys else "", own),
    ):
        for note in _notes(text, faults):
            # Of books that are not asked for, nothing is told, not even that a note is broken.
            if text is not notes.given and books is not None and _book_of(note) not in books:
                continue
            try:
                one = _expected(_of_this_home(desk, open_checkpoint(note, verifiers)))
            except BookError as error:
                faults.append(Fault(None, None, str(error)))
            else:
                wanted.append(one)
    found = verify(desk.ledger.store, books, wanted)
    faults += found.faults
    return Verdict(not faults, found.books, faults)


class Notes:
    """Checkpoints that somebody holds, and keys that they were given for them."""

    def __init__(self, given: str, verifiers: Sequence[Verifier]) -> None:
        self.given = given
        self.verifiers = verifiers

    def books(self) -> list[str]:
        """The books that the notes speak of, whether or not they are sound."""
        return [book for note in _notes(self.given, []) if (book := _book_of(note))]


def _notes(text: str, faults: list[Fault]) -> Iterator[str]:
    try:
        yield from split_notes(text)
    except NoteFault as error:
        faults.append(Fault(None, None, str(error)))


def _of_this_home(desk: Desk, checkpoint: Checkpoint) -> Checkpoint:
    home = desk.home_id() if desk.earlier_keys() else None
    if home is None or not checkpoint.origin.startswith(f"{key_name(home)}/"):
        raise NoteFault(
            f"the checkpoint is of {checkpoint.origin}, and this home writes "
            f"{key_name(home) if home else 'none yet'}; hold it against the home that it came from"
        )
    return checkpoint


def _expected(checkpoint: Checkpoint) -> Expected:
    return Expected(checkpoint.book, checkpoint.size, checkpoint.root.hex())
