"""The real khabar in a real xterm: its cells, read back by xterm's own media copy, are what the store's texts ask for.

xterm puts every cell where it is told and reorders nothing, so what it prints is what it shows, in the order it is
seen in. See tests/ui/test_display_xterm.py for why that can be trusted.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.ptyscreen import homes
from tui.bidi.layout import lay_out
from tui.bidi.levels import base_direction
from tui.news.model import Story, View
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
HEADLINES = 5
pytestmark = pytest.mark.skipif(
    shutil.which("xterm") is None or shutil.which("Xvfb") is None, reason="xterm and Xvfb are not installed"
)


@contextlib.contextmanager
def virtual_display() -> Iterator[str]:
    """An X display of its own number."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=(write_end,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


class XTerm:
    """khabar's demo in an xterm of 120 x 36."""

    def __init__(self, display: str, home: Path, *arguments: str) -> None:
        self.home, self._printed, self._tty = home, home / "printed", home / "tty"
        resources = [f"XTerm*printerCommand: cat > {self._printed}", "XTerm*printAttributes: 0"]
        options = [option for resource in resources for option in ("-xrm", resource)]
        script = f'tty > {self._tty}; exec "$0" -m tui demo "$@"'
        env = {"PATH": os.environ["PATH"], "DISPLAY": display, "LANG": "C.UTF-8", **homes(home)}
        self.process = subprocess.Popen(
            ["xterm", "-u8", "-geometry", "120x36", *options, "-e", "sh", "-c", script, sys.executable, *arguments],
            env=env, cwd=ROOT, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> XTerm:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    def rows(self) -> list[str]:
        """What the cells hold, row by row; [] while there is nothing."""
        if not self._tty.exists() or not (name := self._tty.read_text().strip()):
            return []
        self._printed.unlink(missing_ok=True)
        with Path(name).open("wb", buffering=0) as tty:
            tty.write(b"\x1b[i")
        end = time.monotonic() + 2
        while time.monotonic() < end and not (self._printed.exists() and self._printed.stat().st_size > 1000):
            time.sleep(0.05)
        time.sleep(0.1)
        return self._printed.read_text(encoding="utf-8").splitlines() if self._printed.exists() else []

    def stories(self) -> list[Story]:
        """The newest, as the store has them."""
        paths = [*self.home.glob("data/**/khabar.sqlite")]
        if not paths:
            return []
        store = Store.open(paths[0])
        try:
            return store.stories(View(), limit=HEADLINES)
        finally:
            store.close()


def stands(text: str, rows: list[str], most: int) -> bool:
    """Whether some width of a pane makes the lines of ``text`` that stand in neighbouring rows, letter by letter.

    ``most``: lines, the last one ending in an ellipsis where there are more.
    """
    direction = base_direction(text, majority=True)
    for width in range(70, 24, -1):
        lines = [
            "".join(piece.text for piece in made.pieces())
            for made in lay_out(text, width, base=direction, max_lines=most)
        ]
        for at in range(len(rows) - len(lines) + 1):
            if all(line in row for line, row in zip(lines, rows[at:], strict=False)):
                return True
    return False


@pytest.mark.parametrize("language", ["ar", "en"])
def test_headlines_stand_in_the_cells_as_the_store_has_them(tmp_path: Path, language: str) -> None:
    with virtual_display() as display, XTerm(display, tmp_path, "--lang", language) as xterm:
        missing, rows = ["everything"], [""]
        end = time.monotonic() + 40
        while missing and time.monotonic() < end:
            rows = xterm.rows()
            titles = [story.title for story in xterm.stories() if story.title]
            missing = [title for title in titles if not stands(title, rows, 2)] if titles else missing
        assert not missing, (missing, rows)
        assert any(stands(title, [row[::-1] for row in rows], 2) for title in titles) is False, "and not the other way"
