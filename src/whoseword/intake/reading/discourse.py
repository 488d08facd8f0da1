"""Who and what a document speaks of, under names that stay the same within it.

A definite noun phrase is the one earlier entity with its head noun; an indefinite one is somebody
new (`woman-2`). Where two could be meant nobody is: the referent is null and its candidates are
listed. A reading must never make two people one, or give one person another's act.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.agencies import agency_meant
from whoseword.intake.reading.descriptions import by_deed, fitting, told_apart
from whoseword.intake.reading.entities import (
    ANY,
    ME,
    NONE_OF,
    PRONOUNS,
    UNKNOWN,
    WE,
    Entity,
    Referent,
    give_office,
    kind_of_role,
    party_of_office,
)
from whoseword.intake.reading.grammar import (
    SUBJECTS,
    child,
    is_nobody,
    is_none_of,
    noun_head,
)
from whoseword.intake.reading.lexicon import (
    MEN,
    OFFICIALS,
    ONESELF,
    PERSONS,
    PLURAL_PERSONS,
    SYNONYMS,
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
    titled,
)
from whoseword.intake.reading.noun_phrases import (
    INDEFINITE,
    apart,
    determiner,
    is_coordinated,
    is_counted,
    is_denied,
    is_inside_a_name,
    is_labelled_person,
    is_told_apart,
    last_of_name,
    owner_of,
    quoted,
)
from whoseword.intake.reading.pronouns import can_mean, in_indirect_speech, nearest
from whoseword.intake.reading.salience import Likely, likeliest
from whoseword.words import SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERED: Final = frozenset({"officer", "medic", "unit", "engine", "deputy", "reporter", "juror"})


class Discourse:
    """The entities of one document, in the order in which it brings them up."""

    def __init__(self, issuer: Entity | None = None) -> None:
        self.entities: dict[str, Entity] = {}
        self.sentence = -1
        self.issuer = issuer
        self.direct_speaker: str | None = None
        self.addressed: str | None = None
        self._labelled: str | None = None
        self._in_headline = False
        self.describes = True
        self._foretold: set[str] = set()
        self._referents: dict[int, Referent] = {}
        self._facts: dict[str, set[str]] = {}
        self._numbered: set[str] = set()
        if issuer is not None:
            self.entities[issuer.name] = issuer

    def begin_sentence(self, words: "Iterable[Token]", *, is_headline: bool = False) -> None:
        """Take in the noun phrases of the next sentence, first to last.

        A headline tells ahead: whom it mentions, the text then brings up as if anew.
        """
        self.sentence += 1
        self._in_headline = is_headline
        self._referents = {}
        for word in words:
            is_noun = word.pos_ in ("NOUN", "PROPN", "NUM") or word.lower_ in PERSONS
            if is_noun or any(map(str.isdigit, word.text)):
                self._take_in(word)

    def takes_the_word(self, name: str, other: str | None) -> None:
        """Note that the one of that name speaks now, to the `other` or to whoever spoke before."""
        if name != self._labelled:
            self.addressed, self._labelled = other or self._labelled, name

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
        if is_none_of(word):
            return NONE_OF
        return ANY if is_nobody(word) else UNKNOWN

    def _take_in(self, word: "Token") -> None:
        if word.i in self._referents:
            return
        found = self._fixed(word)
        if found is not None:
            self._referents.setdefault(word.i, found)
            return
        if word.i in self._referents or is_inside_a_name(word):
            return
        found = self._numbered_one(word) or self._named(word) or self._described(word)
        if found is None:
            return
        self._referents[word.i] = found
        entity = self.entity(found.name)
        if entity is not None:
            entity.seen.append((self.sentence, word.i))
            if word.dep_ in SUBJECTS:
                entity.subjects.append((self.sentence, word.i))
            if is_coordinated(word):
                entity.coordinated_in.add(self.sentence)

    def _fixed(self, word: "Token") -> Referent | None:
        """Whom a word means whatever stands around it: the author, a number's bearer, nobody."""
        if word.lower_ in ONESELF and self.issuer is not None and self.issuer.is_person:
            return Referent(self.issuer.name)
        if is_labelled_person(word):
            return self._labelled_person(word)
        if word.lower_ in _NUMBERED and word.i + 1 < len(word.doc):
            self._numbered_one(word.nbor(1))
        if is_nobody(word):
            return ANY
        return NONE_OF if is_none_of(word) else None

    def _labelled_person(self, word: "Token") -> Referent:
        """ "The manager (W-1)": by the label, from here on, the same one."""
        name = slug(word.text)
        before = word.nbor(-2) if word.i > 1 and word.nbor(-1).text == "(" else None
        known = self._referents.get(before.i) if before is not None else None
        if known is not None and known.name is not None:
            self.entities[name] = self.entities[known.name]
        if name not in self.entities:
            self._enter(name, name, word.text).is_person = True
        self.entities[name].seen.append((self.sentence, word.i))
        return Referent(self.entities[name].name)

    def _numbered_one(self, word: "Token") -> Referent | None:
        """ "Officer 2", "UNIT C3": a number or code that the document itself gives."""
        if slug(word.text) in self._numbered and any(map(str.isdigit, word.text)):
            return Referent(slug(word.text))
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
        by_sign = head == "unit" and not (word.text.isdigit() and self.describes)
        entity = self._enter(name, head, word.text if by_sign else f"{head.title()} {word.text}")
        entity.is_person = head in PERSONS
        entity.kind = SpeakerKind.RESPONDER if head in ("unit", "engine") else kind_of_role(head)
        entity.seen.append((self.sentence, word.i))
        self._referents[before.i] = self._referents[word.i] = Referent(name)
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
        if word.pos_ != "PROPN" or (word.lower_ in PERSONS and len(proper_run(word)) == 1):
            return None
        if word.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME", "ORG") and not (
            slug(word.text) in self.entities or person_parts(word)[1]
        ):
            name = slug(text_of(proper_run(word)))
            return Referent(self._enter(name, word.lower_, name).name) if name else None
        if self.issuer and text_of(proper_run(word)).casefold() == self.issuer.display.casefold():
            return Referent(self.issuer.name)
        return self._person(word)

    def _agency(self, words: str) -> Referent | None:
        name = agency_slug(words)
        if not name:
            return None
        entity = self._enter(name, name.rpartition("-")[2], words)
        entity.display = max(titled(entity.display), titled(words), key=len)
        entity.is_agency, entity.kind, entity.party = True, SpeakerKind.AGENCY, name
        entity.plural = True
        return Referent(name)

    def _known_agency(self, word: "Token") -> Referent:
        """ "the prosecutors", "this office": the one agency of that sort, else a bare role."""
        known = agency_meant(word, self.entities.values(), self.issuer, self.sentence)
        if known is not None:
            return known
        owned = any(one.dep_ == "poss" and one.pos_ != "PRON" for one in word.lefts)
        bare = slug(agency_words(word)) if owned else common_name(word)
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
            give_office(entity, before, title[-1].lower(), [*title, full])
        elif role is not None and role.lower_ in PERSONS:
            compounds = [one for one in role.lefts if one.dep_ in ("compound", "poss", "amod")]
            give_office(entity, text_of(compounds), role.lower_, [])
            entity.title = role.lower_
            self._referents[role.i] = Referent(name)
        return Referent(name)

    def _described(self, word: "Token") -> Referent | None:
        name = child(word, "appos")
        if name is not None and name.pos_ == "PROPN" and word.lower_ in PERSONS:
            return self._introduced(word, name)
        head = SYNONYMS.get(word.lower_, word.lower_)
        holders = [one for one in self.entities.values() if one.title == head and one.name != head]
        if head in OFFICIALS and determiner(word) in ("the", "this", "that") and len(holders) == 1:
            return Referent(holders[0].name)
        base = common_name(word)
        if determiner(word) in INDEFINITE and is_denied(word):
            return None
        entity: Entity | Referent | None
        if is_told_apart(word):
            # "The woman who …" tells her from any other: never one brought up without it.
            entity = by_deed(word, head, self.told_of, self.entities)
        else:
            entity = self._same_head(word, head, base)
        if isinstance(entity, Referent):
            return entity
        if entity is None:
            entity = self._enter_new(base, head, word)
        return Referent(entity.name)

    def _introduced(self, word: "Token", name: "Token") -> Referent | None:
        """ "The medical examiner, Dr. A": an office with its holder's name beside it."""
        name = last_of_name(name)
        person = self._person(name)
        entity = self.entity(person.name) if person is not None else None
        if person is None or entity is None:
            return None
        words = [one for one in word.lefts if one.dep_ in ("compound", "amod", "poss")]
        entity.kind = kind_of_role(word.lower_) or entity.kind
        entity.title = word.lower_
        if entity.kind is SpeakerKind.OFFICIAL:
            entity.party = entity.party or party_of_office(
                [*(one.text for one in words), word.text], word.lower_
            )
        self._referents[name.i] = person
        return person

    def _same_head(self, word: "Token", head: str, base: str) -> Entity | Referent | None:
        article = determiner(word)
        set_apart = apart(word)
        if article in INDEFINITE or (article is None and is_counted(word)):
            if base in self._foretold and not set_apart:
                self._foretold.discard(base)
                return self.entities[base]
            return None
        if set_apart and f"{set_apart}-{base}" in self.entities:
            return self.entities[f"{set_apart}-{base}"]
        if set_apart:
            return None
        fits = fitting(word, head, base, self.entities.values())
        exact = [entity for entity in fits if entity.name == base]
        if base != head and len(exact) == 1:
            return exact[0]
        if len(fits) <= 1:
            return fits[0] if fits else None
        recent = [one for one in fits if one.seen and one.seen[-1][0] >= self.sentence - 1]
        if len(recent) == 1:
            return recent[0]
        return Referent(None, tuple(sorted(entity.name for entity in recent or fits)))

    def _enter(self, name: str, head: str, display: str) -> Entity:
        return self.entities.setdefault(name, Entity(name, head, display))

    def _enter_new(self, base: str, head: str, word: "Token") -> Entity:
        set_apart = apart(word)
        base = f"{set_apart}-{base}" if set_apart and set_apart != "another" else base
        name, number = base, 1
        while name in self.entities:
            number += 1
            name = f"{base}-{number}"
        if self._in_headline:
            self._foretold.add(name)
        entity = self._enter(name, head, name.replace("-", " "))
        entity.owner = owner_of(word)
        entity.plural = word.tag_ in ("NNS", "NNPS") or head in PLURAL_PERSONS
        lemma = SYNONYMS.get(word.lemma_.lower(), word.lemma_.lower())
        entity.is_person = lemma in PERSONS or head in PERSONS
        entity.gender = "f" if lemma in WOMEN else "m" if lemma in MEN else None
        entity.kind = kind_of_role(lemma)
        if self.describes and entity.is_person and not (entity.plural or self._in_headline):
            taken = {one.display for one in self.entities.values()}
            entity.display = told_apart(word, taken) or entity.display
        if base in ("medical-examiner", "coroner"):
            entity.party = base
        if entity.kind is SpeakerKind.OFFICIAL and entity.party is None and not entity.plural:
            entity.title = lemma
        return entity

    # --- pronouns ------------------------------------------------------------------------------

    def _pronoun(self, word: "Token", speaker: Entity | None) -> Referent:
        said = word.lower_
        if said in ME:
            return Referent(speaker.name) if speaker else UNKNOWN
        if said in WE:
            own = speaker.name if speaker and speaker.is_agency else None
            return Referent(speaker.party or own if speaker else None)
        if said in ("it", "its"):
            return UNKNOWN
        apart = {speaker.name if speaker else None, self.direct_speaker}
        near = nearest(self.entities.values(), word, self.sentence, but=apart)
        if speaker is not None and self.may_mean_speaker(word, speaker):
            near = in_indirect_speech(speaker, near, self.entity(near.name))
        return self._again(near, word)

    def may_mean_speaker(self, word: "Token", speaker: Entity) -> bool:
        """Whether a pronoun, told by `speaker` in indirect speech, can be the speaker's own."""
        indirect = speaker.name != self.direct_speaker and not quoted(word)
        return indirect and word.dep_ in SUBJECTS and self.fits(speaker, word.lower_)

    def _again(self, referent: Referent, word: "Token") -> Referent:
        """A pronoun mentions its referent anew."""
        entity = self.entity(referent.name)
        if entity is not None and (self.sentence, word.i) not in entity.seen:
            entity.seen.append((self.sentence, word.i))
            if word.dep_ in SUBJECTS:
                entity.subjects.append((self.sentence, word.i))
        return referent

    def likeliest(self, word: "Token", speaker: Entity | None) -> Likely:
        """Who most likely speaks as the pronoun `word`, told by `speaker`."""
        but = [self.direct_speaker, speaker.name if speaker and not speaker.is_agency else None]
        here = self.sentence, word.i
        found = likeliest(self.entities.values(), word.lower_, here, but)
        self._again(Referent(found.entity.name if found.entity else None), word)
        return found

    def fits(self, entity: Entity, pronoun: str) -> bool:
        """Whether a pronoun can mean an entity, by number and what is known of gender."""
        return can_mean(entity, pronoun.lower(), self.sentence)
