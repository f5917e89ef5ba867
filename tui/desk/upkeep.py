"""What a server says about the address itself: moved for good, or gone (RFC 9110 sections 15.4.2, 15.4.9 and 15.5.11).

Both change what the reader follows, so both are told, and both can be taken back, later too. What was taken back is
not done again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tui.desk.events import Event, Events, SourceMoved, SourceRetired, SourcesChanged
from tui.desk.ownership import named_by_server
from tui.net.outcome import Outcome
from tui.news.model import Source
from tui.store.store import Store


class Upkeep:
    """Keeps the list of sources true to what their servers say."""

    def __init__(self, store: Store, events: Events, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._events = events
        self._clock = clock

    def after(self, source: Source, outcome: Outcome, *, whole: bool) -> None:
        """Act on one outcome. ``whole``: what came is what the source gives.

        A move counts when the client has seen it twice and the source is found at its end: networks that want to be
        logged in to send every address to their own page, for good.
        """
        if outcome.gone and source.enabled and not self._back_after_retiring(source):
            self._store.remember(f"retired {source.address}", str(self._clock().timestamp()))
            self._change(replace(source, enabled=False), SourceRetired(source))
        elif outcome.moved_confirmed and outcome.moved_to and whole:
            self._move(source, outcome.moved_to)

    def _move(self, source: Source, target: str) -> None:
        key = f"moved {source.address}"
        if self._store.recall(key) == target or self._store.find_source(target) is not None:
            return
        self._store.remember(key, target)
        named_by_server(self._store, target, source.address)
        moved = replace(source, address=target)
        self._change(moved, SourceMoved(moved, source.address))

    def _back_after_retiring(self, source: Source) -> bool:
        """The reader turned a retired source on again, and it has not answered since: it stays on."""
        retired = self._store.recall(f"retired {source.address}")
        if not retired:
            return False
        success = self._store.health(source.id).last_success
        return success is None or success.timestamp() <= float(retired)

    def _change(self, source: Source, event: Event) -> None:
        self._store.change_source(source)
        self._events.publish(SourcesChanged(), event)
