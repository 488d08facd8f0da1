"""Lines of the interchange form for tests: the least that a statement says, and variations."""

import json

from whoseword.words.kinds import holds_many, key_slots, value_slots

DIGEST = "a" * 64
MISSING = object()


def plain(**parts):
    """The least that a statement says, with some keys changed, added or left out."""
    value = {
        "incident": "harrow-lane",
        "book": "county/incident",
        "speaker": {"name": "tenant", "kind": "witness"},
        "stance": "affirms",
        "fact": {"kind": "armed", "who": "woman"},
        "source": {"entered_by": "analyst"},
    } | parts
    return {key: part for key, part in value.items() if part is not MISSING}


def line(**parts):
    return json.dumps(plain(**parts)).encode()


def a_fact_of(kind):
    slots = {slot: f"{slot} 1" for slot in key_slots(kind)}
    for slot in value_slots(kind):
        slots[slot] = ["one", "two"] if holds_many(kind, slot) else "one"
    return {"kind": kind, **slots}
