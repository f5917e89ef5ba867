"""Tables on a page of fixed measure: columns where they fit, records ("header: value") where they do not."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tui.bidi.breaks import cell_width
from tui.bidi.layout import Line, Span, lay_out
from tui.news.model import Table, Text
from tui.ui.widgets.painting import Placed, Row, Sign

GAP = 2
_NARROWEST = 6
"""No column is squeezed below this, unless its text is shorter."""


class Columns(NamedTuple):
    """The widths of a table's columns, and which of them hold numbers."""

    widths: tuple[int, ...]
    numeric: tuple[bool, ...]


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
    if widths is None:
        return None
    numeric = tuple(all(_is_number(row[n]) for row in table.rows if n < len(row)) for n in range(count))
    return Columns(tuple(widths), numeric)


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
                # Inside a column numbers stand on the end side, text on the table's start side.
                rest = width - one.cells if shape.numeric[n] else 0
                x = right - begin - rest - one.cells if level else left + begin + rest
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
    """One row of a table that does not fit, folded: each cell on rows of its own after its column's header."""
    rows: list[Row] = []
    origin = 0
    indent = 2
    for n, (text, spans) in enumerate(cells):
        name = header[n].text.strip() if n < len(header) else ""
        if name:
            label = lay_out(f"{name}:", right - left, base=level, max_lines=1)[0]
            x = right - label.cells if level else left
            rows.append(Row(placed=(Placed(x, label, ("article--quiet",), -len(name) - 2),)))
        for one in lay_out(text, max(1, right - left - indent), base=None if text else level, spans=spans):
            x = right - indent - one.cells if level else left + indent
            rows.append(Row(placed=(Placed(x, one, ("article--text",), origin),)))
        origin += len(text) + 1
    return rows
