"""A letter on every link in view; typing it follows the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from rich.segment import Segment
from textual.strip import Strip

from tui.ui.widgets.flow import LinkAt
from tui.ui.widgets.painting import Palette

# The keys under resting fingers first; letters are Latin because the keys f and those of the hints stand together.
_ALPHABET = "asdfghjklqwertyuiopzxcvbnm"


class Finder(Protocol):
    """Says where a code point stands in the view."""

    def cell_of(self, part: int, index: int) -> tuple[int, int] | None:
        """Row and cell, or None when out of view."""


class Hints:
    """The letters given out, and what has been typed of them."""

    def __init__(self) -> None:
        self.letters: dict[str, LinkAt] = {}
        self._typed = ""
        self.over: Callable[[], None] = lambda: None
        """What is done when the letters are gone."""

    def clear(self) -> None:
        """Take the letters away."""
        there, self.letters = bool(self.letters), {}
        self._typed = ""
        if there:
            self.over()

    def give(self, links: Sequence[LinkAt]) -> None:
        """Give every link a letter, or two letters when there are more links than letters."""
        keys = list(_ALPHABET)
        if len(links) > len(keys):
            keys = [a + b for a in _ALPHABET for b in _ALPHABET]
        self.letters = dict(zip(keys, links, strict=False))
        self._typed = ""

    def typed(self, key: str) -> str | None:
        """The address the keys typed so far name; "" when more is to come or no link has them; None for other keys.

        Anything but the beginning of a hint ends the hints.
        """
        self._typed += key
        link = self.letters.get(self._typed)
        if link is None and any(hint.startswith(self._typed) for hint in self.letters):
            return ""
        self.clear()
        if link is not None:
            return link.url
        return "" if len(key) == 1 or key == "escape" else None

    def drawn_over(self, strip: Strip, y: int, finder: Finder, palette: Palette) -> Strip:
        """The row of the view with the hints that belong on it."""
        for hint, link in self.letters.items():
            at = finder.cell_of(link.part, link.start)
            if at is None or at[0] != y:
                continue
            cells = len(hint)
            x = max(0, min(at[1], strip.cell_length - cells))
            mark = Strip([Segment(hint, palette(("article--hint",)))], cells)
            strip = Strip.join([strip.crop(0, x), mark, strip.crop(x + cells)])
        return strip
