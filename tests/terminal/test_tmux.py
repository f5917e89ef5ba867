"""Through a real tmux: the terminal that it runs in is asked, told and left as it was."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import scripted
from tests.support.scripted import ScriptedTerminal
from tui.terminal.tmux import wrap

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PROGRAM = """
import json, os, sys, subprocess
from tui.terminal.probe import identify
from tui.terminal import restore
profile = identify()
def option():
    return subprocess.run(["tmux", "show", "-Apv", "allow-passthrough"], capture_output=True, text=True).stdout.strip()
during = option()
restore.undo_all()
with open(sys.argv[1] + ".part", "w") as out:
    json.dump([str(profile.kind), str(profile.multiplexer), profile.order, during, option()], out)
os.rename(sys.argv[1] + ".part", sys.argv[1])
"""


@contextlib.contextmanager
def _tmux(tmp_path: Path, replies: dict[str, str], config: str, env: dict[str, str]) -> Iterator[list[str]]:
    """A tmux client on a scripted terminal, and in its pane the program; what the program found."""
    script, result, options = tmp_path / "program.py", tmp_path / "result", tmp_path / "tmux.conf"
    script.write_text(PROGRAM)
    options.write_text(config)
    socket = str(tmp_path / "socket")
    with ScriptedTerminal(replies, outer=replies) as terminal:
        termios.tcsetwinsize(terminal.slave, (24, 80))
        command = f"{sys.executable} {script} {result}; sleep 30"
        client = subprocess.Popen(
            ["tmux", "-S", socket, "-f", str(options), "new-session", command],
            stdin=terminal.slave,
            stdout=terminal.slave,
            stderr=terminal.slave,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(tmp_path), **env},
            start_new_session=True,
        )
        try:
            end = time.monotonic() + 20
            while not result.exists():
                assert time.monotonic() < end, terminal.written[-2000:]
                time.sleep(0.05)
            yield json.loads(result.read_text())
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, capture_output=True)
            client.wait(10)


def test_passthrough_is_allowed_for_our_pane_and_forbidden_again(tmp_path: Path) -> None:
    with _tmux(tmp_path, scripted.VTE, "", {}) as (kind, multiplexer, order, during, after):
        assert (kind, multiplexer, order) == ("explicit", "tmux with passthrough", "visual")
        assert (during, after) == ("on", "off")


def test_passthrough_that_was_on_stays_on(tmp_path: Path) -> None:
    config = "set -g allow-passthrough on\n"
    with _tmux(tmp_path, scripted.KONSOLE, config, {}) as (kind, _, order, during, after):
        assert (kind, order) == ("runs", "runs")
        assert (during, after) == ("on", "on")


def test_an_outer_terminal_that_does_not_answer_is_told_by_tmux(tmp_path: Path) -> None:
    with _tmux(tmp_path, scripted.SILENT, "", {"VTE_VERSION": "7006"}) as (kind, multiplexer, *_):
        assert (kind, multiplexer) == ("runs", "tmux")


def test_wrapping_doubles_every_escape() -> None:
    assert wrap("\x1b[8l\x1b\\") == "\x1bPtmux;\x1b\x1b[8l\x1b\x1b\\\x1b\\"
