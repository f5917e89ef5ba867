"""A reader who presses anything: keys of the registry and others, at changing sizes, by a seed.

After every step each row of the screen is exactly as wide as the terminal; an exception ends the walk.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from tui.ui.actions import ACTIONS
from tui.ui.app import KhabarApp

LEAVING = frozenset({"q", "ctrl+q", "ctrl+z"})
TYPED = (*'abcxyz019 -:"*()', *"ابجدتنمكلى؟لا", *"שלוםעברית", "enter", "escape", "backspace", "tab", "shift+tab")
SIZES = ((120, 40), (80, 24), (40, 12), (160, 48), (89, 30), (90, 16), (41, 9), (300, 100), (100, 15), (64, 20))
_PATIENCE = 40
_SHARE_OF_SIZES, _SHARE_TYPED, _SHARE_LEAVING_DIALOGS = 0.02, 0.25, 0.1


@dataclass
class Walk:
    """What was pressed, so that a failure can be walked again."""

    seed: int
    pressed: list[str] = field(default_factory=list)

    @property
    def trail(self) -> str:
        """The last steps."""
        return f"seed {self.seed}, step {len(self.pressed)}: {' '.join(self.pressed[-30:])}"


def keys_of_the_registry(*, rtl: bool) -> tuple[str, ...]:
    """Every default key but those that end the program, arrows in the direction of the interface."""
    onwards, back = ("left", "right") if rtl else ("right", "left")
    keys = {key.replace("forward", onwards).replace("backward", back) for action in ACTIONS for key in action.keys}
    return tuple(sorted(keys - LEAVING))


def widths_are_right(app: KhabarApp) -> bool:
    """Whether every row on the screen is exactly as wide as the terminal."""
    width, height = app.screen.size
    strips = app.screen._compositor.render_strips()
    return len(strips) == height and all(sum(cell_len(s.text) for s in strip) == width for strip in strips)


async def walk(pilot: Pilot[None], app: KhabarApp, *, seed: int, steps: int, seconds: float) -> Walk:
    """Press ``steps`` keys, or as many as there is time for; raises what goes wrong, with the trail."""
    chance = random.Random(seed)
    registry = keys_of_the_registry(rtl=app.locale.rtl)
    walked = Walk(seed)
    end = time.monotonic() + seconds
    for _ in range(steps):
        if time.monotonic() > end or not app.is_running:
            break
        share = chance.random()
        if share < _SHARE_OF_SIZES:
            width, height = chance.choice(SIZES)
            walked.pressed.append(f"[{width}x{height}]")
            await pilot.resize_terminal(width, height)
        else:
            in_dialog = app.screen is not app.reading and share > 1 - _SHARE_LEAVING_DIALOGS
            key = "escape" if in_dialog else chance.choice(TYPED if share < _SHARE_TYPED else registry)
            walked.pressed.append(key)
            await pilot.press({" ": "space", "؟": "question_mark"}.get(key, key))
        for _ in range(_PATIENCE):  # the frame of a new size may be on its way
            if widths_are_right(app):
                break
            await pilot.pause(0.05)
        assert widths_are_right(app), walked.trail
    assert app.is_running, f"the program has ended, {walked.trail}"
    return walked


def resident_kilobytes() -> int:
    """Memory of this process that is in use now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
