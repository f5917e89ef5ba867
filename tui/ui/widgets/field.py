"""One line of text to type: it begins at the start side of the interface until a letter says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from tui.bidi.levels import base_direction
from tui.ui.bidi_input import BidiInput

_EDITING = frozenset(binding.key for binding in Binding.make_bindings(Input.BINDINGS))
"""Not what every widget that scrolls has besides: ↓ and ↑ go through the entries under a field."""


def edits(screen: Screen[object], key: str) -> bool:
    """Whether a key belongs to the field that has the keyboard: the arrows, Home and End, Delete …

    Textual looks for the bindings of a field when the key has passed the screen, so a screen must not stop it.
    """
    bound = screen.active_bindings.get(key)
    ours = bound is not None and bound.node is screen.focused and isinstance(bound.node, Input)
    return ours and key in _EDITING


class Field(BidiInput):
    """An input without a frame."""

    def __init__(self, value: str = "", *, rtl: bool, id: str | None = None) -> None:
        super().__init__(value, compact=True, id=id)
        self.cursor_blink = False  # a screen nobody touches sends nothing
        self._rtl = rtl
        self.entered: Callable[[], None] | None = None
        """What Enter does, at once: keys typed right behind it go where it leads. None: Input.Submitted is posted."""
        self._lean()

    def _lean(self) -> None:
        """Digits and signs alone have no direction: they take the interface's."""
        self.direction = None if base_direction(self.value) is not None else int(self._rtl)

    async def action_submit(self) -> None:
        """Enter."""
        if self.entered is not None:
            self.entered()
        else:
            await super().action_submit()

    def on_input_changed(self) -> None:
        """The first letter decides."""
        before = self.direction
        self._lean()
        if self.direction != before:
            self.refresh()
            self.point()

    def on_resize(self) -> None:
        """Its place is known, or another one than when the cursor was set."""
        self.point()

    def point(self) -> None:
        """The terminal's cursor stands where a letter would go: there input methods and braille displays look."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
