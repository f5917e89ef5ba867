"""Sittings at the kiosk: each reader's own marks, what is left behind, how one ends, several at once."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kiosk.conftest import Host, leave
from tests.support.ptyscreen import PtyScreen
from tui.news.model import Item, Listing, View
from tui.store.readers import ReaderStore
from tui.store.store import Store

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.4])
def test_an_interrupt_while_it_starts_ends_it(host: Host, moment: float) -> None:
    with PtyScreen(host.argv("--reader", "ali"), env={}) as terminal:
        time.sleep(moment)
        terminal.process.write(b"\x03\x1a\x1c\x03")
        time.sleep(0.2)
        terminal.process.write(b"q")
        deadline = time.monotonic() + 20
        while terminal.process.isalive() and time.monotonic() < deadline:
            terminal.read(0.1)
            terminal.process.write(b"q")
        assert not terminal.process.isalive()
        assert ">>>" not in terminal.text


def test_each_reader_has_marks_of_their_own_and_anonymous_ones_leave_none(host: Host) -> None:
    for reader in ("ali", "omar"):
        with host.session("--reader", reader) as terminal:
            terminal.press("j", "s", "enter") if reader == "ali" else terminal.press("s")
            terminal.settle()
            terminal.process.kill(signal.SIGKILL)
    with host.session("--anonymous") as terminal:
        terminal.press("s", "enter", "m")
        terminal.settle()
        assert leave(terminal) == 0
    files = sorted((host.folder / "readers").glob("*.sqlite"))
    assert [path.name for path in files] == ["ali.sqlite", "omar.sqlite"]
    assert not list((host.folder / "readers").glob(".anon*"))
    starred = [
        [
            story.title
            for story in ReaderStore.open_for(path, host.folder / "khabar.sqlite").stories(View(Listing.STARRED))
        ]
        for path in files
    ]
    assert len(starred[0]) == len(starred[1]) == 1 and starred[0] != starred[1]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_what_a_killed_anonymous_session_left_is_swept(host: Host) -> None:
    with host.session("--anonymous") as terminal:
        terminal.process.kill(signal.SIGKILL)
        terminal.wait_exit()
    assert list((host.folder / "readers").glob(".anonymous-*"))
    with host.session("--anonymous") as terminal:
        leave(terminal)
    assert not list((host.folder / "readers").glob(".anonymous-*"))


def test_it_closes_when_nothing_is_pressed(host: Host) -> None:
    with host.session("--idle", "0.07", "--lang", "en") as terminal:
        assert terminal.wait_exit(30) == 0
        assert b"nothing was pressed" in terminal.output
        assert b"\x1b[?1049l" in terminal.output, "the terminal is given back"


def test_without_news_the_reader_is_told(host: Host) -> None:
    (host.folder / "khabar.sqlite").unlink()
    with PtyScreen(host.argv("--lang", "en"), env={}) as terminal:
        assert terminal.wait_exit(30) == 1
        assert re.search("no news here yet", terminal.text)
        assert str(host.folder) not in terminal.text


def test_a_fault_of_ours_tells_the_reader_nothing(host: Host) -> None:
    damaged = host.folder / "khabar.sqlite"
    with damaged.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (damaged.stat().st_size - 4096))
    with PtyScreen(host.argv("--lang", "en"), env={}) as terminal:
        assert terminal.wait_exit(30) == 1
        assert "Traceback" not in terminal.text and str(host.folder) not in terminal.text, terminal.text
        assert "khabar" in terminal.text


def test_new_stories_of_the_host_are_announced(host: Host) -> None:
    with host.session("--lang", "en") as terminal:
        store = Store.open(host.folder / "khabar.sqlite")
        item = Item("later", "Nobody expected this one", "https://paper.example/0/later", datetime.now(UTC))
        store.add_items(store.sources()[0], [item])
        terminal.wait_for("1 new", timeout=40)
        assert "Nobody expected" not in terminal.text, "the list stays as it is"
        terminal.press(".")
        terminal.wait_for("Nobody expected")


def test_two_sessions_and_a_fetch_at_once(host: Host) -> None:
    """What the host writes and readers write never waits for each other longer than a moment."""
    with host.session("--reader", "ali") as one, host.session("--reader", "ali") as two:
        one.press("s")
        two.press("j", "s")
        one.settle()
        two.settle()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--config", str(host.config), "add", f"http://127.0.0.1:{port}/"],
            capture_output=True,
            timeout=60,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == 1, "nobody is there, but the store could be asked"
        assert (leave(one), leave(two)) == (0, 0)
    store = ReaderStore.open_for(host.folder / "readers" / "ali.sqlite", host.folder / "khabar.sqlite")
    assert len(store.stories(View(Listing.STARRED))) == 2
