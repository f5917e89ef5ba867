"""The wheel over a pane, and a selection drawn to its edge."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

_WHEEL = 3
"""Rows a notch of the wheel moves."""


class Wheel(Widget):
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
