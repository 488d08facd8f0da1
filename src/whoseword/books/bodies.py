"""The statement in a stored body, read back with the marks that its entry carries."""

import msgspec

from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Row
from whoseword.words import Statement, WordFault, decode_body
from whoseword.words.times import moment_from


def statement_in(row: Row) -> Statement:
    """The statement of a row, with what its entry adds: recorded, backfilled, appended.

    Raises ``LedgerDamaged`` where the body is gone or is no statement.
    """
    entry, _, body = row
    if body is None:
        raise LedgerDamaged(f"{entry.book} {entry.seq} has no body; run verify")
    try:
        return msgspec.structs.replace(
            decode_body(body),
            recorded=moment_from(entry.recorded),
            backfilled=entry.backfilled,
            appended=moment_from(entry.appended),
        )
    except (WordFault, OverflowError) as error:
        raise LedgerDamaged(
            f"{entry.book} {entry.seq} holds no statement ({error}); run verify"
        ) from error
