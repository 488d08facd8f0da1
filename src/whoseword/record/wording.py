"""What a sentence speaks of by its words alone, where no rule reads a claim in it.

A reader of grammar misses claims. So each sentence is also looked at for words that name a kind of
fact (a knife, an arrest, a death): what such a sentence says plainly of a matter on which the
ledger is not sure is pointed out, and a sentence of which nothing stands in the ledger too. That
is for a person to look at, never a reading.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from whoseword.account import MatterView
from whoseword.account.values import normal_word
from whoseword.record.evidence import on_kind
from whoseword.record.names import is_voice, meant_by, words_in
from whoseword.record.shapes import Claim, Finding, Ledger, Verdict
from whoseword.words import Matter, Stance, Standing, Statement, kind_of, matter_of
from whoseword.words.kinds import values_of

_KINDS: Final = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("armed", (r"armed|unarmed|kni(?:fe|ves)|guns?|pistols?|rifles?|hammers?|machetes?|blades?|"
                  r"(?<!his )(?<!her )(?<!their )(?<!service )weapons?")),
        ("discharged_weapon", r"fired|opened fire|shots?|shoot(?:s|ing)?|gunfire|gunshots?|rounds"),
        ("attacked", r"attack(?:ed|s|ing)?|assault(?:ed)?|stabb(?:ed|ing)|lunged|charged at|struck"),
        ("threatened", r"threat(?:s|en(?:ed|ing)?)?"),
        ("injured", r"injur(?:ed|ies|y)|wound(?:ed|s)?|hurt"),
        ("cause_of_death", r"killed|murder(?:ed)?|homicide|suicide|fatally|shot dead|died of"),
        ("died", r"died|dead|deaths?|deceased"),
        ("arrested", r"arrest(?:ed|s)?"),
        ("handcuffed", r"handcuff(?:ed|s)|cuffed"),
        ("detained", r"detained|in custody"),
        ("placed_on_leave", r"on (?:paid |routine |administrative )*leave"),
        ("conformed", r"justified|policy|protocols?|training|lawful(?:ly)?|by the book"),
        ("in_crisis", r"mental(?:ly)?|psychiatric|suicidal|in crisis"),
        ("prior_calls", r"(?:earlier|previous|prior|past) calls|called (?:there )?before"),
        ("threatened", r"hostages?"),
    )
)  # fmt: skip
_SOFT: Final = re.compile(
    r"\b(?:said|says?|saying|told|according to|report(?:s|ed|edly|ing)?|alleged(?:ly)?|claims?|"
    r"claimed|possibl[ey]|may|might|could|apparently|appears?|believes?|believed|unclear|unknown|"
    r"not (?:yet )?(?:known|clear|confirmed)|whether|if|wrote|writes|stated|states|statement|"
    r"found that|asked|declined|denie[sd]|confirmed)\b|:\s",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:no|not|never|nobody|none|without|unarmed|neither|nor)\b|n['’]t\b", re.IGNORECASE
)
_SURE: Final = frozenset({Standing.FOUND.value, Standing.AGREED.value, Standing.DENIED.value})
_SMALL: Final = frozenset({
    "the", "and", "was", "were", "are", "has", "had", "have", "that", "this", "with", "from",
    "for", "its", "his", "her", "their", "they", "who", "which", "been", "will", "would",
    "did", "does", "not", "she", "him", "them", "but", "our", "you", "your", "all", "any",
    "one", "there", "then", "than", "when", "what", "where", "said", "says", "say",
    "into", "onto", "over", "about", "after", "before", "being", "by", "as", "at",
    "on", "in", "of", "to", "a", "an", "is", "it", "he", "or", "so",
})  # fmt: skip


def spoken_of(text: str, read: Iterable[str], ledger: Ledger) -> list[Finding]:
    """What a sentence speaks of by its words, of kinds of fact that were not ``read`` in it."""
    passed = set(read)
    found = []
    for kind, pattern in _KINDS:
        if kind not in passed and pattern.search(text):
            passed.add(kind)
            finding = _by_words(kind, text, ledger)
            if finding is not None:
                found.append(finding)
    return found


def _by_words(kind: str, text: str, ledger: Ledger) -> Finding | None:
    """What may be too sure in it; None where nothing can be said of it by words alone."""
    if _SOFT.search(text):
        return None
    named = [
        (matter, view) for matter, view in on_kind(kind, ledger) if _names(matter, text, ledger)
    ]
    every = named or on_kind(kind, ledger)
    if not every:
        return Finding(Verdict.NOT_IN_LEDGER, f"nobody in the ledger speaks of it ({kind})", None)
    negated = bool(_NOT.search(text))
    best = min(every, key=lambda one: (_fares(one[1], negated), one[0].label))
    weight = _fares(best[1], negated)
    if weight == 0:
        return Finding(Verdict.BORNE_OUT, "it stands", best[1].matter, best[1].standing,
                       best[1].because.statements)  # fmt: skip
    why = "said plainly, where the ledger is less sure"
    verdict = Verdict.SURER if weight == 1 else Verdict.CONTRADICTED
    if weight == 2:
        why = "the sources say otherwise"
    names = [name for one in best[1].positions for name in one.statements]
    return Finding(verdict, why, best[1].matter, best[1].standing, names)


def _fares(view: MatterView, negated: bool) -> int:
    """0 borne out, 1 less sure, 2 otherwise."""
    if view.standing not in _SURE:
        return 1
    denied = view.standing == Standing.DENIED.value
    if denied == negated:
        return 0 if not denied or _voices(view) > 1 else 1
    return 2


def _voices(view: MatterView) -> int:
    return len({
        origin
        for one in view.positions
        if one.stance == Stance.DENIES.value and one.replaced_by is None
        for origin in one.origins
    })  # fmt: skip


def _names(matter: Matter, text: str, ledger: Ledger) -> bool:
    """Whether the sentence names whom or what a matter is about, in words that can mean it."""
    spoken = words_in(text)
    return all(
        key is None or any(meant_by(word, [key], ledger.account) for word in spoken)
        for key in matter.keys
    )


_MOSTLY: Final = 0.6
"""The share of a claim's words from which a source that has them counts as its source."""


def borne_by_words(claim: Claim, ledger: Ledger) -> Finding | None:
    """The source that has most of a claim's words, where no matter tells; None where none does.

    A number or a "not" that differs is another claim. What the draft says in its own voice and one
    source says is surer than that source; so is what it puts into another's mouth.
    """
    statement = claim.statement
    text = statement.source.quote or ""
    mine = _carrying(text)
    if len(mine) < 2:
        return None
    negated = statement.stance is Stance.DENIES or bool(_NOT.search(text))
    best: list[tuple[float, str]] = []
    for name, other in ledger.account.statements.items():
        their_words = _words_of(other)
        theirs = _carrying(their_words)
        no = other.stance is Stance.DENIES or bool(_NOT.search(their_words))
        if no != negated or {word for word in mine if word.isdigit()} - theirs:
            continue
        share = len(mine & theirs) / len(mine)
        if share >= _MOSTLY:
            best.append((share, name))
    if not best:
        return None
    names = [name for _, name in sorted(best, reverse=True)]
    sources = [ledger.account.statements[name] for name in names]
    if _may_say_so(claim, sources):
        return Finding(Verdict.BORNE_OUT, "a source has these words", None, None, names[:3])
    return Finding(Verdict.SURER, "one source has these words, and the draft does not say so",
                   None, None, names[:3])  # fmt: skip


def _may_say_so(claim: Claim, sources: Sequence[Statement]) -> bool:
    speaker = claim.statement.speaker
    if any(is_voice(speaker, one.speaker) and not one.via for one in sources):
        return True
    makes = any(
        one.stance is Stance.DOES or (kind_of(one.fact) == "found" and not one.speaker.interest)
        for one in sources
    )
    voices = {one.speaker.party or one.speaker.name for one in sources}
    return claim.own and (makes or len(voices) > 1)


def _words_of(statement: Statement) -> str:
    told = [str(value) for value in values_of(statement.fact).values() if isinstance(value, str)]
    keys = [key.replace("-", " ") for key in matter_of(statement.fact).keys if key]
    return " ".join((*keys, *told, statement.source.quote or ""))


def _carrying(text: str) -> frozenset[str]:
    return frozenset(
        _stem(normal_word(word))
        for word in re.findall(r"[a-z0-9]+", text.casefold())
        if word not in _SMALL and (len(word) > 2 or word.isdigit())
    )


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word
