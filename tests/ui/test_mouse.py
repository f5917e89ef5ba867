"""The mouse works everywhere and is needed nowhere; a click in a mirrored bar finds what is under it."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import Open
from tests.ui.piloting import selected, until, where
from tui.news.model import Listing
from tui.ui.actions import Context
from tui.ui.screens.chooser import Chooser
from tui.ui.widgets.board import Board

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


def drawn_at(widget: Widget, column: int) -> str:
    """What stands in a column of a widget, from top to bottom."""
    x, top = widget.region.offset
    lines = widget.app.screen._compositor.render_strips()
    return "".join(lines[y].crop(x + column, x + column + 1).text for y in range(top, top + widget.size.height))


@both
async def test_the_position_bar_of_an_article_is_taken_hold_of(screen: Open, language: str) -> None:
    async with screen(language, paragraphs=40) as (app, pilot):
        await pilot.press("enter")
        article = app.reading.article
        column = 0 if language == "ar" else article.size.width - 1
        assert "▏" in drawn_at(article, column) or "▕" in drawn_at(article, column)
        bottom = article.size.height - 1
        await pilot.click(article, offset=(column, bottom))
        assert article.percent == 100
        assert article.bar_column() == column
        await pilot.click(article, offset=(column, bottom // 2))
        assert 30 < article.percent < 80
        await pilot.mouse_down(article, offset=(column, bottom // 2))
        await pilot.hover(article, offset=(column, 0))
        await pilot.mouse_up(article, offset=(column, 0))
        assert article.place == (0, 0)
        assert app.mouse_captured is None and not app.reading.selections
        await pilot.hover(article, offset=(column, bottom))
        assert article.place == (0, 0), "it was let go"


@both
async def test_the_position_bar_of_a_dialog_chooses_nothing(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, Chooser) and app.screen.choices.size.height > 1)
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        entries = chooser.choices
        column = 0 if language == "ar" else entries.size.width - 1
        assert set(drawn_at(entries, column)) & {"▌", "▐"}
        await pilot.click(entries, offset=(column, entries.size.height - 1))
        assert app.screen is chooser
        assert round(entries.scroll_y) == entries.max_scroll_y
        await pilot.click(entries, offset=(column, 0))
        assert entries.scroll_y == 0


@both
async def test_the_position_bar_of_the_help(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen.query(Board))
        board = app.screen.query_one(Board)
        await until(pilot, lambda: board.bar_column() >= 0)
        await pilot.click(board, offset=(board.bar_column(), board.size.height - 1))
        assert round(board.scroll_y) == board.max_scroll_y > 0


@both
async def test_the_wheel_goes_through_the_ticker(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current is not None)
        first = ticker.current
        await pilot._post_mouse_events([events.MouseScrollDown], ticker, button=0)
        assert first is not None and ticker.current is not None and ticker.current.id != first.id
        await pilot._post_mouse_events([events.MouseScrollUp], ticker, button=0)
        assert ticker.current.id == first.id
