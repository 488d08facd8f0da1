"""The rule set that a view was computed under, by its hash.

Another rule set is one of the few things that change an account of a past moment, so every view
names it (law 4).
"""

import json
from functools import cache
from hashlib import sha256

from whoseword.access import OPENS, OPENS_OF_OWN_AGENCY
from whoseword.account.authority import AUTHORITY, AUTHORITY_OVER_THE_REST
from whoseword.words import FACTS, FIRST_HAND, IMPLIES, Standing
from whoseword.words.kinds import holds_many, key_slots, value_slots

_ACCOUNT_RULES = 1
"""Raised whenever the meaning of a standing changes."""


@cache
def rules_hash() -> str:
    """SHA-256, in hexadecimal, of everything that decides what an account says and to whom."""
    rules = {
        "account": _ACCOUNT_RULES,
        "opens": {
            role: {
                purpose: sorted(kind.value for kind in classes) for purpose, classes in its.items()
            }
            for role, its in OPENS.items()
        },
        "opens_of_own_agency": {
            role: sorted(kind.value for kind in its) for role, its in OPENS_OF_OWN_AGENCY.items()
        },
        "authority": AUTHORITY,
        "authority_over_the_rest": AUTHORITY_OVER_THE_REST,
        "implies": IMPLIES,
        "first_hand": sorted(basis.value for basis in FIRST_HAND),
        "standings": [standing.value for standing in Standing],
        "kinds": {
            kind: {
                "keys": key_slots(kind),
                "values": {slot: holds_many(kind, slot) for slot in value_slots(kind)},
            }
            for kind in FACTS
        },
    }
    return sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()
