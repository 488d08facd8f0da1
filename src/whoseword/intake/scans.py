"""Words that a machine reads from an image, each with its place and with how sure it is of it.

The machine is Tesseract (Smith, An Overview of the Tesseract OCR Engine, ICDAR 2007), a program of
Debian's that runs beside this one and sends nothing anywhere. What it reads is a machine's reading
of a picture: every draft from it carries the lowest and the mean confidence of its words, and the
text is kept once, so that another version of the program never changes what was quoted.
"""

import io
import multiprocessing
import os
import shutil
import subprocess
import warnings
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore
from typing import Final, Self

from PIL import Image, ImageOps

from whoseword.intake.extracted import Extracted
from whoseword.intake.limits import MOST_PAGES, MOST_PIXELS, SECONDS_FOR_A_PAGE_IMAGE
from whoseword.intake.sheets import Line, Sheet, Token, around
from whoseword.intake.sheets_text import text_of_sheets
from whoseword.intake.unreadable import UnreadableDocument

DOTS_AN_INCH: Final = 300
"""At which a page is drawn to be read; Tesseract was trained on text of that size."""

_LETTER_LONG: Final = 11.0
_LONGEST_SHEET: Final = 24.0
_DOUBTFUL: Final = 60.0
_AS_IT_STANDS: Final = "3"
_TURNED: Final = "1"
_RAGGED: Final = 0.16
_WORD_LEVEL: Final = "5"
_FAULTS: Final = (OSError, SyntaxError, ValueError)


class Reader:
    """Reads images beside each other: on every core, or on one where others read too.

    No more images wait than are soon read, since a page's picture takes eight million bytes.
    """

    def __init__(self, name: str) -> None:
        """`name` is the document's, for messages."""
        alone = multiprocessing.parent_process() is None
        self._name = name
        self._threads = (os.cpu_count() or 1) if alone else 1
        self._room = BoundedSemaphore(2 * self._threads)
        self._pool = ThreadPoolExecutor(self._threads)

    def __enter__(self) -> Self:
        """Nothing is begun before an image is read."""
        return self

    def __exit__(self, *_: object) -> None:
        """What nobody waits for is not read."""
        self._pool.shutdown(cancel_futures=True)

    @property
    def engine(self) -> str:
        """The program's name and version."""
        return engine()

    def read(self, picture: Image.Image, dots: float) -> Future[Sheet]:
        """A promise of what stands on `picture`, of so many dots an inch.

        Raises UnreadableDocument where the program is missing.
        """
        if not engine():
            raise UnreadableDocument(
                self._name,
                "it is a scan, and the program that reads images is missing",
                "install tesseract-ocr (make system, or apt-get install tesseract-ocr)",
            )
        self._room.acquire()
        promise = self._pool.submit(_sheet, picture, dots, self._name)
        promise.add_done_callback(lambda _: self._room.release())
        return promise


@cache
def engine() -> str:
    """The program that reads images and its version; empty where it is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    told = subprocess.run(  # noqa: S603  found on the path, and asked its version
        [program, "--version"], capture_output=True, text=True, check=False
    )
    return " ".join((told.stdout or told.stderr).split()[:2])


def text_of_image(original: bytes, media_type: str, name: str) -> Extracted:
    """The words of an image, page by page. Raises UnreadableDocument."""
    with Reader(name) as reader:
        try:
            waiting = [reader.read(*one) for one in _pictures(original, name)]
        except Image.DecompressionBombError:
            raise _too_many_pixels(name, 1) from None
        except _FAULTS as fault:
            raise UnreadableDocument(
                name, f"the image is broken ({fault})", "scan it anew, or save it anew"
            ) from fault
        sheets = [one.result() for one in waiting]
    return text_of_sheets(sheets, media_type, reader.engine)


def _pictures(original: bytes, name: str) -> Iterator[tuple[Image.Image, float]]:
    """Each page of an image in grey, upright, with its dots an inch."""
    with warnings.catch_warnings():
        # Sizes are judged here, before anything is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(original)) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > MOST_PAGES:
                raise UnreadableDocument(
                    name, f"it has more than {MOST_PAGES:,} pages", "cut it into parts"
                )
            for number in range(frames):
                image.seek(number)
                if image.width * image.height > MOST_PIXELS:
                    raise _too_many_pixels(name, number + 1)
                yield _upright(image), _dots(image)


def _too_many_pixels(name: str, page: int) -> UnreadableDocument:
    return UnreadableDocument(
        name,
        f"page {page} of it has more than {MOST_PIXELS // 10**6} million pixels",
        "scan it with 300 dots an inch",
    )


def _upright(image: Image.Image) -> Image.Image:
    """The image in grey on white, turned as its camera says."""
    turned = ImageOps.exif_transpose(image)
    if "A" in turned.getbands() or "transparency" in turned.info:
        ground = Image.new("RGBA", turned.size, "white")
        ground.alpha_composite(turned.convert("RGBA"))
        turned = ground
    return turned.convert("L")


def _dots(image: Image.Image) -> float:
    """Dots an inch as the image says; where that is missing or no sheet's, a letter's."""
    stated = image.info.get("dpi", (0, 0))[0]
    longest = max(image.size)
    if stated and 0 < longest / float(stated) <= _LONGEST_SHEET:
        return float(stated)
    return longest / _LETTER_LONG


def _sheet(picture: Image.Image, dots: float, name: str) -> Sheet:
    """What stands on a picture; one that reads badly is tried turned."""
    width, height = (72 * side / dots for side in picture.size)
    # Small letters read badly: what has few dots is drawn larger, its places are counted back.
    larger = max(1, min(4, round(DOTS_AN_INCH / dots)))
    if picture.width * picture.height * larger**2 > MOST_PIXELS:
        larger = 1
    drawn = (
        picture
        if larger == 1
        else picture.resize((picture.width * larger, picture.height * larger))
    )
    scale = 72 / (dots * larger)
    lines = _lines(_read(drawn, dots * larger, _AS_IT_STANDS, name), scale)
    if _sureness(lines) < _DOUBTFUL:
        lines = max(lines, _lines(_read(drawn, dots * larger, _TURNED, name), scale), key=_sureness)
    return Sheet(width, height, tuple(lines), by_machine=True)


def _sureness(lines: list[Line]) -> float:
    found = [one.confidence or 0.0 for line in lines for one in line.tokens]
    return sum(found) / len(found) if found else 0.0


def _read(picture: Image.Image, dots: float, mode: str, name: str) -> str:
    """What the program tells of a picture, as its table of words (TSV)."""
    head = f"P5 {picture.width} {picture.height} 255\n".encode()
    command = [
        "tesseract", "stdin", "stdout", "-l", "eng", "--psm", mode, "--dpi", f"{dots:.0f}",
        "-c", "tessedit_do_invert=0", "tsv",
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  the words are ours, and the picture is its input
            command,
            input=head + picture.tobytes(),
            capture_output=True,
            check=False,
            timeout=SECONDS_FOR_A_PAGE_IMAGE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(
            name,
            f"a page's image takes longer than {SECONDS_FOR_A_PAGE_IMAGE} seconds to read",
            "scan it anew with 300 dots an inch",
        ) from None
    told = done.stderr.decode(errors="replace").strip()
    if done.returncode and mode == _AS_IT_STANDS:
        raise UnreadableDocument(
            name,
            f"the program that reads images failed on it ({told[:120]})",
            "check that `tesseract --list-langs` names eng, or scan it anew",
        )
    return done.stdout.decode(errors="replace")


def _lines(table: str, scale: float) -> list[Line]:
    """The lines of a table of words, in its order, which is the order of reading."""
    lines: dict[tuple[str, ...], list[Token]] = defaultdict(list)
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if cells[0] != _WORD_LEVEL or len(cells) < 12 or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) * scale for cell in cells[6:10])
        box = tuple(round(one, 1) for one in (left, top, left + width, top + height))
        letters = "".join(cells[11].split())
        lines[tuple(cells[2:5])].append(
            Token(letters, (box[0], box[1], box[2], box[3]), round(float(cells[10]), 1))
        )
    paragraphs: dict[tuple[str, ...], list[Token]] = defaultdict(list)
    for key, tokens in lines.items():
        paragraphs[key[:2]] += tokens
    found: list[Line] = []
    before: tuple[str, ...] | None = None
    for key, tokens in lines.items():
        left, _, right, _ = around(paragraphs[key[:2]])
        reaches = around(tokens)[2] >= right - _RAGGED * (right - left)
        found.append(Line(tuple(tokens), key[:2] != before, reaches and len(tokens) > 2))
        before = key[:2]
    return found
