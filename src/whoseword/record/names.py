"""Whom a draft means by a name, and whose word it says that something is.

A draft speaks of "the officer" where the ledger has ``officer-1``. Nothing is joined by it (law
6): every one whom the words can mean is held against the draft.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from whoseword.account import Account
from whoseword.account.values import normal_value
from whoseword.words import Speaker, SpeakerKind
from whoseword.words.scene import Dispatched, Named

_WORDS: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = tuple(
    frozenset(words.split())
    for words in (
        "child boy girl infant baby toddler kid newborn",
        "woman mother female lady",
        "man father male",
        "officer policeman policewoman",
        "clinician counselor therapist",
        "people residents neighbors",
    )
)
_GENERAL: Final = {
    "woman": frozenset({"grandmother", "wife", "sister", "daughter"}),
    "man": frozenset({"grandfather", "husband", "brother", "son"}),
    "boy": frozenset({"son"}),
    "girl": frozenset({"daughter"}),
    "child": frozenset({"son", "daughter"}),
}
"""Words that can mean somebody whom the ledger tells more of; what tells more means nobody else."""
_FILLING: Final = frozenset({
    "a", "an", "the", "of", "for", "in", "at", "and", "county", "city", "state", "town",
    "office", "department", "agency", "division", "bureau", "team", "unit", "public",
})  # fmt: skip
_ROLES: Final = frozenset({
    "police", "chief", "officer", "official", "authority", "sheriff", "deputy", "prosecutor",
    "prosecuting", "attorney", "examiner", "medical", "coroner", "spokesman", "spokeswoman",
    "spokesperson", "manager", "neighbor", "witness", "resident", "mother", "father",
    "woman", "man", "family", "relative", "sergeant", "captain", "lieutenant", "detective",
    "clinician", "medic", "paramedic", "investigator", "dispatcher", "caller", "children",
    "childrens", "child", "welfare", "apartment", "law", "enforcement", "doctor", "dr", "mr",
    "mrs", "ms", "highway", "patrol", "hospital",
})  # fmt: skip
_POLICE: Final = frozenset({"police", "sheriff", "patrol"})
_KINDS: Final[Mapping[str, frozenset[SpeakerKind]]] = {
    **dict.fromkeys(
        ("police", "officer", "official", "authority", "department", "enforcement", "spokesman",
         "spokeswoman", "spokesperson", "investigator"),
        frozenset({SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RESPONDER}),
    ),
    **dict.fromkeys(
        ("witness", "neighbor", "resident", "bystander"),
        frozenset({SpeakerKind.WITNESS, SpeakerKind.UNNAMED}),
    ),
    **dict.fromkeys(("family", "relative"), frozenset({SpeakerKind.RELATIVE})),
}  # fmt: skip


@lru_cache(maxsize=4096)
def words_in(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters, each in the singular: ``officers-2`` is "officer"."""
    found = [_singular(word) for word in _WORDS.findall(name.casefold().replace("'s", ""))]
    return tuple(word for word in found if not word.isdigit())


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def meant_by(word: str, known: Collection[str], ledger: Account, text: str = "") -> tuple[str, ...]:
    """Those of the known names that a draft's word can mean; itself alone where it is one.

    ``text`` is where the draft says it: "Officer 2" means none that has another number.
    """
    spoken = words_in(word)
    if not spoken:
        return (word,) if word in known else ()
    number = _number_told(spoken[-1], text)
    if word in known and (number is None or number in _numbers(word)):
        return (word,)
    called = _called(ledger)
    return tuple(
        one
        for one in sorted(known)
        if (_can_be(spoken, words_in(one)) and number in (None, *_numbers(one)))
        or _is_name_of(spoken, called.get(one, ()), text)
    )


def how_many(word: str, text: str) -> int:
    """How many of them a text tells at least: "all three officers", "a second child"; else 1."""
    spoken = words_in(word)
    told = _SO_MANY.findall(text) if spoken else []
    return max(
        (_MANY[many.lower()] for many, noun in told if words_in(noun) == spoken[-1:]), default=1
    )


_MANY: Final = {
    "both": 2, "several": 2, "all": 2, "many": 2, "every": 2, "another": 2, "second": 2, "third": 3,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_SO_MANY: Final = re.compile(
    rf"\b(?=({'|'.join(_MANY)})\s+(?:of\s+the\s+)?(?:other\s+)?(\w+))", re.IGNORECASE
)


def _number_told(noun: str, text: str) -> str | None:
    found = re.search(rf"\b{re.escape(noun)}\s+(?:no\.?\s*|#\s*)?(\d+)\b", text, re.IGNORECASE)
    return found[1] if found else None


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _can_be(spoken: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if not name:
        return False
    if set(spoken) <= set(name) or (set(name) <= set(spoken) and spoken[-1] == name[-1]):
        return True
    return name[-1] in _GENERAL.get(spoken[-1], ()) or any(
        spoken[-1] in group and name[-1] in group for group in _ALIKE
    )


def _is_name_of(spoken: tuple[str, ...], names: Collection[tuple[str, ...]], text: str) -> bool:
    """Whether it is what somebody is called; with another first name it is somebody else."""
    before = re.search(rf"\b([A-Z][\w'-]+)\s+{re.escape(spoken[-1])}\b", text, re.IGNORECASE)
    first = before[1].casefold() if before and before[1][:1].isupper() else None
    return any(
        set(spoken) <= set(name) and (first is None or first in _ROLES or first in name)
        for name in names
    )


def _called(ledger: Account) -> dict[str, list[tuple[str, ...]]]:
    """What people are plainly called, disputed and denied by nobody; and who is in the units."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for matter in ledger.matters:
        if not matter.matter.startswith("named("):
            continue
        told = [one for one in matter.positions if one.replaced_by is None]
        if all(one.stance == "affirms" and one.hedge == "plain" for one in told):
            for one in told if matter.standing != "disputed" else ():
                fact = ledger.statements[one.statements[0]].fact
                if isinstance(fact, Named) and fact.who and fact.name:
                    found.setdefault(fact.who, []).append(words_in(str(fact.name)))
    for statement in ledger.statements.values():
        fact = statement.fact
        if isinstance(fact, Dispatched) and fact.unit:
            members = normal_value({"members": fact.members or ()}, {})
            found.setdefault(fact.unit, []).extend(
                words_in(one) for _, several in members for one in sorted(several)
            )
    return found


def is_voice(said_by: Speaker, speaker: Speaker) -> bool:
    """Whether a draft that names ``said_by`` can mean this speaker of the ledger.

    "Police", "witnesses" mean any of that kind; words that single somebody out (a name, a town)
    must not be at odds with theirs.
    """
    if said_by.party and said_by.party == speaker.party:
        return True
    spoken = set(words_in(said_by.name)) - _FILLING
    theirs = set(words_in(f"{speaker.name} {speaker.party or ''}")) - _FILLING
    mine, others = spoken - _ROLES, theirs - _ROLES
    if mine and others and not mine & others:
        return False
    if mine & others or (spoken & theirs and not (mine and not others)):
        return bool(mine & others) or bool((spoken & theirs) - {"law", "apartment"})
    return any(speaker.kind in _KINDS[word] for word in spoken if word in _KINDS) and (
        not spoken & _POLICE or bool(theirs & _POLICE)
    )
