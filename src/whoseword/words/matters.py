"""Matters: what statements are about, told apart by kind and key slots.

A matter is a tuple; the string is its label (contract, section 2, "Matter strings") and reads
back to the same tuple. A null key slot prints as ``?``.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from whoseword.words.fact import Fact
from whoseword.words.kinds import ANYONE, FACTS, key_slots, keys_of, kind_of

_DEEPEST = 8
_NOT_NESTED = re.compile(r'[,"?]')


class Matter(NamedTuple):
    """A kind and the values of its key slots, in the contract's order."""

    kind: str
    keys: tuple[str | None, ...]

    @property
    def label(self) -> str:
        """The matter as a string: ``armed(who=woman)``."""
        return _label(self)

    @property
    def is_open(self) -> bool:
        """Whether a key slot is null: whom or what it is about was not told."""
        return None in self.keys

    @property
    def is_general(self) -> bool:
        """Whether it is about anyone at all: a general denial."""
        return ANYONE in self.keys


@lru_cache(maxsize=65_536)
def _label(matter: Matter) -> str:
    slots = zip(key_slots(matter.kind), matter.keys, strict=True)
    return f"{matter.kind}({', '.join(f'{slot}={_value(value)}' for slot, value in slots)})"


def _value(value: str | None) -> str:
    if value is None:
        return "?"
    if value and all(char.isalnum() or char in "-_. " for char in value):
        return value
    if not _NOT_NESTED.search(value) and _is_matter(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_matter(value: str) -> bool:
    """Whether the value is the label of a matter that can still be read inside another."""
    nested = _read_matter(value, 0, 1)
    return nested is not None and nested[1] == len(value)


def matter_of(fact: Fact) -> Matter:
    """The matter that a fact is about."""
    return Matter(kind_of(fact), keys_of(fact))


@lru_cache(maxsize=65_536)
def parse_matter(text: str) -> Matter | None:
    """The matter that a string is the label of, or None where it is no matter's."""
    found = _read_matter(text, 0, 0)
    return found[0] if found and found[1] == len(text) else None


_PLAIN = re.compile(r"(?:[^\W]|[-. ])+")
_KIND = re.compile(r"[a-z_]+")


def _read_matter(text: str, at: int, depth: int) -> tuple[Matter, int] | None:
    name = _KIND.match(text, at)
    if depth > _DEEPEST or not name or name[0] not in FACTS or text[name.end() :][:1] != "(":
        return None
    kind, at = name[0], name.end() + 1
    keys: list[str | None] = []
    for order, slot in enumerate(key_slots(kind)):
        opening = f"{', ' if order else ''}{slot}="
        if not text.startswith(opening, at):
            return None
        found = _read_value(text, at + len(opening), depth)
        if found is None:
            return None
        keys.append(found[0])
        at = found[1]
    return (Matter(kind, tuple(keys)), at + 1) if text.startswith(")", at) else None


def _read_value(text: str, at: int, depth: int) -> tuple[str | None, int] | None:
    if text.startswith("?", at):
        return None, at + 1
    if text.startswith('"', at):
        try:
            value, end = json.JSONDecoder().raw_decode(text, at)
        except ValueError:
            return None
        return (value, end) if isinstance(value, str) else None
    if nested := _read_matter(text, at, depth + 1):
        return text[at : nested[1]], nested[1]
    plain = _PLAIN.match(text, at)
    return (plain[0], plain.end()) if plain else None


def rename(matter: Matter, names: Mapping[str, str]) -> Matter:
    """The matter under other names, nested matters included.

    What is said of two names being one stays under the names of which it is said.
    """
    touched = any(key and (key in names or "(" in key) for key in matter.keys)
    if matter.kind == "same" or not touched:
        return matter
    return Matter(
        matter.kind, tuple(key if key is None else renamed(key, names) for key in matter.keys)
    )


def renamed(word: str, names: Mapping[str, str]) -> str:
    """A slot's word under other names: a name, or a matter that holds names."""
    if word in names:
        return names[word]
    if "(" not in word:
        return word
    nested = parse_matter(word)
    return rename(nested, names).label if nested else word
