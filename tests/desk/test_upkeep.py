"""A source that moved for good is followed to its new address, one that is gone is left alone; undo works for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.desk.articles import Problem
from tui.desk.desk import Desk, open_desk
from tui.desk.events import Event, OfflineChanged, SourceMoved, SourceRetired
from tui.desk.ownership import is_users_own
from tui.desk.sources import Added
from tui.desk.upkeep import Upkeep
from tui.net.outcome import Outcome, OutcomeKind
from tui.news.model import Source

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Pier</title><item><guid>1</guid><title>A boat</title>
<link>https://example.org/1</link></item></channel></rss>"""


class Server:
    """Answers /old with 301 to /new, /portal with 301 to /login, /gone with 410, anything else with a feed."""

    announced = ""
    asked = 0

    async def start(self) -> str:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self.base

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        self.asked += 1
        if path == b"/old":
            head, body = b"301 Moved\r\nLocation: " + self.base.encode() + b"/new", b""
        elif path == b"/portal":
            head, body = b"301 Moved\r\nLocation: " + self.base.encode() + b"/login", b""
        elif path in (b"/login", b"/page"):
            page = (
                f"<title>Log in</title><link rel=alternate type=application/rss+xml href='{self.announced}'><p>Welcome"
            )
            head, body = b"200 OK\r\nContent-Type: text/html", page.encode()
        elif path == b"/broken":
            head, body = b"500 Broken", b"x"
        elif path == b"/gone":
            head, body = b"410 Gone", b""
        else:
            head, body = b"200 OK\r\nContent-Type: application/rss+xml\r\nCache-Control: no-cache", FEED
        writer.write(b"HTTP/1.1 " + head + b"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()


@pytest.fixture
async def base() -> AsyncIterator[str]:
    server = Server()
    yield await server.start()
    server.server.close()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = open_desk(tmp_path / "khabar.sqlite", tmp_path / "responses.sqlite")
    yield opened
    await opened.aclose()


async def test_a_permanent_redirect_seen_twice_rewrites_the_address_and_undo_restores_it(desk: Desk, base: str) -> None:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    (source,) = desk.sources.follow([Source(f"{base}/old", "Pier")])
    await desk.refresher.run([source.id], force=True)
    assert desk.sources.all()[0].address == f"{base}/old", "once is not enough"
    await desk.refresher.run([source.id], force=True)
    assert desk.sources.all()[0].address == f"{base}/new"
    assert [e.old_address for e in heard if isinstance(e, SourceMoved)] == [f"{base}/old"]
    await asyncio.wrap_future(desk.reading.undo())
    assert desk.sources.all()[0].address == f"{base}/old"
    await desk.refresher.run([source.id], force=True)
    assert desk.sources.all()[0].address == f"{base}/old", "what was taken back is not done again"


async def test_undo_outlives_the_program(tmp_path: Path, base: str) -> None:
    paths = tmp_path / "khabar.sqlite", tmp_path / "responses.sqlite"
    for _ in range(2):  # each time as a script would: a program of its own
        desk = open_desk(*paths)
        (source,) = desk.sources.follow([Source(f"{base}/old", "Pier")])
        await desk.refresher.run([source.id], force=True)
        await desk.aclose()
    desk = open_desk(*paths)
    (moved,) = desk.sources.all()
    await asyncio.wrap_future(desk.reading.undo())
    (back,) = desk.sources.all()
    await desk.aclose()
    assert (moved.address, back.address) == (f"{base}/new", f"{base}/old")


async def test_a_portal_that_sends_us_on_for_good_moves_nothing(desk: Desk, base: str) -> None:
    (source,) = desk.sources.follow([Source(f"{base}/portal", "Pier")])
    for _ in range(3):
        await desk.refresher.run([source.id], force=True)
    assert desk.sources.all()[0].address == f"{base}/portal"


async def test_an_address_that_a_server_named_is_not_the_readers_own(desk: Desk, base: str) -> None:
    """Its name could lead into the reader's network one day."""
    (source,) = desk.sources.follow([Source(f"{base}/old", "Pier")])
    assert is_users_own(desk.store, source, f"{base}/x")
    upkeep = Upkeep(desk.store, desk.events, lambda: datetime.now(UTC))
    for target, own in ((f"{base}/new", True), ("http://other.example/feed", False), ("http://other.example/b", False)):
        moved = Outcome(OutcomeKind.FRESH, target, moved_to=target, moved_confirmed=True)
        upkeep.after(source, moved, whole=True)
        (source,) = desk.sources.all()
        assert source.address == target
        assert is_users_own(desk.store, source, target) is own
    added = await desk.sources.add("http://other.example/b")  # now the reader has typed it
    assert isinstance(added, Added)
    assert is_users_own(desk.store, source, source.address)


async def test_a_page_cannot_lead_inside_by_announcing_a_feed(desk: Desk) -> None:
    page, inside = Server(), Server()
    base, page.announced = await page.start(), f"{await inside.start()}/feed"
    assert isinstance(await desk.sources.add(f"{base}/page"), Problem)
    assert inside.asked == 0
    page.announced = f"{base}/feed"
    added = await desk.sources.add(f"{base}/page")
    assert isinstance(added, Added)
    assert added.source.address == f"{base}/feed"
    page.server.close()
    inside.server.close()


async def test_gone_retires_a_source_and_undo_brings_it_back(desk: Desk, base: str) -> None:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    (source,) = desk.sources.follow([Source(f"{base}/gone", "Pier")])
    await desk.refresher.run([source.id], force=True)
    assert not desk.sources.all()[0].enabled
    assert any(isinstance(event, SourceRetired) for event in heard)
    await asyncio.wrap_future(desk.reading.undo())
    assert desk.sources.all()[0].enabled
    await desk.refresher.run([source.id], force=True)
    assert desk.sources.all()[0].enabled, "what was taken back is not done again"


async def test_a_wait_hides_no_failure(desk: Desk, base: str) -> None:
    """While back-off holds, health keeps saying what went wrong, and when the next try is due."""
    (source,) = desk.sources.follow([Source(f"{base}/broken", "Pier")])
    for _ in range(3):
        await desk.refresher.run([source.id])
    (only,) = desk.sources.healths()[source.id].tries
    assert (only.status, only.failure) == (500, "server")
    assert only.next_allowed is not None


async def test_what_the_reader_does_next_is_undone_first(desk: Desk, base: str) -> None:
    (feed, gone) = desk.sources.follow([Source(f"{base}/feed", "Pier"), Source(f"{base}/gone", "Gone")])
    await desk.refresher.run([feed.id, gone.id], force=True)
    (story,) = [s for s in [desk.reading.story(1)] if s]
    await asyncio.wrap_future(desk.reading.star((story.id,)))
    await asyncio.wrap_future(desk.reading.undo())
    assert not desk.sources.all()[1].enabled
    again = desk.reading.story(story.id)
    assert again is not None
    assert not again.starred


async def test_offline_by_wish_is_told_and_recovers(desk: Desk, base: str) -> None:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    (source,) = desk.sources.follow([Source(f"{base}/feed", "Pier")])
    await desk.network.client()
    desk.network.offline = True
    (result,) = await desk.refresher.run([source.id])
    assert result.outcome == "offline"
    assert desk.sources.healths()[source.id].tries == (), "being offline is no fault of the source"
    desk.network.offline = False
    (result,) = await desk.refresher.run([source.id])
    assert result.outcome == "fresh"
    assert [e.offline for e in heard if isinstance(e, OfflineChanged)][-1] is False
