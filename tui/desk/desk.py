"""The desk: everything khabar does, put together over one store, for a screen or a command to use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.articles import Articles
from tui.desk.events import Events, ListsChanged, SourcesChanged, Trouble
from tui.desk.exchange import Exchange
from tui.desk.lists import ListDesk
from tui.desk.network import Network
from tui.desk.reading import Reading
from tui.desk.refresh import Refresher
from tui.desk.retention import FOR_EVER, Keep, Retention
from tui.desk.sources import SourceDesk
from tui.desk.upkeep import Upkeep
from tui.store.opening import Progress, untold
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.sources.rules import SiteRule


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases, by topic."""

    store: Store
    network: Network
    events: Events
    reading: Reading
    articles: Articles
    refresher: Refresher
    sources: SourceDesk
    lists: ListDesk
    exchange: Exchange
    reader: str = ""
    """Who reads, where an account has many readers; "" where it has one."""

    async def aclose(self) -> None:
        """End what runs and finish what is being written."""
        self.refresher.cancel()
        self.exchange.stop()
        await self.network.aclose()
        self.reading.close()
        self.store.close()


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


def open_desk(  # noqa: PLR0913 - what one reader may set apart
    store_path: Path,
    cache_path: Path,
    *,
    contact: str = "",
    cache_megabytes: int = 200,
    offline: bool = False,
    clock: Callable[[], datetime] = utc_now,
    keep: Keep = FOR_EVER,
    reports: Path | None = None,
    site_rules: Sequence[SiteRule] = (),
    progress: Progress = untold,
) -> Desk:
    """Open the store and set the desk up; the network begins when it is first needed.

    ``keep`` says when old stories go; at first none do. ``reports`` is the file of image reports, which the readers of
    a host may share; beside the store by default. ``site_rules`` are the reader's, for pages of certain papers.
    ``progress`` is told how far the repair of a damaged store is.

    Raises StoreError when the store can neither be opened nor set aside.
    """
    store = Store.open(store_path, clock=clock, reports=reports, progress=progress)
    events = Events()
    network = Network(
        cache_path,
        events,
        contact=contact,
        cache_megabytes=cache_megabytes,
        offline=offline,
        site_rules=site_rules,
    )
    desk = desk_over(store, network, events, clock=clock, keep=keep)
    if store.unfinished:
        desk.reading.carry_on()
    return desk


def desk_over(
    store: Store,
    network: Network,
    events: Events,
    *,
    clock: Callable[[], datetime] = utc_now,
    keep: Keep = FOR_EVER,
    reader: str = "",
) -> Desk:
    """The desk over what is open already."""
    store.on_notice = lambda notice: events.publish(Trouble(notice.sentence), SourcesChanged(), ListsChanged())
    articles = Articles(store, network, events)
    reading = Reading(store, events)
    return Desk(
        store=store,
        network=network,
        events=events,
        reading=reading,
        articles=articles,
        refresher=Refresher(
            store,
            network,
            events,
            clock,
            Upkeep(store, events, clock),
            Retention(store, events, keep),
        ),
        sources=SourceDesk(store, articles, events, reading, clock),
        lists=ListDesk(store, reading, events),
        exchange=Exchange(store, events),
        reader=reader,
    )
