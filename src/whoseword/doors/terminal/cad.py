"""What an export of a dispatch system would say, in lines; and what became of it."""

from collections import Counter
from collections.abc import Iterator

from whoseword.doors.plain_words import counted, happened_line, said_line
from whoseword.doors.terminal.lines import clean
from whoseword.intake.cad import Row, Saying, Told
from whoseword.words import matter_of
from whoseword.words.kinds import values_of


def told_lines(call: str, told: Told) -> Iterator[str]:
    """What the rows of a call say, a statement a line, then what is noted of them."""
    yield f"{clean(call)}: {counted(len(told.sayings), 'statement')}"
    for one in told.sayings:
        yield f"  {clean(f'{one.file}:{one.line}')}  {saying_line(one)}"
    for row, first in told.repeated:
        yield f"  {_place(row)}  says what {_place(first)} says, and is said once"
    for row, written, why in told.as_said:
        stays = f"its time stays “{clean(written)}”: " if written else ""
        yield f"  {_place(row)}  {stays}{clean(why)}"


def saying_line(one: Saying) -> str:
    """One statement: when, who, how they stand to it, and what it is about."""
    made = one.statement
    when = said_line(made.said) if made.said else "no time"
    slots = "; ".join(f"{name}: {_value(value)}" for name, value in values_of(made.fact).items())
    happened = made.fact.happened
    at = f", {happened_line(happened)}" if happened is not None and happened != made.said else ""
    what = f"{matter_of(made.fact).label}{f' ({slots})' if slots else ''}{at}"
    return clean(f"{when}  {made.speaker.name} {made.stance.value}: {what}")


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _place(row: Row) -> str:
    return clean(f"{row.file}:{row.line}")


class Tally:
    """What was counted on the way, for the last lines."""

    def __init__(self) -> None:
        self.calls = self.statements = self.repeated = self.as_said = 0
        self.reasons: Counter[str] = Counter()

    def add(self, told: Told) -> None:
        """Count what a call's rows say."""
        self.calls += 1
        self.statements += len(told.sayings)
        self.repeated += len(told.repeated)
        self.as_said += len(told.as_said)
        self.reasons.update(why.partition(": ")[0] for _, _, why in told.as_said)

    def lines(self, rows: int, said: str) -> Iterator[str]:
        """How many rows, calls and statements; what stands twice; which times stay as said."""
        yield (
            f"{_counted(rows, 'row')}, {_counted(self.calls, 'call')}, "
            f"{_counted(self.statements, 'statement')}{said}."
        )
        if self.repeated:
            verbs = ("stands", "is") if self.repeated == 1 else ("stand", "are")
            yield f"{_counted(self.repeated, 'row')} {verbs[0]} twice, and {verbs[1]} said once."
        if self.as_said:
            yield f"{_counted(self.as_said, 'time')} not resolved, kept as written:"
            for why, count in self.reasons.most_common():
                yield f"  {count:,}: {clean(why)}"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
