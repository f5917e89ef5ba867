"""The whole way, on real ptys: what the terminal is told, and how it is left."""

from __future__ import annotations

import base64
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
from tests.support.emulator import Emulator
from tests.support.scripted import ScriptedTerminal

APP = Path(__file__).with_name("display_app.py")
ENV = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}


class Running:
    """The program, its terminal, and its log."""

    def __init__(self, terminal: ScriptedTerminal, log: Path, *arguments: str) -> None:
        self.terminal, self.log = terminal, log
        log.unlink(missing_ok=True)  # an earlier program's would say that this one is ready
        termios.tcsetwinsize(terminal.slave, (24, 80))
        self.before = termios.tcgetattr(terminal.slave)
        self.process = subprocess.Popen(
            [sys.executable, str(APP), "--log", str(log), *arguments],
            stdin=terminal.slave,
            stdout=terminal.slave,
            stderr=terminal.slave,
            env=ENV,
            start_new_session=True,
        )

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def ready(self) -> str:
        """Wait for the first frame; the class of terminal that the program sees."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for line in self.lines():
                if line.startswith("READY "):
                    self.terminal.settle(0.3)
                    return line.split()[1]
            time.sleep(0.02)
        raise AssertionError(f"no screen: {self.terminal.written[-2000:]!r}")

    def keys(self) -> list[str]:
        return [line for line in self.lines() if not line.startswith("READY ")]


@contextlib.contextmanager
def running(tmp_path: Path, terminal: ScriptedTerminal, *arguments: str) -> Iterator[Running]:
    with terminal:
        program = Running(terminal, tmp_path / "log", *arguments)
        try:
            yield program
        finally:
            program.process.kill()
            program.process.wait(5)


def _assert_left(program: Running, *, restored: bytes = b"\x1b[8h") -> None:
    """Implicit mode on, alternate screen left, cursor shown, no reports, the line's mode as it was."""
    program.terminal.settle(0.1)
    after = program.terminal.written
    opened, closed = after.rfind(b"\x1b[?1049h"), after.rfind(b"\x1b[?1049l")
    assert closed > opened
    assert after.rfind(restored) > closed
    assert after.rfind(b"\x1b[?25h") > after.rfind(b"\x1b[?25l")
    for mode in (b"1000", b"1003", b"1006", b"2004", b"1004"):
        assert after.rfind(b"\x1b[?" + mode + b"l") > after.rfind(b"\x1b[?" + mode + b"h"), mode
    assert termios.tcgetattr(program.terminal.slave) == program.before


def test_explicit_mode_is_on_before_the_alternate_screen_and_off_after_it(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.VTE)) as program:
        assert program.ready() == "explicit"
        written = program.terminal.written
        assert written.index(b"\x1b[8l") < written.index(b"\x1b[?1049h")
        assert "ﺍﻟﺨﺒﺮ"[::-1] in written.decode()
        program.terminal.type("\x11")
        assert program.process.wait(5) == 0
        _assert_left(program)


def test_a_crash_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.VTE)) as program:
        program.ready()
        program.terminal.type("\x1bOQ")
        assert program.process.wait(10) == 1
        _assert_left(program)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.VTE)) as program:
        program.ready()
        began = time.monotonic()
        program.process.send_signal(number)
        assert program.process.wait(5) == 128 + number
        assert time.monotonic() - began < 4
        _assert_left(program)


def test_suspension_gives_the_terminal_back_and_takes_it_again(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.VTE)) as program:
        program.ready()
        program.process.send_signal(signal.SIGTSTP)
        _, status = os.waitpid(program.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        _assert_left(program)
        seen = len(program.terminal.written)
        program.process.send_signal(signal.SIGCONT)
        program.terminal.settle(0.5)
        again = program.terminal.written[seen:]
        assert again.index(b"\x1b[8l") < again.index(b"\x1b[?1049h")
        assert "ﺍﻟﺨﺒﺮ"[::-1] in again.decode()


def test_a_terminal_that_goes_away_ends_the_program(tmp_path: Path) -> None:
    terminal = ScriptedTerminal(scripted.VTE)
    with running(tmp_path, terminal) as program:
        program.ready()
        terminal._stop.set()
        terminal._thread.join()
        began = time.monotonic()
        os.close(terminal.slave)
        os.close(terminal.master)
        assert program.process.wait(5) == 128 + signal.SIGHUP
        assert time.monotonic() - began < 4
        terminal.master, terminal.slave = os.pipe()  # the context manager closes what it finds


@pytest.mark.parametrize("piece", [None, 7, 1])
def test_replies_that_come_late_or_in_pieces_are_no_key_presses(tmp_path: Path, piece: int | None) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.KITTY, held=True), "--timeout", "0.2") as program:
        assert program.ready() == "visual"
        program.terminal.type("j")
        while program.terminal.holding:
            program.terminal.answer(piece)
            time.sleep(0.004)
        program.terminal.type("\x1b")
        end = time.monotonic() + 10
        while program.keys()[-1:] != ["escape"] and time.monotonic() < end:
            time.sleep(0.02)
        assert program.keys() == ["j", "escape"]
        assert b"^[" not in program.terminal.written, "and none was echoed"


def test_what_is_typed_during_the_probe_arrives(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.XTERM, delay=0.5)) as program:
        assert program.terminal.wait_for(b"\x1b[c")
        program.terminal.type("jk")
        assert program.ready() == "visual"
        time.sleep(0.3)
        assert program.keys() == ["j", "k"]


def test_rows_for_a_terminal_that_reorders_carry_marks(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.KONSOLE)) as program:
        assert program.ready() == "runs"
        assert "\u200eﺍﻟﺨﺒﺮ ﺭﻗﻢ\u200e" in program.terminal.written.decode()
        assert b"\x1b[8l" not in program.terminal.written


def test_the_mode_can_be_changed_while_it_runs(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.VTE)) as program:
        program.ready()
        seen = len(program.terminal.written)
        program.terminal.type("\x1bOR")
        program.terminal.settle(0.4)
        after = program.terminal.written[seen:].decode()
        assert after.index("\x1b[8h\x1b[2J") < after.index("\u200eﺍﻟﺨﺒﺮ ﺭﻗﻢ\u200e")
        seen = len(program.terminal.written)
        program.terminal.type("\x1bOR")
        program.terminal.settle(0.4)
        after = program.terminal.written[seen:].decode()
        assert after.index("\x1b[8l\x1b[2J") < after.index("ﺍﻟﺨﺒﺮ"[::-1])


def test_a_cursor_move_sends_little_and_plain_output_sends_much(tmp_path: Path) -> None:
    sent = {}
    for arguments in ((), ("--plain",)):
        log = tmp_path / f"log{len(arguments)}"
        with ScriptedTerminal(scripted.XTERM) as terminal:
            program = Running(terminal, log, *arguments)
            program.ready()
            terminal.type("\x1b[B")
            terminal.settle(0.3)
            seen = len(terminal.written)
            terminal.type("\x1b[B")
            terminal.settle(0.3)
            sent[arguments] = len(terminal.written) - seen
            program.process.kill()
            program.process.wait(5)
    assert 0 < sent[()] < 600
    assert sent["--plain",] > 4 * sent[()]


def test_copied_text_is_logical(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.XTERM)) as program:
        program.ready()
        program.terminal.type("\x1bOS")
        wanted = base64.b64encode("نسخة: copy".encode())
        assert program.terminal.wait_for(b"\x1b]52;c;" + wanted + b"\x07", 5)


def test_after_a_resize_everything_is_shown_again(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedTerminal(scripted.XTERM)) as program:
        program.ready()
        for columns, rows in ((100, 30), (80, 24)):
            seen = len(program.terminal.written)
            termios.tcsetwinsize(program.terminal.slave, (rows, columns))
            program.process.send_signal(signal.SIGWINCH)
            program.terminal.settle(0.5)
            fresh = Emulator(columns, rows)
            fresh.feed(program.terminal.written[seen:].decode())
            text = "\n".join(fresh.text)
            assert "".join(reversed("ﺍﻟﺨﺒﺮ")) in fresh.text[2]
            assert "crash" in text
            assert all(row.strip() for row in fresh.text[: rows - 6])


def _colours(written: bytes) -> set[tuple[int, ...]]:
    return {tuple(map(int, found)) for found in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", written)}


@pytest.mark.parametrize("arguments", [(), ("--plain",)], ids=["frugal", "plain"])
def test_colours_are_those_that_the_terminal_answered(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """TERM=xterm and nothing else, as over SSH: the environment alone would mean sixteen colours."""
    monkeypatch.setitem(ENV, "TERM", "xterm")
    monkeypatch.delitem(ENV, "COLORTERM")
    with running(tmp_path, ScriptedTerminal(scripted.XTERM), *arguments) as program:
        program.ready()
        assert any(len(set(colour)) > 1 for colour in _colours(program.terminal.written))
    with running(tmp_path, ScriptedTerminal(scripted.PUTTY), *arguments) as program:
        program.ready()
        assert not _colours(program.terminal.written)
        assert re.search(rb"\x1b\[[0-9;]*[349][0-7]", program.terminal.written)


def test_no_color_leaves_greys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENV, "NO_COLOR", "1")
    with running(tmp_path, ScriptedTerminal(scripted.XTERM)) as program:
        program.ready()
        assert {len(set(colour)) for colour in _colours(program.terminal.written)} <= {1}
