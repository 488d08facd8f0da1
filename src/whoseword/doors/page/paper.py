"""A page as a PDF that everybody can read: tagged, titled, in a stated language (PDF/UA-1).

ISO 14289-1:2014 asks for tags in reading order, so that a screen reader tells headings, lists and
tables as a page does; WeasyPrint makes them from the HTML. One HTML serves screen and paper, with a
style sheet of its own for each. Nothing is fetched: a page that names an address gets nothing from it.
The same page gives the same bytes wherever the same letters are installed.
"""

from typing import Any, Final, NoReturn

from whoseword.words import WhoseWordError

VARIANT: Final = "pdf/ua-1"


class NoPaper(WhoseWordError):
    """What lays pages out is not on this machine."""


def pdf_of(page: str) -> bytes:
    """A page as a PDF. Raises ``NoPaper`` where Pango is missing, which no package of PyPI brings."""
    try:
        from weasyprint import HTML
    except OSError as error:
        raise NoPaper(
            f"a PDF cannot be laid out here, since a library is missing ({error}); install Pango: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from None
    made: bytes = HTML(string=page, url_fetcher=_nothing).write_pdf(pdf_variant=VARIANT)
    return made


def _nothing(url: str, *_given: Any, **_more: Any) -> NoReturn:
    raise ValueError(f"{url[:80]} is not fetched: a page holds all that it shows")
