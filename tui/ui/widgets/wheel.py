"""The mouse over a pane: the wheel, a selection drawn to its edge, the position bar taken hold of."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

_WHEEL = 3
"""Rows a notch of the wheel moves."""


class PositionBar(Widget):
    """Goes where the bar on the end side is clicked or drawn to."""

    _held = False

    def bar_column(self) -> int:
        """The column of the bar; -1 while there is none."""
        return -1

    def to_share(self, share: float) -> None:
        """Show what lies there between the beginning (0) and the end (1)."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The bar is taken hold of: that selects no text."""
        if event.button == 1 and event.x == self.bar_column():
            self._held = True
            self.capture_mouse()
            self.screen.clear_selection()
            self._follow(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Whatever the column: the hand is not steady."""
        if self._held:
            self._follow(event)

    def on_mouse_up(self) -> None:
        """The bar is let go."""
        if self._held:
            self._held = False
            self.release_mouse()

    def _follow(self, event: events.MouseEvent) -> None:
        self.to_share(max(0.0, min(event.y / max(1, self.size.height - 1), 1.0)))


class Wheel(PositionBar):
    """Moves what is under the pointer."""

    def line(self, delta: int) -> bool:
        """Some lines on or back; False when already at that end."""
        raise NotImplementedError

    def sideways(self, step: int) -> None:
        """Scroll what is wider than the pane by so many steps to the right, where there is such a thing."""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A selection drawn to an edge takes the text along."""
        if event.button and self.text_selection is not None:
            edge = 1 if event.y >= self.size.height - 1 else -1 if event.y <= 0 else 0
            if edge:
                self.line(edge)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the text."""
        event.stop()
        self.line(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the text."""
        event.stop()
        self.line(-_WHEEL)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """The wheel, sideways."""
        event.stop()
        self.sideways(1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """The wheel, sideways."""
        event.stop()
        self.sideways(-1)
