"""Full texts from real pages: what they add to a story, and what stays as the feed said it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from tui.desk.desk import open_desk
from tui.edition.server import EditionServer
from tui.news.model import Article, Document, Item, Provenance, Source, View

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


async def test_a_page_without_a_story_is_read_again(tmp_path: Path) -> None:
    """By trafilatura; what it finds is kept as the story's full text."""
    line = "The ferry to the northern island leaves at six in the morning as long as the harbour is free of ice. "
    story = f"<title>Ferry</title><h1>Ferry</h1><template>{''.join(f'<p>{line}{n}.</p>' for n in range(9))}</template>"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {len(story)}\r\n\r\n"
        )
        writer.write(f"{head}{story}".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", clock=lambda: NOW)
    try:
        source = desk.store.add_source(Source(f"{base}/feed.xml", "The Harbour"))
        desk.store.add_items(source, [Item(id="1", title="Ferry", link=f"{base}/1", published=NOW)])
        found = await desk.articles.full_text(desk.store.stories(View())[0])
        assert isinstance(found, Article)
        assert (found.provenance, len(found.blocks)) == (Provenance.TRAFILATURA, 9)
        assert desk.store.article(1) == found
        typed = await desk.articles.page(f"{base}/1")
        assert isinstance(typed, Document)
        assert typed.provenance is Provenance.TRAFILATURA
    finally:
        await desk.aclose()
        server.close()
        await server.wait_closed()
