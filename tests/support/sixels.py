"""Sixels as a terminal reads them (DEC STD 070), and a screen whose pictures belong to its cells, as xterm's do."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyte

IMAGE = re.compile(r"\x1bP([0-9;]*)q([^\x1b]*)\x1b\\")
_COMMAND = re.compile(r'"(\d+);(\d+);(\d+);(\d+)|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])')
_FIRST = 0xF0000
Dot = tuple[int, int, int] | None
Tile = tuple[tuple[Dot, ...], ...]
"""The lines of a cell; colours in hundredths, None where nothing was drawn."""


def decoded(image: str) -> list[list[Dot]]:
    """The lines of dots of one image."""
    found = IMAGE.fullmatch(image)
    assert found is not None, image[:80]
    assert found[1] == "0;1;0", "square dots; what is not drawn stays as it was"
    body, at = found[2], 0
    lines: list[list[Dot]] = []
    colours: dict[int, tuple[int, int, int]] = {}
    colour = x = top = 0
    while at < len(body):
        one = _COMMAND.match(body, at)
        assert one is not None, body[at : at + 20]
        at = one.end()
        if one[1]:
            assert one[1] == one[2] == "1"
            lines = [[None] * int(one[3]) for _ in range(int(one[4]))]
        elif one[5]:
            colour = int(one[5])
            if one[6]:
                colours[colour] = int(one[6]), int(one[7]), int(one[8])
        elif one[12]:
            x, top = 0, top + 6 * (one[12] == "-")
        else:
            bits = ord(one[10] or one[11]) - 63
            end = x + int(one[9] or 1)
            for bit in range(6):
                if bits >> bit & 1:
                    lines[top + bit][x:end] = [colours[colour]] * (end - x)
                    assert len(lines[top + bit]) == len(lines[0]), "within its width"
            x = end
    return lines


class Tiles:
    """Draws images on a pyte screen: each cell they lie on holds a character of its own, and goes as characters go."""

    def __init__(self, cell: tuple[int, int]) -> None:
        self.cell = cell
        self._known: dict[Tile, str] = {}
        self._tiles: dict[str, Tile] = {}

    def draw(self, screen: pyte.Screen, image: str) -> None:
        """An image at the cursor, which goes to where terminals differ."""
        across, down = self.cell
        lines = decoded(image)
        assert len(lines) == down and len(lines[0]) % across == 0, "one row of whole cells"
        x, y = screen.cursor.x, screen.cursor.y
        assert y < screen.lines - 1, "in the last row it would scroll the screen"
        for column in range(len(lines[0]) // across):
            tile = tuple(tuple(line[column * across : (column + 1) * across]) for line in lines)
            screen.buffer[y][x + column] = screen.default_char._replace(data=self._name(tile))
        screen.dirty.add(y)
        screen.cursor.x, screen.cursor.y = 0, y + 1

    def seen(self, screen: pyte.Screen) -> dict[tuple[int, int], Tile]:
        """The pieces of pictures on the screen, by (x, y)."""
        return {
            (x, y): self._tiles[data]
            for y in range(screen.lines)
            for x in range(screen.columns)
            if (data := screen.buffer[y][x].data) in self._tiles
        }

    def _name(self, tile: Tile) -> str:
        name = self._known.setdefault(tile, chr(_FIRST + len(self._known)))
        self._tiles[name] = tile
        return name


def tile_of(dots: Sequence[bytes], palette: bytes) -> Tile:
    """The piece of a picture with these dots."""
    shades = [tuple(round(value / 2.55) for value in palette[at : at + 3]) for at in range(0, len(palette), 3)]
    return tuple(tuple(shades[dot] for dot in line) for line in dots)  # type: ignore[misc]
