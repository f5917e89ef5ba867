"""A source that moved for good is followed to its new address, one that is gone is left alone; undo works for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tui.desk.desk import Desk, open_desk
from tui.desk.events import Event, OfflineChanged, SourceMoved, SourceRetired
from tui.news.model import Source

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Pier</title><item><guid>1</guid><title>A boat</title>
<link>https://example.org/1</link></item></channel></rss>"""


class Server:
    """Answers /old with 301 to /new, /gone with 410, anything else with a feed."""

    async def start(self) -> str:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self.base

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        if path == b"/old":
            head, body = b"301 Moved\r\nLocation: " + self.base.encode() + b"/new", b""
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


async def test_gone_retires_a_source_and_undo_brings_it_back(desk: Desk, base: str) -> None:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    (source,) = desk.sources.follow([Source(f"{base}/gone", "Pier")])
    await desk.refresher.run([source.id], force=True)
    assert not desk.sources.all()[0].enabled
    assert any(isinstance(event, SourceRetired) for event in heard)
    await asyncio.wrap_future(desk.reading.undo())
    assert desk.sources.all()[0].enabled


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
    desk.network.offline = False
    (result,) = await desk.refresher.run([source.id])
    assert result.outcome == "fresh"
    assert [e.offline for e in heard if isinstance(e, OfflineChanged)][-1] is False
