"""The side list: on the start side, counted, chosen by key and mouse, over the panes where there is little room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until, where
from tui.locale import load
from tui.news.model import Counts, Listing, Source, View
from tui.news.rules import SmartList
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.control.side import entries
from tui.ui.keys import isolated
from tui.ui.widgets.choices import Choices
from tui.ui.widgets.side import SideList


def side(app: KhabarApp) -> SideList:
    assert app.reading.side.widget is not None
    return app.reading.side.widget


def ids(app: KhabarApp) -> list[str]:
    return [choice.id for choice in side(app)._choices if not choice.heading]


def test_sources_stand_under_their_language_and_country_the_reader_s_first() -> None:
    sources = [
        Source("a", "Le Matin", 1, language="fr", country="MA"),
        Source("b", "هسبريس", 2, language="ar", country="MA"),
        Source("c", "الجزيرة", 3, language="ar", country="QA", enabled=False),
        Source("d", "?", 4),
    ]
    lists = [SmartList("Harbour", "harbour", 5)]
    found = entries(Counts(9, 4, 1, 2), lists, {5: 3}, sources, {2: 3, 1: 1}, {"ar": 2, "fr": 1}, load("ar"))
    assert [(choice.id or choice.title.strip(), choice.detail) for choice in found] == [
        ("list:all", ""),
        ("list:unread", "4"),
        ("list:starred", "1"),
        ("list:today", "2"),
        (load("ar").text("shelf.title"), ""),
        ("smart:5", "3"),
        ("language:ar", "2"),
        ("المغرب", ""),
        ("source:2", "3"),
        ("قطر", ""),
        ("source:3", ""),
        ("language:fr", "1"),
        ("source:1", "1"),
        (load("ar").text("side.unknown"), ""),
        ("source:4", ""),
    ]
    assert [choice.id for choice in found if choice.dim] == ["source:3"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(120, 36), (94, 30), (80, 24), (64, 20), (63, 20), (40, 12)])
async def test_it_opens_on_the_start_side_and_chooses(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        app.desk.store.put_smart_list(SmartList("Harbour", "harbour"))
        await pilot.press("L")
        await until(pilot, lambda: app.reading.side.shown and where(app) is Context.SIDE)
        await pilot.pause()
        region = side(app).region
        assert (region.right == size[0]) if app.locale.rtl else (region.x == 0)
        headlines, article = app.reading.headlines.region, app.reading.article.region
        assert not region.overlaps(headlines) and not region.overlaps(article), "nothing of a headline is cut off"
        assert headlines.width >= 34 if size[0] >= 64 else region.width == size[0]
        assert bool(article.width) is (size[0] >= 100)
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.reading.lists.view.listing is Listing.UNREAD)
        assert where(app) is Context.LIST
        assert app.reading.side.shown is (size[0] >= 100), "what took the room of others goes"
        await pilot.press("L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        await pilot.press("G", "enter")
        source = app.desk.store.sources()[-1]
        await until(pilot, lambda: app.reading.lists.view.source_id == source.id)
        await pilot.press("L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        await pilot.press("L")
        assert not app.reading.side.shown
        assert where(app) is Context.LIST


async def test_the_counts_follow_what_is_read(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        source = app.desk.store.sources()[0]

        def count() -> str:
            return next(choice.detail for choice in side(app)._choices if choice.id == f"source:{source.id}")

        await pilot.press("L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        assert count() == "20"
        await pilot.press("escape", "M")
        await until(pilot, lambda: count() == "")
        await pilot.press("u")
        await until(pilot, lambda: count() == "20")


async def test_a_click_chooses_a_language_and_tab_comes_by(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        for source, language in zip(app.desk.store.sources(), ("ar", "en"), strict=True):
            app.desk.store.update_source(replace(source, language=language))
        await pilot.press("L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        row = [choice.id for choice in side(app)._choices].index("language:ar")
        region = side(app).region
        await pilot.click(offset=(region.x + 3, region.y + row))
        await until(pilot, lambda: app.reading.lists.view.language == "ar")
        await pilot.press("shift+tab")
        assert where(app) is Context.SIDE
        await pilot.press("tab")
        assert where(app) is Context.LIST


async def test_it_is_there_again_at_the_next_start(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: app.desk.reading.recall("ui.side") == "1")
    async with screen("ar") as (app, pilot):
        await until(pilot, lambda: app.reading.side.shown and ids(app))
        assert where(app) is Context.LIST


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_language_without_stories_says_so_and_how_to_go_on(screen: Open, language: str) -> None:
    async with screen(language, (40, 12)) as (app, pilot):
        app.reading.lists.show(View(language="fr"))
        await pilot.pause()
        said = app.reading.headlines.empty
        assert app.locale.language("fr") in said
        assert "L " in said
        await pilot.press("h")
        await pilot.pause()
        rows = [app.screen.query_one(Choices).render_line(y).text for y in range(3)]
        assert rows[1].strip(), "the sentence goes on in a second row"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("view", ["source", "language", "smart"])
async def test_the_footer_says_how_to_go_back_from_a_part_of_the_news(screen: Open, language: str, view: str) -> None:
    async with screen(language) as (app, pilot):
        key = app.reading.keymap.labels("back", app.locale)[0]
        said = isolated(key) + " " + app.locale.text("actions.back.short")
        footer, lists = app.reading.footer, app.reading.lists

        def offered() -> bool:
            return said in "".join(part.text for part in footer._entries(200))

        def shown() -> tuple[View, bool]:
            return lists.view, lists.narrowed

        await pilot.press("s")
        assert not offered(), "there is nothing to go back to"
        source = app.desk.store.sources()[-1]
        if view == "source":
            lists.from_source(source.id)
        elif view == "language":
            lists.show(View(language="ar"))
        else:
            lists.show_smart(app.desk.store.put_smart_list(SmartList("All", "is:unread or is:read")))
        await pilot.pause()
        assert offered()
        await pilot.press("3")
        assert shown()[0].listing is Listing.STARRED and shown()[1], "the part stays"
        await pilot.press("1", "j")
        selected = app.reading.headlines.selected
        await pilot.press("escape")
        assert shown() == (View(), False)
        assert not offered()
        assert selected is None or app.reading.headlines.selected == selected, "anchored"


async def test_the_header_says_what_is_unread_in_the_part_that_is_shown(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        source = app.desk.store.sources()[0]
        await until(pilot, lambda: app.reading.header.heading.counts.unread == 40)
        app.reading.lists.from_source(source.id)
        await until(pilot, lambda: app.reading.header.heading.counts.unread == 20)
        await pilot.press("m")
        await until(pilot, lambda: app.reading.header.heading.counts.unread == 19)
        await pilot.press("u")
        await until(pilot, lambda: app.reading.header.heading.counts.unread == 20)
        await pilot.press("s", "3")
        await until(pilot, lambda: app.reading.header.heading.counts.starred == 1)
        await pilot.press("1", "escape")
        await until(pilot, lambda: app.reading.header.heading.counts.unread == 40)
        kept = await app.reading.settled(app.desk.lists.put_list(SmartList("One", "is:starred")))
        assert kept is not None
        app.reading.lists.show_smart(kept)
        await until(pilot, lambda: app.reading.header.heading.counts.all == 1)


async def test_it_gives_way_where_there_is_no_room_and_comes_back_where_there_is(screen: Open) -> None:
    async with screen("en", (120, 36)) as (app, pilot):
        await pilot.press("L", "escape")
        await until(pilot, lambda: app.reading.side.shown and where(app) is Context.LIST)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.reading.side.shown)
        await pilot.press("L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        await pilot.press("escape")
        assert not app.reading.side.shown
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: app.reading.side.shown)


async def test_it_comes_from_an_article_and_from_one_pane(screen: Open) -> None:
    async with screen("en", (80, 24)) as (app, pilot):
        await pilot.press("enter", "L")
        await until(pilot, lambda: where(app) is Context.SIDE)
        await pilot.pause()
        assert app.reading.headlines.region.width and not app.reading.article.region.width
    async with screen("en", (120, 36)) as (app, pilot):
        await pilot.press("z", "L")
        await until(pilot, lambda: where(app) is Context.SIDE and side(app).region.width)
