"""Bytes and milliseconds a key costs on a tty: our output stage beside plain Textual, the same program, one run.

    python tests/bench/bench_tty.py [--columns 120] [--rows 40] [--kind runs]

The program is a list of a hundred mixed Arabic lines, a field and a footer (`tests/ui/display_app.py`).  For each key
the median of its presses is printed: bytes written to the terminal until it is silent, and milliseconds to the last
of them.  Terminals that reorder rows (`--kind runs` …) always need the output stage: both columns are ours then.
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.support.ptyscreen import KEYS, PtyScreen

APP = Path(__file__).parents[1] / "ui" / "display_app.py"
PRESSES = {
    "cursor down": ["down"] * 6,
    "page down": ["pagedown"] * 3,
    "to the field": ["tab"],
    "a letter": ["ب", "ح", "ث"],
    "palette": ["ctrl+p"],
    "back": ["escape"],
}
QUIET = 0.25


def press(terminal: PtyScreen, key: str) -> tuple[int, float]:
    """Bytes of the answer, and seconds to its last byte."""
    before = len(terminal.output)
    began = last = time.monotonic()
    os.write(terminal.process.fd, KEYS.get(key, key).encode())
    while select.select([terminal.process.fd], [], [], QUIET)[0]:
        terminal.read(0.001)
        last = time.monotonic()
    return len(terminal.output) - before, last - began


def measure(columns: int, rows: int, kind: str, *, plain: bool) -> dict[str, tuple[float, float]]:
    """Medians by what was pressed, and the first paint."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        argv = [sys.executable, str(APP), "--log", str(log), "--mode", kind, *(["--plain"] if plain else [])]
        env = {"COLORTERM": "truecolor", "HOME": folder}
        with PtyScreen(argv, columns=columns, rows=rows, env=env) as terminal:
            while not log.exists():
                terminal.read(0.05)
            terminal.settle(0.5)
            result = {"first paint": (float(len(terminal.output)), 0.0)}
            for name, keys in PRESSES.items():
                answers = [press(terminal, key) for key in keys]
                result[name] = (
                    statistics.median(size for size, _ in answers),
                    statistics.median(seconds for _, seconds in answers) * 1000,
                )
            before = len(terminal.output)
            terminal.read(3.0)
            result["3 s idle"] = (float(len(terminal.output) - before), 0.0)
            return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--kind", default="auto", choices=["auto", "visual", "runs", "words", "letters"])
    options = parser.parse_args()
    ours = measure(options.columns, options.rows, options.kind, plain=False)
    stock = measure(options.columns, options.rows, options.kind, plain=True)
    size = f"{options.columns}x{options.rows}"
    print(f"{size}, order {options.kind}: bytes (ms) of the output stage, of plain Textual, ratio")
    for name, (sent, milliseconds) in ours.items():
        other, other_milliseconds = stock[name]
        ratio = f"{sent / other:6.3f}" if other else "     -"
        print(f"{name:14} {sent:9.0f} ({milliseconds:5.1f})  {other:9.0f} ({other_milliseconds:5.1f})  {ratio}")


if __name__ == "__main__":
    main()
