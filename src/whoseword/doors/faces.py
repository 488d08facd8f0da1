"""What every face of an account for people shares: in which order it is told.

The terminal and the page must never tell the same account differently, so the order is decided
here, once, and the words in ``plain_words``. Most consequential first: by standing, then by what
the matter is about.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from whoseword.account import Account, MatterView, Position
from whoseword.doors.plain_words import sentence, title_of
from whoseword.words import NON_ANSWERS, Hedge, Stance, Standing, Statement

STANDINGS: tuple[Standing, ...] = (
    Standing.FOUND,
    Standing.AGREED,
    Standing.DISPUTED,
    Standing.SAID_BY_SEVERAL,
    Standing.SAID_BY_ONE,
    Standing.DENIED,
    Standing.BELIEVED,
    Standing.EXPECTED,
    Standing.NOT_KNOWN,
    Standing.NO_REPLY,
    Standing.SUPERSEDED,
)
"""The order in which standings are shown."""

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Deaths, injuries and attacks",
        ("cause_of_death", "died", "injured", "attacked", "threatened"),
    ),
    ("Force and weapons", ("discharged_weapon", "armed", "deescalated")),
    ("Custody", ("arrested", "handcuffed", "detained", "moved")),
    ("In other words", ("other",)),
    (
        "The call and the response",
        (
            *("called", "classified", "located", "prior_calls", "contact", "dispatched"),
            *("arrived", "staged", "cleared", "held", "engaged"),
        ),
    ),
    (
        "The people",
        ("in_crisis", "present", "counted", "named", "aged", "related", "same"),
    ),
    (
        "Inquiry and duties",
        (
            *("found", "investigates", "conformed", "interviewed", "collected"),
            *("placed_on_leave", "visited", "met", "notified", "requested", "replied", "waived"),
        ),
    ),
    (
        "Records and releases",
        (
            "published",
            "withheld",
            "disclosed",
            "sealed",
            "quarantined",
            "assigned",
            "broke_glass",
            "read_reviewed",
            "imported",
        ),
    ),
)
"""What matters are about, most consequential first: a heading, and its kinds in order."""

_RANK = {
    kind: (order, place)
    for order, (_, kinds) in enumerate(THEMES)
    for place, kind in enumerate(kinds)
}

_STANCES = (
    *(Stance.DOES, Stance.AFFIRMS, Stance.DENIES, Stance.BELIEVES, Stance.EXPECTS),
    *(Stance.CANNOT_SAY, Stance.DOES_NOT_KNOW, Stance.DECLINES, Stance.NO_REPLY),
)
_HEDGES = (Hedge.PLAIN, Hedge.POSSIBLE, Hedge.REPORTED)


class Theme(NamedTuple):
    """Matters of one standing about one thing."""

    title: str
    matters: tuple[MatterView, ...]


class Group(NamedTuple):
    """Matters of one standing, with what the standing means."""

    standing: Standing
    title: str
    meaning: str
    themes: tuple[Theme, ...]

    @property
    def matters(self) -> tuple[MatterView, ...]:
        """All of them, in order."""
        return tuple(matter for theme in self.themes for matter in theme.matters)


def groups_of(view: Account) -> tuple[Group, ...]:
    """The matters by standing, most consequential first; a standing without matters is left out."""
    found = []
    for standing in STANDINGS:
        matters = sorted(
            (one for one in view.matters if one.standing == standing.value),
            key=lambda one: consequence(one.matter),
        )
        themes = tuple(
            Theme(title, its)
            for title, kinds in THEMES
            if (its := tuple(one for one in matters if _kind(one.matter) in kinds))
        )
        if themes:
            found.append(Group(standing, title_of(standing), sentence(standing), themes))
    return tuple(found)


def consequence(label: str) -> tuple[int, int, str]:
    """Where a matter stands among others, by its label: the most consequential first."""
    return (*_RANK.get(_kind(label), (len(THEMES), 0)), label)


def positions_in_order(matter: MatterView) -> tuple[Position, ...]:
    """What stands before what was replaced, counted before not, answers before non-answers."""
    return tuple(
        sorted(
            matter.positions,
            key=lambda one: (
                one.replaced_by is not None,
                not one.origins,
                _STANCES.index(Stance(one.stance)),
                one.implied_by is not None,
                _HEDGES.index(Hedge(one.hedge)),
            ),
        )
    )


def is_non_answer(position: Position) -> bool:
    """Whether it leaves the question open; then nobody asks whether it is at first hand."""
    return Stance(position.stance) in NON_ANSWERS


def _kind(label: str) -> str:
    return label.partition("(")[0]


def findings_of(matter: MatterView) -> tuple[str, ...]:
    """The statements that a matter rests on which take no position on it: findings about it."""
    within = {key for position in matter.positions for key in position.statements}
    return tuple(key for key in matter.because.statements if key not in within)


def same_words(
    keys: Iterable[str], statements: Mapping[str, Statement]
) -> tuple[tuple[str, ...], ...]:
    """Statements by the words that they rest on: one quote can answer several earlier ones."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for key in keys:
        one = statements[key]
        words = (one.source, one.speaker, one.via, one.basis, one.said, one.recorded, one.reviewed)
        groups.setdefault(words, []).append(key)
    return tuple(tuple(group) for group in groups.values())


def in_time_order(statements: Mapping[str, Statement]) -> tuple[tuple[str, Statement], ...]:
    """Statements by when they were recorded, then id, each with its id as shown."""
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(statements.items(), key=lambda pair: (pair[1].recorded or never, pair[0])))


def replacements(view: Account) -> dict[str, str]:
    """Each statement that was replaced, and the one that replaces it, by their ids as shown."""
    return {
        key: position.replaced_by
        for matter in view.matters
        for position in matter.positions
        if position.replaced_by
        for key in position.statements
    }


def corrects(key: str, view: Account) -> tuple[str, ...]:
    """The statements that one says it replaces, by their ids as shown."""
    one = view.statements[key]
    if one.replaces is None:
        return ()
    return tuple(
        shown
        for shown, other in view.statements.items()
        if other.id == one.replaces
        and (other.custodian, other.handling) == (one.custodian, one.handling)
    )


def short_ids(ids: Iterable[str], least: int = 8) -> dict[str, str]:
    """The end of each id, so long that no two are the same; ids of one moment begin alike."""
    known = sorted(set(ids))
    length = least
    while True:
        short = {key: _ending(key, length) for key in known}
        if len(set(short.values())) == len(known):
            return short
        length += 1


def _ending(key: str, length: int) -> str:
    """The last characters of an id, its row kept whole."""
    stem, mark, row = key.partition("#")
    return f"{stem[-length:]}{mark}{row}"
