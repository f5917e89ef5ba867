"""The built-in edition in a terminal that draws pictures, whatever kind it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from tests.support.ptyscreen import PtyScreen, homes

KHABAR = (sys.executable, "-m", "tui")
Shown_co = TypeVar("Shown_co", bound=Mapping[tuple[int, int], Any], covariant=True)
Terminal = TypeVar("Terminal", bound=PtyScreen)


class Showing(Protocol[Shown_co]):
    """A terminal whose pictures can be looked at."""

    @property
    def text(self) -> str:
        """The rows of the screen."""

    def press(self, *keys: str) -> None:
        """Type keys."""

    def seen(self) -> Shown_co:
        """The pieces of pictures on the screen when it has come to rest, by (x, y)."""


@contextmanager
def demo(kind: type[Terminal], home: Path, *arguments: str) -> Iterator[Terminal]:
    """The edition, all of it there; the line counts as fast and the ticker stands."""
    folder = home / "config" / "khabar"
    folder.mkdir(parents=True)
    (folder / "khabar.toml").write_text('link = "fast"\nticker = "still"\n')
    with kind((*KHABAR, "demo", *arguments), env=homes(home)) as terminal:
        terminal.wait_for("✓|force_ltr", timeout=30)  # advice about kitty's settings lies over the ticker's end
        terminal.press("escape")
        terminal.wait_for("119", timeout=30)  # all that the edition has, unread
        terminal.settle()
        yield terminal


def open_one(terminal: Showing[Shown_co]) -> Shown_co:
    """Read on until there is a picture in view."""
    terminal.press("enter")
    for _ in range(40):
        if spots := terminal.seen():
            return spots
        terminal.press("J")
    pytest.fail(f"no picture:\n{terminal.text}")
