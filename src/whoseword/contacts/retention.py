"""Until when history is shown.

Nothing is deleted (law 2); a statement of a prior contact stops appearing when its rule's whole
years are over (law 7: history expires). The years count from the day on which it happened, where
that day was said, else from the day on which it was recorded, in the home's zone.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from whoseword.account.positions import Take
from whoseword.words.times import edtf_span, moment_from

_TWO_DAYS = 2 * 86_400_000_000
_QUALIFIERS = "?~%"


def dated(take: Take, zone: tzinfo) -> datetime | None:
    """The moment from which a statement's history counts: its latest day, else its recording.

    None only for what was never recorded.
    """
    happened = take.happened
    if isinstance(happened, str) and edtf_span(happened, zone) is not None:
        span = edtf_span(happened.rpartition("/")[2].rstrip(_QUALIFIERS), zone)
        if span and span.earliest is not None and span.latest is not None:
            try:
                if span.latest - span.earliest < _TWO_DAYS:
                    return moment_from(span.latest).astimezone(zone)
            except OverflowError:  # EDTF reaches beyond the years that a datetime can hold
                pass
    recorded = take.statement.recorded
    return recorded.astimezone(zone) if recorded else None


def expiry(kind: str, counted_from: datetime, keeps: Mapping[str, int]) -> date | None:
    """The first day on which it is no longer shown; None where no rule ends it.

    What happened on 29 February expires on 28 February.
    """
    years = keeps.get(kind)
    if years is None:
        return None
    day = counted_from.date()
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
