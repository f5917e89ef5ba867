"""A host with news on it, and kiosk sessions on real ptys."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen
from tui.news.model import Item, Source
from tui.store.store import Store

KHABAR = Path(sys.executable).with_name("khabar")
TITLES = (
    "The harbour opens again",
    "[@click=app.screenshot]Rain[/] at [b]noon[/b]",
    "فتحت المكتبة أبوابها من جديد",
    "A title with \x1b]0;owned\x07 and \x1b[2J in it",
)


@dataclass(frozen=True)
class Host:
    """What an administrator has set up."""

    folder: Path
    config: Path

    def argv(self, *arguments: str) -> list[str]:
        """A kiosk's command line."""
        return [str(KHABAR), "--kiosk", "--config", str(self.config), *arguments]

    @contextmanager
    def session(
        self, *arguments: str, size: tuple[int, int] = (100, 30), env: Mapping[str, str] | None = None
    ) -> Iterator[PtyScreen]:
        """A session, when its first frame stands."""
        columns, rows = size
        with PtyScreen(self.argv(*arguments), columns=columns, rows=rows, env=env or {}) as terminal:
            terminal.wait_for("harbour", timeout=40)
            terminal.settle()
            yield terminal


def leave(terminal: PtyScreen, seconds: float = 60) -> int | None:
    """Close what is open and quit; on a busy machine ESC and the key behind it may arrive as one, so more than once."""
    deadline = time.monotonic() + seconds
    while terminal.process.isalive() and time.monotonic() < deadline:
        terminal.press("escape")
        terminal.settle(0.2, timeout=5)
        terminal.press("q")
        terminal.read(0.5)
    return terminal.wait_exit(1)


def fill(path: Path, page: str = "https://paper.example") -> None:
    """A store with a few stories of two papers."""
    store = Store.open(path)
    now = datetime.now(UTC)
    for number in range(2):
        source = store.add_source(Source(f"{page}/feed{number}", f"Paper {number}", language="en"))
        items = [
            Item(
                f"{number}-{i}",
                f"{TITLES[i % 4]} {number}{i}",
                f"{page}/{number}/{i}",
                now - timedelta(minutes=5 * i + number),
                text=f"First paragraph of {number}{i}.\n" + "A long text follows. " * 40,
                full=True,
            )
            for i in range(12)
        ]
        store.add_items(source, items)
    store.close()


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """News in a folder, and the configuration that names it."""
    folder = tmp_path / "host"
    folder.mkdir()
    fill(folder / "khabar.sqlite")
    config = tmp_path / "khabar.toml"
    config.write_text(f'folder = "{folder}"\n')
    return Host(folder, config)
