"""Reminders that were claimed, as a store is given them."""

from typing import Any

from whoseword.books.claimed import Claim

READER = "oversight@county for inquiry"


def claim(reminder: str = "1" * 64, channel: str = "mail", **parts: Any) -> Claim:
    """A claim on a reminder that a duty is overdue; ``parts`` replace what it holds."""
    whole = Claim(
        reminder=reminder,
        channel=channel,
        reader=READER,
        incident="harrow-lane",
        rule="DF-17",
        event="overdue",
        due="2031-03-07T21:12:00Z",
        claimed=7,
    )
    return whole._replace(**parts)
