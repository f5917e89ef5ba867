"""What a terminal shows, by pyte, with the differences that no eye can see taken out."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyte

_NO_WIDTH = re.compile("[\u200b-\u200f\ufe0f]")


class Seen(NamedTuple):
    """One cell as it looks."""

    text: str
    foreground: str
    background: str
    flags: tuple[bool, ...]


class Emulator:
    """A pyte screen without automatic line wrap, as Textual sets its terminals up."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")

    def feed(self, text: str) -> None:
        """Take what was written to the terminal.

        pyte drops the rest of a text behind a character without width that is no combining mark; here those
        characters alone are dropped.
        """
        self._stream.feed(_NO_WIDTH.sub("", text))

    @property
    def cursor(self) -> tuple[int, int]:
        """(x, y)."""
        return self.screen.cursor.x, self.screen.cursor.y

    def cell(self, x: int, y: int) -> Seen:
        """How the cell looks: on a blank neither its colour nor its weight can be seen."""
        char = self.screen.buffer[y][x]
        lines = (char.underscore, char.reverse, char.strikethrough)
        if char.data not in {" ", ""}:
            return Seen(char.data, char.fg, char.bg, (*lines, char.bold, char.italics, char.blink))
        return Seen(char.data, char.fg if any(lines) else "", char.bg, lines)

    def rows(self) -> list[list[Seen]]:
        """Every cell."""
        return [[self.cell(x, y) for x in range(self.screen.columns)] for y in range(self.screen.lines)]

    @property
    def text(self) -> list[str]:
        """The rows as strings."""
        columns = range(self.screen.columns)
        return ["".join(self.screen.buffer[y][x].data for x in columns) for y in range(self.screen.lines)]


def first_difference(one: Emulator, other: Emulator) -> str:
    """Where two screens look different, "" when they do not."""
    for y, (left, right) in enumerate(zip(one.rows(), other.rows(), strict=True)):
        for x, (a, b) in enumerate(zip(left, right, strict=True)):
            if a != b:
                return f"cell ({x}, {y}): {a} != {b}\n{one.text[y]!r}\n{other.text[y]!r}"
    return ""
