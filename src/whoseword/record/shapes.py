"""The shapes of a check: what a draft claims, what the ledger holds, and how each sentence fares."""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from enum import Enum
from typing import NamedTuple

import msgspec

from whoseword.account import Account
from whoseword.words import Statement


class Verdict(Enum):
    """How a sentence stands to the ledger, the gravest first."""

    CONTRADICTED = "contradicted"
    SURER = "surer_than_sources"
    NOT_IN_LEDGER = "not_in_ledger"
    BORNE_OUT = "borne_out"


class Claim(NamedTuple):
    """What a sentence of the draft states. ``own`` holds where nobody else is said to say it."""

    statement: Statement
    own: bool


class DraftSentence(NamedTuple):
    """A sentence of the draft: its half-open span of characters, its words, and what it claims.

    ``states`` is false where it is known why it claims nothing: a heading, a greeting, a question.
    """

    span: tuple[int, int]
    text: str
    claims: tuple[Claim, ...] = ()
    states: bool = True


class Ledger(NamedTuple):
    """What a reader opens of an incident, as of a moment; ``names`` joins names that are one."""

    account: Account
    names: Mapping[str, str]
    zone: tzinfo


class Finding(NamedTuple):
    """What became of one claim: the verdict, the matter, its standing, the statements, and why."""

    verdict: Verdict
    why: str
    matter: str | None = None
    standing: str | None = None
    statements: Collection[str] = ()


class SentenceChecked(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with the gravest verdict of what it claims (contract, section 5).

    ``why`` says it in a line. ``statements`` are the sources, by when they were recorded.
    """

    sentence: tuple[int, int]
    text: str
    verdict: str
    matter: str | None
    standing: str | None
    statements: tuple[str, ...]
    why: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A draft held against the ledger as one reader opens it, as of a moment."""

    incident: str
    as_of: str
    reader: str
    purpose: str
    document: str
    sentences: tuple[SentenceChecked, ...]
