"""Tables on a page of fixed measure: columns where they fit, records ("header: value") where they do not."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tui.bidi.breaks import cell_width
from tui.bidi.layout import Line, Span, lay_out
from tui.news.model import Table, Text
from tui.ui.widgets.painting import Placed, Row, Sign

GAP = 2
_INDENT = 2
_NARROWEST = 6
"""No column is squeezed below this, unless its text is shorter."""
_TALLEST = 4
"""A cell that would need more rows than this is read better in a record."""


class Columns(NamedTuple):
    """The widths of a table's columns, and which of them hold numbers."""

    widths: tuple[int, ...]
    numeric: tuple[bool, ...]
    squeezed: bool
    """Whether some cell takes more than one row."""


@lru_cache(64)
def columns(table: Table, measure: int) -> Columns | None:
    """How the table's columns share ``measure`` cells; None when it must fold into records."""
    rows = ((table.header,) if table.header else ()) + table.rows
    count = max((len(row) for row in rows), default=0)
    if not count:
        return None
    wide, least = [0] * count, [0] * count
    for row in rows:
        for n, cell in enumerate(row):
            wide[n] = max(wide[n], cell_width(cell.text), 1)
            word = max((cell_width(w) for w in cell.text.split()), default=1)
            least[n] = max(least[n], min(word, measure // 2))
    room = measure - GAP * (count - 1)
    widths = _share(wide, [min(w, max(word, _NARROWEST)) for w, word in zip(wide, least, strict=True)], room)
    if widths is None or any(
        cell_width(cell.text) > _TALLEST * width for row in rows for cell, width in zip(row, widths, strict=False)
    ):
        return None
    numeric = tuple(all(_is_number(row[n]) for row in table.rows if n < len(row)) for n in range(count))
    return Columns(tuple(widths), numeric, widths != wide)


def _share(wide: list[int], least: list[int], room: int) -> list[int] | None:
    """Every column its natural width if there is room, else its least and a share of the rest by need."""
    if sum(wide) <= room:
        return wide
    if sum(least) > room:
        return None
    spare, need = room - sum(least), sum(wide) - sum(least)
    return [few + spare * (w - few) // need for w, few in zip(wide, least, strict=True)]


def _is_number(text: Text) -> bool:
    letters = sum(c.isalpha() for c in text.text)
    return any(c.isdecimal() for c in text.text) and letters <= 2


def grid_rows(
    cells: list[tuple[str, list[Span]]], shape: Columns, left: int, right: int, level: int, ink: str
) -> list[Row]:
    """One row of a table in columns, each cell wrapped in its own; right-to-left tables start on the right."""
    laid: list[tuple[list[Line], int, int]] = []
    start = origin = 0
    for n, (text, spans) in enumerate(cells):
        laid.append((lay_out(text, max(1, shape.widths[n]), base=None if text else level, spans=spans), start, origin))
        start += shape.widths[n] + GAP
        origin += len(text) + 1
    rows = []
    for y in range(max((len(lines) for lines, *_ in laid), default=1)):
        placed = []
        for n, (lines, begin, at) in enumerate(laid):
            if y < len(lines) and lines[y].cells:
                one, width = lines[y], shape.widths[n]
                # Text stands on the table's start side, numbers on the right in both: digits run left to right.
                rest = width - one.cells if shape.numeric[n] and not level else 0
                x = right - begin - one.cells if level else left + begin + rest
                placed.append(Placed(max(0, x), one, (ink,), at))
        rows.append(Row(placed=tuple(sorted(placed, key=lambda p: p.x))))
    return rows


def table_rule(shape: Columns, left: int, right: int, level: int) -> Row:
    """The line under a header."""
    width = sum(shape.widths) + GAP * (len(shape.widths) - 1)
    return Row((Sign(right - width if level else left, "─" * width, ("article--rule",)),))


def record_rows(
    cells: list[tuple[str, list[Span]]], header: tuple[Text, ...], left: int, right: int, level: int
) -> list[Row]:
    """One row of a table that does not fit, folded: each cell after its column's header, on one row if it can be."""
    rows: list[Row] = []
    origin = 0
    for n, (text, spans) in enumerate(cells):
        name = header[n].text.strip() if n < len(header) else ""
        rows += _field(name, text, spans, (left, right, level), origin)
        origin += len(text) + 1
    return rows


def _field(name: str, text: str, spans: list[Span], box: tuple[int, int, int], origin: int) -> list[Row]:
    left, right, level = box

    def put(one: Line, indent: int, ink: str, at: int) -> Placed:
        return Placed(right - indent - one.cells if level else left + indent, one, (ink,), at)

    base = None if text else level
    label = _laid(f"{name}:", right - left, level, []) if name else []
    if not label:
        return [Row(placed=(put(one, 0, "article--text", origin),)) for one in _laid(text, right - left, base, spans)]
    # The label is no text of the record: its places lie before it and are never reached.
    heads = [put(one, 0, "article--quiet", -len(name) - 2) for one in label]
    used = label[0].cells + 1
    beside = _laid(text, right - left - used, base, spans)
    if len(label) == len(beside) == 1 and right - left >= used + _NARROWEST:
        value = put(beside[0], used, "article--text", origin)
        return [Row(placed=tuple(sorted((*heads, value), key=lambda p: p.x)))]
    below = _laid(text, right - left - _INDENT, base, spans)
    return [Row(placed=(one,)) for one in (*heads, *(put(one, _INDENT, "article--text", origin) for one in below))]


def _laid(text: str, width: int, base: int | None, spans: list[Span]) -> list[Line]:
    return lay_out(text, max(1, width), base=base, spans=spans)
