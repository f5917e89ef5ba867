"""Another program makes the file smaller while khabar has it open (VACUUM): that is no loss."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import whole
from tests.store.test_pulled_away import Running, check
from tui.news.model import View
from tui.store.store import Store

STATEMENTS = {
    "vacuum": ["VACUUM"],
    "vacuum, into the file at once": ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
    "by and by": ["PRAGMA auto_vacuum = FULL", "VACUUM", "DELETE FROM ballast"],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "data" / "khabar.sqlite3"
    place.parent.mkdir()
    return place


def by_another_program(path: Path, *statements: str) -> None:
    program = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)\n"
    program += "for statement in sys.argv[2:]:\n    c.execute(statement).fetchall()\nc.close()"
    subprocess.run([sys.executable, "-c", program, str(path), *statements], check=True, timeout=60)


def ballast(path: Path, kilobytes: int = 2000) -> None:
    """What the file can do without."""
    statement = f"INSERT INTO ballast WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {kilobytes})"
    by_another_program(
        path, "CREATE TABLE ballast (x)", statement + " SELECT zeroblob(1000) FROM n", "PRAGMA wal_checkpoint"
    )


@pytest.mark.parametrize("way", STATEMENTS)
@pytest.mark.parametrize("grown", [False, True])
def test_a_file_made_smaller_is_the_same_file(path: Path, way: str, grown: bool) -> None:
    """Whether or not it has grown again, in its log or out of it, before khabar looks."""
    running = Running(path)
    ballast(path)
    running.write()
    before, file = path.stat().st_size, path.stat().st_ino
    if way != "by and by":
        by_another_program(path, "DROP TABLE ballast")
    by_another_program(path, *STATEMENTS[way])
    by_another_program(path, "PRAGMA wal_checkpoint")
    assert path.stat().st_size < before / 2
    if grown:
        by_another_program(path, "CREATE TABLE more (x)", "INSERT INTO more VALUES (zeroblob(100000))")
    for _ in range(3):
        running.write()
        assert running.told == ""
    assert path.stat().st_ino == file
    running.kill()
    by_another_program(path, "DROP TABLE IF EXISTS ballast", "DROP TABLE IF EXISTS more")
    check(path, running)


def test_a_thread_that_comes_later_reads_on(bench: Bench) -> None:
    bench.fill(50)
    ballast(bench.path)
    bench.store.star([1])
    by_another_program(bench.path, "DROP TABLE ballast", "VACUUM", "PRAGMA wal_checkpoint")
    with closing(Store.open(bench.path)) as other:
        assert other.counts().all == 50
    assert bench.store.count(View()) == 50
    assert bench.store.notices == []
    whole(bench.path)


def test_a_file_cut_after_it_was_made_smaller_is_noticed(path: Path) -> None:
    running = Running(path)
    ballast(path)
    running.write()
    by_another_program(path, "DROP TABLE ballast", "VACUUM", "PRAGMA wal_checkpoint")
    running.write()
    assert running.told == ""
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)
    running.write()
    running.kill()
    with closing(Store.open(path)) as store:
        found = {story.id for story in store.stories(View(), limit=10_000)}
    assert set(running.confirmed[-20:]) <= found <= set(running.confirmed)
    whole(path)
