"""The thin lines that part the screen, with their junctions."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.bidi_filter import Visual


class Rule(Visual, Widget):
    """A horizontal line; where a divider meets it, a junction."""

    ALLOW_SELECT = False

    def __init__(self, junction: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._junction = junction
        self._at: tuple[int, ...] = ()

    def meet(self, *columns: int) -> None:
        """The dividers stand at these columns."""
        if columns != self._at:
            self._at = columns
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        text = "─" * width
        for at in self._at:
            if 0 <= at < width:
                text = text[:at] + self._junction + text[at + 1 :]
        return Strip([Segment(text, self.rich_style)], width)


class Divider(Visual, Widget):
    """The vertical line between the panes."""

    ALLOW_SELECT = False

    def render_line(self, y: int) -> Strip:
        """One cell of it."""
        return Strip([Segment("│", self.rich_style)], 1)
