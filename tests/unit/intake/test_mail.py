"""A message is its sender's word, what it quotes is its writer's, and nothing is read twice."""

from datetime import UTC, datetime

import pytest

from outlook import message_of
from whoseword.intake import KeptDocument, Reading, Silence, UnreadableDocument, keep_document
from whoseword.intake.reading import read_document
from whoseword.intake.threads import thread_in
from whoseword.words import SpeakerKind

FIRST = """From: Ada Brook <ada.brook@elm.example>
To: Ivo Lund <ivo@elm.example>
Date: Mon, 3 Mar 2031 10:02:00 -0600
Subject: Pier Lane
Message-ID: <1@elm.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

I saw a man in handcuffs on Pier Lane. Nobody told me his name.

--\x20
Ada Brook
Elm Falls Clinic
"""
REPLY = """From: "Lund, Ivo" <ivo@elm.example>
To: Ada Brook <ada.brook@elm.example>
Date: Mon, 3 Mar 2031 11:30:00 -0600
Subject: Re: Pier Lane
Message-ID: <2@elm.example>
In-Reply-To: <1@elm.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed

I called the desk. The sergeant said that nobody was arrested at the\x20
scene.

On Mon, Mar 3, 2031 at 10:02 AM Ada Brook <ada.brook@elm.example> wrote:
> I saw a man in handcuffs on Pier Lane. Nobody told me his name.
"""


def read(document: KeptDocument) -> Reading:
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    text = document.text
    held = "".join("".join(text[slice(*one.span)].split()) for one in reading.sentences)
    assert held == "".join(text.split())
    for one in reading.drafts:
        source = one.statement.source
        assert text[source.start : source.end] == source.quote
    return reading


def silent(document: KeptDocument, reading: Reading) -> dict[str, Silence]:
    return {document.text[slice(*s.span)]: s.why for s in reading.sentences if s.why}


def test_a_message_is_the_word_of_its_sender_on_its_date():
    document = keep_document(FIRST.encode(), "one.eml")
    assert document.media_type == "message/rfc822"
    reading = read(document)
    saw = next(one.statement for one in reading.drafts if "handcuffs" in one.statement.source.quote)
    assert saw.speaker.name == "Ada Brook"
    assert saw.said == "2031-03-03T10:02:00-06:00"
    assert saw.occasion.kind == "e-mail"
    told = silent(document, reading)
    assert told["Subject: Pier Lane"] is Silence.LABEL
    assert told["From: Ada Brook <ada.brook@elm.example>"] is Silence.LABEL
    assert told["Elm Falls Clinic"] is Silence.SIGNATURE
    assert "Message-ID" not in document.text


def test_quoted_words_are_their_writers_and_not_the_senders():
    document = keep_document(REPLY.encode(), "two.eml")
    reading = read(document)
    by = {one.statement.source.quote: one.statement for one in reading.drafts}
    saw = next(one for quote, one in by.items() if "handcuffs" in quote)
    assert saw.speaker.name == "Ada Brook"
    assert saw.said.startswith("Mon, Mar 3, 2031") or saw.said == "2031-03-03"
    none = next(one for quote, one in by.items() if "arrested" in quote)
    assert none.speaker.name == "sergeant"
    assert [relay.name for relay in none.via] in ([], ["Ivo Lund"])
    # The line that was wrapped is one sentence, and the marks are in no quotation.
    assert "at the scene." in document.text
    assert ">" not in "".join(one.statement.source.quote for one in reading.drafts)


def test_a_thread_that_holds_the_original_reads_it_once():
    box = f"From ada Mon Mar  3 10:02:00 2031\n{FIRST}\nFrom ivo Mon Mar  3 11:30:00 2031\n{REPLY}"
    document = keep_document(box.encode(), "thread.mbox")
    reading = read(document)
    handcuffs = [one for one in reading.drafts if "handcuffs" in one.statement.source.quote]
    assert len(handcuffs) == 1
    assert handcuffs[0].statement.said == "2031-03-03T10:02:00-06:00"
    why = [one.why for one in reading.sentences if one.why is Silence.QUOTED_AGAIN]
    assert len(why) == 1
    whole = read(keep_document(FIRST.encode(), "one.eml"))
    mine = [one for one in reading.drafts if one.statement.speaker.name == "Ada Brook"]
    assert len(mine) == len(whole.drafts)


def test_words_that_only_seem_to_be_quoted_from_the_thread_are_read():
    changed = REPLY.replace("> I saw a man in handcuffs", "> I saw a woman in handcuffs")
    box = (
        f"From ada Mon Mar  3 10:02:00 2031\n{FIRST}\nFrom ivo Mon Mar  3 11:30:00 2031\n{changed}"
    )
    reading = read(keep_document(box.encode(), "thread.mbox"))
    assert len([one for one in reading.drafts if "handcuffs" in one.statement.source.quote]) == 2


def test_a_message_below_a_head_of_its_own_is_of_whom_the_head_names():
    text = """From: Nils Adeyo
To: Desk
Date: Tuesday, September 10, 2:20 PM
Subject: FW: timeline

Forwarding the answer. I have not edited it.

-----Original Message-----
From: Tove Ruiz
Sent: Tuesday, September 10, 11:02 AM
To: Nils Adeyo

The deputy fired twice.
"""
    document = keep_document(text.encode(), "forward.txt")
    reading = read(document)
    assert document.text == text
    speakers = {one.statement.speaker.name for one in reading.drafts}
    assert "Nils Adeyo" in speakers
    fired = next(one.statement for one in reading.drafts if "fired" in one.statement.source.quote)
    assert fired.speaker.name == "Tove Ruiz"
    assert fired.said == "Tuesday, September 10, 11:02 AM"
    told = silent(document, reading)
    assert told["-----Original Message-----"] is Silence.LABEL


def test_replies_between_quoted_lines_go_back_to_the_sender():
    text = (
        "From: Ada Brook\nTo: Desk\nDate: Monday\nSubject: x\n\nFirst.\n\n> From: Ivo Lund\n"
        "> Date: Sunday\n>\n> The boy was shot.\n\nThe boy was not shot.\n"
    )
    thread = thread_in(text)
    spans = [(one.author, text[one.start : one.end].strip()) for one in thread.parts]
    assert spans == [
        ("Ada Brook", "First."),
        ("Ivo Lund", "> The boy was shot."),
        ("Ada Brook", "The boy was not shot."),
    ]


def test_a_sentence_that_says_who_wrote_is_no_quotation():
    text = (
        "From: Ada Brook\nTo: Desk\nDate: Monday\nSubject: x\n\nThe chief wrote:\n"
        "Nobody was arrested.\n"
    )
    assert {one.author for one in thread_in(text).parts} == {"Ada Brook"}


def test_a_plain_text_without_a_head_has_no_parts():
    assert thread_in("To: whom it may concern\nThe chief said no.\n") is None
    assert keep_document(b"The chief said no.\n", "a.txt").form.parts == ()


def test_the_words_of_a_message_in_html_are_read_and_attachments_named():
    message = (
        b"From: Ada Brook <a@elm.example>\nTo: b@elm.example\nSubject: x\nDate: Mon, 3 Mar 2031 "
        b'10:02:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b"Content-Type: text/html; charset=utf-8\n\n<p>The deputy fired <b>twice</b>.</p>\n--b\n"
        b'Content-Type: image/png\nContent-Disposition: attachment; filename="door.png"\n'
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    document = keep_document(message, "a.eml")
    assert "The deputy fired twice." in document.text
    assert "Attachment: door.png (image/png)" in document.text
    assert silent(document, read(document))["Attachment: door.png (image/png)"] is Silence.LABEL


def test_a_message_that_outlook_saved_is_read_like_any_other():
    body = "The deputy fired twice.\r\n\r\nFrom: Ivo Lund\r\nSent: Sunday\r\nTo: Ada\r\n\r\nHe ran."
    sent = datetime(2031, 3, 3, 16, 2, tzinfo=UTC)
    document = keep_document(message_of("Pier Lane", "Ada Brook", body, sent), "a.msg")
    assert document.media_type == "application/vnd.ms-outlook"
    assert document.text.startswith("From: Ada Brook\nTo: Elm <e@elm>\n")
    reading = read(document)
    fired = next(one.statement for one in reading.drafts if "fired" in one.statement.source.quote)
    assert (fired.speaker.name, fired.speaker.kind) == ("Ada Brook", SpeakerKind.WITNESS)
    assert fired.said == "2031-03-03T16:02:00+00:00"
    assert {one.author for one in document.form.parts} == {"Ada Brook", "Ivo Lund"}


@pytest.mark.parametrize(
    ("original", "name", "problem"),
    [
        (b"no head at all", "a.eml", "no head"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.msg", "broken"),
        (message_of("x", "Ada", " ", datetime(2031, 1, 1, tzinfo=UTC)), "a.msg", "no words"),
        (b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 400, "a.eml", "deep"),
    ],
)
def test_what_is_no_message_says_so(original, name, problem):
    with pytest.raises(UnreadableDocument, match=problem):
        keep_document(original, name)
