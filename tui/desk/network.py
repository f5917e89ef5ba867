"""The HTTP client and the parser process, begun when they are first needed: the first frame needs neither."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.events import Events, OfflineChanged, Trouble

if TYPE_CHECKING:
    from tui.net.client import Client
    from tui.net.outcome import Notice
    from tui.sources.rules import SiteRule
    from tui.sources.worker import Worker

log = logging.getLogger(__name__)


REST = 60.0
"""Seconds without work after which a kiosk's parser process ends, and anybody's that reads pages again."""


class Network:
    """Makes the client and the worker once, off the event loop's time."""

    def __init__(
        self,
        cache_path: Path,
        events: Events,
        *,
        contact: str = "",
        cache_megabytes: int = 200,
        offline: bool = False,
        site_rules: Sequence[SiteRule] = (),
        kiosk: bool = False,
    ) -> None:
        """``kiosk``: one of many readers on somebody's host. No address may be inside its network, not even one that
        the reader typed, and the parser process goes when it is not needed."""
        self._events = events
        self._cache_path = cache_path
        self._contact = contact
        self._cache_bytes = cache_megabytes * 1_000_000
        self._offline = offline
        self._site_rules = site_rules
        self._kiosk = kiosk
        self._clients: dict[bool, Client] = {}
        self._worker: Worker | None = None
        self._again: Worker | None = None
        self._making = asyncio.Lock()

    async def client(self, *, builtin: bool = False) -> Client:
        """The client; its first use imports the HTTP library in a thread, so that the screen does not wait for it.

        The built-in edition has a client of its own: it is on this machine, so neither a lost network, nor the wish
        for none, nor a proxy stands between it and the reader.
        """
        async with self._making:
            if builtin not in self._clients:
                self._clients[builtin] = await asyncio.to_thread(self._make_client, builtin)
            return self._clients[builtin]

    def worker(self) -> Worker:
        """The parser process, begun here and warm a moment later."""
        if self._worker is None:
            from tui.sources.worker import Worker

            self._worker = Worker(rules=self._site_rules, rest=REST if self._kiosk else None)
        return self._worker

    def worker_again(self) -> Worker:
        """The parser process that reads a page again; begun at the first such page (see ``tui.sources.again``)."""
        if self._again is None:
            from tui.sources.worker import AGAIN, AGAIN_SECONDS, Worker

            self._again = Worker(seconds=AGAIN_SECONDS, rules=self._site_rules, rest=REST, command=AGAIN)
        return self._again

    def _make_client(self, builtin: bool) -> Client:
        from tui import __version__
        from tui.net.client import Client, ClientSettings

        settings = ClientSettings(
            cache_path=self._cache_path,
            user_agent=f"khabar/{__version__}",
            contact=self._contact,
            cache_bytes=self._cache_bytes,
            offline=self._offline and not builtin,
            proxies=not builtin,
            private=not self._kiosk,
        )
        return Client(settings, notify=self._noticed, on_offline=None if builtin else self._offline_changed)

    def _noticed(self, notice: Notice) -> None:
        self._events.publish(Trouble(notice.sentence, notice.detail))

    def _offline_changed(self, offline: bool) -> None:
        self._events.publish(OfflineChanged(offline))

    async def tidy(self) -> None:
        """Bring the cache under its limit."""
        for client in tuple(self._clients.values()):
            await client.tidy()

    @property
    def offline(self) -> bool:
        """Whether the reader asked for no network, or the client found none."""
        return self._clients[False].offline if False in self._clients else self._offline

    @offline.setter
    def offline(self, value: bool) -> None:
        self._offline = value
        if False in self._clients:
            self._clients[False].offline = value

    @property
    def unwanted(self) -> bool:
        """Whether it is the reader who wants nothing sent."""
        return self._offline

    async def aclose(self) -> None:
        """Close what was begun."""
        for client in self._clients.values():
            await client.aclose()
        for worker in (self._worker, self._again):
            if worker is not None:
                await worker.aclose()
