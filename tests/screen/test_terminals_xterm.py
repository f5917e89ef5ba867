"""The real khabar in a real xterm: its cells, read back by xterm's own media copy, are what the texts ask for.

xterm puts every cell where it is told and reorders nothing, so what it prints is what it shows, in the order it is
seen in. See tests/ui/test_display_xterm.py for why that can be trusted. What the cells ought to hold is worked out by
others than us: python-bidi for the order, Unicode's compatibility decompositions for the letters behind the forms.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bidi
import pytest

from tests.support import relay
from tests.support.ptyscreen import homes
from tui.bidi.levels import base_direction
from tui.locale import load
from tui.news.model import Article, Paragraph, Story, View
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
HEADLINES = 5
pytestmark = pytest.mark.skipif(
    shutil.which("xterm") is None or shutil.which("Xvfb") is None, reason="xterm and Xvfb are not installed"
)

# ---------------------------------------------------------------- what is to be read in a row of cells

_MARKS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0653\u0655-\u065f\u0670\u200c\u200d\u2066-\u2069]")
_LOOK_ALIKE = str.maketrans("ۂەۃ", "ۀهة")
# python-bidi leaves brackets as they are (UAX #9, L4): of a pair it cannot be said which one is meant
_PAIRS = str.maketrans("()[]«»<>‹›", "(([[««<<‹‹")


def seen(row: str) -> str:
    """The letters behind the forms in a row, from left to right; two letters in one cell stand as they are read."""
    return "".join(unicodedata.normalize("NFKC", char)[::-1] for char in row).translate(_PAIRS)


def visual(text: str, direction: int) -> str:
    """The text as it must be seen from left to right."""
    bare = _MARKS.sub("", text.replace("ه\u0654", "ۀ")).translate(_LOOK_ALIKE)
    return str(bidi.get_display(bare, base_dir="LR"[direction])).translate(_PAIRS)


def stands(text: str, rows: Sequence[str]) -> bool:
    """Whether neighbouring rows hold the text letter by letter: whole words on each, the last cut by an ellipsis."""
    direction = base_direction(text, majority=True) or 0
    letters = [seen(row) for row in rows]
    return any(_read(text.split(), letters[at:], direction) for at in range(len(rows)))


def _read(words: list[str], rows: list[str], direction: int) -> bool:
    if not words or not rows:
        return not words
    for count in range(len(words), 0, -1):
        if visual(" ".join(words[:count]), direction) in rows[0]:
            return _read(words[count:], rows[1:], direction) or _cut(words, rows[0], direction)
    return _cut(words, rows[0], direction)


def _cut(words: list[str], row: str, direction: int) -> bool:
    text = " ".join(words)
    return "…" in row and any(visual(text[:end].rstrip() + "…", direction) in row for end in range(len(text), 8, -1))


# ---------------------------------------------------------------- the terminal


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
        self.home, self._printed, self._tty, self._keys = home, home / "printed", home / "tty", home / "keys"
        os.mkfifo(self._keys)
        resources = [f"XTerm*printerCommand: cat > {self._printed}", "XTerm*printAttributes: 0"]
        options = [option for resource in resources for option in ("-xrm", resource)]
        script = f'tty > {self._tty}; exec "$0" {relay.__file__} {self._keys} "$0" -m tui demo "$@"'
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

    def type(self, text: str) -> None:
        """As if it came from the keyboard."""
        self._keys.write_text(text, encoding="utf-8")
        time.sleep(0.2)

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

    def shows(self, texts: Callable[[], Sequence[str]], where: slice = slice(None)) -> list[str]:
        """Wait until each of the texts stands in the rows; the rows then."""
        missing, rows = ["everything"], [""]
        end = time.monotonic() + 40
        while missing and time.monotonic() < end:
            rows = self.rows()[where]
            wanted = texts()
            missing = [text for text in wanted if not stands(text, rows)] if wanted else missing
        assert not missing, (missing, rows)
        return rows

    def widen(self, language: str) -> None:
        """From the reader's language, with which the demo begins, to all of them and the newest."""
        self.shows(lambda: [load(language).language(language)], slice(0, 1))
        self.type("\x1b")
        time.sleep(0.5)  # a key right behind Escape would be another key
        self.type("g")

    @contextlib.contextmanager
    def store(self) -> Iterator[Store | None]:
        """What the demo has stored; None as long as there is nothing."""
        paths = [*self.home.glob("data/**/khabar.sqlite")]
        store = Store.open(paths[0]) if paths else None
        try:
            yield store
        finally:
            if store:
                store.close()

    def stories(self, limit: int = HEADLINES) -> list[Story]:
        """The newest."""
        with self.store() as store:
            return store.stories(View(), limit=limit) if store else []

    def article(self) -> Article | None:
        """That of the story that is open."""
        with self.store() as store:
            chosen = store.recall("ui.open") if store else None
            return store.article(int(chosen)) if store and chosen else None


def paragraphs(article: Article | None) -> list[str]:
    blocks = [block for block in article.blocks if isinstance(block, Paragraph)] if article else []
    return [article.title, *(block.text.text for block in blocks[:3])] if article else []


@pytest.mark.parametrize("language", ["ar", "he"])
def test_every_part_of_the_screen_is_right_letter_by_letter(tmp_path: Path, language: str) -> None:
    texts = load(language)
    with virtual_display() as display, XTerm(display, tmp_path, "--lang", language) as xterm:
        xterm.widen(language)
        rows = xterm.shows(lambda: [story.title for story in xterm.stories() if story.title])
        assert not any(stands(story.title, [row[::-1] for row in rows]) for story in xterm.stories() if story.title), (
            "and not the other way"
        )

        xterm.type("jjj\r")
        xterm.shows(lambda: paragraphs(xterm.article()))

        ticked: list[str] = []
        end = time.monotonic() + 40
        while not ticked and time.monotonic() < end:
            row = xterm.rows()[-2:-1]
            ticked = [story.title for story in xterm.stories(50) if story.title and stands(story.title, row)]
        assert ticked, xterm.rows()

        xterm.type("/")
        xterm.type("خبر عن (Reuters) 12 אבג")
        xterm.shows(lambda: ["خبر عن (Reuters) 12 אבג"], slice(0, 1))
        xterm.type("\x1b")

        time.sleep(0.3)
        xterm.type("\x10")
        named = [texts.text(f"actions.{action}.title") for action in ("star", "undo")]
        xterm.shows(lambda: [texts.text("palette.title"), *named])
        xterm.type("\x1b")

        time.sleep(0.3)
        xterm.type("?")
        xterm.shows(lambda: [texts.text("help.title"), texts.text("actions.down.help")])
        xterm.type("\x1b")


def test_headlines_in_an_interface_from_left_to_right(tmp_path: Path) -> None:
    with virtual_display() as display, XTerm(display, tmp_path, "--lang", "en") as xterm:
        xterm.widen("en")
        xterm.shows(lambda: [story.title for story in xterm.stories() if story.title])
