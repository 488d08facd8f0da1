"""A transcript's words are told in seconds, by whoever it names, and timed no surer than known."""

from datetime import datetime

import pytest

from whoseword.intake import (
    KeptDocument,
    Reading,
    Recording,
    Silence,
    UnreadableDocument,
    keep_document,
    with_recording,
)
from whoseword.intake.reading import read_document
from whoseword.words import SpeakerKind

VTT = """WEBVTT - Briefing at Pier Lane

NOTE recorded by the county

STYLE
::cue { color: white }

1
00:00:01.000 --> 00:00:04.500 align:start
<v Sheriff Ada Brook>A deputy fired two times. I cannot say

2
00:00:04.500 --> 00:00:07.000
<v Sheriff Ada Brook>who hurt the boy.

00:00:07.500 --> 00:00:09.000
<v Reporter>Was anybody arrested?

01:00:10.250 --> 01:00:12.000
<v Sheriff Ada Brook>Nobody was <i>arrested</i> at the scene &amp; nobody fled.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
DISPATCHER: Caller says a woman
has a knife.

2
00:00:03,000 --> 00:00:05,500
She is on the stairs.

3
00:00:06,000 --> 00:00:08,000
OFFICER 4: We saw a man in handcuffs.
"""


def read(document: KeptDocument) -> Reading:
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    held = "".join("".join(document.text[slice(*one.span)].split()) for one in reading.sentences)
    assert held == "".join(document.text.split())
    return reading


def test_words_are_their_speakers_in_the_seconds_of_their_cues():
    document = keep_document(VTT.encode(), "briefing.vtt")
    assert document.text == (
        "Briefing at Pier Lane\nNOTE recorded by the county\n"
        "Sheriff Ada Brook: A deputy fired two times. I cannot say who hurt the boy.\n"
        "Reporter: Was anybody arrested?\n"
        "Sheriff Ada Brook: Nobody was arrested at the scene & nobody fled.\n"
    )
    reading = read(document)
    by = {one.statement.source.quote: one.statement for one in reading.drafts}
    fired = next(one for quote, one in by.items() if "fired" in quote)
    assert fired.source.seconds == (1.0, 4.5)
    assert fired.source.page is None
    hurt = next(one for quote, one in by.items() if "hurt the boy" in quote)
    assert hurt.source.seconds in ((1.0, 7.0), (4.5, 7.0))
    none = next(one for quote, one in by.items() if "arrested at the scene" in quote)
    assert none.source.seconds == (3610.25, 3612.0)
    assert all("Brook" in one.speaker.name for one in by.values())
    assert all(one.occasion.kind == "briefing" for one in by.values())
    told = {document.text[slice(*s.span)]: s.why for s in reading.sentences if s.why}
    assert told["NOTE recorded by the county"] is Silence.LABEL
    assert told["Reporter: Was anybody arrested?"] is Silence.QUESTION


def test_names_before_a_colon_speak_until_the_next_one():
    document = keep_document(SRT.encode(), "radio.srt")
    assert document.media_type == "application/x-subrip"
    assert document.text == (
        "DISPATCHER: Caller says a woman has a knife. She is on the stairs.\n"
        "OFFICER 4: We saw a man in handcuffs.\n"
    )
    reading = read(document)
    saw = next(one.statement for one in reading.drafts if "handcuffs" in one.statement.source.quote)
    assert saw.source.seconds == (6.0, 8.0)


def test_a_transcript_that_names_nobody_is_somebodys_word_unnamed():
    words = SRT.replace("DISPATCHER: ", "").replace("OFFICER 4: ", "")
    reading = read(keep_document(words.encode(), "radio.srt"))
    assert reading.drafts
    own = [one.statement.speaker for one in reading.drafts if one.speaker_span is None]
    assert {one.kind for one in own} == {SpeakerKind.UNNAMED}


def test_lines_that_roll_up_the_screen_are_read_once():
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\na deputy fired\n\n00:03.000 --> 00:03.010\n"
        "a deputy fired\n\n00:03.010 --> 00:05.000\na deputy fired\ntwo times\n"
    )
    assert keep_document(rolling.encode(), "a.vtt").text == "a deputy fired two times\n"


@pytest.mark.parametrize(
    ("original", "name", "problem"),
    [
        ("WEBVTT\n\njust words\n", "a.vtt", "no cue"),
        ("1\n00:00:05,000 --> 00:00:01,000\nx\n", "a.srt", "line 2 ends before it begins"),
        ("1\n00:99 --> later\nx\n", "a.srt", "line 2 gives no times"),
    ],
)
def test_what_is_no_transcript_says_so(original, name, problem):
    with pytest.raises(UnreadableDocument, match=problem):
        keep_document(original.encode(), name)


BEGAN = datetime.fromisoformat("2031-03-03T14:00:00-06:00")


@pytest.mark.parametrize(
    ("recording", "said"),
    [
        (Recording(offset=12.0, uncertainty=2.0), None),
        (Recording(started=BEGAN), "2031-03-03T14:00:01-06:00"),
        (Recording(started=BEGAN, offset=-60.0), "2031-03-03T13:59:01-06:00"),
        (
            Recording(started=BEGAN, offset=12.0, uncertainty=2.0),
            "2031-03-03T14:00:11-06:00/2031-03-03T14:00:18-06:00",
        ),
    ],
)
def test_when_it_was_said_is_told_only_from_a_stated_beginning_and_no_surer_than_the_clock(
    recording, said
):
    reading = read(keep_document(VTT.encode(), "briefing.vtt"))
    told = with_recording(reading, recording)
    fired = next(one.statement for one in told.drafts if "fired" in one.statement.source.quote)
    assert fired.said == said
    assert fired.extra["x_clock"].get("uncertainty") == recording.uncertainty
