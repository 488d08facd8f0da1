"""The golden checkpoints and proofs, recomputed from docs/decisions/0006-proofs.md alone.

Nothing of the program makes what it is held to here: the functions below are a second reading of
that page and of what it cites, and the values in checkpoints.json were written once. The keys are
those of RFC 8032, section 7.1, tests 1 and 2; the note in ``from_go`` was signed by Go's
``x/mod/sumdb/note`` with a key that it made. A change of any is a break.
"""

import json
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from whoseword.books.checkpoints import (
    Proof,
    check_proof,
    checkpoint_of,
    checkpoint_text,
    key_name,
    open_checkpoint,
    parse_proof,
    proof_text,
    split_notes,
)
from whoseword.books.notes import (
    Signer,
    open_note,
    parse_signer,
    parse_verifier,
    sign_note,
    signer_text,
    verifier_of,
    verifier_text,
)
from whoseword.books.proofs import check_consistency, consistency_path, inclusion_path, root_of
from whoseword.books.tree import leaf_hash
from whoseword.stores.keyring import Keyring

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("checkpoints.json").read_text("utf-8")
)
HOME: str = VECTORS["home"]
BOOK: str = VECTORS["book"]
ENTRIES = [entry.encode() for entry in VECTORS["entries"]]


def base64(given: bytes) -> str:
    return b64encode(given).decode()


def key_as_the_page_says(seed: bytes) -> dict[str, str]:
    """The public key, the id, and the two texts."""
    name = f"whoseword/{HOME}"
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    id_ = sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    return {
        "seed": seed.hex(),
        "public": public.hex(),
        "id": id_.hex(),
        "verifier": "+".join((name, id_.hex(), base64(b"\x01" + public))),
        "signer": "+".join(("PRIVATE", "KEY", name, id_.hex(), base64(b"\x01" + seed))),
    }


def line_as_the_page_says(text: str, key: dict[str, str]) -> str:
    """The signature line of one key under a text."""
    signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key["seed"])).sign(text.encode())
    return f"\u2014 whoseword/{HOME} {base64(bytes.fromhex(key['id']) + signature)}\n"


def root_as_the_rfc_says(entries: list[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    split = 1 << (len(entries) - 1).bit_length() - 1
    left, right = root_as_the_rfc_says(entries[:split]), root_as_the_rfc_says(entries[split:])
    return sha256(b"\x01" + left + right).digest()


def checkpoint_as_the_page_says(size: int) -> str:
    root = root_as_the_rfc_says(ENTRIES[:size])
    text = f"whoseword/{HOME}/{BOOK}\n{size}\n{base64(root)}\n"
    return f"{text}\n{line_as_the_page_says(text, VECTORS['key'])}"


def test_the_page_gives_the_golden_keys_and_checkpoints() -> None:
    for key in (VECTORS["key"], VECTORS["next_key"]):
        assert key_as_the_page_says(bytes.fromhex(key["seed"])) == key
    for size, given in enumerate(VECTORS["checkpoints"]):
        assert checkpoint_as_the_page_says(size) == given


def test_the_page_gives_the_golden_proof() -> None:
    """Entry 4 of 7: beside it stand entry 5, entry 6 alone, and the first four together."""
    path = [
        sha256(b"\x00" + ENTRIES[5]).digest(),
        sha256(b"\x00" + ENTRIES[6]).digest(),
        root_as_the_rfc_says(ENTRIES[:4]),
    ]
    lines = ["c2sp.org/tlog-proof@v1", "index 4", *map(base64, path), "", ""]
    assert "\n".join(lines) + VECTORS["checkpoints"][7] == VECTORS["proof"]


def test_the_page_gives_the_golden_growth() -> None:
    """From 3 to 7: entry 2 and entry 3, the first two together, the last three together."""
    assert VECTORS["growth_from_3_to_7"] == [
        sha256(b"\x00" + ENTRIES[2]).hexdigest(),
        sha256(b"\x00" + ENTRIES[3]).hexdigest(),
        root_as_the_rfc_says(ENTRIES[:2]).hex(),
        root_as_the_rfc_says(ENTRIES[4:]).hex(),
    ]


def test_the_page_gives_the_golden_rotation() -> None:
    old, new = VECTORS["key"], VECTORS["next_key"]
    text = (
        f"The key {new['verifier']}\n"
        f"takes the place of {old['verifier']}\n"
        f"at 2031-03-06T12:00:00Z\n"
    )
    lines = line_as_the_page_says(text, old) + line_as_the_page_says(text, new)
    assert f"{text}\n{lines}" == VECTORS["rotation"]


def test_the_program_gives_the_golden_keys_and_checkpoints() -> None:
    for key in (VECTORS["key"], VECTORS["next_key"]):
        signer = Signer(key_name(HOME), bytes.fromhex(key["seed"]))
        assert signer_text(signer) == key["signer"]
        assert verifier_text(verifier_of(signer)) == key["verifier"]
        assert parse_signer(key["signer"]) == signer
        assert parse_verifier(key["verifier"]).key.hex() == key["public"]
    signer = parse_signer(VECTORS["key"]["signer"])
    leaves = list(map(leaf_hash, ENTRIES))
    for size, given in enumerate(VECTORS["checkpoints"]):
        checkpoint = checkpoint_of(HOME, BOOK, size, root_of(leaves[:size]))
        assert sign_note(checkpoint_text(checkpoint), signer) == given
        assert open_checkpoint(given, [verifier_of(signer)]) == checkpoint
    assert split_notes("\n".join(VECTORS["checkpoints"])) == VECTORS["checkpoints"]


def test_the_program_gives_the_golden_proofs() -> None:
    known = [parse_verifier(VECTORS["key"]["verifier"])]
    leaves = list(map(leaf_hash, ENTRIES))
    proof = Proof(4, tuple(inclusion_path(leaves, 4)), VECTORS["checkpoints"][7])
    assert proof_text(proof) == VECTORS["proof"]
    earlier = open_checkpoint(VECTORS["checkpoints"][3], known)
    later = check_proof(parse_proof(VECTORS["proof"]), ENTRIES[4], known)
    path = consistency_path(leaves, 3)
    assert [hash_.hex() for hash_ in path] == VECTORS["growth_from_3_to_7"]
    check_consistency(earlier.size, earlier.root, later.size, later.root, path)


def test_the_program_gives_the_golden_rotation(tmp_path: Path) -> None:
    old, new = (bytes.fromhex(VECTORS[name]["seed"]) for name in ("key", "next_key"))
    keyring = Keyring(tmp_path, HOME)
    keyring.signer(lambda size: old)
    noon = datetime(2031, 3, 6, 12, 0, tzinfo=UTC)
    assert keyring.rotate(lambda size: new, noon) == VECTORS["rotation"]


def test_a_key_and_a_note_of_go_are_read() -> None:
    by_go = VECTORS["from_go"]
    signer = parse_signer(by_go["signer"])
    verifier = parse_verifier(by_go["verifier"])
    assert verifier_of(signer) == verifier
    assert open_note(by_go["note"], [verifier]).text == by_go["text"]
    assert sign_note(by_go["text"], signer) == by_go["note"]
