"""The ticker moves only while somebody may look at it, and says nothing at rest."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes
from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.test_mouse import click_on
from tui.bidi.layout import display
from tui.ui.actions import Context
from tui.ui.screens.help import HelpScreen
from tui.ui.widgets.ticker import FLIP_SECONDS, Speed

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("speed", [Speed.SCROLL, Speed.FLIP])
async def test_it_waits_while_the_reader_looks_or_types(screen: Open, speed: Speed) -> None:
    async with screen("ar", (100, 24)) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current)
        ticker.speed = speed
        await until(pilot, lambda: ticker.moving)
        app.reading.show_pane(Context.TICKER)
        await until(pilot, lambda: not ticker.moving)
        await pilot.press("escape")
        await until(pilot, lambda: ticker.moving)
        await pilot.press("slash", "r")
        await until(pilot, lambda: not ticker.moving)
        await pilot.press("escape")
        await until(pilot, lambda: ticker.moving)


@pytest.mark.parametrize("speed", [Speed.SCROLL, Speed.FLIP])
async def test_it_rests_after_one_round_and_a_key_wakes_it(screen: Open, speed: Speed) -> None:
    async with screen("ar", (100, 24), each=2) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current)
        ticker.speed = speed
        for _ in range(500):
            ticker._tick()  # as its timer would
            if not ticker.moving:
                break
        assert not ticker.moving
        before = ticker.render_line(0).text
        ticker.refresh()
        assert ticker.render_line(0).text == before
        await pilot.press("j")
        await until(pilot, lambda: ticker.moving)


@pytest.mark.parametrize("speed", [Speed.SCROLL, Speed.FLIP])
@pytest.mark.parametrize(
    ("title", "tag", "level"), [("Wi-Fi مجاني في حدائق المدينة", "ar", 1), ("حوار: a talk at sea", "en", 0)]
)
async def test_a_headline_runs_as_in_the_list(screen: Open, speed: Speed, title: str, tag: str, level: int) -> None:
    """Though it begins with a name of another script."""
    async with screen("ar", (100, 24), each=1) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current)
        assert ticker.current is not None
        ticker.show([replace(ticker.current, title=title, language=tag)])
        ticker.speed = speed
        await pilot.pause()
        shown = ticker.render_line(0).text
        assert display(title, level) in shown and display(title, 1 - level) not in shown


async def test_under_a_dialog_it_stands_still(screen: Open) -> None:
    async with screen("en", (100, 24)) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current)
        await pilot.press("question_mark")
        await pilot.pause()
        shown = ticker.current
        ticker._tick()
        assert ticker.current is shown


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_failures_and_progress_go_before_headlines(screen: Open, language: str) -> None:
    """In a narrow row the headline gives way, never what wants attention; sides follow the interface."""
    async with screen(language, (44, 24)) as (app, pilot):
        ticker = app.reading.ticker
        await until(pilot, lambda: ticker.current)
        ticker.trouble("صحيفة الساحل: لا جواب")
        ticker.progress(12, 58)
        await pilot.pause()
        row = ticker.render_line(0).text
        assert len(row) == 44
        assert display("صحيفة الساحل") in row
        assert "12" in row
        trouble = row.index(display("صحيفة الساحل"))
        assert (trouble > row.index("⟳")) is (language == "ar")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_without_a_footer_it_says_how_to_get_help(screen: Open, language: str) -> None:
    async with screen(language, (40, 12)) as (app, pilot):
        ticker, word = app.reading.ticker, display(app.locale.text("actions.help.short"))
        await until(pilot, lambda: ticker.current)
        assert word in ticker.render_line(0).text
        ticker.progress(12, 58)
        assert word not in ticker.render_line(0).text, "what is under way goes first"
        ticker.finished(stopped=True)
        ticker.trouble("8 sources did not answer · S")
        row = ticker.render_line(0).text
        assert "?" in row and "…" not in row and word not in row, "the key alone, where there is no room for its word"
        await click_on(pilot, ticker, "help")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: word not in ticker.render_line(0).text)


@contextmanager
def _at_rest(tmp_path: Path, settings: str) -> Iterator[PtyScreen]:
    """The built-in edition on a real pty, its refresh over and no longer spoken of."""
    (tmp_path / "config/khabar").mkdir(parents=True)
    (tmp_path / "config/khabar/config.toml").write_text(settings, encoding="utf-8")
    argv = [sys.executable, "-m", "tui", "demo", "--lang", "ar"]
    with PtyScreen(argv, columns=100, rows=24, env=homes(tmp_path), cwd=str(ROOT)) as terminal:
        terminal.wait_for("✓", timeout=60)
        _until(terminal, lambda: "✓" not in terminal.text)
        yield terminal


def _until(terminal: PtyScreen, reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < deadline, terminal.text
        terminal.read(0.2)


def test_at_rest_nothing_is_sent(tmp_path: Path) -> None:
    with _at_rest(tmp_path, 'ticker = "still"\n') as terminal:
        _until(terminal, lambda: _quiet(terminal))
        # Clock and ages are sent when the minute turns: one of two moments is without.
        assert _quiet(terminal) or _quiet(terminal)


def test_little_is_sent_while_it_flips(tmp_path: Path) -> None:
    with _at_rest(tmp_path, 'ticker = "flip"\n') as terminal:
        before = len(terminal.output)
        _until(terminal, lambda: len(terminal.output) > before)
        terminal.read_for(1.0)
        assert len(terminal.output) - before < 60 * FLIP_SECONDS  # bytes a second


def _quiet(terminal: PtyScreen) -> bool:
    before = len(terminal.output)
    terminal.read_for(2.0)
    return len(terminal.output) == before
