"""The probe on real ptys, with terminals that answer as the measured ones do."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support import scripted
from tests.support.scripted import ScriptedTerminal
from tui.terminal.probe import QUESTIONS, Probe, identify
from tui.terminal.profile import Multiplexer, TerminalKind, profile_of
from tui.terminal.session import Session

ENV = {"TERM": "xterm-256color"}


@pytest.fixture(autouse=True)
def _no_listener_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A probe that still waits for late replies would read from the next test's terminal, which has the same number."""
    monkeypatch.setattr("tui.terminal.probe.LATE", 0.3)
    yield
    for thread in threading.enumerate():
        if thread.name == "probe":
            thread.join(5.0)


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        (scripted.VTE, TerminalKind.EXPLICIT),
        (scripted.KONSOLE, TerminalKind.RUNS),
        (scripted.KITTY, TerminalKind.LETTERS),
        (scripted.MLTERM, TerminalKind.MLTERM),
        (scripted.PUTTY, TerminalKind.PUTTY),
        (scripted.XTERM, TerminalKind.VISUAL),
        (scripted.ST, TerminalKind.VISUAL),
    ],
)
def test_each_class_is_recognised_in_one_round_trip(replies: dict[str, str], kind: TerminalKind) -> None:
    with ScriptedTerminal(replies) as terminal:
        profile = identify(terminal.slave, terminal.slave, ENV)
        assert profile.kind is kind
        assert not profile.replies_pending
        assert profile.round_trip_ms is not None
        terminal.settle(0.1)
        assert terminal.written.startswith(b"\r" + QUESTIONS.encode())
        assert terminal.written.endswith(b"\r\x1b[K")


def test_work_goes_on_during_the_wait_and_the_time_is_the_terminals() -> None:
    with ScriptedTerminal(scripted.XTERM, delay=0.1) as terminal:
        probe = Probe.start(terminal.slave, terminal.slave, ENV)
        time.sleep(0.5)
        began = time.monotonic()
        answers = probe.finish()
        assert time.monotonic() - began < 0.4
        assert answers.version == "XTerm(379)"
        assert answers.round_trip_ms is not None
        assert 90 < answers.round_trip_ms < 480, "not the half second of the work"


def _restored(terminal: ScriptedTerminal, before: list[object], within: float) -> bool:
    end = time.monotonic() + within
    while termios.tcgetattr(terminal.slave) != before and time.monotonic() < end:
        time.sleep(0.01)
    return termios.tcgetattr(terminal.slave) == before


@pytest.mark.parametrize("replies", [scripted.SILENT, scripted.XTERM])
def test_input_mode_is_restored(replies: dict[str, str]) -> None:
    with ScriptedTerminal(replies) as terminal:
        before = termios.tcgetattr(terminal.slave)
        identify(terminal.slave, terminal.slave, ENV, timeout=0.2)
        assert _restored(terminal, before, 0.0 if replies else 2.0)


def test_input_mode_is_restored_when_nobody_asks_for_the_answers() -> None:
    with ScriptedTerminal(scripted.XTERM) as terminal:
        before = termios.tcgetattr(terminal.slave)
        with Probe.start(terminal.slave, terminal.slave, ENV):
            assert termios.tcgetattr(terminal.slave) != before
        assert termios.tcgetattr(terminal.slave) == before


def test_a_silent_terminal_costs_the_timeout_and_is_visual() -> None:
    with ScriptedTerminal(scripted.SILENT) as terminal:
        began = time.monotonic()
        profile = identify(terminal.slave, terminal.slave, ENV, timeout=0.3)
        assert 0.25 < time.monotonic() - began < 1.0
        assert profile.kind is TerminalKind.VISUAL
        assert profile.replies_pending


def test_what_was_typed_meanwhile_is_kept() -> None:
    with ScriptedTerminal(scripted.VTE, delay=0.2) as terminal:
        probe = Probe.start(terminal.slave, terminal.slave, ENV)
        terminal.type("jj\r")
        assert probe.finish().typed == "jj\r"


def test_it_never_waits_for_what_another_reader_of_the_terminal_took(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedTerminal(scripted.XTERM, held=True) as terminal:
        monkeypatch.setattr("tui.terminal.probe.select.select", lambda *_: ([terminal.slave], [], []))
        began = time.monotonic()
        assert identify(terminal.slave, terminal.slave, ENV, timeout=30.0).replies_pending
        assert time.monotonic() - began < 15.0


def test_a_late_reply_in_part_is_left_for_the_filter() -> None:
    with ScriptedTerminal({scripted.DA1: "\x1b[?6"}) as terminal:
        profile = identify(terminal.slave, terminal.slave, ENV, timeout=0.3)
        assert profile.replies_pending
        assert profile.typed == "\x1b[?6"


@pytest.mark.parametrize("pieces", [1, 5])
def test_late_replies_are_not_echoed_and_not_left_for_the_shell(pieces: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is up, the program prints, and only then the terminal answers."""
    monkeypatch.setattr("tui.terminal.probe.LATE", 10.0)
    with ScriptedTerminal(scripted.XTERM, held=True) as terminal:
        before = termios.tcgetattr(terminal.slave)
        assert identify(terminal.slave, terminal.slave, ENV, timeout=0.1).replies_pending
        os.write(terminal.slave, b"a line\n")
        for _ in range(pieces - 1):
            terminal.answer(3)
            time.sleep(0.02)
        terminal.answer()
        assert _restored(terminal, before, 5.0), "given back as soon as the last reply is there"
        terminal.settle(0.1)
        assert terminal.written.endswith(b"\r\x1b[Ka line\r\n"), "nothing was echoed"
        assert not select.select([terminal.slave], [], [], 0)[0], "nothing waits to be read"


def test_a_program_that_ends_before_the_replies_come_waits_for_them() -> None:
    code = (
        "import sys\n"
        "from tui.terminal import probe\n"
        "probe.LATE = 10.0\n"
        "probe.identify(0, 1, {'TERM': 'xterm'}, timeout=0.05)\n"
        "print('table', flush=True)\n"
    )
    with ScriptedTerminal(scripted.XTERM, held=True) as terminal:
        before = termios.tcgetattr(terminal.slave)
        child = subprocess.Popen([sys.executable, "-c", code], stdin=terminal.slave, stdout=terminal.slave)
        assert terminal.wait_for(b"table")
        terminal.answer()
        assert child.wait(5) == 0
        terminal.settle(0.1)
        assert terminal.written.endswith(b"table\r\n")
        assert not select.select([terminal.slave], [], [], 0)[0]
        assert termios.tcgetattr(terminal.slave) == before


def test_the_input_of_a_screen_is_unechoed_until_the_screen_takes_it() -> None:
    with ScriptedTerminal(scripted.XTERM) as terminal:
        before = termios.tcgetattr(terminal.slave)
        with Probe.start(terminal.slave, terminal.slave, ENV) as probe:
            session = Session(profile_of(probe.finish(), ENV), terminal.slave, terminal.slave)
            session.follow(probe.release)
            terminal.type("jj")
            terminal.settle(0.1)
            session.begin()
            assert termios.tcgetattr(terminal.slave) == before
            assert b"jj" not in terminal.written
            session.end()


def test_no_terminal_is_never_asked_and_never_waited_for() -> None:
    began = time.monotonic()
    read_end, write_end = os.pipe()
    try:
        assert identify(read_end, write_end, ENV, timeout=30.0).kind is TerminalKind.VISUAL
    finally:
        os.close(read_end)
        os.close(write_end)
    assert time.monotonic() - began < 15.0


@pytest.mark.parametrize("term", ["dumb", "linux", ""])
def test_consoles_that_print_questions_are_not_asked(term: str) -> None:
    with ScriptedTerminal(scripted.XTERM) as terminal:
        identify(terminal.slave, terminal.slave, {"TERM": term})
        terminal.settle(0.1)
        assert terminal.written == b""


def test_a_background_process_is_not_stopped() -> None:
    """In a session whose foreground is another process group, asking would stop us (SIGTTOU)."""
    code = (
        "import os, signal, time\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    os.setpgid(0, 0)\n"
        "    from tui.terminal.probe import identify\n"
        "    os.environ['TERM'] = 'xterm'\n"
        "    identify(0, 1)\n"
        "    os._exit(7)\n"
        "_, status = os.waitpid(child, os.WUNTRACED)\n"
        "print('EXITED' if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7 else 'STOPPED')\n"
    )
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", code])  # pragma: no cover
    output = b""
    try:
        while chunk := os.read(fd, 4096):
            output += chunk
    except OSError:
        pass
    os.close(fd)
    os.waitpid(pid, 0)
    assert b"EXITED" in output


def test_tmux_on_another_machine_is_asked_through() -> None:
    with ScriptedTerminal(scripted.TMUX, outer=scripted.VTE) as terminal:
        profile = identify(terminal.slave, terminal.slave, ENV)
        assert (profile.kind, profile.multiplexer) == (TerminalKind.EXPLICIT, Multiplexer.TMUX_PASSTHROUGH)


def test_tmux_that_passes_nothing_on_is_given_up_soon() -> None:
    with ScriptedTerminal(scripted.TMUX) as terminal:
        began = time.monotonic()
        profile = identify(terminal.slave, terminal.slave, ENV)
        assert time.monotonic() - began < 1.5
        assert (profile.kind, profile.multiplexer) == (TerminalKind.VISUAL, Multiplexer.TMUX)
        assert profile.replies_pending


def test_screen_is_recognised() -> None:
    with ScriptedTerminal(scripted.SCREEN) as terminal:
        profile = identify(terminal.slave, terminal.slave, {"TERM": "screen", "VTE_VERSION": "7006"})
        assert (profile.kind, profile.multiplexer) == (TerminalKind.RUNS, Multiplexer.SCREEN)
        assert not profile.erase_keeps_background


def test_a_terminal_started_from_inside_tmux_is_not_tmux() -> None:
    with ScriptedTerminal(scripted.XTERM) as terminal:
        assert identify(terminal.slave, terminal.slave, {**ENV, "TMUX": "/x,1,0"}).multiplexer is Multiplexer.NONE


def test_killed_while_asking_the_terminal_is_as_it_was() -> None:
    code = (
        "import time\n"
        "from tui.terminal.probe import Probe\n"
        "probe = Probe.start(0, 1, {'TERM': 'xterm'})\n"
        "time.sleep(30)\n"
    )
    with ScriptedTerminal(scripted.SILENT) as terminal:
        before = termios.tcgetattr(terminal.slave)
        child = subprocess.Popen([sys.executable, "-c", code], stdin=terminal.slave, stdout=terminal.slave)
        assert terminal.wait_for(b"\x1b[c")
        assert termios.tcgetattr(terminal.slave) != before
        child.terminate()
        assert child.wait(5) == 128 + 15
        assert termios.tcgetattr(terminal.slave) == before


def test_a_program_that_reads_a_pipe_asks_its_controlling_terminal() -> None:
    code = (
        "import os, sys\n"
        "os.close(os.open(os.ttyname(1), os.O_RDWR))\n"
        "from tui.terminal.probe import identify\n"
        "profile = identify(env={'TERM': 'xterm'})\n"
        "assert sys.stdin.read() == 'text'\n"
        "sys.exit(0 if profile.name == 'VTE' else 9)\n"
    )
    with ScriptedTerminal(scripted.VTE) as terminal:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=b"text",
            stdout=terminal.slave,
            stderr=terminal.slave,
            start_new_session=True,
            check=False,
        )
        assert done.returncode == 0, terminal.written


@pytest.mark.parametrize(
    ("env", "asked"),
    [
        ({"LANG": "C"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "en_US.ISO-8859-1"}, True),
        ({"LANG": "ar_MA.utf8"}, False),
        ({"LC_ALL": "", "LANG": "C.UTF-8"}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize(("column", "utf8"), [(2, True), (3, False)])
def test_where_text_may_not_be_utf8_the_terminal_is_asked(
    env: dict[str, str], asked: bool, column: int, utf8: bool
) -> None:
    replies = {scripted.CURSOR: f"\x1b[1;{column}R", **scripted.XTERM}
    with ScriptedTerminal(replies) as terminal, Probe.start(terminal.slave, terminal.slave, ENV | env) as probe:
        assert probe.finish().utf8 is (utf8 or not asked)
        assert probe.finish().typed == ""
        assert (b"\xc2\xa0\x1b[6n" in terminal.written) is asked
