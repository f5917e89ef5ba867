"""What terminals are told before the first frame and after the last, on every way out."""

from __future__ import annotations

import signal
import subprocess
import sys
import termios
from dataclasses import replace

import pytest

from tests.support import scripted
from tests.support.scripted import ScriptedTerminal
from tui.terminal.profile import Multiplexer, Profile, TerminalKind
from tui.terminal.session import Session, switches

EXPLICIT = Profile(kind=TerminalKind.EXPLICIT)
MLTERM = Profile(kind=TerminalKind.MLTERM)
VISUAL = Profile()
IN_TMUX = replace(EXPLICIT, multiplexer=Multiplexer.TMUX_PASSTHROUGH)


def test_vte_is_told_before_the_alternate_screen_and_after_it() -> None:
    """VTE keeps the mode with each row: inside the alternate screen the switch would change nothing."""
    session = Session(EXPLICIT)
    steps = [session.begin(), session.opened(), session.closing(), session.end()]
    assert steps[0].endswith("\x1b[8l")
    assert steps[1] == ""
    assert "\x1b[8" not in steps[2]
    assert steps[3] == "\x1b[8h"


def test_mlterm_has_a_switch_of_its_own() -> None:
    assert switches(MLTERM).before_alternate == "\x1b]5379;use_ctl=false\x07"
    assert switches(MLTERM).after_main == "\x1b]5379;use_ctl=true\x07"


def test_inside_tmux_the_rows_are_cleared_after_each_switch() -> None:
    wanted = switches(IN_TMUX)
    assert wanted.after_alternate == "\x1bPtmux;\x1b\x1b[8l\x1b\\\x1b[2J"
    assert wanted.before_main == "\x1bPtmux;\x1b\x1b[8h\x1b\\\x1b[2J"
    assert wanted.before_alternate == wanted.after_main == ""


def test_a_visual_terminal_is_told_nothing() -> None:
    assert switches(VISUAL) == switches(replace(VISUAL, kind=TerminalKind.RUNS))
    session = Session(VISUAL)
    session.closing()
    assert session.begin() + session.opened() + session.end() == ""


def test_change_of_class_while_the_screen_is_open() -> None:
    session = Session(EXPLICIT)
    session.begin()
    session.opened()
    assert session.change(VISUAL) == "\x1b[8h\x1b[2J"
    assert session.change(VISUAL) == ""
    assert session.change(MLTERM) == "\x1b]5379;use_ctl=false\x07\x1b[2J"
    assert session.end() == "\x1b]5379;use_ctl=true\x07"


SCRIPT = """
import os, signal, sys, time
from tui.terminal.profile import Profile, TerminalKind
from tui.terminal.session import Session
import termios
session = Session(Profile(kind=TerminalKind.EXPLICIT), fd_out=1)
os.write(1, session.begin().encode())
os.write(1, b"\\x1b[?1049h" + session.opened().encode())
mode = termios.tcgetattr(0); mode[3] &= ~termios.ECHO; termios.tcsetattr(0, termios.TCSANOW, mode)
os.write(1, b"READY")
{end}
"""
ENDS = {
    "exception": ("raise RuntimeError", None, 1),
    "exit": ("sys.exit(3)", None, 3),
    "SIGTERM": ("time.sleep(30)", signal.SIGTERM, 128 + 15),
    "SIGHUP": ("time.sleep(30)", signal.SIGHUP, 128 + 1),
    "interrupt": ("time.sleep(30)", signal.SIGINT, None),
}


@pytest.mark.parametrize("end", ENDS)
def test_the_terminal_is_as_it_was_after(end: str) -> None:
    code, number, status = ENDS[end]
    with ScriptedTerminal(scripted.VTE) as terminal:
        before = termios.tcgetattr(terminal.slave)
        child = subprocess.Popen(
            [sys.executable, "-c", SCRIPT.format(end=code)],
            stdin=terminal.slave,
            stdout=terminal.slave,
            stderr=subprocess.DEVNULL,
        )
        assert terminal.wait_for(b"READY")
        if number is not None:
            child.send_signal(number)
        result = child.wait(5)
        assert status is None or result == status
        terminal.settle(0.1)
        after = terminal.written.partition(b"READY")[2]
        assert after.endswith(b"\x1b[?1049l\x1b[?25h\x1b[8h")
        for mode in (b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[<u", b"\x1b[?7h"):
            assert mode in after
        assert termios.tcgetattr(terminal.slave) == before


def test_ended_in_order_nothing_is_written_twice() -> None:
    end = 'os.write(1, session.closing().encode() + b"\\x1b[?1049l" + session.end().encode())'
    with ScriptedTerminal(scripted.VTE) as terminal:
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(end=end)], stdin=terminal.slave, stdout=terminal.slave, check=True
        )
        terminal.settle(0.1)
        assert terminal.written.count(b"\x1b[8h") == 1
        assert terminal.written.count(b"\x1b[?1049l") == 1


def test_a_terminal_that_does_not_read_does_not_keep_us() -> None:
    """The pty's buffer is full and nobody empties it: the program ends all the same."""
    import os
    import pty
    import time

    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(end="print('.' * 200, end='', flush=True); time.sleep(30)")],
        stdin=slave,
        stdout=slave,
    )
    assert b"READY" in _read_until(master, b"READY")
    os.set_blocking(slave, False)
    try:
        while True:
            os.write(slave, b"x" * 1024)
    except BlockingIOError:
        pass
    began = time.monotonic()
    child.terminate()
    assert child.wait(5) == 128 + 15
    assert time.monotonic() - began < 2
    os.close(master)
    os.close(slave)


def _read_until(fd: int, what: bytes) -> bytes:
    import os

    seen = b""
    while what not in seen:
        seen += os.read(fd, 4096)
    return seen


def test_for_lines_on_the_main_screen() -> None:
    import os

    read_end, write_end = os.pipe()
    with Session(EXPLICIT, fd_out=write_end, fd_in=read_end):
        os.write(write_end, b"text")
    os.close(write_end)
    assert os.read(read_end, 100) == b"\x1b[8ltext\x1b[8h"
    os.close(read_end)
