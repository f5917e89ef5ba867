"""A long random walk over all keys and sizes: exceptions, wrong widths, and memory as it goes.

    python tests/bench/bench_walk.py [--steps 30000] [--seed 1] [--language ar]

An hour of a quick reader is some 30,000 steps; the pilot's waiting for an idle process is cut short, so that they take
a quarter of that. Prints the resident memory every thousand steps: with the first fifth as warm-up it should stay flat;
and at the end the screens and widgets that are alive. Ends with 1 and the last keys where something breaks.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import tempfile
import time
from pathlib import Path

from textual import _wait
from textual.screen import Screen
from textual.widget import Widget

from tests.support.walker import resident_kilobytes, walk
from tests.ui.press import make_app, open_press
from tui.commands.interpreter import for_a_screen

STRETCH = 1000


def alive() -> tuple[int, int]:
    """Screens and widgets that the process holds."""
    gc.collect()
    widgets = [node for node in gc.get_objects() if isinstance(node, Widget)]
    return sum(isinstance(node, Screen) for node in widgets), len(widgets)


async def stroll(language: str, seed: int, steps: int) -> None:
    """Walk in stretches, each by a seed of its own."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_press(Path(folder), each=300, paragraphs=8)
        app = make_app(desk, language)
        try:
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                began, done = time.monotonic(), 0
                while done < steps:
                    walked = await walk(pilot, app, seed=seed, steps=min(STRETCH, steps - done), seconds=600)
                    done, seed = done + len(walked.pressed), seed + 1
                    minutes = (time.monotonic() - began) / 60
                    print(f"{minutes:6.1f} min {done:8d} steps {resident_kilobytes():8d} kB", flush=True)
                print("alive: {} screens, {} widgets".format(*alive()))
        finally:
            await desk.aclose()


def main() -> None:
    """Read the arguments and walk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default="ar")
    options = parser.parse_args()
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.001, 0.0005  # the pilot's own are twenty times as long
    for_a_screen()
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    asyncio.run(stroll(options.language, options.seed, options.steps))


if __name__ == "__main__":
    main()
