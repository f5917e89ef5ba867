"""Finding in the article shown: hits are marked as the reader types; n and N go through them, Esc takes them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.actions import Context
from tui.ui.widgets.keybar import Command
from tui.ui.widgets.searchline import SearchLine

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class ArticleFinder:
    """The search in the article pane."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._line: SearchLine | None = None

    @property
    def active(self) -> bool:
        """Whether its line is there."""
        return self._line is not None and self._screen.has_class("-finding")

    @property
    def typing(self) -> bool:
        """Whether the keyboard is in its line."""
        return self._line is not None and self._screen.focused is self._line.field

    def keys(self) -> list[Command]:
        """What the keys do while the keyboard is in its line."""
        text = self._screen.locale.text
        return [
            Command("accept", ("enter", "down"), text("find.accept"), 1),
            Command("cancel", ("escape",), text("find.cancel"), 2),
        ]

    async def do_find(self) -> None:
        """Open the line, or go back to it."""
        screen = self._screen
        if screen.reader.entry is None:
            screen.notice(screen.locale.text("empty.article"))
            return
        if self._line is None:
            self._line = SearchLine(locale=screen.locale, prompt=screen.locale.text("find.prompt"), id="find")
            await screen.mount(self._line, after=screen.header)
        screen.add_class("-finding")
        screen.show_pane(Context.ARTICLE)
        screen.ticker.pause()
        screen.set_focus(self._line.field)

    def typed(self, text: str) -> None:
        """Mark the hits, and go to the first from here on."""
        if self._line is None or not self.active:
            return
        locale, wanted = self._screen.locale, text.strip()
        hits = self._screen.article.find(wanted)
        self._line.say_count(locale.plural("find.hits", hits) if wanted else "")

    def accept(self) -> None:
        """On to the article; n and N go through the hits."""
        if self._line is None:
            return
        self._line.settle()
        self.typed(self._line.text)
        if not self._line.text.strip():
            self.cancel()
            return
        self._screen.ticker.pause(False)
        self._screen.show_pane(Context.ARTICLE)

    def cancel(self) -> None:
        """Take the marks away."""
        if self._line is None or not self.active:
            return
        screen = self._screen
        with screen.prevent(SearchLine.Typed):
            self._line.field.value = ""
        self._line.settle()
        self._line.say_count("")
        screen.remove_class("-finding")
        screen.article.find("")
        screen.ticker.pause(False)
        screen.show_pane(Context.ARTICLE)
