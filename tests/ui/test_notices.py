"""Notices: as long as they take to read, away with Esc, over the bars and not over what is being read."""

from __future__ import annotations

import pytest

from tests.support.walker import widths_are_right
from tests.ui.conftest import Open
from tests.ui.piloting import until, where
from tui.ui.actions import Context
from tui.ui.widgets.notice import seconds_for

SIZES = [(120, 36), (80, 24), (40, 12)]


def test_a_word_stays_shortly_and_what_went_wrong_longer() -> None:
    said = "Copied: the address of the story."
    assert 2 < seconds_for(said, "information") < 4
    assert seconds_for(said * 10, "information") <= 6
    assert seconds_for(said, "information") < seconds_for(said, "warning") < seconds_for(said, "error")
    assert seconds_for(said * 10, "error") > 20, "nothing is taken away unread"


@pytest.mark.parametrize("place", ["list", "article", "search"])
async def test_escape_takes_a_notice_away_and_does_what_it_does(screen: Open, place: str) -> None:
    async with screen("en") as (app, pilot):
        if place == "article":
            await pilot.press("enter")
            await until(pilot, lambda: where(app) is Context.ARTICLE)
        if place == "search":
            await pilot.press("slash")
            await until(pilot, lambda: app.reading.finder.typing)
        app.reading.notice("A sentence.", "error")
        await pilot.press("escape")
        assert not app.reading.said
        assert where(app) is Context.LIST and not app.reading.finder.active


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_a_notice_stands_over_the_bars(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("enter", "s")
        await until(pilot, lambda: app.reading.said)
        await pilot.pause()
        notice = app.reading._notice.region
        assert notice.bottom == size[1]
        assert size[0] == 40 or notice.height == 1
        assert size[0] == 40 or not notice.overlaps(app.reading.article.region)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("words", [2, 7, 20])
async def test_no_row_is_half_covered(screen: Open, language: str, size: tuple[int, int], words: int) -> None:
    """A row shows what it always shows, or what is said: no key in the footer is cut, no headline in the ticker."""
    async with screen(language, size) as (app, pilot):
        await until(pilot, lambda: app.reading.ticker.current)
        app.reading.notice(" ".join(["قيل" if language == "ar" else "said"] * words))

        def whole(columns: int) -> bool:
            notice = app.reading._notice
            lines = ["".join(notice.render_line(row).text).strip(" ▌▐") for row in range(notice.region.height)]
            rows = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
            return (
                (notice.region.x, notice.region.width, notice.region.bottom) == (0, columns, size[1])
                and sum(len(line.split()) for line in lines) == words
                and [row.strip(" ▌▐") for row in rows[notice.region.y :]] == lines
            )

        for columns in (size[0], size[0] - 7):
            await pilot.resize_terminal(columns, size[1])
            await until(pilot, lambda: whole(columns))  # noqa: B023


@pytest.mark.parametrize("size", SIZES)
async def test_a_notice_leaves_the_ticker_to_who_reads_it(screen: Open, size: tuple[int, int]) -> None:
    async with screen("en", size) as (app, pilot):
        await until(pilot, lambda: app.reading.ticker.current)
        await pilot.press("shift+tab", "s")
        await until(pilot, lambda: app.reading.said)
        await pilot.pause()
        assert not app.reading._notice.region.overlaps(app.reading.ticker.region)


async def test_what_a_notice_says_of_a_star_is_not_left_beside_another(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter", "s")
        await until(pilot, lambda: app.reading.said)
        app.reading.focus_list()
        await pilot.press("s")
        assert not app.reading.said


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_notice_is_told_from_the_ticker_above_it(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press("n")
        await until(pilot, lambda: app.reading.said)
        await pilot.pause()
        text = "".join(segment.text for segment in app.reading._notice.render_line(0))
        assert text.endswith(" ▐") if language == "ar" else text.startswith("▌ ")


@pytest.mark.parametrize("size", [(12, 4), (10, 3), (7, 3), (3, 2), (1, 1)])
@pytest.mark.parametrize("language", ["ur", "en"])
async def test_a_notice_is_no_wider_than_the_smallest_terminal(
    screen: Open, language: str, size: tuple[int, int]
) -> None:
    """Nor do the rows that do not fit there bring a scrollbar: nothing on this screen scrolls but its panes."""
    async with screen(language, (40, 12)) as (app, pilot):
        await pilot.press("slash", "enter", "ctrl+f")
        app.reading.notice("قيل what was said", "warning")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert widths_are_right(app)
        assert not app.reading.show_vertical_scrollbar
