"""Who and what a document speaks of, under names that stay the same within it.

A definite noun phrase is the one earlier entity with its head noun; an indefinite one is somebody
new (`woman-2`). Where two could be meant nobody is: the referent is null and its candidates are
listed. A reading must never make two people one, or give one person another's act.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import child, is_nobody, noun_head
from whoseword.intake.reading.lexicon import (
    BYSTANDERS,
    MEN,
    NAMED_AGENCY,
    OFFICIALS,
    PERSONS,
    PLURAL_PERSONS,
    RELATIVES,
    RESPONDERS,
    SYNONYMS,
    TITLES,
    WOMEN,
)
from whoseword.intake.reading.naming import (
    agency_slug,
    agency_words,
    common_name,
    is_agency,
    person_parts,
    place_after,
    proper_run,
    slug,
    text_of,
)
from whoseword.words import SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_INDEFINITE: Final = frozenset({"a", "an", "another", "some"})
_APART: Final = frozenset({"other", "another", "second", "third", "fourth", "fifth", "first"})
_NUMBERED: Final = frozenset({"officer", "medic", "unit", "engine", "deputy", "reporter", "juror"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_HE: Final = frozenset({"he", "him", "his", "himself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_I: Final = frozenset({"i", "me", "my", "mine", "myself"})
_WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
SHE_OR_HE: Final = _SHE | _HE
PRONOUNS: Final = _SHE | _HE | _THEY | _I | _WE | {"it", "its"}


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a noun phrase means: a name, or null with those who could be meant."""

    name: str | None
    candidates: tuple[str, ...] = ()
    anyone: bool = False


UNKNOWN: Final = Referent(None)
ANY: Final = Referent(None, anyone=True)


@dataclass(slots=True)
class Entity:
    """What a document has told so far of one person, agency or thing."""

    name: str
    head: str
    display: str
    plural: bool = False
    gender: str | None = None
    kind: SpeakerKind | None = None
    party: str | None = None
    is_person: bool = False
    is_agency: bool = False
    title: str | None = None
    seen: list[tuple[int, int]] = field(default_factory=list)
    coordinated_in: set[int] = field(default_factory=set)


class Discourse:
    """The entities of one document, in the order in which it brings them up."""

    def __init__(self, issuer: Entity | None = None) -> None:
        self.entities: dict[str, Entity] = {}
        self.sentence = -1
        self.issuer = issuer
        self._referents: dict[int, Referent] = {}
        self._facts: dict[str, set[str]] = {}
        self._numbered: set[str] = set()
        if issuer is not None:
            self.entities[issuer.name] = issuer

    def begin_sentence(self, words: "Iterable[Token]") -> None:
        """Take in the noun phrases of the next sentence, first to last."""
        self.sentence += 1
        self._referents = {}
        for word in words:
            if word.pos_ in ("NOUN", "PROPN", "NUM") or word.lower_ == "deceased":
                self._take_in(word)

    def remember(self, kind: str, name: str) -> None:
        """Note that a fact of `kind` was told of the entity `name`."""
        self._facts.setdefault(kind, set()).add(name)

    def told_of(self, kind: str) -> set[str]:
        """The entities of which a fact of `kind` was told."""
        return self._facts.get(kind, set())

    def entity(self, name: str | None) -> Entity | None:
        """The entity of that name, if there is one."""
        return self.entities.get(name) if name else None

    def referent(self, word: "Token", speaker: Entity | None = None) -> Referent:
        """Whom `word` means, said by `speaker`."""
        word = noun_head(word)
        if word.lower_ in PRONOUNS:
            return self._pronoun(word, speaker)
        if word.i in self._referents:
            return self._referents[word.i]
        return ANY if is_nobody(word) else UNKNOWN

    # --- noun phrases --------------------------------------------------------------------------

    def _take_in(self, word: "Token") -> None:
        if word.i in self._referents:
            return
        if is_nobody(word):
            self._referents[word.i] = ANY
            return
        if _is_inside_a_name(word):
            return
        found = self._numbered_one(word) or self._named(word) or self._described(word)
        if found is None:
            return
        self._referents[word.i] = found
        entity = self.entity(found.name)
        if entity is not None:
            entity.seen.append((self.sentence, word.i))
            if word.dep_ == "conj" or child(word, "conj") or _is_accompanied(word):
                entity.coordinated_in.add(self.sentence)

    def _numbered_one(self, word: "Token") -> Referent | None:
        """ "Officer 2", "UNIT C3": a number or code that the document itself gives."""
        before = word.nbor(-1) if word.i > 0 else None
        if before is None or not any(map(str.isdigit, word.text)) or len(word.text) > 5:
            return None
        head = before.lower_
        if head not in _NUMBERED:
            return None
        name = slug(word.text if head == "unit" else f"{head} {word.text}")
        known = self.entities.get(name)
        if known is not None and name not in self._numbered:
            name = slug(f"{head} no {word.text}")
        self._numbered.add(name)
        entity = self._enter(name, head, name)
        entity.is_person = head in PERSONS
        self._referents[before.i] = Referent(name)
        return Referent(name)

    def _named(self, word: "Token") -> Referent | None:
        if is_agency(word) and (
            word.pos_ == "PROPN" or any(one.pos_ == "PROPN" for one in proper_run(word)[:-1])
        ):
            return self._agency(agency_words(word))
        place = place_after(word) if is_agency(word) else None
        if place is not None:
            return self._agency(f"{place} {agency_words(word)}")
        if is_agency(word):
            return self._known_agency(word)
        if word.pos_ != "PROPN":
            return None
        if word.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME", "ORG") and not (
            slug(word.text) in self.entities or person_parts(word)[1]
        ):
            name = slug(text_of(proper_run(word)))
            return Referent(self._enter(name, word.lower_, name).name) if name else None
        return self._person(word)

    def _agency(self, words: str) -> Referent | None:
        name = agency_slug(words)
        if not name:
            return None
        entity = self._enter(name, name.rpartition("-")[2], words)
        entity.display = max(entity.display, words, key=len)
        entity.is_agency, entity.kind, entity.party = True, SpeakerKind.AGENCY, name
        entity.plural = True
        return Referent(name)

    def _known_agency(self, word: "Token") -> Referent:
        """ "the prosecutors", "this office": the one agency of that sort, else a bare role."""
        determiner = _determiner(word)
        if self.issuer is not None and determiner in ("this", "our") and self.issuer.party:
            return Referent(self.issuer.party)
        stem = slug(agency_words(word)).removesuffix("-office").removesuffix("s")
        fits = [
            entity.name
            for entity in self.entities.values()
            if entity.is_agency
            and (slug(entity.display).endswith(word.lower_) or entity.name.endswith(f"-{stem}"))
        ]
        bare = common_name(word)
        if word.lower_ != "police" and len(fits) == 1 and determiner in ("the", "that", None):
            return Referent(fits[0])
        if len(fits) > 1 and determiner in ("the", "that"):
            recent = [name for name in fits if self._is_recent(self.entities[name])]
            return Referent(recent[0]) if len(recent) == 1 else Referent(None, tuple(sorted(fits)))
        entity = self._enter(bare, word.lower_, agency_words(word))
        entity.is_agency, entity.kind, entity.plural = True, SpeakerKind.AGENCY, True
        return Referent(bare)

    def _person(self, word: "Token") -> Referent | None:
        before, title, full = person_parts(word)
        name = slug(word.text)
        if not name:
            return None
        known = self.entities.get(name)
        entity = self._enter(name, word.lower_, full)
        entity.is_person = True
        if known is None or len(full) > len(entity.display):
            entity.display = full if " " in full or not title else " ".join([*title, full])
        role = child(word, "appos")
        if title:
            self._give_office(entity, before, title[-1].lower(), [*title, full])
        elif role is not None and role.lower_ in PERSONS:
            compounds = [one for one in role.lefts if one.dep_ in ("compound", "poss", "amod")]
            self._give_office(entity, text_of(compounds), role.lower_, [])
            entity.title = role.lower_
            self._referents[role.i] = Referent(name)
        return Referent(name)

    def _give_office(self, entity: Entity, before: str, title: str, whole: list[str]) -> None:
        entity.title = title.rstrip(".")
        entity.kind = kind_of_role(entity.title) or entity.kind
        if entity.kind is SpeakerKind.OFFICIAL and entity.party is None:
            words = [one for one in [*before.split(), *whole[:-1]] if one]
            entity.party = _party_of_office(words, entity.title)

    def _described(self, word: "Token") -> Referent | None:
        name = child(word, "appos")
        if name is not None and name.pos_ == "PROPN" and word.lower_ in PERSONS:
            return self._introduced(word, name)
        head = SYNONYMS.get(word.lower_, word.lower_)
        holders = [one for one in self.entities.values() if one.title == head and one.name != head]
        if head in OFFICIALS and _determiner(word) in ("the", "this", "that") and len(holders) == 1:
            return Referent(holders[0].name)
        base = common_name(word)
        entity = self._by_deed(word, head) or self._same_head(word, head, base)
        if isinstance(entity, Referent):
            return entity
        if entity is None:
            entity = self._enter_new(base, head, word)
        return Referent(entity.name)

    def _introduced(self, word: "Token", name: "Token") -> Referent | None:
        """ "The medical examiner, Dr. A": an office with its holder's name beside it."""
        person = self._person(name)
        entity = self.entity(person.name) if person is not None else None
        if person is None or entity is None:
            return None
        words = [one for one in word.lefts if one.dep_ in ("compound", "amod", "poss")]
        entity.kind = kind_of_role(word.lower_) or entity.kind
        entity.title = word.lower_
        if entity.kind is SpeakerKind.OFFICIAL:
            entity.party = entity.party or _party_of_office(
                [*(one.text for one in words), word.text], word.lower_
            )
        self._referents[name.i] = person
        return person

    def _by_deed(self, word: "Token", head: str) -> Entity | None:
        """ "The officer who fired": the one officer of whom that was told."""
        clause = child(word, "relcl")
        if clause is None or _determiner(word) not in ("the", "that"):
            return None
        from whoseword.intake.reading.facts import kinds_for_verb

        told = {
            name for kind in kinds_for_verb(clause.lemma_.lower()) for name in self.told_of(kind)
        }
        fits = [self.entities[name] for name in sorted(told) if name in self.entities]
        fits = [entity for entity in fits if entity.head == head]
        return fits[0] if len(fits) == 1 else None

    def _same_head(self, word: "Token", head: str, base: str) -> Entity | Referent | None:
        determiner = _determiner(word)
        apart = _apart(word)
        if determiner in _INDEFINITE or (determiner is None and _is_counted(word)):
            return None
        if apart and f"{apart}-{base}" in self.entities:
            return self.entities[f"{apart}-{base}"]
        if apart:
            return None
        modifiers = set(base.split("-")) - {head}
        fits = [
            entity
            for entity in self.entities.values()
            if entity.head == head and _agree(modifiers, set(entity.name.split("-")) - {head})
        ]
        exact = [entity for entity in fits if entity.name == base]
        if modifiers and len(exact) == 1:
            return exact[0]
        if len(fits) <= 1:
            return fits[0] if fits else None
        recent = [entity for entity in fits if self._is_recent(entity)]
        if len(recent) == 1:
            return recent[0]
        return Referent(None, tuple(sorted(entity.name for entity in recent or fits)))

    def _is_recent(self, entity: Entity) -> bool:
        return bool(entity.seen) and entity.seen[-1][0] >= self.sentence - 1

    def _enter(self, name: str, head: str, display: str) -> Entity:
        return self.entities.setdefault(name, Entity(name, head, display))

    def _enter_new(self, base: str, head: str, word: "Token") -> Entity:
        apart = _apart(word)
        base = f"{apart}-{base}" if apart and apart != "another" else base
        name, number = base, 1
        while name in self.entities:
            number += 1
            name = f"{base}-{number}"
        entity = self._enter(name, head, name if number > 1 else name.replace("-", " "))
        entity.plural = word.tag_ in ("NNS", "NNPS") or head in PLURAL_PERSONS
        lemma = SYNONYMS.get(word.lemma_.lower(), word.lemma_.lower())
        entity.is_person = lemma in PERSONS or head in PERSONS
        entity.gender = "f" if lemma in WOMEN else "m" if lemma in MEN else None
        entity.kind = kind_of_role(lemma)
        if entity.kind is SpeakerKind.OFFICIAL and entity.party is None and not entity.plural:
            entity.title = lemma
        return entity

    # --- pronouns ------------------------------------------------------------------------------

    def _pronoun(self, word: "Token", speaker: Entity | None) -> Referent:
        said = word.lower_
        if said in _I:
            return Referent(speaker.name) if speaker else UNKNOWN
        if said in _WE:
            side = (speaker.party or (speaker.name if speaker.is_agency else None)) if speaker else None
            return Referent(side)
        if said in ("it", "its"):
            return UNKNOWN
        if said in SHE_OR_HE and speaker is not None and word.dep_ in ("nsubj", "nsubjpass"):
            if self._fits(speaker, said) and speaker.is_person:
                return Referent(speaker.name)
        return self._candidates(word)

    def _candidates(self, word: "Token") -> Referent:
        said = word.lower_
        near = [entity for entity in self.entities.values() if self._mentioned_before(entity, word)]
        near = [entity for entity in near if self._fits(entity, said)]
        if said in _THEY:
            groups = [entity for entity in near if self._is_grouped(entity)]
            near = groups or [entity for entity in near if entity.plural]
        known = [entity for entity in near if entity.gender is not None]
        if said in SHE_OR_HE and len(known) == 1:
            return Referent(known[0].name)
        if len(near) == 1:
            return Referent(near[0].name)
        return Referent(None, tuple(sorted(entity.name for entity in near)))

    def _fits(self, entity: Entity, said: str) -> bool:
        if not (entity.is_person or entity.is_agency):
            return False
        if said in _THEY:
            return entity.plural or self._is_grouped(entity)
        wanted = "f" if said in _SHE else "m"
        return not entity.plural and not entity.is_agency and entity.gender in (None, wanted)

    def _is_grouped(self, entity: Entity) -> bool:
        return bool(entity.coordinated_in & {self.sentence, self.sentence - 1})

    def _mentioned_before(self, entity: Entity, word: "Token") -> bool:
        return any(
            sentence == self.sentence - 1 or (sentence == self.sentence and at < word.i)
            for sentence, at in entity.seen
        )


def kind_of_role(role: str) -> SpeakerKind | None:
    """What a role noun makes of a speaker, if it makes anything."""
    for nouns, kind in (
        (OFFICIALS, SpeakerKind.OFFICIAL),
        (RELATIVES, SpeakerKind.RELATIVE),
        (RESPONDERS, SpeakerKind.RESPONDER),
        (BYSTANDERS, SpeakerKind.WITNESS),
    ):
        if role in nouns:
            return kind
    return None


def _party_of_office(words: list[str], title: str) -> str | None:
    """The agency that an office's full title names, if it names one."""
    told = [one for one in words if one.lower().rstrip(".") not in TITLES or one == words[-1]]
    lower = [one.lower() for one in words]
    if len(words) < 2:
        return None
    if "police" in lower and lower.index("police") > 0:
        return agency_slug(" ".join(words[: lower.index("police") + 1]))
    if title in ("prosecutor", "sheriff", "coroner", "examiner", "attorney", "judge"):
        return agency_slug(" ".join(told)) if len(told) > 1 else None
    return None


def _determiner(noun: "Token") -> str | None:
    for one in noun.lefts:
        if one.dep_ in ("det", "poss") and one.i < noun.i:
            return one.lower_ if one.dep_ == "det" else "the"
    return None


def _apart(noun: "Token") -> str | None:
    for one in noun.lefts:
        if one.lower_ in _APART and one.dep_ == "amod":
            return one.lower_
    return None


def _is_counted(noun: "Token") -> bool:
    return any(one.dep_ == "nummod" and one.i < noun.i for one in noun.lefts)


def _is_accompanied(noun: "Token") -> bool:
    """ "A, along with B": for A and for B."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.lower_ == "along":
        return True
    return any(one.lower_ == "along" and one.dep_ == "prep" for one in noun.children)


def _is_inside_a_name(word: "Token") -> bool:
    if word.dep_ == "poss" and word.text in NAMED_AGENCY and is_agency(word.head):
        return True
    if word.dep_ in ("compound", "nmod", "npadvmod", "nummod", "quantmod"):
        return not (word.head.lower_ in ("present", "inside") and word.i == word.head.i - 1)
    return word.pos_ == "NUM" and not any(map(str.isdigit, word.text))


def _agree(one: set[str], other: set[str]) -> bool:
    return {part for part in one if not part.isdigit()} <= other or {
        part for part in other if not part.isdigit()
    } <= one
