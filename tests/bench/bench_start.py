"""Cold start: time to the first headline on a pty, against ``python -c "import textual.app"`` in the same run.

    python tests/bench/bench_start.py [--stories 3000 100000] [--rounds 7]

Stores are filled once per size with stories of our own making; the network is off, so that only the start is measured.
Rounds of the two programs alternate; the best and the median of each are printed, and their ratios.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.ptyscreen import PtyScreen, homes
from tui.news.model import Item, Source
from tui.store.store import Store

READY = re.compile("[\ufe8d-\ufefc]{2}")
TEXT = "البلدية المكتبة الميناء المحطة القطار الحديقة المدرسة المتحف السوق الجسر الملعب المطر الموسم النادي الطريق"
WORDS = TEXT.split()


def fill(path: Path, stories: int) -> None:
    """Write ``stories`` Arabic headlines into a new store."""
    path.parent.mkdir(parents=True)
    store = Store.open(path)
    now = datetime.now(UTC)
    per_source = max(1, stories // 30)
    for number in range(30):
        source = store.add_source(Source(f"https://paper{number}.example/feed", f"صحيفة {number}", language="ar"))
        for start in range(0, per_source, 1000):
            items = [
                Item(
                    f"{number}-{i}",
                    f"{WORDS[i % 15]} {WORDS[i // 15 % 15]} {number} رقم {i}",
                    f"https://paper{number}.example/{i}",
                    now - timedelta(minutes=i * 7 + number),
                    text=TEXT * 3,
                )
                for i in range(start, min(start + 1000, per_source))
            ]
            store.add_items(source, items)
    store.close()


def first_headline(home: Path) -> float:
    """Seconds from the exec to the first joined Arabic letters on the screen."""
    argv = [sys.executable, "-m", "tui", "--offline", "--lang", "ar"]
    with PtyScreen(argv, env=homes(home), cwd=str(Path(__file__).parents[2])) as terminal:
        while not READY.search(terminal.output.decode("utf-8", "ignore")):
            terminal.read(0.005)
        return time.monotonic() - terminal.started


def importing() -> float:
    """Seconds of ``python -c "import textual.app"``."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True, env=dict(os.environ))
    return time.monotonic() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=[3000, 100_000])
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = {count: Path(folder) / str(count) for count in arguments.stories}
        for count, home in sizes.items():
            fill(home / "data" / "khabar" / "khabar.sqlite", count)
            first_headline(home)
        imports: list[float] = []
        starts: dict[int, list[float]] = {count: [] for count in sizes}
        for _ in range(arguments.rounds):
            imports.append(importing())
            for count, home in sizes.items():
                starts[count].append(first_headline(home))
    floor = statistics.median(imports)
    print(f"import textual.app     median {floor * 1000:6.0f} ms   best {min(imports) * 1000:6.0f} ms")
    for count, times in starts.items():
        middle = statistics.median(times)
        print(
            f"{count:>9,} stories      median {middle * 1000:6.0f} ms   best {min(times) * 1000:6.0f} ms"
            f"   ratio {middle / floor:.2f} (best {min(times) / min(imports):.2f})"
        )


if __name__ == "__main__":
    main()
