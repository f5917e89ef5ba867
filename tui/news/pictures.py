"""Pictures as a terminal can show them: small rasters, and how many cells one takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FINE = (10, 20)
"""Pixels a cell, across and down; the terminal scales them to its own."""


class Colours(StrEnum):
    """What a raster's colours are chosen from."""

    TRUE = "true"
    """Any, but not many: neighbours share theirs, so that little is sent."""
    INDEXED = "indexed"
    """The 240 fixed colours of a terminal with 256."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture scaled for ``columns`` x ``rows`` cells, two pixels above one another in each.

    ``pixels`` are red, green and blue, row by row: 3 * columns * 2 * rows bytes. ``width`` and ``height`` are those
    of the picture it was made from, turned the way it is to be looked at. ``png`` is the same, finer, for a terminal
    that draws pixels: at most ``FINE`` of them a cell, in 256 colours, so never more than some 300 KB; b"" if not asked
    for.
    """

    columns: int
    rows: int
    pixels: bytes
    width: int
    height: int
    png: bytes = b""


def fit(width: int, height: int, columns: int, rows: int) -> tuple[int, int]:
    """The cells (columns, rows) for a picture of so many pixels in a box of cells; a cell is twice as high as wide.

    At least one cell; (0, 0) when there is no picture or no box. A small picture is not made larger.
    """
    if min(width, height, columns, rows) <= 0:
        return 0, 0
    wide = min(columns, width)
    high = -(-wide * height // (2 * width))
    if high > rows:
        high = rows
        wide = min(wide, max(1, round(2 * rows * width / height)))
    return wide, max(1, high)
