"""Full texts from real pages: what they add to a story, and what stays as the feed said it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tui.desk.desk import open_desk
from tui.edition.server import EditionServer
from tui.news.model import Article, Item, Source, View

NOW = datetime(2026, 3, 5, 14, tzinfo=UTC)


async def test_a_story_without_a_title_does_not_get_the_papers_name(tmp_path: Path) -> None:
    """Which is what such a page's own title says."""
    with EditionServer(NOW) as server:
        desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", clock=lambda: NOW)
        try:
            source = desk.store.add_source(Source(f"{server.base}/press/marfa/feed.xml", "مرفأ الصباح", builtin=True))
            link = f"{server.base}/press/marfa/stories/110.html"
            desk.store.add_items(source, [Item(id="110", title="", link=link, published=NOW, language="ar")])
            found = await desk.articles.full_text(desk.store.stories(View())[0])
            assert isinstance(found, Article) and found.blocks
            assert (found.title, found.source) == ("", "مرفأ الصباح")
        finally:
            await desk.aclose()
