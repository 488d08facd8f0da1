"""From a component to a statement and back: what marks a statement as one part of a component.

A component tells several things, and each is a statement of its own, so that each can be disputed,
corrected and sealed alone. A statement of a feed therefore bears a mark, ``x_eido``: of which
component it is which part, who changed that component last, and the fields that no slot of the fact
holds. Each field stands in one part only, so that a seal destroys it wherever it stood (law 9).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.books.ids import new_ids
from whoseword.intake.eido.shapes import Eido
from whoseword.words import (
    Basis,
    Fact,
    Hedge,
    Relay,
    Source,
    Speaker,
    Stance,
    Statement,
)
from whoseword.words.kinds import AnyFact, kind_of
from whoseword.words.times import edtf_span

MARK: Final = "x_eido"
"""The key of a statement that bears the mark."""

_FORM: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?P<fraction>\.\d+)?(?P<offset>Z|[+-]\d\d:\d\d)?"
)
_LAST: Final = 253_370_764_800_000
"""Milliseconds from 1970 to the year 9999; an id may name any moment up to 10889."""
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_UID: Final = "urn:emergency:uid"
_KINDS: Final = frozenset(
    {name for name in Eido.__struct_encode_fields__ if name.endswith("Component")}
    | {"dispositionComponent"}
)
"""The fields in which the components stand that are read here."""
_encoder: Final = msgspec.json.Encoder(order="deterministic")


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of which component a statement is which part.

    ``kind`` is the field in which the component stands (``personComponent``), ``id`` its ``$id``;
    ``agency`` and ``agent`` changed it last; ``rest`` are the fields that this part
    carries beside its fact. A ``derived`` part follows from others and carries no field.
    """

    kind: str
    id: str
    part: str
    agency: str
    agent: str | None = None
    rest: dict[str, Any] = {}
    derived: bool = False


class Part(NamedTuple):
    """What one part of a component says, by whom, before it is a statement of a book."""

    mark: Mark
    fact: Fact
    speaker: Speaker
    said: str
    basis: Basis = Basis.UNSTATED
    via: tuple[Relay, ...] = ()
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge = Hedge.PLAIN

    @property
    def says(self) -> tuple[Any, ...]:
        """What it says, whoever says it: a component that another agent touched says the same."""
        mark = self.mark
        return (mark.kind, mark.id, mark.part, self.fact, self.stance, self.hedge, mark.rest)


class Destination(NamedTuple):
    """Where the parts of an object go: incident, book, feed, and the id of the message."""

    incident: str
    book: str
    feed: str
    message: str


def mark_of(statement: Statement) -> Mark | None:
    """The mark of a statement that came by a feed; None for any other.

    Whoever says or discloses a statement may write anything under the key. What is of no component
    that is written here is no mark, and the statement is its speaker's word like any other.
    """
    value = statement.extra.get(MARK)
    if value is None:
        return None
    try:
        mark = msgspec.convert(value, Mark)
    except msgspec.ValidationError:
        return None
    return mark if _is_of_a_component(mark) else None


def _is_of_a_component(mark: Mark) -> bool:
    if mark.part == "newer":
        return mark.kind.endswith("Component") and mark.kind not in _KINDS and "it" in mark.rest
    return mark.part == "object" if mark.kind == "$" else mark.kind in _KINDS


def says_of(statement: Statement, mark: Mark) -> tuple[Any, ...]:
    """What a marked statement says, to compare with ``Part.says``."""
    return (mark.kind, mark.id, mark.part, statement.fact, statement.stance, statement.hedge,
            mark.rest)  # fmt: skip


def statement_of(part: Part, to: Destination, replaces: str | None = None) -> Statement:
    """The statement of a part; its id is made of what it says, so that twice said is once kept."""
    fact: AnyFact = part.fact  # type: ignore[assignment]  # every fact is of one of the kinds
    return Statement(
        id=id_of(part, to),
        incident=to.incident,
        book=to.book,
        speaker=part.speaker,
        via=part.via,
        said=part.said,
        stance=part.stance,
        hedge=part.hedge,
        basis=part.basis,
        fact=fact,
        source=Source(feed=to.feed, message=to.message),
        replaces=replaces,
        reviewed=False,
        extra={MARK: msgspec.to_builtins(part.mark)},
    )


def id_of(part: Part, to: Destination) -> str:
    """The id of a part's statement: a UUIDv7 of when it was said and of what it says.

    The same part makes the same id on every machine, so the ledger itself refuses to keep it twice.
    """
    mark = part.mark
    fields = [to.book, to.incident, mark.kind, mark.id, mark.part, part.said, kind_of(part.fact)]
    said = [part.fact, part.stance.value, part.hedge.value, mark.rest]
    digest = sha256(_encoder.encode([fields, said])).digest()
    return new_ids(1, moment_in(part.said), lambda size: digest[:size])[0]


def earlier_ids(part: Part, to: Destination, ids: Iterable[str]) -> Iterator[str]:
    """The ids that a part's statement would have, had it been said when those of these ids were.

    What was sealed left its id alone, and in it the moment (RFC 9562). A sender writes its times in
    one form, so the words of a moment are found by those of this part's.
    """
    now = _FORM.fullmatch(part.said)
    if now is None:
        return
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{now['offset'] or '+00:00'}").tzinfo
    for id_ in ids:
        milliseconds = int(id_.replace("-", "")[:12], 16)
        if milliseconds >= _LAST:
            continue
        then = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone)
        places = len(now["fraction"] or "")
        fraction = f".{f'{milliseconds % 1000:03d}':0<{places - 1}.{places - 1}}" if places else ""
        said = f"{then:%Y-%m-%dT%H:%M:%S}{fraction}{now['offset'] or ''}"
        yield id_of(part._replace(said=said), to)


def moment_in(said: str | None) -> int:
    """The first microsecond since 1970 of a time as said; 0 where none can be told."""
    span = edtf_span(said, UTC) if said else None
    return max(0, span.earliest) if span and span.earliest is not None else 0


def label(what: str, id_: str) -> str:
    """A name for what has an id alone: ``person-3fa9c1d2``, the same in every object."""
    return f"{what}-{sha256(id_.encode()).hexdigest()[:8]}"


def component_id(kind: str, seed: str, domain: str) -> str:
    """An id for a component of our own (STA-021.1b, 2.1: ``urn:emergency:uid:…``).

    Its unique part is 24 letters and digits with ten different ones among them: the suite that
    agencies are tested with counts different ones.
    """
    turn = 0
    while True:
        unique = sha256(f"{kind}\n{seed}\n{turn}".encode()).hexdigest()[:24]
        if len(set(unique)) >= 10:
            return f"{_UID}:{kind}:{unique}:{domain}"
        turn += 1


def moment_as_sent(moment: datetime) -> str:
    """A moment as an object writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Known:
    """What a home holds of an incident's components, to tell what a later object adds.

    ``statements`` are those of the book that it goes to, ``elsewhere`` those of the home's other
    books; ``gone`` are ids whose words were sealed or are in quarantine, in whatever book: they do
    not come back.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        gone: Iterable[str] = (),
        elsewhere: Iterable[Statement] = (),
    ) -> None:
        self._parts: dict[tuple[str, str], list[tuple[int, Statement, Mark]]] = {}
        self._gone = frozenset(gone)
        self._ids: set[str] = set()
        self._own = {str(one.id): one for one in elsewhere if MARK not in one.extra}
        self._replaced: set[str] = set()
        for one in statements:
            self.add(one)

    def add(self, statement: Statement) -> None:
        """Know a statement from now on."""
        self._ids.add(str(statement.id))
        if statement.replaces is not None:
            self._replaced.add(statement.replaces)
        mark = mark_of(statement)
        if mark is None:
            self._own[str(statement.id)] = statement
        else:
            its = self._parts.setdefault((mark.id, mark.part), [])
            its.append((moment_in(statement.said), statement, mark))
            its.sort(key=lambda one: (one[0], str(one[1].id)))

    def holds(self, id_: str) -> bool:
        """Whether the book holds a statement of that id, or the home held one that is out of sight."""
        return id_ in self._ids or id_ in self._gone

    def was_gone(self, part: Part, to: Destination) -> bool:
        """Whether a part says what it said in a statement that was sealed or is in quarantine.

        A component that is touched later is sent whole again, with the sealed words (law 9).
        """
        ids = [one for one in self._gone if _UUID.fullmatch(one)]
        return any(id_ in self._gone for id_ in earlier_ids(part, to, ids))

    def is_gone(self, id_: str) -> bool:
        """Whether a statement of that id was sealed or is in quarantine."""
        return id_ in self._gone

    def own(self, id_: str) -> Statement | None:
        """The home's own statement of that id, if it came by no feed."""
        return self._own.get(id_)

    def before(self, part: Part) -> tuple[Statement, Mark] | None:
        """What the same part last said, up to the time of this one."""
        at = moment_in(part.said)
        its = [one for one in self._parts.get((part.mark.id, part.mark.part), ()) if one[0] <= at]
        return its[-1][1:] if its else None

    def is_latest(self, statement: Statement, mark: Mark) -> bool:
        """Whether nothing said later of the same part is known, and nothing replaced it."""
        its = self._parts[(mark.id, mark.part)]
        return its[-1][1] is statement and str(statement.id) not in self._replaced
