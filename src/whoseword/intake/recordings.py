"""The recording that a transcript is of: which file, and how far its clock is to be believed.

A body camera, a dispatch recorder and a doorbell each run on a clock of their own. What somebody
states of a clock (how much it is off, and how surely) is kept with the transcript and goes with each
statement; when words were said is told only where the beginning of the recording is stated, and
then no more exactly than the clock is known.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

import msgspec

from whoseword.intake.drafts import Draft, Reading

CLOCK: Final = "x_clock"
"""The key of a statement that says which recording it is of, and what is known of its clock."""

_PIECE: Final = 1 << 20


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What was stated of a recording.

    `sha256` is of its bytes, `offset` what must be added to its clock to get the time, and
    `uncertainty` by how much that may be wrong, both in seconds; `started` is when it began by its
    own clock, with an offset from UTC. None is what nobody stated.
    """

    sha256: str | None = None
    name: str | None = None
    offset: float | None = None
    uncertainty: float | None = None
    started: datetime | None = None


def sha256_of(stream: BinaryIO) -> str:
    """The digest of a recording, which may be larger than any memory."""
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def with_recording(reading: Reading, recording: Recording) -> Reading:
    """The reading of a transcript whose drafts tell of their recording, and when it was said."""
    drafts = tuple(_told(reading.drafts, recording))
    return msgspec.structs.replace(reading, drafts=drafts)


def _told(drafts: Iterable[Draft], recording: Recording) -> Iterable[Draft]:
    told = {
        key: value for key, value in msgspec.to_builtins(recording).items() if value is not None
    }
    for draft in drafts:
        one = draft.statement
        seconds = one.source.seconds
        said = one.said if seconds is None else said_at(recording, seconds) or one.said
        extra: dict[str, Any] = one.extra | {CLOCK: told}
        yield msgspec.structs.replace(
            draft, statement=msgspec.structs.replace(one, said=said, extra=extra)
        )


def said_at(recording: Recording, seconds: tuple[float, float]) -> str | None:
    """When those seconds were, as EDTF: a second, or the interval that the clock leaves open.

    None where nobody stated when the recording began.
    """
    if recording.started is None:
        return None
    begins, ends = (
        recording.started + timedelta(seconds=one + (recording.offset or 0)) for one in seconds
    )
    if not recording.uncertainty:
        return _told_to_the_second(begins)
    around = timedelta(seconds=recording.uncertainty)
    return f"{_told_to_the_second(begins - around)}/{_told_to_the_second(ends + around)}"


def _told_to_the_second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
