"""Blocks of additional data about a call (RFC 7852): which block it is, and what it tells.

Read only as far as a person at the scene would use it: who provides the service, what the device
is, who subscribes to it, a comment in words. The block itself is kept beside it.
"""

from typing import Final, NamedTuple

from whoseword.intake.eido.markup import Element, local_name, read_markup, text_of

_PREFIX: Final = "EmergencyCallData."
_TOLD: Final = {
    "Comment": ("Comment",),
    "ServiceInfo": ("ServiceEnvironment", "ServiceType", "ServiceMobility"),
    "ProviderInfo": ("DataProviderString", "TypeOfProvider", "ContactURI"),
    "DeviceInfo": ("DeviceClassification", "DeviceMfgr", "DeviceModelNr"),
    "SubscriberInfo": (),
}


class Block(NamedTuple):
    """A block: its name without the prefix (``Comment``), and a line of what it tells."""

    name: str
    told: str


def read_block(text: str, path: str) -> Block | None:
    """The block that stands as XML in a text; None where the text is no XML.

    Raises ``FeedFault`` at ``path`` where it is malformed XML, or such as is refused unread.
    """
    if not text.lstrip().startswith("<"):
        return None
    root = read_markup(text, path)
    name = local_name(root).removeprefix(_PREFIX)
    wanted = _TOLD.get(name, ())
    parts = [text_of(one) for child in wanted for one in root if local_name(one) == child]
    if name == "SubscriberInfo":
        parts = _names_in(root)
    return Block(name, "; ".join(part for part in parts if part))


def _names_in(root: Element) -> list[str]:
    """The full names of the vCards in a block (RFC 6351)."""
    return [
        text_of(text) for one in root.iter() if local_name(one) == "fn"
        for text in one if local_name(text) == "text"
    ]  # fmt: skip
