"""What lies beside the file: SQLite's log and its index."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import PAGE, WRITER, child, failed, numbers, whole
from tui.news.model import Listing, View
from tui.store import errors
from tui.store.errors import NoticeKind


@pytest.mark.parametrize("ending", ["-shm", "-wal"])
def test_what_lies_beside_the_file_cannot_be_written(bench: Bench, ending: str) -> None:
    """Said at the start, not at each key; all that was confirmed is shown, what only the log has, too."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    confirmed = numbers(process.stdout.readline())
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


def damage(path: Path, how: str) -> None:
    if how == "gone":
        path.unlink()
    elif how == "empty":
        os.truncate(path, 0)
    else:
        with path.open("r+b") as file:
            file.write(random.Random(1).randbytes(PAGE))


@pytest.mark.parametrize(("how", "when"), [("gone", "after"), ("empty", "after"), ("beheaded", "before")])
def test_a_log_left_by_a_file_that_was_damaged(bench: Bench, how: str, when: str) -> None:
    """All that was confirmed lies in the log, before the damage and after it: it is saved from there."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    confirmed = [numbers(process.stdout.readline()) for _ in range(2)]
    if when == "before":
        damage(bench.path, how)
        confirmed += [numbers(process.stdout.readline()) for _ in range(20)]
    process.kill()
    rest = process.communicate()[0].splitlines()
    if when == "after":
        damage(bench.path, how)
        confirmed += [numbers(line) for line in rest[:-1]]
    assert bench.path.with_name(bench.path.name + "-wal").stat().st_size
    if how != "beheaded":  # the log has a first page, too
        assert [notice.kind for notice in bench.store.notices] == [NoticeKind.SET_ASIDE]
    for read, starred, placed, paragraph in confirmed:
        assert (story := bench.store.story(read)) and story.read
        assert (story := bench.store.story(starred)) and story.starred
        assert bench.store.place(placed) == (paragraph, 5)
    bench.close()
    whole(bench.path)


def test_a_log_beside_a_damaged_head(bench: Bench) -> None:
    """The log holds some pages only: the rest is read of the file, under a new first page."""
    bench.fill(300)
    bench.close()
    process = child("store.star([7]); print(flush=True); time.sleep(60)", str(bench.path))
    assert process.stdout is not None
    process.stdout.readline()
    damage(bench.path, "beheaded")
    process.kill()
    process.communicate()
    assert [notice.kind for notice in bench.store.notices] == [NoticeKind.SET_ASIDE]
    assert bench.store.counts().all == 300
    assert [story.id for story in bench.store.stories(View(Listing.STARRED))] == [7]


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
