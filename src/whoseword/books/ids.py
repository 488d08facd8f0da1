"""Ids of statements: UUID version 7 (RFC 9562, section 5.7), in the order they were made.

Within a batch each id is the one before plus a random step (RFC 9562, 6.2, method 2), so ids sort
as their statements were given, and the gaps tell nobody how many others there are.
"""

from collections.abc import Callable

Entropy = Callable[[int], bytes]
"""That many random bytes, as ``secrets.token_bytes`` gives them."""

_RANDOM_BITS = 74
_FIRST_BYTES = 10
_STEP_BYTES = 4
_LOW_BITS = 62
_LOW = (1 << _LOW_BITS) - 1
_VARIANT = 2 << _LOW_BITS


def new_ids(count: int, now: int, entropy: Entropy) -> list[str]:
    """So many ids for the moment ``now``, in microseconds since 1970, in rising order."""
    if count == 0:
        return []
    # The top bit of the random part stays free, so that no batch runs out of steps.
    first = int.from_bytes(entropy(_FIRST_BYTES)) >> (8 * _FIRST_BYTES - _RANDOM_BITS + 1)
    number = (now // 1000) << _RANDOM_BITS | first
    ids = [_text(number)]
    steps = entropy(_STEP_BYTES * (count - 1))
    for at in range(0, len(steps), _STEP_BYTES):
        number += 1 + int.from_bytes(steps[at : at + _STEP_BYTES])
        ids.append(_text(number))
    return ids


def _text(number: int) -> str:
    """The number with version and variant put in, in the form of RFC 9562, section 4."""
    above, low = number >> _LOW_BITS, number & _LOW
    high = above >> 12 << 16 | 0x7000 | above & 0xFFF
    digits = f"{high:016x}{low | _VARIANT:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
