"""The interchange form, read strictly: what stands is kept whole, what is wrong is named."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain_lines import DIGEST, MISSING, a_fact_of, line, plain
from strategies import statements
from whoseword.words import (
    FACTS,
    WordFault,
    decode_body,
    decode_statement,
    encode_body,
    encode_statement,
    kind_of,
)
from whoseword.words.decoding import MAX_DEPTH, MAX_LINE
from whoseword.words.kinds import key_slots, value_slots

ID = "01950000-0000-7000-8000-000000000001"


def fact(**slots):
    return {"fact": {"kind": "armed"} | slots}


def speaker(**parts):
    return {"speaker": {"name": "tenant", "kind": "witness"} | parts}


def span(**parts):
    given_ = {"document": DIGEST, "start": 0, "end": 4, "quote": "said"} | parts
    return {"source": {key: part for key, part in given_.items() if part is not MISSING}}


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


# --- what stands


def test_what_was_left_out_is_written_out_with_its_default():
    assert json.loads(encode_statement(decode_statement(line()))) == {
        "id": None, "incident": "harrow-lane", "book": "county/incident",
        "speaker": {"name": "tenant", "kind": "witness", "party": None, "interest": False},
        "via": [], "said": None, "occasion": None, "recorded": None, "backfilled": False,
        "appended": None, "stance": "affirms", "hedge": "plain", "basis": "unstated",
        "fact": {"kind": "armed", "who": "woman", "weapon": None, "happened": None},
        "source": {"entered_by": "analyst"}, "replaces": None, "signed_by": None, "reviewed": True,
    }  # fmt: skip


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize(
    "happened", [None, "2031-03-06", {"at": "arrival"}, {"words": "Thursday"}], ids=str
)
def test_every_kind_comes_back_as_it_went(kind, happened):
    given_ = a_fact_of(kind) | {"happened": happened}
    statement = decode_statement(line(fact=given_))
    assert kind_of(statement.fact) == kind
    assert json.loads(encode_statement(statement))["fact"] == given_
    assert decode_statement(encode_statement(statement)) == statement


@pytest.mark.parametrize("kind", FACTS)
def test_every_kind_may_leave_every_slot_out(kind):
    told = json.loads(encode_statement(decode_statement(line(fact={"kind": kind}))))["fact"]
    assert set(told) == {"kind", "happened", *key_slots(kind), *value_slots(kind)}


@given(statements())
def test_any_statement_comes_back_as_it_went(told):
    for one in told:
        assert decode_statement(encode_statement(one)) == one
        assert encode_statement(decode_statement(encode_statement(one))) == encode_statement(one)


def test_what_the_ledger_marks_is_no_part_of_the_body():
    bare = decode_statement(line(id=ID))
    marked = decode_statement(
        line(
            id=ID, recorded="2031-03-06T15:00:00Z", backfilled=True, appended="2031-03-07T00:00:00Z"
        )
    )
    assert marked.recorded == datetime(2031, 3, 6, 15, tzinfo=UTC)
    assert encode_body(marked) == encode_body(bare)
    assert decode_body(encode_body(marked)) == bare


def test_keys_of_ones_own_are_kept_and_mean_nothing():
    value = plain(x_candidates=["woman", "child"], x_note={"deep": [1, 2.5, None, True]})
    statement = decode_statement(json.dumps(value).encode())
    told = json.loads(encode_statement(statement))
    assert told["x_candidates"] == ["woman", "child"]
    assert told["x_note"] == {"deep": [1, 2.5, None, True]}
    assert decode_body(encode_body(statement)) == statement


@pytest.mark.parametrize(
    "source",
    [
        {"entered_by": "analyst"},
        {"feed": "cad", "message": "77"},
        {"document": DIGEST, "start": 0, "end": 4, "quote": "said"},
        {"document": DIGEST, "start": 0, "end": 4, "quote": "said", "page": 2, "box": [1.0, 2.0, 3.5, 4.0]},
        {"document": DIGEST, "start": 0, "end": 4, "quote": "said", "seconds": [12.5, 14.0]},
        {"document": DIGEST, "start": 3, "end": 5, "quote": "😀é", "unchecked": True},
    ],
)  # fmt: skip
def test_the_words_stand_in_a_document_a_feed_or_an_entry(source):
    assert json.loads(encode_statement(decode_statement(line(source=source))))["source"] == source


def test_a_statement_may_correct_a_row_of_an_import():
    assert decode_statement(line(replaces=f"{ID}#12")).replaces == f"{ID}#12"


def test_a_line_may_be_as_long_and_as_deep_as_the_contract_says():
    longest = line(x_note="")
    longest = longest.replace(
        b'"x_note": ""', b'"x_note": "%s"' % (b"a" * (MAX_LINE - len(longest)))
    )
    assert len(longest) == MAX_LINE
    assert decode_statement(longest)
    assert decode_statement(line(x_note=nested(MAX_DEPTH - 1)))


# --- what is wrong, by the field that is told

WRONG = [
    # the line
    ("not JSON", b"{", "line"),
    ("nothing", b"", "line"),
    ("no object", b"[]", "line"),
    ("a bare word", b'"armed"', "line"),
    ("two objects", line() + line(), "line"),
    ("not UTF-8", b'{"incident": "\xff"}', "line"),
    ("not a number", line(x_note=float("nan")), "line"),
    ("too long", line(x_note="a" * MAX_LINE), "line"),
    ("ten megabytes", line(x_note="a" * 10_000_000), "line"),
    ("too deep", line(x_note=nested(MAX_DEPTH)), "line"),
    ("far too deep", b'{"x_note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line"),
    ("half a character", line().replace(b"analyst", b"\\ud800"), "source.entered_by"),
    ("U+0000", line().replace(b"analyst", b"an\\u0000alyst"), "source.entered_by"),
    ("U+0000 in one's own", line(x_note=["a\0"]), "x_note[0]"),
    ("a key twice", line().replace(b'{"incident"', b'{"stance": "denies", "incident"'), "stance"),
    ("a slot twice", line().replace(b'"who"', b'"who": "man", "who"'), "who"),
    # keys
    ("an unknown key", line(colour="red"), "colour"),
    ("a key of the program", line(extra={}), "extra"),
    *((f"no {key}", line(**{key: MISSING}), key)
      for key in ("incident", "book", "speaker", "stance", "fact", "source")),
    ("an id that is no UUIDv7", line(id="01950000-0000-4000-8000-000000000001"), "id"),
    ("an id in capitals", line(id=ID.replace("0195", "ABCD")), "id"),
    ("an id with a row", line(id=f"{ID}#1"), "id"),
    ("an incident that is no slug", line(incident="Harrow Lane"), "incident"),
    ("an incident with a line end", line(incident="harrow-lane\n"), "incident"),
    ("a book without a class", line(book="county"), "book"),
    ("a book of no class", line(book="county/secret"), "book"),
    ("a book with four parts", line(book="county/incident/a/b"), "book"),
    ("no name", line(speaker={"kind": "witness"}), "speaker.name"),
    ("no kind of speaker", line(speaker={"name": "tenant"}), "speaker.kind"),
    ("an empty name", line(**speaker(name=" ")), "speaker.name"),
    ("an unknown kind of speaker", line(**speaker(kind="robot")), "speaker.kind"),
    ("an unknown key of a speaker", line(**speaker(age=4)), "speaker.age"),
    ("interest in words", line(**speaker(interest="yes")), "speaker.interest"),
    ("a speaker as a name", line(speaker="tenant"), "speaker"),
    ("a relay as a name", line(via=["manager"]), "via[0]"),
    ("relays as one", line(via={"name": "manager", "kind": "witness"}), "via"),
    ("an unknown kind of relay", line(via=[{"name": "m", "kind": "x"}]), "via[0].kind"),
    ("an unknown stance", line(stance="confirms"), "stance"),
    ("a stance as a number", line(stance=1), "stance"),
    ("an unknown hedge", line(hedge="maybe"), "hedge"),
    ("an unknown basis", line(basis="felt"), "basis"),
    ("a moment that is none", line(recorded="yesterday"), "recorded"),
    ("a moment without an offset", line(recorded="2031-03-06T15:00:00"), "recorded"),
    ("said as a number", line(said=2031), "said"),
    ("reviewed in words", line(reviewed="no"), "reviewed"),
    ("a correction of no id", line(replaces="the first"), "replaces"),
    ("compelled outside personnel",
     line(occasion={"kind": "interview", "compelled": True}), "occasion.compelled"),
    ("an occasion without a kind", line(occasion={"sworn": True}), "occasion.kind"),
    # facts
    ("an unknown kind", line(fact={"kind": "flew"}), "fact.kind"),
    ("no kind", line(fact={"who": "woman"}), "fact.kind"),
    ("an unknown slot", line(**fact(colour="red")), "fact.colour"),
    ("a key slot as a list", line(**fact(who=["woman", "man"])), "fact.who"),
    ("a slot as a number", line(**fact(weapon=1)), "fact.weapon"),
    ("a slot as an object", line(**fact(weapon={"kind": "knife"})), "fact.weapon"),
    ("a list with a number", line(**fact(weapon=["knife", 1])), "fact.weapon[1]"),
    ("an empty slot", line(**fact(who="")), "fact.who"),
    ("an empty list", line(**fact(weapon=[])), "fact.weapon"),
    ("an empty word in a list", line(**fact(weapon=["knife", " "])), "fact.weapon"),
    ("anyone affirmed", line(**fact(who="anyone")), "fact.who"),
    ("words where EDTF belongs", line(**fact(happened="Thursday")), "fact.happened"),
    ("two anchors", line(**fact(happened={"at": "a", "before": "b"})), "fact.happened"),
    ("no anchor", line(**fact(happened={})), "fact.happened"),
    # sources
    ("a source of nothing", line(source={}), "source"),
    ("half a span", line(**span(quote=MISSING)), "source.quote"),
    ("a span and a feed", line(**span(feed="cad")), "source.feed"),
    ("a feed without a message", line(source={"feed": "cad"}), "source.message"),
    ("a page of a feed", line(source={"feed": "cad", "message": "7", "page": 1}), "source.page"),
    ("a document that is no digest", line(**span(document="story.pdf")), "source.document"),
    ("a span that runs backwards", line(**span(start=4, end=0)), "source.end"),
    ("a span before the text", line(**span(start=-4, end=0)), "source.start"),
    ("a quote of another length", line(**span(quote="sai")), "source.quote"),
    ("offsets as text", line(**span(start="0")), "source.start"),
    ("page nought", line(**span(page=0)), "source.page"),
    ("a box of three", line(**span(box=[1, 2, 3])), "source.box"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_what_is_wrong_is_named_with_what_to_do(text, field):
    with pytest.raises(WordFault) as fault:
        decode_statement(text)
    assert fault.value.field == field
    assert fault.value.problem
    assert fault.value.remedy
    assert str(fault.value) == f"{field}: {fault.value.problem}; {fault.value.remedy}"
    assert "`" not in fault.value.problem
    assert len(str(fault.value)) < 1_500


@pytest.mark.parametrize(
    "stance", ["denies", "cannot_say", "does_not_know", "declines", "no_reply"]
)
def test_anyone_may_be_denied_or_left_open(stance):
    assert decode_statement(line(stance=stance, **fact(who="anyone")))


def refused_by(text):
    """The field by which a line is refused, None where it is read."""
    try:
        decode_statement(text)
    except WordFault as fault:
        return fault.field
    return None


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_no_line_does_more_than_be_refused(text):
    assert refused_by(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from([*plain(), "via", "occasion", "id", "replaces", "signed_by", "said"]), JSON)
def test_whatever_stands_under_a_key_is_read_or_refused_by_that_key(key, value):
    field = refused_by(line(**{key: value}))
    assert field is None or field == "line" or field.startswith(key)
