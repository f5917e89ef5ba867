"""The mouse works everywhere and is needed nowhere; a click in a mirrored bar finds what is under it."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import Open
from tests.ui.piloting import selected, until, where
from tui.news.model import Listing
from tui.ui.actions import Context
from tui.ui.screens.chooser import Chooser

both = pytest.mark.parametrize("language", ["en", "ar"])


async def click_on(pilot: Pilot[None], widget: Widget, target: str) -> None:
    """Click on the first cell of a row that means ``target``."""
    for column in range(widget.size.width):
        x, y = widget.region.offset
        if pilot.app.screen.get_style_at(x + column, y).meta.get("target") == target:
            await pilot.click(widget, offset=(column, 0))
            return
    raise AssertionError(f"{target} is not there")


@both
async def test_lists_in_the_header(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await click_on(pilot, app.reading.header, "unread")
        assert app.reading.lists.view.listing is Listing.UNREAD
        await click_on(pilot, app.reading.header, "place")
        assert isinstance(app.screen, Chooser)


@both
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)], ids=["120x40", "80x24", "40x12"])
async def test_a_chooser_shows_its_keys_and_the_selected_entry(
    screen: Open, language: str, size: tuple[int, int]
) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, Chooser) and app.screen.choices.size.height > 1)
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        await pilot.press(*["up"] * 3, *["down"] * 25)
        box, entries = chooser.query_one(".dialog--box").region, chooser.choices
        assert chooser.bar.region.height == 1 and box.contains_region(chooser.bar.region)
        place = entries.region.y + entries.index - round(entries.scroll_y)
        assert entries.region.y <= place < chooser.bar.region.y
        await click_on(pilot, chooser.bar, "close")
        await until(pilot, lambda: app.screen is app.reading)


@both
async def test_keys_in_the_footer(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await click_on(pilot, app.reading.footer, "open")
        assert where(app) is Context.ARTICLE


@both
async def test_a_click_selects_and_two_read(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        before = selected(app)
        await pilot.click(app.reading.headlines, offset=(10, 8))
        assert selected(app) != before
        assert where(app) is Context.LIST
        await pilot.click(app.reading.headlines, offset=(10, 8), times=2)
        await until(pilot, lambda: where(app) is Context.ARTICLE)


@both
async def test_the_ticker_opens_its_headline(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        story = app.reading.ticker.current
        assert story is not None
        await click_on(pilot, app.reading.ticker, "0")
        await until(pilot, lambda: app.reading.reader.story is not None and app.reading.reader.story.id == story.id)
        assert where(app) is Context.ARTICLE


async def test_a_click_in_the_article_takes_the_keyboard_there(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.click(app.reading.article, offset=(5, 20))
        assert where(app) is Context.ARTICLE
        assert app.reading._pane is Context.ARTICLE
