"""Whatever happens to the file or the machine: nothing that was confirmed is lost, and the reader is told in one
sentence."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tui.news.model import Article, Item, Key, Listing, Paragraph, Source, Story, Text, View
from tui.store import errors, schema
from tui.store.errors import NoticeKind
from tui.store.store import Store

PAGE = 4096


def child(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process that works on a store and prints what was confirmed."""
    head = """
        import sys, os, time
        from pathlib import Path
        from tui.news.model import *
        from tui.store.store import Store
        from tui.store import errors
        store = Store.open(Path(sys.argv[1]))
    """
    text = textwrap.dedent(head) + textwrap.dedent(program)
    return subprocess.Popen([sys.executable, "-u", "-c", text, *arguments], stdout=subprocess.PIPE, text=True)


def whole(path: Path) -> None:
    """SQLite finds nothing wrong, and the index agrees with its texts, once what a kill left waiting is in it."""
    with closing(Store.open(path)) as store:
        assert store.notices == []
        while store.settle().more:
            pass
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        tallies = dict(connection.execute("SELECT name, n FROM tallies").fetchall())
        counted = connection.execute(
            "SELECT count(*), coalesce(sum(read = 0), 0) FROM stories WHERE leads = 1"
        ).fetchone()
        assert (tallies["all"], tallies["unread"]) == counted
        missing = connection.execute(
            f"SELECT count(*) FROM stories s LEFT JOIN texts t ON t.key = (s.sorted_at << {schema.ID_BITS} | s.id)"
            " WHERE t.key IS NULL"
        ).fetchone()
        assert missing == (0,), "every story can be searched"


WRITER = """
    source = store.add_source(Source("https://a.example/feed", "A"))
    run, number = sys.argv[2], 0
    while True:
        items = [Item(f"{run}-{number}-{n}", f"{run} headline{number} {n}", f"https://a.example/{run}/{number}/{n}",
                      text="words " * 60) for n in range(20)]
        new = store.add_items(source, items).new
        store.mark_read(new[:1])
        store.star(new[1:2])
        store.set_place(new[2], number + 1, 5)
        print(new[0], new[1], new[2], number + 1, flush=True)
        number += 1
"""


def test_kill_9_at_any_moment_loses_nothing_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite3"
    chance = random.Random(7)
    confirmed: list[tuple[int, int, int, int]] = []
    for run in range(12):
        process = child(WRITER, str(path), str(run))
        assert process.stdout is not None
        confirmed.append(_numbers(process.stdout.readline()))
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().splitlines(keepends=True)
        confirmed += [_numbers(line) for line in rest if line.endswith("\n") and line.count(" ") == 3]
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


def _numbers(line: str) -> tuple[int, int, int, int]:
    a, b, c, d = map(int, line.split())
    return a, b, c, d


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


def failed(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode != 0


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


@pytest.mark.parametrize("ending", ["-shm", "-wal"])
def test_what_lies_beside_the_file_cannot_be_written(bench: Bench, ending: str) -> None:
    """Said at the start, not at each key; all that was confirmed is shown, what only the log has, too."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    confirmed = _numbers(process.stdout.readline())
    process.kill()
    process.communicate()
    beside = bench.path.with_name(bench.path.name + ending)
    if failed("chattr", "+i", str(beside)):
        pytest.skip("files cannot be made immutable here")
    try:
        assert [notice.kind for notice in bench.store.notices] == [NoticeKind.READ_ONLY]
        assert (story := bench.store.story(confirmed[0])) and story.read
        with pytest.raises(errors.StoreReadOnly):
            bench.store.mark_read([confirmed[1]])
        bench.close()
    finally:
        subprocess.run(["chattr", "-i", str(beside)], check=True)
    assert bench.store.notices == []
    bench.store.mark_read([confirmed[1]])


def test_a_log_left_by_a_file_that_is_gone(bench: Bench, tmp_path: Path) -> None:
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    bench.path.unlink()
    assert bench.path.with_name(bench.path.name + "-wal").stat().st_size
    assert bench.store.notices == []
    assert bench.store.stories(View()) == []
    bench.fill(3)
    bench.close()
    whole(bench.path)


def test_a_log_that_was_cut_short(bench: Bench) -> None:
    """Whole transactions only: those before the cut."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    process.kill()
    process.communicate()
    with closing(sqlite3.connect(f"file:{bench.path}?mode=ro", uri=True)) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM stories").fetchone()
    log = bench.path.with_name(bench.path.name + "-wal")
    os.truncate(log, log.stat().st_size * 2 // 3 + 7)
    bench.path.with_name(bench.path.name + "-shm").unlink()
    assert bench.store.notices == []
    assert 0 < bench.store.count(View()) < stored
    assert bench.store.count(View()) % 20 == 0
    bench.close()
    whole(bench.path)


def corrupted(bench: Bench, stories: int = 400) -> tuple[set[int], set[int]]:
    """A filled and closed store; the ids of all stories and of the starred ones."""
    listed = bench.fill(stories)
    starred = {story.id for story in listed[::10]}
    bench.store.star(sorted(starred))
    bench.store.mark_read([story.id for story in listed[:50]])
    bench.store.remember("selection", "7")
    bench.store.add_rule("horoscope", "hide")
    bench.store.save_article(listed[0].id, Article("t", (Paragraph(Text("a long full text")),)))
    bench.close()
    return {story.id for story in listed}, starred


def check_repaired(bench: Bench) -> tuple[set[int], set[int]]:
    """The store works again, said so, and kept the damaged file."""
    notice = bench.store.notices[0]
    values = dict(notice.values)
    assert notice.kind is NoticeKind.SET_ASIDE
    assert Path(values["path"]).exists()
    assert values["path"] in notice.sentence
    found = bench.store.stories(View(), limit=10_000)
    starred = bench.store.stories(View(Listing.STARRED), limit=10_000)
    assert (int(values["stories"]), int(values["starred"])) == (len(found), len(starred))
    bench.add(bench.item("after", "after the repair"))
    assert bench.search("after the repair") == ["after the repair"]
    bench.close()
    assert bench.store.notices == [], "told once"
    bench.close()
    whole(bench.path)
    return {story.id for story in found}, {story.id for story in starred}


@pytest.mark.parametrize("damage", ["zeros", "garbage", "text"])
def test_a_damaged_head(bench: Bench, damage: str) -> None:
    ids, starred = corrupted(bench)
    filling = {
        "zeros": bytes(PAGE),
        "garbage": random.Random(1).randbytes(PAGE),
        "text": b"<html>not found</html>" * 10,
    }[damage]
    with bench.path.open("r+b") as file:
        file.write(filling)
    found = check_repaired(bench)
    assert found == (ids, starred), "the first page holds no story: all of them are saved"
    assert bench.store.recall("selection") == "7"
    assert [rule.query for rule in bench.store.rules()] == ["horoscope"]
    assert bench.store.count(View(Listing.UNREAD)) == 400 - 50 + 1
    article = bench.store.article(max(ids))
    assert article is not None


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_middle(bench: Bench, seed: int) -> None:
    ids, _ = corrupted(bench)
    chance = random.Random(seed)
    pages = bench.path.stat().st_size // PAGE
    with bench.path.open("r+b") as file:
        for _ in range(6):
            file.seek(chance.randrange(1, pages) * PAGE)
            file.write(chance.randbytes(PAGE))
    for _ in range(3):
        if bench.store.notices:
            break
        use_until_it_shows(bench)
        bench.reopen()
    else:
        pytest.skip("the damage hit pages that nothing reads")
    found, _ = check_repaired(bench)
    assert found <= ids
    assert len(found) >= len(ids) * 0.6


def use_until_it_shows(bench: Bench) -> None:
    """Reading on meets the damage and says so in a sentence; nothing but StoreError comes out."""
    store = bench.store
    key: Key | None = None
    try:
        while page := store.stories(View(), after=key, limit=50):
            key = page[-1].key
            for story in page:
                store.article(story.id)
        store.stories(View(search="headline*"), limit=1_000)
        store.prune(0)
        bench.fill(3)
    except errors.StoreDamaged as error:
        assert error.sentence.endswith(".")


@pytest.mark.parametrize("share", [0.7, 0.3])
def test_a_truncated_file(bench: Bench, share: float) -> None:
    ids, _ = corrupted(bench)
    size = bench.path.stat().st_size
    os.truncate(bench.path, int(size * share))
    found, _ = check_repaired(bench)
    assert found <= ids


def test_an_empty_file_is_a_new_store(bench: Bench) -> None:
    bench.path.touch()
    assert bench.store.notices == []
    bench.fill(1)


def test_a_foreign_database_is_set_aside(bench: Bench) -> None:
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("CREATE TABLE songs (title)")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.commit()
    assert bench.store.notices[0].kind is NoticeKind.SET_ASIDE
    bench.fill(1)


def beheaded(bench: Bench) -> tuple[set[int], bytes]:
    """A file without its first page, all of whose stories can be saved: their ids, and the file's bytes."""
    ids, _ = corrupted(bench)
    with bench.path.open("r+b") as file:
        file.write(bytes(PAGE))
    return ids, bench.path.read_bytes()


def test_a_repair_says_how_far_it_is(bench: Bench) -> None:
    ids, _ = beheaded(bench)
    told: list[tuple[int, int]] = []
    Store.open(bench.path, progress=lambda done, total: told.append((done, total))).close()
    steps = 2 * len(ids)
    assert told[0] == (0, steps), "said before anything is waited for"
    assert told[-1] == (steps, steps)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert any(0 < done < steps for done, _ in told)


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_a_repair_that_is_interrupted_changes_nothing(bench: Bench, at: float) -> None:
    ids, before = beheaded(bench)

    def interrupt(done: int, total: int) -> None:
        if done >= at * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store.open(bench.path, progress=interrupt)
    assert bench.path.read_bytes() == before
    assert {file.name for file in bench.path.parent.iterdir()} <= {bench.path.name, f"{bench.path.name}.lock"}
    assert check_repaired(bench)[0] == ids


def test_killed_between_setting_aside_and_replacing(bench: Bench) -> None:
    ids, _ = corrupted(bench)
    bench.path.rename(bench.path.with_name(bench.path.name + ".salvaged"))
    assert {story.id for story in bench.store.stories(View(), limit=1_000)} == ids


@contextmanager
def read_only(directory: Path) -> Iterator[None]:
    """A directory nobody can write, not even root: a read-only bind mount."""
    if failed("mount", "--bind", str(directory), str(directory)):
        pytest.skip("bind mounts are not permitted here")
    try:
        if failed("mount", "-o", "remount,bind,ro", str(directory)):
            pytest.skip("read-only bind mounts are not permitted here")
        yield
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


def test_a_read_only_directory(bench: Bench) -> None:
    stories = bench.fill(5)
    bench.close()
    with read_only(bench.path.parent):
        store = bench.store
        assert [notice.kind for notice in store.notices] == [NoticeKind.READ_ONLY]
        assert not store.writable
        assert [story.id for story in store.stories(View())] == [story.id for story in stories]
        assert len(store.stories(View(search="headline"))) == 5
        for action in (
            lambda: store.mark_read([1]),
            lambda: store.remember("a", "b"),
            lambda: bench.fill(1),
            store.undo,
        ):
            with pytest.raises(errors.StoreReadOnly) as caught:
                action()
            assert str(bench.path) in caught.value.sentence
        bench.close()


def test_a_read_only_directory_with_stories_that_wait_for_the_index(bench: Bench) -> None:
    bench.later = True
    bench.fill(5)
    bench.close()
    with read_only(bench.path.parent):
        assert len(bench.search("headline")) == 5
        assert bench.search("headline3 ") == ["Paper headline3"]
        assert bench.search("-headline3 body4 ") == ["Paper headline4"]
        assert bench.store.count(View(search="body")) == 5
        bench.close()


def test_a_read_only_directory_after_a_kill(bench: Bench) -> None:
    """What was confirmed last lies in the write-ahead log: it is shown, too."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    confirmed = _numbers(process.stdout.readline())
    process.kill()
    process.communicate()
    assert bench.path.with_name(bench.path.name + "-wal").stat().st_size
    with read_only(bench.path.parent):
        assert (story := bench.store.story(confirmed[0])) and story.read
        assert bench.store.notices[0].kind is NoticeKind.READ_ONLY
        bench.close()


def test_no_file_and_nowhere_to_make_it(bench: Bench) -> None:
    with read_only(bench.path.parent):
        bench.path = bench.path.parent / "sub" / "khabar.sqlite3"
        assert [notice.kind for notice in bench.store.notices] == [NoticeKind.TEMPORARY]
        assert len(bench.fill(3)) == 3, "reading works for the session"
        place = bench.store.path
        bench.close()
        assert not place.parent.exists()


def test_a_file_of_a_newer_khabar_is_read_and_not_touched(bench: Bench) -> None:
    stories = bench.fill(3)
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("ALTER TABLE stories ADD COLUMN mood TEXT")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 3}")
        connection.commit()
    notice = bench.store.notices[0]
    assert notice.kind is NoticeKind.NEWER
    assert dict(notice.values)["found"] == str(schema.VERSION + 3)
    assert bench.store.stories(View()) == stories
    with pytest.raises(errors.StoreNewer):
        bench.store.mark_read([stories[0].id])
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("ALTER TABLE memory RENAME TO remembered")
        connection.commit()
    with pytest.raises(errors.StoreNewer):
        bench.store.recall("x")


def as_of_version(path: Path, version: int) -> None:
    """Make the file what an older khabar would have made of the same news: its own schema, filled row by row."""
    old = path.with_name("old.sqlite3")
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection, to=version)
        connection.execute("ATTACH ? AS new", (str(path),))
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table.startswith("search") or "tallies" in table:
                continue  # kept by triggers
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.commit()
    old.replace(path)


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_older_file_is_migrated_with_all_it_holds(bench: Bench, version: int) -> None:
    stories = bench.fill(50)
    bench.store.star([stories[3].id])
    bench.store.mark_read([stories[7].id])
    before = bench.store.stories(View(), limit=100)
    bench.close()
    as_of_version(bench.path, version)
    assert bench.store.notices == []
    assert bench.store.stories(View(), limit=100) == before
    assert bench.store.smart_lists() == []
    assert bench.store.counts().starred == 1
    assert sum(bench.store.unread_by_source().values()) == 49, "counted from what was there"
    bench.store.mark_read([stories[4].id])
    assert sum(bench.store.unread_by_source().values()) == 48
    assert bench.search("headline7 ") == ["Paper headline7"], "found in the index it had"
    bench.add(bench.item("new", "a new headline"))
    assert bench.search("new headline ") == ["a new headline"]
    bench.close()
    whole(bench.path)


def test_an_older_khabar_writes_on_while_the_file_is_migrated(bench: Bench) -> None:
    """It has the file open and knows nothing of the new tables: what it stores is searched and grouped all the same."""
    first = bench.fill(2)
    bench.close()
    as_of_version(bench.path, 5)
    with closing(sqlite3.connect(bench.path, isolation_level=None)) as old:
        old.execute("SELECT count(*) FROM stories").fetchone()
        assert bench.search("headline1 ") == ["Paper headline1"]  # the new one has migrated it
        old.execute("BEGIN IMMEDIATE")
        old.execute(
            "INSERT INTO stories (id, source_id, guid_hash, link_hash, content_hash, sorted_at, first_seen, title,"
            " paper, link, language, image, copied) VALUES (99, ?, 1, 0, 0, 5, 5, 'Ancient', '', '', 'en', 0, 0)",
            (first[0].source_id,),
        )
        key = 5 << schema.ID_BITS | 99
        old.execute("INSERT INTO texts (key, title, body, paper, facets) VALUES (?, 'ancient', '', '', 'any')", (key,))
        old.execute("UPDATE texts SET body = 'changed at once' WHERE key = ?", (key,))
        old.execute("INSERT OR IGNORE INTO stems (stem, sorted_at, story_id) VALUES (7, 5, 99)")
        old.execute("INSERT OR IGNORE INTO stems (stem, sorted_at, story_id) VALUES (7, 5, 99)")
        old.execute("COMMIT")
        query = "SELECT story_id FROM stems WHERE stem = 7 AND sorted_at BETWEEN 0 AND 9"
        assert old.execute(query).fetchall() == [(99,)]
        old.execute("DELETE FROM stems WHERE sorted_at < 9")
        assert old.execute(query).fetchall() == []
        assert bench.search("changed ") == ["Ancient"]
        bench.settle()
        assert bench.search("changed ancient ") == ["Ancient"]
        old.execute("DELETE FROM texts WHERE key = ?", (key,))
        old.execute("DELETE FROM stories WHERE id = 99")
        assert bench.search("ancient ") == []
    bench.close()
    whole(bench.path)


def test_a_migration_that_fails_changes_nothing(bench: Bench) -> None:
    bench.fill(3)
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("PRAGMA user_version = 1")  # its "lists" is in the way
        connection.commit()
        count = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with pytest.raises(errors.StoreError):
        bench.another()
    with closing(sqlite3.connect(bench.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == count


def test_opening_reads_little_and_imports_less(bench: Bench) -> None:
    """The first frame waits for this: nothing heavy is imported, nothing is scanned."""
    bench.fill(10)
    bench.close()
    program = """
        store.stories(View())
        heavy = ["httpx", "textual", "feedparser", "selectolax", "babel"]
        heavy += ["tui.news.codec", "tui.store.arrivals", "tui.store.salvage"]
        print(*[name for name in heavy if name in sys.modules])
    """
    output, _ = child(program, str(bench.path)).communicate(timeout=30)
    assert output.strip() == ""


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
