"""What a newcomer sees on a real pty: borders that stay whole, samples that read right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes

ROOT = Path(__file__).parents[2]
JOINED = "[\ufe8d-\ufefc]{2}"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_borders_are_whole_after_one_pane_and_back(tmp_path: Path, language: str) -> None:
    argv = [sys.executable, "-m", "tui", "demo", "--lang", language]
    with PtyScreen(argv, columns=100, rows=20, env=homes(tmp_path), cwd=str(ROOT)) as terminal:
        terminal.wait_for("┬")
        terminal.wait_for("✓", timeout=30)
        terminal.press("z")
        terminal.settle()
        assert not set("┬│┴") & set(terminal.text)
        terminal.press("z")
        terminal.settle()
        column = terminal.screen.display[1].index("┬")
        assert [row[column] for row in terminal.screen.display[1:18]] == ["┬", *"│" * 15, "┴"]
        for width in (60, 110):
            terminal.process.setwinsize(20, width)
            terminal.screen.resize(20, width)
            terminal.settle()
        column = terminal.screen.display[1].index("┬")
        assert [row[column] for row in terminal.screen.display[1:18]] == ["┬", *"│" * 15, "┴"]


@pytest.mark.parametrize(("language", "shown"), [("en", "%25 (0-1) ﺮﺒﺧ"), ("ar", "%25 (0-1) ﺮﺒﺧ")])
def test_the_sample_of_the_terminal_mode_reads_right(tmp_path: Path, language: str, shown: str) -> None:
    argv = [sys.executable, "-m", "tui", "demo", "--lang", language]
    with PtyScreen(argv, columns=100, rows=20, env=homes(tmp_path), cwd=str(ROOT)) as terminal:
        terminal.wait_for(f"{JOINED}|Saltmere")
        terminal.settle()
        for _ in range(7):
            terminal.press("B")
            terminal.settle()
            if "visual" in terminal.text:
                break
        terminal.wait_for("visual")
        assert shown in terminal.text.replace("\xa0", " ")
