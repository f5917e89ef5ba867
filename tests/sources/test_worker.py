"""The parser process: real processes, killed for real."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tui.sources import landlock
from tui.sources.worker import ParserFailed, Worker

FEED = "<rss version='2.0'><channel><title>جريدة</title><item><title>خبر {}</title></item></channel></rss>"
URL = "https://paper.example/feed"
POISON = ("<html><body><p " + " ".join(f'a{i}=">"' for i in range(120_000)) + ">x").encode()
"""Quadratic in the HTML parser, and built to pass the check that catches the plain form."""


@pytest_asyncio.fixture
async def worker() -> AsyncIterator[Worker]:
    made = Worker(seconds=1.5)
    yield made
    await made.aclose()


def feed(number: int) -> bytes:
    return FEED.format(number).encode()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


async def test_documents_come_back_in_their_order(worker: Worker) -> None:
    documents = await asyncio.gather(*(worker.parse(feed(i), url=URL) for i in range(20)))
    assert [document.items[0].title for document in documents] == [f"خبر {i}" for i in range(20)]


async def test_no_label_of_an_encoding_costs_a_document(worker: Worker) -> None:
    """A codec is a module: what was not loaded before the process gave up its files cannot be loaded in it."""
    labels = (
        "macintosh",
        "mac-arabic",
        "cp864",
        "windows-1253",
        "iso-8859-16",
        "utf-32",
        "utf-7",
        "utf-8-sig",
        "zlib_codec",
    )
    for label in labels:
        body = f'<?xml version="1.0" encoding="{label}"?>'.encode() + feed(1)
        assert (await worker.parse(body, url=URL)).items[0].title == "خبر 1", label
    plain = b"<rss><channel><item><title>News</title></item></channel></rss>"
    for label in labels:
        body = f'<?xml version="1.0" encoding="{label}"?>'.encode() + plain
        assert (await worker.parse(body, url=URL)).items[0].title == "News", label


async def test_a_poisoned_document_costs_itself_only(worker: Worker) -> None:
    await worker.parse(feed(0), url=URL)
    first = worker.pid
    results = await asyncio.gather(
        worker.parse(feed(1), url=URL),
        worker.parse(POISON, url=URL),
        worker.parse(feed(2), url=URL),
        return_exceptions=True,
    )
    assert isinstance(results[1], ParserFailed)
    assert "1.5 seconds" in results[1].sentence
    assert [getattr(results[i], "items")[0].title for i in (0, 2)] == ["خبر 1", "خبر 2"]  # noqa: B009
    assert first is not None
    assert not alive(first)


async def test_a_child_that_was_killed_is_replaced(worker: Worker) -> None:
    await worker.parse(feed(0), url=URL)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    await asyncio.sleep(0.3)
    assert (await worker.parse(feed(1), url=URL)).items[0].title == "خبر 1"


async def test_closing_ends_the_child_and_what_waits(worker: Worker) -> None:
    await worker.parse(feed(0), url=URL)
    pid = worker.pid
    waiting = asyncio.create_task(worker.parse(POISON, url=URL))
    await asyncio.sleep(0.1)
    await worker.aclose()
    with pytest.raises(ParserFailed, match="closing"):
        await waiting
    assert pid is not None
    assert not alive(pid)


async def test_closing_at_once_after_starting() -> None:
    worker = Worker()
    worker.start()
    await worker.aclose()


async def test_a_caller_that_gives_up_leaves_the_others_alone(worker: Worker) -> None:
    given_up = asyncio.create_task(worker.parse(feed(0), url=URL))
    await asyncio.sleep(0)
    other = asyncio.create_task(worker.parse(feed(1), url=URL))
    await asyncio.sleep(0)
    given_up.cancel()
    assert (await other).items[0].title == "خبر 1"


def test_the_host_imports_no_parser() -> None:
    heavy = "('feedparser', 'selectolax', 'xml.sax', 'httpx')"
    code = f"import sys, tui.sources.worker; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_the_child_ends_with_its_parent_however_that_ends() -> None:
    code = textwrap.dedent(
        """
        import asyncio
        from tui.sources.worker import Worker
        async def main():
            worker = Worker()
            await worker.parse(b"<rss><channel><title>x</title></channel></rss>", url="https://paper.example/")
            print(worker.pid, flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)


def test_the_child_can_open_nothing() -> None:
    code = textwrap.dedent(
        """
        import socket
        from tui.sources import worker_process
        worker_process.warm_up()
        worker_process.confine()
        for attempt in (lambda: open("/etc/hostname"), lambda: socket.socket(), lambda: __import__("os").fork()):
            try:
                attempt()
                print("opened")
            except OSError:
                print("refused")
        """
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused = result.stdout.split()
    assert refused[:2] == ["refused", "refused"]
    assert refused[2] == "refused" or os.geteuid() == 0  # the limit on processes does not bind root


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_the_child_can_touch_no_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("x")
    code = textwrap.dedent(
        f"""
        import os
        from tui.sources import worker_process
        worker_process.confine()
        victim = {str(victim)!r}
        for attempt in (
            lambda: os.unlink(victim), lambda: os.rename(victim, victim + "2"), lambda: os.truncate(victim, 0),
            lambda: os.mkdir(victim + "3"), lambda: os.symlink("/", victim + "4"), lambda: os.listdir("/"),
            lambda: os.kill({os.getpid()}, 0), lambda: os.execv("/bin/true", ["true"]),
        ):
            try:
                attempt()
                os.write(1, b"done ")
            except OSError:
                os.write(1, b"refused ")
        """
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    done = result.stdout.split()
    assert done[:2] == ["refused", "refused"]
    assert done[3:6] == ["refused"] * 3
    assert landlock.version() < 3 or done[2] == "refused"
    assert landlock.version() < 6 or done[6] == "refused"
    assert done[7:] == ["refused"]
    assert victim.read_text() == "x"
    assert list(tmp_path.iterdir()) == [victim]
