"""The statement in what another home sent, as this home learnt it.

Its ``recorded`` is when it was received here: an account of an earlier moment, in which nobody
here knew it, stays what it was (law 4). What the sender recorded stands in the proven entry.
"""

import msgspec

from whoseword.books.errors import LedgerDamaged
from whoseword.books.exchanged import Received
from whoseword.words import Statement, WordFault, decode_body
from whoseword.words.times import moment_from


def received_statement(one: Received) -> Statement:
    """The statement of a received row. Raises ``LedgerDamaged`` where there is none."""
    if one.body is None:
        raise LedgerDamaged(f"{one.book} {one.seq}, as received, has no body; run verify")
    try:
        statement = decode_body(one.body)
    except WordFault as error:
        raise LedgerDamaged(
            f"{one.book} {one.seq}, as received, holds no statement ({error}); run verify"
        ) from error
    return msgspec.structs.replace(
        statement, recorded=moment_from(one.received), backfilled=False, appended=None
    )
