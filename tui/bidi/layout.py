"""Paragraphs to lines: broken, shaped, in visual order, with a map between every cell and its place in the text.

    for line in lay_out(text, 60, spans=[Span(0, 5, "bold")]):
        for piece in line.pieces():              # from left to right, ready for the screen
            write(piece.text, piece.styles)

Everything is shown once, but for what is documented as invisible: blanks where a line is broken, line ends, format
and control characters (none of which is ever emitted), tashkeel and niqqud unless ``marks``, the alef of a lam-alef
(its cell is the ligature's), and of joined pictographs all but the first. Lines are measured from their left edge in
cells; a line of level 1 is to be placed so that it ends at the right edge of its box: alignment is the caller's.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.bidi._kashida import stretches
from tui.bidi._paragraph import CLUSTERS, ELLIPSIS, Prepared
from tui.bidi._styles import Span, StyleMap
from tui.bidi.breaks import WIDEST_CLUSTER

__all__ = ["Line", "Piece", "Span", "display", "lay_out", "line", "truncate"]

_OF_NUMBERS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹.,٫٬")
_NO_STYLES = StyleMap(())
_NO_STRETCH: dict[int, int] = {}


class Piece(NamedTuple):
    """Visual text of one direction and one style, covering the places ``start:end`` of the text."""

    text: str
    start: int
    end: int
    level: int
    cells: int
    styles: tuple[object, ...]


class Line:
    """One line of a laid out text. Places are code points of the text that was given; cells count from the left."""

    __slots__ = (
        "_clusters", "_high", "_low", "_source", "_stretch", "_styles",
        "cells", "end", "hard", "indent", "level", "start", "truncated",
    )  # fmt: skip

    def __init__(self, source: Prepared, low: int, high: int, styles: StyleMap, *, hard: bool, indent: int) -> None:
        self._source, self._low, self._high, self._styles = source, low, high, styles
        self._stretch = _NO_STRETCH
        self._clusters: list[tuple[int, int, int]] | None = None
        self.start = source.offset + low
        self.end = source.offset + high
        self.level = source.level
        self.cells = source.sums[high] - source.sums[low]
        self.hard = hard
        self.indent = indent
        self.truncated = False

    def __repr__(self) -> str:
        return f"Line({self.start}:{self.end}, level {self.level}, {self.cells} cells)"

    def pieces(self) -> list[Piece]:
        """The line from left to right, cut where direction or style changes; a cluster takes its first style."""
        source, offset = self._source, self._source.offset
        result: list[Piece] = []
        for low, high, level in source.runs(self._low, self._high):
            parts: list[Piece] = []
            start = low
            for _, cut, styles in self._styles.parts(low + offset, high + offset):
                end = source.cluster_end(cut - offset, high)
                text = source.visual(start, end, level, self._stretch) if end > start else ""
                if text:
                    last = min(end + offset, self.end)
                    parts.append(Piece(text, min(start + offset, last), last, level, self._width(start, end), styles))
                start = max(start, end)
            result += reversed(parts) if level & 1 else parts
        return result

    def _width(self, low: int, high: int) -> int:
        cells = self._source.sums[high] - self._source.sums[low]
        if self._stretch:
            cells += sum(extra for place, extra in self._stretch.items() if low <= place < high)
        return cells

    def clusters(self) -> list[tuple[int, int, int]]:
        """[(start, end, cells)] from left to right, covering every place of the line.

        Invisible places belong to the cluster before them, or behind them where there is none before; lam and alef
        are one cluster. A run of nothing visible is a cluster of 0 cells, and the ellipsis of a truncated line one
        of 1 cell and no places.
        """
        if self._clusters is None:
            self._clusters = [
                cluster for run in self._source.runs(self._low, self._high) for cluster in self._run(*run)
            ]
        return self._clusters

    def _run(self, low: int, high: int, level: int) -> Iterable[tuple[int, int, int]]:
        source = self._source
        found = [[match.start() + low, match.end() + low] for match in CLUSTERS(source.cells[low:high])]
        if len(found) > 1 and not source.cells[low]:
            found[1][0] = low
            del found[0]
        result = [
            (min(start + source.offset, self.end), min(end + source.offset, self.end), self._width(start, end))
            for start, end in found
        ]
        return reversed(result) if level & 1 else result

    def index_at(self, cell: int) -> int:
        """The place where the cluster under a cell begins; beyond the edges the start or the end of the line."""
        if cell < 0 or cell >= self.cells or not self.cells:
            return self.end if (cell >= 0) != bool(self.level) else self.start
        left = 0
        for start, _, cells in self.clusters():
            if left <= cell < left + cells:
                return start
            left += cells
        return self.end

    def cell_of(self, index: int) -> int:
        """The leftmost cell of the cluster that covers a place.

        The end of the line is where a caret goes after the last letter: ``cells`` in a line from left to right, -1 in
        one from right to left. A truncated line shows the places it hides under its ellipsis.
        """
        left = 0
        for start, end, cells in self.clusters():
            if start <= index < end or (start == end == self.end <= index):
                return left
            left += cells
        before = index < self.start
        return -1 if before != bool(self.level) else self.cells


def _cut(source: Prepared, low: int, width: int) -> int:
    """Where the text from ``low`` is cut for an ellipsis: between clusters, not inside a number, without blanks."""
    text = source.text
    high = source.fitting(low, max(0, width - 1))
    if text[high - 1 : high].isdigit() and text[high : high + 1].isdigit():
        digits = high
        while digits > low and text[digits - 1] in _OF_NUMBERS:
            digits -= 1
        high = digits if digits > low else high
    while high > low and text[high - 1] in " \t\xa0":
        high -= 1
    return high


def _ellipsed(source: Prepared, low: int, styles: StyleMap, width: int, indent: int, *, marks: bool) -> Line:
    """The line from ``low`` cut for an ellipsis at its logical end, in the direction of the whole paragraph."""
    high = _cut(source, low, width)
    cut = Prepared(source.text[:high] + ELLIPSIS, source.offset, source.level, source.narrowest, marks=marks)
    cut.end_at_base()
    result = Line(cut, low, high + 1, styles.upto(source.offset + high), hard=True, indent=indent)
    result.end = source.offset + high
    result.truncated = True
    return result


def lay_out(  # noqa: PLR0913 - one call with everything a pane knows, all by name
    text: str,
    width: int,
    *,
    base: int | None = None,
    spans: Sequence[Span] = (),
    first_indent: int = 0,
    indent: int = 0,
    marks: bool = False,
    max_lines: int | None = None,
    justify: bool = False,
) -> list[Line]:
    """Lines of at most ``width`` cells, the indent on the start side included. Never empty.

    text: paragraphs parted by "\\n".
    width: cells; less than 1 counts as 1.
    base: 0 or 1 for every paragraph, None for each by its first strong character.
    spans: styles over places of the text; they may overlap.
    first_indent, indent: cells left free on the start side of the first line of all and of the others (bullets hang
        in the difference).
    marks: draw tashkeel and niqqud.
    max_lines: the last of them is truncated with an ellipsis if there is more.
    justify: Arabic lines are filled with tatweel where that is done.

    The time is linear in the length of the text; pieces and clusters are made when they are asked for.
    """
    width = max(1, width)
    first_indent, indent = (max(0, min(cells, width - 1)) for cells in (first_indent, indent))
    styles = StyleMap(spans) if spans else _NO_STYLES
    narrowest = width - max(first_indent, indent)
    lines: list[Line] = []
    offset = 0
    paragraphs = text.split("\n")

    def free() -> int:
        return width - (indent if lines else first_indent)

    for number, paragraph in enumerate(paragraphs):
        source = Prepared(paragraph, offset, base, narrowest, marks=marks)
        offset += len(paragraph) + 1
        for low, high, following in source.wrap(free):
            hard = following == len(paragraph)
            here = indent if lines else first_indent
            last = max_lines is not None and len(lines) + 1 >= max_lines
            if last and (not hard or any(map(str.strip, paragraphs[number + 1 :]))):
                lines.append(_ellipsed(source, low, styles, width - here, here, marks=marks))
                return lines
            lines.append(made := Line(source, low, high, styles, hard=hard, indent=here))
            if justify and not hard and source.level:
                _stretch(made, width - here)
            if last:
                return lines
    return lines


def _stretch(made: Line, width: int) -> None:
    source = made._source
    found = stretches(source.text, source.glyphs, made._low, made._high, width - made.cells)
    if found:
        made._stretch = found
        made.cells += sum(found.values())


def line(text: str, width: int, *, base: int | None = None, spans: Sequence[Span] = (), marks: bool = False) -> Line:
    """The text on one line of at most ``width`` cells, truncated with an ellipsis; line ends count as blanks."""
    width = max(1, width)
    styles = StyleMap(spans) if spans else _NO_STYLES
    source = Prepared(text.replace("\n", " "), 0, base, width, marks=marks)
    if source.sums[-1] <= width:
        return Line(source, 0, len(text), styles, hard=True, indent=0)
    return _ellipsed(source, 0, styles, width, 0, marks=marks)


def truncate(text: str, width: int) -> str:
    """The logical text with blanks for line ends, cut for an ellipsis if it takes more than ``width`` cells."""
    text = text.replace("\n", " ")
    source = Prepared(text, 0, 0, WIDEST_CLUSTER, marks=True)
    if source.sums[-1] <= width:
        return text
    return text[: _cut(source, 0, width)] + ELLIPSIS if width > 0 else ""


def display(text: str, base: int | None = None, *, marks: bool = False) -> str:
    """The whole text as one line in visual order, for a terminal without bidi and shaping of its own."""
    made = line(text, 2 * len(text) + 8, base=base, marks=marks)
    return "".join(piece.text for piece in made.pieces())
