"""E-mail (RFC 5322, MIME) and mailboxes (RFC 4155): each message with its sender, date and words.

The kept text shows each message as it is read: the lines of its head, the words of its body, the
names of what was attached. Marks of quotation at the beginning of lines are left out of it, since
a sentence goes over several lines; whose words they are stands in the document's form instead. The
plain words of a message are read where it has any, else those of its HTML.

What is attached is named and not read: it is a document of its own. Messages that are attached to
a message are read after it.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import Final

from whoseword.intake.charsets import clean
from whoseword.intake.extracted import Extracted
from whoseword.intake.form import Form
from whoseword.intake.html_text import text_of_html
from whoseword.intake.limits import LARGEST_PAGE, MOST_MESSAGES, MOST_NESTED_MESSAGES, too_large
from whoseword.intake.media_types import EML, MBOX
from whoseword.intake.silences import Silence
from whoseword.intake.threads import (
    Author,
    Line,
    Told,
    lines_of,
    told_lines,
    without_repeats,
    woven,
)
from whoseword.intake.unreadable import UnreadableDocument

HEAD: Final = ("From", "To", "Cc", "Date", "Subject")
_MESSAGE_BEGINS: Final = re.compile(rb"^From .*\r?\n", re.MULTILINE)
_ESCAPED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_ATTACHED: Final = "Attachment"


def thread_of_mail(original: bytes, name: str) -> Extracted:
    """The messages of an .eml or .mbox file. Raises UnreadableDocument."""
    is_box = original.startswith(b"From ")
    told: list[Told] = []
    for number, message in enumerate(_messages(original, name, is_box=is_box)):
        if number >= MOST_MESSAGES:
            raise UnreadableDocument(
                name, f"it holds more than {MOST_MESSAGES:,} messages", "cut it into parts"
            )
        told += _told(message, number, name)
    if not told:
        raise UnreadableDocument(name, "it holds no message", "save the message anew as .eml")
    return extracted(told, MBOX if is_box else EML)


def extracted(told: list[Told], media_type: str) -> Extracted:
    """The text of a thread, with its parts."""
    thread = woven(without_repeats(told), with_marks=False)
    form = Form(parts=thread.parts, asides=thread.asides)
    return Extracted(text=thread.text, media_type=media_type, form=form)


def told_message(
    fields: dict[str, str], body: list[Line], attached: list[str], author: Author, number: int
) -> list[Told]:
    """A message's lines: its head, its body, and what was attached to it."""
    head = [Line(f"{field}: {value}") for field, value in fields.items() if value]
    tail = [Line(""), *(Line(f"{_ATTACHED}: {one}") for one in attached)] if attached else []
    return [
        *(Told(one, author, number, False, Silence.LABEL) for one in head),
        Told(Line(""), author, number, False),
        *told_lines(body, author, number),
        *(Told(one, author, number, False, Silence.LABEL) for one in tail),
        Told(Line(""), author, number, False),
    ]


def _messages(original: bytes, name: str, *, is_box: bool) -> Iterator[EmailMessage]:
    """Each message of a file in its order, the attached ones after those that they came with."""
    pieces = [original]
    if is_box:
        starts = [*_MESSAGE_BEGINS.finditer(original)]
        ends = [one.start() for one in starts[1:]] + [len(original)]
        pieces = [
            _ESCAPED.sub(rb"\1", original[one.end() : end])
            for one, end in zip(starts, ends, strict=True)
        ]
    for piece in pieces:
        try:
            message = message_from_bytes(piece, policy=default)
            assert isinstance(message, EmailMessage)
            if not is_box and not any(field in message for field in HEAD):
                raise UnreadableDocument(
                    name, "it is named as a message and has no head of one", "save it anew as .eml"
                )
            yield from _with_attached(message, name, 0)
        except (MessageError, RecursionError, LookupError, ValueError) as fault:
            raise UnreadableDocument(
                name, f"the message is broken ({fault})", "save it anew, or paste its words"
            ) from fault


def _with_attached(message: EmailMessage, name: str, depth: int) -> Iterator[EmailMessage]:
    if depth > MOST_NESTED_MESSAGES:
        raise UnreadableDocument(
            name,
            f"its messages are attached to each other more than {MOST_NESTED_MESSAGES} deep",
            "save the inner messages by themselves",
        )
    yield message
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            for inner in part.iter_parts():
                if isinstance(inner, EmailMessage):
                    yield from _with_attached(inner, name, depth + 1)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message, without those of messages attached to it."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        if not isinstance(part, EmailMessage):
            continue
        if part.get_content_maintype() == "multipart":
            waiting = [*part.iter_parts(), *waiting]
        else:
            yield part


def _told(message: EmailMessage, number: int, name: str) -> list[Told]:
    fields = {field: clean(str(message.get(field, ""))).replace("\n", " ") for field in HEAD}
    body, attached = _body(message, name)
    author = Author(fields["From"] or None, _sent(message))
    return told_message(fields, body, attached, author, number)


def _sent(message: EmailMessage) -> str | None:
    """The date of a message as EDTF; as it stands there where it is no date."""
    stated = str(message.get("Date", "")).strip()
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, IndexError):
        return stated or None


def _body(message: EmailMessage, name: str) -> tuple[list[Line], list[str]]:
    """The lines of a message's words, and the names of what was attached."""
    plain: list[Line] = []
    pages: list[Line] = []
    attached: list[str] = []
    for part in _parts(message):
        kind = part.get_content_type()
        file = part.get_filename()
        if part.is_attachment() or file or kind not in ("text/plain", "text/html"):
            if kind != "message/rfc822":
                attached.append(clean(f"{file or 'without a name'} ({kind})").replace("\n", " "))
        elif kind == "text/plain":
            flowed = part.get_param("format", "") == "flowed"
            plain += lines_of(clean(_content(part)), flowed=flowed)
        else:
            markup = _content(part)
            if len(markup) > LARGEST_PAGE:
                raise too_large(name, len(markup), "a page of HTML", LARGEST_PAGE)
            pages += lines_of(clean(text_of_html(markup, name)))
    has_words = any(one.words.strip() for one in plain)
    return (plain if has_words else pages), attached


def _content(part: EmailMessage) -> str:
    """The words of a part; a character set that nobody knows is read as Windows-1252."""
    try:
        return str(part.get_content())
    except LookupError:
        payload = part.get_payload(decode=True)
        return payload.decode("windows-1252", "replace") if isinstance(payload, bytes) else ""
