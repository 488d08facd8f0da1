"""Who may be whom: what the documents leave open, put to a person as questions.

No program says that two mentions are one (law 6). It can say where a person must: a name that two
documents use, a word that could mean several people of its own document, and two names of two
documents of which one says more than the other.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from whoseword.intake.drafts import Draft
from whoseword.intake.signing import SharedName, entity_names, shared_names
from whoseword.words import Statement

CANDIDATES = ("x_candidates", "x_speaker_candidates")


class Unclear(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that names nobody where its words could mean several."""

    draft: str
    quote: str
    candidates: tuple[str, ...]


class Alike(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """Two names of two documents, of which one holds all the words of the other."""

    name: str
    other: str
    stands_in: tuple[str, ...]


class Identities(msgspec.Struct, frozen=True, kw_only=True):
    """All that is to be asked of who is who, each list sorted or in the order of the drafts."""

    shared: tuple[SharedName, ...]
    unclear: tuple[Unclear, ...]
    alike: tuple[Alike, ...]


def identities_of(
    drafts: Sequence[Draft], standing: Iterable[Statement], documents: Mapping[str, str]
) -> Identities:
    """What a person must be asked of the names in these drafts.

    `standing` are the incident's statements so far; `documents` gives file names by digest.
    """
    drafted = [one.statement for one in drafts]
    standing = tuple(standing)
    return Identities(
        shared=shared_names(drafted, standing, documents),
        unclear=tuple(_unclear(drafts)),
        alike=tuple(_alike([*standing, *drafted], documents)),
    )


def _unclear(drafts: Sequence[Draft]) -> Iterable[Unclear]:
    for draft in drafts:
        names = [
            name
            for key in CANDIDATES
            for name in draft.statement.extra.get(key, ())
            if isinstance(name, str)
        ]
        if len(set(names)) > 1:
            quote = draft.statement.source.quote or ""
            candidates = tuple(sorted(set(names)))
            yield Unclear(draft=draft.draft, quote=quote, candidates=candidates)


def _alike(statements: Sequence[Statement], documents: Mapping[str, str]) -> Iterable[Alike]:
    """Pairs of names, never of one document alone: there its own words keep them apart."""
    places: dict[str, set[str]] = {}
    for statement in statements:
        document = statement.source.document
        for name in entity_names(statement.fact) if document is not None else ():
            places.setdefault(name, set()).add(documents.get(document or "", document or ""))
    by_head: dict[str, list[str]] = {}
    for name in sorted(places):
        by_head.setdefault(_words(name)[-1], []).append(name)
    for names in by_head.values():
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                short, long = sorted((set(_words(one)), set(_words(other))), key=len)
                if short < long and not places[one] & places[other]:
                    where = tuple(sorted(places[one] | places[other]))
                    yield Alike(name=one, other=other, stands_in=where)


def _words(name: str) -> list[str]:
    """The words of a name, without the number that tells it from another of its document."""
    words = [word for word in name.split("-") if word and not word.isdigit()]
    return words or [name]
