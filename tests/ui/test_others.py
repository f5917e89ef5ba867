"""The same story in other papers: "+2" in the list is opened to see all, by key and by click, and read from there."""

from __future__ import annotations

from datetime import timedelta

from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import both, selected, until, where
from tests.ui.press import NOW
from tui.news.model import Item, Source
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.screens.chooser import Chooser

TITLE = "Parliament adopts the budget of the harbour towns with 62 votes"
PAPERS = ("The Lantern", "The Pilot", "The Mole")


async def told_thrice(app: KhabarApp, pilot: Pilot[None]) -> None:
    """The newest row of the list is a story that three papers tell."""
    store = app.reading.desk.store
    for number, paper in enumerate(PAPERS):
        source = store.add_source(Source(address=f"https://{number}.example/feed", title=paper))
        when = NOW - timedelta(minutes=2) + timedelta(seconds=number)
        store.add_items(source, [Item(f"n{number}", TITLE, f"https://{number}.example/a", when, text=f"From {paper}.")])
    app.reading.lists.do_new_stories()
    await until(pilot, lambda: selected(app) == TITLE)
    story = app.reading.headlines.selected
    assert story is not None and story.others == 2


def shown(app: KhabarApp) -> str:
    story = app.reading.reader.story
    return story.paper if story else ""


@both
async def test_the_key(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await told_thrice(app, pilot)
        await pilot.press("enter")
        assert shown(app) == "The Lantern"
        text = "".join(segment.text for segment in app.reading.footer.render_line(0))
        assert " + " in text or "+ " in text, "the footer names the key where there are others"
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        details = [choice.detail for choice in chooser.choices._choices]
        assert [paper for paper in PAPERS for detail in details if paper in detail] == ["The Pilot", "The Mole"]
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert where(app) is Context.ARTICLE
        assert shown(app) == "The Pilot"
        await pilot.press("backspace")
        assert shown(app) == "The Lantern", "the way back leads to the paper before"
        await pilot.press("backspace")
        assert where(app) is Context.LIST


@both
async def test_a_click_on_the_sign(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await told_thrice(app, pilot)
        headlines = app.reading.headlines
        rows = ["".join(s.text for s in headlines.render_line(y)) for y in range(4)]
        y = next(y for y, row in enumerate(rows) if "+2" in row)
        await pilot.click(headlines, offset=(rows[y].index("+2"), y))
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert shown(app) == "The Mole"
        row = headlines.selected
        assert row is not None and row.title == TITLE and row.read, "the row stands for all of them"
        await pilot.press("space")
        assert app.reading.reader.story is not None and app.reading.reader.story.title != TITLE


async def test_a_story_that_stands_alone_says_so(screen: Open) -> None:
    async with screen() as (app, pilot):
        await pilot.press("plus")
        assert app.screen is app.reading
        assert app.reading.said == app.reading.locale.text("notices.no_others")
        await pilot.press("enter")
        text = "".join(segment.text for segment in app.reading.footer.render_line(0))
        assert app.reading.locale.text("actions.others.short") not in text.split()
