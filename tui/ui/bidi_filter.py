"""Right-to-left text in stock widgets: a line filter over finished strips.

A strip is cut into *fields*: at box-drawing characters, at two or more blanks, and where a table's column changes.
Each field is a paragraph of its own; its clusters are shaped, put in visual order and mirrored, and their styles
(with what hangs on them: links, actions) go with them.

The width of a strip never changes, because Textual has laid everything out by it.  Shaping makes a field narrower
where lam and alef become one cell; the cells that are left over become blanks at the field's end.  The alternative,
lam and alef as two letters, keeps the width too, but no reader of Arabic writes them so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.bidi.layout import Span, line
from tui.bidi.levels import base_direction, needs_bidi

if TYPE_CHECKING:
    from textual.widget import Widget

    _Base = Widget
else:
    _Base = object

_BOXES = "\u2500-\u259f\u2800-\u28ff"
_FIELD = re.compile(f"[^{_BOXES} ]+(?: [^{_BOXES} ]+)*")
_RULE = re.compile(" ([─━═▔▁▀▄])")
Styled = tuple[str, Style | None]


class BidiFilter(LineFilter):
    """Puts each field of a finished line in visual order.

    `marks`: the terminal draws tashkeel and niqqud in their place; else they are left out.
    """

    def __init__(self, *, marks: bool = False) -> None:
        super().__init__()
        self.marks = marks

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line in visual order; the same list where there is nothing to do."""
        text = "".join([segment.text for segment in segments if not segment.control])
        if text.isascii() or not needs_bidi(text):
            return segments
        styles: list[Style | None] = []
        for segment in segments:
            if not segment.control:
                styles += [segment.style] * len(segment.text)
        shown: list[Styled] = []
        done = 0
        for start, end in _fields(text, styles):
            shown += _stretches(text, styles, done, start)
            field, missing = self._field(text, styles, start, end)
            shown += field
            done = end
            if missing and _RULE.match(text, end):  # a border's title: the border makes up for what is missing
                shown += [(text[end], styles[end]), (text[end + 1] * missing, styles[end + 1])]
                done = end + 1
            elif missing:
                shown.append((" " * missing, styles[end - 1]))
        shown += _stretches(text, styles, done, len(text))
        width = sum(segment.cell_length for segment in segments)
        return Segment.adjust_line_length(_merged(shown), width, styles[-1])

    def _field(self, text: str, styles: list[Style | None], start: int, end: int) -> tuple[list[Styled], int]:
        """One field from left to right, and how many cells have to follow to make it as wide as it was."""
        field = text[start:end]
        if not needs_bidi(field):
            return _stretches(text, styles, start, end), 0
        cuts = tuple(at - start for at in range(start + 1, end) if styles[at] is not styles[at - 1])
        right_to_left, order = visual_order(field, cuts, self.marks)
        result = [(part, styles[start + at]) for part, at in order]
        width = sum(cell_len(part) for part, _ in _stretches(text, styles, start, end))  # as Textual counted
        missing = width - sum(cell_len(part) for part, _ in result)
        if missing < 0:
            return _cut(result, width, from_left=right_to_left), 0
        if missing and _hangs_right(text, start, end):  # its edge at the right margin has to stay
            return [(" " * missing, styles[start]), *result], 0
        return result, missing


class Visual(_Base):
    """Mixin for widgets and screens whose strips are in visual order already: the filter leaves them alone."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The app's filters, without the one that reorders."""
        return [line_filter for line_filter in super().get_line_filters() if not isinstance(line_filter, BidiFilter)]


@lru_cache(4096)
def visual_order(field: str, cuts: tuple[int, ...], marks: bool) -> tuple[bool, tuple[tuple[str, int], ...]]:
    """(is it right to left?, the parts of `field` from left to right: what is drawn, and the index of its style).

    `cuts` are the places where the style changes.  The direction is that of the majority of words: a wrapped line of
    an Arabic text may well begin with a Latin name.
    """
    base = base_direction(field, majority=True)
    bounds = (0, *cuts, len(field))
    spans = [Span(start, end, start) for start, end in pairwise(bounds)]
    made = line(field, 2 * len(field) + 8, base=base, spans=spans, marks=marks)
    parts = tuple((piece.text, _first(piece.styles)) for piece in made.pieces())
    return made.level == 1, parts


def _first(styles: tuple[object, ...]) -> int:
    return styles[0] if styles and isinstance(styles[0], int) else 0


def _fields(text: str, styles: list[Style | None]) -> Iterator[tuple[int, int]]:
    """The fields of a line: [start, end) of each."""
    columns = [_column(style) for style in styles] if any(_column(style) is not None for style in set(styles)) else None
    for found in _FIELD.finditer(text):
        start, end = found.span()
        if _is_cursor(text, styles, end):
            end += 1
        if columns is not None:
            for at in range(start + 1, end):
                if columns[at] != columns[at - 1]:
                    yield start, at
                    start = at
        yield start, end


def _column(style: Style | None) -> object:
    """The column of a DataTable's cell."""
    return style.meta.get("column") if style is not None and style._meta else None


def _is_cursor(text: str, styles: list[Style | None], at: int) -> bool:
    """Is the blank at `at` the cursor of a field, standing behind the last letter?"""
    if at >= len(text) or text[at] != " " or styles[at] == styles[at - 1]:
        return False
    return at + 1 == len(text) or styles[at] != styles[at + 1]


def _stretches(text: str, styles: list[Style | None], start: int, end: int) -> list[Styled]:
    """`text[start:end]`, cut where the style changes."""
    result: list[Styled] = []
    first = start
    for at in range(start + 1, end):
        if styles[at] is not styles[at - 1]:
            result.append((text[first:at], styles[first]))
            first = at
    if first < end:
        result.append((text[first:end], styles[first]))
    return result


def _merged(parts: list[Styled]) -> list[Segment]:
    """The parts as segments, neighbours of one style as one."""
    result: list[Segment] = []
    texts: list[str] = []
    for at, (text, style) in enumerate(parts):
        texts.append(text)
        if at + 1 == len(parts) or parts[at + 1][1] is not style:
            joined = "".join(texts)
            texts.clear()
            if joined:
                result.append(Segment(joined, style))
    return result


def _hangs_right(text: str, start: int, end: int) -> bool:
    """Does a field stand nearer to the end of the blanks around it than to their beginning?"""
    before = len(text[:start]) - len(text[:start].rstrip(" "))
    after = len(text[end:]) - len(text[end:].lstrip(" "))
    return before > after + 1


def _cut(parts: list[Styled], width: int, *, from_left: bool) -> list[Styled]:
    """`parts` in `width` cells, for the rare text that Textual counts too narrow (joiners between letters)."""
    result: list[Styled] = []
    room = width
    for text, style in reversed(parts) if from_left else parts:
        piece = set_cell_size(text[::-1] if from_left else text, min(room, cell_len(text)))
        result.append((piece[::-1] if from_left else piece, style))
        room -= cell_len(piece)
    return result[::-1] if from_left else result
