"""Finding in the article, hiding a story, and what khabar says of itself."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import selected, until, where
from tui import __version__
from tui.locale import LANGUAGES
from tui.ui.actions import Context
from tui.ui.screens.about import About
from tui.ui.widgets.searchline import SearchLine


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_hits_are_marked_while_typing_and_gone_through(
    screen: Open, language: str, size: tuple[int, int]
) -> None:
    async with screen(language, size, paragraphs=20) as (app, pilot):
        reading = app.reading
        await pilot.press("enter", "F")
        await until(pilot, lambda: reading.article_finder.typing)
        await pilot.press(*"Atlas")
        line = reading.query_one("#find", SearchLine)
        await until(pilot, lambda: line.count.text.strip() == app.locale.plural("find.hits", 61))
        assert size[1] < 16 or "Enter" in reading.footer.render_line(0).text
        assert line.region.height == 1 and line.region.width == size[0]
        await pilot.press("enter")
        assert where(app) is Context.ARTICLE
        before = reading.article.place
        await pilot.press("N")
        assert reading.article.place != before, "round to the last"
        await pilot.press("n")
        assert reading.article.place == before
        await pilot.press("escape")
        assert not reading.article_finder.active and reading.header.display
        assert where(app) is Context.ARTICLE
        assert not reading.article.find_next(1), "the marks are gone"
        await pilot.press("escape")
        assert where(app) is Context.LIST


async def test_a_search_of_the_list_and_one_in_the_article_do_not_mix(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("slash", *"rain")
        await until(pilot, lambda: app.reading.finder.view is not None)
        await pilot.press("enter", "enter", "F")
        await until(pilot, lambda: app.reading.article_finder.typing)
        await pilot.press(*"zzz", "escape")
        assert app.reading.finder.active and app.reading.finder.view is not None
        await pilot.press("escape")
        assert where(app) is Context.LIST and "Rain" in selected(app)


async def test_a_hidden_story_goes_and_comes_back(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        first = selected(app)
        await pilot.press("x")
        await until(pilot, lambda: app.desk.reading.counts().all == 39 and selected(app) != first)
        await pilot.press("u")
        await until(pilot, lambda: app.desk.reading.counts().all == 40 and selected(app) == first)
        assert app.locale.text("undone.hide") in app.reading.said


@pytest.mark.parametrize("language", LANGUAGES)
async def test_about_is_whole_in_every_language(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.press("i")
        assert isinstance(app.screen, About)
        await pilot.pause()
        board = app.screen.board
        shown = "\n".join(board.render_line(y).text for y in range(board.size.height))
        assert __version__ in shown and "MIT" in shown
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)
