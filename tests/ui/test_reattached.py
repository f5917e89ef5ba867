"""A real tmux, detached from one kind of terminal and attached to another: the class is asked again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import scripted
from tests.support.scripted import ScriptedTerminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
APP = Path(__file__).with_name("display_app.py")
MARK = "\u200e"
VISUAL = "ﻢﻗﺭ ﺮﺒﺨﻟﺍ"


class Server:
    """A tmux server of its own, and its clients."""

    def __init__(self, folder: Path) -> None:
        self.socket = str(folder / "socket")
        self.env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(folder)}
        self.clients: list[subprocess.Popen[bytes]] = []

    def attach(self, terminal: ScriptedTerminal, *command: str) -> None:
        termios.tcsetwinsize(terminal.slave, (24, 80))
        argv = ["tmux", "-u", "-S", self.socket, "-f", "/dev/null", *command]
        self.clients.append(
            subprocess.Popen(
                argv, stdin=terminal.slave, stdout=terminal.slave, stderr=terminal.slave, env=self.env,
                start_new_session=True,
            )
        )  # fmt: skip

    def run(self, *command: str) -> None:
        subprocess.run(["tmux", "-S", self.socket, *command], check=False, capture_output=True, env=self.env)

    def detach(self) -> None:
        self.run("detach-client", "-a")
        self.run("detach-client")
        self.clients.pop().wait(10)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.run("kill-server")
        for client in server.clients:
            client.wait(10)


def until(condition: Callable[[], bool], what: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what()
        time.sleep(0.05)


def test_another_kind_of_terminal_gets_its_own_order(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        ScriptedTerminal(scripted.VTE, outer=scripted.VTE) as first,
        ScriptedTerminal(scripted.KONSOLE, outer=scripted.KONSOLE) as second,
        serving(tmp_path) as server,
    ):
        server.attach(first, "new-session", f"{sys.executable} {APP} --log {log}")
        until(lambda: VISUAL in first.written.decode("utf-8", "replace"), lambda: first.written[-2000:])
        until(lambda: log.exists() and "explicit" in log.read_text(), lambda: first.written[-2000:])
        server.detach()
        server.attach(second, "attach-session")

        def shown() -> bool:
            second.type("\x1b[B")  # a key: somebody sits there
            time.sleep(0.3)
            return MARK in second.written.decode("utf-8", "replace")

        until(shown, lambda: second.written[-2000:])
        assert MARK not in first.written.decode("utf-8", "replace")
        assert b"\x1b[8l" not in second.written, "Konsole has no such switch"
        assert "[" not in "".join(line for line in log.read_text().splitlines() if not line.startswith("READY"))


def test_a_terminal_that_answers_too_late_is_asked_once_more(tmp_path: Path) -> None:
    """It had just begun to start: what it shows is first a guess, and right from the first key on."""
    log = tmp_path / "log"
    with ScriptedTerminal(scripted.VTE, outer=scripted.VTE, held=True) as terminal, serving(tmp_path) as server:
        server.attach(terminal, "new-session", f"{sys.executable} {APP} --log {log}")
        until(lambda: log.exists() and "READY" in log.read_text(), lambda: terminal.written[-2000:])
        assert b"\x1b[8l" not in terminal.written
        terminal.held = False
        terminal.answer()

        def switched() -> bool:
            terminal.type("\x1b[B")
            time.sleep(0.3)
            return b"\x1b[8l" in terminal.written

        until(switched, lambda: terminal.written[-2000:])
