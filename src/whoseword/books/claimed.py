"""Which reminders were claimed for which channel, so that each is told at most once.

A claim is on the disk before anything is sent. One that nobody noted as told was sent and not
noted, refused, or never sent: which, no program can know afterwards, so a person sees to it.
"""

from typing import NamedTuple

UNKNOWN_UNTIL = "claims_unknown_until"
"""The setting that names the moment (RFC 3339) at which a home was put back without its claims.

What fell due by then may have been told, and is not told again.
"""


class Claim(NamedTuple):
    """That a reminder is told on a channel by whoever claimed it, and by nobody else.

    ``reminder`` is its key, ``reader`` for whom it was computed, with the purpose; ``due`` is empty
    where no moment is. ``claimed`` and ``told`` are in microseconds since 1970, ``told`` None while
    nobody noted it; ``seen_by`` names the person who saw to it, empty where the channel took it.
    """

    reminder: str
    channel: str
    reader: str
    incident: str
    rule: str
    event: str
    due: str
    claimed: int
    told: int | None = None
    seen_by: str = ""
