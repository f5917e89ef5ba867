"""Over a slow line: nothing moves, pictures wait to be asked for, frames keep a distance and the newest one arrives."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.support import scripted
from tests.support.emulator import Emulator
from tests.support.scripted import ScriptedTerminal
from tests.ui.press import make_app, open_press
from tests.ui.test_display_terminal import Running, running
from tui.config import Settings
from tui.ui.widgets.ticker import Speed


@pytest.mark.parametrize("link", ["slow", "fast"])
async def test_what_a_slow_line_is_spared(tmp_path: Path, link: str) -> None:
    desk = open_press(tmp_path)
    desk.store.remember("ui.ticker", "scroll")
    app = make_app(desk, settings=Settings(full_text=False, link=link))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        slow = link == "slow"
        assert app.reading.headlines.slow_link is slow
        assert app.reading.pictures.shown is not slow
        assert app.reading.ticker.speed is (Speed.FLIP if slow else Speed.SCROLL)
        assert (app.animation_level == "none") is slow
    await desk.aclose()


def _moved(program: Running, keys: int) -> int:
    """Bytes that so many cursor moves cost, typed as fast as a keyboard repeats."""
    seen = len(program.terminal.written)
    for _ in range(keys):
        program.terminal.type("\x1b[B")
        time.sleep(0.01)
    program.terminal.settle(0.6)
    return len(program.terminal.written) - seen


def _highlighted(program: Running) -> int:
    """The number in the row under the cursor: the one whose background no other row has."""
    shown = Emulator(80, 24)
    shown.feed(program.terminal.written[program.terminal.written.index(b"\x1b[?1049h") :].decode())
    grounds = [shown.cell(40, y).background for y in range(24)]
    rows = [y for y in range(20) if grounds.count(grounds[y]) == 1]
    numbers = [re.search(r" (\d+) ", shown.text[y]) for y in rows]
    return next(int(found[1]) for found in numbers if found)


def test_frames_keep_a_distance_and_the_newest_state_is_shown(tmp_path: Path) -> None:
    """A terminal that answers after 400 ms: its frames are 200 ms apart, and twelve keys take no twelve of them."""
    with running(tmp_path, ScriptedTerminal(scripted.XTERM, delay=0.4)) as program:
        program.ready()
        _moved(program, 1)
        one = _moved(program, 1)
        assert 0 < _moved(program, 12) < 6 * one
        assert _highlighted(program) == 14
