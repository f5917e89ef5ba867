"""What happens at the desk, on the screen: progress, new stories, changed ones, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.desk import events
from tui.desk.errors import StoreError
from tui.news.model import Listing, View

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen

TICKER_STORIES = 50
_COUNTED = (events.StoriesArrived, events.StoriesChanged, events.SourcesChanged, events.ListsChanged)
"""What changes the numbers of the side list."""


class Newsfeed:
    """Listens to the desk for one reading screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._failed: list[str] = []

    def fill_ticker(self) -> None:
        """The newest headlines of all sources; in the language that the list keeps to."""
        view = View(Listing.ALL, language=self._screen.lists.view.language)
        self._screen.ticker.show(self._screen.desk.reading.stories(view, limit=TICKER_STORIES))

    def heard(self, event: events.Event) -> None:
        """One event of the desk. What the store refuses meanwhile is said."""
        try:
            self._hear(event)
        except StoreError as error:
            self._screen.app._handle_exception(error)

    def _hear(self, event: events.Event) -> None:  # noqa: PLR0912 - one line an event
        screen = self._screen
        if isinstance(event, _COUNTED):
            screen.side.changed()
        match event:
            case events.RefreshStarted(total):
                self._failed.clear()
                screen.ticker.progress(0, total)
                if screen.headlines.selected is None and not screen.desk.reading.counts().all:
                    screen.headlines.empty = screen.locale.text("empty.filling")
            case events.SourceRefreshed(source, outcome, _, done, total):
                if outcome == "failed" and not source.builtin:  # nobody chose what the edition has for trying out
                    self._failed.append(source.title)
                screen.ticker.progress(done, total)
            case events.RefreshFinished(stopped=stopped):
                self._finished(stopped=stopped)
            case events.IndexProgress(done, total):
                screen.ticker.indexing(done, total)
            case events.ImportProgress(done, total):
                screen.ticker.importing(done, total)
            case events.StoriesArrived(ids):
                screen.lists.arrived(ids)
            case events.StoriesChanged(ids):
                self._changed(ids)
            case events.StoriesGrouped(ids):
                screen.lists.grouped(ids)
                self.fill_ticker()
            case events.SourcesChanged():
                screen.lists.sources_changed()
                self.fill_ticker()
            case events.ListsChanged():
                screen.lists.lists_changed()
            case events.SourceMoved(source):
                screen.notice(screen.locale.text("notices.moved", name=source.title))
            case events.SourceRetired(source):
                screen.notice(screen.locale.text("notices.retired", name=source.title), "warning")
            case events.OfflineChanged(offline):
                self.offline(offline)
            case events.Trouble(sentence):
                self._trouble(screen.sentence(sentence))

    def _trouble(self, sentence: str) -> None:
        """On the screen that is open too: what it was asked for has not been done."""
        from tui.ui.screens.manager import Manager

        screen = self._screen
        screen.notice(sentence, "error")
        if isinstance(screen.app.screen, Manager):
            screen.app.screen.tell(sentence, warning=True)

    def _changed(self, ids: Sequence[int]) -> None:
        screen = self._screen
        screen.lists.changed(ids)
        if screen.reader.story and screen.reader.story.id in ids:
            screen.reader.changed(screen.desk.reading.story(screen.reader.story.id))

    def _finished(self, *, stopped: bool) -> None:
        screen, locale = self._screen, self._screen.locale
        screen.ticker.finished(stopped=stopped)
        self.fill_ticker()
        if screen.lists.filling or screen.reader.entry is None:
            screen.lists.filling = False
            screen.welcome()
        if not screen.desk.network.offline:
            screen.ticker.trouble(self._failure())
        screen.tally.count()
        if screen.headlines.selected is None:
            screen.headlines.empty = locale.text("empty.all")

    def _failure(self) -> str:
        """What failed, and the key to where the reasons are."""
        locale, failed = self._screen.locale, self._failed
        if not failed:
            return ""
        one = len(failed) == 1
        said = locale.text("ticker.one_failed", name=failed[0]) if one else locale.plural("ticker.failed", len(failed))
        return self._with_key(said, "sources")

    def _with_key(self, said: str, action: str) -> str:
        key = self._screen.key(action)
        return f"{said} · {key}" if key else said

    def offline(self, offline: bool) -> None:
        """The network went away or came back."""
        screen = self._screen
        said = self._with_key(screen.locale.text("ticker.offline"), "offline") if offline else self._failure()
        screen.ticker.trouble(said, leads_to="offline" if offline else "sources")
