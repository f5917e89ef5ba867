"""What a server says about the address itself: moved for good, or gone (RFC 9110 sections 15.4.2, 15.4.9 and 15.5.11).

Both change what the reader follows, so both are told, and both can be taken back.
"""

from __future__ import annotations

from dataclasses import replace

from tui.desk.events import Event, Events, SourceMoved, SourceRetired, SourcesChanged
from tui.desk.reading import Reading
from tui.net.outcome import Outcome
from tui.news.model import Source
from tui.store.store import Store


class Upkeep:
    """Keeps the list of sources true to what their servers say."""

    def __init__(self, store: Store, reading: Reading, events: Events) -> None:
        self._store = store
        self._reading = reading
        self._events = events

    def after(self, source: Source, outcome: Outcome) -> None:
        """Act on one outcome; a move counts when the client has seen it twice."""
        if outcome.gone and source.enabled:
            self._change(source, replace(source, enabled=False), SourceRetired(source))
        elif outcome.moved_confirmed and outcome.moved_to and self._store.find_source(outcome.moved_to) is None:
            moved = replace(source, address=outcome.moved_to)
            self._change(source, moved, SourceMoved(moved, source.address))

    def _change(self, old: Source, new: Source, event: Event) -> None:
        from tui.store.state import Change, ChangeKind

        def back() -> Change:
            self._store.update_source(old)
            self._events.publish(SourcesChanged())
            return Change(0, ChangeKind.REMOVE_SOURCE)

        self._store.update_source(new)
        self._reading.offer_undo(back)
        self._events.publish(SourcesChanged(), event)
