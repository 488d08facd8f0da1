"""The order in which one reads the words of a page: column by column, and rows of a table across.

A page is cut where white runs through it (XY-cut, Nagy and Seth 1984): across it, between what
stands above and below; down it, between columns. White between the cells of a table runs down the
page too, so a cut down needs prose on both sides: lines of several words that fill their side.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from whoseword.intake.form import Box
from whoseword.intake.sheets import Line, Token, around

# In heights of a line of its text. Justified lines have spaces of up to one height.
_GUTTER: Final = 1.2
_PARAGRAPH: Final = 0.8
_APART: Final = 2.2
_INDENT: Final = 0.9
_LEAST_LINES: Final = 3
_LEAST_WORDS: Final = 3
_FILLED: Final = 0.55
_SAME_LINE: Final = 0.55
# The white that a line of prose leaves at its end, of the column's width.
_RAGGED: Final = 0.16

_FAR: Final = 1e8

_Free = list[tuple[float, float]]


class _Piece(NamedTuple):
    """Words that stand close together on one line."""

    tokens: tuple[Token, ...]
    box: Box

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def in_reading_order(tokens: Sequence[Token]) -> tuple[Line, ...]:
    """The lines of a page, whose words come in the order in which the page was written."""
    pieces = _pieces(tokens)
    if not pieces:
        return ()
    unit = median(one.height for one in pieces) or 1.0
    return tuple(line for block in _blocks(pieces, unit) for line in _lines(block, unit))


def _pieces(tokens: Sequence[Token]) -> list[_Piece]:
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and _goes_on(runs[-1][-1].box, token.box):
            runs[-1].append(token)
        else:
            runs.append([token])
    # Programs write a line in several goes; what stands close on one line is one piece.
    pieces = [_Piece(tuple(run), around(run)) for run in runs]
    pieces.sort(key=lambda one: (one.box[1], one.box[0]))
    merged: list[_Piece] = []
    for piece in pieces:
        near = (
            at
            for at in range(len(merged) - 1, max(-1, len(merged) - 12), -1)
            if _goes_on(merged[at].box, piece.box) or _goes_on(piece.box, merged[at].box)
        )
        at = next(near, None)
        if at is None:
            merged.append(piece)
            continue
        both = sorted((*merged.pop(at).tokens, *piece.tokens), key=lambda one: one.box[0])
        merged.append(_Piece(tuple(both), around(both)))
    return merged


def _goes_on(left: Box, right: Box) -> bool:
    """Whether `right` stands on the line of `left`, a word's space away from it."""
    height = min(left[3] - left[1], right[3] - right[1])
    overlap = min(left[3], right[3]) - max(left[1], right[1])
    gap = right[0] - left[2]
    return overlap >= _SAME_LINE * height and -0.5 * height <= gap <= _GUTTER * height


def _blocks(pieces: Sequence[_Piece], unit: float) -> Iterator[list[_Piece]]:
    """Pieces that are read from above to below, block after block."""
    if len(pieces) < 2 * _LEAST_LINES:
        yield list(pieces)
        return
    cut = _gutter(pieces, unit)
    if cut is not None:
        left = [one for one in pieces if one.box[2] <= cut]
        yield from _blocks(left, unit)
        yield from _blocks([one for one in pieces if one.box[2] > cut], unit)
        return
    rows = _rows(pieces)
    plain: list[_Piece] = []
    at = 0
    while at < len(rows):
        past = _band(rows, at, unit)
        band = [piece for row in rows[at:past] for piece in row]
        if len(rows) > past - at and _gutter(band, unit) is not None:
            if plain:
                yield plain
                plain = []
            yield from _blocks(band, unit)
            at = past
            continue
        if plain and _stands_apart(plain, rows[at], unit):
            yield plain
            plain = []
        plain += rows[at]
        at += 1
    if plain:
        yield plain


def _stands_apart(above: Sequence[_Piece], below: Sequence[_Piece], unit: float) -> bool:
    """Whether much white parts what stands below from what stands above."""
    white = min(one.box[1] for one in below) - max(one.box[3] for one in above)
    return white > _APART * unit


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces parted by white that runs across."""
    rows: list[list[_Piece]] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda one: (one.box[1], one.box[0])):
        if rows and piece.box[1] < bottom - 0.3 * piece.height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
        bottom = max(bottom, piece.box[3]) if len(rows[-1]) > 1 else piece.box[3]
    return rows


def _band(rows: Sequence[Sequence[_Piece]], at: int, unit: float) -> int:
    """How far from `at` on the same white runs down between what stands left and right of it."""
    free = _inner(_free(rows[at]))
    past = at + 1
    while free and past < len(rows):
        free = _inner(_common(free, _free(rows[past]), _GUTTER * unit))
        if not free or _stands_apart(rows[past - 1], rows[past], unit):
            break
        past += 1
    return past


def _inner(free: _Free) -> _Free:
    """The white that is no margin."""
    return [one for one in free if one[0] > -_FAR and one[1] < _FAR]


def _free(row: Sequence[_Piece]) -> _Free:
    """The white of a row from left to right; the margins go on without end."""
    found: _Free = []
    at = -2 * _FAR
    for piece in sorted(row, key=lambda one: one.box[0]):
        if piece.box[0] > at:
            found.append((at, piece.box[0]))
        at = max(at, piece.box[2])
    return [*found, (at, 2 * _FAR)]


def _common(first: _Free, second: _Free, least: float) -> _Free:
    found = [
        (max(a[0], b[0]), min(a[1], b[1]))
        for a in first
        for b in second
        if min(a[1], b[1]) - max(a[0], b[0]) >= least
    ]
    return sorted(found)


def _gutter(pieces: Sequence[_Piece], unit: float) -> float | None:
    """The middle of the widest white that runs down between prose and prose; None without."""
    within = _inner(_free(pieces))
    for start, end in sorted(within, key=lambda one: one[0] - one[1]):
        if end - start < _GUTTER * unit:
            return None
        middle = (start + end) / 2
        left = [one for one in pieces if one.box[2] <= middle]
        right = [one for one in pieces if one.box[2] > middle]
        if _is_prose(left) and _is_prose(right):
            return middle
    return None


def _is_prose(pieces: Sequence[_Piece]) -> bool:
    if len(pieces) < _LEAST_LINES:
        return False
    width = max(one.box[2] for one in pieces) - min(one.box[0] for one in pieces)
    filled = sum(one.box[2] - one.box[0] for one in pieces) / len(pieces)
    words = sum(len(one.tokens) for one in pieces) / len(pieces)
    return filled >= _FILLED * width and words >= _LEAST_WORDS


def _lines(block: Sequence[_Piece], unit: float) -> Iterator[Line]:
    """The lines of a block, with what is known of paragraphs."""
    left = min(one.box[0] for one in block)
    right = max(one.box[2] for one in block)
    rows = [sorted(row, key=lambda one: one.box[0]) for row in _on_one_line(block)]
    above: Box | None = None
    is_prose = _is_prose(block)
    for row in rows:
        tokens = tuple(token for piece in row for token in piece.tokens)
        box = around(tokens)
        starts = [0]
        for piece in row[:-1]:
            starts.append(starts[-1] + len(piece.tokens))
        opens = above is None or _parts(above, box, left, unit)
        yield Line(
            tokens=tokens,
            opens=opens,
            full=is_prose and len(row) == 1 and box[2] >= right - _RAGGED * (right - left),
            gaps=frozenset(starts[1:]),
        )
        above = box


def _on_one_line(block: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that share most of their height, from above to below."""
    row: list[_Piece] = []
    for piece in sorted(block, key=lambda one: ((one.box[1] + one.box[3]) / 2, one.box[0])):
        middle = (piece.box[1] + piece.box[3]) / 2
        if row and not row[0].box[1] <= middle <= row[0].box[3]:
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _parts(above: Box, below: Box, left: float, unit: float) -> bool:
    """Whether a paragraph begins between two lines: by white, an indent, or another size."""
    height, before = below[3] - below[1], above[3] - above[1]
    if below[1] - above[3] > _PARAGRAPH * unit:
        return True
    if abs(height - before) > 0.25 * max(height, before):
        return True
    indented, hung = below[0] - left > _INDENT * unit, above[0] - left > _INDENT * unit
    return indented and not hung
