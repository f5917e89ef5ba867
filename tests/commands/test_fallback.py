"""The built-in edition stands in while there is no news, and goes when there is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from tui.commands.fallback import Fallback
from tui.commands.screen import put_away_when_news_came
from tui.desk.desk import open_desk
from tui.desk.events import SourcesChanged
from tui.news.model import Item, Source
from tui.paths import Paths


async def test_the_edition_goes_when_the_reader_follows_a_site_with_news(tmp_path: Path) -> None:
    """A site that is followed brings its stories at once, without a refresh."""
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db")
    fallback = Fallback(desk, Paths.under(tmp_path))
    try:
        fallback.open()
        desk.events.subscribe(lambda event: put_away_when_news_came(event, desk, fallback))
        own = desk.sources.follow([Source(address="https://paper.example/feed", title="The Paper")])[0]
        await asyncio.sleep(0)
        assert fallback.is_followed(), "no news has come yet"
        desk.store.add_items(own, [Item(id="1", title="Rain", published=datetime(2026, 3, 1, tzinfo=UTC))])
        desk.events.publish(SourcesChanged())
        for _ in range(500):
            if not fallback.is_followed():
                break
            await asyncio.sleep(0.01)
        assert [source.title for source in desk.sources.all()] == ["The Paper"]
    finally:
        fallback.close()
        await desk.aclose()
