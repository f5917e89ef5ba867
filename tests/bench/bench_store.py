"""What the store costs with many stories: run it as a program, or with ``pytest -m bench``.

    python tests/bench/bench_store.py            100,000 stories
    python tests/bench/bench_store.py 1000000    a million (takes minutes to fill)

Prints only: timings are no test's business.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tui.news.model import Item, Listing, Source, View
from tui.store.store import Store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SOURCES = 100
BATCH = 500
RARE = 25
"""Headlines do without so many of the most common words."""


class Press:
    """A press of invented words with Zipf's frequencies: the k-th word about k times as rare as the first."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(LETTERS, k=self.random.randint(3, 8))) for _ in range(40_000)]
        self.words = [("ال" if self.random.random() < 0.4 else "") + word for word in self.words]
        self.weights: list[float] = []
        total = 0.0
        for rank in range(1, len(self.words) + 1):
            total += 1 / rank
            self.weights.append(total)
        self.rare_weights = [weight - self.weights[RARE - 1] for weight in self.weights[RARE:]]

    def text(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def title(self) -> str:
        """Headlines are poor in the most common words; the rest of their words are as common as in any text."""
        return " ".join(
            self.random.choices(self.words[RARE:], cum_weights=self.rare_weights, k=self.random.randint(7, 12))
        )

    def item(self, number: int, at: datetime, body_words: int) -> Item:
        title = self.title()
        return Item(f"guid-{number}", title, f"https://press.example/{number}", at, text=self.text(body_words))


def fill(store: Store, stories: int, body_words: int = 60) -> float:
    """Stories a second while filling; about 2,000 stories a day."""
    press = Press()
    sources = [
        store.add_source(Source(f"https://paper{n}.example/feed", f"Paper {n}", language="ar")) for n in range(SOURCES)
    ]
    spent = 0.0
    for first in range(0, stories, BATCH):
        items = []
        for number in range(first, min(first + BATCH, stories)):
            at = NOW - timedelta(seconds=(stories - number) * 43 + press.random.randint(0, 7200))
            items.append(press.item(number, at, body_words))
        started = time.perf_counter()
        store.add_items(sources[(first // BATCH) % SOURCES], items)
        spent += time.perf_counter() - started
    return stories / spent


def best(work: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """The first and the best time in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken[0], min(taken)


_OPEN = """
import sys, time
from pathlib import Path
from tui.news.model import View
from tui.store.store import Store
def rss():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before = rss()
started = time.perf_counter()
store = Store.open(Path(sys.argv[1]))
found = store.stories(View(), limit=50)
taken = (time.perf_counter() - started) * 1000
print(f"open + newest {len(found)} in a new process: {taken:.2f} ms")
print(f"RSS {rss():.1f} MB, of it {rss() - before:.1f} by opening")
"""


def inserting(path: Path, stories: int) -> None:
    with closing(Store.open(path)) as store:
        print(f"{stories} stories\ninserts with index and grouping: {fill(store, stories):.0f} stories/s")
        press = Press(seed=2)
        batches = [[press.item(10**9 + 10**6 * batch + n, NOW, 60) for n in range(BATCH)] for batch in range(4)]
        started, used = time.perf_counter(), time.process_time()
        for items in batches:
            store.add_items(store.sources()[0], items)
        taken, used = time.perf_counter() - started, time.process_time() - used
        rates = f"{4 * BATCH / taken:.0f} stories/s, {4 * BATCH / used:.0f} a second of processor time"
        print(f"inserts at that size: {rates}")


def reading(path: Path) -> None:
    subprocess.run([sys.executable, "-c", _OPEN, str(path)], check=True)
    with closing(Store.open(path, clock=lambda: NOW)) as store:
        shown = store.stories(View(), limit=50)
        store.mark_read([story.id for story in shown[::2]])
        for name, work in {**lists(store), **searches(store)}.items():
            first, least = best(work)
            print(f"{name:26} first {first:8.2f} ms   best {least:8.2f} ms")
        started = time.perf_counter()
        changed = store.mark_all_read(View())
        print(f"mark all {len(changed.story_ids)} read: {(time.perf_counter() - started) * 1000:.0f} ms", end="; ")
        started = time.perf_counter()
        store.undo()
        print(f"undo: {(time.perf_counter() - started) * 1000:.0f} ms")
    print(f"file: {path.stat().st_size / 1e6:.0f} MB")


def lists(store: Store) -> dict[str, Callable[[], object]]:
    source = store.sources()[0].id
    shown = store.stories(View(), limit=50)
    middle = store.stories(View(), after=shown[-1].key, limit=50)[-1].key
    return {
        "newest 50": lambda: store.stories(View()),
        "next 50": lambda: store.stories(View(), after=middle),
        "50 before": lambda: store.stories(View(), before=middle),
        "last 50": lambda: store.stories(View(), last=True),
        "unread 50": lambda: store.stories(View(Listing.UNREAD)),
        "source page": lambda: store.stories(View(source_id=source)),
        "source unread": lambda: store.stories(View(Listing.UNREAD, source)),
        "language page": lambda: store.stories(View(language="ar")),
        "counts": store.counts,
        "unread by source": store.unread_by_source,
        "source unread count": lambda: store.count(View(Listing.UNREAD, source)),
        "position, a page down": lambda: store.position(View(), middle),
        "mark 1 read": lambda: store.mark_read([shown[1].id]),
    }


def searches(store: Store) -> dict[str, Callable[[], object]]:
    words = Press().words
    queries = {
        "most common word": words[0],
        "10th word": words[9],
        "1000th word": words[999],
        "rare word": words[30_000],
        "two common words": f"{words[0]} {words[1]}",
        "phrase": f'"{words[0]} {words[1]}"',
        "one letter": "ا",
        "prefix of 2": "ال",
        "prefix of 3": "الم",
        "prefix of 4": words[50][:4],
        "without": f"{words[3]} -{words[0]}",
        "only without": f"-{words[0]}",
        "or": f"{words[5]} or {words[20_000]}",
        "in a source": f"{words[0]} source:7",
        "unread": f"{words[0]} is:unread",
        "starred": f"{words[0]} is:starred",
        "dates": f"{words[0]} after:2026-10-01 before:2026-11-01",
        "nothing": "zzzz",
    }
    cases: dict[str, Callable[[], object]] = {
        f"search: {name}": partial(store.stories, View(search=query)) for name, query in queries.items()
    }
    cases["search count: common"] = partial(store.count, View(search=words[0] + " "))
    cases["search count: 1000th"] = partial(store.count, View(search=words[999] + " "))
    return cases


def measure(directory: Path, stories: int) -> None:
    path = directory / "bench.sqlite3"
    inserting(path, stories)
    reading(path)


@pytest.mark.bench
def test_bench_store(tmp_path: Path) -> None:
    measure(tmp_path, 20_000)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
