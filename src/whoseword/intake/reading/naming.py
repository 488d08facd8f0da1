"""How a noun phrase becomes a name: slugs of surnames, agencies, roles and things.

An agency's slug leaves out what every name of that agency shares, so that its short and its long
name meet: "Elm Falls Police Department", "Elm Falls police" and "Elm Falls PD" are
`elm-falls-police`; "Elm County Prosecutor's Office" is `elm-county-prosecutor`.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import child, noun_head
from whoseword.intake.reading.lexicon import (
    AGENCY_HEADS,
    COURTESY,
    NAMED_AGENCY,
    SYNONYMS,
    TITLES,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_APOSTROPHE: Final = re.compile(r"['’]s?\b")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_OFFICE_OF: Final = re.compile(r"(?i)^(?:the )?office of (?:the )?(.+)$")
_AS_WRITTEN: Final = {
    "Pd": "PD", "Fd": "FD", "Ems": "EMS", "Cad": "CAD", "Swat": "SWAT", "Dps": "DPS", "Fbi": "FBI",
    "Co": "County", "Dept": "Department",
}  # fmt: skip
_STATE: Final = re.compile(r"(?i)^(?:the )?(?:state )?(.+)$")
_COMMON_PLACE_WORDS: Final = frozenset({"neighboring", "nearby", "state", "local"})


def slug(words: str) -> str:
    """Lower-case letters and digits, parted by hyphens; empty where there are none."""
    plain = unicodedata.normalize("NFKD", words.replace("’", "'")).encode("ascii", "ignore")
    return _NOT_SLUG.sub("-", plain.decode().lower().replace("'", "")).strip("-")


def agency_slug(name: str) -> str:
    """The slug of a named agency, the same for its long and its short name."""
    name = _STATE.sub(r"\1", name.strip())
    of = _OFFICE_OF.match(name)
    name = of.group(1) if of else name
    found = slug(_APOSTROPHE.sub(lambda m: "s" if m.group() == "'" else "", name))
    found = slug(re.sub(r"(?i)['’]s(?= (?:office|department)\b)", "", name)) or found
    found = re.sub(r"-(?:pd|police-(?:department|dept|officers?|force))$", "-police", found)
    return re.sub(
        r"-(sheriff|prosecutor|coroner|medical-examiner)s?-(?:office|department)$", r"-\1", found
    )


def proper_run(noun: "Token") -> list["Token"]:
    """The unbroken run of name words that ends in `noun`, "of" and possessives included."""
    doc = noun.doc
    first = noun.i
    while first > 0 and _is_name_word(doc[first - 1], doc[first]):
        first -= 1
    while first < noun.i and doc[first].lower_ in ("of", "the", "'s", "and", "for", "&"):
        first += 1
    last = noun.i
    while (
        last + 2 < len(doc)
        and doc[last + 1].lower_ in ("of", "for")
        and (doc[last + 2].pos_ == "PROPN" and doc[noun.i].text in NAMED_AGENCY)
    ):
        last += 2
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN":
            last += 1
        while (
            last + 2 < len(doc)
            and doc[last + 1].lower_ in ("and", "&")
            and doc[last + 2].ent_iob_ == "I"
            and doc[last + 2].ent_type_ == "ORG"
        ):
            last += 2
    return list(doc[first : last + 1])


def _is_name_word(word: "Token", following: "Token") -> bool:
    if word.lower_ in ("'s", "’s", "'"):
        return word.i > 0 and word.nbor(-1).text[:1].isupper() and following.text[:1].isupper()
    if word.lower_ == "of":
        return word.i > 0 and word.nbor(-1).text in NAMED_AGENCY
    if word.text == "911" or word.text in NAMED_AGENCY:
        return True
    return word.pos_ == "PROPN" or (word.text[:1].isupper() and word.pos_ in ("NOUN", "ADJ"))


def text_of(words: list["Token"]) -> str:
    """Words as they stand, without a leading article."""
    text = "".join(one.text_with_ws for one in words).strip()
    return re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", text)


def is_agency(noun: "Token") -> bool:
    """Whether a noun heads the name or the description of an agency."""
    if noun.lower_ in AGENCY_HEADS or noun.text in NAMED_AGENCY:
        return True
    if noun.pos_ == "PROPN" and noun.ent_type_ == "ORG" and not person_parts(noun)[1]:
        return any(one.text in NAMED_AGENCY for one in proper_run(noun))
    return False


def agency_words(noun: "Token") -> str:
    """An agency's name as written: "Elm Falls police", "police department in Elm Falls"."""
    run = proper_run(noun)
    if len(run) > 1 or noun.pos_ == "PROPN":
        return text_of(run)
    named = [
        one
        for one in noun.children
        if one.dep_ in ("compound", "nmod", "amod", "poss") and one.i < noun.i
    ]
    words = sorted({word.i for one in named for word in one.subtree if word.pos_ != "DET"})
    return " ".join([*(noun.doc[i].text for i in words), noun.text]).replace(" '", "'")


def place_after(noun: "Token") -> str | None:
    """The place in "the police department in (neighboring) Elm Falls"."""
    # The parser may hang "in Elm Falls" on the verb; right after the agency it is the agency's.
    beside = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    for prep in (*noun.children, beside):
        if prep.dep_ == "prep" and prep.lower_ in ("in", "of", "for", "from"):
            place = child(prep, "pobj")
            if place is not None and place.pos_ == "PROPN" and place.ent_type_ != "DATE":
                return text_of([one for one in proper_run(place) if one.pos_ == "PROPN"])
    return None


def common_name(noun: "Token") -> str:
    """The slug of a common noun with the nouns before it: `apartment-manager`, `woman`."""
    noun = noun_head(noun)
    direct = [one for one in noun.lefts if one.dep_ == "compound"]
    parts = [word for one in direct for word in one.subtree if word.dep_ in ("compound", "amod")]
    parts = [one for one in parts if one.text.isalnum() and one.pos_ != "PROPN"]
    if parts:
        first = parts[0]
        before = first.nbor(-1) if first.i > 0 else None
        if before is not None and before.dep_ == "amod" and before.head in (noun, first):
            parts.insert(0, before)
    before = noun.nbor(-1) if noun.i > 0 else None
    if noun.lower_ == "examiner" and before is not None and before.lower_ == "medical":
        parts = [before]
    number = next(
        (one for one in noun.rights if one.dep_ == "nummod" and one.i == noun.i + 1), None
    )
    head = SYNONYMS.get(noun.lower_, noun.lower_)
    words = [*(one.lower_ for one in parts), head, *([number.text] if number else [])]
    return slug(" ".join(words)) or "thing"


def person_parts(noun: "Token") -> tuple[str, list[str], str]:
    """The words before a person's title, the title words, and the name proper.

    "Elm Falls Police Chief Ada Brook" gives ("Elm Falls Police", ["Chief"], "Ada Brook").
    """
    run = [one for one in proper_run(noun) if one.lower_ not in ("'s",)]
    person = [one for one in run if one.ent_type_ == "PERSON"]
    if len(run) > 3 and person and not any(one.lower_ in TITLES for one in run[:-1]):
        # A headline capitalises every word; the name is what was recognised as one.
        run = person
    titles = [at for at, one in enumerate(run[:-1]) if one.lower_ in TITLES]
    if not titles:
        return "", [], text_of(run)
    last = titles[-1]
    first = last
    while first - 1 in titles:
        first -= 1
    title = [one.text for one in run[first : last + 1] if one.lower_ not in COURTESY]
    return text_of(run[:first]) if first else "", title, text_of(run[last + 1 :])


_JOINED: Final = re.compile(r"[^-/]+")


def titled(words: str) -> str:
    """A heading in capitals as a name is written: "ELM FALLS POLICE" is "Elm Falls Police"."""
    if words != words.upper():
        return words
    small = {"of", "the", "and", "for"}
    told = [
        word.lower()
        if word.lower() in small
        else _JOINED.sub(lambda one: one.group().capitalize(), word)
        for word in words.split()
    ]
    return " ".join(_AS_WRITTEN.get(word, word) for word in told)
