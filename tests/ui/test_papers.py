"""The list by paper: its order, its headings and their numbers, and the reader's place in it."""

from __future__ import annotations

import random
from pathlib import Path

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.press import items, open_press
from tui.config import Settings
from tui.news.model import Source, Story, View
from tui.ui.app import KhabarApp
from tui.ui.control.pages import PaperPages
from tui.ui.widgets.window import Window

BY_PAPER = Settings(full_text=False, sections="paper")


def rows(app: KhabarApp) -> list[str]:
    pane = app.reading.headlines
    return [pane.render_line(y).text for y in range(pane.size.height)]


def headings(app: KhabarApp) -> list[str]:
    return [row.strip(" ─") for row in rows(app) if row.startswith(" ─ ")]


def test_all_pages_of_many_papers_are_walked_both_ways_from_anywhere(tmp_path: Path) -> None:
    desk = open_press(tmp_path, each=3)
    chance = random.Random(4)
    for number in range(25):
        source = desk.store.add_source(Source(f"https://p{number}.example/feed", f"Paper {chance.random()}"))
        titles = tuple("".join(chance.choices("abcdefghij", k=12)) for _ in range(chance.randint(1, 5)))
        desk.store.add_items(source, items(titles, f"p{number}"))
    pages = PaperPages(desk.reading, View())
    whole = pages.first(1_000)
    names = list(dict.fromkeys(story.paper for story in whole))
    assert len(names) == 27
    assert sorted(whole, key=lambda s: (names.index(s.paper), -s.sorted_at, -s.id)) == whole, "newest first in each"
    assert {story.id for story in whole} == {story.id for story in desk.reading.stories(View(), limit=1_000)}
    assert pages.last(7) == whole[-7:]
    window = Window(pages, chunk=4, limit=12)
    at = window.around(whole[30])
    assert [window.get(at + step) for step in range(len(whole) - 30)] == whole[30:]
    assert [window.get(at - step) for step in range(31)] == whole[30::-1]
    desk.store.close()


async def test_a_key_puts_the_list_in_the_order_of_its_papers_and_the_story_stays_selected(screen: Open) -> None:
    async with screen("en", (120, 40)) as (app, pilot):
        await pilot.press("j", "j", "j")
        selected = app.reading.headlines.selected
        assert selected
        await pilot.press("D")
        assert app.reading.headlines.sections == "paper"
        assert app.reading.headlines.selected == selected
        await pilot.press("g")
        assert headings(app) == ["The Herald · 20"]
        assert not any("Herald" in row for row in rows(app)[1:]), "said once"
        shown: list[Story] = app.reading.headlines.pages.first(100)
        assert [story.paper for story in shown] == ["The Herald"] * 20 + ["صحيفة الساحل"] * 20


async def test_the_heading_counts_down_as_stories_are_read_and_up_by_undo(screen: Open) -> None:
    async with screen("en", (120, 40), BY_PAPER) as (app, pilot):
        await pilot.press("g", "m")
        await until(pilot, lambda: headings(app) == ["The Herald · 19"])
        await pilot.press("u")
        await until(pilot, lambda: headings(app) == ["The Herald · 20"])
        await pilot.press("M")
        await until(pilot, lambda: headings(app) == ["The Herald"])


async def test_new_stories_wait_until_they_are_asked_for_and_are_gone_to_wherever_they_stand(screen: Open) -> None:
    async with screen("en", (120, 40), BY_PAPER) as (app, pilot):
        reading, desk = app.reading, app.reading.desk
        await pilot.press("g", "j")
        before, shown = reading.headlines.selected, rows(app)
        source = desk.store.add_source(Source("https://mirror.example/feed", "The Mirror"))
        added = desk.store.add_items(source, items(("Lighthouse lit again",), "mirror", start=-1))
        reading.lists.arrived(added.new)
        await pilot.pause()
        assert reading.headlines.selected == before
        assert [row[3:] for row in rows(app)] == [row[3:] for row in shown]
        await pilot.press(".")
        assert reading.headlines.selected
        assert reading.headlines.selected.title == "Lighthouse lit again"
        assert "The Mirror · 1" in headings(app)


async def test_what_is_found_is_newest_first_whatever_the_list_is(screen: Open) -> None:
    async with screen("en", (120, 40), BY_PAPER) as (app, pilot):
        await pilot.press("slash", *"the", "enter")
        await pilot.pause()
        found = app.reading.headlines.pages.first(50)
        assert [s.sorted_at for s in found] == sorted((s.sorted_at for s in found), reverse=True)
        assert not headings(app)
        await pilot.press("escape")
        assert headings(app)
