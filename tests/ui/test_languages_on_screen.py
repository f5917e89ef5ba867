"""Every language at 80x24 and at 40x12: what khabar itself says is whole, the layout stands on its own side.

Foreign text (titles, papers, addresses) may be cut; a word of the interface may not, on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.bidi.layout import display, lay_out
from tui.config import Settings
from tui.locale import LANGUAGES, load
from tui.news.model import Counts, Listing
from tui.ui.app import KhabarApp
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.palette import PaletteScreen
from tui.ui.screens.settings import SettingsScreen
from tui.ui.widgets.board import Board
from tui.ui.widgets.choices import Choices
from tui.ui.widgets.keybar import KeyBar
from tui.ui.widgets.notice import MOST_LINES
from tui.ui.widgets.options import Options
from tui.ui.widgets.rules import Divider
from tui.ui.widgets.searchline import Label

languages = pytest.mark.parametrize("language", LANGUAGES)
SMALL, USUAL = (40, 12), (80, 24)
DIALOGS = {
    "help": "question_mark",
    "sources": "S",
    "follow a source": "S a",
    "address": "a",
    "choose": "c",
    "palette": "ctrl+p",
    "smart lists": "l",
    "a smart list": "l a",
    "rules": "E",
    "a rule": "E a",
    "history": "h",
    "settings": "comma",
    "about": "i",
    "import": "I",
    "export": "W",
    "code": "Q",
}
OURS = (Label, KeyBar, Options, Board)
"""Widgets that show nothing but what khabar says."""


def rows(widget: Widget) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.size.height)]


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def cut(app: KhabarApp) -> Iterator[str]:
    """What of the interface's own words is not whole on this screen."""
    ours = (*OURS, Choices) if isinstance(app.screen, PaletteScreen | SettingsScreen) else OURS
    for widget in app.screen.query("*"):
        if isinstance(widget, ours) and widget.display:
            said = widget.text if isinstance(widget, Label) else ""
            yield from (row for row in rows(widget) if "…" in row and "…" not in said and "://" not in said)
    box = app.screen.query_one(".dialog--box")
    if box.border_title and len(display(box.border_title)) > SMALL[0] - 6:
        yield box.border_title
    for bar in app.screen.query(KeyBar):
        wanted = (command for command in bar.commands if command.rank == 1 or command.id == "close")
        yield from (command.title for command in wanted if display(command.title) not in rows(bar)[0])


@languages
async def test_no_word_of_a_dialog_is_cut(screen: Open, language: str) -> None:
    """At 40x12: there is no size at which a box has fewer cells in a row. Its title stands there from 16 rows on."""
    async with screen(language, SMALL, each=2) as (app, pilot):
        found: list[str] = []
        for name, keys in DIALOGS.items():
            await pilot.press(*keys.split())
            assert isinstance(app.screen, Dialog), name
            found += [f"{name}: {words}" for words in cut(app)]
            while isinstance(app.screen, Dialog):
                app.screen.dismiss(None)
                await pilot.pause()
        assert found == []


@languages
async def test_no_word_of_the_bars_is_cut(screen: Open, language: str) -> None:
    async with screen(language, SMALL) as (app, pilot):
        reading = app.reading
        for size in (SMALL, USUAL, (90, 24), (100, 24)):
            await pilot.resize_terminal(*size)
            for listing in (*Listing, None):
                if listing is None:
                    await press(pilot, "enter")
                else:
                    reading.header.show(listing=listing, counts=Counts(1200, 1100, 40, 900))
                    await pilot.pause()
                bars = [bar for bar in (reading.header, reading.footer) if bar.display and bar.size.height]
                assert ["…" in row for bar in bars for row in rows(bar)] == [False] * len(bars), (size, listing)
            await press(pilot, "escape")


@languages
async def test_the_search_line_is_whole_and_what_is_wrong_with_a_query_too(screen: Open, language: str) -> None:
    async with screen(language, SMALL) as (app, pilot):
        await press(pilot, "slash", *"willow")
        await until(pilot, lambda: app.reading.finder.view is not None)
        line = app.reading.finder._line  # the widget has no other way out
        assert line is not None
        for size in (SMALL, USUAL):
            await pilot.resize_terminal(*size)
            await until(pilot, line.count.text.strip)
            await pilot.pause()
            for label in (line.prompt, line.hint, line.count):
                assert all("…" not in row for row in rows(label)), label
        await press(pilot, "colon", "x")
        for size in (SMALL, USUAL):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: line.hint.has_class("-error"))
            await pilot.pause()
            assert "".join(rows(line.hint)).strip(), size
            assert all("…" not in row for row in rows(line.hint)), rows(line.hint)
            assert not line.count.text.strip(), "what stands there was found by another query"


@languages
def test_notices_and_empty_lists_have_room_at_forty_columns(language: str) -> None:
    locale = load(language, "EG" if language == "ar" else "")
    named = {"name": "The Saltmere Lantern", "text": "willow", "n": 12, "mode": "explicit", "address": "a.example"}
    named |= {"query": "willow", "language": "English", "pressed": "Ctrl-P", "holder": "x" * 12, "loser": "y" * 12}
    long = ("key_conflict", "bidi_mode")  # told at the start, or to somebody who looks for it
    for key in locale.texts:
        section, _, rest = key.partition(".")
        if section == "notices" and not rest.startswith(long):
            lines = lay_out(locale.text(key, **named), SMALL[0] - 6, base=int(locale.rtl))
            assert len(lines) <= MOST_LINES, key
        if section == "empty":
            assert len(lay_out(locale.text(key, **named), SMALL[0] - 8, base=int(locale.rtl))) <= SMALL[1] - 4, key


@languages
async def test_the_list_stands_on_the_start_side(screen: Open, language: str) -> None:
    async with screen(language, (120, 36)) as (app, _):
        divider = app.reading.query_one(Divider).region.x
        assert (app.reading.headlines.region.x > divider) is app.locale.rtl


@languages
async def test_dates_never_cut_the_lists(screen: Open, language: str) -> None:
    async with screen(language, (90, 24), Settings(full_text=False, hijri=True)) as (app, pilot):
        for width in (90, 100, 120):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert "…" not in rows(app.reading.header)[0]
