"""What a rule on releases is: which lines it holds back, and what a person does about it.

What a first statement may tell, and what it must leave out, is law in part and policy for the rest
(identities before kin are told, children, a victim's door, health, child welfare, compelled words, the
past of whoever was harmed, "justified", motive). A rule refuses a line, sends it to counsel where law
pulls both ways, or asks for a second name. It is data with its citation, like every rule here, so
that counsel can read, correct and sign it.
"""

from enum import Enum
from typing import Annotated, Any

import msgspec

from whoseword.access import Confidence

Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Does(Enum):
    """What a rule does with a line that it fits, the strongest first."""

    REFUSE = "refuse"
    COUNSEL = "counsel"
    TWO_PEOPLE = "two_people"


class About(Enum):
    """Whom a line is about, where a rule asks for it."""

    ANYONE = "anyone"
    MINOR = "minor"
    HARMED = "harmed"
    UNHARMED = "unharmed"
    OFFICER = "officer"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A few statements, a line by its matter, and what becomes of it: ``publish`` or a ``Does``."""

    title: Text
    line: Text
    expect: Text
    told: tuple[dict[str, Any], ...]


class ReleaseRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule on releases.

    It fits a line where each condition that it names holds: the line's kind is one of ``kinds``; it
    is ``about`` such a person; one of ``words`` stands in its text, as whole words; one of the ``names``
    that somebody told of a person does; a person in it is called by what ``looks_named``, a name and
    no role; an agency in its matter is one of ``agencies``; a statement behind it was ``compelled``. It does not hold once kin
    are told (``until_kin_told``) or the matter is ``found`` (``until_found``). ``tells`` says why, and
    what to do next.
    """

    id: Text
    does: Does
    citation: Text
    text_year: Text
    confidence: Confidence
    verified_by: Text
    in_force_from: str
    in_force_to: str
    tells: Text
    example: Annotated[tuple[Example, ...], msgspec.Meta(min_length=1)]
    encodes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    about: About = About.ANYONE
    words: tuple[Text, ...] = ()
    names: bool = False
    looks_named: bool = False
    agencies: tuple[Text, ...] = ()
    compelled: bool = False
    until_kin_told: bool = False
    until_found: bool = False
