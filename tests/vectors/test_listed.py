"""The golden row: its bytes, spelt out from docs/decisions/0023-contacts-in-files.md alone.

The values were written once; a change of any is a break.
"""

from hashlib import sha256

import pytest

from whoseword.books.errors import ProofFault
from whoseword.books.listed import (
    RowId,
    check_row,
    commitment_of_row,
    prove_row,
    root_of_rows,
    row_bytes,
    row_id,
)

BATCH = "00000000-0000-7000-8000-000000000001"
SALTS = [bytes([row]) * 32 for row in range(3)]
BODIES = [b'{"agency":"harrow-clinic","line":2}', b"{}", "ö".encode()]
ROOT = "8c54c254454d7a4d7d1dd30b4e62c5ceebfd2f7e80bb3f686092132a2b6ba283"


def field(content: bytes) -> bytes:
    return len(content).to_bytes(8, "big") + content


def leaf(row: int) -> bytes:
    commitment = sha256(
        b"whoseword/row-commitment/1\n" + field(SALTS[row]) + field(BODIES[row])
    ).digest()
    place = row.to_bytes(8, "big")
    told = b"whoseword/row/1\n" + field(BATCH.encode()) + field(place) + field(commitment)
    assert told == row_bytes(RowId(BATCH, row), commitment)
    return sha256(b"\x00" + told).digest()


def test_the_root_is_the_one_that_the_page_gives() -> None:
    left = sha256(b"\x01" + leaf(0) + leaf(1)).digest()
    by_page = sha256(b"\x01" + left + leaf(2)).hexdigest()
    commitments = [commitment_of_row(*pair) for pair in zip(SALTS, BODIES, strict=True)]
    size, root = root_of_rows(BATCH, commitments)
    assert (size, root.hex()) == (3, by_page)
    assert root.hex() == ROOT


def test_a_proof_is_of_one_row_in_its_place_with_its_words() -> None:
    commitments = [commitment_of_row(*pair) for pair in zip(SALTS, BODIES, strict=True)]
    proof = prove_row(RowId(BATCH, 1), commitments)
    check_row(proof)
    check_row(proof, SALTS[1], BODIES[1])
    for forged in (
        proof._replace(id=RowId(BATCH, 0)),
        proof._replace(id=RowId(BATCH.replace("1", "2"), 1)),
        proof._replace(root=b"0" * 32),
        proof._replace(commitment=commitments[0]),
    ):
        with pytest.raises(ProofFault):
            check_row(forged)
    with pytest.raises(ProofFault, match="not the words"):
        check_row(proof, SALTS[1], b"{ }")


@pytest.mark.parametrize("text", ["a", "a#", "#1", "a#01", "a#-1", "a#1#2", "a#٣", "a#1 ", "a#" + "9" * 20])  # fmt: skip
def test_a_row_has_one_name_only(text: str) -> None:
    assert row_id(text) is None


def test_the_name_of_a_row() -> None:
    assert row_id(f"{BATCH}#0") == RowId(BATCH, 0)
    assert str(RowId(BATCH, 12)) == f"{BATCH}#12"
