"""Space reads on through everything unread: past any number of read stories, by paper, and from the top again."""

from __future__ import annotations

import time

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import both, selected, until
from tests.ui.press import items
from tui.news.model import Listing, View
from tui.ui.app import KhabarApp


def unread(app: KhabarApp) -> int:
    return app.reading.desk.store.count(View(Listing.UNREAD))


async def read_on(pilot: Pilot[None], app: KhabarApp, most: int) -> None:
    for _ in range(most):
        await pilot.press("space")
        if app.reading.said == app.reading.locale.text("notices.all_read"):
            return
    raise AssertionError("it never ended")


@both
@pytest.mark.parametrize("sections", ["day", "paper"])
async def test_all_is_read_wherever_it_begins(screen: Open, language: str, sections: str) -> None:
    async with screen(language, each=4, paragraphs=0) as (app, pilot):
        app.reading.lists.arrange("paper" if sections == "paper" else "day")
        await pilot.press("j", "j", "j", "j", "j", "enter")
        await read_on(pilot, app, 40)
        await until(pilot, lambda: unread(app) == 0)


async def test_it_says_that_it_begins_at_the_top_again(screen: Open) -> None:
    async with screen(each=2, paragraphs=0) as (app, pilot):
        newest = selected(app)
        await pilot.press("G", "enter")
        await pilot.press("space")
        assert app.reading.reader.story is not None and app.reading.reader.story.title == newest
        assert selected(app) == newest
        assert app.reading.said == app.reading.locale.text("notices.from_the_top")


async def test_where_all_is_read_the_cursor_stays(screen: Open) -> None:
    async with screen(each=10, paragraphs=0) as (app, pilot):
        await pilot.press("M", "enter")
        before = selected(app)
        await until(pilot, lambda: unread(app) == 0)
        await pilot.press("space")
        assert app.reading.said == app.reading.locale.text("notices.all_read")
        assert selected(app) == before


async def test_among_the_starred_and_in_a_search(screen: Open) -> None:
    async with screen(each=10, paragraphs=0) as (app, pilot):
        await pilot.press("s", "G", "s", "3")
        await until(pilot, lambda: app.reading.headlines.selected is not None)
        await pilot.press("g", "enter")
        first = selected(app)
        await pilot.press("space")
        assert selected(app) != first
        await pilot.press("space")
        assert app.reading.said == app.reading.locale.text("notices.all_read")
        await pilot.press("escape", "1", "slash", *"council", "enter")
        await until(pilot, lambda: app.reading.finder.active and not app.reading.finder.typing)
        await pilot.press("g", "enter")
        first = selected(app)
        await pilot.press("space")
        assert selected(app) != first and "Council" in selected(app)


async def test_many_read_stories_between_cost_no_time(screen: Open) -> None:
    async with screen(each=3, paragraphs=0) as (app, pilot):
        store = app.reading.desk.store
        source = store.sources()[0]
        titles = tuple(f"Read long ago, number {n}" for n in range(4000))
        added = store.add_items(source, items(titles, "sahifa", start=100, paragraphs=0))
        (oldest,) = store.stories(View(), last=True, limit=1)
        store.mark_read([id_ for id_ in added.new if id_ != oldest.id])
        app.reading.lists.do_new_stories()
        await pilot.press("g", "enter")
        for _ in range(5):
            await pilot.press("space")
        await until(pilot, lambda: unread(app) == 1)
        began = time.perf_counter()
        await pilot.press("space")
        assert time.perf_counter() - began < 1.0
        assert selected(app) == oldest.title == titles[-1]


@both
async def test_a_part_that_is_read_leads_to_all(screen: Open, language: str) -> None:
    async with screen(language, each=2, paragraphs=0) as (app, pilot):
        source = app.reading.desk.store.sources()[1]
        app.reading.lists.from_source(source.id)
        await pilot.press("enter", "space", "space")
        assert app.reading.said == app.reading.locale.text("notices.all_read_here")
        await pilot.press("escape", "escape")
        assert not app.reading.lists.narrowed
