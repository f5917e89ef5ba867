"""A disk without room: nothing confirmed is lost, and the reader is told."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import PAGE, child, corrupted, failed, whole
from tui.news.model import Item, Source, View
from tui.store import errors
from tui.store.store import Store


@contextmanager
def small_disk(directory: Path, size: str) -> Iterator[None]:
    directory.mkdir()
    if failed("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(directory)):
        pytest.skip("mounting a tmpfs is not permitted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


def fill_until_full(store: Store, source: Source) -> tuple[set[int], errors.StoreError]:
    confirmed: set[int] = set()
    chance = random.Random(3)
    for number in range(1_000):
        # Random letters: nothing a file system could compress.
        text = " ".join("".join(chance.choices("abcdefghij", k=8)) for _ in range(120))
        try:
            items = [bench_item(number * 10 + n, text) for n in range(10)]
            confirmed.update(store.add_items(source, items).new)
        except errors.StoreError as error:
            return confirmed, error
    raise AssertionError("the disk never filled")


def bench_item(number: int, text: str) -> Item:
    return Item(f"g{number}", f"headline{number}", f"https://a.example/{number}", text=text)


def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "3m"):
        store = Store.open(disk / "khabar.sqlite3")
        source = store.add_source(Source("https://a.example/feed", "A"))
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 900_000)
        confirmed, error = fill_until_full(store, source)
        assert isinstance(error, errors.StoreFull)
        assert str(disk) in error.sentence
        assert error.sentence.endswith(".")
        found = {story.id for story in store.stories(View(), limit=10_000)}
        assert found == confirmed, "everything confirmed, and nothing else"
        assert store.stories(View(search="headline1"))
        ballast.unlink()
        store.mark_read([max(confirmed)])
        store.close()
        with closing(Store.open(disk / "khabar.sqlite3")) as again:
            assert again.notices == []
            assert {story.id for story in again.stories(View(), limit=10_000)} == confirmed
            assert (story := again.story(max(confirmed))) and story.read
        whole(disk / "khabar.sqlite3")


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The same where no tmpfs can be mounted: a limit on the size of files."""
    path = tmp_path / "khabar.sqlite3"
    program = """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        source = store.add_source(Source("https://a.example/feed", "A"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        for number in range(500):
            try:
                items = [Item(f"{number}-{n}", f"h{number}x{n}", f"https://a.example/{number}-{n}",
                              text=f"w{number} " * 100) for n in range(10)]
                store.add_items(source, items)
            except errors.StoreFull as error:
                print(number * 10, error.sentence.endswith("."), len(store.stories(View(), limit=9999)))
                break
    """
    process = child(program, str(path))
    output, _ = process.communicate(timeout=60)
    count, sentence, shown = output.split()
    assert (sentence, shown) == ("True", count)
    with closing(Store.open(path)) as store:
        assert store.count(View()) == int(count)
    whole(path)


def test_a_disk_that_fills_up_before_the_index_is_made(tmp_path: Path) -> None:
    """Stories are stored and then indexed: what was confirmed is found all the same, and indexed when there is room."""
    disk = tmp_path / "disk"
    with small_disk(disk, "3m"):
        store = Store.open(disk / "khabar.sqlite3")
        source = store.add_source(Source("https://a.example/feed", "A"))
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 1_000_000)
        confirmed: set[int] = set()
        with pytest.raises(errors.StoreFull):
            for number in range(1_000):
                text = " ".join(f"{number}x{n}" for n in range(200))
                confirmed.update(store.add_items(source, [bench_item(number, text)], later=True).new)
        with pytest.raises(errors.StoreFull):
            while store.settle().more:
                pass
        assert {story.id for story in store.stories(View(search="headline*"), limit=10_000)} == confirmed
        ballast.unlink()
        while store.settle().more:
            pass
        assert {story.id for story in store.stories(View(search="headline*"), limit=10_000)} == confirmed
        store.close()
        whole(disk / "khabar.sqlite3")


def test_a_damaged_file_and_no_room_to_save_it(bench: Bench, tmp_path: Path) -> None:
    ids, _ = corrupted(bench)
    disk = tmp_path / "disk"
    with small_disk(disk, f"{bench.path.stat().st_size * 3 // 2}"):
        path = disk / "khabar.sqlite3"
        path.write_bytes(bytes(PAGE) + bench.path.read_bytes()[PAGE:])
        before = path.read_bytes()
        with pytest.raises(errors.StoreDamaged) as caught:
            Store.open(path)
        assert str(path) in caught.value.sentence
        assert path.read_bytes() == before
        assert {file.name for file in disk.iterdir()} <= {path.name, path.name + ".lock"}
        if failed("mount", "-o", "remount,size=50m", str(disk)):
            pytest.skip("a tmpfs cannot be made larger here")
        with closing(Store.open(path)) as store:
            assert {story.id for story in store.stories(View(), limit=10_000)} == ids
