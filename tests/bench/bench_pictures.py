"""What a picture of 72 x 18 cells costs: decoding, the bytes of its first frame, a scroll past it.

python tests/bench/bench_pictures.py
"""

from __future__ import annotations

import time
from pathlib import Path

from rich.color import ColorSystem
from textual.strip import Strip

import tui.edition
from tui.news.pictures import Colours
from tui.sources.imaging import raster
from tui.terminal.output import Output
from tui.terminal.pens import Pens
from tui.ui.widgets.picture import strips

PICTURES = Path(tui.edition.__file__ or "").parent / "pictures"
_SYSTEMS = {Colours.TRUE: ColorSystem.TRUECOLOR, Colours.INDEXED: ColorSystem.EIGHT_BIT}


def timed(start: float) -> str:
    return f"{(time.perf_counter() - start) * 1000:6.2f} ms"


def main() -> None:
    for colours in Colours:
        for file in sorted(PICTURES.glob("*.png"))[::3]:
            start = time.perf_counter()
            made = raster(file.read_bytes(), 72, 18, colours)
            decoded, start = timed(start), time.perf_counter()
            rows = strips(made)
            styled, output = timed(start), Output(Pens(_SYSTEMS[colours]))
            output.resize(120, 40)
            first = frame(output, rows, 20)
            start = time.perf_counter()
            second = frame(output, rows, 19)
            print(
                f"{colours:8} {file.name:16} {made.columns}x{made.rows} decode {decoded} strips {styled} "
                f"first frame {first:6} bytes; a row further {timed(start)} {second:6} bytes"
            )


def frame(output: Output, rows: tuple[Strip, ...], top: int) -> int:
    """Paint the picture from row ``top`` on; returns the bytes sent."""
    for y, strip in enumerate(rows, top):
        output.paint(y, 4, strip)
    return len(output.flush().encode())


if __name__ == "__main__":
    main()
