"""Statements in and out of bytes: the interchange form, read strictly.

JSON Lines, UTF-8, at most 1 MiB a line and 32 levels deep; no U+0000, no lone surrogate, no key
twice, no unknown key, kind or slot (contract, section 1). What is wrong is told as a
``WordFault`` with the field, never as a parser's complaint. ``encode_body`` gives the bytes that
a book hashes and stores: the statement without the ledger's own marks.
"""

import json
import re
from collections import Counter
from typing import Any, Never

import msgspec

from whoseword.words.errors import WordFault
from whoseword.words.kinds import FACTS, key_slots, value_slots
from whoseword.words.rules import check
from whoseword.words.statement import Statement
from whoseword.words.vocabulary import Basis, Hedge, SpeakerKind, Stance

MAX_LINE = 1_048_576
MAX_DEPTH = 32
LEDGER_MARKS = ("recorded", "backfilled", "appended")

_encoder = msgspec.json.Encoder()
_body_decoder = msgspec.json.Decoder(Statement)
_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_BRACKETS = re.compile(r"[\[\]{}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_QUOTED = re.compile(r"`([^`]*)`")


def decode_statement(line: bytes) -> Statement:
    """The statement on one line of JSON.

    Raises ``WordFault`` naming the field, what is wrong and what to do.
    """
    return statement_from(parse_json(line))


def parse_json(line: bytes) -> dict[str, Any]:
    """One line's JSON object, with the limits of the interchange form held.

    Raises ``WordFault`` on the field ``line`` or, for a bad character, the key that holds it.
    """
    if len(line) > MAX_LINE:
        raise WordFault(
            "line", f"is longer than {MAX_LINE:,} bytes", "split it, or shorten the quote"
        )
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise WordFault(
            "line", f"is not UTF-8 at byte {error.start + 1}", "save the file as UTF-8"
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise WordFault("line", f"is not JSON ({error})", "write one JSON object a line") from None
    if not isinstance(value, dict):
        raise WordFault("line", "is not a JSON object", "write one statement, {...}, a line")
    if not _is_plain(text):
        _check_text(value, "", 1)
    return value


def _is_plain(text: str) -> bool:
    """Whether JSON that was read can hold no bad character and is not too deep.

    Looking at the text once is many times quicker than at each value, and nearly all text is so.
    """
    if "\\u" in text:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = next(name for name, times in counted.items() if times > 1)
        raise WordFault(twice, "stands twice in one object", "keep one of the two")
    return found


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not a JSON number")


def _too_deep() -> WordFault:
    return WordFault("line", f"is nested more than {MAX_DEPTH} deep", "flatten it")


def _check_text(value: Any, path: str, depth: int) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise WordFault(path or "line", "holds the character U+0000", "remove it")
        if _SURROGATE.search(value):
            raise WordFault(
                path or "line", "holds half a surrogate pair", "write the whole character"
            )
        return
    if not isinstance(value, dict | list):
        return
    if depth > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, list):
        for order, member in enumerate(value):
            _check_text(member, f"{path}[{order}]", depth + 1)
        return
    for key, member in value.items():
        _check_text(key, path, depth)
        _check_text(member, f"{path}.{key}" if path else key, depth + 1)


def statement_from(value: dict[str, Any]) -> Statement:
    """The statement in a JSON object; top-level keys that begin with ``x_`` are kept aside.

    Raises ``WordFault``.
    """
    if "extra" in value:
        raise _unknown_key("extra")
    known = {key: member for key, member in value.items() if not key.startswith("x_")}
    extra = {key: member for key, member in value.items() if key.startswith("x_")}
    try:
        statement = msgspec.convert(known | {"extra": extra}, Statement)
    except msgspec.ValidationError as error:
        raise _fault_from(str(error), value) from None
    check(statement)
    return statement


def _builtins(statement: Statement) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.to_builtins(statement, builtin_types=())
    value.update(value.pop("extra"))
    return value


def statement_value(statement: Statement) -> dict[str, Any]:
    """The whole statement as JSON values, defaults written out."""
    return _builtins(statement)


def encode_statement(statement: Statement) -> bytes:
    """The whole statement as one line of JSON, defaults written out."""
    return _encoder.encode(_builtins(statement))


def encode_body(statement: Statement) -> bytes:
    """The bytes that a book hashes and stores: all but what the ledger itself marks."""
    value = _builtins(statement)
    for mark in LEDGER_MARKS:
        del value[mark]
    return _encoder.encode(value)


def decode_body(body: bytes) -> Statement:
    """The statement in a stored body. Raises ``WordFault`` where the bytes are no statement."""
    try:
        return _body_decoder.decode(body)
    except msgspec.MsgspecError:
        return decode_statement(body)


# What the parser says, told in this trade's words.

_REMEDIES: dict[str, str] = {
    "id": "give a UUIDv7 in lower case, or leave it out and the ledger gives one",
    "incident": "give a slug such as elm-street-2024",
    "book": "give custodian/class or custodian/class/topic, e.g. county-911/response/calls",
    "speaker": 'say whose word it is, {"name": …, "kind": …}',
    "speaker.name": "say whose word it is",
    "speaker.kind": f"use one of {', '.join(kind.value for kind in SpeakerKind)}",
    "via": 'list the relays, nearest the speaker first: [{"name": …, "kind": …}]',
    "stance": f"use one of {', '.join(stance.value for stance in Stance)}",
    "hedge": f"use one of {', '.join(hedge.value for hedge in Hedge)}",
    "basis": f"use one of {', '.join(basis.value for basis in Basis)}",
    "fact": 'say what it is about, {"kind": …, slots}',
    "fact.kind": f"use one of {', '.join(FACTS)}",
    "fact.happened": 'give EDTF, an anchor {"at": …}, or {"words": …}',
    "recorded": "give a time such as 2024-11-08T15:00:00Z",
    "source": 'give {"document", "start", "end", "quote"}, {"feed", "message"} or {"entered_by"}',
    "source.document": "give the sha256 of the document's bytes in lower-case hexadecimal",
    "replaces": "give the id of the statement that this one corrects",
}


def _unknown_key(field: str) -> WordFault:
    return WordFault(field, "is no key of a statement", "remove it, or begin it with x_")


def _fault_from(message: str, value: dict[str, Any]) -> WordFault:
    match = _AT.match(message)
    what = match["what"] if match else message
    path = (match["path"] or "").lstrip(".") if match else ""
    quoted = _QUOTED.findall(what)
    if "unknown field" in what:
        return _unknown_field(path, quoted[0], value)
    if "missing required field" in what:
        field = f"{path}.{quoted[0]}" if path else quoted[0]
        return WordFault(field, "is missing", _remedy(field))
    if path.startswith("fact.") and path.removeprefix("fact.") in _keys_given(value):
        return WordFault(
            path, _plainly(what), "a key slot holds one text or null; write one statement a member"
        )
    if what.startswith("Invalid ") and "RFC3339" in what:
        return WordFault(path, f"{_given(path, value)} is no time", _remedy(path))
    if what.startswith("Invalid "):
        problem = f"{_given(path, value)} is none of the words that may stand here"
        return WordFault(path, problem, _remedy(path))
    if "matching regex" in what or "length" in what:
        return WordFault(path, f"{_given(path, value)} is not written as it must be", _remedy(path))
    return WordFault(path or "line", _plainly(what), _remedy(path))


def _keys_given(value: dict[str, Any]) -> tuple[str, ...]:
    fact = value.get("fact")
    kind = fact.get("kind") if isinstance(fact, dict) else None
    return key_slots(kind) if isinstance(kind, str) and kind in FACTS else ()


def _plainly(what: str) -> str:
    told = what.replace("`", "").replace("Expected ", "must be ").replace(", got ", ", and is ")
    for theirs, ours in (("str", "text"), ("bool", "true or false"), ("array", "a list")):
        told = re.sub(rf"\b{theirs}\b", ours, told)
    return told.replace(" | ", " or ")


def _unknown_field(path: str, name: str, value: dict[str, Any]) -> WordFault:
    field = f"{path}.{name}" if path else name
    if path == "fact":
        kind = value["fact"]["kind"]
        slots = ", ".join((*key_slots(kind), *value_slots(kind), "happened"))
        return WordFault(field, f"is no slot of {kind}", f"use {slots}")
    if not path:
        return _unknown_key(field)
    return WordFault(field, "is no key here", "remove it")


def _given(path: str, value: Any) -> str:
    for part in re.findall(r"[^.\[\]]+", path):
        value = value[int(part)] if isinstance(value, list) else value.get(part)
    return json.dumps(value, ensure_ascii=False)[:80]


def _remedy(field: str) -> str:
    if field in _REMEDIES:
        return _REMEDIES[field]
    if re.fullmatch(r"via\[\d+\]\.kind", field):
        return _REMEDIES["speaker.kind"]
    if field.startswith("fact."):
        return "a slot holds text, a list of texts, or true or false; a key slot text or null"
    if field.startswith("source."):
        return _REMEDIES["source"]
    return "see `whoseword schema`"
