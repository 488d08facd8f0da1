"""A person takes drafts into a book: the one door from a machine's reading to a statement.

Equal names in one incident are one entity, so a name that two documents write must not become one
person by accident (contract, section 2, "Entities"). Before anything is signed each such name is
asked about: `--join X=X` says that they are the same, `--rename X=X-2` that they are not.

Asked about are the names of persons and things: what stands in a key slot or in a slot that holds
a person or thing (`by`, `toward`, `members` ...), save words of the description of a matter
(`other`, an item, a rule, a call's number) and save an agency's own name. A named agency that two
documents write in full is the same by that name (`wexmoor-police`); a bare role such as
`police` or `prosecutors` is not a name and is asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

import msgspec

from whoseword.intake.drafts import Draft
from whoseword.words import (
    ANYONE,
    Basis,
    Fact,
    Matter,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    WhoseWordError,
    kind_of,
    make_fact,
    parse_matter,
)
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import AnyFact, key_slots, keys_of, values_of
from whoseword.words.scene import Same

ENTITY_VALUES: Final = frozenset(
    {"by", "caller", "to", "toward", "members", "of", "whom", "custody"}
)
# Key slots whose words describe a matter and name nobody.
DESCRIPTIONS: Final = frozenset({"text", "item", "rule", "for", "batch", "matter", "what", "call"})
_AGENCY_ENDINGS: Final = (
    "police",
    "sheriff",
    "prosecutor",
    "coroner",
    "medical-examiner",
    "court",
    "division",
    "department",
    "office",
    "patrol",
    "services",
    "bureau",
    "911",
    "hospital",
)
# Words that say what sort of agency it is, and of no one agency alone.
_SORTS: Final = frozenset(
    {"police", "child", "welfare", "family", "social", "human", "health", "mental", "public",
     "state", "county", "city", "town", "local", "fire", "emergency", "housing", "protective",
     "prosecutors", "sheriffs", "coroners", "district", "circuit", "highway", "crisis", "and"}
)  # fmt: skip


class SharedName(msgspec.Struct, frozen=True, order=True):
    """A name that other documents use too, and where they do."""

    name: str
    stands_in: tuple[str, ...]


class NamesToSettle(WhoseWordError):
    """Names that another document already uses; the message gives the exact words to add."""

    def __init__(self, names: Sequence[SharedName], fresh: Mapping[str, str]) -> None:
        lines = ["these names stand in more than one document; say whether each is the same:"]
        for shared in names:
            lines.append(f"  {shared.name}: in {', '.join(shared.stands_in)}")
            lines.append(f"    the same:  --join {shared.name}={shared.name}")
            if shared.name in fresh:
                lines.append(f"    another:   --rename {shared.name}={fresh[shared.name]}")
            else:
                lines.append("    another:   sign one of these documents first, then the other")
        joined = " ".join(f"--join {shared.name}={shared.name}" for shared in names)
        lines.append(f"If they are all the same, add: {joined}")
        super().__init__("\n".join(lines))
        self.names = tuple(names)


class UnknownName(WhoseWordError):
    """A `--join` or `--rename` of a name that none of the drafts has."""

    def __init__(self, option: str, name: str, known: Iterable[str]) -> None:
        listed = ", ".join(sorted(known)) or "none"
        super().__init__(
            f"{option} {name}: none of these drafts names {name}; use one of: {listed}"
        )


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs, into which book, and what they said of names.

    `agency` is the home's owner's agency, the party of the signer. `joins` and `renames` map a
    name in the drafts to another. `all` is true where no draft was looked at one by one.
    `documents` gives the file name of a document by its hash, for messages.
    """

    signer: str
    agency: str
    incident: str
    book: str
    all: bool = False
    joins: Mapping[str, str] = {}
    renames: Mapping[str, str] = {}
    documents: Mapping[str, str] = {}


def sign(
    drafts: Sequence[Draft], standing: Iterable[Statement], signing: Signing
) -> tuple[Statement, ...]:
    """The statements to append: the drafts under the signer's name, then what the joins add.

    `standing` are the incident's statements so far. Raises UnknownName, and NamesToSettle while a
    name that is shared has neither a join nor a rename.
    """
    standing = tuple(standing)
    _refuse_unknown(drafts, standing, signing)
    signed = tuple(_signed(draft.statement, signing) for draft in drafts)
    shared = shared_names(signed, standing, signing.documents)
    unsettled = [one for one in shared if one.name not in signing.joins]
    if unsettled:
        raise NamesToSettle(unsettled, fresh_names(unsettled, signed, standing))
    return signed + tuple(
        _same(name, whom, signing) for name, whom in sorted(signing.joins.items()) if name != whom
    )


def shared_names(
    drafted: Sequence[Statement], standing: Iterable[Statement], documents: Mapping[str, str]
) -> tuple[SharedName, ...]:
    """Each name in `drafted` that stands in two documents, or in a person's entry too; sorted."""
    places: dict[str, set[str]] = {}
    for statement in (*standing, *drafted):
        for name in entity_names(statement.fact):
            places.setdefault(name, set()).add(_place(statement.source))
    asked = {name for statement in drafted for name in entity_names(statement.fact)}
    return tuple(
        SharedName(name, tuple(sorted(documents.get(place, place) for place in places[name])))
        for name in sorted(asked)
        if len(places[name]) > 1
    )


def entity_names(fact: Fact) -> frozenset[str]:
    """The names of persons and things in a fact that a person must be asked about."""
    names: set[str] = set()
    kind = kind_of(fact)
    for slot, value in zip(key_slots(kind), keys_of(fact), strict=True):
        matter = parse_matter(value) if value else None
        if matter is not None:
            names |= _names_of_matter(matter)
        elif value and slot not in DESCRIPTIONS and value != ANYONE:
            names.add(value)
    for slot, stated in values_of(fact).items():
        if slot in ENTITY_VALUES and not isinstance(stated, bool):
            names |= {stated} if isinstance(stated, str) else set(stated)
    return frozenset(name for name in names if not is_agency_name(name))


def is_agency_name(name: str) -> bool:
    """Whether a name is that of one named agency: a proper word and then an agency's ending.

    `elm-falls-police` is; `police-department` and `child-welfare-services` say only what sort.
    """
    for ending in _AGENCY_ENDINGS:
        if name.endswith(f"-{ending}"):
            return not set(name.removesuffix(f"-{ending}").split("-")) <= _SORTS
    return False


def _names_of_matter(matter: Matter) -> set[str]:
    fact = make_fact(matter.kind, dict(zip(key_slots(matter.kind), matter.keys, strict=True)))
    return set(entity_names(fact))


def _place(source: Source) -> str:
    return source.document or source.feed or f"what {source.entered_by} entered"


def fresh_names(
    unsettled: Sequence[SharedName], drafted: Sequence[Statement], standing: Sequence[Statement]
) -> dict[str, str]:
    """A free name to offer for each; none where two drafted documents share it, as a rename
    changes it in both."""
    taken = {name for one in (*drafted, *standing) for name in entity_names(one.fact)}
    offered: dict[str, str] = {}
    for shared in unsettled:
        within = {_place(one.source) for one in drafted if shared.name in entity_names(one.fact)}
        if len(within) == 1:
            offered[shared.name] = _fresh(shared.name, taken)
            taken.add(offered[shared.name])
    return offered


def _fresh(name: str, taken: set[str]) -> str:
    stem, _, number = name.rpartition("-")
    stem, count = (stem, int(number) + 1) if stem and number.isdecimal() else (name, 2)
    while f"{stem}-{count}" in taken:
        count += 1
    return f"{stem}-{count}"


def _refuse_unknown(
    drafts: Sequence[Draft], standing: Sequence[Statement], signing: Signing
) -> None:
    known = {name for draft in drafts for name in entity_names(draft.statement.fact)}
    known |= {draft.statement.speaker.name for draft in drafts}
    for name in signing.renames:
        if name not in known:
            raise UnknownName("--rename", name, known)
    renamed = set(signing.renames.values())
    everywhere = known | renamed | {name for one in standing for name in entity_names(one.fact)}
    everywhere |= {one.speaker.name for one in standing}
    for name, whom in signing.joins.items():
        if name not in known and name not in renamed:
            raise UnknownName("--join", name, known | renamed)
        if whom not in everywhere:
            raise UnknownName("--join", whom, everywhere)


def _signed(statement: Statement, signing: Signing) -> Statement:
    renames = signing.renames
    speaker = statement.speaker
    return msgspec.structs.replace(
        statement,
        incident=signing.incident,
        book=signing.book,
        fact=_renamed(statement.fact, renames),
        speaker=msgspec.structs.replace(speaker, name=renames.get(speaker.name, speaker.name)),
        via=tuple(
            msgspec.structs.replace(relay, name=renames.get(relay.name, relay.name))
            for relay in statement.via
        ),
        signed_by=signing.signer,
        reviewed=not signing.all,
    )


def _renamed(fact: AnyFact, renames: Mapping[str, str]) -> AnyFact:
    if not renames:
        return fact
    kind = kind_of(fact)
    slots: dict[str, SlotValue | None] = {}
    for slot, value in zip(key_slots(kind), keys_of(fact), strict=True):
        matter = parse_matter(value) if value else None
        if matter is not None:
            keys = tuple(renames.get(key, key) if key else None for key in matter.keys)
            slots[slot] = Matter(matter.kind, keys).label
        else:
            slots[slot] = renames.get(value, value) if value and slot != "text" else value
    for slot, stated in values_of(fact).items():
        if isinstance(stated, str):
            slots[slot] = renames.get(stated, stated)
        elif isinstance(stated, bool):
            slots[slot] = stated
        else:
            slots[slot] = tuple(renames.get(one, one) for one in stated)
    return cast(AnyFact, make_fact(kind, slots, fact.happened))


def _same(name: str, whom: str, signing: Signing) -> Statement:
    """That two names are one, as the signer's own conclusion: a person typed it."""
    return Statement(
        incident=signing.incident,
        book=signing.book,
        speaker=Speaker(signing.signer, SpeakerKind.OFFICIAL, signing.agency),
        stance=Stance.AFFIRMS,
        basis=Basis.CONCLUDED,
        fact=Same(who=name, whom=whom),
        source=Source(entered_by=signing.signer),
        signed_by=signing.signer,
        reviewed=True,
    )
