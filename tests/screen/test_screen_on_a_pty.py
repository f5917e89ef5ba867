"""The whole of khabar on a real pty: started, used by its keys at three sizes, killed, started again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.ptyscreen import ANSWERS, PtyScreen, homes

ROOT = Path(__file__).parents[2]
KHABAR = (sys.executable, "-m", "tui")
JOINED = "[\ufe8d-\ufefc]{2}"
SHOWN = f"{JOINED}|Saltmere"
"""Headlines in Arabic, or in English."""
"""Two Arabic letters as they stand on the screen: presentation forms."""
SIZES = [(120, 40), (80, 24), (40, 12)]
SAFE_KEYS = (
    *("j", "k", "down", "up", "g", "G", "pagedown", "pageup", "enter", "space", "space", "tab", "shift+tab"),
    *("m", "s", "u", "r", "R", "y", "Y", "n", "N", "f", "escape", "!", "H", "t", "b", "B", "z", "z", "backspace"),
    *("M", "u", ".", "Q", "escape", "?", "escape", "ctrl+p", "escape", "S", "escape", "c", "escape", "T", "C", "D"),
    *("/", "a", "escape", "left", "right", "1", "2", "3", "4", "1", "J", "K", "O", "O", "ctrl+c"),
)
"""Every key of the contract but q and o; o is tried by itself, because a browser must not open on the tester's desk."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the demo has run once."""
    home = tmp_path_factory.mktemp("seeded")
    with PtyScreen([*KHABAR, "demo"], env=homes(home), cwd=str(ROOT)) as terminal:
        terminal.wait_for(JOINED)
        terminal.wait_for("✓", timeout=30)
        terminal.press("q")
        assert terminal.wait_exit() == 0
    return home


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    """A copy of the seeded home, to be changed freely."""
    shutil.copytree(seeded, tmp_path / "home")
    return tmp_path / "home"


@contextmanager
def screen(
    home: Path, *arguments: str, size: tuple[int, int] = (120, 40), ready: str = SHOWN, **env: str
) -> Iterator[PtyScreen]:
    columns, rows = size
    environment = {**homes(home), **env}
    with PtyScreen([*KHABAR, *arguments], columns=columns, rows=rows, env=environment, cwd=str(ROOT)) as terminal:
        terminal.wait_for(ready)
        terminal.settle()
        yield terminal


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_key_at_every_size(home: Path, size: tuple[int, int], language: str) -> None:
    with screen(home, "demo", "--lang", language, size=size) as terminal:
        for key in SAFE_KEYS:
            terminal.press(key)
            assert terminal.process.isalive(), f"{key} ended khabar:\n{terminal.text}"
            assert "Traceback" not in terminal.text, f"{key}:\n{terminal.text}"
        for _ in range(4):  # a dialog may have come late on a slow machine
            terminal.settle()
            terminal.press("escape")
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_exit() == 0, terminal.text


def test_marks_stars_and_place_outlive_kill_9(home: Path) -> None:
    with screen(home, "demo", "--lang", "en") as terminal:
        terminal.press("j", "j", "j", "s")
        terminal.wait_for("★")
        terminal.press("enter")
        terminal.wait_for("Unread 9")
        terminal.settle()
        title = [line[60:].strip() for line in terminal.screen.display[3:6]]
        unread = re.search(r"Unread (\d+)", terminal.text)
        assert unread is not None
        terminal.settle(0.5)
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.wait_exit()
    with screen(home, "demo", "--lang", "en") as terminal:
        again = re.search(r"Unread (\d+)", terminal.text)
        assert again is not None
        assert again[1] == unread[1]
        terminal.wait_for("★")
        assert any(line and line in terminal.text for line in title), "the same story stands open"


def test_a_second_start_is_answered_with_304s(home: Path) -> None:
    with screen(home, "demo") as terminal:
        terminal.wait_for("✓", timeout=30)
        terminal.press("q")
        terminal.wait_exit()
    env = {"PATH": os.environ["PATH"], **homes(home)}
    command = [*KHABAR, "sources", "--health", "--json"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    assert all(row["builtin"] for row in rows)
    assert sum(row["outcome"] == "revalidated" for row in rows) == len(rows) - 1, "one source of the edition fails"


def test_the_demo_keeps_apart_from_news_of_the_readers_own(home: Path, tmp_path: Path) -> None:
    from tui.news.model import Item, Source
    from tui.store.store import Store

    own = Store.open(home / "data" / "khabar" / "khabar.sqlite")
    own.add_items(
        own.add_source(Source("https://paper.example/feed", "Own paper")), [Item("1", "A headline of my own")]
    )
    own.close()
    with screen(home, "demo", "--lang", "en") as terminal:
        assert "headline of my own" not in terminal.text
        assert "Built-in edition" in terminal.text


def test_an_empty_store_without_network_shows_the_edition_labelled(tmp_path: Path) -> None:
    with screen(tmp_path, "--offline", "--lang", "en", ready="Welcome to khabar") as terminal:
        assert "Built-in edition" not in terminal.settle(), "nothing is asked for before the reader has chosen"
        terminal.press("escape")
        terminal.wait_for("Built-in edition")
        terminal.wait_for("Saltmere")
        text = terminal.wait_for("Unread 10")  # the English paper's, of more than a hundred
        assert "no answer" not in text
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize(("how", "first"), [("--lang en", "Saltmere Lantern"), ("fr_FR.UTF-8", "Courrier des Embruns")])
def test_the_demo_begins_with_the_language_of_the_reader(home: Path, how: str, first: str) -> None:
    arguments, lang = (how.split(), "C.UTF-8") if how.startswith("-") else ([], how)
    with screen(home, "demo", *arguments, ready=first, LANG=lang) as terminal:
        rows = terminal.settle().splitlines()
        assert any(first in row for row in rows[3:6])  # its story is the first, below the day if it is an earlier one
        unread = re.search(r"(?:Unread|Non lus) (\d+)", rows[0])
        assert unread is not None and 5 < int(unread[1]) < 20
        terminal.press("escape")
        terminal.wait_for(r"(?:Unread|Non lus) 1\d\d")


def test_the_screen_of_an_arabic_reader_is_mirrored(home: Path) -> None:
    with screen(home, "demo", "--lang", "ar") as arabic:
        arabic_text = arabic.text
    with screen(home, "demo", "--lang", "en") as english:
        english_text = english.text

    def bullets(text: str) -> set[int]:
        return {line.index("●") for line in text.splitlines() if "●" in line}

    assert min(bullets(arabic_text)) > 100, "the signs stand at the right edge"
    assert max(bullets(english_text)) < 10, "the signs stand at the left edge"


def test_commands_work_while_the_screen_runs(home: Path) -> None:
    with screen(home, "demo") as terminal:
        env = {"PATH": os.environ["PATH"], **homes(home)}
        for command in (("headlines",), ("sources",), ("doctor", "--offline")):
            done = subprocess.run(
                [*KHABAR, *command], env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
            )
            assert done.returncode == 0, done.stderr
        assert terminal.process.isalive()


def test_two_screens_at_once(home: Path) -> None:
    with screen(home, "demo") as one, screen(home, "demo") as two:
        for terminal in (one, two, one, two):
            terminal.press("j", "m", "s", "R")
        for terminal in (one, two):
            terminal.settle()
            assert "locked" not in terminal.text
            terminal.press("q")
            assert terminal.wait_exit() == 0


@pytest.mark.parametrize("output", ["cells", "plain"])
def test_what_was_suspended_is_drawn_again(home: Path, output: str) -> None:
    """The alternate screen is empty when it is opened again, and its size tells nothing new."""
    file = home / "config" / "khabar" / "khabar.toml"
    file.parent.mkdir(parents=True)
    file.write_text('ticker = "still"\n', encoding="utf-8")  # nor does a headline that flips
    with screen(home, "demo", "--lang", "en", "--output", output, size=(80, 24)) as terminal:
        for keys in ((), (), ("j",)):
            terminal.press(*keys)
            before = terminal.settle()
            os.kill(terminal.process.pid, signal.SIGTSTP)
            terminal.read_for(0.3)
            terminal.screen.reset()
            os.kill(terminal.process.pid, signal.SIGCONT)
            title = max(before.splitlines()[1:20], key=lambda row: len(row.replace("─", "").strip()))
            terminal.wait_for(re.escape(title.strip()))


def test_a_resize_storm_leaves_a_whole_screen(home: Path) -> None:
    with screen(home, "demo", "--lang", "ar") as terminal:
        for columns, rows in [(90, 30), (40, 12), (200, 60), (89, 15), (91, 16), (60, 20), (120, 40)] * 2:
            terminal.process.setwinsize(rows, columns)
            terminal.screen.resize(rows, columns)
            terminal.read(0.05)
        terminal.settle()
        assert re.search(JOINED, terminal.text)
        assert terminal.process.isalive()
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_a_broken_configuration_is_said_and_khabar_starts(home: Path) -> None:
    file = home / "config" / "khabar" / "khabar.toml"
    file.parent.mkdir(parents=True)
    file.write_text("theme = \n", encoding="utf-8")
    with screen(home, "demo", "--lang", "en") as terminal:
        assert "line 1" in terminal.wait_for("line 1")


def test_a_terminal_without_utf8_is_told_in_one_sentence(tmp_path: Path) -> None:
    env = homes(tmp_path) | {"LANG": "C"}
    for column in (3, 2):
        answers = {b"\x1b[6n": b"\x1b[1;%dR" % column, **ANSWERS}
        with PtyScreen([*KHABAR, "demo", "--lang", "ar"], env=env, cwd=str(ROOT), answers=answers) as terminal:
            terminal.wait_for("UTF-8" if column == 3 else JOINED)
            if column == 3:
                assert terminal.wait_exit() == 1
                said = terminal.text.replace(
                    "\n", ""
                )  # our terminal may answer the rest late: its answers stand beside it
                assert said.count("khabar: This terminal does not show UTF-8") == 1
