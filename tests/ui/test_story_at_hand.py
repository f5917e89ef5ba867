"""What a key does to "the story" it does to the one that the reader looks at: after a search, in the ticker."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import selected, until, where
from tui.news.model import Listing, View
from tui.ui.actions import Context
from tui.ui.app import KhabarApp

both = pytest.mark.parametrize("size", [(120, 36), (80, 24)])


def starred(app: KhabarApp) -> list[str]:
    return [story.title for story in app.desk.reading.stories(View(Listing.STARRED))]


@both
async def test_among_what_was_found_the_story_is_the_one_that_was_opened(screen: Open, size: tuple[int, int]) -> None:
    async with screen("en", size) as (app, pilot):
        await pilot.press("slash", *"bird", "enter", "n", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE)
        found = selected(app)
        await pilot.press("escape")
        assert app.reading.finder.active and where(app) is Context.LIST
        assert selected(app) == found
        await pilot.press("s")
        await until(pilot, lambda: starred(app) == [found])


def rows(app: KhabarApp) -> list[str]:
    """The list as it stands on the screen, but for the signs of what is unread and what is open."""
    headlines, signs = app.reading.headlines, str.maketrans("●▸◂", "   ")
    lines = ("".join(segment.text for segment in headlines.render_line(y)) for y in range(headlines.size.height))
    return [line.translate(signs) for line in lines]


@both
@pytest.mark.parametrize("how", ["opened", "not opened", "wiped out"])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_escape_brings_the_list_the_story_and_the_scroll_back_from_a_search(
    screen: Open, language: str, size: tuple[int, int], how: str
) -> None:
    """screens.md: Esc brings the old list and position back."""
    async with screen(language, size, each=60) as (app, pilot):
        await until(pilot, lambda: app.reading.reader.story)
        for _ in range(31):
            app.reading.headlines.move(1)
        app.reading.headlines.line(2)  # the wheel: the cursor is not where a selection would have put it
        await pilot.pause()
        before, story = rows(app), selected(app)
        await pilot.press("slash", *"bird")
        await until(pilot, lambda: app.reading.finder.view and selected(app) != story)
        if how == "wiped out":
            await pilot.press(*["backspace"] * 4)
            await until(pilot, lambda: selected(app) == story)
            await pilot.press("escape")
        else:
            await pilot.press("enter", "j", "j")
        if how == "opened":
            await pilot.press("enter")
            await until(pilot, lambda: where(app) is Context.ARTICLE)
            assert selected(app) != story
            await pilot.press("escape")
        if how != "wiped out":
            await pilot.press("escape")
        assert not app.reading.finder.active and where(app) is Context.LIST
        await until(pilot, lambda: (rows(app), selected(app)) == (before, story))


async def test_read_and_star_go_to_and_fro_as_fast_as_one_types(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter")
        for key in "ssmsmm":
            app.simulate_key(key)
        wanted = View(Listing.UNREAD), View(Listing.STARRED)
        await until(pilot, lambda: [app.desk.reading.count(view) for view in wanted] == [40, 1])


async def test_the_headline_that_runs_by_is_the_story_of_who_is_in_the_ticker(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await until(pilot, lambda: app.reading.ticker.current)
        await pilot.press("shift+tab", "j", "j")
        assert where(app) is Context.TICKER
        running = app.reading.ticker.current
        assert running is not None and running.title != selected(app)
        await pilot.press("s")
        await until(pilot, lambda: starred(app) == [running.title])
        assert app.reading.said


@both
async def test_what_the_search_emphasised_is_plain_when_it_has_ended(screen: Open, size: tuple[int, int]) -> None:
    async with screen("en", size) as (app, pilot):
        await pilot.press("slash", *"atlas", "enter", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE)
        article = app.reading.article
        assert article._reader.hits
        await pilot.press("escape")
        assert article._reader.hits, "the search is still there"
        await pilot.press("escape")
        assert not app.reading.finder.active and not article._reader.hits


async def test_marks_of_the_reader_s_own_in_the_article_stay_when_a_search_ends(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("slash", *"atlas", "enter", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE)
        await pilot.press("F")
        await until(pilot, lambda: app.reading.article_finder.typing)
        await pilot.press(*"hall", "enter")
        app.reading.lists.list(Listing.UNREAD)
        assert not app.reading.finder.active and app.reading.article._reader.hits
