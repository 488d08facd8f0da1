"""The guards that stand today, of all that the steps of the structure raised."""

from whoseword.stores.postgres.guards import (
    LOWERED_FOR_REMOVALS,
    OF_BOOKS,
    OF_EXCHANGED,
    OF_REMINDERS,
    OF_REMOVALS,
)
from whoseword.stores.postgres.guards_listed import OF_LISTED

STANDING = tuple(
    guard
    for guard in (*OF_BOOKS, *OF_REMOVALS, *OF_EXCHANGED, *OF_REMINDERS, *OF_LISTED)
    if guard not in LOWERED_FOR_REMOVALS
)
