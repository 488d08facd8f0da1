"""The account of an incident: a pure function of statements up to a moment.

No statement that a reader may not open is ever passed in, so none can change a byte of what that
reader gets (law 3); whatever is recorded later changes nothing either (law 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from whoseword.access import Reader
from whoseword.account.authority import finds, involved_agencies
from whoseword.account.awaiting import awaiting_of
from whoseword.account.joins import joined_names
from whoseword.account.known import Known, known_at
from whoseword.account.narration import narration_of
from whoseword.account.notes import notes_of
from whoseword.account.order import order_cycles
from whoseword.account.phrases import question
from whoseword.account.positions import Take, Takes, ids_of, takes_of, voiced
from whoseword.account.questions import questions_of
from whoseword.account.rule_set import rules_hash
from whoseword.account.shapes import Account, Because, MatterView, Note, Position, WithheldView
from whoseword.account.standings import Judged, judge
from whoseword.account.topics import found_on
from whoseword.account.values import shown_value
from whoseword.account.voices import NARRATORS, voices_of
from whoseword.books import Removed
from whoseword.words import Hedge, Matter, Stance, Standing, Statement, statement_value
from whoseword.words.times import moment_text, parse_moment

_STANCES = {stance: stance.value for stance in Stance}
_HEDGES = {hedge: hedge.value for hedge in Hedge}
_STANDINGS = {standing: standing.value for standing in Standing}
_sorted_json = msgspec.json.Encoder(order="sorted")


def account(
    statements: Iterable[Statement],
    *,
    incident: str,
    as_of: datetime,
    reader: Reader,
    zone: tzinfo = UTC,
    removed: Iterable[Removed] = (),
) -> Account:
    """What these statements add up to for a reader, as of a moment (inclusive).

    ``statements`` are those of the books that the reader opens, each with ``id`` and
    ``recorded``; of other incidents or later moments they are left out here. ``zone`` reads
    dates that carry no offset. ``removed`` are the markers of those books; nothing rests on them.
    """
    known = known_at(statements, incident, as_of)
    names = joined_names(known)
    takes = takes_of(known, voices_of((one.statement.speaker for one in known), names), names)
    found = _findings(known, takes, names)
    circular = order_cycles(takes)
    judged = {
        matter: judge(matter, its, found.get(matter, ()), zone, matter in circular)
        for matter, its in takes.items()
    }
    standings = {matter: its.standing for matter, its in judged.items()}
    notes = notes_of(takes, standings, circular, zone)
    return Account(
        incident=incident,
        as_of=moment_text(as_of),
        reader=reader.name,
        purpose=reader.purpose,
        rules=rules_hash(),
        matters=tuple(
            _matter_view(matter, takes[matter], judged[matter], notes.get(matter, ()))
            for matter in sorted(takes, key=lambda one: one.label)
        ),
        questions=tuple(questions_of(takes, standings, names)),
        awaiting=tuple(awaiting_of(takes, names, as_of)),
        withheld=tuple(_withheld(takes)),
        narration=tuple(narration_of(takes, zone)),
        removed=tuple(_removed(removed, incident, as_of)),
        statements={one.id: one.statement for one in known},
    )


def account_value(view: Account) -> dict[str, Any]:
    """The account as JSON values, each statement whole."""
    shell = msgspec.structs.replace(view, statements={})
    value: dict[str, Any] = msgspec.to_builtins(shell)
    value["statements"] = {key: statement_value(one) for key, one in view.statements.items()}
    return value


def account_json(view: Account) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(account_value(view))


def _findings(
    known: Sequence[Known], takes: Takes, names: Mapping[str, str]
) -> dict[Matter, list[Take]]:
    """The findings that count, by the matter found on; such a matter stands even if new."""
    found: dict[Matter, list[Take]] = defaultdict(list)
    findings = [matter for matter in takes if matter.kind == "found"]
    involved = involved_agencies(known, names) if findings else frozenset()
    for matter in findings:
        target = found_on(matter, names)
        if target is None:
            continue
        for take in takes[matter]:
            if take.replaced_by is None and finds(take.statement, target.kind, involved):
                found[target].append(take)
                takes.setdefault(target, [])
    return found


def _matter_view(
    matter: Matter, takes: Sequence[Take], judged: Judged, notes: tuple[Note, ...]
) -> MatterView:
    standing = _STANDINGS[judged.standing]
    return MatterView(
        matter=matter.label,
        question=question(matter),
        standing=standing,
        origins=judged.origins,
        positions=_positions(takes),
        notes=notes,
        because=Because(standing, judged.because),
    )


def _positions(takes: Sequence[Take]) -> tuple[Position, ...]:
    if len(takes) == 1:
        return (_position(takes, takes),)
    silent = {take.place for take in takes} - {take.place for take in voiced(takes)}
    groups: dict[tuple[object, ...], list[Take]] = defaultdict(list)
    for take in takes:
        groups[
            take.stance,
            take.normal,
            take.hedge,
            take.happened,
            take.implied_by,
            take.replaced_by,
        ].append(take)
    positions = [
        _position(group, [take for take in group if take.place not in silent])
        for group in groups.values()
    ]
    return tuple(sorted(positions, key=_position_order))


def _position(takes: Sequence[Take], heard: Sequence[Take]) -> Position:
    first = takes[0]
    if len(takes) == 1:
        origins: tuple[str, ...] = (first.statement.speaker.name,) if heard else ()
        first_hand = first.first_hand and not first.narrates
        reviewed = first.statement.reviewed
    else:
        origins = _origins(heard)
        first_hand = any(take.first_hand for take in takes if not take.narrates)
        reviewed = all(take.statement.reviewed for take in takes)
    return Position(
        stance=_STANCES[first.stance],
        value=shown_value(first.value) if first.value else {},
        hedge=_HEDGES[first.hedge],
        happened=first.happened,
        origins=origins,
        statements=ids_of(takes),
        first_hand=first_hand,
        reviewed=reviewed,
        implied_by=first.implied_by,
        replaced_by=first.replaced_by,
    )


def _origins(takes: Sequence[Take]) -> tuple[str, ...]:
    """Each voice by its first speaker, sorted; narrators are named where nobody else speaks."""
    origins: dict[str, str] = {}
    for take in takes:
        origins.setdefault(take.voice, take.statement.speaker.name)
    if len(origins) > 1:
        origins.pop(NARRATORS, None)
    return tuple(sorted(origins.values()))


def _position_order(position: Position) -> tuple[str | bytes, ...]:
    return (
        position.stance,
        _sorted_json.encode(position.value),
        position.hedge,
        _sorted_json.encode(position.happened),
        position.implied_by or "",
        position.replaced_by or "",
    )


def _removed(removed: Iterable[Removed], incident: str, as_of: datetime) -> list[Removed]:
    """The markers of what stood by then, in the order of statements."""
    stood = [
        one for one in removed if one.incident == incident and parse_moment(one.recorded) <= as_of
    ]
    return sorted(stood, key=lambda one: (parse_moment(one.recorded), one.statement, one.book))


def _withheld(takes: Takes) -> list[WithheldView]:
    """What is withheld, as far as it is told plainly: a row has no room for a hedge."""
    rows = [
        WithheldView(
            matter.keys[0],
            matter.keys[1],
            shown.get("reason"),
            shown.get("authority"),
            shown.get("review"),
            take.id,
            shown.get("ask"),
        )
        for matter, its in takes.items()
        if matter.kind == "withheld"
        for take in voiced(its)
        if take.affirms and take.replaced_by is None and take.hedge is Hedge.PLAIN
        for shown in (shown_value(take.value),)
    ]
    return sorted(rows, key=lambda row: (row.what or "", row.by or "", row.statement))
