"""The repair of a damaged store says how far it is to whoever waits at a terminal, and to nobody else."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes
from tui.commands.context import Context
from tui.commands.saving import Saving
from tui.config import Settings
from tui.locale import load
from tui.news.model import Item, Source
from tui.paths import Paths
from tui.store.store import Store

KHABAR = (sys.executable, "-m", "tui")
ROOT = Path(__file__).parents[2]
PIPED = {"LANG": "C.UTF-8"}


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A home whose store has lost its first page."""
    file = tmp_path / "data" / "khabar" / "khabar.sqlite"
    file.parent.mkdir(parents=True)
    store = Store.open(file)
    store.add_items(store.add_source(Source("https://example.org/feed", "Paper")), [Item("1", "A saved story")])
    store.close()
    with file.open("r+b") as opened:
        opened.write(bytes(4096))
    return tmp_path


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def saving(tmp_path: Path, asked: list[str], every: float) -> Saving:
    context = Context(Paths.under(tmp_path), Settings(), load("en"))
    return Saving(context, lambda: asked.append("asked"), every)


def test_the_first_line_at_once_then_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    asked: list[str] = []
    told = saving(tmp_path, asked, 0).told
    for done, total in ((0, 200), (50, 200), (120, 0), (200, 200)):
        told(done, total)
    lines = terminal.getvalue().splitlines()
    assert "Ctrl-C" in lines[0]
    assert [line.partition(" %")[0] for line in lines[1:]] == ["khabar: 25", "khabar: 99"], "not done before it is"
    assert asked == ["asked"]


def test_lines_come_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    told = saving(tmp_path, [], 1000).told
    for done in range(100):
        told(done, 100)
    assert len(terminal.getvalue().splitlines()) == 1


@pytest.mark.parametrize(("language", "words"), [("en", "store is damaged"), ("ar", "Ctrl-C")])
def test_the_screen_comes_after_it(damaged: Path, language: str, words: str) -> None:
    command = [*KHABAR, "--lang", language, "--offline"]
    with PtyScreen(command, env=homes(damaged), cwd=str(ROOT)) as terminal:
        terminal.wait_for("A saved story")
        said = terminal.output.decode(errors="replace").partition("\x1b[?1049h")[0]
        assert words in said
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_a_script_hears_nothing_of_it(damaged: Path) -> None:
    command = [*KHABAR, "headlines", "--lang", "en"]
    run = subprocess.run(command, capture_output=True, text=True, env=PIPED | homes(damaged), cwd=ROOT, check=False)
    assert "A saved story" in run.stdout
    assert "Ctrl-C" not in run.stderr
