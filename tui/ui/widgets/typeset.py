"""Typography: the parts of an article set in rows for a pane of a given width.

The measure is at most 72 cells and centred. A part stands at the start side of its own direction, so an English
paragraph of an Arabic article is flush left in the same column. Signs of lists stand in an indent, the rule of a
quotation hangs in the margin beside the text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from tui.bidi.breaks import cell_width
from tui.bidi.layout import Line, Span, lay_out, line
from tui.bidi.levels import needs_bidi
from tui.ui.widgets.balance import headline
from tui.ui.widgets.flow import Kind, Part, spans_of
from tui.ui.widgets.painting import Placed, Row, Sign, place
from tui.ui.widgets.picture import picture_rows
from tui.ui.widgets.plain import Words, in_words
from tui.ui.widgets.tables import columns, grid_rows, record_rows, table_rule

MEASURE = 72
_KEPT = 3000
"""Parts kept set; a long article has some hundred."""
_TITLE_LINES = 3
_INKS = {
    Kind.TITLE: "article--title",
    Kind.BYLINE: "article--byline",
    Kind.HEADING: "article--heading",
    Kind.CITE: "article--quiet",
    Kind.CAPTION: "article--caption",
    Kind.PREFORMATTED: "article--preformatted",
}
_SLANTED = frozenset({Kind.CAPTION})
_JUSTIFIED = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.ITEM})


@dataclass(frozen=True, slots=True)
class Page:
    """The pane a flow is set for."""

    width: int
    rtl: bool = False
    shift: int = 0
    """By how many cells preformatted text is scrolled to the right, if it begins on the left; less than 0: to the left,
    if it begins on the right."""
    picture_rows: int = 0
    """How many rows a picture may take; 0 where none is shown."""
    plain: Words | None = None
    """Words for signs: the plain mode."""
    justify: bool = False
    """Arabic lines are filled with tatweel."""

    @property
    def measure(self) -> int:
        """The cells a line of text may take."""
        if self.plain is not None:
            return max(1, min(MEASURE, self.width - 1))
        return max(1, min(MEASURE, self.width - (8 if self.width >= 40 else 4)))

    @property
    def left(self) -> int:
        """The left edge of the measure."""
        if self.plain is not None:
            return max(0, self.width - self.measure) if self.rtl else 0
        return max(0, (self.width - self.measure) // 2)

    @property
    def right(self) -> int:
        """One past the right edge of the measure."""
        return self.left + self.measure


class Typesetter:
    """Sets parts when they are asked for; what was set is kept while flow and page stay."""

    def __init__(self, parts: Sequence[Part], page: Page) -> None:
        self.parts = parts
        self.page = page
        self._set: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def rows(self, number: int) -> tuple[Row, ...]:
        """The rows of a part, the blank ones above it included; at least one."""
        rows = self._set.get(number)
        if rows is None:
            rows = self._set[number] = set_part(self.parts[number], self.page)
            if len(self._set) > _KEPT:
                self._set.popitem(last=False)
        else:
            self._set.move_to_end(number)
        return rows

    def keep_from(self, other: Typesetter) -> None:
        """Take over what another setter has set of the same parts for the same page."""
        if other.page != self.page:
            return
        for number, rows in other._set.items():
            if number < len(self.parts) and self.parts[number] == other.parts[number]:
                self._set[number] = rows

    def row_of(self, number: int, index: int) -> int:
        """On which row of its part a code point stands."""
        rows = self.rows(number)
        for y, row in enumerate(rows):
            for item in row.placed:
                if item.origin + item.line.start <= index < item.origin + item.line.end:
                    return y
        starts = [(row.start, y) for y, row in enumerate(rows) if row.placed and row.start <= index]
        return max(starts)[1] if starts else 0

    def cells_of(self, number: int, y: int, index: int) -> int | None:
        """The cell on which a code point stands in row ``y`` of its part; None when it does not stand there."""
        for item in self.rows(number)[y].placed:
            if item.origin + item.line.start <= index < item.origin + item.line.end:
                return item.x + item.line.cell_of(index - item.origin) - item.skip
        return None


def set_part(part: Part, page: Page) -> tuple[Row, ...]:
    """The rows of one part."""
    if page.plain is not None:
        part = in_words(part, page.plain)
    match part.kind:
        case Kind.RECORD:
            rows = _record(part, page)
        case Kind.PREFORMATTED:
            rows = [_preformatted(part, page)]
        case Kind.RULE:
            rows = [Row((Sign(page.left + page.measure // 2 - 2, "─ ─ ─", ("article--rule",)),) * (not page.plain))]
        case Kind.ITEM | Kind.CAPTION:
            rows = _signed(part, page)
        case Kind.QUOTE | Kind.CITE:
            rows = [_barred(row, part, page) for row in _paragraph(part, page, 0)]
        case _:
            rows = _paragraph(part, page, 0)
    if part.sign and part.kind is Kind.PARAGRAPH:
        rows = [_announced(part, page), *rows]
    if part.key and rows:
        rows = _keyed(rows, part, page)
    if part.image is not None:
        size, box = (part.image.width, part.image.height), (page.measure, page.picture_rows)
        rows = picture_rows(part.shown, size, box, page.left) + rows
    blank = _barred(Row(), part, page) if part.joined else Row()
    return tuple([blank] * part.gap + (rows or [Row()]))


def _paragraph(part: Part, page: Page, indent: int) -> list[Row]:
    spans = spans_of(part)
    inks: tuple[str, ...] = (_INKS.get(part.kind, "article--text"),)
    if part.kind in _SLANTED and not part.level and not needs_bidi(part.text):  # never on Arabic letters
        inks += ("article--slanted",)
    limit = _TITLE_LINES if part.kind is Kind.TITLE else None
    left, right = (page.left, page.right - indent) if part.stands else (page.left + indent, page.right)
    if limit:
        lines = headline(part.text, max(1, right - left), part.level, spans, limit)
    else:
        justify = page.justify and part.kind in _JUSTIFIED
        lines = lay_out(part.text, max(1, right - left), base=part.level, spans=spans, justify=justify)
    if part.kind is Kind.BYLINE:
        return [Row(placed=(_unended(part, each, left, right, inks),)) for each in lines]
    return [Row(placed=(place(each, left, right, *inks, side=part.side),)) for each in lines]


def _unended(part: Part, laid: Line, left: int, right: int, inks: tuple[str, ...]) -> Placed:
    """A line without the separator it ends in: what it would part stands on the next."""
    text = part.text[laid.start : laid.end]
    kept = text.rstrip(" \u00a0·") if laid.end < len(part.text) else text
    if kept == text.rstrip():
        return place(laid, left, right, *inks, side=part.side)
    return place(line(kept, right - left, base=part.level), left, right, *inks, origin=laid.start, side=part.side)


def _signed(part: Part, page: Page) -> list[Row]:
    sign = line(part.sign, 8, base=part.stands)
    own = 2 * part.depth
    indent = min(own + sign.cells + 1, page.measure // 2)
    rows = _paragraph(part, page, indent)
    x = page.right - own - sign.cells if part.stands else page.left + own
    mark = Sign(x, "".join(piece.text for piece in sign.pieces()), ("article--sign",))
    return [Row((*rows[0].signs, mark), rows[0].placed, rows[0].inks), *rows[1:]] if rows else [Row((mark,))]


def _announced(part: Part, page: Page) -> Row:
    """A row of its own for what a part is, in words."""
    sign = line(part.sign, page.measure, base=part.level)
    x = page.right - sign.cells if part.level else page.left
    return Row((Sign(x, "".join(piece.text for piece in sign.pieces()), ("article--sign",)),))


def _barred(row: Row, part: Part, page: Page) -> Row:
    x = min(page.right + 1, page.width - 1) if part.level else max(0, page.left - 2)
    return Row((Sign(x, "▕" if part.level else "▏", ("article--bar",)), *row.signs), row.placed, row.inks)


def _preformatted(part: Part, page: Page) -> Row:
    whole = line(part.text, 100_000, base=part.level)
    width = min(page.measure, whole.cells)
    hidden = max(0, whole.cells - page.measure)
    # Right-to-left text starts at its right edge, so that is where scrolling starts too.
    shift = max(0, min(-page.shift if part.level else page.shift, hidden))
    skip = hidden - shift if part.level else shift
    x = page.right - width if part.level else page.left
    rest = page.measure - width
    ground = Sign(page.left if part.level else page.left + width, " " * rest, (_INKS[part.kind],))
    right = Sign(page.right, "›", ("article--key",)), skip + width < whole.cells
    left = Sign(page.left - 1, "‹", ("article--key",)), skip > 0
    signs = (ground,) * bool(rest) + tuple(sign for sign, cut in (left, right) if cut)
    return Row(signs, (Placed(x, whole, (_INKS[part.kind],), 0, width, skip),) if part.text else ())


def cut_off(parts: Sequence[Part], page: Page) -> tuple[int, int]:
    """By how many cells, at most, preformatted text goes beyond the measure on the left and on the right."""
    sides = [0, 0]
    for part in parts:
        if part.kind is Kind.PREFORMATTED:
            sides[1 - part.level] = max(sides[1 - part.level], cell_width(part.text) - page.measure)
    return sides[0], sides[1]


def _keyed(rows: list[Row], part: Part, page: Page) -> list[Row]:
    """The key that does something with this part, in the margin at the end side of its first row: inside the measure
    "!" would be read as a part of the sentence. Where the margin has no room for it there is none."""
    cells = cell_width(part.key)
    x = page.left - 1 - cells if part.stands else page.right + 1
    if not 0 < x < page.width - cells:  # the outermost column is the position bar's
        return rows
    return [Row((*rows[0].signs, Sign(x, part.key, ("article--key",))), rows[0].placed, rows[0].inks), *rows[1:]]


def _record(part: Part, page: Page) -> list[Row]:
    assert part.table is not None
    table, header = part.table, bool(part.table.header) and part.row == 0
    shape = columns(table, page.measure) if page.plain is None else None
    cells = _cells(part)
    if shape is not None:
        ink = "article--strong" if header else "article--text"
        rows = grid_rows(cells, shape, page.left, page.right, part.level, ink)
        parted = [Row()] * (shape.squeezed and part.row > bool(table.header))  # or lines of two rows run into one
        return parted + rows + ([table_rule(shape, page.left, page.right, part.level)] if header else [])
    rule = Row((Sign(page.left, "╌" * page.measure, ("article--rule",)),) * (page.plain is None))
    return [rule] if header else [*record_rows(cells, table.header, page.left, page.right, part.level), rule]


def _cells(part: Part) -> list[tuple[str, list[Span]]]:
    """The part's text cell by cell, spans counted from each cell's start."""
    spans = spans_of(part)
    out, origin = [], 0
    for text in part.text.split("\t"):
        end = origin + len(text)
        inside = [s for s in spans if s.start < end and s.end > origin]
        out.append((text, [Span(max(0, s.start - origin), min(len(text), s.end - origin), s.style) for s in inside]))
        origin = end + 1
    return out
