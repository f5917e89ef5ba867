"""Reading from the store and keeping what the reader does.

Reads are a millisecond and run where they are called. Writes may meet another process's lock, so each runs at once on
one writer thread, in the order it was asked for, and its event tells when it is kept.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from tui.desk.events import Event, Events, ListsChanged, SourcesChanged, StoriesChanged, Trouble
from tui.news.model import Article, Counts, Direction, Key, Paper, Source, Story, View, Visit
from tui.store.errors import StoreError
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.store.state import Change

log = logging.getLogger(__name__)
T = TypeVar("T")
PAUSE = 0.01
"""Seconds between two transactions of long work, in which other processes write."""


class Reading:
    """The reader's side of the store."""

    def __init__(self, store: Store, events: Events) -> None:
        self._store = store
        self._events = events
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")

    def stories(
        self, view: View, *, after: Key | None = None, before: Key | None = None, last: bool = False, limit: int = 50
    ) -> list[Story]:
        """A page of a list, newest first: see ``Store.stories``. Raises QueryError for a search that cannot be read."""
        return self._store.stories(view, after=after, before=before, last=last, limit=limit)

    def story(self, story_id: int) -> Story | None:
        """One story, or None when it is gone."""
        return self._store.story(story_id)

    def others(self, story_id: int) -> list[Story]:
        """The same story in other papers."""
        return self._store.others(story_id)

    def count(self, view: View, at_most: int = 0) -> int:
        """How many stories a list holds; with ``at_most`` a search stops counting there."""
        return self._store.count(view, at_most)

    def counts(self) -> Counts:
        """How many stories each list holds."""
        return self._store.counts()

    def papers(self, view: View) -> list[Paper]:
        """The papers of a list that is no search, in no order, with their unread stories."""
        return self._store.papers(view)

    def unread_by_source(self) -> dict[int, int]:
        """How many unread stories each source has, by its id."""
        return self._store.unread_by_source()

    def sources(self) -> list[Source]:
        """The sources followed."""
        return self._store.sources()

    def article(self, story: Story) -> Article:
        """The text stored for a story: the whole of it, the feed's teaser, or the bare headline."""
        stored = self._store.article(story.id)
        if stored is not None:
            return stored
        return Article(
            title=story.title,
            isolates=story.isolates,
            source=story.paper,
            published=story.published,
            source_link=story.link,
            language=story.language,
            direction=story.direction or Direction.AUTO,
            full=False,
        )

    def place(self, story_id: int) -> tuple[int, int]:
        """Where the reader was in a story: (block, line)."""
        return self._store.place(story_id) or (0, 0)

    def recall(self, key: str) -> str | None:
        """What was remembered under ``key``."""
        return self._store.recall(key)

    def history(self, limit: int = 1_000) -> list[Visit]:
        """What was opened, the last first."""
        return self._store.history(limit)

    # what the reader does, kept at once on the writer thread

    def mark_read(self, ids: Iterable[int], read: bool = True) -> Future[Change | None]:
        """Mark stories read or unread."""
        wanted = tuple(ids)
        return self.change(lambda: self._store.mark_read(wanted, read))

    def mark_all_read(self, view: View, upto: Key | None = None) -> Future[Change | None]:
        """Mark a whole list read; stories that arrived after ``upto`` was on top stay unread."""
        return self.change(lambda: self._store.mark_all_read(view, upto))

    def star(self, ids: Iterable[int], starred: bool = True) -> Future[Change | None]:
        """Star stories or take the star away."""
        wanted = tuple(ids)
        return self.change(lambda: self._store.star(wanted, starred))

    def undo(self) -> Future[Change | None]:
        """Take back the last change; its result is that change, or None when there is none."""
        return self.change(self._store.undo)

    def set_place(self, story_id: int, block: int, line: int) -> None:
        """Remember where the reader is in a story."""
        self.write(lambda: self._store.set_place(story_id, block, line))

    def remember(self, key: str, value: str) -> None:
        """Remember a small piece of state ("selected", "view", …)."""
        self.write(lambda: self._store.remember(key, value))

    def hide(self, ids: Iterable[int], hidden: bool = True) -> Future[Change | None]:
        """Take stories out of the lists, or bring them back."""
        wanted = tuple(ids)
        return self.change(lambda: self._store.hide(wanted, hidden))

    def visited(self, url: str, title: str, *, typed: bool = False, story_id: int = 0) -> None:
        """Add a page or a story to the history."""
        self.write(lambda: self._store.history_add(url, title, typed=typed, story_id=story_id))

    def forget(self, url: str | None = None) -> Future[None]:
        """Forget one address of the history, or all."""
        return self.write(lambda: self._store.history_forget(url))

    def write(self, work: Callable[[], T]) -> Future[T | None]:
        """Run one short piece of writing on the writer thread; a failure becomes a Trouble event and None."""
        return self._writer.submit(self._guarded, work)

    def close(self) -> None:
        """Finish the writes under way."""
        self._writer.shutdown(wait=True)

    def carry_on(self) -> None:
        """Let the stories of sources that were removed or came back follow them; the reader's own writes go between."""

        def some() -> None:
            if self._store.carry_on():
                time.sleep(PAUSE)
                self.carry_on()
                return
            self._events.publish(SourcesChanged())

        with suppress(RuntimeError):  # it is the end: whoever opens the file next does the rest
            self.write(some)

    def change(self, work: Callable[[], Change | None]) -> Future[Change | None]:
        """Run one change that can be undone on the writer thread, and tell whom it concerns."""

        def run() -> Change | None:
            change = work()
            if change is not None:
                self._events.publish(*_told(change))
                if self._store.carry_on():
                    self.carry_on()
            return change

        return self.write(run)

    def _guarded(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except StoreError as error:
            log.warning("not kept: %s", error)
            self._events.publish(Trouble(str(error)))
            return None


def _told(change: Change) -> list[Event]:
    """What a change means to those who show the news."""
    told: list[Event] = []
    if change.kind == "import" or change.kind.endswith("-source"):
        told.append(SourcesChanged())
    elif change.kind.endswith(("-list", "-rule")):
        told.append(ListsChanged())
    elif change.story_ids:
        told.append(StoriesChanged(change.story_ids))
    return told
