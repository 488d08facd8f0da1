"""Seal and quarantine at the desk: the store, then everything outside of it that carries the words.

A page or a list of sentences that this program wrote is destroyed where it is still what was
written; what somebody changed since, backups made before, and files of the home's folder in which
the words stand are named, for people to destroy.
"""

import html
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from whoseword.books import Asked, BookError, Copy, Done, LedgerDamaged, Plan, Read, Receipt
from whoseword.books.bodies import statement_in
from whoseword.books.copies import telling_words
from whoseword.books.protocol import Row, View
from whoseword.books.reads import logged, readers_of
from whoseword.books.restoring import seal_notes
from whoseword.doors.desk import Desk
from whoseword.doors.proofs import row_of

BACKUP = "backup"
_LEDGER = "ledger."


class Sealed(msgspec.Struct, frozen=True):
    """What a seal did outside of the books, and what is left for people to do.

    ``destroyed`` are files that this program had written; ``left`` are written files that were
    changed since or cannot be reached; ``backups`` were made before and still carry the words;
    ``found`` are other files of the home's folder in which they stand. ``unfinished`` tells why
    deleted rows are not yet written over, where they are not.
    """

    done: Done
    destroyed: tuple[str, ...]
    left: tuple[str, ...]
    backups: tuple[str, ...]
    found: tuple[str, ...]
    unfinished: str | None


def seal(desk: Desk, asked: Asked) -> Sealed:
    """Seal a statement, and every copy of its words that this home can reach."""
    plan = desk.ledger.plan_seal(asked)
    unfinished = None
    done = Done(plan, ())
    try:
        done = desk.ledger.seal(asked)
    except BookError as error:
        # The seal stands if it was written; a reader or a full disk delays only the writing over.
        if desk.ledger.plan_seal(asked).already is None:
            raise
        unfinished = str(error)
    with desk.ledger.store.view() as view:
        desk.folder.note_seals(seal_notes(view))
        copies = _carrying(view, done.plan)
    if unfinished is None:
        _refuse_remains(desk, done.plan)
    destroyed, left = _destroy(desk, [one for one in copies if one.kind != BACKUP])
    backups = sorted({one.path for one in copies if one.kind == BACKUP and Path(one.path).exists()})
    return Sealed(
        done=done,
        destroyed=tuple(destroyed),
        left=tuple(left),
        backups=tuple(backups),
        found=tuple(_found(desk, done.plan)),
        unfinished=unfinished,
    )


def quarantine(desk: Desk, asked: Asked) -> tuple[Receipt, list[Read]]:
    """Put a statement into quarantine; and everybody who was shown it, for its custodian."""
    receipt = desk.ledger.quarantine(asked)
    return receipt, readers(desk, asked.book, asked.id)


def readers(desk: Desk, book: str, id_: str) -> list[Read]:
    """Every read in which a statement was shown, in order."""
    row = row_of(desk, book, id_)
    with desk.ledger.store.view() as view:
        return readers_of(logged(view), row)


def reads(desk: Desk) -> list[Read]:
    """The whole log of reads, in order."""
    with desk.ledger.store.view() as view:
        return list(logged(view))


def _carrying(view: View, plan: Plan) -> list[Copy]:
    """The written files that may carry what is sealed: of its incidents, from before the seal."""
    incidents = {row.entry.incident for row in plan.rows}
    sealed = None
    if plan.already is not None:
        incidents.add(plan.already.incident)
        act = view.row(plan.already.book, plan.already.act)
        sealed = act.entry.appended if act is not None else None
    return [
        one
        for one in view.copies()
        if (not one.incident or one.incident in incidents)
        and (sealed is None or one.written <= sealed)
    ]


def written_pages(desk: Desk, row: Row) -> list[str]:
    """The pages of a statement's incident that were written since it was entered, and are there."""
    with desk.ledger.store.view() as view:
        pages = {
            one.path
            for one in view.copies()
            if one.incident == row.entry.incident and one.written >= row.entry.appended
        }
    return sorted(path for path in pages if Path(path).exists())


def _destroy(desk: Desk, copies: Sequence[Copy]) -> tuple[list[str], list[str]]:
    """Destroy files that were written; by path, which are gone and which are left.

    A path may have been written several times; what lies there now is one of these writings.
    """
    destroyed: list[str] = []
    left: list[str] = []
    for path in sorted({one.path for one in copies}):
        if not Path(path).exists():
            continue
        digests = [one.sha256 for one in copies if one.path == path]
        gone = any(desk.folder.destroy(Path(path), digest) for digest in digests)
        (destroyed if gone else left).append(path)
    return destroyed, left


def _refuse_remains(desk: Desk, plan: Plan) -> None:
    """Look for the salts, which stood beside the words and nowhere else by chance."""
    salts = [row.salt for row in plan.rows if row.salt is not None]
    remains = desk.folder.holding(salts, but=())
    if remains:
        raise LedgerDamaged(
            f"what was sealed is not written over in {', '.join(map(str, remains))}; the seal "
            "stands in the book; stop every program that uses the home, and seal again"
        )


def _found(desk: Desk, plan: Plan) -> list[str]:
    words = {
        told
        for row in plan.rows
        if row.body is not None
        for words in telling_words(statement_in(row))
        for told in (words, html.escape(words), json.dumps(words)[1:-1])
    }
    own = list(desk.folder.path.glob(f"{_LEDGER}*"))
    return [str(path) for path in desk.folder.holding([one.encode() for one in words], but=own)]
