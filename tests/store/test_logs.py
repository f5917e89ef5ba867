"""What lies beside the file: SQLite's log and its index."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import WRITER, child, failed, numbers, whole
from tui.news.model import View
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
