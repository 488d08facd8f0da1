"""Which agency "the department" or "the prosecutors" means: the one of that sort, or none.

What sort a bare noun can mean is told by how agencies are named: a department is of police, of fire
or of corrections, an office is a sheriff's, a prosecutor's or a coroner's.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import Entity, Referent
from whoseword.intake.reading.naming import agency_words, slug
from whoseword.intake.reading.noun_phrases import determiner

if TYPE_CHECKING:
    from spacy.tokens import Token

_SORTS: Final = {
    "department": ("police", "fire", "department", "corrections", "health", "sheriff"),
    "office": ("sheriff", "prosecutor", "coroner", "examiner", "attorney", "office", "marshal"),
    "force": ("police",),
}
_ANY_SORT: Final = frozenset({"agency"})
_DEFINITE: Final = frozenset({"the", "that"})


def agency_meant(
    word: "Token", entities: Iterable[Entity], issuer: Entity | None, sentence: int
) -> Referent | None:
    """The agency that a bare `word` means; several where two could be, None where none can."""
    article = determiner(word)
    if issuer is not None and article in ("this", "our") and issuer.party:
        return Referent(issuer.party)
    known = [one for one in entities if one.is_agency]
    stem = slug(agency_words(word)).removesuffix("-office").removesuffix("s")
    beside = _words_beside(word)
    fits = [
        one
        for one in known
        if (slug(one.display).endswith(word.lower_) and beside <= _words_in(one))
        or one.name.endswith(f"-{stem}")
    ]
    if word.lower_ != "police" and len(fits) == 1 and article in (*_DEFINITE, None):
        return Referent(fits[0].name)
    if not fits and article in _DEFINITE:
        fits = [one for one in known if _is_of_sort(one, word)]
        if len(fits) == 1:
            return Referent(fits[0].name)
    if len(fits) > 1 and article in _DEFINITE:
        recent = [one.name for one in fits if one.seen and one.seen[-1][0] >= sentence - 1]
        names = tuple(sorted(one.name for one in fits))
        return Referent(recent[0]) if len(recent) == 1 else Referent(None, names)
    return None


def _words_beside(word: "Token") -> set[str]:
    """What a noun says of whose or of what sort it is: "the coroner's office" is no governor's."""
    kept = ("compound", "amod", "poss")
    return {
        slug(one.lemma_ if one.dep_ == "poss" else one.text)
        for one in word.lefts
        if one.dep_ in kept
    }


def _words_in(one: Entity) -> set[str]:
    told = slug(one.display).split("-") + one.name.split("-")
    return set(told) | {part.removesuffix("s") for part in told}


def _is_of_sort(one: Entity, word: "Token") -> bool:
    """Whether a named agency is of the sort that a bare noun, with nothing beside it, means."""
    if one.name == one.head or any(
        part.dep_ in ("compound", "amod", "poss") for part in word.lefts
    ):
        return False
    if word.lower_ in _ANY_SORT:
        return True
    ends = _SORTS.get(word.lower_, ())
    return slug(one.display).endswith(ends) or one.name.endswith(ends)
