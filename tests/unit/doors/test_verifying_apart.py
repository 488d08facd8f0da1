"""A release checked by one file and bare Python: true ones are shown, and a single changed byte is not."""

import json
import random
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import whoseword_verify
from agencies import LATER, NOON, Agency, agency
from whoseword_verify import Refused, signed, verify, written

CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
BOOK = "harrow-police/incident/matters"
NEXT = "2031-03-08T12:00:00Z"
AFTER = "2031-03-09T12:00:00Z"
FILE = Path(whoseword_verify.__file__)
PEOPLE = ("--as", "Ann Lee", "--as", "Bo Reyes")


class Proved(NamedTuple):
    """A home, its key, and the releases that it proved."""

    home: Agency
    key: str
    first: bytes
    second: bytes
    checkpoint: str


def says(home: Agency, fact: dict[str, Any], **parts: Any) -> str:
    return home.says(**({"book": BOOK, "speaker": CHIEF, "fact": fact} | parts))


def prove(home: Agency, *options: object, now: str) -> bytes:
    out = home.home / "a.release"
    home.do("record", "elm", "--prove", out, *options, now=now)
    return out.read_bytes()


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Proved:
    home = agency(tmp_path_factory.mktemp("harrow"), "harrow-police", "information_officer")
    says(home, {"kind": "armed", "who": "woman", "weapon": "knife"})
    says(home, {"kind": "cause_of_death", "who": "child"}, stance="cannot_say")
    home.do("publish", "elm", *PEOPLE, now=NOON)
    first = prove(home, now=NOON)
    checkpoint = home.do("checkpoint", "--book", "harrow-police/public/record", now=NOON)
    kept = home.home / "kept"
    kept.write_text(checkpoint, "utf-8")
    says(
        home, {"kind": "armed", "who": "woman"}, stance="denies", now=LATER,
        speaker={"name": "tenant across the hall", "kind": "witness"},
    )  # fmt: skip
    home.do("publish", "elm", *PEOPLE, now=LATER)
    second = prove(home, "--since", kept, now=LATER)
    key = next(line for line in home.do("keys").splitlines() if line.startswith("whoseword/"))
    return Proved(home, key, first, second, checkpoint)


def test_a_true_release_is_shown_with_its_lines_and_what_it_does_not_show(proved: Proved) -> None:
    told = "\n".join(verify(proved.first, proved.key))
    assert "Release 1 of elm is as it was published by Ann Lee and Bo Reyes" in told
    assert "Was the woman armed? Said by one, not confirmed" in told
    assert "Whether it is so, no proof can show" in told


def test_what_a_later_release_corrects_is_shown_with_both_texts(proved: Proved) -> None:
    told = "\n".join(verify(proved.second, proved.key))
    assert "Release 1 said: Was the woman armed? Said by one, not confirmed: yes" in told
    assert "Now: Was the woman armed? Disputed" in told
    assert "The book begins as it was signed when it had 3 entries." in told


def test_no_single_byte_can_be_changed(proved: Proved) -> None:
    """Every position of a small release, each with another bit turned."""
    turned = random.Random(31)
    for at in range(len(proved.first)):
        spoilt = bytearray(proved.first)
        spoilt[at] ^= 1 << turned.randrange(8)
        with pytest.raises(Refused):
            verify(bytes(spoilt), proved.key)


def test_nor_can_one_of_how_the_book_grew(proved: Proved) -> None:
    begins = proved.second.index(b'"growth"')
    for at in range(begins, len(proved.second)):
        spoilt = bytearray(proved.second)
        spoilt[at] ^= 1
        with pytest.raises(Refused):
            verify(bytes(spoilt), proved.key)


@pytest.mark.parametrize("cut", [1, 100, 1000])
def test_a_release_that_was_cut_off_or_added_to_is_refused(proved: Proved, cut: int) -> None:
    for content in (proved.first[:-cut], proved.first[cut:], proved.first + proved.first[-cut:]):
        with pytest.raises(Refused):
            verify(content, proved.key)


def changed(content: bytes, change: Any) -> bytes:
    """A release with a part of it made otherwise, and written as one is."""
    told = json.loads(content)
    change(told)
    return written(told)


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("missing or added", lambda told: told["entries"].pop()),
        ("missing or added", lambda told: told["entries"].append(told["entries"][1])),
        ("missing or added", lambda told: told["entries"].insert(1, told["entries"].pop())),
        ("no head", lambda told: told["entries"].reverse()),
        ("does not stand", lambda told: told["entries"][1]["path"].reverse()),
        ("other parts", lambda told: told["entries"][1].pop("salt")),
        ("no head", lambda told: told["entries"][0].update(body=None, salt=None)),
        ("growth of the book", lambda told: told.update(growth=[])),
        ("no checkpoint", lambda told: told.update(checkpoint=None)),
    ],
)
def test_lines_that_are_not_the_release_s_are_refused_with_the_reason(
    proved: Proved, what: str, change: Any
) -> None:
    with pytest.raises(Refused, match=what):
        verify(changed(proved.first, change), proved.key)


def test_other_words_under_the_true_proof_are_refused(proved: Proved) -> None:
    def reworded(told: dict[str, Any]) -> None:
        body = b64decode(told["entries"][1]["body"]).replace(b"knife", b"a gun")
        told["entries"][1]["body"] = b64encode(body).decode()

    with pytest.raises(Refused, match="are not those that were entered"):
        verify(changed(proved.first, reworded), proved.key)


def test_another_key_s_release_is_nobody_s_word(proved: Proved, tmp_path: Path) -> None:
    other = agency(tmp_path, "harrow-police", "information_officer")
    says(other, {"kind": "armed", "who": "woman", "weapon": "knife"})
    other.do("publish", "elm", *PEOPLE, now=NOON)
    forged = prove(other, now=NOON)
    with pytest.raises(Refused, match="and not with the key of"):
        verify(forged, proved.key)


def test_a_book_that_was_begun_anew_does_not_follow_from_the_kept_checkpoint(
    proved: Proved,
) -> None:
    """Two histories under one key: whoever kept a checkpoint sees it."""
    assert verify(proved.second, proved.key, proved.checkpoint)
    assert verify(proved.first, proved.key, proved.checkpoint)
    later = json.loads(proved.second)["checkpoint"]
    with pytest.raises(Refused, match="does not show how the book grew"):
        verify(proved.first, proved.key, later)


def test_what_was_taken_down_is_told_to_be_and_the_proof_still_holds(tmp_path: Path) -> None:
    home = agency(tmp_path, "harrow-police", "information_officer")
    says(home, {"kind": "armed", "who": "woman", "weapon": "knife"})
    home.do("publish", "elm", *PEOPLE, now=NOON)
    key = next(line for line in home.do("keys").splitlines() if line.startswith("whoseword/"))
    line = json.loads(home.do("record", "elm", "--json", now=LATER))["lines"][0]["statement"]
    home.do("take-down", "elm", "--line", line, *PEOPLE, "--reason", "danger", now=NEXT)
    told = prove(home, now=AFTER)
    assert b"knife" not in told
    assert b"knife" not in b"".join(
        b64decode(one["body"] or "") for one in json.loads(told)["entries"]
    )
    assert "[a line was taken down]" in "\n".join(verify(told, key))


def test_it_runs_on_bare_python_and_ends_with_the_answer(proved: Proved, tmp_path: Path) -> None:
    """Copied alone to another folder, with no package and no environment."""
    alone = tmp_path / "whoseword_verify.py"
    alone.write_bytes(FILE.read_bytes())
    true, false = tmp_path / "true", tmp_path / "false"
    true.write_bytes(proved.first)
    false.write_bytes(proved.first.replace(b'"growth"', b'"grawth"'))
    for file, code, said in ((true, 0, "Release 1 of elm"), (false, 1, "NOT SHOWN: the file is no release")):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-I", "-S", alone, file, "--key", proved.key],
            capture_output=True, text=True, env={}, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert said in done.stdout + done.stderr


def test_nothing_can_be_proved_before_something_was_published(tmp_path: Path) -> None:
    home = agency(tmp_path, "harrow-police", "information_officer")
    told = home.refused("record", "elm", "--prove", tmp_path / "x")
    assert "nothing has been published on elm" in told
    assert not (tmp_path / "x").exists()


# --- Ed25519, against what others wrote


RFC_8032 = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", ""),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
]
SIGNATURES = [
    (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    ),
    (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a"
    ),
]


@pytest.mark.parametrize("number", range(3))
def test_the_published_signatures_of_rfc_8032_hold(number: int) -> None:
    seed, message = RFC_8032[number]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).public_key().public_bytes_raw()
    signature, words = bytes.fromhex(SIGNATURES[number]), bytes.fromhex(message)
    assert signed(key, words, signature)
    assert not signed(key, words + b"x", signature)


def test_every_signature_is_judged_as_cryptography_judges_it() -> None:
    drawn = random.Random(8032)
    for _ in range(60):
        private = Ed25519PrivateKey.from_private_bytes(drawn.randbytes(32))
        key, words = private.public_key().public_bytes_raw(), drawn.randbytes(drawn.randrange(99))
        signature = private.sign(words)
        assert signed(key, words, signature)
        at = drawn.randrange(64)
        turned = bytes(
            byte ^ (1 << drawn.randrange(8)) if place == at else byte
            for place, byte in enumerate(signature)
        )
        assert not signed(key, words, turned)


def test_a_signature_with_the_order_added_is_refused() -> None:
    """RFC 8032, 5.1.7: S below L, so that no second signature can be made of a true one."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"x")
    more = int.from_bytes(signature[32:], "little") + whoseword_verify.L
    assert not signed(key, b"x", signature[:32] + more.to_bytes(32, "little"))
