"""A store that fails under a running screen costs a sentence for each thing that was asked, not the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.walker import keys_of_the_registry, walk
from tests.ui.conftest import Open
from tui.ui.actions import ACTIONS
from tui.ui.widgets.notice import Notice

LEAVING = {"quit", "suspend"}


def lose(folder: Path, table: str) -> None:
    """Take a table out of the store's file, as damage would."""
    with closing(sqlite3.connect(folder / "store.db")) as connection:
        connection.execute(f"DROP TABLE {table}")
        connection.commit()


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("table", ["stories", "sources", "bodies", "history"])
async def test_every_action_leaves_the_screen_standing(screen: Open, tmp_path: Path, table: str) -> None:
    async with screen("ar", (100, 30)) as (app, pilot):
        await pilot.press("enter")
        lose(tmp_path, table)
        for action in ACTIONS:
            if action.id in LEAVING:
                continue
            app.reading.call_later(app.reading.perform, action.id)
            await pilot.pause()
            while app.screen is not app.reading:
                await pilot.press("escape")
            assert app.is_running, action.id
        await pilot.press("j")
        assert app.is_running


async def test_the_reader_is_told_in_the_interfaces_language(screen: Open, tmp_path: Path) -> None:
    async with screen("fr", (100, 30)) as (app, pilot):
        lose(tmp_path, "stories")
        app.reading.call_later(app.reading.perform, "toggle_read")
        await pilot.pause()
        assert app.is_running
        assert "n’a pas pu être utilisé\u00a0: relancez khabar" in app.reading.query_one(Notice).text


async def test_a_walk_over_a_store_that_is_gone(screen: Open, tmp_path: Path) -> None:
    assert keys_of_the_registry(rtl=False)
    async with screen("en", (120, 40)) as (app, pilot):
        lose(tmp_path, "stories")
        walked = await walk(pilot, app, seed=4, steps=150, seconds=5)
        assert walked.pressed
