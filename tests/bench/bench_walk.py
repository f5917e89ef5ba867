"""A long random walk over all keys and sizes: exceptions, wrong widths, and memory as it goes.

    python tests/bench/bench_walk.py [--minutes 60] [--seed 1] [--language ar]

Prints the resident memory every minute; with the first tenth as warm-up it should stay flat. Ends with 1 and the last
keys where something breaks.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path

from tests.support.walker import resident_kilobytes, walk
from tests.ui.press import make_app, open_press


async def stroll(language: str, seed: int, minutes: float) -> None:
    """Walk in stretches of a minute."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_press(Path(folder), each=300, paragraphs=8)
        app = make_app(desk, language)
        try:
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                began, steps = time.monotonic(), 0
                while (left := minutes * 60 - (time.monotonic() - began)) > 0:
                    walked = await walk(pilot, app, seed=seed, steps=10**9, seconds=min(60.0, left))
                    steps, seed = steps + len(walked.pressed), seed + 1
                    elapsed = (time.monotonic() - began) / 60
                    print(f"{elapsed:6.1f} min {steps:8d} steps {resident_kilobytes():8d} kB", flush=True)
        finally:
            await desk.aclose()


def main() -> None:
    """Read the arguments and walk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default="ar")
    options = parser.parse_args()
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    asyncio.run(stroll(options.language, options.seed, options.minutes))


if __name__ == "__main__":
    main()
