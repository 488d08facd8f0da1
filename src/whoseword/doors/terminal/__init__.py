"""The account, what changed in it, and what was read, for people at a terminal or a pipe."""

from whoseword.doors.terminal.accounts import print_account
from whoseword.doors.terminal.differences import print_difference
from whoseword.doors.terminal.drafts import print_drafts, print_more_drafts

__all__ = ["print_account", "print_difference", "print_drafts", "print_more_drafts"]
