"""However khabar ends, the terminal is as it was: the real program on real ptys that answer as VTE does."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import scripted
from tests.support.ptyscreen import homes
from tests.support.scripted import ScriptedTerminal, left_on

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-m", "tui", "demo", "--lang", "ar"]
JOINED = re.compile("[\ufe8d-\ufefc]{2}")
# Nothing makes a handler of the real program fail on demand, so that of Ctrl-Z is replaced.
FAULTY = """
import sys
from tui.ui.app import KhabarApp
from tui.cli import run

def action_suspend_process(self):
    raise RuntimeError("on purpose")

KhabarApp.action_suspend_process = action_suspend_process
sys.exit(run(["demo", "--lang", "ar"]))
"""


class Stay:
    """khabar on a pty of its own, in a session of its own."""

    def __init__(self, terminal: ScriptedTerminal, home: Path, argv: list[str]) -> None:
        self.terminal = terminal
        termios.tcsetwinsize(terminal.slave, (24, 80))
        self.mode = termios.tcgetattr(terminal.slave)
        env = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "PS1": "$ ", **homes(home)}
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *argv], stdin=terminal.slave, stdout=terminal.slave, stderr=terminal.slave,
            env=env, cwd=ROOT,
        )  # fmt: skip

    def opened(self) -> None:
        """Wait for headlines; what is switched on then."""
        self.wait(lambda text: JOINED.search(text) is not None, "no headline")
        self.terminal.settle(0.4)
        assert {"alternate screen", "explicit bidi", "cursor hidden", "mouse clicks"} <= left_on(self.terminal.written)

    def wait(self, condition: object, what: str, seen: int = 0, timeout: float = 30.0) -> None:
        assert callable(condition)
        end = time.monotonic() + timeout
        while not condition(self.terminal.written[seen:].decode("utf-8", "replace")):
            assert time.monotonic() < end, f"{what}: {self.terminal.written[-3000:]!r}"
            time.sleep(0.02)

    def assert_left(self) -> None:
        self.terminal.settle(0.15)
        assert left_on(self.terminal.written) == set()
        assert self.terminal.written.rfind(b"\x1b[8h") > self.terminal.written.rfind(b"\x1b[?1049l"), "after the switch"
        assert termios.tcgetattr(self.terminal.slave) == self.mode


@contextlib.contextmanager
def staying(tmp_path: Path, argv: list[str] | None = None) -> Iterator[Stay]:
    with ScriptedTerminal(scripted.VTE) as terminal:
        stay = Stay(terminal, tmp_path, argv or DEMO)
        try:
            yield stay
        finally:
            stay.process.kill()
            stay.process.wait(5)


def test_quitting(tmp_path: Path) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        began = time.monotonic()
        stay.terminal.type("q")
        assert stay.process.wait(10) == 0
        assert time.monotonic() - began < 3
        stay.assert_left()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        began = time.monotonic()
        stay.process.send_signal(number)
        assert stay.process.wait(10) == 128 + number
        assert time.monotonic() - began < 1.5
        stay.assert_left()


def test_a_signal_while_a_dialog_and_a_field_are_open(tmp_path: Path) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        stay.terminal.type("/")
        stay.terminal.settle(0.3)
        stay.terminal.type("\x10")
        stay.terminal.settle(0.3)
        stay.process.send_signal(signal.SIGTERM)
        assert stay.process.wait(10) == 128 + signal.SIGTERM
        stay.assert_left()


def test_an_exception_in_a_handler(tmp_path: Path) -> None:
    with staying(tmp_path, [sys.executable, "-c", FAULTY]) as stay:
        stay.opened()
        stay.terminal.type("\x1a")
        assert stay.process.wait(10) == 1
        stay.assert_left()
        after = stay.terminal.written.rpartition(b"\x1b[?1049l")[2].decode()
        assert "on purpose" in after, "what happened is said on the main screen"


def test_a_connection_that_is_cut(tmp_path: Path) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        terminal = stay.terminal
        terminal._stop.set()
        terminal._thread.join()
        os.close(terminal.slave)
        os.close(terminal.master)
        terminal.master, terminal.slave = os.pipe()  # the context manager closes what it finds
        began = time.monotonic()
        assert stay.process.wait(5) == 128 + signal.SIGHUP
        assert time.monotonic() - began < 2


def _children(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return [int(child) for text in lists for child in text.split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("end", ["SIGHUP", "SIGTERM", "SIGKILL", "the line is cut"])
def test_the_parser_ends_with_its_screen(tmp_path: Path, end: str) -> None:
    with staying(tmp_path) as stay:
        stay.opened()
        terminal, screen = stay.terminal, stay.process.pid
        deadline = time.monotonic() + 20
        while not (children := _children(screen)):
            assert time.monotonic() < deadline, "no parser was started"
            time.sleep(0.05)
        if end == "the line is cut":
            terminal._stop.set()
            terminal._thread.join()
            os.close(terminal.slave)
            os.close(terminal.master)
            terminal.master, terminal.slave = os.pipe()
        else:
            stay.process.send_signal(signal.Signals[end])
        stay.process.wait(5)
        deadline = time.monotonic() + 2
        while any(map(_alive, children)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not [child for child in children if _alive(child)]


def test_ctrl_z_and_fg_in_a_shell(tmp_path: Path) -> None:
    with staying(tmp_path, ["bash", "--norc", "--noprofile", "-i"]) as stay:
        terminal = stay.terminal
        stay.wait(lambda text: text.endswith("$ "), "no prompt")
        terminal.type(" ".join(DEMO) + "\r")
        stay.opened()
        seen = len(terminal.written)
        terminal.type("\x1a")
        stay.wait(lambda text: "Stopped" in text and text.endswith("$ "), "not stopped", seen)
        assert left_on(terminal.written) - {"bracketed paste"} == set(), "bash's own prompt takes pastes"
        seen = len(terminal.written)
        terminal.type("echo here $((6 * 7))\r")
        stay.wait(lambda text: "here 42" in text, "the shell works", seen)
        seen = len(terminal.written)
        terminal.type("fg\r")
        stay.wait(lambda text: JOINED.search(text) is not None, "not shown again", seen)
        terminal.settle(0.3)
        assert {"alternate screen", "explicit bidi", "cursor hidden"} <= left_on(terminal.written)
        seen = len(terminal.written)
        terminal.type("q")
        stay.wait(lambda text: text.endswith("$ "), "no prompt after the end", seen)
        assert left_on(terminal.written) - {"bracketed paste"} == set()
        terminal.type("exit\r")
        assert stay.process.wait(10) == 0
