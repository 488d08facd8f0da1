"""A message that Outlook saved (.msg, Microsoft's MS-OXMSG), told as one of e-mail is."""

from datetime import UTC
from typing import Final

from oxmsg import Message
from oxmsg.domain.constants import PID_SENDER_NAME

from whoseword.intake.charsets import clean
from whoseword.intake.extracted import Extracted
from whoseword.intake.html_text import text_of_html
from whoseword.intake.limits import LARGEST_PAGE, too_large
from whoseword.intake.mail_text import extracted, told_message
from whoseword.intake.media_types import MSG
from whoseword.intake.threads import Author, Line, lines_of
from whoseword.intake.unreadable import UnreadableDocument

_FAULTS: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError)


def thread_of_outlook(original: bytes, name: str) -> Extracted:
    """The one message of a .msg file, with what it quotes. Raises UnreadableDocument."""
    try:
        message = Message.load(original)
        fields, author = _head(message)
        words, page = message.body or "", "" if message.body else message.html_body or ""
        attached = [
            clean(f"{one.file_name or 'without a name'} ({one.mime_type or 'of unknown type'})")
            for one in message.attachments
        ]
    except (*_FAULTS, RecursionError, LookupError) as fault:
        raise UnreadableDocument(
            name, f"the message is broken ({fault})", "open it, and save it anew as .eml or .msg"
        ) from fault
    if len(page) > LARGEST_PAGE:
        raise too_large(name, len(page), "a page of HTML", LARGEST_PAGE)
    body: list[Line] = lines_of(clean(words or (text_of_html(page, name) if page else "")))
    if not any(line.words.strip() for line in body):
        raise UnreadableDocument(
            name, "it holds no words that can be read here", "save it anew as .eml"
        )
    return extracted(told_message(fields, body, attached, author, 0), MSG)


def _head(message: Message) -> tuple[dict[str, str], Author]:
    """The lines of the head, and who sent it when."""
    sent = message.sent_date
    sent = sent.replace(tzinfo=UTC) if sent is not None and sent.tzinfo is None else sent
    sender = clean(message.sender or message.properties.str_prop_value(PID_SENDER_NAME) or "")
    receivers = ", ".join(f"{one.name} <{one.email_address}>" for one in message.recipients)
    fields = {
        "From": sender,
        "To": clean(receivers),
        "Date": sent.isoformat() if sent else "",
        "Subject": clean(message.subject),
    }
    fields = {field: value.replace("\n", " ") for field, value in fields.items()}
    return fields, Author(sender or None, fields["Date"] or None)
