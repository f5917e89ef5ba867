"""The row under a field that points at a place in it."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.bidi_filter import Visual
from tui.ui.bidi_input import BidiInput


class Caret(Visual, Widget):
    """Points at a code point of the field above it, wherever the layout has put it."""

    ALLOW_SELECT = False

    def __init__(self, field: BidiInput, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._field = field
        self._at = -1

    @property
    def at(self) -> int:
        """The code point pointed at; -1 for none."""
        return self._at

    def point(self, at: int) -> None:
        """Point at a code point, or nowhere (-1)."""
        self._at = at
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The sign under its cell."""
        width = self.size.width
        cell = self._field.cell_of(self._at) if y == 0 and self._at >= 0 else -1
        if not 0 <= cell < width:
            return Strip.blank(width, self.rich_style)
        return Strip([Segment(" " * cell + "▲" + " " * (width - cell - 1), self.rich_style)], width)
