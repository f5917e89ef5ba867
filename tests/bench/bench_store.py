"""What the store costs with many stories: run it as a program, or with ``pytest -m bench``.

    python tests/bench/bench_store.py                   100,000 stories
    python tests/bench/bench_store.py 1000000           a million (takes minutes to fill)
    python tests/bench/bench_store.py 1000000 PATH      the same in a file that stays, and is taken as it is when there

Prints only: timings are no test's business.
"""

from __future__ import annotations

import os
import random
import sqlite3
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
from tui.store import settling
from tui.store.schema import ID_BITS
from tui.store.store import Store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SOURCES = 100
BATCH = 500
MADE = 50_000
"""So many stories are made by ``add_items``; what is wanted beyond them is copied from these, older and older."""
RARE = 25
"""Headlines do without so many of the most common words."""


class Press:
    """A press of invented words with Zipf's frequencies: the k-th word about k times as rare as the first."""

    def __init__(self, seed: int = 1) -> None:
        made = random.Random(1)  # whatever the seed: every press writes in the same words
        self.words = ["".join(made.choices(LETTERS, k=made.randint(3, 8))) for _ in range(40_000)]
        self.words = [("ال" if made.random() < 0.4 else "") + word for word in self.words]
        self.random = random.Random(seed)
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


def multiply(path: Path, made: int, wanted: int) -> None:
    """Copy the stories with ids up to ``made`` until there are ``wanted``, each copy older than the last, and index
    them: in SQL, for a million through ``add_items`` takes half an hour."""
    story = [name for name in _columns(path, "stories") if name not in ("id", "sorted_at", "guid_hash", "link_hash")]
    text = [name for name in _columns(path, "texts") if name != "key"]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        span = connection.execute("SELECT max(sorted_at) - min(sorted_at) + 60 FROM stories").fetchone()[0]
        for copy in range(1, -(-wanted // made)):
            values = {"ids": copy * made, "age": copy * span, "last": min(made, wanted - copy * made)}
            connection.execute("BEGIN")
            connection.execute(
                f"INSERT INTO stories (id, sorted_at, guid_hash, link_hash, {', '.join(story)})"
                f" SELECT id + :ids, sorted_at - :age, guid_hash + :ids, link_hash + :ids, {', '.join(story)}"
                " FROM stories WHERE id <= :last",
                values,
            )
            connection.execute(
                "INSERT INTO bodies SELECT story_id + :ids, full, article FROM bodies WHERE story_id <= :last", values
            )
            connection.execute(
                f"INSERT INTO texts (key, {', '.join(text)})"
                f" SELECT t.key - (:age << {ID_BITS}) + :ids, {', '.join('t.' + name for name in text)}"
                f" FROM stories s JOIN texts t ON t.key = (s.sorted_at << {ID_BITS} | s.id) WHERE s.id <= :last",
                values,
            )
            while settling.index(connection, made):
                pass
            connection.execute("COMMIT")
    with path.open("rb") as file:
        os.fsync(file.fileno())  # else whoever writes next waits until the disk has all of this


def _columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def best(work: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """The first and the best time in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken[0], min(taken)


def out_of_the_cache(store: Store, work: Callable[[], object]) -> float:
    """Milliseconds when the system holds nothing of the file but what opening it reads."""
    store.close()
    with store.path.open("rb") as file:
        os.fdatasync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    store.stories(View(), limit=1)
    return best(work, 1)[0]


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
        made = min(stories, MADE)
        print(f"{stories} stories")
        if not store.sources():
            print(f"inserts with index and grouping: {fill(store, made):.0f} stories/s")
            if stories > made:
                started = time.perf_counter()
                multiply(path, made, stories)
                print(f"the rest in bulk: {(stories - made) / (time.perf_counter() - started):.0f} stories/s")
        for group in (True, False):
            at_that_size(store, group=group)


def at_that_size(store: Store, *, group: bool) -> None:
    """Insert some more, with groups or without."""
    press = Press(seed=2)
    batches = [[press.item(10**9 + 10**6 * batch + n + group, NOW, 60) for n in range(BATCH)] for batch in range(4)]
    store.group_duplicates(group)
    started, used = time.perf_counter(), time.process_time()
    for items in batches:
        store.add_items(store.sources()[group], items)
    taken, used = time.perf_counter() - started, time.process_time() - used
    rates = f"{4 * BATCH / taken:.0f} stories/s, {4 * BATCH / used:.0f} a second of processor time"
    print(f"inserts at that size, indexed{' and grouped' if group else ''}: {rates}")


def reading(path: Path) -> None:
    subprocess.run([sys.executable, "-c", _OPEN, str(path)], check=True)
    with closing(Store.open(path, clock=lambda: NOW)) as store:
        shown = store.stories(View(), limit=50)
        store.mark_read([story.id for story in shown[::2]])
        for name, work in {**lists(store), **searches(store)}.items():
            cold = out_of_the_cache(store, work)
            first, least = best(work)
            print(f"{name:26} from the disk {cold:8.2f} ms   first {first:8.2f} ms   best {least:8.2f} ms")
        changing(store)
    print(f"file: {path.stat().st_size / 1e6:.0f} MB")


def changing(store: Store) -> None:
    """Long changes, with a reader of another process who wants to write meanwhile."""
    source = store.sources()[0].id

    def remove() -> None:
        store.remove_source(source)
        while store.carry_on():
            time.sleep(0.01)

    def undo() -> None:
        store.undo()
        while store.carry_on():
            time.sleep(0.01)

    for name, work in (("mark all read", lambda: store.mark_all_read(View())), ("undo", undo), ("remove", remove)):
        other = subprocess.Popen(
            [sys.executable, "-c", _OTHER, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        other.stdout.readline()
        started, used = time.perf_counter(), time.process_time()
        work()
        taken, used = time.perf_counter() - started, time.process_time() - used
        waits = other.communicate("end\n")[0].strip()
        print(f"{name}: {taken:.2f} s, {used:.2f} s of processor time; another writer {waits}")


_OTHER = """
import select, sys, time
from pathlib import Path
from tui.store.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
waits = []
while not select.select([sys.stdin], [], [], 0.02)[0]:
    started = time.perf_counter()
    store.remember("bench", str(started))
    waits.append((time.perf_counter() - started) * 1000)
print(f"waits {max(waits, default=0):.0f} ms at most")
"""


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
        "language unread": lambda: store.stories(View(Listing.UNREAD, language="ar")),
        "other language unread": lambda: store.stories(View(Listing.UNREAD, language="fr")),
        "starred of a source": lambda: store.stories(View(Listing.STARRED, source)),
        "today": lambda: store.stories(View(Listing.TODAY)),
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
        "or starred": f"{words[999]} or is:starred",
        "nothing or starred": "zzzz or is:starred",
        "unread or starred": "is:unread or is:starred",
        "not starred": f"{words[0]} -is:starred",
        "with a picture": f"{words[3]} has:image",
        "smart list": f"{words[20]} paper:7 after:2026-11-01",
        "nothing": "zzzz",
        "combined": f"lang:ar is:unread {words[40]} -{words[60]}",
        "combined, a phrase": f'lang:ar -"{words[0]} {words[1]}" (paper:7 or source:9) {words[30]}',
    }
    cases: dict[str, Callable[[], object]] = {
        f"search: {name}": partial(store.stories, View(search=query)) for name, query in queries.items()
    }
    cases["search count: to 1001"] = partial(store.count, View(search=words[0] + " "), 1001)
    cases["search count: common"] = partial(store.count, View(search=words[0] + " "))
    cases["search count: 1000th"] = partial(store.count, View(search=words[999] + " "))
    return cases


def measure(path: Path, stories: int) -> None:
    with closing(Store.open(path)) as store:
        there = store.count(View())
    if there < stories:
        inserting(path, stories)
    reading(path)


@pytest.mark.bench
def test_bench_store(tmp_path: Path) -> None:
    measure(tmp_path / "bench.sqlite3", 20_000)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        measure(Path(sys.argv[2] if len(sys.argv) > 2 else f"{place}/bench.sqlite3"), wanted)
