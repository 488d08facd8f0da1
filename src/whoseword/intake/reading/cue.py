"""A cue: the words that make something somebody's word, and what they make of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whoseword.words import NON_ANSWERS, Basis, Hedge, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that attribute: their stance, and the heads of what is said.

    `quoted` are the first and last word of a quotation that no clause heads. `speakers` are those named by "by", where the cue is passive. `contents` is empty where the matter is not worded beside the cue. `new_speaker` is false for
    turns that leave the word with whoever had it ("appears to", "was said to").
    """

    words: tuple["Token", ...]
    contents: tuple["Token", ...]
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge | None = None
    basis: Basis | None = None
    new_speaker: bool = True
    addressee: "Token | None" = None
    speakers: tuple["Token", ...] = ()
    quoted: tuple[int, int] | None = None
    denies: bool = field(default=False)

    @property
    def is_non_answer(self) -> bool:
        """Whether it leaves the question open."""
        return self.stance in NON_ANSWERS
