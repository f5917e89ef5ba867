"""A terminal that takes nothing for a while (Ctrl-S, a hanging connection) stops the drawing and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from tests.screen.test_terminals_left import Stay, staying
from tui.store.store import Store

PAGES = ("\x1b[6~", "\x1b[5~")
COLUMNS, ROWS = 80, 24


def until(condition: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def jam(stay: Stay) -> None:
    """Nobody reads any more, the tty's buffer is full (of NULs, which show nothing), and many frames are wanted."""
    stay.terminal.stall()
    other = os.open(os.ttyname(stay.terminal.slave), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(other, bytes(1024))
    os.close(other)
    for number in range(60):
        stay.terminal.type(PAGES[number % 2])
        time.sleep(0.03)  # both at once would change nothing


def stored(home: Path) -> Store:
    return Store.open(home / "data" / "khabar" / "khabar.sqlite")


def test_fetching_storing_and_keys_go_on_and_the_newest_state_is_shown_at_the_end(tmp_path: Path) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        store = stored(tmp_path)
        try:
            sources = [source.id for source in store.sources()]
            until(lambda: all(store.health(source).tries for source in sources), "the first refresh")
            jam(stay)
            # one paper of the edition never answers, and a wait for such a one is no try
            lasts = {source: store.health(source).last for source in sources}
            answering = [source for source, last in lasts.items() if last and last.outcome in ("fresh", "revalidated")]
            assert len(answering) > 3
            tries = {source: len(store.health(source).tries) for source in answering}
            stay.terminal.type("R")
            until(
                lambda: all(len(store.health(source).tries) > before for source, before in tries.items()),
                "a refresh goes on while the terminal takes nothing",
            )
            assert store.counts().starred == 0
            stay.terminal.type("g")
            stay.terminal.type("s")
            until(lambda: store.counts().starred == 1, "a key is heard and its effect stored")
        finally:
            store.close()
        behind = len(stay.terminal.written)
        stay.terminal.resume()
        stay.wait(lambda text: "★" in text, "the newest state", behind)
        stay.terminal.settle(0.3)
        drawn = stay.terminal.written[behind:].replace(b"\0", b"")
        assert len(drawn) < 30_000, "sixty pages were not queued"
        screen = pyte.Screen(COLUMNS, ROWS)
        text = stay.terminal.written[stay.terminal.written.rindex(b"\x1b[?1049h") :].decode("utf-8", "replace")
        pyte.Stream(screen).feed(re.sub(r"\x1b\[[<=>?]\d*[uq]|\x1b\[\??\d*\$p", "", text))
        assert any("★" in row for row in screen.display[:8]), "\n".join(screen.display)
        stay.terminal.type("q")
        assert stay.process.wait(10) == 0
        stay.assert_left()


def test_a_stalled_terminal_does_not_keep_the_program_from_ending(tmp_path: Path) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        jam(stay)
        began = time.monotonic()
        stay.process.send_signal(signal.SIGHUP)
        assert stay.process.wait(10) == 128 + signal.SIGHUP
        assert time.monotonic() - began < 2
