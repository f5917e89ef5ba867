"""Right-to-left text on the real screen: drawn right in every view, found by the mouse, copied in logical order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import begun, until, where
from tests.ui.press import ARABIC, BODY, make_app, open_press
from tui.bidi.layout import display, line
from tui.terminal.profile import Profile
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.widgets.field import Field
from tui.ui.widgets.notice import Notice
from tui.ui.widgets.searchline import SearchLine

MIXED = "خطة (1-0) Atlas بـ62%"
SIZES = ((120, 40), (80, 24), (40, 12))
VIEWS = {
    "list": (),
    "article": ("enter",),
    "search": ("slash", "ا", "ل", "م"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "filtered palette": ("ctrl+p", "ا", "ل"),
    "sources": ("S",),
    "choices": ("f",),
    "address": ("a",),
    "notice": ("y",),
    "two dialogs": ("S", "question_mark"),
}
# the hamza alone (U+0621) has one form and stays
UNSHAPED = re.compile("[\u0622-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")


def rows(app: KhabarApp) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def opened(pilot: Pilot[None], app: KhabarApp, keys: tuple[str, ...]) -> None:
    before = rows(app)
    await pilot.press(*keys)
    if keys:
        await until(pilot, lambda: rows(app) != before)
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_view_shows_letters_as_they_are_stored(screen: Open, size: tuple[int, int]) -> None:
    async with screen("ar", size) as (app, pilot):
        for view, keys in VIEWS.items():
            await opened(pilot, app, keys)
            text = "\n".join(rows(app))
            assert PRESENTATION.search(text), f"{view}: nothing Arabic\n{text}"
            assert not UNSHAPED.search(text), f"{view}: {UNSHAPED.search(text)}\n{text}"
            for _ in range(4):
                await pilot.press("escape")
            await pilot.pause()


async def test_headlines_read_right_to_left_letter_by_letter(screen: Open) -> None:
    async with screen("ar", (120, 40)) as (app, _):
        shown = rows(app)
        for title in ARABIC[:3]:
            words = title.split()
            head = " ".join(words[:3])
            assert any(display(head, 1) in row for row in shown), title


async def _click(pilot: Pilot[None], app: KhabarApp, cell: int) -> None:
    await pilot.click(Field, offset=(cell, 0))
    await pilot.pause()


async def test_a_click_in_the_search_line_finds_the_letter_under_the_pointer(screen: Open) -> None:
    async with screen("ar", (120, 40)) as (app, pilot):
        await pilot.press("slash")
        field = app.screen.query_one(Field)
        field.value = MIXED
        await until(pilot, lambda: app.screen.query_one(SearchLine).count.text)
        await pilot.pause()
        made, width = line(MIXED, 200, base=1), field.scrollable_content_region.width
        for start, _, _ in made.clusters():
            cell = width - made.cells + made.cell_of(start)
            await _click(pilot, app, cell)
            assert field.cursor_position == start, MIXED[start]


async def test_the_text_of_an_article_is_copied_as_it_is_stored(screen: Open) -> None:
    async with screen("ar", (120, 40)) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE)
        await pilot.press("Y")
        await pilot.pause()
        assert BODY.strip() in app.clipboard
        assert ARABIC[0] in app.clipboard
        assert not PRESENTATION.search(app.clipboard)


async def test_what_the_mouse_selects_is_copied_as_it_is_stored(screen: Open) -> None:
    async with screen("ar", (120, 40)) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE)
        wanted = " ".join(BODY.split()[:3])
        await until(pilot, lambda: any(display(wanted, 1) in row for row in rows(app)))
        shown = rows(app)
        y = next(y for y, row in enumerate(shown) if display(wanted, 1) in row)
        left = shown[y].index(display(wanted, 1))
        last = left + len(display(wanted, 1)) - 1
        await pilot.mouse_down(offset=(last, y))
        await pilot.hover(offset=((left + last) // 2, y))
        await pilot.hover(offset=(left - 1, y))
        await pilot.mouse_up(offset=(left - 1, y))
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.clipboard.strip() == wanted


async def test_what_only_the_terminals_user_can_switch_is_said_once(tmp_path: Path) -> None:
    desk = open_press(tmp_path)
    try:
        for said in (True, False):
            app = make_app(desk, "ar")
            app.profile = app.measured_profile = Profile(advice="putty")
            async with app.run_test(size=(120, 40)) as pilot:
                await begun(pilot, app)
                assert ("Disable bidirectional text display" in app.reading.query_one(Notice).text) is said
    finally:
        await desk.aclose()
