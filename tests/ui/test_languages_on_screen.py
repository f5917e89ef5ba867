"""Every language at 80x24: whole words in the bars, nothing of a dialog cut off, the layout on its own side."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import Open
from tests.ui.test_keys_on_screen import until
from tui.bidi.layout import display
from tui.config import Settings
from tui.locale import LANGUAGES
from tui.ui.app import KhabarApp
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.rules import Divider

languages = pytest.mark.parametrize("language", LANGUAGES)
KEYS = ("question_mark", "S", "a", "c", "ctrl+p", "l", "E", "h", "comma", "i")


def rows(widget: Widget) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.size.height)]


def frame(app: KhabarApp) -> list[str]:
    """The texts on a dialog's frame, in logical order."""
    box = app.screen.query_one(".dialog--box")
    return [box.border_title] if box.border_title else []


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@languages
async def test_header_and_footer_are_whole(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.pause()
        assert "…" not in rows(app.reading.header)[0]
        assert "…" not in rows(app.reading.footer)[0]
        await press(pilot, "enter")
        assert "…" not in rows(app.reading.footer)[0]


@languages
async def test_the_search_line_is_whole(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await press(pilot, "slash", *"willow")
        await until(pilot, lambda: app.reading.finder.view is not None)
        line = app.reading.finder._line  # the widget has no other way out
        assert line is not None
        await until(pilot, line.count.text.strip)
        await pilot.pause()
        for label in (line.prompt, line.hint, line.count):
            assert "…" not in rows(label)[0], label


@languages
@pytest.mark.parametrize("key", KEYS)
async def test_dialogs_are_whole(screen: Open, language: str, key: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await press(pilot, key)
        dialog = app.screen
        assert isinstance(dialog, Dialog)
        box = dialog.query_one(".dialog--box")
        for text in frame(app):
            assert len(display(text)) <= box.size.width - 2, text
        for label in dialog.query(".dialog--hint"):
            assert all("…" not in row for row in rows(label)), rows(label)
        if key == "question_mark":
            assert all("…" not in row for row in rows(dialog.query_one("Board")))


@languages
async def test_the_list_stands_on_the_start_side(screen: Open, language: str) -> None:
    async with screen(language, (120, 36)) as (app, _):
        divider = app.reading.query_one(Divider).region.x
        assert (app.reading.headlines.region.x > divider) is app.locale.rtl


@languages
@pytest.mark.parametrize("width", [90, 100, 120])
async def test_dates_never_cut_the_lists(screen: Open, language: str, width: int) -> None:
    async with screen(language, (width, 24), Settings(full_text=False, hijri=True)) as (app, pilot):
        await pilot.pause()
        assert "…" not in rows(app.reading.header)[0]
