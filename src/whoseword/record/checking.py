"""A draft held against the ledger before it goes out: which sentence says more than is known.

Each sentence gets the gravest verdict of what it claims: contradicted, surer than its sources, not
in the ledger, borne out (contract, section 5, ``check``), with the statements that it rests on
(law 8). A check reads, and a person decides: nothing here enters a book, and "borne out" says only
that the ledger, as this reader opens it, says as much. A sentence that claims nothing is left out.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from whoseword.record.judging import GRAVEST, judge_claim
from whoseword.record.shapes import (
    Checked,
    Claim,
    DraftSentence,
    Finding,
    Ledger,
    SentenceChecked,
    Verdict,
)
from whoseword.record.wording import borne_by_words, spoken_of
from whoseword.words import Happened, kind_of


def check(sentences: Sequence[DraftSentence], document: str, ledger: Ledger) -> Checked:
    """Every sentence of a draft that claims something, with its verdict.

    ``document`` is the SHA-256 of the draft's bytes. The draft itself is not kept.
    """
    order = {name: place for place, name in enumerate(ledger.account.statements)}
    checked = []
    for one in sentences:
        found = _findings(one, ledger)
        if found:
            checked.append(_as_shown(one, min(found, key=_gravity), order))
    view = ledger.account
    return Checked(
        incident=view.incident,
        as_of=view.as_of,
        reader=view.reader,
        purpose=view.purpose,
        document=document,
        sentences=tuple(checked),
    )


def _findings(sentence: DraftSentence, ledger: Ledger) -> list[Finding]:
    """What became of each claim, and of what the sentence speaks of by its words alone."""
    found = [_judged(claim, ledger) for claim in sentence.claims if not _is_aside(claim, sentence)]
    if not sentence.states:
        return found
    if _TURNED.search(sentence.text):
        found = [
            one._replace(verdict=Verdict.SURER, why=_TURNED_WHY)
            if one.verdict is Verdict.BORNE_OUT
            else one
            for one in found
        ]
    read = {kind_of(claim.statement.fact) for claim in sentence.claims}
    by_words = spoken_of(sentence.text, read, ledger)
    if by_words:
        # Of words of no kind it is known only that no source has them; a kind says more.
        found = [one for one in found if one.matter or one.verdict is not Verdict.NOT_IN_LEDGER]
    return found + by_words or [_NOWHERE]


def _is_aside(claim: Claim, sentence: DraftSentence) -> bool:
    """Whether it only tells when something else was: "when officers arrived"."""
    return kind_of(claim.statement.fact) == "arrived" and any(
        isinstance(one.statement.fact.happened, Happened) and one.statement.fact.happened.anchor
        for one in sentence.claims
    )


_TURNED = re.compile(
    r"\b(?:false(?:ly)?|untrue|wrongly|hoax|(?:not|never)\s+(?:\w+\s+)?den(?:y|ied|ies))\b|n['’]t deny",
    re.IGNORECASE,
)
_TURNED_WHY = "its words may turn round what is read in it; look at it"
_NOWHERE = Finding(Verdict.NOT_IN_LEDGER, "nobody in the ledger speaks of it")


def _judged(claim: Claim, ledger: Ledger) -> Finding:
    if kind_of(claim.statement.fact) == "other":
        return borne_by_words(claim, ledger) or _NOWHERE
    finding = judge_claim(claim, ledger)
    if finding.verdict is Verdict.NOT_IN_LEDGER and finding.standing is None:
        return borne_by_words(claim, ledger) or finding
    return finding


def _gravity(finding: Finding) -> int:
    return GRAVEST[finding.verdict]


def _as_shown(sentence: DraftSentence, finding: Finding, order: dict[str, int]) -> SentenceChecked:
    statements = sorted(set(finding.statements), key=lambda name: order.get(name, len(order)))
    return SentenceChecked(
        sentence=sentence.span,
        text=sentence.text,
        verdict=finding.verdict.value,
        matter=finding.matter,
        standing=finding.standing,
        statements=tuple(statements),
        why=finding.why,
    )


def check_json(view: Checked) -> bytes:
    """The contract's JSON, keys sorted."""
    value: dict[str, Any] = msgspec.to_builtins(view)
    return msgspec.json.encode(value, order="sorted")
