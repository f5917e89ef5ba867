"""The desk of a kiosk: many readers over one store that somebody else fills.

A session reads the shared store and asks no source: the host's one refresher does (``khabar fetch`` by a timer). What
came is seen by a look at the shared file now and then, which costs nothing while nothing changes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.arrivals import Arrivals
from tui.desk.desk import Desk, desk_over
from tui.desk.events import Events, SourcesChanged
from tui.desk.network import Network
from tui.store.errors import StoreError
from tui.store.readers import ReaderStore

if TYPE_CHECKING:
    from tui.sources.rules import SiteRule

log = logging.getLogger(__name__)
LOOK_EVERY = 10.0
"""Seconds between two looks."""


def open_kiosk_desk(
    shared: Path,
    own: Path,
    cache: Path,
    *,
    reader: str,
    cache_megabytes: int,
    contact: str,
    site_rules: Sequence[SiteRule] = (),
) -> Desk:
    """The desk of one reader: their file ``own`` over the store ``shared``; pages come through the readers' cache.

    No address may be inside a private network, whoever gave it. Raises StoreError.
    """
    store = ReaderStore.open_for(own, shared)
    events = Events()
    network = Network(
        cache, events, contact=contact, cache_megabytes=cache_megabytes, site_rules=site_rules, kiosk=True
    )
    return desk_over(store, network, events, reader=reader)


async def follow_host(desk: Desk) -> None:
    """Tell the screen what the host's refresher stored, until cancelled."""
    store = desk.store
    assert isinstance(store, ReaderStore)
    arrivals = Arrivals(store, desk.events)
    arrivals.begin()
    sources = store.sources()
    while True:
        # On the one thread that writes: SQLite tells each connection apart whether the file has changed.
        if await asyncio.wrap_future(desk.reading.write(store.follow_shared)):
            try:
                now = store.sources()
                if now != sources:
                    sources = now
                    desk.events.publish(SourcesChanged())
                await asyncio.to_thread(arrivals.tell, frozenset())
            except StoreError as error:
                log.warning("what came is not told: %s", error)
        await asyncio.sleep(LOOK_EVERY)
