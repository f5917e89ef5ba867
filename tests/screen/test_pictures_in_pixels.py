"""Pictures in pixels: the whole of khabar on a pty whose other end keeps pictures as kitty does, and shows them by
their placeholders. No placeholder may ever be without its picture, and no picture may be left behind.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests.screen.pictured import demo, open_one
from tests.support.ptyscreen import PtyScreen
from tui.terminal.graphics import COLOUR, MARKS, PLACEHOLDER

ROOT = Path(__file__).parents[2]
KITTY = {
    b"\x1b[>q": b"\x1bP>|kitty(0.28.1)\x1b\\",
    b"\x1b[>c": b"\x1b[>1;4000;28c",
    b"\x1b[8$p": b"\x1b[8;0$y",
    b"\x1b[c": b"\x1b[?62;c",
}
"""What kitty says, the reply to DA1 last: it ends the probe."""
_COMMAND = re.compile(rb"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
_BEGUN = re.compile(rb"\x1b(?:_[^\x1b]*\x1b?)?\Z")


class Tile(NamedTuple):
    """What a placeholder shows: a cell of a picture."""

    number: int
    row: int
    column: int


class Kitty(PtyScreen):
    """A terminal that keeps pictures; ``pictures``: the columns and rows of each by its number."""

    def __init__(self, argv: tuple[str, ...], *, env: Mapping[str, str]) -> None:
        self.pictures: dict[int, tuple[int, int]] = {}
        self.had = 0
        self._pieces: list[bytes] = []
        self._keys: dict[bytes, bytes] = {}
        self._held = b""
        super().__init__(argv, env=env, cwd=str(ROOT), answers=KITTY)

    def _take(self, data: bytes) -> None:
        data, self._held = self._held + data, b""
        if begun := _BEGUN.search(data):
            data, self._held = data[: begun.start()], data[begun.start() :]
        for found in _COMMAND.finditer(data):
            self._obey(dict(pair.split(b"=") for pair in found[1].split(b",")), found[2] or b"")
        super()._take(_COMMAND.sub(b"", data))

    def _obey(self, keys: dict[bytes, bytes], piece: bytes) -> None:
        assert keys[b"q"] == b"2"
        if keys.get(b"a") == b"d":
            assert keys[b"d"] == b"I"
            del self.pictures[self._number(keys)]
            return
        self._keys = self._keys or keys
        self._pieces.append(piece)
        if keys[b"m"] == b"0":
            first, self._keys = self._keys, {}
            png, self._pieces = base64.b64decode(b"".join(self._pieces)), []
            assert (first[b"a"], first[b"U"], first[b"f"]) == (b"T", b"1", b"100")
            size = int(first[b"c"]), int(first[b"r"])
            with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
                assert 1 < image.width <= 10 * size[0] and 1 < image.height <= 20 * size[1]
            self.pictures[self._number(first)] = size
            self.had += 1

    @staticmethod
    def _number(keys: dict[bytes, bytes]) -> int:
        assert int(keys[b"i"]) & 0xFFFFFF == COLOUR
        return int(keys[b"i"]) >> 24

    def seen(self) -> dict[tuple[int, int], Tile]:
        """What the placeholders on the screen show when it has come to rest, by (x, y); each has its picture."""
        self.settle()
        found = {}
        for y in range(self.screen.lines):
            for x in range(self.screen.columns):
                char = self.screen.buffer[y][x]
                if char.data.startswith(PLACEHOLDER):
                    row, column, number = (MARKS.index(mark) for mark in char.data[1:])
                    assert char.fg == "5fafff" and not char.bold
                    assert number in self.pictures, self.pictures
                    assert column < self.pictures[number][0] and row < self.pictures[number][1]
                    found[x, y] = Tile(number, row, column)
        return found


def is_whole(tiles: dict[tuple[int, int], Tile]) -> bool:
    """Does each picture lie in one piece, its cells side by side in their order?"""
    corners = {(tile.number, x - tile.column, y - tile.row) for (x, y), tile in tiles.items()}
    return len(corners) == len({tile.number for tile in tiles.values()})


def test_a_picture_in_pixels_from_its_coming_to_its_going(tmp_path: Path) -> None:
    with demo(Kitty, tmp_path, "--lang", "ar") as terminal:
        tiles = open_one(terminal)
        number = next(iter(tiles.values())).number
        columns, rows = terminal.pictures[number]
        assert is_whole(tiles) and len(tiles) == columns * rows
        before = terminal.had

        terminal.press("ctrl+p")
        under = terminal.seen()
        assert under.items() < tiles.items(), "the dialog covers a part of it, and the rest stays where it is"
        terminal.press("escape")
        assert terminal.seen() == tiles

        terminal.press("j", "j", "j")
        moved = terminal.seen()
        assert is_whole(moved) and moved != tiles, "scrolled"
        assert terminal.had == before, "sent once"

        terminal.press("H")
        assert not terminal.seen() and not terminal.pictures, "put away"
        terminal.press("H")
        assert is_whole(terminal.seen()) and terminal.pictures

        old = set(terminal.pictures)
        terminal.press("J")
        assert is_whole(terminal.seen()) and not old & set(terminal.pictures), "its article is left"

        open_one(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert not terminal.pictures
        assert terminal.output.rindex(b"\x1b[?1049l") > terminal.output.rindex(PLACEHOLDER.encode())
