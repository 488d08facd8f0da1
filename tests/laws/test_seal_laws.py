"""Law 9, and law 4's exception: a seal takes one statement's words out of every account, and adds
the same marker at every moment; chain, counts and proofs still hold."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookkeeping import Clock, again, ledger_in
from house import may_open
from strategies import INCIDENT, statements
from telling import LATER, START
from whoseword.access import PURPOSES, Reader, parse_reader
from whoseword.account import Account, account
from whoseword.books import Asked, BatchRefused, Ledger, Told, verify
from whoseword.books.verify import Expected
from whoseword.words import Statement

OWNER = parse_reader("oversight@home")
READERS = [Reader(role, "county", purpose) for role, its in PURPOSES.items() for purpose in its]
MOMENTS = [START + timedelta(minutes=minutes) for minutes in (0, 3, 1_500, 5_000)]


def entered(ledger: Ledger, told: list[Statement]) -> list[Statement]:
    """Those of the statements that the home takes, one by one."""
    taken = []
    for one in told:
        try:
            ledger.append([again(one, recorded=one.recorded)], backfill=True)
        except BatchRefused:
            continue
        taken.append(one)
    return taken


def seen(told: Told, reader: Reader, moment: datetime) -> Account:
    opened = [one for one in told.statements if may_open(reader, one.book, OWNER)]
    removed = [one for one in told.removed if may_open(reader, one.book, OWNER)]
    return account(opened, incident=INCIDENT, as_of=moment, reader=reader, removed=removed)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(told=statements(most=8), which=st.integers(0, 7), reader=st.sampled_from(READERS))
def test_an_account_before_the_seal_is_the_one_without_the_statement_and_a_marker(
    told: list[Statement], which: int, reader: Reader
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with ledger_in(Path(folder), Clock(LATER)) as ledger:
            taken = entered(ledger, told)
            if not taken:
                return
            before = ledger.told()
            earlier = [Expected(one.book, one.size, one.root) for one in verify(ledger.store).books]
            target = taken[which % len(taken)]
            done = ledger.seal(Asked(target.book, str(target.id), ("clerk",), "No. 44"))
            after = ledger.told()
            assert verify(ledger.store, None, earlier).faults == []
        gone = {(row.entry.book, row.entry.id) for row in done.plan.rows}
        assert (target.book, target.id) in gone
        left = [one for one in before.statements if (one.book, one.id) not in gone]
        for moment in MOMENTS:
            sealed = seen(after, reader, moment)
            without = seen(Told(left, []), reader, moment)
            assert msgspec.structs.replace(sealed, removed=()) == without
            markers = {(one.book, one.statement) for one in sealed.removed}
            assert markers == {
                (one.book, one.id)
                for one in before.statements
                if (one.book, one.id) in gone
                and may_open(reader, one.book, OWNER)
                and one.recorded is not None
                and one.recorded <= moment
            }
        assert (
            seen(after, OWNER, LATER - timedelta(days=9)).removed
            == seen(after, OWNER, LATER).removed
        )
