"""The store's files are deleted, moved, replaced or cut while khabar has them open: what is confirmed from then on is
kept, what was confirmed before is got back where anything holds it still, and the reader is told."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import PAGE, child, whole
from tests.store.test_full_disks import small_disk
from tui.desk.desk import open_desk
from tui.desk.events import Event, SourcesChanged, Trouble
from tui.locale import load
from tui.news.model import Item, Listing, Source, View
from tui.store import errors
from tui.store.connection import mark
from tui.store.errors import NoticeKind
from tui.store.store import Store
from tui.ui.sentences import in_language

RUNNING = """
    source = store.add_source(Source("https://a.example/feed", "A"))
    name, number = sys.argv[2], 0
    go = Path(sys.argv[3])
    while True:
        items = [Item(f"{name}-{number}-{n}", f"{name} headline{number} {n}", f"https://a.example/{name}/{number}/{n}",
                      text="words " * 60) for n in range(20)]
        new = store.add_items(source, items).new
        store.star(new[:1])
        print(*new, flush=True)
        print(*[notice.kind for notice in store.notices], flush=True)
        number += 1
        while not go.exists():
            time.sleep(0.01)
        go.unlink()
"""


class Running:
    """A khabar that writes when it is told to, until it is killed."""

    def __init__(self, path: Path, name: str = "one") -> None:
        self.go = path.parent.parent / f"go-{name}"
        self.process = child(RUNNING, str(path), name, str(self.go))
        self.confirmed: list[int] = []
        self.starred: list[int] = []
        self.told = ""
        self.hear()

    def hear(self) -> None:
        assert self.process.stdout is not None
        new = [int(word) for word in self.process.stdout.readline().split()]
        assert len(new) == 20
        self.confirmed += new
        self.starred.append(new[0])
        self.told = self.process.stdout.readline().strip()

    def write(self) -> None:
        """Let it write, and hear what it confirms."""
        self.go.touch()
        self.hear()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "data" / "khabar.sqlite3"
    place.parent.mkdir()
    return place


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def delete(*files: Path) -> None:
    for file in files:
        file.unlink()


def empty(file: Path) -> None:
    """An empty file takes its place."""
    file.unlink()
    file.touch()


LOSSES: dict[str, Callable[[Path], object]] = {
    "the file": lambda path: path.unlink(),
    "the log": lambda path: beside(path, "-wal").unlink(),
    "the index": lambda path: beside(path, "-shm").unlink(),
    "the log and the index": lambda path: delete(beside(path, "-wal"), beside(path, "-shm")),
    "all": lambda path: delete(*path.parent.iterdir()),
    "the folder": lambda path: shutil.rmtree(path.parent),
    "moved": lambda path: path.rename(path.with_name("elsewhere")),
    "the file, with an empty one there": empty,
    "the log, with an empty one there": lambda path: empty(beside(path, "-wal")),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("before", [1, 30])
def test_what_was_confirmed_is_there_after_the_next_write(path: Path, loss: str, before: int) -> None:
    """Before the loss and after it, though khabar is killed then."""
    running = Running(path)
    for _ in range(before - 1):
        running.write()
    LOSSES[loss](path)
    running.write()
    assert running.told == NoticeKind.RESTORED
    running.write()
    assert running.told == NoticeKind.RESTORED, "told once"
    running.kill()
    check(path, running)


def check(path: Path, *all_running: Running) -> None:
    with closing(Store.open(path)) as store:
        assert store.notices == []
        assert {story.id for story in store.stories(View(), limit=10_000)} == {
            story for running in all_running for story in running.confirmed
        }
        assert {story.id for story in store.stories(View(Listing.STARRED), limit=10_000)} == {
            story for running in all_running for story in running.starred
        }
    whole(path)


@pytest.mark.parametrize("loss", ["the file", "the log", "the index", "all"])
def test_two_that_run_lose_nothing_between_them(path: Path, loss: str) -> None:
    one, two = Running(path, "one"), Running(path, "two")
    one.write()
    two.write()
    LOSSES[loss](path)
    for running in (one, two, one, two):
        running.write()
    assert (one.told, two.told) == (NoticeKind.RESTORED, NoticeKind.RESTORED)
    one.kill()
    two.write()
    two.kill()
    check(path, one, two)
    assert [file.name for file in path.parent.iterdir() if ".lost-" in file.name] == [], "nothing to keep apart"


def test_a_start_beside_one_whose_file_is_gone(path: Path) -> None:
    """The later one begins anew; what the first had is kept beside it, and both go on in one file."""
    running = Running(path)
    LOSSES["all"](path)
    other = Running(path, "other")
    before = list(running.confirmed)
    running.confirmed, running.starred = [], []
    running.write()
    assert running.told == NoticeKind.REPLACED
    running.kill()
    other.kill()
    check(path, running, other)
    (lost,) = [file for file in path.parent.iterdir() if ".lost-" in file.name]
    with closing(Store.open(lost)) as store:
        assert {story.id for story in store.stories(View(), limit=10_000)} == set(before)


def test_another_store_put_in_its_place(path: Path, tmp_path: Path) -> None:
    """A copy from yesterday, say: khabar goes on with it."""
    with closing(Store.open(tmp_path / "older")) as older:
        older.add_items(older.add_source(Source("https://b.example/feed", "B")), [Item("b", "of yesterday")])
    running = Running(path)
    shutil.copy(tmp_path / "older", tmp_path / "copy")
    (tmp_path / "copy").rename(path)
    running.write()
    assert running.told == NoticeKind.REPLACED
    running.kill()
    with closing(Store.open(path)) as store:
        assert store.count(View()) == 21
        assert store.count(View(search="yesterday")) == 1


def test_a_foreign_database_put_in_its_place(bench: Bench, tmp_path: Path) -> None:
    bench.fill(3)
    with closing(sqlite3.connect(tmp_path / "songs")) as connection:
        connection.execute("CREATE TABLE songs (title)")
    (tmp_path / "songs").rename(bench.path)
    before = bench.path.read_bytes()
    for _ in range(2):
        with pytest.raises(errors.StoreForeign):
            bench.fill(1)
    with pytest.raises(errors.StoreError):
        bench.store.stories(View())
    bench.close()
    assert bench.path.read_bytes() == before


@pytest.mark.parametrize("share", [0, 0.5])
def test_a_file_cut_short(path: Path, share: float) -> None:
    """What khabar has in memory and in its log is saved with what is left of the file."""
    running = Running(path)
    for _ in range(3):
        running.write()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint")
    running.write()
    os.truncate(path, int(path.stat().st_size * share) // PAGE * PAGE)
    running.write()
    running.kill()
    with closing(Store.open(path)) as store:
        found = {story.id for story in store.stories(View(), limit=10_000)}
    assert set(running.confirmed[-20:]) <= found
    assert found <= set(running.confirmed)
    whole(path)


def test_nothing_left_open_harms_the_new_file(path: Path) -> None:
    """SQLite clears log and index up by their names: whoever still had the lost file open must not do that."""
    one, two = Running(path, "one"), Running(path, "two")
    LOSSES["all"](path)
    one.write()
    quiet = child("print(flush=True); time.sleep(0.3); store.close()", str(path))
    two.write()
    two.process.terminate()
    two.process.communicate()
    quiet.communicate(timeout=30)
    one.write()
    assert beside(path, "-wal").exists()
    one.kill()
    check(path, one, two)


def test_threads_that_read_meanwhile(bench: Bench) -> None:
    stories = bench.fill(50)
    ended = threading.Event()
    well: dict[str, bool] = {}

    def read() -> None:
        while not ended.is_set():
            try:
                well[threading.current_thread().name] = len(bench.store.stories(View(), limit=50)) == 50
            except errors.StoreError:  # it was just opening the files
                well[threading.current_thread().name] = False

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        for file in bench.path.parent.glob("khabar.sqlite3*"):
            file.unlink()
        fresh = threading.Thread(target=bench.store.counts)
        fresh.start()
        fresh.join()
        bench.store.star([stories[number].id])
        assert bench.store.counts().starred == number + 1
    time.sleep(0.3)
    ended.set()
    for thread in threads:
        thread.join()
    assert list(well.values()) == [True] * 3
    bench.reopen()
    assert bench.store.counts().starred == 5


def test_no_room_for_what_was_lost(tmp_path: Path) -> None:
    """Nothing is confirmed then; with room again it goes on."""
    disk = tmp_path / "disk"
    with small_disk(disk, "6m"):
        path = disk / "khabar.sqlite3"
        store = Store.open(path)
        source = store.add_source(Source("https://a.example/feed", "A"))
        for number in range(20):
            store.add_items(source, [Item(f"{number}-{n}", f"h {number} {n}", text="words " * 200) for n in range(20)])
        ballast = disk / "ballast"
        ballast.touch()
        path.unlink()
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
            while True:
                file.write(bytes(10_000))
        with pytest.raises(errors.StoreFull):
            store.star([1])
        ballast.unlink()
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        store.star([1])
        assert store.counts().all == 400
        store.close()
        whole(path)


def test_whoever_looks_at_the_screen_is_told(path: Path, tmp_path: Path) -> None:
    desk = open_desk(path, tmp_path / "cache")
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    source = desk.store.add_source(Source("https://a.example/feed", "A"))
    new = desk.store.add_items(source, [Item("1", "headline")]).new
    path.unlink()
    desk.store.star(new)
    (trouble,) = [event for event in heard if isinstance(event, Trouble)]
    assert str(path) in trouble.sentence
    assert in_language(trouble.sentence, load("ar")) != trouble.sentence
    assert any(isinstance(event, SourcesChanged) for event in heard)
    desk.store.close()


def test_another_khabar_repairs_the_file_meanwhile(path: Path) -> None:
    """What the first writes from then on is in the repaired file, not in the one that was set aside."""
    running = Running(path)
    running.write()
    mark(path)
    with closing(Store.open(path)) as other:
        assert [notice.kind for notice in other.notices] == [NoticeKind.SET_ASIDE]
        running.write()
        assert running.told == NoticeKind.REPLACED
        running.write()
        other.mark_read(running.confirmed[-1:])
        assert other.counts().starred == 4
    running.kill()
    check(path, running)


def test_a_start_beside_one_whose_log_is_gone(path: Path) -> None:
    """The index is there still: the later one must not take it for that of a log of its own."""
    running = Running(path)
    running.write()
    LOSSES["the log"](path)
    with closing(Store.open(path)) as other:
        assert other.notices == []
        running.write()
        assert running.told == NoticeKind.RESTORED
        running.write()
        other.star(running.confirmed[1:2])
        assert other.notices[0].kind == NoticeKind.REPLACED
        assert other.counts().all == 80
    running.starred.append(running.confirmed[1])
    running.kill()
    check(path, running)


def test_no_store_for_a_session_is_written_to(bench: Bench, tmp_path: Path) -> None:
    """Its place cannot be had any more: nothing is confirmed until it can."""
    stories = bench.fill(3)
    shutil.rmtree(bench.path.parent) if bench.path.parent != tmp_path else bench.path.unlink()
    bench.path.mkdir()
    for _ in range(2):
        with pytest.raises(errors.StoreError):
            bench.store.star([stories[0].id])
    bench.path.rmdir()
    bench.store.star([stories[0].id])
    assert bench.store.counts().starred == 1
