"""The account of an incident: a pure function of statements up to a moment.

No statement that a reader may not open is ever passed in, so none can change a byte of what that
reader gets (law 3); whatever is recorded later changes nothing either (law 4).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from whoseword.access import Reader
from whoseword.account.authority import finds, involved_agencies
from whoseword.account.awaiting import awaiting_of
from whoseword.account.joins import joined_names
from whoseword.account.narration import narration_of
from whoseword.account.notes import notes_of
from whoseword.account.order import order_cycles
from whoseword.account.phrases import question
from whoseword.account.positions import NARRATORS, Take, Takes, ids_of, takes_of, voiced
from whoseword.account.questions import questions_of
from whoseword.account.rule_set import rules_hash
from whoseword.account.shapes import Account, Because, MatterView, Note, Position, WithheldView
from whoseword.account.standings import Judged, judge
from whoseword.account.values import shown_value
from whoseword.words import (
    FIRST_HAND,
    Matter,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    parse_matter,
    statement_value,
)
from whoseword.words.matters import rename
from whoseword.words.times import microseconds, moment_text

_Key = tuple[str, str]


def account(
    statements: Iterable[Statement],
    *,
    incident: str,
    as_of: datetime,
    reader: Reader,
    zone: tzinfo = UTC,
) -> Account:
    """What these statements add up to for a reader, as of a moment (inclusive).

    ``statements`` are those of the books that the reader opens, each with ``id`` and
    ``recorded``; of other incidents or later moments they are left out here. ``zone`` reads
    dates that carry no offset.
    """
    known = _known(statements, incident, as_of)
    ids = _shown_ids(known)
    replaced = _replacements(known, ids)
    names = joined_names(known, replaced)
    takes = takes_of(known, ids, replaced, names, _voices(known, names))
    found = _findings(known, takes, replaced, names)
    circular = order_cycles(takes)
    judged = {
        matter: judge(matter, its, found.get(matter, ()), zone, matter in circular)
        for matter, its in takes.items()
    }
    standings = {matter: its.standing for matter, its in judged.items()}
    notes = notes_of(takes, standings, circular)
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
        questions=tuple(questions_of(takes, standings, found, names)),
        awaiting=tuple(awaiting_of(takes, known, names, as_of)),
        withheld=tuple(_withheld(takes)),
        narration=tuple(narration_of(takes)),
        statements={ids[one.book, one.id or ""]: one for one in known},
    )


def account_value(view: Account) -> dict[str, Any]:
    """The account as JSON values, each statement whole."""
    shell = msgspec.structs.replace(view, statements={})
    value: dict[str, Any] = msgspec.to_builtins(shell)
    value["statements"] = {key: statement_value(one) for key, one in view.statements.items()}
    return value


def account_json(view: Account) -> bytes:
    """The contract's JSON, keys sorted."""
    return msgspec.json.encode(account_value(view), order="sorted")


def _known(statements: Iterable[Statement], incident: str, as_of: datetime) -> list[Statement]:
    limit = microseconds(as_of)
    dated = [
        (microseconds(one.recorded), one.id or "", one.book, one)
        for one in statements
        if one.incident == incident and one.recorded is not None
    ]
    dated = [entry for entry in dated if entry[0] <= limit]
    dated.sort(key=lambda entry: entry[:3])
    return [entry[3] for entry in dated]


def _shown_ids(known: Sequence[Statement]) -> dict[_Key, str]:
    """Each statement's id as shown: with its book where two opened books hold the id."""
    seen = Counter(one.id for one in known)
    return {
        (one.book, one.id or ""): f"{one.book}:{one.id}" if seen[one.id] > 1 else one.id or ""
        for one in known
    }


def _replacements(known: Sequence[Statement], ids: Mapping[_Key, str]) -> dict[_Key, str]:
    """Each statement that was replaced, and the latest that replaces it, as shown."""
    by_id: dict[str, list[Statement]] = defaultdict(list)
    for one in known:
        by_id[one.id or ""].append(one)
    found: dict[_Key, str] = {}
    for one in known:
        if one.replaces is None:
            continue
        for target in by_id.get(one.replaces, ()):
            if (target.custodian, target.handling) == (one.custodian, one.handling):
                found[target.book, target.id or ""] = ids[one.book, one.id or ""]
    return found


def _voices(known: Sequence[Statement], names: Mapping[str, str]) -> dict[_Key, str]:
    cache: dict[Speaker, str] = {}
    voices: dict[_Key, str] = {}
    for one in known:
        voice = cache.get(one.speaker)
        if voice is None:
            voice = cache[one.speaker] = _voice(one.speaker, names)
        voices[one.book, one.id or ""] = voice
    return voices


def _voice(speaker: Speaker, names: Mapping[str, str]) -> str:
    """The voice that a speaker is: the party, for officials and agencies; else the name."""
    if speaker.kind is SpeakerKind.NARRATOR:
        return NARRATORS
    speaks_as_party = speaker.kind in (SpeakerKind.OFFICIAL, SpeakerKind.AGENCY)
    name = speaker.party if speaks_as_party and speaker.party else speaker.name
    return " ".join(names.get(name, name).casefold().split())


def _findings(
    known: Sequence[Statement],
    takes: Takes,
    replaced: Mapping[_Key, str],
    names: Mapping[str, str],
) -> dict[Matter, list[Take]]:
    """The findings that count, by the matter found on; such a matter stands even if new."""
    involved = involved_agencies(known, replaced, names)
    found: dict[Matter, list[Take]] = defaultdict(list)
    for matter, its in list(takes.items()):
        target = parse_matter(matter.keys[1] or "") if matter.kind == "found" else None
        if target is None:
            continue
        target = rename(target, names)
        for take in its:
            if take.replaced_by is None and finds(take.statement, target.kind, involved):
                found[target].append(take)
                takes.setdefault(target, [])
    return found


def _matter_view(
    matter: Matter, takes: Sequence[Take], judged: Judged, notes: tuple[Note, ...]
) -> MatterView:
    return MatterView(
        matter=matter.label,
        question=question(matter),
        standing=judged.standing.value,
        origins=judged.origins,
        positions=_positions(takes),
        notes=notes,
        because=Because(judged.standing.value, judged.because),
    )


def _positions(takes: Sequence[Take]) -> tuple[Position, ...]:
    with_voice = {id(take) for take in voiced(takes)}
    groups: dict[tuple[object, ...], list[Take]] = {}
    for take in takes:
        key = (
            take.stance,
            take.normal,
            take.hedge,
            take.happened,
            take.implied_by,
            take.replaced_by,
        )
        groups.setdefault(key, []).append(take)
    positions = [_position(group, with_voice) for group in groups.values()]
    return tuple(sorted(positions, key=_position_order))


def _position(takes: Sequence[Take], with_voice: set[int]) -> Position:
    first = takes[0]
    origins: dict[str, str] = {}
    for take in takes:
        if id(take) in with_voice:
            origins.setdefault(take.voice, take.statement.speaker.name)
    if len(origins) > 1:
        origins.pop(NARRATORS, None)
    return Position(
        stance=first.stance.value,
        value=shown_value(first.value),
        hedge=first.hedge.value,
        happened=first.happened,
        origins=tuple(origins.values()),
        statements=ids_of(takes),
        first_hand=any(_is_first_hand(take) for take in takes if not take.narrates),
        reviewed=all(take.statement.reviewed for take in takes),
        implied_by=first.implied_by,
        replaced_by=first.replaced_by,
    )


def _is_first_hand(take: Take) -> bool:
    statement = take.statement
    return not statement.via and (take.stance is Stance.DOES or statement.basis in FIRST_HAND)


def _position_order(position: Position) -> tuple[str, ...]:
    return (
        position.stance,
        json.dumps(position.value, sort_keys=True, ensure_ascii=False),
        position.hedge,
        json.dumps(msgspec.to_builtins(position.happened), sort_keys=True),
        position.implied_by or "",
        position.replaced_by or "",
    )


def _withheld(takes: Takes) -> list[WithheldView]:
    rows = [
        WithheldView(
            matter.keys[0],
            matter.keys[1],
            shown.get("reason"),
            shown.get("authority"),
            shown.get("review"),
            take.id,
        )
        for matter, its in takes.items()
        if matter.kind == "withheld"
        for take in its
        if take.affirms and take.replaced_by is None
        for shown in (shown_value(take.value),)
    ]
    return sorted(rows, key=lambda row: (row.what or "", row.by or "", row.statement))
