"""A release as one HTML page, for the screen or for paper: no script, nothing fetched, all of it public.

A pure function of the record, so that anybody who holds the public files can make the same page again.
"""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from whoseword.doors.page.rendering import environment, style
from whoseword.doors.plain_words import moment_line
from whoseword.record.reading import Record

BLANK: Final = "A line stood here; two people took it down."
"""What stands in the place of a line that was taken down."""


def release_page(record: Record, versions: Sequence[int], *, on_paper: bool = False) -> str:
    """A release of ``versions`` as one HTML file; ``on_paper`` lays it out for printing."""
    rules = style("paper.css" if on_paper else "account.css")
    return (
        environment()
        .get_template("release.html.j2")
        .render(
            record=record,
            versions=versions,
            latest=max(versions),
            on_paper=on_paper,
            BLANK=BLANK,
            published=moment_line(datetime.fromisoformat(record.published or "")),
            style=Markup(rules),  # noqa: S704 - the package's own rules
            style_hash=b64encode(hashlib.sha256(rules.encode()).digest()).decode(),
        )
    )
