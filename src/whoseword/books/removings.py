"""What can be done with words that must not be read any more."""

from enum import Enum


class Removing(Enum):
    """What was done with a statement: destroyed, taken out of sight, or put back."""

    SEALED = "sealed"
    QUARANTINED = "quarantined"
    RETURNED = "returned"
