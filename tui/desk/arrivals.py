"""Stories that other processes stored: this one's lists hear of them too."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tui.desk.events import Event, Events, SourcesChanged, StoriesArrived
from tui.store import since
from tui.store.store import Store


class Arrivals:
    """Knows which stories this process's lists have heard of."""

    def __init__(self, store: Store, events: Events) -> None:
        self._store = store
        self._events = events
        self._seen: int | None = None
        events.subscribe(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, SourcesChanged):
            self._seen = None  # the lists are read anew, with all there is

    def begin(self) -> None:
        """Count from here, the first time. May raise StoreError."""
        if self._seen is None:
            self._seen = since.last_id(self._store)

    def tell(self, own: AbstractSet[int]) -> None:
        """Announce what came since but for ``own``, which has been announced. May raise StoreError."""
        seen, self._seen = self._seen, since.last_id(self._store)
        if seen is not None and self._seen > seen:
            others = tuple(i for i in since.ids_since(self._store, seen) if i not in own and i <= self._seen)
            if others:
                self._events.publish(StoriesArrived(others))
