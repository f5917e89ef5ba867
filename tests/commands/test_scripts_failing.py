"""What scripts meet when something fails: one refresher, Ctrl-C, mistakes in one sentence, outputs closed or full."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.calling import KHABAR, ROOT, Cli
from tui.news.model import Item, Source
from tui.store.store import Store


@pytest.fixture
def khabar(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


def silent_server() -> socket.socket:
    """Takes connections and never answers."""
    server = socket.create_server(("127.0.0.1", 0))
    server.listen(16)
    return server


@contextmanager
def slow_fetch(khabar: Cli, server: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """A fetch that is in the middle of its work: it is connected and waits for an answer."""
    store = Store.open(khabar.store)
    store.add_source(Source(f"http://127.0.0.1:{server.getsockname()[1]}/feed", "Slow"))
    store.close()
    with subprocess.Popen(
        [*KHABAR, "fetch"], env=khabar.env, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        server.settimeout(20)
        connection, _ = server.accept()
        with connection:
            yield process


def test_one_fetch_at_a_time_and_a_killed_one_is_no_hindrance(khabar: Cli) -> None:
    with silent_server() as server, slow_fetch(khabar, server) as first:
        began = time.monotonic()
        khabar("fetch", "--no-wait", code=1)
        assert time.monotonic() - began < 5
        assert str(first.pid) in khabar.errors
        assert khabar.errors.count("\n") == 1
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        khabar("fetch", "--no-wait", "--offline", code=1)
        assert str(first.pid) not in khabar.errors


def test_ctrl_c_ends_a_fetch_with_a_sentence_and_frees_the_store(khabar: Cli) -> None:
    with silent_server() as server, slow_fetch(khabar, server) as fetch:
        os.killpg(fetch.pid, signal.SIGINT)  # as a terminal does: khabar and its parser both get it
        assert fetch.wait(10) == 130
        assert fetch.stderr is not None
        assert fetch.stderr.read() == b"khabar: The refresh was stopped; what came is kept.\n"
    store = Store.open(khabar.store)
    assert store.recall("lease.refresh") is None
    store.close()


def test_many_failures_of_one_kind_are_one_sentence(khabar: Cli) -> None:
    store = Store.open(khabar.store)
    for number in range(5):
        store.add_source(Source(f"http://127.0.0.1:9/{number}", f"Paper {number}"))
    store.close()
    assert khabar("fetch", code=1) == ""
    assert khabar.errors.count("\n") == 1
    assert "5 sources" in khabar.errors


@pytest.mark.parametrize(
    ("line", "status", "sentences"),
    [
        ("khabar manual > /dev/full", 1, 1),
        ("khabar rules add x star >&- 2>&-", 0, 0),
        ("khabar headlines <&- >&- 2>&-", 0, 0),
        ("khabar manual | head -n 1", 0, 0),
        ("khabar import /dev/zero", 1, 1),
        ("khabar export -o /dev/full", 1, 1),
        ("khabar export -o /no/such/folder/x", 1, 1),
        ("khabar read 99999999999999999999999", 2, 1),
        ("khabar add 'http://[::1'", 1, 1),
        ("khabar headlines -n 0", 2, 1),
        ("khabar headlines -n 99999999999", 2, 1),
        ("khabar rules add \"$(printf '\\377')\" star", 0, 1),
        ("PYTHONIOENCODING=latin-1 khabar inspect --json tests/commands/test_scripts.py", 0, 0),
        ("khabar --lang en headlines -- -word", 0, 0),
        ("khabar heads --lang", 2, 1),
        ("COLUMNS=x khabar sources", 0, 0),
    ],
)
def test_a_mistake_is_one_sentence(khabar: Cli, line: str, status: int, sentences: int) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = khabar.shell(line)
    assert (done.returncode, done.stderr.count(b"\n")) == (status, sentences), done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_closed_streams_do_not_become_the_store(khabar: Cli) -> None:
    khabar.shell("khabar rules add x star >&- 2>&-")
    assert khabar.store.read_bytes().startswith(b"SQLite format 3\0")
    assert [r["query"] for r in khabar.records("rules")] == ["x"]


def test_an_export_is_written_whole_or_not_at_all(khabar: Cli, tmp_path: Path) -> None:
    target, link = tmp_path / "kept.opml", tmp_path / "link.opml"
    target.write_text("yesterday", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    khabar("export", "-o", str(link))
    assert "<opml" in target.read_text("utf-8")
    assert (target.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
    assert not list(tmp_path.glob(".kept*"))


def test_systemd_takes_the_units(khabar: Cli, tmp_path: Path) -> None:
    for kind in ("service", "timer"):
        (tmp_path / f"khabar.{kind}").write_text(khabar("fetch", "--systemd", kind), "utf-8")
    assert "fetch" in (tmp_path / "khabar.service").read_text("utf-8")
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    files = [str(tmp_path / "khabar.service"), str(tmp_path / "khabar.timer")]
    done = subprocess.run(["systemd-analyze", "--user", "verify", *files], capture_output=True, timeout=60, check=False)
    if b"Failed to" in done.stderr and b"bus" in done.stderr:
        pytest.skip(f"systemd-analyze does not work here: {done.stderr.decode()[:100]}")
    assert b"khabar" not in done.stderr, done.stderr.decode()


@pytest.mark.parametrize(
    "line",
    [
        *("headlines", "headlines --json", "sources", "sources --json", "sources --catalogue", "rules test is:unread"),
        *("lists show 1 --json", "export", "read 1 --plain", "read 1 --json", "manual", "completions bash"),
    ],
)
def test_output_that_nobody_takes_and_a_full_disk(khabar: Cli, line: str) -> None:
    store = Store.open(khabar.store)
    source = store.add_source(Source("https://example.org/feed", "Paper"))
    store.add_items(source, [Item("1", "Title", text="Text", full=True)])
    store.close()
    khabar("lists", "add", "All", "Title")
    gone, pipe = os.pipe()
    os.close(gone)  # as `khabar headlines | head -1` when head was quicker: nothing can be written at all
    full = os.open("/dev/full", os.O_WRONLY)
    for target, status, sentences in ((pipe, 0, 0), (full, 1, 1)):
        done = subprocess.run(
            [*KHABAR, *line.split()],
            stdout=target,
            stderr=subprocess.PIPE,
            env=khabar.env | {"PYTHONUNBUFFERED": "1"},  # it fails in the middle, as longer output does
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        os.close(target)
        assert (done.returncode, done.stderr.count(b"\n")) == (status, sentences), done.stderr
        assert b"Errno" not in done.stderr


def test_an_import_is_done_before_it_is_told(khabar: Cli, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text("https://example.org/feed\n")
    for target, status in (("| :", 0), (">/dev/full", 1)):
        done = khabar.shell(f"PYTHONUNBUFFERED=1 khabar import {tmp_path}/urls {target}")
        assert done.returncode == status and b"urls cannot" not in done.stderr, done.stderr
        assert [record["address"] for record in khabar.records("sources")] == ["https://example.org/feed"]
        khabar("remove", "https://example.org/feed")
