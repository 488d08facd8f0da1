"""A checkpoint is the word of the home that keeps the book, and a proof leads to one."""

import re
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.books.checkpoints import (
    Checkpoint,
    Proof,
    check_proof,
    checkpoint_of,
    checkpoint_text,
    key_name,
    open_checkpoint,
    parse_checkpoint,
    parse_proof,
    proof_text,
    split_notes,
)
from whoseword.books.errors import KeyFault, NoteFault, ProofFault
from whoseword.books.notes import Signer, sign_note, verifier_of
from whoseword.books.proofs import inclusion_path, root_of
from whoseword.books.tree import EMPTY_ROOT, leaf_hash

HOME, OTHER_HOME = "0123456789abcdef", "fedcba9876543210"
BOOK = "county-911/response/calls"
KEY = Signer(key_name(HOME), bytes(range(32)))
OTHERS_KEY = Signer(key_name(OTHER_HOME), bytes(range(32, 64)))
KNOWN = [verifier_of(KEY), verifier_of(OTHERS_KEY)]
ENTRIES = [f"entry {number}".encode() for number in range(11)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
CHECKPOINT = checkpoint_of(HOME, BOOK, len(LEAVES), root_of(LEAVES))
TEXT = checkpoint_text(CHECKPOINT)
NOTE = sign_note(TEXT, KEY)


def proof_of(index: int) -> Proof:
    return Proof(index, tuple(inclusion_path(LEAVES, index)), NOTE)


def test_a_checkpoint_says_of_which_home_and_book_how_many_and_which() -> None:
    assert TEXT.split("\n")[:2] == [f"whoseword/{HOME}/{BOOK}", "11"]
    assert len(TEXT.split("\n")[2]) == 44
    assert open_checkpoint(NOTE, KNOWN) == CHECKPOINT
    assert Checkpoint(f"whoseword/{HOME}/{BOOK}", BOOK, 11, root_of(LEAVES)) == CHECKPOINT


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    checkpoint = checkpoint_of(HOME, "paper/public", size, root)
    assert parse_checkpoint(checkpoint_text(checkpoint)) == checkpoint


def test_lines_that_a_later_version_adds_are_passed_over() -> None:
    assert parse_checkpoint(f"{TEXT}something of later\nand more\n") == CHECKPOINT


def test_another_home_cannot_speak_for_a_book_though_its_key_is_known() -> None:
    with pytest.raises(NoteFault, match=f"was signed by whoseword/{OTHER_HOME}, not by whoseword"):
        open_checkpoint(sign_note(TEXT, OTHERS_KEY), KNOWN)
    assert open_checkpoint(sign_note(TEXT, OTHERS_KEY, KEY), KNOWN) == CHECKPOINT


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    note = NOTE.encode()
    for at in range(len(note)):
        changed = note[:at] + bytes([note[at] ^ 1]) + note[at + 1 :]
        with pytest.raises(NoteFault):
            open_checkpoint(changed.decode(errors="surrogateescape"), KNOWN)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("\n11\n", "\n011\n", "line 2 states no size ('011')"),
        ("\n11\n", "\n+11\n", "line 2 states no size"),
        ("\n11\n", "\n-1\n", "line 2 states no size"),
        ("\n11\n", "\n11 \n", "line 2 states no size"),
        ("\n11\n", "\n1_1\n", "line 2 states no size"),
        ("\n11\n", "\n\N{ARABIC-INDIC DIGIT ONE}\n", "line 2 states no size"),
        ("\n11\n", "\n9223372036854775808\n", "line 2 states no size"),
        ("\n11\n", "\n\n", "no empty line"),
        ("\n11\n", "\n", "no checkpoint"),
        ("=\n", "=", "no checkpoint"),
        ("=\n", "\n", "is no root of 32 bytes"),
        ("=\n", "=\n\n", "no empty line"),
        ("=\n", "=\nmore\n\nmore\n", "no empty line"),
        ("whoseword/0", "whoseword/", "is no origin of a book"),
        ("whoseword/0", "whoseword/A", "is no origin of a book"),
        ("whoseword/0", "someword/0", "is no origin of a book"),
        ("whoseword/0", "\nwhoseword/0", "no empty line"),
        (BOOK, "county-911", "is no name of a book"),
        (BOOK, "county-911/response/calls/all", "is no name of a book"),
        (BOOK, "county-911/rumour", "'rumour' is no class of book"),
        (BOOK, "County/response", "is no name of a book"),
    ],
)
def test_what_is_no_checkpoint_of_a_book_is_refused(was: str, becomes: str, told: str) -> None:
    assert was in TEXT
    with pytest.raises(NoteFault, match=re.escape(told)):
        parse_checkpoint(TEXT.replace(was, becomes, 1))


def test_a_root_of_another_length_is_refused() -> None:
    for length in (0, 31, 33, 64):
        with pytest.raises(NoteFault, match="are no book"):
            checkpoint_of(HOME, BOOK, 1, bytes(length))
    with pytest.raises(NoteFault, match="are no book"):
        checkpoint_of(HOME, BOOK, -1, bytes(32))


def test_origin_and_book_agree() -> None:
    with pytest.raises(NoteFault, match="is an origin of paper/public, not of county"):
        Checkpoint(f"whoseword/{HOME}/paper/public", BOOK, 1, bytes(32))


def test_the_id_of_a_home_is_16_digits() -> None:
    for wrong in ("", "0123", HOME.upper(), f"{HOME}0", f"{HOME}\n", "0123456789abcdeg"):
        with pytest.raises(KeyFault, match="is no id of a home"):
            key_name(wrong)


def test_a_file_of_several_notes_is_taken_apart() -> None:
    witnessed = sign_note(TEXT, KEY, OTHERS_KEY)
    empty = sign_note(checkpoint_text(checkpoint_of(HOME, "paper/public", 0, EMPTY_ROOT)), KEY)
    lines_between = sign_note("a text\n\n\nwith empty lines\n— and a dash\n", KEY)
    notes = [NOTE, witnessed, lines_between, empty]
    assert split_notes("\n".join(notes)) == notes
    assert split_notes("\n\n" + "\n\n\n".join(notes) + "\n\n") == notes
    assert split_notes("\n".join(notes).removesuffix("\n")) == notes
    assert split_notes(NOTE) == [NOTE]
    assert split_notes("") == split_notes("\n\n") == []


def test_a_file_that_ends_in_the_middle_of_a_note_is_told() -> None:
    begins = NOTE.count("\n") + 2
    for cut in (TEXT, f"{TEXT}\n", TEXT[:20], f"{TEXT}\n{NOTE[:-1].rsplit(chr(10), 1)[1][2:]}"):
        with pytest.raises(NoteFault, match=f"what begins in line {begins} is no signed note"):
            split_notes(f"{NOTE}\n{cut}")


def test_every_entry_is_proved_by_a_text_that_stands_alone() -> None:
    for index, entry in enumerate(ENTRIES):
        proof = parse_proof(proof_text(proof_of(index)))
        assert proof == proof_of(index)
        assert check_proof(proof, entry, KNOWN) == CHECKPOINT


def test_a_proof_of_a_book_with_one_entry_has_no_hashes() -> None:
    note = sign_note(checkpoint_text(checkpoint_of(HOME, BOOK, 1, LEAVES[0])), KEY)
    text = proof_text(Proof(0, (), note))
    assert text == f"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"
    check_proof(parse_proof(text), ENTRIES[0], KNOWN)


def test_a_proof_proves_no_other_entry_and_no_other_place() -> None:
    for index, entry in enumerate(ENTRIES):
        for other in range(len(ENTRIES)):
            if other != index:
                with pytest.raises(ProofFault):
                    check_proof(proof_of(other), entry, KNOWN)
                with pytest.raises(ProofFault):
                    check_proof(msgspec.structs.replace(proof_of(index), index=other), entry, KNOWN)


def test_no_byte_of_a_proof_can_be_changed() -> None:
    text = proof_text(proof_of(6)).encode()
    for at in range(len(text)):
        for flip in (0x01, 0x02, 0x80):
            changed = text[:at] + bytes([text[at] ^ flip]) + text[at + 1 :]
            with pytest.raises((NoteFault, ProofFault)):
                check_proof(parse_proof(changed.decode("utf-8", "replace")), ENTRIES[6], KNOWN)


def test_a_proof_by_nobody_known_proves_nothing() -> None:
    with pytest.raises(NoteFault, match="no known key"):
        check_proof(proof_of(0), ENTRIES[0], [])


def test_what_stands_beside_a_proof_is_kept_and_not_signed() -> None:
    proof = msgspec.structs.replace(proof_of(2), extra=b"the words of the statement")
    text = proof_text(proof)
    assert text.split("\n")[1] == "extra dGhlIHdvcmRzIG9mIHRoZSBzdGF0ZW1lbnQ="
    assert parse_proof(text) == proof
    assert check_proof(msgspec.structs.replace(proof, extra=b"lies"), ENTRIES[2], KNOWN)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("@v1", "@v2", "is no proof"),
        ("\n\nwhose", "\nwhose", "under the index is no hash"),
        ("index 6", "index 06", "states no index ('06')"),
        ("index 6", "index -1", "states no index ('-1')"),
        ("index 6", "index  6", "states no index (' 6')"),
        ("index 6", "index", "does not say at which index"),
        ("index 6\n", "", "does not say at which index"),
        ("index 6", "extra !\nindex 6", "does not say at which index"),
        ("index 6", "index 6\nAAAA", "is no hash of 32 bytes"),
        ("index 6", "index 6\n!", "is no hash of 32 bytes"),
    ],
)
def test_what_is_no_proof_is_refused(was: str, becomes: str, told: str) -> None:
    with pytest.raises(NoteFault, match=re.escape(told)):
        parse_proof(proof_text(proof_of(6)).replace(was, becomes, 1))
    for text in ("", NOTE, "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 0\n\n"):
        with pytest.raises(NoteFault, match="is no proof"):
            parse_proof(text)


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(max_size=4)), st.binary(max_size=40))
def test_every_proof_is_read_as_it_was_written(
    index: int, seeds: list[bytes], extra: bytes
) -> None:
    path = tuple(sha256(seed).digest() for seed in seeds)
    proof = Proof(index, path, NOTE, extra)
    assert parse_proof(proof_text(proof)) == proof
