"""The numbers in the header: what there is of the news that is shown, be it all, one source's, or a kept query's."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.news.model import Counts, Listing, View

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Tally:
    """Counts for the header of one reading screen.

    The numbers of all news are kept by the store and are at hand. Those of a part may take a moment among many
    stories: they are counted beside the screen, one count at a time, and once more when something changed meanwhile.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._counted = View()
        self._busy = self._again = False

    def count(self) -> None:
        """Count what is shown."""
        screen = self._screen
        if not screen.lists.narrowed:
            self._counted = View()
            screen.header.show(counts=screen.desk.reading.counts())
            return
        if self._counted != screen.lists.view:
            screen.header.show(counts=Counts())  # the numbers of what was shown before are no numbers of this
        self._again = True
        if not self._busy:
            self._busy = True
            screen.run_worker(self._work(), group="tally")

    async def _work(self) -> None:
        from tui.news.query import QueryError

        screen = self._screen
        try:
            while self._again:
                self._again, view = False, screen.lists.view
                try:
                    counts = await to_thread(self._counts, view)
                except QueryError:  # written by a newer khabar
                    counts = Counts()
                if screen.lists.narrowed and view == screen.lists.view:
                    self._counted = view
                    screen.header.show(counts=counts)
        finally:
            self._busy = False

    def _counts(self, view: View) -> Counts:
        """The numbers that the header may show: the unread stories, and those of the list that is shown."""
        wanted = {Listing.UNREAD, view.listing}
        count = self._screen.desk.reading.count
        return Counts(**{listing.value: count(replace(view, listing=listing)) for listing in wanted})
