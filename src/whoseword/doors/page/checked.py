"""A checked draft as one HTML file: each sentence that needs a look is underlined, with its reason.

The same care as of the account's page: nothing is fetched, no script runs. What a line under words
means is said in words beside them, never by its form or colour alone.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from whoseword.account import Account
from whoseword.doors.page.rendering import environment, style
from whoseword.doors.plain_words import chain_line, moment_line, speaker_line, verdict_title
from whoseword.record import Checked, SentenceChecked, Verdict
from whoseword.words import Statement

_LINES = """
.flagged { text-decoration: underline; text-decoration-thickness: .12em; text-underline-offset: .2em; }
.flagged.contradicted { text-decoration-style: double; font-weight: 600; }
.flagged.surer_than_sources { text-decoration-style: wavy; }
.flagged.not_in_ledger { text-decoration-style: dashed; }
.flagged:target { background: var(--lit); color: var(--on-lit); }
"""


class _Source(NamedTuple):
    who: str
    more: str
    words: str | None
    id: str


class _Note(NamedTuple):
    number: int
    verdict: str
    title: str
    text: str
    why: str
    matter: str | None
    standing: str | None
    sources: tuple[_Source, ...]


class _Piece(NamedTuple):
    words: str
    note: _Note | None


def check_page(view: Checked, account: Account, name: str, text: str, tally: str) -> str:
    """The draft's text with its flagged sentences underlined, and a note to each.

    ``text`` is the kept text that spans count in, ``tally`` how many sentences stand how.
    """
    flagged = [one for one in view.sentences if one.verdict != Verdict.BORNE_OUT.value]
    notes = [_note(number, one, account) for number, one in enumerate(flagged, 1)]
    rules = style() + _LINES
    return (
        environment()
        .get_template("check.html.j2")
        .render(
            view=view,
            name=name,
            tally=tally,
            notes=notes,
            pieces=list(_pieces(text, flagged, notes)),
            as_of=moment_line(datetime.fromisoformat(view.as_of)),
            style=Markup(rules),  # noqa: S704 - the package's own rules
            style_hash=b64encode(hashlib.sha256(rules.encode()).digest()).decode(),
        )
    )


def _pieces(text: str, flagged: list[SentenceChecked], notes: list[_Note]) -> Iterator[_Piece]:
    at = 0
    for one, note in zip(flagged, notes, strict=True):
        start, end = one.sentence
        yield _Piece(text[at:start], None)
        yield _Piece(text[start:end], note)
        at = end
    yield _Piece(text[at:], None)


def _note(number: int, one: SentenceChecked, account: Account) -> _Note:
    standing = one.standing.replace("_", " ") if one.standing else None
    sources = tuple(_source(account.statements[name], name) for name in one.statements)
    return _Note(
        number, one.verdict, verdict_title(Verdict(one.verdict)), one.text, one.why, one.matter,
        standing, sources,
    )  # fmt: skip


def _source(statement: Statement, name: str) -> _Source:
    told = [speaker_line(statement.speaker), chain_line(statement.via)]
    more = ", ".join(one for one in told if one)
    return _Source(statement.speaker.name, more, statement.source.quote, name)
