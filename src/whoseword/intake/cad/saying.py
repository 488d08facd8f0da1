"""What a row, and what the rows of a call together, say: statements of the contract's kinds.

A note is its author's words and nothing more: what it tells of a knife is for the reader of documents
and for whoever signs, and no program takes it as told (law 6). A coded answer is one that the agency
itself has written into a column, and says what its map says that the code means.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

import msgspec

from whoseword.intake.cad.identities import message_of, statement_id
from whoseword.intake.cad.maps import Answers, CadMap
from whoseword.intake.cad.rows import Row
from whoseword.intake.cad.statuses import fact_of
from whoseword.intake.cad.timed import Timed
from whoseword.intake.cad.times import Reading, RowTime
from whoseword.intake.recordings import CLOCK
from whoseword.words import ANYONE, Basis, Source, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Other
from whoseword.words.fact import Fact
from whoseword.words.kinds import AnyFact, make_fact
from whoseword.words.scene import Called, Classified, Dispatched, Located, Named, Related
from whoseword.words.times import edtf_span

WRITTEN: Final = "x_written"
"""The key of a statement under which the cells that it rests on stand as they are written."""

_LONGEST_TOLD: Final = 120_000
"""Characters; words that would be longer with their abbreviations explained stay as they are."""
Made = tuple[Statement, Row]


class Speaking(NamedTuple):
    """In which book, of which incident and under which number the rows of a call speak."""

    cad: CadMap
    book: str
    incident: str
    number: str

    @property
    def record(self) -> Speaker:
        """The record itself: the agency's own word, so that it and its dispatchers are one voice."""
        return Speaker(name=self.cad.record, kind=self.cad.kind, party=self.cad.agency)

    @property
    def map(self) -> Speaker:
        """The map, where it tells what no row does: the agency's word too, and no second voice."""
        name = f"map of {self.cad.feed}"
        return Speaker(name=name, kind=SpeakerKind.AGENCY, party=self.cad.agency)

    def author(self, one: Timed) -> Speaker:
        """Whom a row names as its author; the record where it names nobody."""
        columns = self.cad.columns
        word = one.cell(columns.author)
        if not word:
            return self.record
        known = self.cad.authors.get(word)
        if known is not None:
            official = known.kind is SpeakerKind.OFFICIAL
            party = known.party or (self.cad.agency if official else None)
            return Speaker(name=known.name, kind=known.kind, party=party)
        if word in self.cad.units or word == one.cell(columns.unit):
            unit = self.cad.units.get(word)
            return Speaker(word, SpeakerKind.RESPONDER, unit.party if unit else None)
        return Speaker(name=word, kind=SpeakerKind.OFFICIAL, party=self.cad.agency)


class _Of(NamedTuple):
    """What a statement is of: who says it, when, by which row, and in which of its columns."""

    speaker: Speaker
    one: Timed
    time: RowTime
    columns: tuple[str | None, ...]


def of_a_row(rows: Iterable[Timed], speaking: Speaking, reading: Reading) -> Iterator[Made]:
    """What each row says of its own."""
    for one in rows:
        author = speaking.author(one)
        yield from _of_a_status(one, author, speaking)
        yield from _of_times(one, author, speaking, reading)
        yield from _of_a_note(one, author, speaking)
        yield from _of_answers(one, author, speaking)


def of_a_call(rows: Sequence[Timed], speaking: Speaking, reading: Reading) -> Iterator[Made]:
    """What the rows of a call repeat, once: who called, where, of which type, who rides where."""
    columns, number = speaking.cad.columns, speaking.number
    whom = f"caller of {number}"

    def called(value: tuple[str, ...], one: Timed) -> tuple[Fact, RowTime]:
        received = one.at(value[0], speaking.cad, reading) if value[0] else None
        fact = Called(
            call=number,
            caller=whom if value[1] else None,
            to=speaking.cad.agency,
            happened=received.happened if received else None,
        )
        # Received before it was written down: the record had it by its row, and no sooner.
        return fact, one.entered

    def named(value: tuple[str, ...], one: Timed) -> tuple[Fact, RowTime]:
        return Named(who=whom, name=value[0]), one.entered

    def located(value: tuple[str, ...], one: Timed) -> tuple[Fact, RowTime]:
        return Located(what=number, place=value[0]), one.entered

    def classified(value: tuple[str, ...], one: Timed) -> tuple[Fact, RowTime]:
        kind = speaking.cad.types.get(value[0], value[0])
        return Classified(call=number, type=kind or None, priority=value[1] or None), one.entered

    for of, make in (
        ((columns.received, columns.caller), called),
        ((columns.caller,), named),
        ((columns.address,), located),
        ((columns.type, columns.priority), classified),
    ):
        for turn in _turns(rows, of):
            fact, time = make(turn.value, turn.first)
            yield _of_a_turn(turn, fact, _Of(speaking.record, turn.first, time, of), speaking)
    for kind, answers in speaking.cad.answers.items():
        if answers.repeated:
            yield from _repeated(rows, kind, answers, speaking)
    yield from _rosters(rows, speaking, reading)


def _of_a_turn(turn: "_Turn", fact: Fact, of: "_Of", speaking: Speaking) -> Made:
    """What the record had with a value, in the place of what it had before."""
    columns = tuple(map(str, of.columns))
    made = _stated(((speaking.number, *columns, *turn.value), fact), of, speaking)
    before = turn.replaces and (speaking.number, *columns, *turn.replaces)
    replaces = statement_id(speaking.cad.feed, *before) if before else None
    return msgspec.structs.replace(made, replaces=replaces), turn.first.row


def _repeated(
    rows: Sequence[Timed], kind: str, answers: Answers, speaking: Speaking
) -> Iterator[Made]:
    """A coded answer that stands on every row of its call: the record's, once."""
    of = (answers.column,)
    for turn in _turns(rows, of):
        stance = answers.stance_of(turn.value[0])
        if stance is not None:
            before = answers.stance_of(turn.replaces[0]) if turn.replaces else None
            if before is None or (before is Stance.AFFIRMS and stance is not before):
                # A later "no" stands beside the weapon that was told, and takes none away (law 6).
                turn = turn._replace(replaces=None)
            told = _Of(speaking.record, turn.first, turn.first.entered, of)
            made, row = _of_a_turn(turn, _answered(kind, stance), told, speaking)
            yield msgspec.structs.replace(made, stance=stance), row


class _Turn(NamedTuple):
    """A value that some rows of a call have, the first of them, and the value that it replaced."""

    value: tuple[str, ...]
    first: Timed
    replaces: tuple[str, ...] | None


def _turns(rows: Sequence[Timed], columns: tuple[str | None, ...]) -> Iterator[_Turn]:
    """The values of some columns in the order in which the record had them.

    One replaces another where every row that has the other is earlier, whatever is unsure of their
    clocks, and where all of them tell when they were; else nobody knows which of the two the record
    holds, and both stand.
    """
    by_value: dict[tuple[str, ...], list[Timed]] = {}
    for one in rows:
        value = tuple(one.cell(column) for column in columns)
        if any(value):
            by_value.setdefault(value, []).append(one)
    before: tuple[str, ...] | None = None
    for value, its in by_value.items():
        earlier = before is not None and _is_before(by_value[before], its)
        yield _Turn(value, its[0], before if earlier else None)
        before = value


def _is_before(ones: Sequence[Timed], others: Sequence[Timed]) -> bool:
    last = [span_of(one.entered.told) for one in ones]
    first = [span_of(one.entered.told) for one in others]
    if None in last or None in first or None in {one.entered.moment for one in (*ones, *others)}:
        return False
    return max(span[1] for span in last if span) < min(span[0] for span in first if span)


def span_of(told: str | None) -> tuple[int, int] | None:
    """The first and the last microsecond that a time as told can mean; None where it has no ends."""
    span = edtf_span(told, UTC) if told else None
    if span is None or span.earliest is None or span.latest is None:
        return None
    return span.earliest, span.latest


def _rosters(rows: Iterable[Timed], speaking: Speaking, reading: Reading) -> Iterator[Made]:
    """Who rides in each unit that was sent: the map's word, once each, and no dispatcher's.

    A map does not tell when that was said. It is entered as learnt when the unit was sent, or a
    replay would show nobody whom to hold.
    """
    cad = speaking.cad
    first: dict[str, tuple[Timed, RowTime]] = {}
    for one in rows:
        unit = one.cell(cad.columns.unit)
        if "Dispatched" in cad.codes_of(one.cell(cad.columns.status)):
            first.setdefault(unit, (one, one.entered))
        elif sent := one.cell(cad.times.get("Dispatched")):
            first.setdefault(unit, (one, one.at(sent, cad, reading)))
    for unit, (one, time) in first.items():
        its = cad.units.get(unit)
        members = its.members if its else {}
        of = _Of(speaking.map, one, time, (cad.columns.unit,))
        if members:
            sent_with = _when(Dispatched(unit=unit, members=tuple(members)), time)
            name: tuple[str, ...] = (speaking.number, "members", unit, *members)
            yield _of_the_map((name, sent_with), of, speaking), one.row
        for member, relation in members.items():
            fact = Related(who=member, whom=unit, relation=relation)
            name = (speaking.number, "related", unit, member, relation)
            yield _of_the_map((name, fact), of, speaking), one.row


def _of_the_map(named: tuple[tuple[str, ...], Fact], of: _Of, speaking: Speaking) -> Statement:
    """What the map tells of a unit that a row names; when it was said nobody states."""
    made = _stated(named, of, speaking)
    unit = of.one.cell(speaking.cad.columns.unit)
    source = Source(feed=speaking.cad.feed, message=f"{of.one.number}/map units.{unit}")
    return msgspec.structs.replace(made, said=None, basis=Basis.UNSTATED, source=source)


def _of_a_status(one: Timed, author: Speaker, speaking: Speaking) -> Iterator[Made]:
    columns = speaking.cad.columns
    status, unit = one.cell(columns.status), one.cell(columns.unit)
    if status:
        codes = speaking.cad.codes_of(status)
        told = f"{status} [{', '.join(codes)}]" if codes and codes != (status,) else status
        fact = _of_a_unit(codes, unit, told)
        of = _Of(author, one, one.time, (columns.unit, columns.status))
        yield _stated(((one.key, "status"), _when(fact, one.time)), of, speaking), one.row


def _of_times(one: Timed, author: Speaker, speaking: Speaking, reading: Reading) -> Iterator[Made]:
    """What a row tells that has a column for each status of its unit."""
    cad = speaking.cad
    for code, column in cad.times.items():
        written, unit = one.cell(column), one.cell(cad.columns.unit)
        if written:
            time = one.at(written, cad, reading)
            fact = _when(_of_a_unit((code,), unit, f"{column} [{code}]"), time)
            of = _Of(author, one._replace(entered=time), time, (cad.columns.unit, column))
            yield _stated(((one.key, "time", code), fact), of, speaking), one.row


def _of_a_unit(codes: tuple[str, ...], unit: str, told: str) -> Fact:
    if not unit:
        return Other(text=told)
    return fact_of(codes, unit, f"{unit}: {told}")


def _of_a_note(one: Timed, author: Speaker, speaking: Speaking) -> Iterator[Made]:
    column = speaking.cad.columns.note
    note = one.cell(column)
    if note:
        words = " ".join(expanded(note, speaking.cad.abbreviations).split())
        of = _Of(author, one, one.entered, (column,))
        yield _stated(((one.key, "note"), Other(text=words)), of, speaking), one.row


def _of_answers(one: Timed, author: Speaker, speaking: Speaking) -> Iterator[Made]:
    """What coded answers say. Not asked is no statement."""
    for kind, answers in speaking.cad.answers.items():
        stance = answers.stance_of(one.cell(answers.column))
        if stance is not None and not answers.repeated:
            of = _Of(author, one, one.entered, (answers.column,))
            made = _stated(((one.key, "answer", kind), _answered(kind, stance)), of, speaking)
            yield msgspec.structs.replace(made, stance=stance), one.row


def _answered(kind: str, stance: Stance) -> Fact:
    """What an answer is about: "no" is told of anyone."""
    return make_fact(kind, {"who": ANYONE if stance is Stance.DENIES else None})


def _when(fact: Fact, time: RowTime) -> Fact:
    return msgspec.structs.replace(fact, happened=time.happened)


def _stated(named: tuple[tuple[str, ...], Fact], of: _Of, speaking: Speaking) -> Statement:
    """A statement; ``named`` is what its id is made of, and the fact."""
    name, fact = named
    cad, one = speaking.cad, of.one
    is_record = of.speaker == speaking.record
    entered = of.time if of.time is not one.time else one.entered
    typed = entered.written if entered is not of.time else None
    return Statement(
        id=statement_id(cad.feed, *name),
        incident=speaking.incident,
        book=speaking.book,
        speaker=of.speaker,
        said=entered.said,
        recorded=entered.moment,
        stance=Stance.AFFIRMS,
        basis=Basis.RECORD if is_record else Basis.UNSTATED,
        fact=cast(AnyFact, fact),
        source=Source(feed=cad.feed, message=message_of(one.row, one.number, one.key, cad)),
        reviewed=False,
        extra={CLOCK: of.time.kept(one.name, typed), WRITTEN: _written(one, of.columns)},
    )


def _written(one: Timed, columns: Iterable[str | None]) -> dict[str, Any]:
    return {
        column: one.row.cells[column]
        for column in columns
        if column is not None and column in one.row.cells
    }


def expanded(words: str, table: Mapping[str, str]) -> str:
    """Words with each abbreviation of the table told after it, in brackets; nothing is taken away."""
    if not table:
        return words
    told = _pattern(tuple(table)).sub(lambda found: f"{found[0]} [{table[found[0]]}]", words)
    return told if len(told) <= _LONGEST_TOLD else words


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, longest_first)))


def _whole(word: str) -> str:
    """A word as it stands on its own; "W/" may be followed by what it goes with."""
    before = r"(?<!\w)" if word[:1].isalnum() else ""
    after = r"(?!\w)" if word[-1:].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
