"""Managing what is followed: add by address (a feed, or any site that has one), remove, turn on and off, health."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.desk.articles import Articles, Problem
from tui.desk.events import Events, SourcesChanged
from tui.desk.ownership import named_by_server, same_place, typed_by_reader
from tui.desk.places import Place
from tui.desk.reading import Reading
from tui.news.health import Health, Try
from tui.news.model import Direction, Document, DocumentKind, Link, Source, SourceKind
from tui.store.errors import StoreError
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.store.state import Change


_NO_FEED = "Neither a feed nor a list of headlines was found at {address}; give the feed's own address."
FEEDS_TRIED = 3
"""How many of the feeds a page announces are tried before its headlines are taken from the page itself."""


@dataclass(frozen=True, slots=True)
class Added:
    """A source that was added, or that was followed already."""

    source: Source
    stories: int
    existed: bool = False


class SourceDesk:
    """The reader's sources."""

    def __init__(
        self, store: Store, articles: Articles, events: Events, reading: Reading, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._reading = reading
        self._articles = articles
        self._events = events
        self._clock = clock

    def all(self) -> list[Source]:
        """Every source followed."""
        return self._store.sources()

    def healths(self) -> dict[int, Health]:
        """How each source has been doing, by source id."""
        return self._store.healths()

    def find(self, name: str) -> Source | None:
        """The source with this id, address or title (whole, else the only one that contains it)."""
        sources = self._store.sources()
        exact = [s for s in sources if name in (str(s.id), s.address, s.title)]
        near = exact or [s for s in sources if name.casefold() in s.title.casefold() or name in s.address]
        return near[0] if len(near) == 1 or exact else None

    def at(self, address: str) -> Source | None:
        """The source followed at this very address."""
        return self._store.find_source(address)

    def could_follow(self, address: str, document: Document) -> bool:
        """Whether what was found at an address the reader typed is, or announces, what is not followed yet."""
        if document.kind is not DocumentKind.FEED and not document.feeds:
            return False
        announced = (link.url for link in document.feeds[:FEEDS_TRIED])
        return not any(self.at(place) for place in (address, *announced))

    def catalogue(self) -> list[Source]:
        """The sources khabar knows of, followed or not."""
        from tui.sources.catalogue import entries

        return [entry.source for entry in entries()]

    async def take(self, source: Source) -> Source | None:
        """Follow a source of the catalogue, whose address is known to be right; undo lets it go again. None when that
        could not be kept."""

        def keep() -> Change | None:
            if self._store.find_source(source.address) is not None:
                return None
            return self._store.added_source(self._store.add_source(replace(source, enabled=True)).id)

        await asyncio.wrap_future(self._reading.change(keep))
        return self._store.find_source(source.address)

    async def begin_with(self, language: str) -> None:
        """At the first start: follow the catalogue's papers of a language in place of those followed by locale."""
        from tui.sources.catalogue import for_locale

        known = {source.address for source in self.catalogue()}
        await self.withdraw([source for source in self.all() if source.address in known])
        self.follow(for_locale(language))

    def follow(self, sources: list[Source]) -> list[Source]:
        """Add sources whose addresses are known to be right (the catalogue's, the edition's)."""
        added = [self._store.add_source(source) for source in sources]
        self._events.publish(SourcesChanged())
        return added

    async def add(self, address: str, *, title: str = "") -> Added | Problem:
        """Follow an address the reader typed: a feed, or a page that announces one, or a front page itself."""
        place = await self.look(address)
        return await self.follow_place(place, title=title) if isinstance(place, Place) else place

    async def look(self, address: str) -> Place | Added | Problem:
        """What is at an address the reader typed; nothing is followed yet but what was already."""
        address = complete(address)
        existing = self._store.find_source(address)
        if existing is not None:
            await asyncio.to_thread(typed_by_reader, self._store, address)
            return Added(existing, 0, existed=True)
        document = await self._articles.page(address, anew=True)
        return document if isinstance(document, Problem) else Place(address, document)

    async def follow_place(self, place: Place, feed: Link | None = None, *, title: str = "") -> Added | Problem:
        """Follow ``feed``, else the first of the place's feeds that is one, else the headlines of its page."""
        address, document = place.address, place.document
        if document.kind is not DocumentKind.FEED:
            tried = (feed,) if feed else document.feeds[:FEEDS_TRIED]
            announced = await self._announced(place.address, tried)
            if announced is not None:
                address, document = announced
            elif feed is not None:
                return Problem(_NO_FEED.format(address=feed.url))
        if document.kind is DocumentKind.ARTICLE or not (document.items or document.kind is DocumentKind.FEED):
            return Problem(_NO_FEED.format(address=address))
        return await self._keep(address, document, title, place.address)

    async def withdraw(self, sources: list[Source]) -> None:
        """Stop following sources the reader never asked for: undo, which takes back what readers do, leaves them."""

        def let_go() -> None:
            for source in sources:
                self._store.withdraw_source(source.id)
            self._events.publish(SourcesChanged())

        await asyncio.wrap_future(self._reading.write(let_go))

    async def remove(self, source: Source) -> bool:
        """Stop following a source; undo brings it back with its stories. False when that could not be kept."""
        return None is not await asyncio.wrap_future(self._reading.change(lambda: self._store.remove_source(source.id)))

    async def update(self, source: Source) -> None:
        """Keep the title, direction or switches the reader gave a source; undo takes it back."""
        await asyncio.wrap_future(self._reading.change(lambda: self._store.change_source(source)))

    async def _announced(self, typed: str, feeds: Iterable[Link]) -> tuple[str, Document] | None:
        for link in feeds:
            document = await self._articles.page(link.url, typed=same_place(link.url, typed), anew=True)
            if isinstance(document, Document) and document.kind is DocumentKind.FEED:
                return link.url, document
        return None

    async def _keep(self, address: str, document: Document, title: str, typed: str) -> Added | Problem:
        source = Source(
            address=address,
            title=title or document.title or urlsplit(address).hostname or address,
            kind=SourceKind.FEED if document.kind is DocumentKind.FEED else SourceKind.FRONT_PAGE,
            site=document.site,
            language=document.language,
            direction=document.direction or Direction.AUTO,
        )

        def keep() -> tuple[Source, int]:
            existed = self._store.find_source(address)
            stored = existed or self._store.add_source(source)
            if existed is None:
                self._store.added_source(stored.id)
                named_by_server(self._store, address, typed)
            new = len(self._store.add_items(stored, document.items).new)
            self._store.record_try(stored.id, Try(self._clock(), "fresh", new=new))
            return stored, new

        try:
            stored, new = await asyncio.to_thread(keep)
        except StoreError as error:
            return Problem(str(error))
        self._events.publish(SourcesChanged())
        return Added(stored, new)


def complete(address: str) -> str:
    """An address as people type it, made whole: "example.org/news" is "https://example.org/news", and what is at home
    ("localhost:8000", "192.168.1.2") hardly ever encrypts."""
    address = address.strip()
    if "://" in address:
        return address
    return f"{'http' if _is_at_home(address) else 'https'}://{address}"


def _is_at_home(address: str) -> bool:
    """Whether an address without its scheme leads to this machine or its network."""
    try:
        host = urlsplit(f"//{address}").hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".home.arpa")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False
