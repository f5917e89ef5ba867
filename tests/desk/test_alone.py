"""Several refreshers over one store: one asks, the others wait and hear what it brought."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui.desk.alone import Busy
from tui.desk.desk import Desk, open_desk
from tui.desk.events import Event, Events, StoriesArrived, Trouble
from tui.desk.retention import Keep, Retention
from tui.edition import sources as edition_sources
from tui.edition.server import EditionServer
from tui.news.model import Item, Source, View
from tui.store.lease import Holder, Lease
from tui.store.store import Store


def make_desk(path: Path, name: str) -> Desk:
    return open_desk(path / "khabar.sqlite", path / f"{name}.sqlite")


async def taken(store: Store) -> None:
    """Until someone has the lease; it is another process's file, so there is nothing to wait on but it."""
    lease = Lease.of(store, "refresh")
    while lease.holder() is None:  # noqa: ASYNC110
        await asyncio.sleep(0.001)


async def test_the_second_waits_asks_nothing_again_and_hears_of_the_stories(tmp_path: Path) -> None:
    first, second = make_desk(tmp_path, "one"), make_desk(tmp_path, "two")
    heard: list[Event] = []
    waited: list[Holder] = []
    second.events.subscribe(heard.append)
    try:
        with EditionServer(datetime(2026, 11, 23, 12, tzinfo=UTC)) as edition:
            ids = [s.id for s in first.sources.follow(edition_sources(edition.base))]
            begun = asyncio.create_task(first.refresher.run(ids))
            await taken(second.store)
            with pytest.raises(Busy):
                await second.refresher.run(ids, wait=False)
            theirs = await second.refresher.run(ids, waiting=waited.append)
            ours = await begun
    finally:
        await first.aclose()
        await second.aclose()
    assert len(waited) == 1
    assert {r.source.id: r.outcome for r in theirs} == {r.source.id: r.outcome for r in ours}
    assert second.store.health(ids[0]).tries == first.store.health(ids[0]).tries
    assert len(second.store.health(ids[0]).tries) == 1, "one of the two asked"
    arrived = [i for event in heard if isinstance(event, StoriesArrived) for i in event.ids]
    assert sorted(arrived) == sorted({i for r in ours for i in r.new})


async def test_a_cancelled_refresh_gives_the_lease_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "one")
    server = await asyncio.start_server(lambda *_: asyncio.sleep(30), "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    desk.sources.follow([Source(address, "slow")])
    other = Lease.of(desk.store, "refresh")
    desk.refresher.refresh()
    await taken(desk.store)
    desk.refresher.cancel()
    await desk.refresher.wait()
    assert other.take() is None
    await desk.aclose()
    server.close()


def test_old_stories_go_a_day_after_the_reader_was_told(tmp_path: Path) -> None:
    now = [datetime(2026, 6, 1, tzinfo=UTC)]
    store, events, heard = Store.open(tmp_path / "a.sqlite", clock=lambda: now[0]), Events(), list[Event]()
    events.subscribe(heard.append)
    source = store.add_source(Source("https://example.org/f", "Paper"))
    store.add_items(source, [Item("old", "Old"), Item("kept", "Kept")])
    store.star([store.stories(View(), limit=1)[0].id])
    retention = Retention(store, events, Keep(90))

    def after(**passed: int) -> int:
        now[0] += timedelta(**passed)
        store.add_items(source, [Item(str(now[0]), "News of the day")])
        retention.after_refresh(int(now[0].timestamp()))
        return store.count(View())

    assert after(days=80) == 3
    assert heard == []
    assert after(days=11) == 4, "told, not yet deleted"
    assert [type(event) for event in heard] == [Trouble]
    assert after(hours=23) == 5
    assert after(hours=2) == 5, "one came, one went"
    assert len(heard) == 1
    fewer = Retention(store, events, Keep(5))
    fewer.after_refresh(int((now[0] + timedelta(days=2)).timestamp()))
    assert len(heard) == 2, "fewer days are told again"
    Retention(store, events, Keep(0)).after_refresh(int((now[0] + timedelta(days=900)).timestamp()))
    assert store.count(View()) == 5


def retained(tmp_path: Path) -> tuple[Store, Retention, datetime]:
    """A store of stories that came over 80 days, whose reader was told that old ones go; what day it is."""
    now = [datetime(2026, 6, 1, tzinfo=UTC)]
    store = Store.open(tmp_path / "a.sqlite", clock=lambda: now[0])
    source = store.add_source(Source("https://example.org/f", "Paper"))
    for _ in range(8):
        store.add_items(source, [Item(str(now[0]), f"News of {now[0]:%d %B}")])
        now[0] += timedelta(days=10)
    store.remember("prune.days", "90")
    store.remember("prune.told", str(int(now[0].timestamp())))
    store._db.clock = lambda: now[0]
    return store, Retention(store, Events(), Keep(90)), now[0]


def refreshed(store: Store, retention: Retention, now: datetime) -> int:
    """How many stories there are after a refresh that brought nothing."""
    store._db.clock = lambda: now
    retention.after_refresh(int(now.timestamp()))
    return store.count(View())


@pytest.mark.parametrize("ahead", [timedelta(days=120), timedelta(days=3653)])
def test_a_clock_that_goes_ahead_now_and_again_is_not_believed(tmp_path: Path, ahead: timedelta) -> None:
    """An hour after the last story came, and nothing new says what day it is."""
    store, retention, real = retained(tmp_path)
    for hours in range(0, 72, 5):
        for jump in (timedelta(0), ahead):
            assert refreshed(store, retention, real + timedelta(hours=hours) + jump) == 8


def test_a_reader_who_was_away_is_believed_on_the_second_day(tmp_path: Path) -> None:
    store, retention, real = retained(tmp_path)
    assert refreshed(store, retention, real + timedelta(days=120)) == 8
    assert refreshed(store, retention, real + timedelta(days=120, hours=20)) == 8
    assert refreshed(store, retention, real + timedelta(days=121)) == 0
