"""The ticker's moving band: headlines one after another, cut at a width without cutting a cluster.

Each headline is laid out once, as a whole, in its own direction; moving only chooses which of its clusters are in
sight. So letters stay joined at the edges, and a cluster two cells wide enters and leaves as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from tui.bidi.breaks import cell_width, clusters
from tui.bidi.layout import line
from tui.ui.bars import UNBOUNDED

SEPARATOR = "  ⁃  "


class Glyph(NamedTuple):
    """One cluster as it stands in the band."""

    text: str
    cells: int
    headline: int
    """Which headline it belongs to; -1 for a separator or a blank."""


class Band:
    """An endless loop of headlines.

    Distances count cells from the band's beginning: its left end in a left-to-right interface, where the text moves to
    the left as it does on television; its right end in a right-to-left one, where it moves to the right.
    """

    def __init__(self, headlines: Sequence[str], *, rtl: bool, levels: Sequence[int] = ()) -> None:
        """``levels``: the paragraph level of each headline; by its first letter where none are given."""
        self._rtl = rtl
        self._headlines = list(headlines)
        self._levels = levels
        self._blocks: dict[int, list[Glyph]] = {}

    @cached_property
    def _lengths(self) -> list[int]:
        """Cells each headline takes with its separator: letters may join to fewer cells than they are."""
        gap = cell_width(SEPARATOR)
        return [
            line(headline, UNBOUNDED, base=self._level(at)).cells + gap for at, headline in enumerate(self._headlines)
        ]

    def _level(self, headline: int) -> int | None:
        return self._levels[headline] if self._levels else None

    @property
    def length(self) -> int:
        """Cells until the loop begins anew."""
        return sum(self._lengths)

    def start_of(self, headline: int) -> int:
        """Where a headline begins."""
        return sum(self._lengths[:headline])

    def window(self, offset: int, width: int) -> list[Glyph]:
        """What stands in ``width`` cells, left to right, ``offset`` cells into the band."""
        row: list[Glyph] = []
        if not self._headlines:
            return [Glyph(" " * width, width, -1)]
        index, position = self._block_at(offset % self.length)
        while position < width:
            for glyph in self._block(index):
                position = self._place(row, glyph, position, width)
            index = (index + 1) % len(self._headlines)
        return row[::-1] if self._rtl else row

    @staticmethod
    def _place(row: list[Glyph], glyph: Glyph, position: int, width: int) -> int:
        """Add a glyph that begins at ``position``, as blanks when an edge of the window cuts it."""
        after = position + glyph.cells
        seen = min(after, width) - max(position, 0)
        if seen == glyph.cells:
            row.append(glyph)
        elif seen > 0:
            row.append(Glyph(" " * seen, seen, -1))
        return after

    def _block_at(self, offset: int) -> tuple[int, int]:
        """The headline at ``offset`` and where it begins relative to the window (zero or negative)."""
        for index, length in enumerate(self._lengths):
            if offset < length:
                return index, -offset
            offset -= length
        return 0, 0

    def _block(self, index: int) -> list[Glyph]:
        """A headline and the separator after it, in the order the window meets them."""
        if index not in self._blocks:
            glyphs = glyphs_of(self._headlines[index], index, level=self._level(index))
            blanks = [Glyph(character, cell_width(character), -1) for character in SEPARATOR]
            self._blocks[index] = [*(reversed(glyphs) if self._rtl else glyphs), *blanks]
        return self._blocks[index]


def glyphs_of(text: str, headline: int = 0, width: int | None = None, *, level: int | None = None) -> list[Glyph]:
    """The clusters of one line of text, visually from left to right; cut with an ellipsis at ``width``.

    ``level`` is the paragraph's (UAX #9), by its first letter when it is None.
    """
    room = UNBOUNDED if width is None else width
    return [
        Glyph(cluster, cell_width(cluster), headline)
        for piece in line(text, max(1, room), base=level).pieces()
        for cluster in clusters(piece.text)
    ]
