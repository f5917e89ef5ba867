"""Pictures in pixels, where the terminal draws sixels (DEC STD 070) that belong to its cells.  Pure.

The screen knows such a picture by the same placeholders as kitty's (`tui.terminal.graphics`); here they never reach
the terminal. Where some of them are to be sent, so many cells of the picture go out as an image of their own, one row
high. So it scrolls in regions, dialogs cover it and uncover it, and what is written or erased in its place takes it
away: as in xterm and mlterm, where this was measured, the image must leave with the cells it lies on. In Konsole it
does not; text is written over a picture that stays, and there pictures are half blocks.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tui.terminal.graphics import MARKS, PLACEHOLDER, Kept

QUESTIONS = "\x1b[?1;1;0S\x1b[16t\x1b[c"
"""For a terminal with sixels: how many colours it has for them, the pixels of a cell, and the fence (`probe`)."""
FEWEST = 16
"""Colours of the VT340, and of an xterm that poses as it and is not told otherwise."""
SHADES = 64
"""Colours of a picture: a photograph of 72 x 20 cells takes 0.35 MB with them, and 0.64 MB with 256."""
_BAND = 6
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_SIX_BITS = bytes(min(value + 63, 126) for value in range(256))
_Span = tuple[int, int, int, int]
"""Of a film: its number, the row, the first column and the one behind the last."""


def is_drawn_by(da1: str, version: str) -> bool:
    """Does the terminal with this DA1 and XTVERSION draw sixels, and as a part of its cells?"""
    return "4" in da1.split(";")[1:] and not version.startswith("Konsole")


@dataclass(frozen=True, slots=True)
class Film:
    """A picture of ``columns`` cells, a byte for each dot; ``palette``: red, green and blue of each colour.

    ``strips``: its rows as they are sent whole.
    """

    columns: int
    across: int
    palette: bytes
    dots: tuple[bytes, ...]
    """Those of one row of cells each, line by line."""
    strips: tuple[str, ...] = ()

    def part(self, row: int, first: int, stop: int) -> str:
        """The cells from column ``first`` to ``stop`` (exclusive) of a row."""
        if (first, stop) == (0, self.columns) and self.strips:
            return self.strips[row]
        return _cut(self, row, first, stop)


def develop(data: bytes, columns: int, rows: int, *, cell: tuple[int, int], shades: int) -> Film:
    """The film of compressed dots (`tui.news.pictures.Raster.fine`). Raises ValueError where they do not fit.

    Some 50 ms for a large picture: not for the screen's loop.
    """
    across, down = cell
    size = columns * across * rows * down
    try:
        plain = zlib.decompressobj().decompress(data, 3 * shades + size + 1)
    except zlib.error as error:
        raise ValueError(f"dots of a picture: {error}") from error
    palette, dots = plain[: 3 * shades], plain[3 * shades :]
    if len(dots) != size or (size and max(dots) >= shades):
        raise ValueError("dots of a picture: too many, or too few")
    step = columns * across * down
    film = Film(columns, across, palette, tuple(dots[at : at + step] for at in range(0, size, step)))
    whole = tuple(_cut(film, row, 0, columns) for row in range(rows))
    return Film(columns, across, palette, film.dots, whole)


@lru_cache(64)
def _cut(film: Film, row: int, first: int, stop: int) -> str:
    dots, width = film.dots[row], film.columns * film.across
    lines = [dots[at + first * film.across : at + stop * film.across] for at in range(0, len(dots), width)]
    return sixel(lines, film.palette)


def sixel(lines: Sequence[bytes], palette: bytes) -> str:
    """An image of these lines of dots. What it leaves free below its last line stays as it was."""
    used = sorted(set(b"".join(lines)))
    colours = (f"#{one};2;{';'.join(str(round(v / 2.55)) for v in palette[3 * one : 3 * one + 3])}" for one in used)
    bands = "-".join(_band(lines[at : at + _BAND]) for at in range(0, len(lines), _BAND))
    return f'\x1bP0;1;0q"1;1;{len(lines[0])};{len(lines)}{"".join(colours)}{bands}\x1b\\'


def _band(lines: Sequence[bytes]) -> str:
    """Six lines: for each colour, the six dots of each column as the bits of one character."""
    return "$".join(f"#{colour}{_runs(lines, colour)}" for colour in sorted(set(b"".join(lines))))


def _runs(lines: Sequence[bytes], colour: int) -> str:
    table, bits = _only(colour), 0
    for bit, line in enumerate(lines):
        bits |= int.from_bytes(line.translate(table), "big") << bit
    columns = bits.to_bytes(len(lines[0]), "big").translate(_SIX_BITS).rstrip(b"?")
    return _RUN.sub(lambda run: b"!%d%c" % (len(run[0]), run[1][0]), columns).decode("ascii")


@lru_cache(256)
def _only(colour: int) -> bytes:
    """A table that makes 1 of a colour and 0 of all others."""
    return bytes(value == colour for value in range(256))


class Films(Kept[Film]):
    """The pictures that can be drawn; the terminal keeps none."""

    def drawn(self, clusters: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Cells of pictures side by side as what is sent for them: how many, and the image; "" for one that is gone."""
        films = {number: film for number, film, *_ in self._kept.values()}
        for number, row, first, stop in _spans(clusters):
            yield stop - first, films[number].part(row, first, stop) if number in films else ""

    def _given(self, number: int, picture: Film, columns: int, rows: int) -> str:
        return ""

    def _taken(self, number: int) -> str:
        return ""


def _spans(clusters: Sequence[str]) -> Iterator[_Span]:
    """Placeholders side by side, as far as they are of one row of one picture and in order."""
    span: _Span | None = None
    for cluster in clusters:
        row, column, number = (MARKS.index(mark) for mark in cluster[1:4])
        if span is not None and (span[0], span[1], span[3]) == (number, row, column):
            span = (number, row, span[2], column + 1)
            continue
        if span is not None:
            yield span
        span = (number, row, column, column + 1)
    if span is not None:
        yield span


def is_placeholder(cluster: str | None) -> bool:
    """Does this cell show a piece of a picture?"""
    return cluster is not None and cluster.startswith(PLACEHOLDER)
