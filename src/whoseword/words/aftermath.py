"""Kinds of fact about what follows: orders, inquiries, findings, clearances, releases.

The second half of the contract's table (section 2), in its order. Added to it are
``quarantined`` beside ``sealed``, what is out of sight for now beside what is gone for good;
``assigned``, ``broke_glass`` and ``read_reviewed``, on who may read; the rule under which
something was ``disclosed``, and whom to ask for what is ``withheld``.
"""

import msgspec

from whoseword.words.fact import Fact, Key, Many, One


class Conformed(Fact, frozen=True):
    """Conduct kept to a rule, training or policy."""

    who: Key = None
    to: One = None


class PlacedOnLeave(Fact, frozen=True):
    """Somebody was placed on leave."""

    who: Key = None
    leave: One = None


class Investigates(Fact, frozen=True):
    """An agency investigates."""

    agency: Key = None
    matter: Many = None


class Visited(Fact, frozen=True):
    """An agency's people went to a place."""

    agency: Key = None
    place: Many = None


class Met(Fact, frozen=True):
    """An agency met with somebody."""

    agency: Key = None
    whom: Key = None


class Notified(Fact, frozen=True):
    """An agency was told by another."""

    agency: Key = None
    by: Key = None


class Collected(Fact, frozen=True):
    """An item was taken into custody."""

    item: Key = None
    by: One = None
    custody: One = None


class Interviewed(Fact, frozen=True):
    """Somebody was interviewed."""

    who: Key = None
    by: Key = None
    compelled: One = None


class Found(Fact, frozen=True):
    """A body made a finding on a matter."""

    by: Key = None
    matter: Key = None
    finding: One = None


class Cleared(Fact, frozen=True):
    """Somebody was cleared for something."""

    who: Key = None
    for_: Key = msgspec.field(name="for", default=None)
    until: One = None
    having_seen: One = None


class Held(Fact, frozen=True):
    """Somebody was held back from something."""

    who: Key = None
    for_: Key = msgspec.field(name="for", default=None)


class Requested(Fact, frozen=True):
    """One asked another for something."""

    by: Key = None
    of: Key = None
    about: One = None


class Replied(Fact, frozen=True):
    """One answered another."""

    by: Key = None
    to: Key = None
    about: One = None


class Disclosed(Fact, frozen=True):
    """An item was disclosed to somebody."""

    item: Key = None
    to: Key = None
    by: One = None
    purpose: One = None
    until: One = None
    rule: One = None


class Published(Fact, frozen=True):
    """An item was published."""

    item: Key = None
    by: Key = None


class Withheld(Fact, frozen=True):
    """An item was withheld, on some ground."""

    item: Key = None
    by: Key = None
    reason: One = None
    authority: One = None
    review: One = None
    ask: One = None


class Waived(Fact, frozen=True):
    """A rule was waived for somebody."""

    rule: Key = None
    for_: Key = msgspec.field(name="for", default=None)
    by: One = None
    reason: One = None


class Sealed(Fact, frozen=True):
    """An item was sealed under an order."""

    item: Key = None
    by: One = None
    authority: One = None


class Quarantined(Fact, frozen=True):
    """A misfiled item was taken out of sight until somebody decides."""

    item: Key = None
    by: Many = None
    reason: One = None


class Assigned(Fact, frozen=True):
    """A reader was assigned to the incident."""

    reader: Key = None
    by: One = None
    until: One = None


class BrokeGlass(Fact, frozen=True):
    """A reader who is not assigned opened the incident, for a reason that they typed."""

    reader: Key = None
    reason: One = None
    until: One = None


class ReadReviewed(Fact, frozen=True):
    """Somebody reviewed a reading that had to be reviewed."""

    item: Key = None
    by: One = None
    finding: One = None


class Imported(Fact, frozen=True):
    """A batch of rows was imported."""

    batch: Key = None
    root: One = None
    rows: One = None


class Other(Fact, frozen=True):
    """What fits no other kind, in its own words."""

    text: Key = None
