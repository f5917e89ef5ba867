"""One row of text, with parts at its start side, parts at its end side and blanks between: header, ticker, footer.

Rows are built in visual order here, so the widgets that use them stay out of the filter for stock widgets. "Start" is
the left in a left-to-right interface and the right in a right-to-left one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.bidi.breaks import cell_width
from tui.bidi.layout import line


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one style, in logical order."""

    text: str
    style: Style
    target: str = ""
    """What a click on it means to the widget, or "" for nothing."""

    @property
    def cells(self) -> int:
        """The width it needs."""
        return cell_width(self.text)


def row(width: int, start: Sequence[Part], end: Sequence[Part] = (), *, rtl: bool, fill: Style) -> Strip:
    """A row of exactly ``width`` cells. The end side keeps its room; the start side is cut with an ellipsis."""
    end = fitting(end, width)
    room = width - _cells(end)
    first = fitting(start, room)
    blank = [Segment(" " * (room - _cells(first)), fill)]
    # Each part is laid out by itself, in the interface's direction; the parts then follow one another that way.
    left_to_right = [*_drawn(first, rtl), *blank, *_drawn(end, rtl)]
    if rtl:
        left_to_right = [*_drawn(reversed(end), rtl), *blank, *_drawn(reversed(first), rtl)]
    return Strip([segment for segment in left_to_right if segment.text], width)


def with_position(strip: Strip, y: int, height: int, top: int, total: int, *, rtl: bool, style: Style) -> Strip:
    """A row with the bar that shows which of ``total`` rows are in view, in the last cell of the end side."""
    if total <= height or height <= 0:
        return strip
    size = max(1, height * height // total)
    at = (height - size) * top // (total - height)
    shown = at <= y < at + size
    bar = Strip([Segment(("▏" if rtl else "▕") if shown else " ", style)], 1)
    width = strip.cell_length
    return Strip.join([bar, strip.crop(1, width)] if rtl else [strip.crop(0, width - 1), bar])


def fitting(parts: Iterable[Part], width: int) -> list[Part]:
    """The parts that fit in ``width`` cells; the last one cut with an ellipsis when they do not."""
    from tui.bidi.layout import truncate

    kept: list[Part] = []
    for part in parts:
        cells = part.cells
        if cells <= width:
            kept.append(part)
            width -= cells
            continue
        if width > 0:
            kept.append(Part(truncate(part.text, width), part.style, part.target))
        break
    return kept


def segments(text: str, style: Style, *, base: int) -> list[Segment]:
    """One line of text in visual order."""
    return [Segment(piece.text, style) for piece in line(text, max(1, cell_width(text)), base=base).pieces()]


def _drawn(parts: Iterable[Part], rtl: bool) -> list[Segment]:
    out: list[Segment] = []
    for part in parts:
        style = part.style + Style.from_meta({"target": part.target}) if part.target else part.style
        out += segments(part.text, style, base=int(rtl))
    return out


def _cells(parts: Iterable[Part]) -> int:
    return sum(part.cells for part in parts)
