"""Releases as a feed (Atom, RFC 4287) and as a table (CSV, RFC 4180), for readers and researchers.

Both are pure functions of the records, so the same releases give the same bytes. A correction stands in
the entry of the release that makes it, with what was said; the entry of the corrected release stays.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

from lxml import etree

from whoseword.record.reading import Record

_ATOM: Final = "http://www.w3.org/2005/Atom"
BLANK: Final = "[a line was taken down]"
COLUMNS: Final = (
    "incident", "release", "published", "by", "section", "standing", "text", "who_says", "statement",
    "corrected_in", "correction",
)  # fmt: skip
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def feed(records: Sequence[Record]) -> bytes:
    """The feed of an incident's releases, the latest first."""
    latest = records[-1]
    top = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _child(top, "title", f"Releases on {latest.incident}")
    _child(top, "id", _id(latest))
    _child(top, "updated", latest.published or "")
    _child(_child(top, "author"), "name", latest.by)
    _child(top, "link", rel="self", href="feed.xml")
    for record in reversed(records):
        entry = _child(top, "entry")
        _child(entry, "title", f"{record.incident}, release {record.version}")
        _child(entry, "id", f"{_id(record)}:{record.version}")
        _child(entry, "updated", record.published or "")
        _child(entry, "link", rel="alternate", href=f"release-{record.version}.html")
        _child(entry, "content", "\n".join(_words(record)), type="text")
    written: bytes = etree.tostring(top, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _id(record: Record) -> str:
    """An id that is the same wherever the files lie (RFC 4287, 4.2.6)."""
    return f"urn:whoseword:release:{record.by}:{record.incident}"


def _child(
    parent: etree._Element, name: str, text: str | None = None, **given: str
) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", dict(given))
    # XML has no control characters; nobody writes them into a line but to break a reader.
    made.text = "".join(c for c in text if c == "\n" or ord(c) >= 32) if text is not None else None
    return made


def _words(record: Record) -> list[str]:
    told = [
        f"Corrected: release {one.of_version} said: {one.was or BLANK} Now: "
        f"{one.now or 'nothing is said of it any more.'} Why: {one.why}."
        for one in record.corrections
    ]
    for line in (*record.lines, *record.not_known):
        told.append(line.text or BLANK)
        told += [f"Disputed by {one.by}: {one.text}" for one in line.disputes]
    return told


def table(records: Sequence[Record]) -> bytes:
    """Every line of every release, a row each, with the release that corrects it."""
    amended = {
        (one.of_version, one.was): (record.version, one.why)
        for record in records
        for one in record.corrections
    }
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for record in records:
        for section, lines in (("known", record.lines), ("not_known", record.not_known)):
            for line in lines:
                version, why = amended.get((record.version, line.text), ("", ""))
                row = (
                    record.incident, record.version, record.published, record.by, section,
                    line.standing, line.text or BLANK, "; ".join(line.who_says), line.statement,
                    version, why,
                )  # fmt: skip
                rows.writerow([_cell(one) for one in row])
    return written.getvalue().encode()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
