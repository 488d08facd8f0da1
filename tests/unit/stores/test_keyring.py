"""A home has one key, its owner's alone; it is never lost or replaced without a word."""

import os
import secrets
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whoseword.books.checkpoints import (
    checkpoint_of,
    checkpoint_text,
    open_checkpoint,
    split_notes,
)
from whoseword.books.errors import KeyFault, NoteFault
from whoseword.books.notes import (
    Signer,
    open_note,
    parse_verifier,
    sign_note,
    signer_text,
    verifier_of,
    verifier_text,
)
from whoseword.stores.keyring import Keyring

HOME_ID = "0123456789abcdef"
NOON = datetime(2031, 3, 6, 12, 0, tzinfo=UTC)
KEY, NEXT, VERIFIERS = "checkpoint.key", "checkpoint.key.next", "checkpoint.pub"
ROTATIONS, HANDED_OUT = "checkpoint.rotations", "checkpoints.handed-out"
FIRST, SECOND = (Signer(f"whoseword/{HOME_ID}", bytes([fill] * 32)) for fill in (1, 2))


def first(size: int) -> bytes:
    return bytes([1] * size)


def second(size: int) -> bytes:
    return bytes([2] * size)


def never(size: int) -> bytes:
    raise AssertionError("a key is made where there is one")


def keyring(home: Path) -> Keyring:
    return Keyring(home, HOME_ID)


def said_of(book: str, size: int, signer: Signer = FIRST) -> str:
    """A signed checkpoint of a book."""
    return sign_note(checkpoint_text(checkpoint_of(HOME_ID, book, size, bytes(32))), signer)


def files_of(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with its first key."""
    keyring(tmp_path / "home").signer(first)
    return tmp_path / "home"


class PowerCut(BaseException):
    """The machine stops; what was done so far is what there is."""


@contextmanager
def power_cut_at(step: int) -> Iterator[list[str]]:
    """Stop in the place of the so-manieth change of the disk; what is written is cut in half."""
    steps: list[str] = []

    def counted(name: str, act: Callable[..., object]) -> Callable[..., object]:
        def stopping(*given: object, **named: object) -> object:
            if name == "open" and not (isinstance(given[1], int) and given[1] & os.O_CREAT):
                return act(*given, **named)
            steps.append(name)
            if len(steps) != step:
                return act(*given, **named)
            if name == "write":
                file, content = given
                assert isinstance(content, bytes)
                act(file, content[: len(content) // 2])
            raise PowerCut

        return stopping

    with pytest.MonkeyPatch.context() as patched:
        for name in ("open", "write", "fsync", "ftruncate", "link", "unlink", "replace"):
            patched.setattr(os, name, counted(name, getattr(os, name)))
        yield steps


def cut_off(act: Callable[[], object], step: int) -> bool:
    """Whether the power was cut in the act at that step."""
    with power_cut_at(step):
        try:
            act()
        except PowerCut:
            return True
    return False


def in_processes(count: int, code: str, home: Path) -> list[str]:
    """What so many processes print that run at the same time."""
    imports = (
        "import sys, secrets; from pathlib import Path; from whoseword.stores.keyring import *"
    )
    making = f"{imports}\nkeyring = Keyring(Path(sys.argv[1]), {HOME_ID!r}); number = sys.argv[2]"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", f"{making}\n{code}", str(home), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    printed = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * count
    return printed


def test_the_first_use_makes_a_key_that_is_its_owners_alone(home: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == {KEY: 0o600, VERIFIERS: 0o600}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert (home / KEY).read_text() == signer_text(FIRST) + "\n"


def test_a_key_is_made_once(home: Path) -> None:
    before = files_of(home)
    assert keyring(home).signer(never) == FIRST
    assert keyring(home).verifiers() == (verifier_of(FIRST),)
    assert files_of(home) == before


def test_a_home_without_a_key_has_no_verifiers_and_is_not_made_by_asking(tmp_path: Path) -> None:
    asked = keyring(tmp_path / "home")
    assert (asked.verifiers(), asked.rotations(), asked.handed_out()) == ((), "", "")
    assert list(tmp_path.iterdir()) == []


def test_many_first_uses_at_once_yield_one_key(tmp_path: Path) -> None:
    code = "print(repr(keyring.signer(secrets.token_bytes).seed), keyring.verifiers())"
    assert len(set(in_processes(4, code, tmp_path / "home"))) == 1
    assert set(files_of(tmp_path / "home")) == {KEY, VERIFIERS}


@pytest.mark.parametrize("bit", [0o040, 0o020, 0o010, 0o004, 0o002, 0o001])
def test_a_key_that_others_may_use_is_refused(home: Path, bit: int) -> None:
    (home / KEY).chmod(0o600 | bit)
    before = files_of(home)
    told = rf"others may use .*{KEY} \(its mode is 06{bit:02o}\).* run chmod 600 .*rotate the key"
    with pytest.raises(KeyFault, match=told):
        keyring(home).signer(never)
    with pytest.raises(KeyFault, match=told):
        keyring(home).rotate(second, NOON)
    assert files_of(home) == before
    (home / KEY).chmod(0o600)
    assert keyring(home).signer(never) == FIRST


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "it holds no private key"),
        (signer_text(FIRST)[:-9], "it holds no private key"),
        (signer_text(FIRST).replace("+AQ", "+Ag"), "it holds no private key"),
        (signer_text(FIRST).replace("AQEBAQ", "AQEBAA", 1), "is not that of its name and key"),
        (
            signer_text(Signer("whoseword/fedcba9876543210", bytes(32))),
            "this home is whoseword/0123",
        ),
        (verifier_text(verifier_of(FIRST)), "it holds no private key"),
        ("\x00" * 80, "it holds no private key"),
    ],
)
def test_a_damaged_key_is_told_and_left_as_it_is(home: Path, content: str, told: str) -> None:
    (home / KEY).write_text(content)
    before = files_of(home)
    with pytest.raises(KeyFault, match=f"{KEY}.* {told}") as raised:
        keyring(home).signer(never)
    assert "AQEBAQEB" not in str(raised.value)
    assert files_of(home) == before


def test_a_key_that_is_gone_is_not_made_anew_in_silence(home: Path) -> None:
    """Outsiders hold the verifier of the lost one, and would take the new one for a forger's."""
    (home / KEY).unlink()
    for act in (lambda: keyring(home).signer(never), lambda: keyring(home).rotate(never, NOON)):
        with pytest.raises(KeyFault, match=r"checkpoint\.key is gone.* restore it from a backup"):
            act()
    kept = (home / VERIFIERS).rename(home / "kept").read_text()
    assert keyring(home).signer(second) == SECOND
    with (home / VERIFIERS).open("a") as listed:
        listed.write(kept)
    assert keyring(home).verifiers() == (verifier_of(SECOND), verifier_of(FIRST))
    assert keyring(home).signer(never) == SECOND


def test_a_link_in_the_place_of_the_key_is_refused(home: Path) -> None:
    (home / KEY).rename(home / "elsewhere")
    (home / KEY).symlink_to(home / "elsewhere")
    with pytest.raises(KeyFault, match="is a link to another file"):
        keyring(home).signer(never)


def test_a_place_where_no_home_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for act in (
        keyring(tmp_path / "file").verifiers,
        keyring(tmp_path / "file" / "home").rotations,
    ):
        with pytest.raises(KeyFault, match="cannot be read or written"):
            act()
    with pytest.raises(KeyFault, match="cannot be read or written"):
        keyring(tmp_path / "file").signer(never)


def test_a_rotation_is_told_by_the_old_key_and_the_new(home: Path) -> None:
    note = keyring(home).rotate(second, NOON)
    old, new = verifier_of(FIRST), verifier_of(SECOND)
    opened = open_note(note, [old, new])
    assert opened.text == (
        f"The key {verifier_text(new)}\n"
        f"takes the place of {verifier_text(old)}\n"
        "at 2031-03-06T12:00:00Z\n"
    )
    assert opened.signed_by == (old, new)
    assert keyring(home).rotations() == note
    # Whoever holds the old key alone learns the new one from it.
    learnt = parse_verifier(open_note(note, [old]).text.split("\n")[0].removeprefix("The key "))
    assert learnt == new == open_note(note, [learnt]).signed_by[0]


def test_a_rotation_passes_for_no_checkpoint(home: Path) -> None:
    with pytest.raises(NoteFault):
        open_checkpoint(keyring(home).rotate(second, NOON), keyring(home).verifiers())


def test_what_the_old_key_signed_still_opens_and_the_new_key_signs(home: Path) -> None:
    before = said_of("county/public", 3, keyring(home).signer(never))
    keyring(home).rotate(second, NOON)
    after = said_of("county/public", 4, keyring(home).signer(never))
    known = keyring(home).verifiers()
    assert known == (verifier_of(SECOND), verifier_of(FIRST))
    assert [open_checkpoint(note, known).size for note in (before, after)] == [3, 4]
    assert open_note(after, known).signed_by == (verifier_of(SECOND),)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == {KEY: 0o600, VERIFIERS: 0o600, ROTATIONS: 0o600}
    assert signer_text(FIRST) not in "".join(map(bytes.decode, files_of(home).values()))


def test_rotations_follow_one_another(home: Path) -> None:
    notes = [keyring(home).rotate(secrets.token_bytes, NOON) for _ in range(3)]
    assert split_notes(keyring(home).rotations()) == notes
    known = keyring(home).verifiers()
    assert len(known) == 4
    assert known[-1] == verifier_of(FIRST)
    news = [note.split("\n")[0].removeprefix("The key ") for note in notes]
    assert [verifier_text(each) for each in known[:3]] == news[::-1]


def test_rotations_at_once_each_take_their_turn(home: Path) -> None:
    code = (
        "from datetime import UTC, datetime\n"
        "keyring.rotate(secrets.token_bytes, datetime(2031, 3, 6, tzinfo=UTC))"
    )
    in_processes(3, code, home)
    known = keyring(home).verifiers()
    told = [note.split("\n")[:2] for note in split_notes(keyring(home).rotations())]
    assert [
        [f"The key {verifier_text(new)}", f"takes the place of {verifier_text(old)}"]
        for new, old in zip(known[-2::-1], known[:0:-1], strict=True)
    ] == told
    assert verifier_of(keyring(home).signer(never)) == known[0]


def test_a_key_that_was_used_before_is_not_taken_again(home: Path) -> None:
    with pytest.raises(KeyFault, match="was used before"):
        keyring(home).rotate(first, NOON)
    keyring(home).rotate(second, NOON)
    with pytest.raises(KeyFault, match="was used before"):
        keyring(home).rotate(first, NOON)
    assert keyring(home).signer(never) == SECOND


def test_there_is_nothing_to_rotate_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="has no key that could be rotated"):
        keyring(tmp_path).rotate(never, NOON)


def test_an_old_key_that_was_put_back_does_not_sign(home: Path) -> None:
    kept = (home / KEY).read_bytes()
    keyring(home).rotate(second, NOON)
    (home / KEY).write_bytes(kept)
    told = r"is not the one that checkpoint\.pub names first .* from one backup"
    with pytest.raises(KeyFault, match=told):
        keyring(home).signer(never)
    (home / VERIFIERS).unlink()
    with pytest.raises(KeyFault, match=told):
        keyring(home).signer(never)


def test_what_people_wrote_beside_the_verifiers_stays(home: Path) -> None:
    with (home / VERIFIERS).open("a") as listed:
        listed.write("# given to the Ledger-Gazette on 1 March\n\n# and to the court")
    keyring(home).rotate(second, NOON)
    lines = (home / VERIFIERS).read_text().splitlines()
    assert lines == [
        "# Who signs the checkpoints of this home: the key in use, then earlier ones.",
        verifier_text(verifier_of(SECOND)),
        verifier_text(verifier_of(FIRST)),
        "# given to the Ledger-Gazette on 1 March",
        "",
        "# and to the court",
    ]


def test_a_line_that_is_no_verifier_is_told_with_its_place(home: Path) -> None:
    with (home / VERIFIERS).open("a") as listed:
        listed.write("somebody\n")
    with pytest.raises(KeyFault, match=r"checkpoint\.pub:3: 'somebody' is no verifier key"):
        keyring(home).verifiers()
    (home / VERIFIERS).write_bytes(b"\xff")
    with pytest.raises(KeyFault, match=r"checkpoint\.pub is no text"):
        keyring(home).verifiers()


def test_a_lost_list_is_made_again_from_what_was_signed(home: Path) -> None:
    for _ in range(2):
        keyring(home).rotate(secrets.token_bytes, NOON)
    before = keyring(home).verifiers()
    (home / VERIFIERS).unlink()
    assert keyring(home).verifiers() == before[:1]
    keyring(home).signer(never)
    assert keyring(home).verifiers() == before


def test_a_forged_rotation_is_told(home: Path) -> None:
    keyring(home).rotate(second, NOON)
    stands = (home / ROTATIONS).read_text()
    by_one = sign_note(stands.partition("\n\n")[0] + "\n", SECOND)
    for forged, told in (
        (stands.replace("12:00", "13:00"), "is not for this text"),
        (by_one, "did not both sign"),
        (stands[:-7], "is no signature"),
        (stands.partition("\n\n")[0], "is no signed note"),
        (said_of("county/public", 3), "is no verifier key"),
    ):
        (home / ROTATIONS).write_text(forged)
        with pytest.raises(KeyFault, match=rf"checkpoint\.rotations: .*{told}"):
            keyring(home).signer(never)


def test_a_power_cut_in_the_first_use_leaves_a_home_that_can_sign(tmp_path: Path) -> None:
    for step in range(1, 100):
        home = tmp_path / str(step)
        home.mkdir()
        if not cut_off(lambda home=home: keyring(home).signer(first), step):
            assert step > 8
            break
        made = (home / KEY).exists()
        known = keyring(home).verifiers()
        signer = keyring(home).signer(second)
        assert signer == (FIRST if made else SECOND)
        assert known == ((verifier_of(FIRST),) if made else ())
        assert keyring(home).verifiers() == (verifier_of(signer),)
        assert set(files_of(home)) - {f"{VERIFIERS}.new"} == {KEY, VERIFIERS}
        assert (home / KEY).stat().st_nlink == 1


def test_a_power_cut_in_a_rotation_leaves_a_home_that_can_sign(tmp_path: Path) -> None:
    outcomes = []
    for step in range(1, 200):
        home = tmp_path / str(step)
        keyring(home).signer(first)
        signed = said_of("county/public", 3)
        if not cut_off(lambda home=home: keyring(home).rotate(second, NOON), step):
            break
        open_checkpoint(signed, keyring(home).verifiers())
        announced = bool(keyring(home).rotations())
        # The rotation happened, and is completed, once both keys have signed that it did.
        signer = keyring(home).signer(never)
        assert signer == (SECOND if announced else FIRST)
        known = keyring(home).verifiers()
        assert known == tuple(map(verifier_of, (SECOND, FIRST) if announced else (FIRST,)))
        open_checkpoint(signed, known)
        open_checkpoint(said_of("county/public", 4, signer), known)
        assert not (home / NEXT).exists()
        open_note(keyring(home).rotate(secrets.token_bytes, NOON), [verifier_of(signer)])
        assert len(keyring(home).verifiers()) == 2 + announced
        outcomes.append(announced)
    assert outcomes == sorted(outcomes)
    assert 5 < sum(outcomes) < len(outcomes) - 5


def test_a_rotation_that_was_not_announced_is_dropped(home: Path) -> None:
    (home / NEXT).write_text(signer_text(SECOND) + "\n")
    (home / NEXT).chmod(0o600)
    assert keyring(home).signer(never) == FIRST
    assert not (home / NEXT).exists()


def test_a_coming_key_that_others_may_use_is_refused(home: Path) -> None:
    (home / NEXT).write_text(signer_text(SECOND) + "\n")
    (home / NEXT).chmod(0o644)
    with pytest.raises(KeyFault, match="others may use"):
        keyring(home).signer(never)


def test_what_is_handed_out_is_kept_in_order_and_once(home: Path) -> None:
    notes = [said_of("county/public", size) for size in (3, 4, 5)]
    keyring(home).hand_out("\n".join(notes[:2]))
    keyring(home).hand_out(notes[1])
    keyring(home).hand_out(f"{notes[2]}\n{notes[0]}")
    assert split_notes(keyring(home).handed_out()) == notes
    assert keyring(home).handed_out() == "\n".join(notes) == (home / HANDED_OUT).read_text()
    assert stat.S_IMODE((home / HANDED_OUT).stat().st_mode) == 0o600


def test_what_is_no_note_is_not_handed_out(home: Path) -> None:
    note = said_of("county/public", 3)
    keyring(home).hand_out(note)
    with pytest.raises(NoteFault, match="is no signed note"):
        keyring(home).hand_out(f"{note}\nwhoseword/0123456789abcdef/county/public\n4\n")
    assert keyring(home).handed_out() == note


def test_a_note_that_a_crash_cut_off_was_never_handed_out(home: Path) -> None:
    notes = [said_of("county/public", size) for size in (3, 4)]
    keyring(home).hand_out(notes[0])
    whole = (home / HANDED_OUT).read_bytes()
    coming = f"\n{notes[1]}".encode()
    for length in range(len(coming)):
        for torn in (coming[:length], coming[:length] + b"\x00" * 9):
            (home / HANDED_OUT).write_bytes(whole + torn)
            assert keyring(home).handed_out() == notes[0]
            keyring(home).hand_out(notes[1])
            assert split_notes(keyring(home).handed_out()) == notes


def test_a_power_cut_while_handing_out_loses_nothing_that_was(tmp_path: Path) -> None:
    notes = [said_of(book, 3) for book in ("county/public", "county/incident", "paper/public")]
    for step in range(1, 50):
        home = tmp_path / str(step)
        keyring(home).hand_out(notes[0])
        if not cut_off(lambda home=home: keyring(home).hand_out("\n".join(notes)), step):
            assert step > 2
            break
        stands = split_notes(keyring(home).handed_out())
        assert stands == notes[: len(stands)]
        assert stands
        keyring(home).hand_out("\n".join(notes))
        assert split_notes(keyring(home).handed_out()) == notes


def test_processes_that_hand_out_at_once_lose_nothing(home: Path) -> None:
    code = (
        "from whoseword.books.checkpoints import *; from whoseword.books.notes import sign_note\n"
        "signer = keyring.signer(secrets.token_bytes)\n"
        f"of = lambda size: checkpoint_of({HOME_ID!r}, 'county/public', size, bytes(32))\n"
        "for size in range(20):\n"
        "    keyring.hand_out(sign_note(checkpoint_text(of(size * 10 + int(number))), signer))"
    )
    in_processes(3, code, home)
    known = keyring(home).verifiers()
    sizes = [open_checkpoint(note, known).size for note in split_notes(keyring(home).handed_out())]
    assert sorted(sizes) == sorted(size * 10 + number for size in range(20) for number in range(3))
