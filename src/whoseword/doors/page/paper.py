"""A page as a PDF that everybody can read: tagged, titled, in a stated language (PDF/UA-1).

ISO 14289-1:2014 asks for tags in reading order, so that a screen reader tells headings, lists and
tables as a page does; WeasyPrint makes them from the HTML. One HTML serves screen and paper, with a
style sheet of its own for each. Nothing is fetched: a page that names an address gets nothing from it.
The same page gives the same bytes wherever the same letters are installed.
"""

from base64 import b64decode
from collections.abc import Callable
from typing import Any, Final, NoReturn

from PIL import ImageFile

from whoseword.words import WhoseWordError

VARIANT: Final = "pdf/ua-1"


class NoPaper(WhoseWordError):
    """What lays pages out is not on this machine."""


def pdf_of(page: str) -> bytes:
    """A page as a PDF. Raises ``NoPaper`` where Pango is missing, which no package of PyPI brings."""
    return _laid_out(page, _nothing)


def _laid_out(page: str, fetching: Callable[..., Any]) -> bytes:
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        from weasyprint import HTML
    except OSError as error:
        raise NoPaper(
            f"a PDF cannot be laid out here, since a library is missing ({error}); install Pango: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from None
    finally:
        # It lets every picture of this process pass that was cut off; a broken scan must be told.
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    made: bytes = HTML(string=page, url_fetcher=fetching).write_pdf(pdf_variant=VARIANT)
    return made


def pdf_of_pictures(page: str) -> bytes:
    """The same of a page that holds pictures as ``data:`` addresses; nothing else is fetched."""
    return _laid_out(page, _within)


def _within(url: str, *_given: Any, **_more: Any) -> Any:
    from weasyprint.urls import URLFetcherResponse

    head, _, told = url.partition(",")
    if head != "data:image/png;base64":
        _nothing(url)
    return URLFetcherResponse(url, b64decode(told), {"Content-Type": "image/png"})


def _nothing(url: str, *_given: Any, **_more: Any) -> NoReturn:
    raise ValueError(f"{url[:80]} is not fetched: a page holds all that it shows")
