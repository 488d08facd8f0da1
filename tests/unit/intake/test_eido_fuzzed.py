"""Whatever a feed sends is taken whole or refused with a path: nothing in between, nothing else."""

import copy
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eido_objects import PSAP, Json, an_object, encoded
from whoseword.intake.eido import (
    Checked,
    Destination,
    FeedFault,
    Known,
    Sender,
    arriving,
    check_eido,
    message_of,
    object_of,
    read_eido,
)
from whoseword.words import decode_statement, encode_statement

_scalars = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["", " ", "<a>", "<p>x</p>", "&#0;", '["vcard", [["fn", {}, "text", "x"]]]',
                       "2031-05-02T14:03:00", "Caller", "geo:1,2", "urn:x", "[[[", "1.1"])
)  # fmt: skip
_anything = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def _ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything that stands in a value."""
    found = [way] if way else []
    if isinstance(value, dict):
        for key, member in value.items():
            found += _ways(member, (*way, key))
    elif isinstance(value, list):
        for at, member in enumerate(value):
            found += _ways(member, (*way, at))
    return found


_WAYS = _ways(an_object())


@st.composite
def spoilt(draw: st.DrawFn) -> Json:
    """An object of which a few things were taken out, or something else put in their place."""
    value = an_object()
    for way in draw(st.lists(st.sampled_from(_WAYS), min_size=1, max_size=3)):
        *to, last = way
        at: Any = value
        try:
            for step in to:
                at = at[step]
            if draw(st.booleans()):
                del at[last]
            else:
                at[last] = draw(_anything)
        except (KeyError, IndexError, TypeError):
            continue
    return value


def read_or_path(content: bytes) -> Checked | str:
    """The object in some bytes, or the path for which they are refused."""
    try:
        return read_eido(content)
    except FeedFault as fault:
        return fault.path


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(spoilt())
def test_a_spoilt_object_is_taken_or_refused_with_a_path(value: Json) -> None:
    checked = read_or_path(encoded(value))
    if isinstance(checked, str):
        assert checked.startswith("$")
        return
    to = Destination("elm", "dunmore-911/response/calls", "idx", message_of(checked))
    known = Known([])
    statements = arriving(checked, to, known)
    assert [decode_statement(encode_statement(one)) for one in statements] == statements
    sender = Sender("dunmore-911", PSAP, datetime(2031, 5, 3, tzinfo=UTC))
    assert object_of(statements, None, "elm", sender).eido.id
    assert arriving(check_eido(copy.deepcopy(checked.raw)), to, known) == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_are_refused_with_a_path(content: bytes) -> None:
    found = read_or_path(content)
    assert isinstance(found, str)
    assert found.startswith("$")
