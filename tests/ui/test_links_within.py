"""Links and pictures at a private place open where the reader named the place, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.piloting import until
from tests.ui.press import NOW
from tests.ui.test_pictures import drawn, figure
from tui.config import Settings
from tui.desk.desk import open_desk
from tui.desk.sources import complete
from tui.edition.server import EditionServer
from tui.locale import load
from tui.news.model import Article, Item, Mark, MarkKind, Paragraph, Source, Text, View
from tui.terminal.colours import TRUECOLOR
from tui.terminal.profile import Profile
from tui.ui.app import KhabarApp

ANCHOR = datetime(2026, 3, 5, 14, tzinfo=UTC)


@asynccontextmanager
async def reading(folder: Path, own: str, links: list[str]) -> AsyncIterator[tuple[KhabarApp, Pilot[None]]]:
    """A story of a source of the reader's own, at ``own``, whose text links to these addresses."""
    desk = open_desk(folder / "store.db", folder / "cache.db", clock=lambda: NOW)
    source = desk.store.add_source(Source(address=f"{own}/feed", title="Pier"))
    desk.store.add_items(source, [Item(id="1", title="The ferry", link=f"{own}/story", published=NOW, language="en")])
    words = " ".join(f"link{n}" for n in range(len(links)))
    marks = tuple(Mark(6 * n, 6 * n + 5, MarkKind.LINK, url) for n, url in enumerate(links))
    story = desk.store.stories(View())[0]
    desk.store.save_article(story.id, Article("The ferry", (Paragraph(Text(words, marks)),), language="en"))
    app = KhabarApp(
        desk=desk,
        settings=Settings(full_text=False),
        locale=load("en"),
        profile=Profile(colours=TRUECOLOR),
        clock=lambda: NOW,
    )
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            yield app, pilot
    finally:
        await desk.aclose()


async def test_a_link_to_the_sources_own_place_opens_and_one_to_another_port_does_not(tmp_path: Path) -> None:
    with EditionServer(ANCHOR) as own, EditionServer(ANCHOR) as other:
        page, strange = (f"{server.base}/nawaris/4429" for server in (own, other))
        async with reading(tmp_path, own.base, [strange, page]) as (app, pilot):
            await pilot.press("tab", "enter")
            await until(pilot, lambda: "private network" in app.reading.said)
            assert app.reading.reader.url != strange
            await pilot.press("tab", "enter")
            await until(pilot, lambda: app.reading.reader.url == page)
            await pilot.press("backspace")
            await until(pilot, lambda: app.reading.reader.story is not None)
            await pilot.press("alt+right")
            await until(pilot, lambda: app.reading.reader.url == page)


async def test_a_typed_page_shows_the_pictures_of_its_own_place(tmp_path: Path) -> None:
    with EditionServer(ANCHOR) as own, EditionServer(ANCHOR) as typed:
        async with reading(tmp_path, own.base, []) as (app, pilot):
            reader = app.reading.reader
            assert reader.entry is not None
            article = Article("Typed", (figure(typed.base, "ferry.png"),), language="en")
            page = replace(reader.entry, article=article, story=None, url=f"{typed.base}/x", typed=True)
            reader._show(replace(page, typed=False))
            await until(pilot, lambda: any(one.failed for one in app.reading.article.gallery.shown.values()))
            reader._show(page)
            await until(pilot, lambda: bool(drawn(app)))


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("example.org/news", "https://example.org/news"),
        (" 127.0.0.1:8902 ", "http://127.0.0.1:8902"),
        ("localhost:8000/rss", "http://localhost:8000/rss"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("192.168.1.2", "http://192.168.1.2"),
        ("nas.local", "http://nas.local"),
        ("1.1.1.1", "https://1.1.1.1"),
        ("http://example.org", "http://example.org"),
        ("[nonsense", "https://[nonsense"),
    ],
)
def test_what_people_type_is_made_whole(typed: str, whole: str) -> None:
    assert complete(typed) == whole
