"""The golden bytes of the books, recomputed from docs/decisions/0002-entry-bytes.md alone.

Nothing of the program makes what it is held to here: the functions below are a second reading of
that page, and the values in books.json were written once. A change of either is a break.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from whoseword.books.chain import commitment_of, entry_bytes, genesis_of, link_of
from whoseword.books.tree import Tree

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("books.json").read_text("utf-8")
)
each_book = pytest.mark.parametrize("vector", VECTORS, ids=[one["book"] for one in VECTORS])


def field(value: bytes) -> bytes:
    return len(value).to_bytes(8, "big") + value


def as_the_page_says(book: str, given: dict[str, Any]) -> tuple[bytes, bytes]:
    """The commitment and the bytes of an entry."""
    commitment = sha256(
        b"whoseword/commitment/1\n"
        + field(bytes.fromhex(given["salt"]))
        + field(given["body"].encode())
    ).digest()
    entry = b"whoseword/entry/1\n" + b"".join(
        field(part)
        for part in (
            book.encode(),
            given["seq"].to_bytes(8, "big"),
            given["id"].encode(),
            given["incident"].encode(),
            given["recorded"].to_bytes(8, "big", signed=True),
            given["appended"].to_bytes(8, "big", signed=True),
            b"\x01" if given["backfilled"] else b"\x00",
            commitment,
        )
    )
    return commitment, entry


def root_as_the_rfc_says(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_as_the_rfc_says(leaves[:split]), root_as_the_rfc_says(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@each_book
def test_the_page_gives_the_golden_values(vector: dict[str, Any]) -> None:
    book = vector["book"]
    before = sha256(b"whoseword/genesis/1\n" + field(book.encode())).digest()
    assert before.hex() == vector["genesis"]
    leaves: list[bytes] = []
    for given in vector["entries"]:
        commitment, entry = as_the_page_says(book, given)
        before = sha256(b"whoseword/link/1\n" + field(before) + field(entry)).digest()
        leaves.append(entry)
        assert {
            "commitment": commitment.hex(),
            "entry": entry.hex(),
            "link": before.hex(),
            "root": root_as_the_rfc_says(leaves).hex(),
        } == {key: given[key] for key in ("commitment", "entry", "link", "root")}


@each_book
def test_the_program_gives_the_golden_values(vector: dict[str, Any]) -> None:
    name = vector["book"].encode()
    before, tree = genesis_of(name), Tree()
    assert before.hex() == vector["genesis"]
    for given in vector["entries"]:
        commitment = commitment_of(bytes.fromhex(given["salt"]), given["body"].encode())
        entry = entry_bytes(
            (
                name,
                given["seq"],
                given["id"].encode(),
                given["incident"].encode(),
                given["recorded"],
                given["appended"],
                given["backfilled"],
                commitment,
            )
        )
        before = link_of(before, entry)
        tree.append(entry)
        assert {
            "commitment": commitment.hex(),
            "entry": entry.hex(),
            "link": before.hex(),
            "root": tree.root.hex(),
        } == {key: given[key] for key in ("commitment", "entry", "link", "root")}
