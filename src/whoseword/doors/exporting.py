"""An incident written in the forms that others read, of what a reader opens, and the copy registered.

Each form is a pure function of the statements that the reader opens and a moment, so the same
statements give the same bytes (law 10); what that reader may not open changes none (law 3). A file is
registered before it is written, so that a seal finds every copy of the words (law 9).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, assert_never

from whoseword.access import Reader
from whoseword.account import Account
from whoseword.doors.desk import Desk
from whoseword.doors.feeds import Sending, sent_out
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.doors.logevents import log_sent_out
from whoseword.doors.owing import owed
from whoseword.doors.page import account_page, pdf_of, text_of
from whoseword.duties import feed
from whoseword.record.provenance import provenance
from whoseword.record.use_of_force import return_json, use_of_force
from whoseword.words import Statement, encode_statement
from whoseword.words.times import parse_moment

VIEW = "export"
"""The name under which the log of reads has it."""


class Form(Enum):
    """The forms of the contract's ``export``."""

    EIDO = "eido"
    LOGEVENTS = "logevents"
    UOF = "uof"
    PROV = "prov"
    ICS = "ics"
    JSONL = "jsonl"
    PDF = "pdf"


class Export(NamedTuple):
    """What is exported: the incident and how it is sent out; ``profile`` is whose law ``ics`` follows."""

    sending: Sending
    reader: Reader
    profile: str = "missouri"

    @property
    def incident(self) -> str:
        """The incident's name here."""
        return self.sending.incident

    @property
    def as_of(self) -> datetime | None:
        """The moment up to which it is told; None for now."""
        return self.sending.as_of


class Exported(NamedTuple):
    """A form as bytes, and the statements and texts whose words it may show."""

    content: bytes
    statements: list[Statement]
    texts: Mapping[str, str] = {}


def exported(
    desk: Desk, form: Form, asked: Export, progress: Callable[[int, int], None]
) -> Exported:
    """An incident in a form. Raises ``RulesFault`` where no rule is of the profile of ``ics``."""
    match form:
        case Form.EIDO:
            return Exported(*sent_out(desk, asked.sending, asked.reader))
        case Form.LOGEVENTS:
            return Exported(*log_sent_out(desk, asked.sending, asked.reader, progress))
        case Form.UOF:
            view = desk.account(asked.incident, asked.reader, asked.as_of, VIEW)
            told = _statements(view)
            written = return_json(use_of_force(view, told, parse_moment(view.as_of)))
            return Exported(written, told)
        case Form.PROV:
            _, opened = desk.read(VIEW, asked.incident, asked.reader, asked.as_of)
            told = _in_order(opened.statements)
            return Exported(provenance(told, opened.removed), told)
        case Form.ICS:
            # No words stand in it, so nothing in it is a copy.
            view_ = owed(desk, asked.incident, asked.reader, asked.as_of, asked.profile)
            return Exported(feed(view_, None), [])
        case Form.JSONL:
            _, opened = desk.read(VIEW, asked.incident, asked.reader, asked.as_of)
            told = _in_order(opened.statements)
            return Exported(b"".join(encode_statement(one) + b"\n" for one in told), told)
        case Form.PDF:
            view = desk.account(asked.incident, asked.reader, asked.as_of, VIEW)
            papers = {one.sha256: text_of(one) for one in desk.quoted(view)}
            content = pdf_of(account_page(view, papers, on_paper=True))
            texts = {key: one.text for key, one in papers.items()}
            return Exported(content, _statements(view), texts)
        case _:
            assert_never(form)


def write_exported(desk: Desk, target: Path, form: Form, incident: str, made: Exported) -> None:
    """Write a form into a file whole or not at all, and register the copy (law 9)."""
    digest = sha256(made.content).hexdigest()
    desk.note_copy(target, form.value, incident, digest, Shown(made.statements, made.texts))
    write_whole(target, made.content)


def _statements(view: Account) -> list[Statement]:
    return list(view.statements.values())


def _in_order(statements: list[Statement]) -> list[Statement]:
    """Statements in the order in which they were recorded."""
    return sorted(statements, key=lambda one: (str(one.recorded), str(one.id), one.book))
