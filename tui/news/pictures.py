"""Pictures as a terminal can show them: small rasters, and how many cells one takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colours(StrEnum):
    """What a raster's colours are chosen from."""

    TRUE = "true"
    """Any, but not many: neighbours share theirs, so that little is sent."""
    INDEXED = "indexed"
    """The 240 fixed colours of a terminal with 256."""


@dataclass(frozen=True, slots=True)
class Grain:
    """The pixels that a terminal wants in place of characters: so many a cell, in so many colours.

    ``exact``: as bare dots, just so many; else as a file of no more, which the terminal scales itself.
    """

    across: int = 10
    down: int = 20
    shades: int = 256
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture scaled for ``columns`` x ``rows`` cells, two pixels above one another in each.

    ``pixels`` are red, green and blue, row by row: 3 * columns * 2 * rows bytes. ``width`` and ``height`` are those
    of the picture it was made from, turned the way it is to be looked at.

    ``fine`` is the same for a terminal that draws pixels, in the ``Grain`` that was asked for; b"" if none was. A PNG;
    or for exact dots, compressed (RFC 1950), 3 * shades bytes of red, green and blue and then a byte for each dot, row
    by row: the number of its colour. With ten by twenty pixels a cell never more than some 300 KB.
    """

    columns: int
    rows: int
    pixels: bytes
    width: int
    height: int
    fine: bytes = b""


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
