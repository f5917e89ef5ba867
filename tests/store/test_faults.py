"""Whatever happens to the file or the machine: nothing that was confirmed is lost, and the reader is told in one
sentence."""

from __future__ import annotations

import random
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

from tests.store.conftest import Bench
from tests.store.faults import WRITER, child, numbers, whole
from tui.news.model import Item, Listing, Source, Story, View
from tui.store.store import Store


def test_kill_9_at_any_moment_loses_nothing_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite3"
    chance = random.Random(7)
    confirmed: list[tuple[int, int, int, int]] = []
    for run in range(12):
        process = child(WRITER, str(path), str(run))
        assert process.stdout is not None
        confirmed.append(numbers(process.stdout.readline()))
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().splitlines(keepends=True)
        confirmed += [numbers(line) for line in rest if line.endswith("\n") and line.count(" ") == 3]
        process.wait()
    with closing(Store.open(path)) as store:
        assert store.notices == []
        for read, starred, placed, paragraph in confirmed:
            assert (story := store.story(read)) and story.read
            assert (story := store.story(starred)) and story.starred
            assert store.place(placed) == (paragraph, 5)
        assert store.count(View()) % 20 == 0, "a document is there as a whole or not at all"
        assert store.count(View(search="words ")) == store.count(View())
    whole(path)


LATER = """
    source = store.add_source(Source(f"https://{sys.argv[2]}.example/feed", sys.argv[2]))
    number = 0
    while True:
        items = [Item(f"{sys.argv[2]}-{number}-{n}", f"flood in valley{n} of {sys.argv[2]} after storm w{number}",
                      f"https://{sys.argv[2]}.example/{number}/{n}", text="words " * 60) for n in range(40)]
        print(*store.add_items(source, items, later=True).new, flush=True)
        time.sleep(0.01)  # the other one's turn: SQLite asks for the lock now and then only
        store.settle()
        time.sleep(0.01)
        if number % 3 == 0:
            while store.settle().more:
                store.mark_read(store.stories(View(), limit=1)[:0])
        number += 1
"""


def test_kill_9_between_storing_and_indexing(tmp_path: Path) -> None:
    """Two processes store, index and group in turns and die at any moment: nothing is lost, doubled or unfindable."""
    path = tmp_path / "khabar.sqlite3"
    chance = random.Random(11)
    confirmed: set[int] = set()
    for run in range(12):
        processes = [child(LATER, str(path), f"{name}{run}") for name in "ab"]
        outputs = [process.stdout for process in processes if process.stdout is not None]
        confirmed.update(int(word) for output in outputs for word in output.readline().split())
        time.sleep(chance.random() * 0.2)
        for process in processes:
            process.kill()
        lines = [line for output in outputs for line in output.read().splitlines(keepends=True)]
        confirmed.update(int(word) for line in lines if line.endswith("\n") for word in line.split())
        for process in processes:
            process.wait()
        with closing(Store.open(path)) as store:
            assert confirmed <= set(_found(store)), "found, indexed or not, in a group or alone"
            assert store.count(View(search="words ")) == store.count(View())
    with closing(Store.open(path)) as store:
        assert store.notices == []
        before = _found(store)
        while store.settle().more:
            pass
        assert _found(store) == before
        assert len(before) == len(set(before)) == store.count(View()) + sum(s.others for s in _shown(store))
    whole(path)


def _shown(store: Store) -> list[Story]:
    return store.stories(View(search="words "), limit=100_000)


def _found(store: Store) -> list[int]:
    views = [View(source_id=source.id, search="words ") for source in store.sources()]
    return [story.id for view in views for story in store.stories(view, limit=100_000)]


def test_two_screens_and_the_command_line_at_once(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite3"
    writer = """
        source = store.add_source(Source(f"https://{sys.argv[2]}.example/feed", sys.argv[2]))
        for number in range(25):
            items = [Item(f"{number}-{n}", f"headline {sys.argv[2]} {number} {n}", f"https://{sys.argv[2]}.example/{number}-{n}")
                     for n in range(30)]
            new = store.add_items(source, items).new
            store.mark_read(new[:3])
            store.stories(View(search="headline"))
            store.counts()
        store.mark_all_read(View(Listing.UNREAD, source.id))
        print("done", flush=True)
    """
    # All of them make the file, too.
    processes = [child(writer, str(path), name) for name in ("one", "two", "three")]
    store = Store.open(path)
    while any(process.poll() is None for process in processes):
        store.stories(View())
        store.remember("tick", str(time.monotonic()))
    assert [process.stdout.read() for process in processes if process.stdout] == ["done\n"] * 3
    assert store.count(View()) == 3 * 25 * 30
    assert store.count(View(Listing.UNREAD)) == 0
    store.close()
    whole(path)


def test_threads_share_a_store(bench: Bench) -> None:
    store = bench.store
    problems: list[BaseException] = []

    def work(name: str) -> None:
        try:
            source = store.add_source(Source(f"https://{name}.example/feed", name))
            for number in range(10):
                items = [bench.item(f"{name}-{number}-{n}", f"{name} w{number} w{n}") for n in range(10)]
                store.mark_read(store.add_items(source, items).new)
                store.stories(View(search="w1"))
        except BaseException as error:  # the assertion below shows it
            problems.append(error)

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert bench.store.count(View()) == 600
    assert bench.store.counts().unread == 0


def test_a_kill_in_the_middle_of_marking_a_long_list_leaves_what_undo_takes_back(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite3"
    with closing(Store.open(path)) as store:
        source = store.add_source(Source("https://paper.example/feed", "Paper"))
        for n in range(0, 1500, 500):
            store.add_items(
                source, [Item(f"{i}", f"headline {i}", f"https://paper.example/{i}") for i in range(n, n + 500)]
            )
    killed = child(
        """
        from tui.store import state
        state.SLICE = 0
        def pause():
            print("some are read", flush=True)
            time.sleep(60)
        state.pause = pause
        store.mark_all_read(View())
        """,
        str(path),
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "some are read\n"
    killed.kill()
    killed.wait()
    with closing(Store.open(path)) as store:
        assert store.count(View(Listing.UNREAD)) == 1000
        undone = store.undo()
        assert undone is not None
        assert len(undone.story_ids) == 500
        assert store.count(View(Listing.UNREAD)) == 1500
        assert store.undo() is None
    whole(path)
