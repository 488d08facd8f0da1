"""What completes a duty, and on whose word.

An order (``does``, basis ``record``) or the recipient's own word makes a duty done; anybody else's
word, the owner's side's first of all, makes it reported done (contract, section 5). Where the
recipient then denies it, nothing is done, and an alarm says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from whoseword.account.authority import is_side, party_of
from whoseword.account.positions import Take
from whoseword.duties.clocks import Start, latest_of
from whoseword.duties.roles import Bound, fits, slot_words
from whoseword.duties.rule import CompletedBy, DutyRule, Evidence
from whoseword.duties.scene import live_plain, words_of
from whoseword.duties.shapes import Alarm, Detail
from whoseword.words import Basis, Matter, SpeakerKind, Stance
from whoseword.words.kinds import value_slots
from whoseword.words.names import slug

DENIED = "denied"
FAMILY = "family"
COURT = "court"
_ORDERS = {SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RECORD, SpeakerKind.RESPONDER}
_NOBODYS_OWN = {SpeakerKind.NARRATOR, SpeakerKind.AUTOMATON, SpeakerKind.UNNAMED}


class Proof(NamedTuple):
    """The statements on a duty's completion, in their order.

    ``done`` and ``reported`` hold where every part is, on whose word it takes and on anybody's;
    ``first`` and ``last`` are the latest moments of the first and the last of them; ``complete`` is
    that by which every part was done, or reported where it is not done.
    """

    takes: tuple[tuple[Matter, Take], ...]
    done: bool
    reported: bool
    alarms: tuple[Alarm, ...]
    first: datetime | None
    last: datetime | None
    complete: datetime | None


class _Told(NamedTuple):
    """One statement on one part, whether it completes it, and who denies it as its recipient."""

    part: str
    matter: Matter
    take: Take
    completes: bool
    denial: Take | None


def proof_of(rule: DutyRule, bound: Bound, start: Start, zone: tzinfo) -> Proof:
    """What the statements say of a duty's completion; what happened before its trigger is none."""
    told = [
        _told(one, rule, matter, take, bound)
        for one in rule.evidence
        for matter, take in live_plain(bound.scene.takes, *one.kinds)
        if fits(one.slots, matter, take, bound) and _in_time(rule, take, start, zone)
    ]
    told.sort(key=lambda one: one.take.place)
    parts = {one.part for one in rule.evidence}
    standing = [one for one in told if one.denial is None]
    moments = [latest_of(one.take, zone) for one in standing]
    done = _complete(parts, [one for one in standing if one.completes], zone)
    reported = _complete(parts, standing, zone)
    return Proof(
        takes=tuple((one.matter, one.take) for one in told),
        done=done is not None,
        reported=reported is not None,
        alarms=_denials(told),
        first=min(moments, default=None),
        last=max(moments, default=None),
        complete=done or reported,
    )


def _complete(parts: set[str], told: Sequence[_Told], zone: tzinfo) -> datetime | None:
    """By when each part was told of; None while one is not."""
    first: dict[str, datetime] = {}
    for one in told:
        moment = latest_of(one.take, zone)
        first[one.part] = min(moment, first.get(one.part, moment))
    return max(first.values()) if parts == first.keys() and parts else None


def _in_time(rule: DutyRule, take: Take, start: Start, zone: tzinfo) -> bool:
    return rule.deadline.before or latest_of(take, zone) >= start.earliest


def _told(evidence: Evidence, rule: DutyRule, matter: Matter, take: Take, bound: Bound) -> _Told:
    recipients = (
        slot_words(evidence.recipient, matter, take, bound.scene.names)
        if evidence.recipient
        else ()
    )
    completes = (CompletedBy.ORDER in rule.completed_by and _is_order(take, recipients, bound)) or (
        CompletedBy.RECIPIENT in rule.completed_by and _is_own(take, recipients, bound)
    )
    return _Told(evidence.part, matter, take, completes, _denial(matter, take, recipients, bound))


def _is_order(take: Take, recipients: Sequence[str], bound: Bound) -> bool:
    """Whether it is an order of record.

    One gives it who may: the owner's side, whom it was given to, or a court. The chief of another
    city orders nobody's leave but his own people's.
    """
    speaker = take.statement.speaker
    given = take.stance is Stance.DOES and take.statement.basis is Basis.RECORD
    if not given or take.statement.via or speaker.kind not in _ORDERS:
        return False
    party = party_of(speaker)
    sides = (*bound.owners, *(slug(one) for one in recipients), COURT)
    return party is None or not bound.owners or any(is_side(party, side) for side in sides)


def _is_own(take: Take, recipients: Sequence[str], bound: Bound) -> bool:
    """Whether whoever received it says so, without relay."""
    return not take.statement.via and _speaks_for(take, recipients, bound)


def _speaks_for(take: Take, recipients: Sequence[str], bound: Bound) -> bool:
    speaker = take.statement.speaker
    if speaker.kind in _NOBODYS_OWN:
        return False
    names = bound.scene.names
    party, name = party_of(speaker), names.get(speaker.name, speaker.name)
    return any(
        name == one
        or slug(name) == slug(one)
        or (party is not None and is_side(party, slug(one)))
        or (speaker.kind is SpeakerKind.RELATIVE and slug(one) == FAMILY)
        for one in recipients
    )


def _denial(matter: Matter, take: Take, recipients: Sequence[str], bound: Bound) -> Take | None:
    """The recipient's later denial of what was told, where it has not changed its word since."""
    later = [
        other
        for other in bound.scene.takes[matter]
        if other.place > take.place
        and other.replaced_by is None
        and (other.denies or other.affirms)
        and _is_own(other, recipients, bound)
    ]
    return later[-1] if later and later[-1].denies else None


def _denials(told: Sequence[_Told]) -> tuple[Alarm, ...]:
    alarms = []
    for one in told:
        if one.denial is not None:
            speaker = one.denial.statement.speaker
            ids = (one.take.id, one.denial.id)
            alarms.append(Alarm(DENIED, speaker.name, party_of(speaker), ids))
    return tuple(alarms)


def details_of(proof: Proof, names: Mapping[str, str]) -> tuple[Detail, ...]:
    """What each statement of the evidence says in its value slots, in the order of the statements."""
    return tuple(
        Detail(slot, ", ".join(sorted(words_of(take.value.get(slot), names))) or None, take.id)
        for matter, take in sorted(proof.takes, key=lambda pair: pair[1].place)
        for slot in value_slots(matter.kind)
    )
