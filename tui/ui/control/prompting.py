"""A line that takes the header's row and the keyboard, and what every such line has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.actions import Context
from tui.ui.widgets.keybar import Command
from tui.ui.widgets.searchline import SearchLine

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Prompting:
    """One prompt of one reading screen: a mode of the screen (a class on it) while its line is in sight."""

    mode: str
    texts: str
    """The table of the interface's texts for it."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._line: SearchLine | None = None

    @property
    def active(self) -> bool:
        """Whether its line is there."""
        return self._line is not None and self._screen.has_class(self.mode)

    @property
    def typing(self) -> bool:
        """Whether the keyboard is in its line."""
        return self._line is not None and self._screen.focused is self._line.field

    def keys(self) -> list[Command]:
        """What the keys do while the keyboard is in its line."""
        text = self._screen.locale.text
        return [
            Command("accept", ("enter", "down"), text(f"{self.texts}.accept"), 1),
            Command("cancel", ("escape",), text(f"{self.texts}.cancel"), 2),
        ]

    async def _place(self, line: SearchLine) -> SearchLine:
        """Put the line in its place, out of sight until the mode is on."""
        await self._screen.mount(line, after=self._screen.header)
        self._line = line
        return line

    def _open(self, pane: Context) -> None:
        """Give the line the keyboard, over a pane. Its keys stand where the last notice does: that goes."""
        assert self._line is not None
        screen = self._screen
        screen.add_class(self.mode)
        screen.show_pane(pane)
        screen.ticker.pause()
        screen.hush()
        screen.set_focus(self._line.field)

    def _put_away(self) -> bool:
        """Empty the line and take it out of sight; False when it was not in sight."""
        if self._line is None or not self.active:
            return False
        with self._screen.prevent(SearchLine.Typed):
            self._line.field.value = ""
        self._line.settle()
        self._line.say_count("")
        self._screen.remove_class(self.mode)
        self._screen.hush()
        self._screen.ticker.pause(False)
        return True
