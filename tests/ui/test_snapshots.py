"""What the screens look like, cell by cell, in both directions and three sizes. Looks only: keys have their own tests.

Where a look was changed on purpose, read the new pictures and keep them: ``KHABAR_SNAPSHOTS=write pytest
tests/ui/test_snapshots.py``. Rows are in visual order, as the terminal gets them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.config import Settings
from tui.ui.app import KhabarApp

FOLDER = Path(__file__).parent / "snapshots"
SIZES = {"wide": (120, 30), "usual": (80, 24), "small": (40, 12)}
SCENES = {
    "list": "j j s",
    "article": "j j enter tab",
    "compact": "C j",
    "by-paper": "D j",
    "found": "/ r a i n enter",
    "nothing-found": "/ x y z z y enter",
    "nothing-starred": "3",
    "plain": "j s j",
}
DIALOGS = {
    "help": "question_mark",
    "palette": "colon",
    "sources": "S",
    "history": "h",
    "smart-lists": "l",
    "query": "l a",
    "rules": "E",
    "settings": "comma",
    "address": "a",
    "choose": "c",
    "code": "Q",
    "find": "enter F",
}


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def picture(app: KhabarApp) -> str:
    """The rows of the screen without the blanks at their ends."""
    rows = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    width, height = app.size
    assert [cell_len(row) for row in rows] == [width] * height
    return "".join(f"{row.rstrip()}\n" for row in rows)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(screen: Open, scene: str, size: str, language: str) -> None:
    settings = Settings(full_text=False, ticker="still", theme="dark", plain=scene == "plain")
    async with screen(language, SIZES[size], settings) as (app, pilot):
        await until(pilot, lambda: app.reading.reader.story and app.reading.ticker.current)
        for key in SCENES[scene].split():
            await pilot.press({"/": "slash"}.get(key, key))
        await pilot.pause()
        await until(pilot, lambda: not app.reading.finder.typing)
        app.reading._notice.dismiss()
        await pilot.pause()
        await pilot.pause()
        check(app, f"{scene}-{size}-{language}")


def check(app: KhabarApp, name: str) -> None:
    file = FOLDER / f"{name}.txt"
    if os.environ.get("KHABAR_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(picture(app), encoding="utf-8")
    assert picture(app) == file.read_text(encoding="utf-8"), f"{file.name} differs"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", ["usual", "small"])
async def test_the_dialogs_look_as_they_did(screen: Open, size: str, language: str) -> None:
    settings = Settings(full_text=False, ticker="still", theme="dark")
    async with screen(language, SIZES[size], settings) as (app, pilot):
        await until(pilot, lambda: app.reading.reader.story and app.reading.ticker.current)
        for name, keys in DIALOGS.items():
            for key in keys.split():
                await pilot.press(key)
            await pilot.pause()
            check(app, f"{name}-{size}-{language}")
            while app.screen is not app.reading or app.reading.article_finder.active:
                await pilot.press("escape")
