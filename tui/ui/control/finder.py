"""Search: results take the list's place as the reader types; Esc brings the old list and position back, whatever was
opened meanwhile: that stands in the article pane, and has its sign in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.news.model import View
from tui.ui.actions import Context
from tui.ui.control.prompting import Prompting
from tui.ui.widgets.searchline import SearchLine

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen

COUNTED = 1_000
"""Hits that are counted while the reader types: counting all of a common word takes longer than a key may."""


class Finder(Prompting):
    """The search of one reading screen."""

    mode, texts = "-searching", "search"

    def __init__(self, screen: ReadingScreen) -> None:
        super().__init__(screen)
        self._back_to: tuple[int | None, int | None] = (None, None)
        """The story that was selected before the search, and its row of the view."""
        self.view: View | None = None
        """The view of the results; None while no query is shown."""

    async def prepare(self) -> None:
        """Put the search line in its place: the first frame does without it."""
        await self._place(SearchLine(locale=self._screen.locale, id="search"))

    def do_search(self) -> None:
        """Open the search line, or go back to it."""
        screen = self._screen
        if self._line is None:
            screen.call_after_refresh(self.do_search)
            return
        if not self.active:
            selected = screen.headlines.selected
            self._back_to = selected.id if selected else None, screen.headlines.row
        self._open(Context.LIST)
        self._line.say_hints()

    def typed(self, text: str) -> None:
        """Show what was found."""
        if self._line is None or not self.active:
            return
        screen, locale = self._screen, self._screen.locale
        if not text.strip():
            self._restore_list()
            self._line.say_hints()
            self._line.say_count("")
            return
        from tui.news.query import QueryError

        view = View(search=text)
        try:
            count = screen.desk.reading.count(view, COUNTED + 1)
        except QueryError as error:
            sentence = screen.sentence(error.sentence)
            self._line.say(locale.text("search.error", column=error.column, sentence=sentence))
            self._line.say_count("")  # what is still shown was found by what stood there before
            return
        self.view = view
        screen.headlines.highlight = highlighted(text)
        screen.headlines.empty = locale.text("empty.search", query=text)
        screen.headlines.show(screen.lists.pages(view))
        screen.lists.describe()
        if count > COUNTED:
            self._line.say_count(locale.text("search.found_many", n=COUNTED))
        else:
            self._line.say_count(locale.plural("search.found", count))
        self._line.say_hints()

    def accept(self) -> None:
        """On to the results."""
        if self._line:
            self._line.settle()
            if self.view is None or self.view.search != self._line.text:
                self.typed(self._line.text)
            self._screen.ticker.pause(False)
            if self._line.text.strip():
                self._screen.focus_list()
            else:
                self.cancel()

    def cancel(self) -> None:
        """Back to the list and the position before the search."""
        self.leave()
        self._screen.focus_list()

    def leave(self) -> None:
        """End the search, whatever comes next."""
        if self._put_away():
            self._restore_list()

    def _restore_list(self) -> None:
        screen = self._screen
        if self.view is not None:
            self.view = None
            screen.headlines.highlight = ()
            select, row = self._back_to
            screen.lists.show(screen.lists.view, select=select, row=row)
            screen.reader.calm()

    def take(self, event: events.Key) -> None:
        """A key that was pressed before the search line had the keyboard."""
        if self._line is None:
            return
        if event.is_printable and event.character:
            self._line.field.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            self._line.field.action_delete_left()
        elif event.key in ("enter", "down", "tab"):
            self.accept()
        elif event.key == "escape":
            self.cancel()

    # -- hits

    def do_next_hit(self) -> None:
        """The next story found; inside an article, the next place."""
        self._hit(1)

    def do_previous_hit(self) -> None:
        """The story found before; inside an article, the place before."""
        self._hit(-1)

    def _hit(self, step: int) -> None:
        screen = self._screen
        if screen.context is Context.ARTICLE:
            screen.article.find_next(step)
        elif self.active:
            screen.headlines.move(step)
        else:
            screen.notice(screen.locale.text("notices.no_search"))


def highlighted(text: str) -> tuple[str, ...]:
    """The words of a query to emphasise: those that stories must hold, without the query language's own."""
    words = (word.strip('"()*') for word in text.split() if not word.startswith("-"))
    return tuple(word for word in words if word and word.casefold() != "or" and ":" not in word)
