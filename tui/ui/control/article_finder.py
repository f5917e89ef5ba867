"""Finding in the article shown: hits are marked as the reader types; n and N go through them, Esc takes them away."""

from __future__ import annotations

from tui.ui.actions import Context
from tui.ui.control.prompting import Prompting
from tui.ui.widgets.searchline import SearchLine


class ArticleFinder(Prompting):
    """The search in the article pane."""

    mode, texts = "-finding", "find"

    async def do_find(self) -> None:
        """Open the line, or go back to it."""
        screen = self._screen
        if screen.reader.entry is None:
            screen.notice(screen.locale.text("empty.article"))
            return
        if self._line is None:
            await self._place(SearchLine(locale=screen.locale, prompt=screen.locale.text("find.prompt"), id="find"))
        self._open(Context.ARTICLE)

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
        if self._put_away():
            self._screen.article.find("")
            self._screen.show_pane(Context.ARTICLE)
