"""The terminal's cursor and pen: strokes become bytes, with the shortest moves and pen changes.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from tui.terminal.cells import is_sure
from tui.terminal.pens import Pens
from tui.terminal.sixel import Films, is_placeholder
from tui.terminal.strokes import Stroke


class Hand:
    """Where the terminal's cursor is and what it writes with, as far as we know."""

    def __init__(self, pens: Pens, width: int, films: Films | None = None) -> None:
        """``films``: what is drawn for placeholders, where the terminal does not know them."""
        self._pens = pens
        self._width = width
        self._films = films
        self.at: tuple[int, int] | None = None
        """(x, y), None when unknown; x is the width when the last column has just been written"""
        self.pen: int | None = None
        """None when unknown"""
        self._out: list[str] = []

    def copy(self) -> Hand:
        """Another one in the same state: to try what costs less."""
        other = Hand(self._pens, self._width, self._films)
        other.at, other.pen, other._out = self.at, self.pen, self._out.copy()
        return other

    def waiting(self) -> int:
        """Characters that are to be sent."""
        return sum(map(len, self._out))

    def lost(self) -> None:
        """Somebody else may have moved the cursor and changed the pen."""
        self.at = self.pen = None

    def take(self) -> str:
        """What is to be sent for everything done since the last time."""
        text = "".join(self._out)
        self._out.clear()
        return text

    def draw(self, strokes: Iterable[Stroke]) -> None:
        """Draw these, in this order."""
        for stroke in strokes:
            self.move(stroke.x, stroke.y)
            if not stroke.blank or self.pen is None or self._pens.blank(self.pen) != stroke.pen:
                self._out.append(self._pens.change(self.pen, stroke.pen))
                self.pen = stroke.pen
            if stroke.clusters:
                self._put_all(stroke.y, stroke.x, stroke.clusters)
            else:  # erasing leaves the cursor where it is
                self._out.append("\x1b[K" if stroke.stop == self._width else f"\x1b[{stroke.stop - stroke.x}X")

    def move(self, x: int, y: int) -> None:
        """Go to cell (x, y)."""
        if self.at != (x, y):
            self._out.append(move(self.at, x, y, self._width))
            self.at = (x, y)

    def send(self, sequence: str) -> None:
        """A sequence that leaves the pen alone; where the cursor stands afterwards is not known."""
        self._out.append(sequence)
        self.at = None

    def _put_all(self, y: int, x: int, clusters: Sequence[str | None]) -> None:
        """Text, and pictures where there are some to draw."""
        if self._films is None or not any(map(is_placeholder, clusters)):
            self._put(y, x, clusters)
            return
        for pictured, cells in groupby(clusters, is_placeholder):
            run = list(cells)
            self.move(x, y)
            if pictured:
                self._put_pictures(y, x, list(filter(None, run)), self._films)
            else:
                self._put(y, x, run)
            x += len(run)

    def _put_pictures(self, y: int, x: int, clusters: Sequence[str], films: Films) -> None:
        """The cells are erased first: no text of before is to be copied from under them."""
        for cells, image in films.drawn(clusters):
            self.move(x, y)
            self.send(f"\x1b[{cells}X{image}")
            x += cells

    def _put(self, y: int, x: int, clusters: Sequence[str | None]) -> None:
        text = "".join(filter(None, clusters))
        if is_sure(text):
            self._out.append(text)
            self.at = (x + len(clusters), y)
            return
        for offset, cluster in enumerate(clusters):
            if cluster:
                cells = 2 if clusters[offset + 1 : offset + 2] == [""] else 1
                self.move(x + offset, y)
                if is_sure(cluster):
                    self._out.append(cluster)
                    self.at = (x + offset + cells, y)
                else:
                    self._put_unsure(x + offset, y, cluster, cells)

    def _put_unsure(self, x: int, y: int, cluster: str, cells: int) -> None:
        """Terminals may count these cells in another way: they are blanked first, and the next place is absolute."""
        self.send(" " * cells)
        self.move(x, y)
        self.send(cluster)


def move(at: tuple[int, int] | None, x: int, y: int, width: int = -1) -> str:
    """The shortest sequence that takes the cursor from `at` (None: unknown) to (x, y); 0-based cells.

    A cursor that has just written the last of `width` columns stands on it, or behind it: terminals differ, so that
    only steps down its column, or to the first one, are sure.
    """
    if at == (x, y):
        return ""
    options = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
    if at is not None:
        from_x, from_y = at
        at_margin = from_x == width
        across, down = x - from_x + (at_margin and x == width - 1), y - from_y
        if not (at_margin and across):
            options.append(_down(down) + _across(across))
        options.append(_down(down) + ("\r" if x == 0 else f"\x1b[{x + 1}G"))
    return min(options, key=len)


def _down(rows: int) -> str:
    if 0 < rows < 4:  # a tty makes two bytes of a line feed, and returns; it lets a vertical tab pass
        return "\v" * rows
    return f"\x1b[{_count(abs(rows))}{'B' if rows > 0 else 'A'}" if rows else ""


def _across(cells: int) -> str:
    if -3 < cells < 0:
        return "\b" * -cells
    return f"\x1b[{_count(abs(cells))}{'C' if cells > 0 else 'D'}" if cells else ""


def _count(number: int) -> str:
    return "" if number == 1 else str(number)
