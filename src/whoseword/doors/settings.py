"""Lists that a home keeps of itself among its settings, as JSON."""

from typing import TypeVar

import msgspec

from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import View, Writer

Kept = TypeVar("Kept", bound=msgspec.Struct)


def kept_in(view: View, name: str, kind: type[Kept]) -> list[Kept]:
    """What a home keeps under a name; nothing where it keeps none. Raises ``LedgerDamaged``."""
    try:
        return msgspec.json.decode(view.setting(name) or "[]", type=list[kind])  # type: ignore[valid-type]
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(
            f"the setting {name} of the home cannot be read ({error}); restore a backup"
        ) from error


def keep(writer: Writer, name: str, values: list[Kept]) -> None:
    """Keep these under a name, in the place of what stood there."""
    writer.set_setting(name, msgspec.json.encode(values).decode())
