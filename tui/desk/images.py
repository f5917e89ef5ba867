"""Pictures of articles: fetched through the cache, scaled in the parser process, known by what they are.

A picture's key is the hash of its content: whoever reports it reports it at every address and in every paper.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass

from tui.desk.network import Network
from tui.desk.ownership import is_users_own, same_place
from tui.net.outcome import Purpose
from tui.news.model import Source
from tui.news.pictures import Colours, Grain, Raster
from tui.sources.worker import ParserFailed
from tui.store.errors import StoreError
from tui.store.store import Store

log = logging.getLogger(__name__)
MAX_BYTES = 4_000_000
"""A larger file is not shown."""
_BODIES = 8_000_000
"""Bytes of files kept for another size of the pane."""
_RASTERS = 64
"""Scaled pictures kept, some 9 KB each; in pixels a tenth of a MB more."""


@dataclass(frozen=True, slots=True)
class Box:
    """The most a picture may take, and the colours there are. ``grain``: in pixels too."""

    columns: int
    rows: int
    colours: Colours = Colours.TRUE
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """How many readers have reported a picture, and whether this one has."""

    count: int = 0
    own: bool = False

    def hidden(self, after: int) -> bool:
        """Whether it is hidden when so many reports hide a picture for all."""
        return self.own or self.count >= max(1, after)


class Images:
    """The pictures of one run. Use from one event loop."""

    def __init__(self, store: Store, network: Network) -> None:
        self._store = store
        self._network = network
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._keys: dict[str, str] = {}
        self._rasters: OrderedDict[tuple[str, Box], Raster] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[str]] = {}

    async def key(self, url: str, source: Source | None = None, *, beside: str = "") -> str:
        """The content hash of the picture at an address, fetched when it is not known yet; "" when it cannot be had.

        Only the place of ``source``, which the reader chose, or of the typed page ``beside`` may be inside a private
        network. Calls for one address share a fetch.
        """
        if url in self._keys:
            return self._keys[url]
        task = self._under_way.get(url)
        if task is None:
            task = self._under_way[url] = asyncio.create_task(self._fetch(url, source, beside), name="picture")
            task.add_done_callback(lambda _: self._under_way.pop(url, None))
        return await asyncio.shield(task)

    async def raster(self, url: str, box: Box, source: Source | None = None, *, beside: str = "") -> Raster | None:
        """The picture at an address for a box; None when it cannot be shown."""
        key = await self.key(url, source, beside=beside)
        if not key:
            return None
        made = self._rasters.get((key, box))
        if made is None:
            if url not in self._bodies and not await self._fetch(url, source, beside):
                return None
            try:
                worker = self._network.worker()
                made = await worker.raster(self._bodies[url], box.columns, box.rows, box.colours, box.grain)
            except ParserFailed:
                return None
            self._rasters[key, box] = made
            if len(self._rasters) > _RASTERS:
                self._rasters.popitem(last=False)
        self._rasters.move_to_end((key, box))
        return made

    async def reports(self, key: str, reader: str) -> Reports:
        """Who has reported a picture; the file is shared, so it is read beside the screen."""
        return await asyncio.to_thread(self._reports, key, reader)

    def _reports(self, key: str, reader: str) -> Reports:
        try:
            # No number of readers hides with this threshold: what is left is the reader's own report.
            own = bool(reader) and self._store.image_hidden(key, 1 << 30, reader)
            return Reports(self._store.reports().count(key), own)
        except StoreError as error:
            log.warning("reports of pictures not read: %s", error)
            return Reports()

    async def _fetch(self, url: str, source: Source | None, beside: str) -> str:
        own = source is not None and is_users_own(self._store, source, url)
        client = await self._network.client(builtin=own and source is not None and source.builtin)
        private_ok = own or same_place(url, beside)
        outcome = await client.fetch(url, purpose=Purpose.READ, private_ok=private_ok)
        if not outcome.ok or not 0 < len(outcome.body) <= MAX_BYTES:
            return ""
        self._bodies[url] = outcome.body
        self._bodies.move_to_end(url)
        while sum(map(len, self._bodies.values())) > _BODIES and len(self._bodies) > 1:
            self._bodies.popitem(last=False)
        import hashlib  # not at the start: the first frame has no picture

        self._keys[url] = await asyncio.to_thread(lambda: hashlib.sha256(outcome.body).hexdigest())
        return self._keys[url]
