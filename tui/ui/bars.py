"""One row of text, with parts at its start side, parts at its end side and blanks between: header, ticker, footer.

Rows are built in visual order here, so the widgets that use them stay out of the filter for stock widgets. "Start" is
the left in a left-to-right interface and the right in a right-to-left one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.bidi.layout import line

MOST_KEYS = 7
"""Keys that a row of keys names, so that one finds the one that matters; the others are on the screen of help."""
UNBOUNDED = 10_000
"""Cells; wider than any row."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one style, in logical order."""

    text: str
    style: Style
    target: str = ""
    """What a click on it means to the widget, or "" for nothing."""


def row(width: int, start: Sequence[Part], end: Sequence[Part] = (), *, rtl: bool, fill: Style) -> Strip:
    """A row of exactly ``width`` cells. The end side keeps its room; the start side is cut with an ellipsis."""
    last, used = _drawn(end, width, rtl)
    first, taken = _drawn(start, width - used, rtl)
    blank = Segment(" " * (width - used - taken), fill)
    segments = [*last, blank, *first] if rtl else [*first, blank, *last]
    return Strip([segment for segment in segments if segment.text], width)


def stretch(parts: Sequence[Part], width: int, *, rtl: bool) -> Strip:
    """The parts that fit in ``width`` cells, one after another, as wide as they are."""
    segments, cells = _drawn(parts, width, rtl)
    return Strip(segments, cells)


def cells_of(parts: Iterable[Part], *, rtl: bool) -> int:
    """The width parts need. Letters may join to fewer cells than they are, so only the layout knows."""
    return sum(_laid(part.text, UNBOUNDED, rtl)[1] for part in parts)


def fitting(ranked: Sequence[tuple[int, list[Part]]], room: int, *, rtl: bool, most: int = UNBOUNDED) -> list[Part]:
    """As many entries as fit into ``room`` cells, in their order; those of the highest rank are left out first."""
    chosen: set[int] = set()
    for at in sorted(range(len(ranked)), key=lambda at: ranked[at][0])[:most]:
        cells = cells_of(ranked[at][1], rtl=rtl)
        if cells <= room:
            room -= cells
            chosen.add(at)
    return [part for at, (_, entry) in enumerate(ranked) if at in chosen for part in entry]


def _drawn(parts: Iterable[Part], width: int, rtl: bool) -> tuple[list[Segment], int]:
    """Segments from left to right, and their width; what does not fit is cut with an ellipsis."""
    pieces: list[list[Segment]] = []
    room = width
    for part in parts:
        if room <= 0:
            break
        text, cells = _laid(part.text, room, rtl)
        style = part.style + Style.from_meta({"target": part.target}) if part.target else part.style
        pieces.append([Segment(piece, style) for piece in text])
        room -= cells
    ordered = reversed(pieces) if rtl else pieces
    return [segment for segments in ordered for segment in segments], width - max(0, room)


@lru_cache(1024)
def _laid(text: str, width: int, rtl: bool) -> tuple[tuple[str, ...], int]:
    """One line of text in visual order, in the interface's direction, and its width."""
    made = line(text, width, base=int(rtl))
    return tuple(piece.text for piece in made.pieces()), made.cells


def with_position(strip: Strip, y: int, height: int, top: int, total: int, *, rtl: bool, style: Style) -> Strip:
    """A row with the bar that shows which of ``total`` rows are in view, in the last cell of the end side."""
    if total <= height or height <= 0:
        return strip
    size = max(1, height * height // total)
    at = (height - size) * top // (total - height)
    shown = at <= y < at + size
    bar = Strip([Segment(("▌" if rtl else "▐") if shown else " ", style)], 1)
    width = strip.cell_length
    return Strip.join([bar, strip.crop(1, width)] if rtl else [strip.crop(0, width - 1), bar])
