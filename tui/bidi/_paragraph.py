"""One paragraph prepared for layout: what is drawn for each code point, how wide it is, where its lines end."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from tui.bidi.breaks import WIDEST_CLUSTER, break_opportunities, measure
from tui.bidi.levels import MIRROR, Paragraph, needs_bidi, resolve
from tui.bidi.shaping import NOTHING, shape

ELLIPSIS = "…"

_INVISIBLE = (
    "\x01-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff"
)
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_TONES = "\U0001f3fb-\U0001f3ff"
# Of joined pictographs the first is drawn, and no skin tone: terminals disagree on the cells of a sequence, and agree
# on those of its first character.
_UNDRAWN = re.compile(f"(?:(?<=[{_PICTURES}{_TONES}\ufe0f])\u200d[{_PICTURES}]|[{_TONES}{_INVISIBLE}])+")
_OTHER_BLANKS = str.maketrans("\t\xa0\u2007\u202f", "    ")
_HAS_OTHER_BLANK = re.compile("[\t\xa0\u2007\u202f]").search
CLUSTERS: Callable[[bytes], Iterator[re.Match[bytes]]] = re.compile(rb"\0+|[^\0]\0*+").finditer
"""The clusters in the cells of a run: a code point with cells and those without behind it."""


def drawn(text: str, *, marks: bool) -> str:
    """What a terminal is sent for each code point, in logical order: one character, or NOTHING."""
    if text.isascii() and text.isprintable():
        return text
    glyphs = _UNDRAWN.sub(lambda found: NOTHING * (found.end() - found.start()), shape(text, marks=marks))
    return glyphs.translate(_OTHER_BLANKS) if _HAS_OTHER_BLANK(glyphs) else glyphs


def _clipped(glyphs: str, cells: bytes, width: int) -> tuple[str, bytes]:
    """Clusters wider than a whole line become an ellipsis."""
    parts, narrow = list(glyphs), bytearray(cells)
    for found in CLUSTERS(cells):
        start, end = found.span()
        if cells[start] > width:
            parts[start:end] = [ELLIPSIS] + [NOTHING] * (end - start - 1)
            narrow[start] = 1
    return "".join(parts), bytes(narrow)


class Prepared:
    """A paragraph: its text from place ``offset`` of the whole text, glyphs, cells, and levels when asked for."""

    __slots__ = ("_levels", "cells", "glyphs", "level", "narrowest", "offset", "stacked", "sums", "text")

    def __init__(self, text: str, offset: int, base: int | None, narrowest: int, *, marks: bool) -> None:
        self.text = text
        self.offset = offset
        self.glyphs = drawn(text, marks=marks)
        self.cells = measure(self.glyphs)
        self.narrowest = narrowest  # cells of its narrowest line
        if narrowest < WIDEST_CLUSTER and self.cells and max(self.cells) > narrowest:
            self.glyphs, self.cells = _clipped(self.glyphs, self.cells, narrowest)
        self.sums = list(accumulate(self.cells, initial=0))
        # whether anything is drawn over a base: then runs are turned by clusters
        self.stacked = self.cells.count(0) != self.glyphs.count(NOTHING)
        self._levels: Paragraph | None = None
        if base is None and needs_bidi(text):
            self._levels = resolve(text)
            self.level = self._levels.level
        else:
            self.level = base or 0

    def runs(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The line's runs from left to right: (start, end, level)."""
        if self._levels is None:
            self._levels = resolve(self.text, self.level)
        return self._levels.line_runs(start, end)

    def end_at_base(self) -> None:
        """The last character (an ellipsis) stands at the end in the direction of the paragraph, whatever isolate,
        embedding or override it was cut in."""
        levels = resolve(self.text, self.level)
        self._levels = levels._replace(levels=levels.levels[:-1] + bytes((self.level,)))

    def visual(self, start: int, end: int, level: int, stretch: dict[int, int]) -> str:
        """What is drawn for a part of one run, from left to right."""
        glyphs = self.glyphs[start:end]
        if stretch or (level & 1 and self.stacked):
            parts = []
            for found in CLUSTERS(self.cells[start:end]):
                low, high = found.span()
                tatweels = "\u0640" * stretch.get(start + low, 0)
                parts.append(tatweels + glyphs[low:high] if level & 1 else glyphs[low:high] + tatweels)
            glyphs = "".join(reversed(parts) if level & 1 else parts)
        elif level & 1:
            glyphs = glyphs[::-1]
        if level & 1:
            glyphs = glyphs.translate(MIRROR)
        return glyphs.replace(NOTHING, "")

    def cluster_end(self, place: int, end: int) -> int:
        """The first place from ``place`` on, up to ``end``, where a cluster begins."""
        cells = self.cells
        while place < end and not cells[place]:
            place += 1
        return place

    def fitting(self, start: int, width: int) -> int:
        """The end of the longest row of whole clusters from ``start`` that takes at most ``width`` cells."""
        return max(start, bisect_right(self.sums, self.sums[start] + width) - 1)

    def wrap(self, width_of: Callable[[], int]) -> Iterator[tuple[int, int, int]]:
        """Greedy lines as (start, end without trailing blanks, start of the next).

        ``width_of`` is asked for the width before every line. A piece longer than a line is cut between clusters.
        """
        ends = break_opportunities(self.text)
        stops = _without_blanks(self.text, ends)
        sums = self.sums
        sizes = [sums[stop] for stop in stops]
        start = piece = 0
        while piece < len(ends):
            width = width_of()
            beyond = bisect_right(sizes, sums[start] + width, piece)
            if beyond > piece:
                yield start, max(start, stops[beyond - 1]), ends[beyond - 1]
                start, piece = ends[beyond - 1], beyond
                continue
            cut = self.fitting(start, width)
            if cut == start:  # not even one cluster: one is taken all the same
                cut = self.cluster_end(start + 1, len(self.text))
            yield start, cut, cut
            start = cut


def _without_blanks(text: str, ends: list[int]) -> list[int]:
    """Where each piece ends without its trailing blanks."""
    stops = [end - 1 if text[end - 1 : end] in {" ", "\t"} else end for end in ends]
    if "  " in text or "\t" in text:
        before = 0
        for index, end in enumerate(ends):
            stop = stops[index]
            while stop > before and text[stop - 1] in " \t":
                stop -= 1
            stops[index] = stop
            before = end
    return stops
