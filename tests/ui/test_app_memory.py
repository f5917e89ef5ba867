"""What the application does not keep: lines and places that have passed, languages and dialogs it has left."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from dataclasses import replace
from functools import partial
from heapq import heapify

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.test_languages_on_screen import DIALOGS
from tui.ui.app import KhabarApp
from tui.ui.forgetting import REMEMBERED, forget_lines_and_places
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.settings import SettingsScreen


def alive() -> Counter[str]:
    """The nodes that the process holds, by kind."""
    gc.collect()
    return Counter(type(node).__name__ for node in gc.get_objects() if isinstance(node, Widget))


def drop_cancelled_timers() -> None:
    """A pilot's waiting is called off in time; asyncio keeps what was called off, and what it knew of, for 30 s."""
    timers = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    timers[:] = [timer for timer in timers if not timer.cancelled()]
    heapify(timers)


def test_lines_and_places_are_forgotten() -> None:
    """They are the toolkits' private affair: an update of them that names them otherwise must be noticed here."""
    for number in range(50):
        Segment(f"خبر {number}").split_cells(2)
        cell_len(f"خبر {number}")
        Region(0, 0, number, 9).intersection(Region(1, 1, 5, 5))
    assert sum(memory.cache_info().currsize for memory in REMEMBERED) >= 150
    forget_lines_and_places()
    assert [memory.cache_info().currsize for memory in REMEMBERED] == [0] * len(REMEMBERED)


async def test_they_are_forgotten_when_the_minute_changes(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        for width in range(60, 90, 5):
            await pilot.resize_terminal(width, 24)
        before = Region.intersection.cache_info().currsize
        app._on_the_minute()
        assert Region.intersection.cache_info().currsize < before


def screens_held() -> int:
    drop_cancelled_timers()
    return alive()["ReadingScreen"]


def shows_settings_in(app: KhabarApp, language: str) -> bool:
    return app.locale.tag == language and isinstance(app.screen, SettingsScreen)


async def test_a_screen_in_another_language_leaves_none_behind(screen: Open) -> None:
    """But the very first, which the toolkit holds on to as long as it runs."""
    async with screen("ar", (80, 24)) as (app, pilot):
        for language in ("en", "fa", "he", "ar"):
            await pilot.press("comma")
            app.settings = replace(app.settings, language=language)
            app.screen.dismiss("language")
            await until(pilot, partial(shows_settings_in, app, language))
            await pilot.press("escape", "down")
        await until(pilot, lambda: screens_held() <= 2)  # one that is being left may still be at work


async def open_and_leave(app: KhabarApp, pilot: Pilot[None], keys: str) -> None:
    await pilot.press(*keys.split())
    while isinstance(app.screen, Dialog):
        app.screen.dismiss(None)
        await pilot.pause()


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_leaves_nothing_behind(screen: Open, name: str) -> None:
    async with screen("ar", (80, 24), each=2) as (app, pilot):
        await open_and_leave(app, pilot, DIALOGS[name])
        before = alive()
        for _ in range(4):
            await open_and_leave(app, pilot, DIALOGS[name])
        drop_cancelled_timers()
        await until(pilot, lambda: alive() - before == Counter())  # what leaves is taken down a moment later
