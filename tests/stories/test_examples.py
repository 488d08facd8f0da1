"""The three incidents in examples/ as data: whole, exact, in order, and fit to be appended."""

import secrets
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from told_examples import NAMES, documents_of, statements_of
from whoseword.books import Ledger, verify
from whoseword.doors.taking_in import document_row
from whoseword.stores.sqlite import SqliteStore
from whoseword.words import (
    FACTS,
    Basis,
    BookClass,
    Hedge,
    SpeakerKind,
    Stance,
    decode_statement,
    encode_statement,
    kind_of,
)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_a_statement_and_survives_a_round_trip(name: str) -> None:
    for statement in statements_of(name):
        assert decode_statement(encode_statement(statement)) == statement
        assert statement.id is not None
        assert statement.recorded is not None
        assert statement.signed_by is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_span_is_byte_for_byte_what_its_document_says(name: str) -> None:
    kept = documents_of(name)
    spans = 0
    for statement in statements_of(name):
        source = statement.source
        if source.document in kept:
            document = kept[source.document]
            assert document.text[source.start : source.end] == source.quote
            assert source.page == document.page_at(source.start or 0)
            spans += 1
    assert spans > len(statements_of(name)) / 2


def test_only_the_medical_examiners_report_is_quoted_without_being_held() -> None:
    unheld = [
        (statement.speaker.name, statement.source.quote)
        for name in NAMES
        for statement in statements_of(name)
        if statement.source.document and statement.source.document not in documents_of(name)
    ]
    assert unheld == [("Dr. Amsel", "The cause of death is a gunshot wound.")]


@pytest.mark.parametrize("name", NAMES)
def test_the_incident_is_told_in_the_order_in_which_it_became_known(name: str) -> None:
    recorded = [statement.recorded for statement in statements_of(name)]
    assert recorded == sorted(moment for moment in recorded if moment is not None)


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_quoted(name: str) -> None:
    quoted = {statement.source.document for statement in statements_of(name)}
    assert set(documents_of(name)) <= quoted


def test_together_they_use_the_whole_vocabulary() -> None:
    told = [statement for name in NAMES for statement in statements_of(name)]
    # A batch of rows from another system, what is taken out of sight, and who may read, the
    # program itself tells.
    own = {"imported", "quarantined", "assigned", "broke_glass", "read_reviewed"}
    assert {kind_of(one.fact) for one in told} == set(FACTS) - own
    assert {one.stance for one in told} == set(Stance)
    assert {one.hedge for one in told} == set(Hedge)
    assert {one.basis for one in told} == set(Basis)
    assert {one.speaker.kind for one in told} == set(SpeakerKind)
    assert {one.handling for one in told} == {handling.value for handling in BookClass}
    assert any(one.via for one in told)
    assert any(one.occasion and one.occasion.compelled for one in told)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_taken_by_a_fresh_home_and_quoted_true_and_its_chains_hold(
    name: str, tmp_path: Path
) -> None:
    told = statements_of(name)
    documents = documents_of(name)
    with Ledger(SqliteStore(tmp_path), lambda: datetime.now(UTC), secrets.token_bytes) as ledger:
        with ledger.store.writer() as writer:
            for kept in documents.values():
                writer.keep_document(
                    document_row(kept),
                    str(told[0].incident),
                    sha256(kept.text.encode()).hexdigest(),
                )
        receipts = ledger.append(told, backfill=True)
        again = ledger.append(told, backfill=True)
        stood = ledger.statements(incident=told[0].incident)
        checked = verify(ledger.store)
    assert len(receipts) == len(told)
    assert again == receipts
    assert all(one.backfilled for one in stood)
    unchecked = [one.speaker.name for one in stood if one.source.unchecked]
    assert unchecked == (["Dr. Amsel"] if name == "alder-court" else [])
    assert checked.ok, checked.faults
    assert {book.book for book in checked.books} == {one.book for one in told}
