"""Seal and quarantine at the desk: the store, then everything outside of it that carries the words.

A page or a list of sentences that this program wrote is destroyed where it is still what was
written; what somebody changed since, backups made before, and files of the home's folder in which
the words stand are named, for people to destroy.
"""

import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from whoseword.books import Asked, BookError, Copy, Done, Plan, Read, Receipt
from whoseword.books.bodies import statement_in
from whoseword.books.copies import telling_words
from whoseword.books.protocol import Row, View
from whoseword.books.reads import logged, readers_of
from whoseword.books.removing import OUTSIDE, outside_due
from whoseword.books.removings import Removing
from whoseword.books.restoring import notes_of
from whoseword.doors.desk import Desk
from whoseword.doors.proofs import row_of

BACKUP = "backup"
REMAINS = "remains"
"""The setting that names files in which something sealed still stood."""
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
    """Seal a statement, and every copy of its words that this home can reach.

    What is broken off after the books were written is finished by ``finish``, when the home is
    next opened or the seal is asked for again.
    """
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
    destroyed, left = finish(desk)
    with desk.ledger.store.view() as view:
        backups = _backups_before(view, plan)
    if unfinished is None:
        unfinished = _remains(desk, done.plan)
    return Sealed(
        done=done,
        destroyed=tuple(destroyed),
        left=tuple(left),
        backups=tuple(sorted(path for path in backups if _is_there(path))),
        found=tuple(_found(desk, done.plan)),
        unfinished=unfinished,
    )


def finish(desk: Desk) -> tuple[list[str], list[str]]:
    """Do outside of the books what a seal requires: the register, and files that were written.

    Which files were destroyed, and which are left for people to destroy.
    """
    with desk.ledger.store.view() as view:
        due = outside_due(view)
        if due is None:
            return [], []
        notes = notes_of(view, Removing.SEALED)
        copies = [one for one in view.copies() if one.kind != BACKUP and one.incident in due]
    desk.folder.note_seals(notes)
    destroyed, left = _destroy(desk, copies)
    with desk.ledger.store.writer() as writer:
        if outside_due(writer) == due:
            writer.set_setting(OUTSIDE, "")
    return destroyed, left


def quarantine(desk: Desk, asked: Asked) -> tuple[Receipt, list[Read]]:
    """Put a statement into quarantine; and everybody who was shown it, for its custodian."""
    receipt = desk.ledger.quarantine(asked)
    return receipt, readers(desk, asked.book, asked.id)


def readers(desk: Desk, book: str, id_: str) -> list[Read]:
    """Every read in which a statement was shown, in order."""
    row = row_of(desk, book, id_)
    with desk.ledger.store.view() as view:
        return readers_of(logged(view), row, view.removals(book))


def reads(desk: Desk) -> list[Read]:
    """The whole log of reads, in order."""
    with desk.ledger.store.view() as view:
        return list(logged(view))


def written_pages(desk: Desk, row: Row) -> list[str]:
    """The pages of a statement's incident that were written, and are still there."""
    with desk.ledger.store.view() as view:
        pages = {one.path for one in view.copies() if one.incident == row.entry.incident}
    return sorted(path for path in pages if Path(path).exists())


def _destroy(desk: Desk, copies: Sequence[Copy]) -> tuple[list[str], list[str]]:
    """Destroy files that were written; by path, which are gone and which are left.

    A path may have been written several times; what lies there now is one of these writings.
    """
    destroyed: list[str] = []
    left: list[str] = []
    for path in sorted({one.path for one in copies}):
        if not _is_there(path):
            continue
        digests = [one.sha256 for one in copies if one.path == path]
        gone = any(desk.folder.destroy(Path(path), digest) for digest in digests)
        (destroyed if gone else left).append(path)
    return destroyed, left


def _is_there(path: str) -> bool:
    """Whether a file is there, or may be: where nobody may look, people have to."""
    try:
        return Path(path).exists()
    except OSError:
        return True


def _remains(desk: Desk, plan: Plan) -> str | None:
    """Look for the salts, which stood beside the words and nowhere else by chance."""
    salts = [row.salt for row in plan.rows if row.salt is not None]
    found = {str(path) for path in desk.folder.holding(salts, but=())}
    with desk.ledger.store.view() as view:
        before = view.setting(REMAINS)
    # A salt that is gone from the books can be looked for but once; so it is noted where it stood.
    found |= {
        path for path in msgspec.json.decode(before or "[]", type=list[str]) if _is_there(path)
    }
    told = msgspec.json.encode(sorted(found)).decode() if found else ""
    if told != (before or ""):
        with desk.ledger.store.writer() as writer:
            writer.set_setting(REMAINS, told)
    if not found:
        return None
    return (
        f"what was sealed still stands in {', '.join(sorted(found))}; destroy what is a copy of "
        "the ledger, stop every program that has the home open, and seal again"
    )


def backups_written(desk: Desk) -> list[str]:
    """The backups that were written from this home and are still there."""
    with desk.ledger.store.view() as view:
        paths = {one.path for one in view.copies() if one.kind == BACKUP}
    return sorted(path for path in paths if _is_there(path))


def _backups_before(view: View, plan: Plan) -> set[str]:
    """The backups that were begun before the statement was sealed."""
    act = view.row(plan.already.book, plan.already.act) if plan.already is not None else None
    return {
        one.path
        for one in view.copies()
        if one.kind == BACKUP and (act is None or one.written <= act.entry.appended)
    }


def _as_written(words: str) -> tuple[str, ...]:
    """Words as they may stand in a file: plain, in HTML, in JSON, and in JSON within JSON."""
    plain = json.dumps(words, ensure_ascii=False)[1:-1]
    escaped = json.dumps(words)[1:-1]
    capital = re.sub(r"\\u[0-9a-f]{4}", lambda found: "\\u" + found[0][2:].upper(), escaped)
    inner = (json.dumps(one, ensure_ascii=False)[1:-1] for one in (plain, escaped))
    return (words, html.escape(words), plain, escaped, capital, *inner)


def _found(desk: Desk, plan: Plan) -> list[str]:
    words = {
        told
        for row in plan.rows
        if row.body is not None
        for words in telling_words(statement_in(row))
        for told in _as_written(words)
    }
    own = list(desk.folder.path.glob(f"{_LEDGER}*"))
    return [str(path) for path in desk.folder.holding([one.encode() for one in words], but=own)]
