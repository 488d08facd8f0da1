"""The rule set that a view was computed under, by its hash.

Another rule set is one of the few things that change an account of a past moment, so every view
names it (law 4).
"""

import json
from functools import cache
from hashlib import sha256

from whoseword.account.authority import AUTHORITY, AUTHORITY_OVER_THE_REST
from whoseword.words import FACTS, FIRST_HAND, IMPLIES, Standing
from whoseword.words.kinds import holds_many, key_slots, value_slots

_ACCOUNT_RULES = 1
"""Raised whenever the meaning of a standing changes."""


@cache
def rules_hash(access: str = "") -> str:
    """SHA-256, in hexadecimal, of everything that decides what an account says.

    ``access`` is the hash of the rules that decide to whom (``access.RuleSet``), where a reader is
    shown it.
    """
    rules = {
        "account": _ACCOUNT_RULES,
        "access": access,
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
