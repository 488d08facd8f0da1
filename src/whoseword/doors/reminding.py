"""Reminders at the desk: what is due for whom on which channel, claimed before it is sent.

At most once. Of two programs that watch one home exactly one claims a reminder; its claim is on the
disk before anything is sent, and after that it is noted as told. Whatever stops the program between
the two, nothing is sent again: a claim that nobody noted as told is listed for a person to see to.

A program that looks and tells nobody anything is no reader, and would fill the log of reads. So one
read is logged when a watch begins, and one of an incident each time anything of it is told; only
what was read then is told.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from whoseword.access import Reader
from whoseword.books import Told
from whoseword.books.claimed import UNKNOWN_UNTIL, Claim
from whoseword.doors.channels import Channel
from whoseword.doors.delivering import Line, Message, NotDelivered
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.owing import Chosen, judged, rules_of
from whoseword.duties import LEAD, Reminder, is_for, key_of, reminders
from whoseword.words.times import microseconds, parse_moment

_VIEW = "watch"


class Watch(NamedTuple):
    """What is watched, for whom, and where it is told; every incident where none is named.

    ``profile`` is for channels that name none.
    """

    reader: Reader
    channels: tuple[Channel, ...]
    incidents: tuple[str, ...] = ()
    profile: str = "missouri"
    lead: timedelta = LEAD

    @property
    def whose(self) -> str:
        """For whom, with the purpose."""
        return f"{self.reader.name} for {self.reader.purpose}"

    def profiles(self) -> set[str]:
        """Every profile by which somebody is reminded."""
        return {self.profile_of(channel) for channel in self.channels}

    def profile_of(self, channel: Channel) -> str:
        """By which profile a channel is told."""
        return channel.to.profile or self.profile


class Due(NamedTuple):
    """A reminder that nobody has claimed for a channel.

    ``kept_back`` holds where it may have been told before the home was put back from a backup.
    """

    channel: Channel
    key: str
    reminder: Reminder
    kept_back: bool


class Hands(NamedTuple):
    """What a round of reminders needs of its door: lines, a word of what failed, and when to stop."""

    lines: Callable[[Channel], Line]
    tell: Callable[[str], None]
    stopped: Callable[[], bool]


def begin(desk: Desk, watch: Watch) -> None:
    """Log that a reader begins to watch. Raises ``RulesFault`` where a profile has no rules."""
    for profile in sorted(watch.profiles()):
        rules_of(desk, profile)
    for incident in watch.incidents or (None,):
        desk.read(_VIEW, incident, watch.reader)


def due_now(desk: Desk, watch: Watch) -> Iterator[Due]:
    """What is to be told now, incident by incident; each is logged as read before it is given."""
    chosen = {profile: rules_of(desk, profile) for profile in watch.profiles()}
    with desk.ledger.store.view() as view:
        incidents = watch.incidents or tuple(view.incidents())
        claimed = {(one.reminder, one.channel) for one in view.claims(watch.whose)}
        unknown_until = view.setting(UNKNOWN_UNTIL)
    until = parse_moment(unknown_until) if unknown_until else None
    for incident in incidents:
        look = _Look(desk, watch, incident, chosen, until)
        if any(look.fresh(*desk.look_out(incident, watch.reader), claimed)):
            yield from look.fresh(*desk.read(_VIEW, incident, watch.reader), claimed)


class _Look(NamedTuple):
    """One look at an incident: by which rules, and until when claims may have been lost."""

    desk: Desk
    watch: Watch
    incident: str
    chosen: dict[str, Chosen]
    until: datetime | None

    def fresh(self, moment: datetime, told: Told, claimed: set[tuple[str, str]]) -> list[Due]:
        """What is due as of a moment, by what was told, and was not claimed."""
        found = []
        for profile, chosen in sorted(self.chosen.items()):
            due = self._keyed(moment, told, chosen)
            before = self._keyed(self.until, told, chosen) if self.until and due else {}
            found += [
                Due(channel, key, reminder, key in before)
                for channel in self.watch.channels
                if self.watch.profile_of(channel) == profile
                for key, reminder in due.items()
                if is_for(reminder, channel.to.owner) and (key, channel.to.name) not in claimed
            ]
        return found

    def _keyed(self, moment: datetime, told: Told, chosen: Chosen) -> dict[str, Reminder]:
        view = judged(self.desk, self.incident, moment, told, chosen)
        found = reminders(view, self.watch.lead)
        return {key_of(one, self.watch.whose): one for one in found}


class Round(NamedTuple):
    """What a round came to: how many were told, how many failed, how many were kept back."""

    told: int
    failed: int
    kept_back: int


def remind(desk: Desk, watch: Watch, hands: Hands) -> Round:
    """Tell what is due. What fails is told to ``hands``; the other channels go on."""
    home = desk.home_id()
    lines: dict[str, Line] = {}
    away: set[str] = set()
    told = failed = kept_back = 0
    try:
        for due in due_now(desk, watch):
            if hands.stopped():
                break
            name = due.channel.to.name
            if name in away:
                continue
            try:
                if due.kept_back:
                    kept_back += _claimed(desk, watch, due) is not None
                    continue
                line = lines.setdefault(name, hands.lines(due.channel))
                line.ready()
                told += _sent(desk, watch, due, line, home)
            except NotDelivered as error:
                # For this round: a server that is away, or refuses one, is left in peace.
                away.add(name)
                failed += 1
                hands.tell(str(error))
    finally:
        for line in lines.values():
            line.close()
    return Round(told, failed, kept_back)


def _claimed(desk: Desk, watch: Watch, due: Due) -> Claim | None:
    """The claim, on the disk; None where another program has it."""
    reminder = due.reminder
    claim = Claim(
        reminder=due.key,
        channel=due.channel.to.name,
        reader=watch.whose,
        incident=reminder.incident,
        rule=reminder.rule,
        event=reminder.event,
        due=reminder.due or "",
        claimed=microseconds(desk.clock()),
    )
    with desk.ledger.store.writer() as writer:
        return claim if writer.claim(claim) else None


def _sent(desk: Desk, watch: Watch, due: Due, line: Line, home: str) -> bool:
    """Whether it was this program that told it."""
    claim = _claimed(desk, watch, due)
    if claim is None:
        return False
    line.send(Message(due.key, home, desk.clock(), due.reminder))
    with desk.ledger.store.writer() as writer:
        writer.note_told(claim._replace(told=microseconds(desk.clock())))
    return True


def undelivered(desk: Desk, reader: str) -> list[Claim]:
    """What was claimed for a reader and never noted as told, in the order claimed."""
    with desk.ledger.store.view() as view:
        return [one for one in view.claims(reader) if one.told is None]


def see_to(desk: Desk, reader: str, keys: Sequence[str], name: str) -> list[Claim]:
    """Note that a person saw to these, by key or its beginning. Raises ``DeskError``, and then
    nothing is noted."""
    with desk.ledger.store.writer() as writer:
        open_ = [one for one in writer.claims(reader) if one.told is None]
        found: list[Claim] = []
        for key in keys:
            its = [one for one in open_ if one.reminder.startswith(key)]
            if len({one.reminder for one in its}) != 1:
                raise DeskError(
                    f"{key!r} is {'several' if its else 'no'} reminder{'s' * bool(its)} that "
                    "nobody noted as told; `whoseword watch --undelivered` lists them"
                )
            found += its
        for one in found:
            writer.note_told(one._replace(told=microseconds(desk.clock()), seen_by=name))
    return found
