"""Places inside an object: PIDF-LO read into the words of a place, and written from them.

A civic address (RFC 5139, RFC 6848) becomes one line as people write it; a point or a circle
(RFC 5491) becomes a ``geo:`` URI (RFC 5870), a circle with its radius as the uncertainty in metres.
The document itself is kept beside the line with the address taken out, so that it can be sent on
whole, and a confidential address is covered in one place (``contacts.confidential``). Other shapes
stay in the kept document and are told by their name.
"""

import re
from typing import Final, NamedTuple

from whoseword.intake.eido.faults import FeedFault
from whoseword.intake.eido.markup import (
    Element,
    local_name,
    read_markup,
    text_of,
    written,
)

_GML: Final = "http://www.opengis.net/gml"
_GS: Final = "http://www.opengis.net/pidflo/1.0"
_PIDF: Final = "urn:ietf:params:xml:ns:pidf"
_GEOPRIV: Final = f"{_PIDF}:geopriv10"
_CIVIC: Final = f"{_GEOPRIV}:civicAddr"
_METRES: Final = "urn:ogc:def:uom:EPSG::9001"
_EARTH: Final = ("urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG::4979")
_SHAPES: Final = frozenset({"Polygon", "Ellipse", "ArcBand", "Sphere", "Ellipsoid", "Prism"})
_NUMBER: Final = re.compile(r"[-+]?\d{1,6}(?:\.\d{1,12})?")
_GEO: Final = re.compile(
    r"geo:(?P<lat>-?\d{1,2}(?:\.\d+)?),(?P<lon>-?\d{1,3}(?:\.\d+)?)(?:,(?P<alt>-?\d+(?:\.\d+)?))?"
    r"(?:;u=(?P<off>\d+(?:\.\d+)?))?"
)

_STREET: Final = ("HNP", "HNO", "HNS", "PRM", "PRD", "STP", "RD", "STS", "POD", "POM")
_ROADS: Final = ("RDSEC", "RDBR", "RDSUBBR")
_WITHIN: Final = {"BLD": "Building", "UNIT": "Unit", "FLR": "Floor", "ROOM": "Room", "SEAT": "Seat"}
_TOWN: Final = ("A3", "A1", "PC")
_AROUND: Final = ("A6", "A5", "A4")
_SAID: Final = ("LOC", "NAM", "LMK")
_WORDED: Final = re.compile(r"#|[A-Za-z]{3,}\b")
_INSIDE: Final = 2
_RANKS: Final = {
    name: (group, at)
    for group, names in enumerate(
        # The town stands first after the door, as people write it: what is read as the town decides
        # whether two doors are one, and neither a county nor a landmark may stand there.
        (_STREET, _ROADS, tuple(_WITHIN), _TOWN, ("A2",), _AROUND, _SAID)
    )
    for at, name in enumerate(names)
}
_ADDRESS: Final = frozenset(_RANKS)
"""What is written into the line, and taken out of the kept document. The country, the type of
place and the like stay there: they lead to no door."""

MACHINES: Final = frozenset(
    {
        "gps", "a-gps", "cell", "dhcp", "triangulation", "802.11", "wiremap", "device-based",
        "device-based_a-gps", "device-based_hybrid", "device-assisted_a-gps", "lldp-med", "rfid",
        "otdoa", "tdoa", "aoa", "e-cid", "geofence", "dbh_hel-o",
    }
)  # fmt: skip
"""Methods by which a machine finds a place (IANA, PIDF-LO method tokens), in lower case."""


class Placed(NamedTuple):
    """A place as read: its line, the method that found it, and what it takes to write it again.

    ``spans`` tell for each civic element in the document's order its name and its half-open span
    in ``text``; they hold no word of the address.
    """

    text: str
    method: str | None
    kept: str
    spans: tuple[tuple[str, int, int], ...]

    @property
    def found_by_machine(self) -> bool:
        """Whether a device or a network told the place, and no person."""
        return (self.method or "").casefold() in MACHINES


def read_place(text: str, path: str) -> Placed:
    """The place that a PIDF-LO tells. Raises ``FeedFault`` at ``path``."""
    root = read_markup(text, path)
    infos = [one for one in root.iter() if local_name(one) == "location-info"]
    shapes = [child for info in infos for child in info if local_name(child)]
    if not shapes:
        raise FeedFault(path, "is no PIDF-LO: it has no location-info with a place", "send one")
    method = next((text_of(one) for one in root.iter() if local_name(one) == "method"), None)
    civic = next((one for one in shapes if local_name(one) == "civicAddress"), None)
    if civic is not None:
        line, spans = _civic_line(civic)
        if line:
            for leaf in _leaves(civic):
                leaf.text = None
            return Placed(line, method, written(root), spans)
    told = [_geodetic(one, path) for one in shapes if one is not civic]
    line = next((one for one in told if one), "")
    if not line:
        raise FeedFault(
            path, "tells no place that is read here", "send a civic address, a point or a circle"
        )
    return Placed(line, method, written(root), ())


def _leaves(civic: Element) -> list[Element]:
    return [one for one in civic if local_name(one) in _ADDRESS and text_of(one)]


def _civic_line(civic: Element) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The address on one line, and where each element's words stand in it."""
    leaves = [(local_name(one), text_of(one)) for one in _leaves(civic)]
    has_street = any(name in (*_STREET, *_ROADS) for name, _ in leaves)

    def rank(at: int) -> tuple[bool, int, int]:
        # Without a street the name of the place is what leads there, and stands first.
        name = leaves[at][0]
        return has_street or name not in _SAID, *_RANKS[name]

    order = sorted(range(len(leaves)), key=rank)
    line, before = "", None
    found: dict[int, tuple[str, int, int]] = {}
    for at in order:
        name, words = leaves[at]
        group = _RANKS[name][0]
        if line:
            # What is within a building stands beside its number, everything else apart.
            line += " " if group in (before, _INSIDE) else ", "
        if name in _WITHIN and not _WORDED.match(words):
            line += f"{_WITHIN[name]} "
        found[at] = (name, len(line), len(line) + len(words))
        line += words
        before = group
    return line, tuple(found[at] for at in range(len(leaves)))


def _geodetic(shape: Element, path: str) -> str:
    name = local_name(shape)
    if name in _SHAPES:
        return f"{name} (PIDF-LO)"
    if name not in ("Point", "Circle"):
        return ""
    crs = shape.get("srsName")
    if crs not in (None, *_EARTH):
        raise FeedFault(path, f"is in {crs!r}, which is not read", "send it in WGS 84 (EPSG 4326)")
    at = next((one for one in shape.iter() if local_name(one) == "pos"), None)
    numbers = text_of(at).split() if at is not None else []
    if len(numbers) not in (2, 3) or not all(map(_NUMBER.fullmatch, numbers)):
        raise FeedFault(path, f"has a {name} without latitude and longitude", "send both")
    if not (-90 <= float(numbers[0]) <= 90 and -180 <= float(numbers[1]) <= 180):
        raise FeedFault(
            path, f"has the position {' '.join(numbers)}, which is not on the earth",
            "send latitude, then longitude, in degrees",
        )  # fmt: skip
    line = f"geo:{','.join(one.lstrip('+') for one in numbers)}"
    if name == "Point":
        return line
    radius = next((one for one in shape.iter() if local_name(one) == "radius"), None)
    size = text_of(radius) if radius is not None else ""
    if not _NUMBER.fullmatch(size) or float(size) < 0:
        raise FeedFault(path, "has a circle without a radius", "send its radius in metres")
    if radius is not None and radius.get("uom") not in (None, _METRES):
        raise FeedFault(path, f"has a radius in {radius.get('uom')!r}", "send it in metres")
    return f"{line};u={size}"


def write_place(
    text: str, kept: str | None = None, spans: tuple[tuple[str, int, int], ...] = ()
) -> str:
    """A PIDF-LO of the place that a line tells.

    With the kept document it is that document again. Where the line is not the one that the spans
    were made of (its address is covered), or there is none, it is a point, a circle, or a civic
    address whose additional location (LOC, RFC 4776) is the line: no program guesses at streets.
    """
    if kept is not None and not spans:
        return kept
    if kept is not None and max(end for _, _, end in spans) == len(text):
        root = read_markup(kept, "$")
        civic = next(one for one in root.iter() if local_name(one) == "civicAddress")
        empty = [one for one in civic if local_name(one) in _ADDRESS and not text_of(one)]
        if [local_name(one) for one in empty] == [name for name, _, _ in spans]:
            for leaf, (_, start, end) in zip(empty, spans, strict=True):
                leaf.text = text[start:end]
            return written(root)
    return _fresh(text)


def _fresh(text: str) -> str:
    matched = _GEO.fullmatch(text)
    if matched is None:
        inner = f'<civicAddress xmlns="{_CIVIC}"><LOC>{_escaped(text)}</LOC></civicAddress>'
    else:
        numbers = [one for one in (matched["lat"], matched["lon"], matched["alt"]) if one]
        crs, at = _EARTH[len(numbers) - 2], f"<gml:pos>{' '.join(numbers)}</gml:pos>"
        if matched["off"] is None:
            inner = f'<gml:Point xmlns:gml="{_GML}" srsName="{crs}">{at}</gml:Point>'
        else:
            size = f'<gs:radius uom="{_METRES}">{matched["off"]}</gs:radius>'
            inner = (
                f'<gs:Circle xmlns:gs="{_GS}" xmlns:gml="{_GML}" srsName="{crs}">'
                f"{at}{size}</gs:Circle>"
            )
    return (
        f'<presence xmlns="{_PIDF}" entity="pres:incident@whoseword.invalid"><tuple id="place">'
        f'<status><gp:geopriv xmlns:gp="{_GEOPRIV}"><gp:location-info>{inner}</gp:location-info>'
        "<gp:usage-rules/></gp:geopriv></status></tuple></presence>"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
