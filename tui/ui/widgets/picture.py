"""Pictures in an article as ordinary cells: two pixels above one another are one half block in two colours.

Cells scroll, are cut by dialogs, pass multiplexers and the network, and the output stage sends what differs of them;
nothing that only one terminal understands is needed. Where the terminal keeps the picture itself, its cells are
placeholders (`tui.terminal.graphics`), and all of this holds for them too.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.news.pictures import Raster, fit
from tui.terminal.graphics import cells
from tui.ui.widgets.painting import Row, Sign

MOST_ROWS = 20
LEAST_ROWS = 3
"""Where there is less room, the caption alone says more."""
_SHARE = 0.4
"""Of the pane's height."""
_KEPT = 400
Pixel = tuple[int, ...]
_UPPER, _LOWER, _FULL = "▀", "▄", "█"
_APART = (Style(bold=True), Style(bold=False))
"""Placeholders side by side are no segment of one style: Rich loses marks where it cuts one of several clusters."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a figure's picture."""

    raster: Raster | None = None
    waiting: bool = False
    """It is on its way."""
    failed: bool = False
    notice: str = ""
    """What stands in its place, when it is hidden."""
    plate: int = 0
    """The terminal's number for it, where it has it in pixels."""


@dataclass(frozen=True, slots=True)
class PictureRow(Row):
    """A row of the screen with one row of a picture from cell ``x`` on."""

    raster: Raster | None = None
    number: int = 0
    x: int = 0
    plate: int = 0


def rows_for(height: int) -> int:
    """How many rows a picture may take in a pane of this height; 0 where none is shown."""
    most = min(MOST_ROWS, int(height * _SHARE))
    return most if most >= LEAST_ROWS else 0


def picture_rows(shown: Shown, size: tuple[int, int], box: tuple[int, int], left: int) -> list[Row]:
    """The rows of a picture, or those kept free for it, centred in a box of cells whose left edge is ``left``."""
    width, height = (shown.raster.width, shown.raster.height) if shown.raster else size
    rows = fit(width, height, *box)[1]
    if shown.notice or shown.failed or not (shown.raster or shown.waiting) or not rows:
        return []
    if shown.raster is None:
        empty = [Row() for _ in range(rows)]
        empty[rows // 2] = Row((Sign(left + box[0] // 2, "…", ("article--sign",)),))
        return empty
    # The pane may have another size since: what is there is cut until the new one comes.
    x = left + max(0, (box[0] - min(shown.raster.columns, box[0])) // 2)
    stop = min(rows, shown.raster.rows)
    drawn: list[Row] = [PictureRow(raster=shown.raster, number=n, x=x, plate=shown.plate) for n in range(stop)]
    return drawn + [Row()] * (rows - stop)


@lru_cache(16)
def strips(raster: Raster, plate: int = 0) -> tuple[Strip, ...]:
    """The picture's rows: in blocks, or the placeholders of what the terminal has under a number."""
    if plate:
        rows = (cells(plate, number, raster.columns) for number in range(raster.rows))
        return tuple(Strip(map(Segment, row, cycle(_APART)), raster.columns) for row in rows)
    return tuple(Strip(_row(raster, number), raster.columns) for number in range(raster.rows))


def _row(raster: Raster, number: int) -> list[Segment]:
    """One row with as few changes of colour as blocks allow: a cell that is one colour needs only one of the two."""
    stride = 3 * raster.columns
    upper = raster.pixels[2 * number * stride :][:stride]
    lower = raster.pixels[(2 * number + 1) * stride :][:stride]
    segments: list[Segment] = []
    text = ""
    front: Pixel = (-1, -1, -1)
    back: Pixel = front
    for at in range(0, stride, 3):
        top, bottom = tuple(upper[at : at + 3]), tuple(lower[at : at + 3])
        sign, new_front, new_back = _cell(top, bottom, front, back)
        if text and (new_front, new_back) != (front, back):
            segments.append(Segment(text, _style(front, back)))
            text = ""
        text, front, back = text + sign, new_front, new_back
    segments.append(Segment(text, _style(front, back)))
    return segments


def _cell(top: Pixel, bottom: Pixel, front: Pixel, back: Pixel) -> tuple[str, Pixel, Pixel]:
    """The block, and what the colours are after it."""
    if top == bottom:
        if top == front and back[0] >= 0:
            return _FULL, front, back
        return (" ", front, back) if top == back and front[0] >= 0 else (_UPPER, top, top)
    if top == back or bottom == front:
        return _LOWER, bottom, top
    return _UPPER, top, bottom


@lru_cache(8192)
def _style(front: Pixel, back: Pixel) -> Style:
    return Style.from_color(Color.from_rgb(*front), Color.from_rgb(*back))


class Easel:
    """Puts rows of pictures on the rows of a pane, each once while nothing changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], tuple[Strip, PictureRow, Strip]] = OrderedDict()

    def over(self, strip: Strip, row: PictureRow) -> Strip:
        """The row's part of the picture over its strip."""
        if row.raster is None:
            return strip
        key = (id(strip), id(row))
        found = self._kept.get(key)
        if found is None:
            width = strip.cell_length
            own = strips(row.raster, row.plate)[row.number].crop(0, max(0, width - row.x))
            whole = Strip.join([strip.crop(0, row.x), own, strip.crop(row.x + own.cell_length, width)])
            found = self._kept[key] = (strip, row, whole)  # both are kept, so their ids stay their own
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found[2]
