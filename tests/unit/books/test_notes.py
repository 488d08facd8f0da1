"""A note is the word of whoever signed it, as it was signed, or nobody's."""

import re
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.books.errors import KeyFault, NoteFault
from whoseword.books.notes import (
    Note,
    Signer,
    Verifier,
    from_base64,
    open_note,
    parse_signer,
    parse_verifier,
    sign_note,
    signer_text,
    to_base64,
    verifier_of,
    verifier_text,
)

COUNTY = Signer("county.example/books", bytes(range(32)))
PAPER = Signer("paper.example", bytes(range(32, 64)))
COUNTYS, PAPERS = verifier_of(COUNTY), verifier_of(PAPER)
TEXT = "The book of the county\n\nhad 12 entries — all of them read.\n"

texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="".join(map(chr, range(32)))),
    max_size=40,
)
notes_texts = st.lists(texts, min_size=1, max_size=5).map(lambda lines: "\n".join([*lines, ""]))


def signed_line(note: str) -> str:
    return note.split("\n")[-2]


@given(notes_texts, st.binary(min_size=32, max_size=32))
def test_what_was_signed_opens_as_it_was_signed(text: str, seed: bytes) -> None:
    signer = Signer("a.example/b", seed)
    note = sign_note(text, signer)
    assert open_note(note, [COUNTYS, verifier_of(signer)]) == Note(text, (verifier_of(signer),))


def test_several_may_sign_and_each_known_one_is_named() -> None:
    note = sign_note(TEXT, COUNTY, PAPER)
    assert open_note(note, [PAPERS, COUNTYS]).names == ("county.example/books", "paper.example")
    assert open_note(note, [PAPERS]) == Note(TEXT, (PAPERS,))
    assert open_note(note, [COUNTYS, COUNTYS]).signed_by == (COUNTYS,)


def test_a_key_that_signs_twice_is_named_once() -> None:
    note = sign_note(TEXT, COUNTY)
    assert open_note(note + signed_line(note) + "\n", [COUNTYS]).signed_by == (COUNTYS,)


def test_no_byte_of_a_note_can_be_changed() -> None:
    note = sign_note(TEXT, COUNTY).encode()
    for at in range(len(note)):
        for flip in (0x01, 0x02, 0x20, 0x80):
            changed = note[:at] + bytes([note[at] ^ flip]) + note[at + 1 :]
            with pytest.raises(NoteFault):
                open_note(changed.decode(errors="surrogateescape"), [COUNTYS])
    for shorter in (note[:at] for at in range(len(note))):
        with pytest.raises(NoteFault):
            open_note(shorter.decode(errors="surrogateescape"), [COUNTYS])


def test_a_note_that_nobody_known_signed_is_nobodys_word() -> None:
    with pytest.raises(
        NoteFault, match=r"no known key signed the note; county.example/books \(key"
    ):
        open_note(sign_note(TEXT, COUNTY), [PAPERS])
    with pytest.raises(NoteFault, match="no known key"):
        open_note(sign_note(TEXT, COUNTY), [])


def test_a_key_of_the_same_name_is_another_key() -> None:
    """After a rotation the name stays; whoever knows the new key alone knows nothing of the old."""
    later = Signer(COUNTY.name, bytes(32))
    with pytest.raises(NoteFault, match="no known key"):
        open_note(sign_note(TEXT, COUNTY), [verifier_of(later)])
    assert open_note(sign_note(TEXT, COUNTY, later), [verifier_of(later)]).names == (COUNTY.name,)


def test_a_wrong_signature_of_a_known_key_spoils_the_note_whoever_else_signed() -> None:
    other = signed_line(sign_note("Another text\n", PAPER))
    note = sign_note(TEXT, COUNTY)
    with pytest.raises(NoteFault, match=r"the signature of paper.example .* is not for this text"):
        open_note(f"{note}{other}\n", [COUNTYS, PAPERS])
    assert open_note(f"{note}{other}\n", [COUNTYS]).signed_by == (COUNTYS,)


def test_a_forger_who_finds_a_key_with_the_same_id_gains_nothing() -> None:
    """The id has four bytes, and such a key can be computed; the signature still decides."""
    forged = Signer(COUNTY.name, b"forger".ljust(32))
    line = signed_line(sign_note(TEXT, forged))
    signature = from_base64(line.split(" ")[2])
    assert signature is not None
    posing = line.replace(line.split(" ")[2], to_base64(COUNTYS.id + signature[4:]))
    with pytest.raises(NoteFault, match="is not for this text"):
        open_note(f"{TEXT}\n{posing}\n", [COUNTYS])


def test_two_known_keys_with_one_id_are_not_chosen_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verifier, "id", property(lambda self: b"same"))
    with pytest.raises(NoteFault, match="share the id"):
        open_note(sign_note(TEXT, COUNTY), [COUNTYS, Verifier(COUNTY.name, PAPERS.key)])


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("", "does not end with an empty line"),
        (TEXT, "line 3 is no signature"),
        ("one line\n", "does not end with an empty line"),
        (f"{TEXT}\n", "does not end with an empty line"),
        (sign_note(TEXT, COUNTY) + "\n", "does not end with an empty line"),
        (sign_note(TEXT, COUNTY)[:-1], "does not end with an empty line"),
        (sign_note(TEXT, COUNTY).replace("\n", "\r\n"), "line 1 holds the character U+000D"),
        (sign_note(TEXT, COUNTY).replace("12", "1\t2"), "line 3 holds the character U+0009"),
        (sign_note(TEXT, COUNTY).replace("12", "1\udcff2"), "line 3 holds the character U+DCFF"),
        (sign_note(TEXT, COUNTY).replace("\n— ", "\n- "), "line 5 is no signature"),
        (sign_note(TEXT, COUNTY) + "— paper.example\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "— paper.example AAAA\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "— paper.example AAAAAAA\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "— paper+example AAAAAAA=\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "—  AAAAAAA=\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "— a\N{NO-BREAK SPACE}b AAAAAAA=\n", "line 6 is no signature"),
        (sign_note(TEXT, COUNTY) + "— b AAAAAAA=\n" * 100, "more than 100 signatures"),
    ],
)
def test_a_malformed_note_is_refused_and_told(note: str, told: str) -> None:
    with pytest.raises(NoteFault, match=re.escape(told)):
        open_note(note, [COUNTYS])


def test_as_many_witnesses_as_the_standard_asks_for_may_sign() -> None:
    witnesses = [Signer(f"witness{number}.example", bytes([number] * 32)) for number in range(99)]
    note = sign_note(TEXT, COUNTY, *witnesses)
    assert open_note(note, [COUNTYS]).signed_by == (COUNTYS,)


def test_what_would_not_open_is_not_signed() -> None:
    for text in ("no end", "", "a tab\tin it\n", "half a character \udcff\n"):
        with pytest.raises(NoteFault, match="the text cannot be signed"):
            sign_note(text, COUNTY)
    with pytest.raises(NoteFault, match="a note that nobody signs"):
        sign_note(TEXT)


def test_the_key_id_is_the_standards() -> None:
    digest = sha256(b"county.example/books\n\x01" + COUNTYS.key).digest()
    assert COUNTYS.id == digest[:4]
    assert verifier_text(COUNTYS).startswith(f"county.example/books+{digest[:4].hex()}+AQ")


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["a", "a.example/b", "größe/ü"]))
def test_keys_are_read_as_they_were_written(seed: bytes, name: str) -> None:
    signer = Signer(name, seed)
    assert parse_signer(signer_text(signer)) == signer
    assert parse_verifier(verifier_text(verifier_of(signer))) == verifier_of(signer)
    id_ = verifier_of(signer).id.hex()
    assert parse_verifier(verifier_text(verifier_of(signer)).replace(id_, id_.upper())).name == name


@pytest.mark.parametrize(
    "parse_and_text",
    [(parse_verifier, verifier_text(COUNTYS)), (parse_signer, signer_text(COUNTY))],
    ids=["verifier", "signer"],
)
def test_no_byte_of_a_key_can_be_changed(
    parse_and_text: tuple[Callable[[str], object], str],
) -> None:
    parse, text = parse_and_text
    for at, character in enumerate(text):
        for other in "+/A0 \n":
            if other != character:
                with pytest.raises(KeyFault):
                    parse(text[:at] + other + text[at + 1 :])
        with pytest.raises(KeyFault):
            parse(text[:at] + text[at + 1 :])
    for longer in (f"{text} ", f"{text}\n", f" {text}", f"{text}+"):
        with pytest.raises(KeyFault):
            parse(longer)


def test_keys_of_other_kinds_are_refused() -> None:
    for kind, length in ((2, 32), (4, 32), (1, 31), (1, 33), (1, 64)):
        encoded = bytes([kind]) + bytes(length)
        id_ = sha256(b"a\n" + encoded).hexdigest()[:8]
        with pytest.raises(KeyFault, match="Ed25519 alone"):
            parse_verifier(f"a+{id_}+{to_base64(encoded)}")
    for name in ("", "a b", "a+b", "a\tb", "a\N{IDEOGRAPHIC SPACE}b", "a\x1cb", "a\udcffb"):
        with pytest.raises(KeyFault, match="is no name for a key"):
            Signer(name, bytes(32))
    with pytest.raises(KeyFault, match="has 31 bytes, and needs 32"):
        Signer("a", bytes(31))


def test_a_private_key_is_never_told() -> None:
    secret = signer_text(COUNTY).rsplit("+", 1)[1]
    assert repr(COUNTY) == "Signer(name='county.example/books')"
    assert not hasattr(COUNTY, "__rich_repr__")
    renamed = signer_text(COUNTY).replace("county", "city")
    for damaged in (renamed, signer_text(COUNTY)[:-1], signer_text(COUNTY) + "x"):
        with pytest.raises(KeyFault) as raised:
            parse_signer(damaged)
        assert secret[:20] not in str(raised.value)
