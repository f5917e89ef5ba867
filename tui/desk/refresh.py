"""Asking the sources for news, in the background, with progress.

One refresh runs at a time; what is asked for while one runs joins it. Every source's outcome is stored as it comes, so
a refresh that is cut short keeps what it had.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ParamSpec, TypeVar

from tui.desk.alone import Waiting, alone
from tui.desk.arrivals import Arrivals
from tui.desk.events import (
    Events,
    IndexProgress,
    OfflineChanged,
    RefreshFinished,
    RefreshStarted,
    SourceRefreshed,
    StoriesArrived,
    StoriesGrouped,
    Trouble,
)
from tui.desk.network import Network
from tui.desk.order import by_host
from tui.desk.ownership import is_users_own
from tui.desk.retention import Retention
from tui.desk.upkeep import Upkeep
from tui.net.outcome import Outcome, Purpose
from tui.news.health import Try
from tui.news.model import Document, DocumentKind, Source, SourceKind
from tui.sources.worker import ParserFailed
from tui.store.errors import StoreError
from tui.store.store import Store

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 48
"""Sources under way at once; the client's own limits (two a host, sixteen in all) stand below this."""
LONG = 500
"""So many steps of indexing and grouping take a second or more: whoever waits is told how far it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source."""

    source: Source
    outcome: str
    new: tuple[int, ...] = ()
    sentence: str = ""

    @property
    def failed(self) -> bool:
        """Whether the source could not be had."""
        return self.outcome in ("failed", "offline")


class Refresher:
    """Refreshes sources in the background of one event loop."""

    def __init__(
        self,
        store: Store,
        network: Network,
        events: Events,
        clock: Callable[[], datetime],
        upkeep: Upkeep,
        retention: Retention,
    ) -> None:
        self._store = store
        self._network = network
        self._events = events
        self._clock = clock
        self._upkeep = upkeep
        self._retention = retention
        self._arrivals = Arrivals(store, events)
        # One, not a pool: whatever computes takes its turns of the interpreter from the screen.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="refresh")
        self._task: asyncio.Task[list[Result]] | None = None
        self._waiting: dict[int, bool] = {}

    def keep(self, days: int) -> None:
        """Keep stories for so many days from now on; 0 for ever."""
        self._retention.keep_days = days

    @property
    def running(self) -> bool:
        """Whether a refresh is under way."""
        return self._task is not None and not self._task.done()

    def refresh(self, source_ids: Sequence[int] | None = None, *, force: bool = False) -> None:
        """Begin a refresh of these sources (all enabled ones when None), or let it follow the one under way."""
        ids = [s.id for s in self._store.sources() if s.enabled] if source_ids is None else list(source_ids)
        if self.running:
            self._waiting |= dict.fromkeys(ids, force)
        else:
            self._task = asyncio.create_task(self.run(ids, force=force), name="refresh")
            self._task.add_done_callback(self._follow)

    async def wait(self) -> None:
        """Wait for the refresh under way, and those that follow it, to end."""
        while self.running and self._task is not None:
            await asyncio.wait({self._task})
            await asyncio.sleep(0)  # lets a refresh that was asked for meanwhile begin

    def cancel(self) -> None:
        """End the refresh under way; what it stored stays."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def _follow(self, task: asyncio.Task[list[Result]]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("refresh failed", exc_info=error)
            self._events.publish(Trouble(f"The refresh stopped: {error}.", repr(error)))
        if self._waiting and not task.cancelled():
            waiting, self._waiting = self._waiting, {}
            self.refresh(list(waiting), force=any(waiting.values()))

    async def run(
        self, source_ids: Iterable[int], *, force: bool = False, waiting: Waiting | None = None, wait: bool = True
    ) -> list[Result]:
        """Refresh these sources and wait for them all.

        While another process refreshes this one waits (``waiting`` is told for whom), or with ``wait=False`` raises
        Busy. What the other one has asked meanwhile is not asked again, unless forced.
        """
        asked_at = self._clock()
        await self._off_loop(self._arrivals.begin)
        async with alone(self._store, waiting, wait=wait) as waited:
            sources = [s for i in source_ids if (s := self._store.source(i)) is not None]
            known = self._asked_since(sources, asked_at) if waited and not force else {}
            results = await self._run(sources, known, force=force)
            await self._index_and_group()
            await self._off_loop(self._end, {i for result in results for i in result.new})
        return results

    async def _off_loop(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(act, *args, **kwargs))

    async def _index_and_group(self) -> None:
        """What the stories could be seen without; a slice at a time, with room for the reader's own writes between."""
        changed: set[int] = set()
        total = 0
        try:
            while (settled := await self._off_loop(self._store.settle)).more:
                changed.update(settled.changed)
                total = max(total, settled.left)
                if total > LONG:
                    self._events.publish(IndexProgress(total - settled.left, total))
            changed.update(settled.changed)
        except StoreError as error:
            log.warning("stories wait for the index: %s", error)
        finally:
            if total > LONG:
                self._events.publish(IndexProgress(total, total))
        if changed:
            self._events.publish(StoriesGrouped(tuple(sorted(changed))))

    def _asked_since(self, sources: Iterable[Source], moment: datetime) -> dict[int, Result]:
        """What another process found at the sources that it has asked since a moment."""
        tries = {source.id: self._store.health(source.id).last for source in sources}
        return {
            source.id: Result(source, last.outcome, sentence=last.sentence)
            for source in sources
            if (last := tries[source.id]) is not None and last.at >= moment
        }

    def _end(self, own: AbstractSet[int]) -> None:
        try:
            self._arrivals.tell(own)
        except StoreError as error:
            log.warning("what others stored stays untold: %s", error)
        self._retention.after_refresh(int(self._clock().timestamp()))

    async def _run(self, sources: Sequence[Source], known: Mapping[int, Result], *, force: bool) -> list[Result]:
        self._events.publish(RefreshStarted(len(sources)))
        if await self._off_loop(self._expects_documents, sources):
            self._network.worker().start()  # it gets ready while the first answers are on their way
        gate = asyncio.Semaphore(AT_ONCE)
        results: list[Result] = []

        async def one(source: Source) -> None:
            async with gate:
                result = known.get(source.id) or await self._source(source, force=force)
            results.append(result)
            self._tell(result, len(results), len(sources))

        try:
            async with asyncio.TaskGroup() as group:
                for source in by_host(sources):
                    group.create_task(one(source))
        finally:
            new = sum(len(r.new) for r in results)
            failed = sum(r.failed for r in results)
            self._events.publish(RefreshFinished(new, failed, len(sources), len(results) < len(sources)))
            self._events.publish(OfflineChanged(self._network.offline))
            await self._network.tidy()
        return results

    def _expects_documents(self, sources: Iterable[Source]) -> bool:
        """Whether a source has never been read: its answer will not be that nothing has changed."""
        try:
            return any(not self._store.known_document(source.id) for source in sources)
        except StoreError:
            return False

    def _tell(self, result: Result, done: int, total: int) -> None:
        if result.new:
            self._events.publish(StoriesArrived(result.new))
        self._events.publish(
            SourceRefreshed(result.source, result.outcome, len(result.new), done, total, result.sentence)
        )

    async def _source(self, source: Source, *, force: bool) -> Result:
        client = await self._network.client(builtin=source.builtin)
        purpose = Purpose.FORCE if force else Purpose.REFRESH
        own = is_users_own(self._store, source, source.address)
        outcome = await client.fetch(source.address, purpose=purpose, private_ok=own)
        try:
            return await self._keep(source, outcome)
        except StoreError as error:
            return Result(source, "failed", sentence=str(error))

    async def _keep(self, source: Source, outcome: Outcome) -> Result:
        """Parse and store what came, and record the try."""
        document: Document | None = None
        sentence = outcome.failure.sentence if outcome.failure else ""
        import hashlib  # not at the start: what is refreshed is refreshed after the first frame

        name = hashlib.sha256(outcome.body).hexdigest() if outcome.body else ""
        known = bool(name) and name == await self._off_loop(self._store.known_document, source.id)
        if outcome.ok and name and not known:
            try:
                document = await self._network.worker().parse(
                    outcome.body, url=outcome.url, content_type=outcome.content_type
                )
                sentence = sentence or (document.errors[0] if document.errors and not document.items else "")
            except ParserFailed as error:
                sentence = str(error)
        new = await self._off_loop(self._store_document, source, outcome, document, sentence, name)
        await self._off_loop(self._upkeep.after, source, outcome, whole=known or _fits(source, document))
        kind = "failed" if sentence and document is None and not outcome.failure else outcome.kind.value
        return Result(source, kind, new, sentence)

    def _store_document(
        self, source: Source, outcome: Outcome, document: Document | None, sentence: str, name: str
    ) -> tuple[int, ...]:
        new: tuple[int, ...] = ()
        with self._store.together():
            if document is not None and document.items:
                new = self._store.add_items(source, document.items, document=name, later=True).new
            if outcome.asked or outcome.failure is None:  # being offline or a wait says nothing new about a source
                self._store.record_try(source.id, self._try(outcome, len(new), sentence))
        return new

    def _try(self, outcome: Outcome, new: int, sentence: str) -> Try:
        return Try(
            at=self._clock(),
            outcome=outcome.kind.value,
            status=outcome.status,
            bytes=outcome.received,
            new=new,
            failure=outcome.failure.kind.value if outcome.failure else "",
            sentence=sentence,
            next_allowed=outcome.next_allowed,
        )


def _fits(source: Source, document: Document | None) -> bool:
    """Whether a document is what the source gives: the page of a hotel's network is no feed, wherever it sends us."""
    if document is None:
        return False
    feed = document.kind is DocumentKind.FEED
    return feed if source.kind is SourceKind.FEED else bool(document.items)
