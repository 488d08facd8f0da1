"""What the words of a rule stand for in an incident, and which statements fit a pattern."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from whoseword.account.authority import is_party, is_side, party_of
from whoseword.account.positions import Take
from whoseword.duties.rule import Slots
from whoseword.duties.scene import Scene, live, words_of
from whoseword.words import Matter, Stance
from whoseword.words.kinds import key_slots
from whoseword.words.names import slug

LOOKS_AT_A_DEATH = ("coroner", "medical-examiner", "court", "childrens-division")
"""They inquire into a death or a child, not into an officer: never the outside investigator."""
HOLDS = "~"
"""Begins a word that may stand anywhere in a slot: ``~pistol`` is in "pistol of the officer"."""
HOLDS_FOR = "~@for"
"""The name of whom the duty concerns, anywhere in a slot."""


class Bound(NamedTuple):
    """For whom and for which owner a pattern is tried; ``owners`` are slugs, none if unknown."""

    scene: Scene
    for_: str | None = None
    owners: tuple[str, ...] = ()


def _is_outside(word: str, bound: Bound) -> bool:
    """Whether it is another agency; while the involved one is unknown, that is unknown too."""
    scene, party = bound.scene, slug(word)
    others = any(is_party(party, name) for name in LOOKS_AT_A_DEATH)
    return bool(scene.involved) and not scene.is_involved(word) and not others


def _is_perhaps_unarmed(word: str, bound: Bound) -> bool:
    """Whether they are no officer, and nobody says that they were armed, or somebody denies it."""
    if word in bound.scene.officers:
        return False
    takes = bound.scene.takes.get(Matter("armed", (word,)), ())
    said = any(matter.keys[0] == word for matter, _ in live(bound.scene.takes, "armed"))
    return not said or any(take.denies and take.replaced_by is None for take in takes)


def _is_owner(word: str, bound: Bound) -> bool:
    return not bound.owners or any(is_side(slug(word), owner) for owner in bound.owners)


ROLES: dict[str, Callable[[str, Bound], bool]] = {
    "@stated": lambda word, _: bool(word),
    "@fired": lambda word, bound: word in bound.scene.fired,
    "@officer": lambda word, bound: word in bound.scene.officers,
    "@witness_officer": lambda word, bound: word in bound.scene.officers - bound.scene.fired,
    "@dead": lambda word, bound: any(
        one.keys[0] == word for one, _ in live(bound.scene.takes, "died")
    ),
    "@minor": lambda word, bound: word in bound.scene.minors,
    "@detained": lambda word, bound: any(
        one.keys[0] == word
        for one, take in live(bound.scene.takes, "handcuffed", "arrested", "detained")
    ),
    "@perhaps_unarmed": _is_perhaps_unarmed,
    "@involved": lambda word, bound: bound.scene.is_involved(word),
    "@outside": _is_outside,
    "@owner": _is_owner,
    "@for": lambda word, bound: word == bound.for_,
}
"""Each role, and whether a word of a slot fills it."""

ROLE_MEANINGS: dict[str, str] = {
    "@stated": "anything, as long as it is stated",
    "@fired": "somebody who fired for an agency; nobody named, where none of those who fired is",
    "@officer": "somebody who fired, an officer of a unit, or one of the involved agency",
    "@witness_officer": "an officer of whom nobody says that they fired",
    "@dead": "somebody who is said to have died",
    "@minor": "somebody said to be under 18 or, where no age is told, called a child",
    "@detained": "somebody who is said to have been handcuffed, detained or arrested",
    "@perhaps_unarmed": "somebody, no officer, of whom it is not said that they were armed, or it is denied",
    "@involved": "the employer of whoever discharged a weapon",
    "@outside": "an agency that is not the involved one, nor one that looks at a death only",
    "@owner": "whoever owes the duty; or nobody named, where somebody else than the doer says so",
    "@for": "whom the duty concerns",
}
"""What each role means, for the page on rules."""


def fits(slots: Slots, matter: Matter, take: Take, bound: Bound) -> bool:
    """Whether a statement holds what the slots of a pattern ask for."""
    return all(_slot_fits(name, asked, matter, take, bound) for name, asked in slots.items())


def slot_words(name: str, matter: Matter, take: Take, names: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a slot, whether it is a key or a value; empty where it was not stated."""
    keys = key_slots(matter.kind)
    if name in keys:
        word = matter.keys[keys.index(name)]
        return () if word is None else (word,)
    return words_of(take.value.get(name), names)


def _slot_fits(
    name: str, asked: str | tuple[str, ...], matter: Matter, take: Take, bound: Bound
) -> bool:
    words = slot_words(name, matter, take, bound.scene.names)
    options = (asked,) if isinstance(asked, str) else asked
    if not words:
        return ("@fired" in options and bound.scene.nameless_fire) or (
            "@owner" in options and _is_perhaps_the_owners(take, bound)
        )
    return any(_word_fits(option, word, bound) for option in options for word in words)


def _is_perhaps_the_owners(take: Take, bound: Bound) -> bool:
    """Whether what names no doer can be the owner's: what somebody does is their own side's."""
    party = party_of(take.statement.speaker)
    return take.stance is not Stance.DOES or party is None or _is_owner(party, bound)


def _word_fits(option: str, word: str, bound: Bound) -> bool:
    if option in ROLES:
        return ROLES[option](word, bound)
    if option.startswith(HOLDS):
        part = bound.for_ if option == HOLDS_FOR else option
        return part is not None and f"-{slug(part)}-" in f"-{slug(word)}-"
    return is_party(slug(word), slug(option))
