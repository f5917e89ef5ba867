"""The built-in edition stands in while there is no news, and goes when there is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.commands.fallback import Fallback
from tui.commands.screen import stand_in_while_there_is_no_news
from tui.desk.desk import Desk, open_desk
from tui.desk.events import SourcesChanged
from tui.news.model import Item, Source
from tui.paths import Paths

PAPER = Source(address="https://paper.example/feed", title="The Paper")
STORY = Item(id="1", title="Rain", published=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db")
    yield desk
    await desk.aclose()


async def test_the_edition_goes_when_the_reader_follows_a_site_with_news(desk: Desk, tmp_path: Path) -> None:
    """A site that is followed brings its stories at once, without a refresh."""
    fallback = Fallback(desk, Paths.under(tmp_path))
    try:
        await stand_in_while_there_is_no_news(desk, fallback)
        own = desk.sources.follow([PAPER])[0]
        await asyncio.sleep(0)
        assert fallback.is_followed(), "no news has come yet"
        desk.store.add_items(own, [STORY])
        desk.events.publish(SourcesChanged())
        for _ in range(500):
            if not fallback.is_followed():
                break
            await asyncio.sleep(0.01)
        assert [source.title for source in desk.sources.all()] == ["The Paper"]
    finally:
        fallback.close()


async def test_the_edition_goes_when_news_has_come_since_the_last_start(desk: Desk, tmp_path: Path) -> None:
    first = Fallback(desk, Paths.under(tmp_path))
    first.open()
    first.close()
    desk.store.add_items(desk.sources.follow([PAPER])[0], [STORY])
    await stand_in_while_there_is_no_news(desk, Fallback(desk, Paths.under(tmp_path)))
    assert [source.title for source in desk.sources.all()] == ["The Paper"]


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
async def test_the_edition_stands_in_in_the_reader_s_language_and_nothing_of_it_fails(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    fallback = Fallback(desk, Paths.under(tmp_path))
    try:
        desk.sources.follow([replace(PAPER, language=language)])
        await fallback.stand_in()
        await desk.refresher.wait()
        stood_in = [source for source in desk.sources.all() if source.builtin]
        assert {source.language for source in stood_in} == {language}
        tries = [desk.store.health(source.id).last for source in stood_in]
        assert all(last is not None and last.outcome == "fresh" for last in tries)
        assert desk.reading.counts().all >= 5
    finally:
        fallback.close()


async def test_all_of_the_edition_stands_in_where_nothing_is_followed(desk: Desk, tmp_path: Path) -> None:
    fallback = Fallback(desk, Paths.under(tmp_path))
    try:
        await fallback.stand_in()
        await desk.refresher.wait()
        assert len({source.language for source in desk.sources.all() if source.builtin}) == 6
    finally:
        fallback.close()
