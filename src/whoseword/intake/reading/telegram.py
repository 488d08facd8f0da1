"""Some words of a log in their order, as the patterns of radio English see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import SHE_OR_HE, Entity, Referent
from whoseword.intake.reading.facts import Clause, Finding
from whoseword.intake.reading.grammar import child
from whoseword.intake.reading.lexicon import PERSONS
from whoseword.words import SpeakerKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

NO: Final = frozenset(
    {
        "no",
        "not",
        "never",
        "negative",
        "n't",
        "nothing",
        "nobody",
        "none",
        "neither",
        "nor",
        "unfounded",
        "didn't",
        "didnt",
        "isn't",
        "isnt",
        "wasn't",
        "wasnt",
        "hasn't",
        "hasnt",
        "doesn't",
        "doesnt",
        "don't",
        "dont",
        "can't",
        "cant",
        "without",
    }
)


@dataclass(frozen=True, slots=True)
class Telegram:
    """Some words of a log without their stops, who says them, and how they are written."""

    words: "Sequence[Token]"
    discourse: Discourse
    speaker: Entity
    written: str = ""

    @property
    def told(self) -> list[str]:
        """The words as they are written out, in lower case."""
        return [one.lower_ for one in self.words]

    @property
    def clause(self) -> Clause:
        """For the rules of slots: the words under their first."""
        return Clause(self.words[0], None, self.is_denied, self.discourse, self.speaker)

    @property
    def is_denied(self) -> bool:
        """Whether one of the words denies."""
        return bool(NO & set(self.told))

    @property
    def line(self) -> str:
        """The words in one line, in lower case."""
        return " ".join(self.told)

    @property
    def is_a_units(self) -> bool:
        """Whether a unit or one of its crew says them."""
        numbered = any(map(str.isdigit, self.speaker.name))
        return self.speaker.kind is SpeakerKind.RESPONDER or (numbered and not self.speaker.kind)

    def person(self) -> Referent | None:
        """Whom the first of the words names, if that is somebody."""
        for word in self.words[:4]:
            if is_person(word):
                return self.clause.whom(word)
        pronoun = next((one for one in self.words[:3] if one.lower_ in SHE_OR_HE), None)
        if pronoun is None:
            return None
        found = self.clause.whom(pronoun)
        # "CALLER CANT SEE IF HE HAS KNIFE": who reports rarely tells of themselves as "he".
        tells = found.name is not None and found.name in (self.speaker.name, "caller")
        return Referent(None, (str(found.name),)) if tells else found


def is_person(word: "Token") -> bool:
    """Whether a word names somebody: a role, or a role with a number."""
    return word.lower_ in PERSONS or child(word, "nummod") is not None


def done(made: Sequence[Finding]) -> list[Finding]:
    """The same as acts."""
    return [replace(one, stance=Stance.DOES) for one in made]


def denied_if(telegram: Telegram, made: Sequence[Finding]) -> list[Finding]:
    """The same, denied where one of the words denies."""
    if not telegram.is_denied:
        return list(made)
    return [replace(one, stance=Stance.DENIES) for one in made]
