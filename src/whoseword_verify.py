"""Check a release of Whose Word with nothing but Python: whoseword-verify FILE --key KEY.

Copy this one file to any machine with Python 3.11; it needs no network, no package and no trust in
whoever sent the release. It shows the lines of the release if, and only if, all of this holds:

- the checkpoint is signed with the key that you give (Ed25519, RFC 8032; C2SP signed-note and
  tlog-checkpoint);
- each line is an entry of the public book that the checkpoint speaks of (RFC 6962, section 2.1), with
  the very words that were entered (the salted commitment of the entry);
- the lines are those that the release itself lists, none left out, none added, none in another order;
- where the release shows it, and with --earlier FILE in any case, that the book begins as a checkpoint
  had it that was signed before (RFC 6962, 2.1.2).

What it does not show: that what is said is so, that nothing else was said, or whose key it is. Get the
key from its owner by a way that you trust.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "whoseword/release/1"
MOST_BYTES = 64 * 1024 * 1024
ENTRY = b"whoseword/entry/1\n"
COMMITMENT = b"whoseword/commitment/1\n"
SIGNED_BY = "\N{EM DASH} "


class Refused(Exception):
    """The release is not shown to be what it says; the message tells where and why."""


class Checkpoint(NamedTuple):
    """A book's size and root (32 bytes), signed by the home of ``origin``."""

    origin: str
    book: str
    size: int
    root: bytes


class Entry(NamedTuple):
    """What an entry states, and its words where they are shown."""

    at: int
    id: str
    incident: str
    recorded: int
    words: Any


# --- Ed25519 (RFC 8032, section 5.1) ----------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _point(given: bytes) -> Point | None:
    """The point that 32 bytes stand for (5.1.3); None where they stand for none."""
    y = int.from_bytes(given, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def _packed(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature (64 bytes) of a message is by the key (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, scalar = _point(key), int.from_bytes(signature[32:], "little")
    if public is None or scalar >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % L
    minus = (P - public[0], public[1], 1, P - public[3])
    return _packed(_add(_times(scalar, BASE), _times(challenge, minus))) == signature[:32]


# --- Notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) --------------------


def _bytes(text: object, what: str) -> bytes:
    """The bytes of base64 in its one canonical form."""
    try:
        given = base64.b64decode(text if isinstance(text, str) else "!", validate=True)
    except ValueError:
        raise Refused(f"{what} is no base64") from None
    if base64.b64encode(given).decode() != text:
        raise Refused(f"{what} is base64 in another form than its own")
    return given


def parse_key(text: str) -> tuple[str, bytes, bytes]:
    """Name, id (4 bytes) and key (32 bytes) of a verifier key: NAME+ID+KEY."""
    name, _, rest = text.strip().partition("+")
    id_, _, key = rest.partition("+")
    typed = _bytes(key, "the verifier key")
    if len(typed) != 33 or typed[:1] != b"\x01":
        raise Refused("the verifier key is none of Ed25519; write NAME+ID+KEY as it was handed out")
    made = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    if made.hex() != id_.lower():
        raise Refused("the verifier key's id is not that of its name and key: it was changed")
    return name, made, typed[1:]


def open_checkpoint(note: object, key: tuple[str, bytes, bytes]) -> Checkpoint:
    """The checkpoint of a note that this key, and no other, signed."""
    if not isinstance(note, str):
        raise Refused("there is no checkpoint")
    text, parted, lines = note.partition("\n\n")
    if not parted:
        raise Refused("the checkpoint has no signature")
    text += "\n"
    name, id_, public = key
    for line in lines.removesuffix("\n").split("\n"):
        signer, _, told = line.removeprefix(SIGNED_BY).rpartition(" ")
        signature = _bytes(told, "a signature of the checkpoint")
        if not line.startswith(SIGNED_BY) or (signer, signature[:4]) != (name, id_):
            raise Refused(f"the checkpoint is signed by {signer!r}, and not with the key of {name}")
        if not signed(public, text.encode(), signature[4:]):
            raise Refused("the signature is not for this checkpoint: one of them was changed")
    if not lines.endswith("\n") or lines.count("\n") != 1:
        raise Refused("the checkpoint has another number of signatures than one")
    stated = text.removesuffix("\n").split("\n")
    if len(stated) != 3 or not re.fullmatch("0|[1-9][0-9]{0,18}", stated[1]):
        raise Refused("the checkpoint is no origin, size and root")
    root = _bytes(stated[2], "the root")
    if len(root) != 32 or not stated[0].startswith(f"{name}/"):
        raise Refused("the checkpoint speaks for another home than its key")
    return Checkpoint(stated[0], stated[0].removeprefix(f"{name}/"), int(stated[1]), root)


# --- The tree (RFC 6962, section 2.1) ----------------------------------------------------------


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _risen(at: int, last: int) -> tuple[int, int]:
    while not at & 1 and at:
        at, last = at >> 1, last >> 1
    return at, last


def root_from(entry: bytes, at: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a path leads from an entry at a place (from 0) of a book of that size."""
    node, last = hashlib.sha256(b"\x00" + entry).digest(), size - 1
    if not 0 <= at <= last:
        raise Refused(f"there is no entry {at} in a book of {size}")
    for hash_ in path:
        if last == 0:
            raise Refused(f"the path of entry {at} is too long")
        if at & 1 or at == last:
            node, (at, last) = _node(hash_, node), _risen(at, last)
        else:
            node = _node(node, hash_)
        at, last = at >> 1, last >> 1
    if last:
        raise Refused("a path is too short")
    return node


def check_growth(earlier: Checkpoint, later: Checkpoint, path: list[bytes]) -> None:
    """Refuse unless the later book is shown to begin with the earlier one (RFC 6962, 2.1.2)."""
    if not 0 < earlier.size <= later.size:
        raise Refused(f"a book of {later.size} entries does not follow from one of {earlier.size}")
    if earlier.size == later.size:
        if path or earlier.root != later.root:
            raise Refused("two books of one size have two roots: one of them was changed")
        return
    hashes = [earlier.root, *path] if earlier.size & (earlier.size - 1) == 0 else list(path)
    at, last = earlier.size - 1, later.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0] if hashes else b""
    for hash_ in hashes[1:]:
        if last == 0:
            raise Refused("the proof of growth is too long")
        if at & 1 or at == last:
            old, new = _node(hash_, old), _node(hash_, new)
            at, last = _risen(at, last)
        else:
            new = _node(new, hash_)
        at, last = at >> 1, last >> 1
    if last or (old, new) != (earlier.root, later.root):
        raise Refused(
            f"the book of {later.size} entries does not begin with the {earlier.size} that were "
            "there: something was changed or taken out"
        )


# --- The release -------------------------------------------------------------------------------


def read_release(content: bytes) -> dict[str, Any]:
    """The release in a file, which is JSON in one form alone: no byte can be changed unseen."""
    if len(content) > MOST_BYTES:
        raise Refused(f"the file is longer than {MOST_BYTES:,} bytes")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused("the file is no JSON: it was cut off or changed") from None
    if written(told) != content:
        raise Refused("the file is not written as a release is: it was changed, or saved anew")
    if not isinstance(told, dict) or set(told) != {"checkpoint", "entries", "format", "growth"}:
        raise Refused("the file is no release")
    if told["format"] != FORMAT or not isinstance(told["entries"], list) or not told["entries"]:
        raise Refused(f"the file is no {FORMAT}")
    return told


def written(told: object) -> bytes:
    """A release as it is written."""
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode(errors="replace") + b"\n"


def _fields(entry: bytes) -> list[bytes]:
    """The fields of an entry, each with its length before it."""
    found, at = [], len(ENTRY)
    while at < len(entry):
        size = int.from_bytes(entry[at : at + 8], "big")
        found.append(entry[at + 8 : at + 8 + size])
        at += 8 + size
    if not entry.startswith(ENTRY) or at != len(entry) or len(found) != 8:
        raise Refused("an entry is none of a book")
    return found


def check_entry(told: Any, checkpoint: Checkpoint) -> Entry:
    """An entry that is shown to stand in the book, with its words where they are given."""
    if not isinstance(told, dict) or set(told) != {"body", "entry", "path", "salt"}:
        raise Refused("an entry has other parts than an entry has")
    entry = _bytes(told["entry"], "an entry")
    book, seq, id_, incident, recorded, _, _, commitment = _fields(entry)
    at = int.from_bytes(seq, "big")
    if book.decode(errors="replace") != checkpoint.book:
        raise Refused(f"entry {at} is of another book than {checkpoint.book}")
    path = [_bytes(one, f"the path of entry {at}") for one in told["path"]]
    if any(len(one) != 32 for one in path):
        raise Refused(f"the path of entry {at} holds what is no hash")
    if root_from(entry, at, checkpoint.size, path) != checkpoint.root:
        raise Refused(f"entry {at} does not stand in {checkpoint.book} as it was signed")
    words = None
    if told["body"] is not None or told["salt"] is not None:
        body, salt = _bytes(told["body"], f"the words of {at}"), _bytes(told["salt"], "a salt")
        fields = b"".join(len(one).to_bytes(8, "big") + one for one in (salt, body))
        if hashlib.sha256(COMMITMENT + fields).digest() != commitment:
            raise Refused(f"the words of entry {at} are not those that were entered")
        words = json.loads(body)
    moment = int.from_bytes(recorded, "big", signed=True)
    return Entry(at, id_.decode(), incident.decode(), moment, words)


def check_release(told: dict[str, Any], checkpoint: Checkpoint) -> tuple[Entry, dict[str, Entry]]:
    """The head of a release and its lines by their ids, all shown to be what the release lists."""
    entries = [check_entry(one, checkpoint) for one in told["entries"]]
    head, others = entries[0], {one.id: one for one in entries[1:]}
    release = (head.words or {}).get("x_release")
    if not isinstance(release, dict):
        raise Refused("the first entry is no head of a release")
    wanted = list(release["lines"])
    for amended in release["corrections"]:
        wanted += [id_ for id_ in (amended["was"],) if id_ not in wanted]
    wanted += release["disputes"]
    if [one.id for one in entries[1:]] != wanted:
        raise Refused("the lines are not those that the release lists: some are missing or added")
    for one in entries[1:]:
        if one.incident != head.incident or one.at > head.at:
            raise Refused(f"entry {one.at} is of another release")
        if one.words is not None and not {"x_line", "x_dispute"} & set(one.words):
            raise Refused(f"entry {one.at} is no line of a release")
    return head, others


def text_of(entry: Entry | None) -> str:
    """A line as it is shown; what was taken down has no words any more."""
    words = entry.words if entry is not None else None
    return "[a line was taken down]" if words is None else _shown(words["x_line"]["text"])


def _shown(text: object) -> str:
    return "".join(char if char.isprintable() else " " for char in str(text))


def report(head: Entry, lines: dict[str, Entry], checkpoint: Checkpoint) -> list[str]:
    """What was shown, in lines for people."""
    release = head.words["x_release"]
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=head.recorded)
    by, when = " and ".join(release["released_by"]), f"{moment:%Y-%m-%d %H:%M:%S} UTC"
    told = (
        f"Release {release['version']} of {head.incident} is as it was published by {by}, {when}."
    )
    where = f"It stands in {checkpoint.book} of {checkpoint.size} entries, {checkpoint.origin}."
    shown = [told, where, "", *(f"  {text_of(lines[id_])}" for id_ in release["lines"])]
    for id_ in release["disputes"]:
        if (words := lines[id_].words) is not None:
            about, by = text_of(lines.get(words["x_dispute"])), _shown(words["speaker"]["name"])
            shown += ["", f"  {by} disputes: {about}", f"    {_shown(words['fact']['text'])}"]
    for amended in release["corrections"]:
        now = text_of(lines.get(amended["now"])) if amended["now"] else "nothing any more"
        was = f"  Release {amended['of_version']} said: {text_of(lines[amended['was']])}"
        shown += ["", was, f"    Now: {now}", f"    Why: {amended['why']}."]
    return [*shown, "", "Whether it is so, no proof can show; each line tells who says it."]


def verify(content: bytes, key: str, earlier: str | None = None) -> list[str]:
    """Check a release; what was shown, in lines. Raises ``Refused``."""
    public = parse_key(key)
    told = read_release(content)
    checkpoint = open_checkpoint(told["checkpoint"], public)
    try:
        head, lines = check_release(told, checkpoint)
        shown = report(head, lines, checkpoint)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise Refused("the release is not made as a release is: it was changed") from None
    grown = _grown(told["growth"], checkpoint, public)
    if earlier is not None and open_checkpoint(earlier, public) not in (grown, checkpoint):
        raise Refused(
            "the release does not show how the book grew from the checkpoint that you kept; ask for "
            "it anew, made with that (record --prove FILE --since CHECKPOINT)"
        )
    if grown is not None:
        shown.append(f"The book begins as it was signed when it had {grown.size} entries.")
    return shown


def _grown(growth: Any, later: Checkpoint, key: tuple[str, bytes, bytes]) -> Checkpoint | None:
    """The earlier checkpoint with which the book is shown to begin, if the release shows one."""
    if growth is None:
        return None
    if not isinstance(growth, dict) or set(growth) != {"earlier", "path"}:
        raise Refused("the growth of the book is none")
    earlier = open_checkpoint(growth["earlier"], key)
    if earlier.origin != later.origin:
        raise Refused(f"the earlier checkpoint is of {earlier.book}")
    check_growth(earlier, later, [_bytes(one, "the growth") for one in growth["path"]])
    return earlier


def main() -> None:
    """The command: exit 0 where all holds, 1 where it does not, 2 where it was asked wrongly."""
    parser = argparse.ArgumentParser(description="Check a release of Whose Word, offline.")
    parser.add_argument("file", type=Path, help="the release, as it was downloaded")
    parser.add_argument("--key", required=True, help="the home's verifier key: NAME+ID+KEY")
    parser.add_argument("--earlier", type=Path, help="a checkpoint of the book that you kept")
    asked = parser.parse_args()
    try:
        kept = asked.earlier.read_text("utf-8") if asked.earlier else None
        told = "\n".join(verify(asked.file.read_bytes(), asked.key, kept))
    except (Refused, OSError, UnicodeDecodeError) as fault:
        sys.exit(f"NOT SHOWN: {fault}.")
    sys.stdout.write(told + "\n")


if __name__ == "__main__":
    main()
