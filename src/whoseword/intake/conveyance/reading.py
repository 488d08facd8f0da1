"""A message of conveyance out of bytes: read leniently, refused with the path of its fault.

Systems in use differ in the spelling of names (``subscriptionID``, ``EventResponse``), write numbers
as text, leave a status text out, and send a lone object where a list stands. None of that changes
what is meant, so it is read. What a fault leaves readable of a message (its transaction, its
request) is kept with the fault, so that it can be answered. Objects stay the bytes that came: what
is in them is read by who knows objects, and what is set aside is set aside as it was.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from whoseword.intake.conveyance.messages import KINDS, Message, Reference
from whoseword.intake.eido import FeedFault

_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_LONGEST_ID: Final = 512


def _folded(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


_KINDS: Final = {_folded(name): name for name in KINDS}
_FIELDS: Final = {
    kind: {_folded(one.encode_name): one for one in msgspec.structs.fields(kind)}
    for kind in KINDS.values()
}
_MAY_LACK: Final = frozenset({"statusText"})
_envelopes: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_lists: Final = msgspec.json.Decoder(list[msgspec.Raw])


class MessageFault(FeedFault):
    """A message that cannot be read: its kind and ids as far as they could be, for an answer."""

    def __init__(
        self,
        where: tuple[str, str, str],
        kind: str | None = None,
        ids: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(*where)
        self.kind = kind
        self.ids = dict(ids or {})


def read_message(content: bytes) -> Message:
    """The message in some bytes. Raises ``MessageFault``."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise MessageFault(
            ("$", f"is not UTF-8 at byte {error.start + 1}", "send JSON in UTF-8")
        ) from None
    members = _members(content, "$", None, {})
    named = [name for name in members if _folded(name) in _KINDS]
    if len(named) != 1:
        raise MessageFault(_no_kind(list(members), named))
    name = _KINDS[_folded(named[0])]
    path = f"$.{named[0]}"
    fields = _members(bytes(members[named[0]]), path, name, {})
    return _message(name, path, fields)


def _members(
    content: bytes, path: str, kind: str | None, ids: dict[str, str]
) -> dict[str, msgspec.Raw]:
    try:
        members = _envelopes.decode(content)
        twice = _twice(content, members)
        if twice is None:
            return members
        where = (f"{path}.{twice[:80]}", "stands there twice", "send it once")
    except msgspec.ValidationError:
        where = (path, "is no object", "send a JSON object, as NENA-STA-024 has it")
    except (msgspec.MsgspecError, RecursionError, ValueError):
        where = (path, "is not JSON", "send one JSON object a message")
    raise MessageFault(where, kind, ids)


def _twice(content: bytes, members: Mapping[str, msgspec.Raw]) -> str | None:
    """A name that an object has twice: of its values a parser keeps one, and loses the other."""
    pairs = json.loads(content, object_pairs_hook=list)
    if len(pairs) == len(members):
        return None
    counted = Counter(name for name, _ in pairs)
    return str(next(name for name, times in counted.items() if times > 1))


def _no_kind(members: list[str], named: list[str]) -> tuple[str, str, str]:
    one = "send one message of NENA-STA-024 1.0.1 at a time"
    if named:
        return "$", f"is {' and '.join(named)} at once", one
    if len(members) == 1:
        return f"$.{members[0][:80]}", "is no message of version 1.0.1", "keep to version 1.0.1"
    return "$", f"holds {len(members)} members, and none of them is a message", one


def _message(name: str, path: str, fields: Mapping[str, msgspec.Raw]) -> Message:
    kind = KINDS[name]
    known = _FIELDS[kind]
    read: dict[str, Any] = {}
    ids: dict[str, str] = {}
    faults: list[tuple[str, str, str]] = []
    # Ids first: with them a fault in another field can be answered.
    for given in sorted(fields, key=lambda one: not _folded(one).endswith("id")):
        field = known.get(_folded(given))
        if field is None:
            continue
        at = f"{path}.{given}"
        if field.name in read:
            faults.append((at, f"stands beside another {field.encode_name}", "send it once"))
            continue
        try:
            read[field.name] = _READ[_type_of(field)](fields[given], at)
        except FeedFault as fault:
            faults.append((fault.path, fault.problem, fault.remedy))
            continue
        if field.encode_name.endswith("Id") and isinstance(read[field.name], str):
            ids[field.encode_name] = read[field.name]
    for field in msgspec.structs.fields(kind):
        if field.required and read.get(field.name) is None:
            if field.encode_name in _MAY_LACK:
                read[field.name] = ""
            else:
                at = f"{path}.{field.encode_name}"
                faults.append((at, "is missing", "send it; the standard requires it"))
    if faults:
        raise MessageFault(faults[0], name, ids)
    made: Message = kind(**{one: value for one, value in read.items() if value is not None})
    return made


def _type_of(field: msgspec.structs.FieldInfo) -> str:
    if field.name == "notification":
        return "objects"
    return "number" if "int" in str(field.type) else "text"


def _value(raw: msgspec.Raw, path: str) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        raise FeedFault(path, "is not JSON", "send JSON") from None


def _text(raw: msgspec.Raw, path: str) -> str | None:
    value = _value(raw, path)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise FeedFault(path, "must be text", "send text")
    if path.casefold().endswith("id") and not (value.strip() and len(value) <= _LONGEST_ID):
        problem = f"is empty or longer than {_LONGEST_ID} characters"
        raise FeedFault(path, problem, "send an id")
    return value


def _number(raw: msgspec.Raw, path: str) -> int | None:
    value = _value(raw, path)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise FeedFault(path, "must be a whole number, 0 or more", "send a whole number")


def _objects(raw: msgspec.Raw, path: str) -> tuple[bytes | Reference, ...]:
    content = bytes(raw)
    first = content.lstrip()[:1]
    if first == b"[":
        try:
            found = _lists.decode(content)
        except (msgspec.MsgspecError, RecursionError):
            raise FeedFault(path, "is not JSON", "send a list of objects") from None
        return tuple(_object(bytes(one), f"{path}[{at}]") for at, one in enumerate(found))
    return () if content.strip() == b"null" else (_object(content, path),)


def _object(content: bytes, path: str) -> bytes | Reference:
    """An object as its bytes; or where it is, as a bare URL or an object that holds one alone."""
    if content.lstrip()[:1] == b'"':
        url = _value(msgspec.Raw(content), path)
        return Reference(url) if _URL.fullmatch(url) else content
    if len(content) < _LONGEST_ID * 4 and content.lstrip()[:1] == b"{":
        # Whatever is not plainly a reference is an object, and told by who reads objects.
        try:
            members = msgspec.json.decode(content)
        except (msgspec.MsgspecError, RecursionError):
            return content
        [url, *others] = members.values() or [None]
        if not others and isinstance(url, str) and _URL.fullmatch(url):
            return Reference(url)
    return content


_READ: Final[dict[str, Callable[[msgspec.Raw, str], Any]]] = {
    "objects": _objects,
    "number": _number,
    "text": _text,
}
