"""Programs that tell a reader something of a closed book: each leaks one thing, and no more.

They show that the comparison of ``reader_views`` would find it. A leak is put in with
``monkeypatch``, beside what the program does rightly.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from whoseword.access import Reader
from whoseword.account import Account, MatterView, account_json
from whoseword.account import account as account_of
from whoseword.books import Verdict
from whoseword.books.appending import Appending
from whoseword.books.bodies import statement_in
from whoseword.books.protocol import Row
from whoseword.books.verify import verify
from whoseword.doors.cli import books, views
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.stores.rows import SqlView
from whoseword.words import Statement
from whoseword.words.times import parse_moment

Leak = Callable[[pytest.MonkeyPatch], None]


def _account(patch: pytest.MonkeyPatch, spoil: Callable[[Desk, Account], Account]) -> None:
    real = Desk.account

    def spoilt(desk: Desk, *asked: Any, **more: Any) -> Account:
        return spoil(desk, real(desk, *asked, **more))

    patch.setattr(Desk, "account", spoilt)


def _told(desk: Desk, view: Account) -> list[Statement]:
    return desk.ledger.told(incident=view.incident, until=parse_moment(view.as_of)).statements


def a_count(patch: pytest.MonkeyPatch) -> None:
    """``origins`` counts the voices of every book."""

    def spoil(desk: Desk, view: Account) -> Account:
        whole = account_of(
            _told(desk, view),
            incident=view.incident,
            as_of=parse_moment(view.as_of),
            reader=desk.owner,
        )
        counted = {one.matter: one.origins for one in whole.matters}
        matters = tuple(
            msgspec.structs.replace(one, origins=counted.get(one.matter, one.origins))
            for one in view.matters
        )
        return msgspec.structs.replace(view, matters=matters)

    _account(patch, spoil)


def an_id(patch: pytest.MonkeyPatch) -> None:
    """An id is written BOOK:ID because it stands in a closed book too."""
    stands: Counter[str | None] = Counter()

    def look(desk: Desk, view: Account) -> Account:
        stands.clear()
        stands.update(one.id for one in _told(desk, view))
        return view

    def spoilt(view: Account) -> bytes:
        told = account_json(view)
        for one in view.statements.values():
            if stands[one.id] > 1:
                told = told.replace(f'"{one.id}"'.encode(), f'"{one.book}:{one.id}"'.encode())
        return told

    _account(patch, look)
    patch.setattr(views, "account_json", spoilt)


def an_order(patch: pytest.MonkeyPatch) -> None:
    """Matters stand in the order of how much is said in every book of their kind."""

    def spoil(desk: Desk, view: Account) -> Account:
        said = Counter(type(one.fact).__name__.lower() for one in _told(desk, view))

        def place(one: MatterView) -> int:
            return -said[one.matter.partition("(")[0].replace("_", "")]

        return msgspec.structs.replace(view, matters=tuple(sorted(view.matters, key=place)))

    _account(patch, spoil)


def a_size(patch: pytest.MonkeyPatch) -> None:
    """``verify`` gives the size of a custodian's books together as that of the first."""
    real = books.verified

    def spoilt(desk: Desk, *asked: Any) -> Verdict:
        found = real(desk, *asked)
        sizes = Counter[str]()
        for one in verify(desk.ledger.store).books:
            sizes[one.book.partition("/")[0]] += one.size
        return Verdict(
            found.ok,
            [
                msgspec.structs.replace(one, size=sizes[one.book.partition("/")[0]])
                for one in found.books
            ],
            found.faults,
        )

    patch.setattr(books, "verified", spoilt)


def an_error(patch: pytest.MonkeyPatch) -> None:
    """A closed book that stands is refused in other words than one that does not."""
    real = Desk.opens

    def spoilt(desk: Desk, reader: Reader, book: str) -> bool:
        opened = real(desk, reader, book)
        with desk.ledger.store.view() as view:
            if not opened and view.head(book) is not None:
                raise DeskError(f"{book} is closed to {reader.name}")
        return opened

    def traces(desk: Desk, reader: Reader) -> list[str]:
        with desk.ledger.store.evidence() as evidence:
            return [book for book in evidence.names() if real(desk, reader, book)]

    patch.setattr(Desk, "opens", spoilt)
    # Listing what is open is no refusal.
    patch.setattr(Desk, "traces", traces)


def a_moment(patch: pytest.MonkeyPatch) -> None:
    """No two statements of a home are recorded at one moment, whatever book they are in."""
    real = SqlView.latest

    def spoilt(view: SqlView) -> int | None:
        latest = real(view)
        return None if latest is None else latest + 1

    patch.setattr(SqlView, "latest", spoilt)


def an_answer(patch: pytest.MonkeyPatch) -> None:
    """An id is taken once it stands in any book."""
    real = Appending._row

    def spoilt(appending: Appending, book: str, id_: str) -> Row | None:
        found = real(appending, book, id_)
        others = [real(appending, head.book, id_) for head in appending._writer.heads()]
        return found or next((row for row in others if row is not None), None)

    patch.setattr(Appending, "_row", spoilt)


def a_correction(patch: pytest.MonkeyPatch) -> None:
    """What is corrected is looked for in books of every class."""

    def spoilt(
        appending: Appending, custodian: str, handling: str, id_: str
    ) -> Sequence[Statement]:
        rows = [appending._row(head.book, id_) for head in appending._writer.heads()]
        return [statement_in(row) for row in rows if row is not None and row.body is not None]

    patch.setattr(Appending, "_same_class", spoilt)


LEAKS: tuple[Leak, ...] = (
    a_count,
    an_id,
    an_order,
    a_size,
    an_error,
    a_moment,
    an_answer,
    a_correction,
)
