"""What is remembered for the next start, written a moment after it changes: kill -9 loses nothing that matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.news.model import Listing, View

if TYPE_CHECKING:
    from tui.desk.reading import Reading

DELAY = 0.2
"""Seconds; a held-down key writes once when it is let go, or this often."""


class Memory:
    """Small state by name, kept in the store under ``ui.<name>``."""

    def __init__(self, reading: Reading, later: Callable[[float, Callable[[], None]], object]) -> None:
        self._reading = reading
        self._later = later
        self._waiting: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def get(self, name: str) -> str:
        """What was remembered, written already or not, or ""."""
        return self._known[name] if name in self._known else self._reading.recall(f"ui.{name}") or ""

    def number(self, name: str) -> int | None:
        """A number that was remembered, or None."""
        text = self.get(name)
        return int(text) if text.isascii() and text.isdecimal() else None

    def set(self, name: str, value: str) -> None:
        """Remember ``value``, soon."""
        if self._known.get(name) == value:
            return
        self._known[name] = value
        if not self._waiting:
            self._later(DELAY, self.flush)
        self._waiting[name] = value

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, {}
        for name, value in waiting.items():
            self._reading.remember(f"ui.{name}", value)

    def view(self) -> View:
        """The list shown last."""
        listing, _, rest = self.get("view").partition("|")
        source, _, language = rest.partition("|")
        if listing not in list(Listing):
            return View()
        return View(Listing(listing), source_id=int(source) if source.isdecimal() else 0, language=language)
