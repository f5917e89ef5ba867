"""The app under a pilot's hands: keys, what to wait for, and where things stand then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from tui.news.model import Listing
from tui.ui.actions import Context
from tui.ui.app import KhabarApp

CHARACTERS = {"question_mark": "?", "slash": "/", "exclamation_mark": "!", "comma": ",", "full_stop": ".", "space": " "}
DEPTH = 4
"""A key that no widget takes goes up so many parents."""
PATIENCE = 30.0
"""Seconds."""
SIZES = ((120, 40), (80, 24), (40, 12))
both = pytest.mark.parametrize("language", ["en", "ar"])
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for what a thread or a timer brings about, as long as a machine with other work may take for it."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        await pilot.pause()
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come about")


async def begun(pilot: Pilot[None], app: KhabarApp) -> None:
    """Wait for what comes after the first frame; of a press that has stories, the ticker is filled near its end."""
    await until(pilot, lambda: app.reading.ticker.current)
    await pilot.pause()


async def struck(pilot: Pilot[None], key: str) -> None:
    """A key and all that comes of it. ``Pilot.press`` waits besides, twice 20 ms, until the process does nothing."""
    app = pilot.app
    assert app._driver is not None
    app._driver.send_message(Key(key, key if len(key) == 1 else CHARACTERS.get(key)))
    heard = asyncio.Event()
    app.call_later(heard.set)
    await heard.wait()
    for _ in range(DEPTH):
        await pilot._wait_for_screen()
    await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "actions"])


def where(app: KhabarApp) -> Context:
    return app.reading.context


def top(app: KhabarApp) -> Screen[object]:
    return app.screen


def listing(app: KhabarApp) -> Listing:
    return app.reading.lists.view.listing


def selected(app: KhabarApp) -> str:
    story = app.reading.headlines.selected
    assert story is not None
    return story.title
