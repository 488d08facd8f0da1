"""The shape of a fact: a kind, its key slots, its value slots, and when.

Key slots say which matter it is, value slots what sources can differ about: a ``One`` slot holds
a single true value, a ``Many`` slot several that may all hold (contract, section 2).
"""

import re
from typing import Annotated

import msgspec

from whoseword.words.times import Happened

Key = Annotated[str | None, msgspec.Meta(extra_json_schema={"x-slot": "key"})]
One = Annotated[
    str | bool | tuple[str, ...] | None, msgspec.Meta(extra_json_schema={"x-slot": "one"})
]
Many = Annotated[
    str | bool | tuple[str, ...] | None, msgspec.Meta(extra_json_schema={"x-slot": "many"})
]
SlotValue = str | bool | tuple[str, ...]


def _tag(qualified: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", qualified.rpartition(".")[2]).lower()


class Fact(
    msgspec.Struct,
    frozen=True,
    gc=False,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag=_tag,
):
    """What is said to be so. Slots left out are null; a null key slot is a matter of its own."""

    happened: str | Happened | None = None
