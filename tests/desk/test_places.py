"""A site with several feeds: all are offered, one in two formats once, and the reader's is followed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tui.desk.articles import Problem
from tui.desk.desk import Desk, open_desk
from tui.desk.places import Place, distinct
from tui.desk.sources import Added
from tui.news.model import Link

PAGE = b"""<!doctype html><title>The Pier</title>
<link rel=alternate type=application/rss+xml title="The Pier: all (RSS 2.0)" href=/all.rss>
<link rel=alternate type=application/atom+xml title="The Pier: all (Atom)" href=/all.atom>
<link rel=alternate type=application/rss+xml title="The Pier: sport" href=/sport.rss>
<link rel=alternate type=application/rss+xml title="The Pier: broken" href=/broken>
<link rel=alternate type=application/rss+xml title="Comments" href=/comments/feed>
<h1>The Pier</h1><p>Welcome."""


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
    kind, body = "text/html", PAGE
    if path.endswith((".rss", ".atom")):
        name = path.strip("/").partition(".")[0]
        item = f"<item><guid>{name}</guid><title>A story of {name}</title></item>"
        kind = "application/rss+xml"
        body = f"<rss version='2.0'><channel><title>Pier {name}</title>{item}</channel></rss>".encode()
    elif path == "/broken":
        body = b"<p>Nothing here."
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    writer.close()


@pytest.fixture
async def site() -> AsyncIterator[str]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    server.close()
    await server.wait_closed()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db")
    yield desk
    await desk.aclose()


async def test_a_site_offers_its_feeds_and_the_reader_s_is_followed(desk: Desk, site: str) -> None:
    place = await desk.sources.look(site)
    assert isinstance(place, Place)
    assert [link.text for link in place.feeds] == ["The Pier: all (RSS 2.0)", "The Pier: sport", "The Pier: broken"]
    assert desk.sources.all() == []
    added = await desk.sources.follow_place(place, place.feed("sport"))
    assert isinstance(added, Added)
    assert (added.source.title, added.source.address, added.stories) == ("Pier sport", f"{site}sport.rss", 1)
    broken = await desk.sources.follow_place(place, place.feed("3"))
    assert isinstance(broken, Problem)
    assert "/broken" in broken.sentence
    again = await desk.sources.look(f"{site}sport.rss")
    assert isinstance(again, Added)
    assert again.existed


async def test_without_a_choice_the_first_is_followed(desk: Desk, site: str) -> None:
    added = await desk.sources.add(site)
    assert isinstance(added, Added)
    assert added.source.address == f"{site}all.rss"


async def test_a_feed_is_named_by_number_title_or_address(desk: Desk, site: str) -> None:
    place = await desk.sources.look(site)
    assert isinstance(place, Place)
    sport = place.feeds[1]
    assert [place.feed(name) for name in ("2", "sport", sport.text, sport.url)] == [sport] * 4
    assert [place.feed(name) for name in ("0", "4", "pier", "weather")] == [None] * 4


def test_formats_of_one_feed_are_one() -> None:
    feeds = (
        Link("RSS 2.0", "https://a.example/feed/"),
        Link("Atom 1.0", "https://a.example/feed/atom/"),
        Link("Sport", "https://a.example/sport/feed/"),
        Link("Sport", "https://a.example/?feed=rss&cat=9"),
    )
    assert [link.url for link in distinct(feeds)] == [feeds[0].url, feeds[2].url, feeds[3].url]


async def test_the_command_lists_the_others_and_takes_one(site: str, tmp_path: Path) -> None:
    env = {**os.environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        env[f"XDG_{name}_HOME"] = str(tmp_path / name)

    async def khabar(*words: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "tui", "add", "--lang", "en", site, *words]
        return await asyncio.to_thread(
            subprocess.run, argv, env=env, capture_output=True, text=True, timeout=60, check=False
        )

    wrong = await khabar("--feed", "9")
    assert wrong.returncode == 2
    assert [line.split("\t")[0] for line in wrong.stdout.splitlines()] == ["1", "2", "3"]
    assert "9" in wrong.stderr
    first = await khabar()
    assert first.returncode == 0
    assert "--feed" in first.stderr
    assert first.stdout.splitlines()[1].split("\t") == ["2", "The Pier: sport", f"{site}sport.rss"]
    second = json.loads((await khabar("--feed", "2", "--json")).stdout)
    assert second["title"] == "Pier sport"
    assert len(second["feeds"]) == 3
