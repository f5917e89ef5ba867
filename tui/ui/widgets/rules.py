"""The thin lines that part the screen, with their junctions."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.bidi_filter import Visual


class Rule(Visual, Widget):
    """A horizontal line; where the pane divider meets it, a junction."""

    ALLOW_SELECT = False

    def __init__(self, junction: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._junction = junction
        self._at = -1

    def meet(self, column: int) -> None:
        """The divider stands at this column; -1 for nowhere."""
        if column != self._at:
            self._at = column
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width, at = self.size.width, self._at
        text = "─" * width
        if 0 <= at < width:
            text = text[:at] + self._junction + text[at + 1 :]
        return Strip([Segment(text, self.rich_style)], width)


class Divider(Visual, Widget):
    """The vertical line between the panes."""

    ALLOW_SELECT = False

    def render_line(self, y: int) -> Strip:
        """One cell of it."""
        return Strip([Segment("│", self.rich_style)], 1)
