"""Times as people say them: EDTF spans, anchors, moments. Nothing is resolved by guesswork."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.words import Happened, WordFault
from whoseword.words.times import (
    edtf_span,
    is_edtf,
    microseconds,
    moment_from,
    moment_text,
    parse_moment,
    parse_zone,
)

CHICAGO = ZoneInfo("America/Chicago")


def moment(text):
    return microseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "earliest", "after"),
    [
        ("2031-03-06", "2031-03-06", "2031-03-07"),
        ("2031-03", "2031-03-01", "2031-04-01"),
        ("2031-12", "2031-12-01", "2032-01-01"),
        ("2031", "2031-01-01", "2032-01-01"),
        ("2032-02", "2032-02-01", "2032-03-01"),
        ("2031-03-06T14:00:00Z", "2031-03-06T14:00:00", "2031-03-06T14:00:01"),
        ("2031-03-06T14:00:00", "2031-03-06T14:00:00", "2031-03-06T14:00:01"),
        ("2031-03-06T14:00", "2031-03-06T14:00:00", "2031-03-06T14:01:00"),
        ("2031-03-06T14:00:00-06:00", "2031-03-06T20:00:00", "2031-03-06T20:00:01"),
        ("2031-03-06T14:00:00+0530", "2031-03-06T08:30:00", "2031-03-06T08:30:01"),
        ("2031-03-06/2031-03-09", "2031-03-06", "2031-03-10"),
        ("2031-03/2031-05", "2031-03-01", "2031-06-01"),
        ("2031-03-06T14:00Z/2031-03-06T15:30Z", "2031-03-06T14:00:00", "2031-03-06T15:31:00"),
        ("2031-03-06T23:00-06:00/2031-03-08", "2031-03-07T05:00:00", "2031-03-09"),
    ],
)
def test_a_span_is_every_moment_that_the_words_allow(text, earliest, after):
    assert edtf_span(text) == (moment(earliest), moment(after) - 1)


@pytest.mark.parametrize(
    ("text", "open_start", "open_end"),
    [
        ("../2031-03-06", True, False),
        ("2031-03-06/..", False, True),
        ("/2031-03-06", True, False),
        ("2031-03-06/", False, True),
        ("../..", True, True),
    ],
)
def test_an_open_end_is_open(text, open_start, open_end):
    span = edtf_span(text)
    assert (span.earliest is None, span.latest is None) == (open_start, open_end)


@pytest.mark.parametrize(
    "text", ["2031-03-06?", "2031~", "2031-21", "203X", "2031-03-XX", "Y17000"]
)
def test_the_rest_of_edtf_is_read_too(text):
    assert is_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Thursday", "last night", "2031-13", "2031-02-30", "2031-3-6", "06.03.2031", "14:00",
        "2031-03-06T25:00", "2031-03-06 14:00", "2031-03-06T14:00:00Q", "2031-03-09/2031-03-06",
        "/", "//", "2031/2032/2033", "2031-03T14:00", "March 2031", "2031-03-06T14:00:00Z ",
    ],
)  # fmt: skip
def test_words_and_mistakes_are_no_edtf(text):
    assert edtf_span(text) is None


def test_a_local_date_is_read_in_the_zone_and_an_offset_wins():
    assert edtf_span("2031-03-06", CHICAGO).earliest == moment("2031-03-06T06:00:00")
    assert edtf_span("2031-03-06T14:00", CHICAGO).earliest == moment("2031-03-06T20:00:00")
    assert edtf_span("2031-03-06T14:00Z", CHICAGO) == edtf_span("2031-03-06T14:00Z")


def test_a_day_on_which_the_clocks_change_is_an_hour_shorter_or_longer():
    def hours(day):
        span = edtf_span(day, CHICAGO)
        return (span.latest + 1 - span.earliest) / 3_600_000_000

    assert [hours(day) for day in ("2031-03-08", "2031-03-09", "2031-11-02")] == [24, 23, 25]


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        ("2031-03-06", "2031-03", True),
        ("2031-03", "2031-03-06", False),
        ("2031-03-06", "2031-03-06", True),
        ("2031-03-06", "../2031-03-06", True),
        ("../2031-03-06", "2031-03", False),
        ("2031-03-06/..", "2031/..", True),
        ("2031-03-31/2031-04-01", "2031-03", False),
    ],
)
def test_a_span_lies_within_another(inner, outer, within):
    assert edtf_span(inner).within(edtf_span(outer)) is within


# --- anchors and words


@pytest.mark.parametrize("relation", ["at", "before", "after", "during"])
def test_an_anchor_is_a_relation_and_what_it_relates_to(relation):
    happened = msgspec.convert({relation: "arrival"}, Happened)
    assert happened.anchor == (relation, "arrival")
    assert msgspec.to_builtins(happened) == {relation: "arrival"}


def test_words_are_no_anchor():
    assert Happened(words="Thursday afternoon").anchor is None


@pytest.mark.parametrize(
    "value",
    [{}, {"at": "arrival", "before": "x"}, {"words": " "}, {"at": ""}, {"when": "x"}, {"at": 4}],
)
def test_a_time_is_told_in_exactly_one_way(value):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, Happened)


# --- moments of the record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-03-06T15:00:00Z", "2031-03-06T15:00:00Z"),
        ("2031-03-06t15:00:00z", "2031-03-06T15:00:00Z"),
        ("2031-03-06 15:00:00Z", "2031-03-06T15:00:00Z"),
        ("2031-03-06T15:00Z", "2031-03-06T15:00:00Z"),
        ("2031-03-06T15:00:00.25Z", "2031-03-06T15:00:00.250000Z"),
        ("2031-03-06T15:00:00-06:00", "2031-03-06T21:00:00Z"),
        ("2031-03-06T15:00:00", "2031-03-06T15:00:00Z"),
        (" 2031-03-06 ", "2031-03-06T23:59:59.999999Z"),
    ],
)
def test_a_moment_is_told_in_utc_and_a_day_is_its_end(text, expected):
    assert moment_text(parse_moment(text)) == expected


def test_a_local_moment_is_read_in_the_homes_zone():
    assert moment_text(parse_moment("2031-03-06", CHICAGO)) == "2031-03-07T05:59:59.999999Z"
    assert moment_text(parse_moment("2031-03-06T15:00", CHICAGO)) == "2031-03-06T21:00:00Z"


@pytest.mark.parametrize(
    "text",
    ["", "now", "2031", "2031-03", "2031-02-30", "2031-03-06T24:01", "06/03/2031", "Thursday",
     "2031-03-06/2031-03-07", "2031-03-06T15:00:00Z tomorrow", "2031-03-06?"],
)  # fmt: skip
def test_what_is_no_moment_is_told_how_to_write_one(text):
    with pytest.raises(WordFault, match="write it as 2024-11-08T15:00:00Z, or as a day") as fault:
        parse_moment(text)
    assert fault.value.field == "time"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - given a zone below
def test_a_moment_reads_back_as_it_is_told(naive):
    given_ = naive.replace(tzinfo=UTC)
    assert parse_moment(moment_text(given_)) == given_
    assert moment_from(microseconds(given_)) == given_
    there = given_.astimezone(CHICAGO)
    assert moment_text(there) == moment_text(given_)


def test_zones_go_by_their_names():
    assert parse_zone("UTC") is UTC
    assert parse_zone("America/Chicago").utcoffset(datetime(2031, 7, 1)) == -timedelta(hours=5)  # noqa: DTZ001
    for text in ("Central", "", "../etc/passwd", "America/Chicago\0"):
        with pytest.raises(WordFault, match="give an IANA name") as fault:
            parse_zone(text)
        assert fault.value.field == "zone"
