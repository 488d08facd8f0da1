"""Ids of statements: UUID version 7 (RFC 9562, section 5.7), in the order they were made.

Within a batch each id is the one before plus a random step (RFC 9562, 6.2, method 2), so ids sort
as their statements were given, and the gaps tell nobody how many others there are.
"""

from collections.abc import Callable

Entropy = Callable[[int], bytes]
"""That many random bytes, as ``secrets.token_bytes`` gives them."""

_RANDOM_BITS = 74
_STEP_BYTES = 4
_LOW_BITS = 62


def new_ids(count: int, now: int, entropy: Entropy) -> list[str]:
    """So many ids for the moment ``now``, in microseconds since 1970, in rising order."""
    if count == 0:
        return []
    # The top bit of the random part stays free, so that no batch runs out of steps.
    first = int.from_bytes(entropy(10)) >> (80 - _RANDOM_BITS + 1)
    number = (now // 1000) << _RANDOM_BITS | first
    ids = [_text(number)]
    if count > 1:
        steps = entropy(_STEP_BYTES * (count - 1))
        for at in range(0, len(steps), _STEP_BYTES):
            number += 1 + int.from_bytes(steps[at : at + _STEP_BYTES])
            ids.append(_text(number))
    return ids


def _text(number: int) -> str:
    high, low = number >> _LOW_BITS, number & (1 << _LOW_BITS) - 1
    moment, above = high >> 12, high & 0xFFF
    digits = f"{moment << 16 | 7 << 12 | above:016x}{2 << _LOW_BITS | low:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
