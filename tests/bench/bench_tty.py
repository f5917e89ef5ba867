"""Bytes and milliseconds a key costs on a tty: khabar, khabar with Textual's own output, and newsboat, one run.

    python tests/bench/bench_tty.py [--columns 120] [--rows 40] [--idle 20]
    python tests/bench/bench_tty.py --busy 100000       keys while a refresh runs, with so many stories stored
    python tests/bench/bench_tty.py --shaped            over 200 ms and 2 Mbit/s, by tc under `unshare --net`

All show the same Arabic stories on ptys that answer as xterm does.  For each key the median of its presses is printed:
bytes until the program is silent, and milliseconds to the first and to the last of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tests.bench.bench_store import Press
from tests.bench.shapedline import remote, shape
from tests.bench.ttymeter import Answer, Meter, late, middle
from tests.bench.ttyprograms import Program, documents, khabar, newsboat, rss, serving, stories
from tui.bidi.layout import display
from tui.news.model import Item

STORIES, PARAGRAPHS = 400, 50
BURST = 50
BAR = "▐"


def keys(program: Program, columns: int, rows: int, idle: float) -> dict[str, str]:
    """One line of the table for each thing done."""
    with program.running(columns, rows) as meter:
        lines = {"first paint": f"{meter.sent:8,} B"}
        lines["list: cursor down"] = _said([meter.press(program.keys["down"]) for _ in range(40)])
        lines["list: page down"] = _said([meter.press(program.keys["page"]) for _ in range(4)])
        lines["open an article"] = _said([meter.press(program.keys["open"], 0.3)])
        meter.settle()
        lines["article: page down"] = _said([meter.press(program.keys["page"]) for _ in range(4)])
        meter.press(program.keys["back"], 0.5)
        meter.settle(1.0)
        rest = meter.rest(idle)
        lines["idle"] = f"{rest.bytes_per_second:6.1f} B/s, {rest.cpu * 100:.2f} % of a core"
        meter.press("/")
        word = Press().words[40]
        meter.type(word)
        lines["search: Enter"] = _said([meter.press("enter", 0.5)])
    return lines


def _said(answers: Sequence[Answer]) -> str:
    answer = middle(answers)
    return f"{answer.sent:8,} B {answer.first:6.1f} {answer.last:6.1f} ms"


def quiet(options: argparse.Namespace, folder: Path) -> None:
    """The table."""
    ours = folder / "khabar"
    programs: list[Callable[[], Program]] = [
        lambda: khabar(ours, STORIES, PARAGRAPHS),
        lambda: khabar(ours, STORIES, PARAGRAPHS, name="slow line", settings='link = "slow"'),
        lambda: khabar(ours, STORIES, PARAGRAPHS, name="still ticker", settings='ticker = "still"'),
        lambda: khabar(ours, STORIES, PARAGRAPHS, name="plain Textual", settings='output = "plain"'),
    ]
    with serving(documents(STORIES, PARAGRAPHS).__getitem__) as base:
        if shutil.which("newsboat"):
            programs.append(lambda: newsboat(folder / "newsboat", documents(STORIES, PARAGRAPHS), base))
        for make in programs:
            program = make()
            print(f"{program.name}, {options.columns}x{options.rows}")
            for name, line in keys(program, options.columns, options.rows, options.idle).items():
                print(f"    {name:20} {line}")


def busy(options: argparse.Namespace, folder: Path) -> None:
    """Keys while a refresh brings 300 new stories from each of twenty sources."""
    press, numbers = Press(2), count()
    stored, now = documents(options.busy, 1), datetime.now(UTC)
    fresh = [  # made before, for this process measures: 20 for newsboat, 40 for khabar, which asks at its start too
        rss(0, [Item(f"new{next(numbers)}", press.title(), f"https://new.example/{n}", now) for n in range(300)])
        for _ in range(80)
    ]

    def document(path: str) -> bytes:
        if path in stored:  # asked for once, to fill newsboat's cache; khabar's store is filled already
            return stored.pop(path)
        return fresh.pop() if fresh else b""

    with serving(document) as base:
        programs: list[Callable[[], Program]] = []
        if shutil.which("newsboat"):
            programs.append(lambda: newsboat(folder / "newsboat", dict(stored), base))
        programs.append(lambda: khabar(folder / "khabar", options.busy, 1, base=base))
        for make in programs:
            program = make()
            with program.running(options.columns, options.rows) as meter:
                meter.settle(3.0)
                calm = [meter.press(program.keys["down"], 0.05) for _ in range(20)]
                meter.type(program.keys["refresh"])
                answers: list[Answer] = []
                end = time.perf_counter() + 8
                while time.perf_counter() < end:
                    answers.append(meter.press(program.keys["down"], 0.02))
            print(
                f"{program.name:10} {options.busy:,} stories: a key is answered in {late(calm):.1f} ms (p95) at rest, "
                f"{late(answers):.1f} ms while a refresh runs ({len(answers)} keys), load {os.getloadavg()[0]:.1f}"
            )


def shaped(options: argparse.Namespace, folder: Path) -> None:
    """A burst of keys at a keyboard's rate of repetition, at the other end of the line."""
    line = {"milliseconds": 200, "megabits": 2}
    by_tc = shape(**line)
    program = khabar(folder / "khabar", STORIES, PARAGRAPHS)
    titles = {int(item.id): item.title for _, items in stories(STORIES, PARAGRAPHS) for item in items}
    with remote(program, options.columns, options.rows, **({} if by_tc else line)) as meter:
        program.open(meter)
        meter.settle(2.0)
        print(f"200 ms, 2 Mbit/s by {'tc' if by_tc else 'the relay'}: first paint {meter.sent:,} B")
        print(f"cursor down {_said([meter.press('j', 0.5) for _ in range(5)])}")
        meter.press("g", 1.0)
        before = meter.sent
        for _ in range(BURST):
            meter.type("j")
            _read_for(meter, 0.03)
        began = time.perf_counter()
        wanted = display(titles[BURST].split()[0])
        while not any(BAR in row and wanted in row for row in meter.text().splitlines()):
            if time.perf_counter() - began > 10:
                raise SystemExit(f"the right row is not selected:\n{meter.text()}")
            meter.read(0.02)
        seconds = time.perf_counter() - began
        meter.settle(1.0)
        print(f"{BURST} j: the right row stands {seconds:.2f} s after the last; {meter.sent - before:,} B for all")


def _read_for(meter: Meter, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        meter.read(left)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--idle", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--busy", type=int, default=0, metavar="STORIES")
    parser.add_argument("--shaped", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (busy if options.busy else shaped if options.shaped else quiet)(options, Path(folder))


if __name__ == "__main__":
    main()
