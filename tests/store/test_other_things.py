"""Something else stands where the store's file should be: it is left alone, and the reader is told what to move."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import child
from tui.store import errors, schema
from tui.store.readers import ReaderStore
from tui.store.reports import Reports
from tui.store.store import Store

THINGS = ("folder", "full folder", "pipe", "socket", "device")


def put(path: Path, thing: str) -> None:
    """Put something that is no file at a path."""
    if thing == "pipe":
        os.mkfifo(path)
    elif thing == "socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)  # bound, its name could not be as long
    elif thing == "device":
        path.symlink_to("/dev/full")
    else:
        path.mkdir()
        if thing == "full folder":
            (path / "a file").touch()


@pytest.mark.parametrize("thing", THINGS)
def test_in_the_place_of_the_file(tmp_path: Path, thing: str) -> None:
    path = tmp_path / "khabar.sqlite3"
    put(path, thing)
    with pytest.raises(errors.StoreForeign) as caught:
        Store.open(path)
    assert str(path) in caught.value.sentence
    assert caught.value.sentence.endswith("move it away and start khabar again.")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("thing", THINGS)
def test_in_the_place_of_the_log(bench: Bench, thing: str, ending: str) -> None:
    bench.fill(3)
    bench.close()
    beside = bench.path.with_name(bench.path.name + ending)
    put(beside, thing)
    with pytest.raises(errors.StoreForeign) as caught:
        bench.another()
    assert str(beside) in caught.value.sentence
    beside.rename(beside.with_name("moved away"))
    assert bench.store.counts().all == 3


def test_in_the_place_of_a_readers_file_and_of_the_reports(bench: Bench, tmp_path: Path) -> None:
    bench.fill(1)
    pipe = tmp_path / "pipe"
    put(pipe, "pipe")
    for opening in (
        lambda: ReaderStore.open_for(pipe, bench.path),
        lambda: ReaderStore.open_for(tmp_path / "own", pipe),
        lambda: Reports.open(pipe),
    ):
        with pytest.raises(errors.StoreForeign) as caught:
            opening()
        assert str(pipe) in caught.value.sentence


FOREIGN = {
    "without a version": ["CREATE TABLE songs (title)", "INSERT INTO songs VALUES ('one')"],
    "with a version": ["CREATE TABLE songs (title)", "INSERT INTO songs VALUES ('one')", "PRAGMA user_version = 5"],
    "with ours": ["CREATE TABLE songs (title)", f"PRAGMA user_version = {schema.VERSION}"],
    "with a newer one": ["CREATE TABLE songs (title)", f"PRAGMA user_version = {schema.VERSION + 90}"],
    "with stories": ["CREATE TABLE stories (id, name)", "CREATE TABLE authors (id)", "PRAGMA user_version = 5"],
    "with a log": ["PRAGMA journal_mode = WAL", "CREATE TABLE songs (title)", "PRAGMA user_version = 5"],
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_another_programs_database_is_left_as_it_is(tmp_path: Path, statements: list[str]) -> None:
    path = tmp_path / "khabar.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(errors.StoreForeign) as caught:
            Store.open(path)
        assert str(path) in caught.value.sentence
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(("-wal", "-shm"))] == [path.name]


def test_another_programs_log_is_left_as_it_is(tmp_path: Path) -> None:
    """Its program was killed: what it wrote last lies in the log only, and stays there."""
    path = tmp_path / "other.sqlite3"
    killed = child(
        """
        import sqlite3
        other = sqlite3.connect(sys.argv[2], isolation_level=None)
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE songs (title)")
        other.execute("INSERT INTO songs VALUES ('one')")
        print("written", flush=True)
        os.kill(os.getpid(), 9)
        """,
        str(tmp_path / "ours.sqlite3"),
        str(path),
    )
    killed.communicate(timeout=30)
    log = path.with_name(path.name + "-wal")
    before = path.read_bytes(), log.read_bytes()
    assert len(before[1]) > 0
    with pytest.raises(errors.StoreForeign):
        Store.open(path)
    assert (path.read_bytes(), log.read_bytes()) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT title FROM songs").fetchall() == [("one",)]


def test_a_newer_khabars_file_that_this_one_cannot_read_is_left_as_it_is(bench: Bench) -> None:
    bench.fill(1)
    bench.close()
    with closing(sqlite3.connect(bench.path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE tallies RENAME TO numbers")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 3}")
    before = bench.path.read_bytes()
    with pytest.raises(errors.StoreNewer) as caught:
        bench.another()
    assert str(bench.path) in caught.value.sentence
    assert bench.path.read_bytes() == before
