# ruff: noqa: E501  tables read better in long lines
"""The response store when files are damaged, locked or full, and when processes share it or are killed."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.net.kept import Open, get, put
from tui.net.outcome import Notice

# -- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["garbage", "head overwritten", "cut", "a page of zeros", "another program's"])
def test_a_damaged_file_is_set_aside_with_one_notice(
    store: Open, path: Path, notices: list[Notice], damage: str
) -> None:
    first = store()
    for i in range(20):
        put(first, f"http://a/{i}", os.urandom(30_000))
    first.tidy().result()
    first.close()
    data = bytearray(path.read_bytes())
    if damage == "garbage":
        data = bytearray(os.urandom(50_000))
    elif damage == "head overwritten":
        data[:100] = b"x" * 100
    elif damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "a page of zeros":
        data[4096 : 4096 * 6] = bytes(4096 * 5)
    path.write_bytes(data)
    if damage == "another program's":
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("create table theirs(x)")
        other.close()
    second = store()
    for i in range(20):
        get(second, f"http://a/{i}")
        put(second, f"http://b/{i}", b"new")
    deadline = time.monotonic() + 5
    while get(second, "http://b/19") != b"new" and time.monotonic() < deadline:
        put(second, "http://b/19", b"new")
    assert get(second, "http://b/19") == b"new"
    assert len(notices) == 1
    assert "set aside" in notices[0].sentence
    assert (
        len([p for p in path.parent.iterdir() if ".corrupt-" in p.name and not p.name.endswith(("-wal", "-shm"))]) == 1
    )


def test_an_empty_file_is_simply_begun(store: Open, path: Path, notices: list[Notice]) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    assert put(store(), "http://a/x", b"x")
    assert notices == []


def test_a_changed_byte_in_a_body_is_noticed(store: Open, path: Path) -> None:
    """SQLite does not see it: the checksum does, and the answer counts as never stored."""
    one = store()
    put(one, "http://a/x", b"the quick brown fox " * 1000)
    one.close()
    other = sqlite3.connect(path)
    other.execute("update bodies set body=cast(replace(body, 'brown', 'crown') as blob)")
    other.commit()
    other.close()
    two = store()
    assert get(two, "http://a/x") is None
    two.drop([]).result()
    assert two.candidates("http://a/x", "GET") == []


def test_a_file_in_use_elsewhere_is_not_pulled_away(store: Open, path: Path, notices: list[Notice]) -> None:
    """SQLite unlinks the log by its name: renaming a file under a living user would lose somebody's log."""
    other = store()
    put(other, "http://a/x", b"x")
    inode = path.stat().st_ino
    mine = store()
    mine._recover(_corrupt())
    assert path.stat().st_ino == inode
    assert "another khabar" in notices[-1].sentence
    assert put(mine, "http://a/y", b"y") is False
    assert get(other, "http://a/x") == b"x"


def _corrupt() -> sqlite3.Error:
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


# -- trouble --------------------------------------------------------------------------------------------------------


def test_a_locked_file_costs_one_wait_and_heals(store: Open, path: Path, notices: list[Notice]) -> None:
    one = store(wait=0.3)
    put(one, "http://a/x", b"x")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    began = time.monotonic()
    assert [put(one, f"http://a/{i}", b"y") for i in range(10)] == [False] * 10
    assert time.monotonic() - began < 2.0  # not ten times the wait
    assert get(one, "http://a/x") == b"x"  # reading goes on
    assert [n.sentence for n in notices] == [
        "Another program keeps the cache file locked: pages are shown but not cached for now."
    ]
    other.execute("rollback")
    other.close()
    assert put(one, "http://a/z", b"z")
    again = sqlite3.connect(path, isolation_level=None)
    again.execute("begin immediate")
    assert put(one, "http://a/z", b"z") is False
    assert len(notices) == 1  # said once
    again.execute("rollback")
    again.close()


def test_a_file_locked_from_the_beginning(store: Open, path: Path, notices: list[Notice]) -> None:
    store().close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("pragma locking_mode=exclusive")
    other.execute("begin exclusive")
    one = store(wait=0.2)
    assert put(one, "http://a/x", b"x") is False
    assert len(notices) == 1
    other.execute("rollback")
    other.close()


def test_a_directory_that_cannot_be_made(store: Open, tmp_path: Path, notices: list[Notice]) -> None:
    (tmp_path / "file").write_text("in the way")
    one = store(where=tmp_path / "file" / "http.db")
    assert put(one, "http://a/x", b"x") is False
    one.set_note("hold", "1", time.time() + 60).result()
    assert one.note("hold") == "1"  # manners are kept at least until the end
    assert "cannot be used" in notices[0].sentence
    assert len(notices) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    where = tmp_path / "disk"
    where.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(where)], capture_output=True, check=False
    ).returncode:
        pytest.skip("no right to mount a small disk; the next test has a quota instead")
    yield where
    subprocess.run(["umount", "-l", str(where)], check=True)


def test_a_full_disk(store: Open, small_disk: Path, notices: list[Notice]) -> None:
    one = store(where=small_disk / "http.db")
    said = {f"http://a/{i}": put(one, f"http://a/{i}", os.urandom(60_000)) for i in range(60)}
    assert not all(said.values())
    for url, stored in said.items():
        if stored:
            assert get(one, url) is not None, "reported as stored and not there"
        else:
            assert get(one, url) is None
    assert [n.sentence for n in notices] == ["The disk is full: pages are shown but not cached; free some space."]
    one.close()
    check = sqlite3.connect(small_disk / "http.db")
    assert check.execute("pragma integrity_check").fetchall() == [("ok",)]
    check.close()


QUOTA = """
import os, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import kept as t
from tui.net.responses import ResponseStore
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
notices = []
store = ResponseStore(Path(sys.argv[1]), limit=t.MB * 200, notify=notices.append)
said = [t.put(store, f"http://a/{i}", os.urandom(60_000)) for i in range(60)]
assert not all(said) and any(said), said
for i, stored in enumerate(said):
    assert (t.get(store, f"http://a/{i}") is not None) == stored, (i, stored)
assert len(notices) == 1 and "full" in notices[0].sentence, notices
"""


def test_a_quota(path: Path) -> None:
    script = [sys.executable, "-c", QUOTA, str(path), str(Path(__file__).parent)]
    done = subprocess.run(script, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


# -- processes ------------------------------------------------------------------------------------------------------

WRITER = """
import os, sys, zlib
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import kept as t
from tui.net.responses import ResponseStore
store = ResponseStore(Path(sys.argv[1]), limit=t.MB * int(sys.argv[4]), locked_wait=5.0, notify=lambda n: sys.exit(repr(n)))
print("ready", flush=True)
for i in range(int(sys.argv[3])):
    body = os.urandom(1000 + i * 977 % 90_000)
    body += zlib.crc32(body).to_bytes(4, "big")
    t.put(store, f"http://a/{i % 23}", body)
print("done", flush=True)
store.close()
"""


def writer(path: Path, count: int, limit: int = 200) -> subprocess.Popen[str]:
    script = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent), str(count), str(limit)]
    return subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(body: bytes) -> bool:
    return zlib.crc32(body[:-4]).to_bytes(4, "big") == body[-4:]


def test_several_processes_share_the_file(path: Path, store: Open, notices: list[Notice]) -> None:
    children = [writer(path, 120) for _ in range(3)]  # begun at once: they also race for making the file
    mine = store()
    seen = 0
    while any(child.poll() is None for child in children):
        for i in range(23):
            body = get(mine, f"http://a/{i}")
            if body is not None:
                assert whole(body)
                seen += 1
    for child in children:
        out, err = child.communicate()
        assert out.endswith("done\n"), err
    assert seen > 50
    assert notices == []
    assert sum(get(mine, f"http://a/{i}") is not None for i in range(23)) == 23


def test_killed_in_the_middle_of_writes(path: Path, store: Open, notices: list[Notice]) -> None:
    """kill -9 again and again, with a small limit so that trimming and vacuuming are hit too. KILLS=100: so often."""
    dice = random.Random(7)
    for _ in range(int(os.environ.get("KILLS", "12"))):
        child = writer(path, 100_000, limit=1)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(dice.uniform(0.02, 0.25))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        check = sqlite3.connect(path)
        assert check.execute("pragma integrity_check").fetchall() == [("ok",)]
        check.close()
    one = store()
    bodies = [get(one, f"http://a/{i}") for i in range(23)]
    assert all(whole(body) for body in bodies if body is not None)
    assert any(body is not None for body in bodies)
    rows = sqlite3.connect(path)
    orphans = "select count(*) from responses r full join bodies b using(id) where r.url is null or b.body is null"
    assert rows.execute(orphans).fetchone() == (0,)
    rows.close()
    assert notices == []
