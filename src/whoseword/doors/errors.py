"""What a desk cannot do, as it is told to whoever asked."""

from whoseword.words import WhoseWordError


class DeskError(WhoseWordError):
    """What was asked of a home cannot be done."""
