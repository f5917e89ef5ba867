"""The header counts what is shown: all news, one source's, one language's, what a kept query finds."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.test_news_on_screen import arrive
from tui.news.model import View
from tui.news.rules import SmartList
from tui.ui.app import KhabarApp


def unread(app: KhabarApp) -> int:
    return app.reading.header.heading.counts.unread


async def test_one_source_s_unread_stories_are_counted_while_it_is_shown(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        assert unread(app) == 40
        app.reading.lists.from_source(app.desk.store.sources()[0].id)
        await until(pilot, lambda: unread(app) == 20)
        await pilot.press("m")
        await until(pilot, lambda: unread(app) == 19)
        await pilot.press("u")
        await until(pilot, lambda: unread(app) == 20)
        await pilot.press("M")
        await until(pilot, lambda: unread(app) == 0)
        await pilot.press("escape")
        await until(pilot, lambda: unread(app) == 20)


async def test_new_stories_count_where_they_belong(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        first, second = app.desk.store.sources()
        app.reading.lists.from_source(second.id)
        await until(pilot, lambda: unread(app) == 20)
        arrive(app, 3)  # in the other source
        await pilot.pause()
        app.reading.lists.from_source(first.id)
        await until(pilot, lambda: unread(app) == 23)


@pytest.mark.parametrize("part", ["language", "smart"])
async def test_a_part_is_named_and_counted(screen: Open, part: str) -> None:
    async with screen("ar") as (app, pilot):
        lists = app.reading.lists
        if part == "language":
            lists.show(View(language="en"))
            assert app.reading.header.heading.place == app.locale.language("en")
        else:
            lists.show_smart(app.desk.store.put_smart_list(SmartList("Birds", "bird")))
        wanted = {"language": 20, "smart": 4}[part]
        await until(pilot, lambda: unread(app) == wanted)
        await pilot.press("m")
        await until(pilot, lambda: unread(app) == wanted - 1)


async def test_where_there_is_room_for_one_list_it_has_the_number_of_its_stories(screen: Open) -> None:
    async with screen("en", (80, 24)) as (app, pilot):
        app.reading.lists.from_source(app.desk.store.sources()[0].id)
        await until(pilot, lambda: app.reading.header.heading.counts.all == 20)
