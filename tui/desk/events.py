"""What happens at the desk, told to whoever shows it.

Every event is delivered on the thread of the event loop that the hub was bound to, in the order of publishing, and in
the context (contextvars) in which the listener subscribed: what a screen starts on hearing it belongs to the screen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass

from tui.news.model import Source

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefreshStarted:
    """A refresh of ``total`` sources began."""

    total: int


@dataclass(frozen=True, slots=True)
class SourceRefreshed:
    """One source was asked; ``sentence`` says what failed, or is ""."""

    source: Source
    outcome: str
    new: int
    done: int
    total: int
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class RefreshFinished:
    """A refresh ended: stories that were new, sources that failed, sources asked; whether it was stopped before all."""

    new: int
    failed: int
    total: int
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """What was stored is being put into the search index and into groups; ``done`` is ``total`` when that ended.

    Told only where it takes long.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """Sources of a file are being followed; ``done`` is ``total`` when that ended, of itself or not."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StoriesArrived:
    """New stories were stored."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoriesChanged:
    """Stored stories changed their state or their text."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoriesGrouped:
    """Stories were found to be the same as others: a list shows one row for them now, these are the rows changed."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourcesChanged:
    """Sources were added, removed or renamed: the lists may hold other stories now."""


@dataclass(frozen=True, slots=True)
class ListsChanged:
    """A smart list or a rule was made, changed, moved or removed."""


@dataclass(frozen=True, slots=True)
class SourceMoved:
    """A source's server said twice that it has moved for good: its address is the new one now. Undo takes that back."""

    source: Source
    old_address: str


@dataclass(frozen=True, slots=True)
class SourceRetired:
    """A source's server says that there will be nothing any more (410): it is not asked again. Undo takes that back."""

    source: Source


@dataclass(frozen=True, slots=True)
class OfflineChanged:
    """The network went away or came back."""

    offline: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed that the reader should know: one sentence, and the detail for the log."""

    sentence: str
    detail: str = ""


Event = (
    RefreshStarted
    | SourceRefreshed
    | RefreshFinished
    | IndexProgress
    | ImportProgress
    | StoriesArrived
    | StoriesChanged
    | StoriesGrouped
    | SourcesChanged
    | ListsChanged
    | SourceMoved
    | SourceRetired
    | OfflineChanged
    | Trouble
)
Listener = Callable[[Event], None]


class Events:
    """The hub events pass through."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Listener, Context]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver on this loop's thread from now on; before that, on the publisher's."""
        self._loop = loop

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every event; the returned function ends that."""
        entry = (listener, copy_context())
        self._listeners.append(entry)
        return lambda: self._listeners.remove(entry) if entry in self._listeners else None

    def publish(self, *events: Event) -> None:
        """Deliver events, from any thread."""
        if self._loop is None or _running() is self._loop:
            self._deliver(events)
        elif not self._loop.is_closed():
            try:
                self._loop.call_soon_threadsafe(self._deliver, events)
            except RuntimeError:  # the loop closed between the question and the call: nobody is left to tell
                log.debug("events after the end: %d", len(events))

    def _deliver(self, events: Sequence[Event]) -> None:
        for event in events:
            for listener, context in tuple(self._listeners):
                context.copy().run(listener, event)  # a copy: a listener may publish, and a context is entered once


def _running() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
