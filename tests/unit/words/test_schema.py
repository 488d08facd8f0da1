"""The JSON Schema holds for what the program reads, and tells others its shape."""

import json

import jsonschema
import pytest
from hypothesis import given

from plain_lines import DIGEST, a_fact_of, line, plain
from strategies import statements
from whoseword.words import FACTS, WordFault, decode_statement, encode_statement
from whoseword.words.kinds import holds_many, key_slots, value_slots
from whoseword.words.schema import statement_schema

SCHEMA = statement_schema()
VALID = jsonschema.Draft202012Validator(SCHEMA).is_valid


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", FACTS)
def test_every_kind_holds(kind):
    assert VALID(plain(fact=a_fact_of(kind)))
    assert VALID(plain(fact={"kind": kind}))
    assert VALID(json.loads(encode_statement(decode_statement(line(fact=a_fact_of(kind))))))


@given(statements())
def test_whatever_is_read_and_written_holds(told):
    for one in told:
        assert VALID(json.loads(encode_statement(one)))


@pytest.mark.parametrize(
    "parts",
    [
        {"x_candidates": ["woman"]},
        {"source": {"feed": "cad", "message": "7"}},
        {"source": {"document": DIGEST, "start": 0, "end": 4, "quote": "said", "page": 1}},
        {"fact": {"kind": "armed", "happened": {"at": "arrival"}}},
        {"occasion": {"kind": "briefing"}},
        {"via": [{"name": "manager", "kind": "witness"}]},
    ],
)
def test_what_is_read_holds(parts):
    assert decode_statement(line(**parts))
    assert VALID(plain(**parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"colour": "red"},
        {"extra": {}},
        {"stance": "confirms"},
        {"speaker": {"name": "tenant"}},
        {"speaker": {"name": "tenant", "kind": "robot"}},
        {"fact": {"kind": "flew"}},
        {"fact": {"kind": "armed", "colour": "red"}},
        {"fact": {"kind": "armed", "who": ["woman"]}},
        {"fact": {"kind": "armed", "weapon": 1}},
        {"incident": "Harrow Lane"},
        {"book": "county"},
        {"source": {}},
        {"source": {"feed": "cad"}},
        {"id": "first"},
    ],
)
def test_what_has_another_shape_does_not(parts):
    with pytest.raises(WordFault):
        decode_statement(line(**parts))
    assert not VALID(plain(**parts))


def test_it_has_the_discriminator_of_the_kinds():
    mapping = SCHEMA["$defs"]["Statement"]["properties"]["fact"]["discriminator"]
    assert mapping["propertyName"] == "kind"
    assert set(mapping["mapping"]) == set(FACTS)


@pytest.mark.parametrize("kind", FACTS)
def test_it_tells_each_slots_role(kind):
    where = SCHEMA["$defs"]["Statement"]["properties"]["fact"]["discriminator"]["mapping"][kind]
    slots = SCHEMA["$defs"][where.rpartition("/")[2]]["properties"]
    roles = {name: slot.get("x-slot") for name, slot in slots.items()}
    assert roles == {
        "kind": None,
        "happened": None,
        **dict.fromkeys(key_slots(kind), "key"),
        **{slot: "many" if holds_many(kind, slot) else "one" for slot in value_slots(kind)},
    }


def test_what_the_ledger_alone_marks_is_read_only():
    properties = SCHEMA["$defs"]["Statement"]["properties"]
    assert [name for name, shape in properties.items() if shape.get("readOnly")] == [
        "backfilled",
        "appended",
    ]
