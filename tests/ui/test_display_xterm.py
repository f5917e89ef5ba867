"""A real terminal shows the text right: xterm on a virtual display, its cells read back.

xterm puts every cell where it is told and reorders nothing, and it can print its screen as text (ECMA-48 media copy,
`CSI i`, to the command in `printerCommand`).  So what it prints is what its cells hold, in the order they are seen in:
no recognition of characters, no comparison of pixels, no word of ours in between.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.bidi.layout import display

APP = Path(__file__).with_name("display_app.py")
needs_xterm = pytest.mark.skipif(
    shutil.which("xterm") is None or shutil.which("Xvfb") is None, reason="xterm and Xvfb are not installed"
)


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """A virtual X display of its own number."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def _wait(condition: Callable[[], bool], what: str, timeout: float = 20.0) -> None:
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.05)


class XTerm:
    """The program in an xterm of 80 x 24."""

    def __init__(self, display_name: str, path: Path, *arguments: str) -> None:
        self.log, self._printed = path / "log", path / "printed"
        command = [sys.executable, str(APP), "--log", str(self.log), *arguments]
        resources = [f"XTerm*printerCommand: cat > {self._printed}", "XTerm*printAttributes: 0"]
        options = [option for resource in resources for option in ("-xrm", resource)]
        self.process = subprocess.Popen(
            ["xterm", "-u8", "-geometry", "80x24", *options, "-e", *command],
            env={**os.environ, "DISPLAY": display_name, "LANG": "C.UTF-8"},
            stderr=subprocess.DEVNULL,
        )
        _wait(lambda: self.log.exists() and "READY" in self.log.read_text(), "the first frame")
        self.kind, self.tty = self.log.read_text().split()[1:3]

    def rows(self) -> list[str]:
        """What the cells hold, row by row, when two looks in succession show the same."""
        rows, before = self._look(), [""]
        while rows != before:
            time.sleep(0.5)
            rows, before = self._look(), rows
        return rows

    def _look(self) -> list[str]:
        self._printed.unlink(missing_ok=True)
        with Path(self.tty).open("wb", buffering=0) as tty:
            tty.write(b"\x1b[i")
        _wait(lambda: self._printed.exists() and self._printed.stat().st_size > 1000, "the print")
        time.sleep(0.2)
        return self._printed.read_text(encoding="utf-8").splitlines()


@needs_xterm
@pytest.mark.parametrize("arguments", [(), ("--plain",)], ids=["frugal", "plain"])
def test_xterm_holds_what_the_text_engine_says(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with _display() as name:
        xterm = XTerm(name, tmp_path, *arguments)
        try:
            assert xterm.kind == "visual"
            rows = xterm.rows()
            for number in range(15):
                wanted = display(f"الخبر رقم {number} من Reuters (عاجل)")
                assert any(wanted in row for row in rows), (wanted, rows)
            assert any(display("نسخ") in row for row in rows)
            assert not any("p" in row[:1] for row in rows)  # no stray character of a question
        finally:
            xterm.process.terminate()
            xterm.process.wait(10)
