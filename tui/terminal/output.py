"""What the terminal shows, cell by cell, and the shortest way from there to what it should show.  Pure.

    output.paint(y, x, segments)   as often as there is something new
    driver.write(output.flush())   once a frame

`paint` notes what should be seen, `flush` compares it with what the terminal shows and sends the difference: cursor
moves, pen changes, erases, text.  Terminals that reorder text by themselves get each changed row as a whole, in the
order they need (`tui.bidi.orders`); everything before that last step is in visual order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from rich.segment import Segment

from tui.bidi.orders import LRM, Cell, RowOrder, reorder_row
from tui.terminal.cells import append_cells, has_rtl, is_sure
from tui.terminal.pens import DEFAULT, Pens
from tui.terminal.scrolling import FEWEST, find_shift

_BRIDGE = 4  # unchanged cells that cost less to write again than to jump over
_ANCHOR = "\u2800"
_BORDERS = frozenset("│┃║▌▏▎▊▐▕|")
_WORTH_ERASING, _WORTH_ENDING = 10, 4  # blanks: ECH and a jump take up to nine bytes, EL takes three


class Row:
    """One row: the clusters and the pens of its cells.  A cell whose text is None is not known."""

    __slots__ = ("pens", "texts")

    def __init__(self, width: int, text: str | None = None) -> None:
        self.texts: list[str | None] = [text] * width
        self.pens: list[int] = [DEFAULT] * width

    def key(self) -> tuple[tuple[str | None, ...], tuple[int, ...]]:
        """Equal for rows that look the same."""
        return tuple(self.texts), tuple(self.pens)


class Output:
    """The last stage before the terminal."""

    def __init__(
        self,
        pens: Pens | None = None,
        *,
        order: RowOrder = RowOrder.VISUAL,
        anchored: bool = False,
        erase_keeps_background: bool = True,
    ) -> None:
        self.pens = pens or Pens()
        self.order = order
        self._anchored = anchored
        self._coloured_erase = erase_keeps_background
        self._width = self._height = 0
        self._wanted: list[Row] = []
        self._shown: list[Row] = []
        self._dirty: set[int] = set()
        self._at: tuple[int, int] | None = None  # where the cursor is, (x, y), if we know; x is the width at the margin
        self._pen: int | None = None  # what it writes with, if we know
        self._out: list[str] = []

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._width, self._height

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size: nothing is known, and nothing is wanted yet."""
        self._width, self._height = width, height
        self._wanted = [Row(width) for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """The terminal may show anything: the next frame sends everything."""
        self._shown = [Row(self._width) for _ in range(self._height)]
        self._dirty = set(range(self._height))
        self._at = self._pen = None

    def set_order(self, order: RowOrder, *, anchored: bool = False) -> None:
        """The terminal needs its rows in another order from now on: everything is sent again."""
        self.order = order
        self._anchored = anchored
        self.forget()

    def moved(self) -> None:
        """Somebody else may have moved the cursor or changed the pen, but has shown nothing."""
        self._at = self._pen = None

    def paint(self, y: int, x: int, segments: Iterable[Segment]) -> None:
        """From cell (x, y) on these segments should be seen.  What lies outside the screen is dropped."""
        if not 0 <= y < self._height or x >= self._width:
            return
        texts: list[str] = []
        pens: list[int] = []
        append_cells(segments, self.pens, texts, pens)
        if x < 0:
            texts, pens, x = texts[-x:], pens[-x:], 0
        _crop(texts, pens, self._width - x)
        if not texts:
            return
        row, end = self._wanted[y], x + len(texts)
        if row.texts[x] == "":  # half of a wide cluster is painted over: the other half is a blank
            row.texts[x - 1] = " "
        if end < self._width and row.texts[end] == "":
            row.texts[end] = " "
        row.texts[x:end] = texts
        row.pens[x:end] = pens
        self._dirty.add(y)

    def flush(self, cursor: tuple[int, int] | None = None) -> str:
        """What to send so that the terminal shows what was painted, with the cursor at `cursor` (x, y) at the end."""
        wanted = {y: self._ordered(y) for y in self._dirty}
        self._scroll(wanted)
        for y in sorted(wanted):
            self._send_row(y, wanted[y])
        self._dirty.clear()
        if cursor is not None:
            self._move(*cursor)
        text = "".join(self._out)
        self._out.clear()
        return text

    def text(self, y: int) -> str:
        """Row `y` as it should be seen, in visual order."""
        return "".join(" " if cluster is None else cluster for cluster in self._wanted[y].texts)

    def _ordered(self, y: int) -> Row:
        """Row `y` as the terminal is to be given it."""
        row = self._wanted[y]
        if self.order is not RowOrder.VISUAL:
            row = reordered(row, self.order)
            if self._anchored:
                _anchor(row)
        return row

    def _scroll(self, wanted: dict[int, Row]) -> None:
        """Let the terminal move what it shows already; rows that this changes join those to be sent."""
        if len(wanted) < FEWEST:
            return
        shown = [row.key() for row in self._shown]
        rows = [wanted.get(y, row) for y, row in enumerate(self._shown)]
        then = [row.key() for row in rows]
        shift = find_shift(shown, then, [self._width - row.texts.count(" ") for row in rows])
        if shift is None:
            return
        self._out.append(shift.sequence())
        self._at = None
        top, bottom, by = shift
        for y in range(top, bottom):
            if y not in wanted:
                wanted[y] = self._ordered(y)
        new = [Row(self._width) for _ in range(abs(by))]
        moved = self._shown[top:bottom]
        self._shown[top:bottom] = [*moved[by:], *new] if by > 0 else [*new, *moved[:by]]

    def _send_row(self, y: int, wanted: Row) -> None:
        shown = self._shown[y]
        if wanted.texts == shown.texts and wanted.pens == shown.pens:
            return
        whole = self.order is RowOrder.RUNS and (has_rtl(wanted.texts) or has_rtl(shown.texts))
        runs = [(0, self._width)] if whole else _changes(wanted, shown)
        done = 0
        for first, stop in runs:
            start = max(first, done)
            if start < stop:
                done = self._send_cells(y, (start, stop, runs[-1][1]), wanted)
                shown.texts[start:done] = wanted.texts[start:done]
                shown.pens[start:done] = wanted.pens[start:done]

    def _send_cells(self, y: int, span: tuple[int, int, int], row: Row) -> int:
        """Send the cells of one row; blanks that can be erased for less are erased.

        `span`: from where, to where, and where the last change of the row ends.  Returns how far it got: erasing to
        the margin reaches further.
        """
        at, end, _ = span
        for gap, stop in self._gaps(row, span):
            self._write(y, at, gap, row)
            self._move(gap, y)
            if self._pen is None or self.pens.blank(self._pen) != row.pens[gap]:  # erasing leaves the background alone
                self._set_pen(row.pens[gap])
            self._out.append("\x1b[K" if stop == self._width else f"\x1b[{stop - gap}X")
            at = stop
        self._write(y, at, end, row)
        return max(at, end)

    def _gaps(self, row: Row, span: tuple[int, int, int]) -> Iterator[tuple[int, int]]:
        """Stretches of equal blanks that are worth erasing."""
        texts, pens, width = row.texts, row.pens, self._width
        at, end, last = span
        while at < end:
            if texts[at] != " ":
                at += 1
                continue
            pen, first = pens[at], at
            while at < width and texts[at] == " " and pens[at] == pen:
                at += 1
            if at == width:
                worth = last - first >= _WORTH_ENDING
            else:
                at = min(at, end)
                worth = at - first >= _WORTH_ERASING
            if worth and self.pens.erasable(pen, coloured=self._coloured_erase):
                yield first, at

    def _write(self, y: int, start: int, end: int, row: Row) -> None:
        """Send text, stretch by stretch of one pen.  A blank is written with the pen at hand if it looks the same."""
        texts, pens, blank = row.texts, row.pens, self.pens.blank
        at = start
        while at < end:
            if texts[at] is None:
                at += 1
                continue
            pen = pens[at]
            if texts[at] == " " and self._pen is not None and blank(self._pen) == pen:
                pen = self._pen
            elif texts[at] == " ":
                pen = self._pen_ahead(row, at, end)
            bare, stop = blank(pen), at + 1
            while stop < end and texts[stop] is not None:
                if pens[stop] != pen and not (texts[stop] == " " and pens[stop] == bare):
                    break
                stop += 1
            self._move(at, y)
            self._set_pen(pen)
            self._put(y, at, texts[at:stop])
            at = stop

    def _pen_ahead(self, row: Row, at: int, end: int) -> int:
        """The pen of the text behind the blanks at `at`, if they look the same in it: one change instead of two."""
        pen = row.pens[at]
        while at < end and row.texts[at] == " " and row.pens[at] == pen:
            at += 1
        return row.pens[at] if at < end and self.pens.blank(row.pens[at]) == pen else pen

    def _put(self, y: int, x: int, clusters: list[str | None]) -> None:
        text = "".join(filter(None, clusters))
        if is_sure(text):
            self._out.append(text)
            self._stand(x + len(clusters), y)
            return
        for offset, cluster in enumerate(clusters):
            if cluster:
                cells = 2 if clusters[offset + 1 : offset + 2] == [""] else 1
                self._move(x + offset, y)
                if is_sure(cluster):
                    self._out.append(cluster)
                    self._stand(x + offset + cells, y)
                else:
                    self._put_unsure(x + offset, y, cluster, cells)

    def _put_unsure(self, x: int, y: int, cluster: str, cells: int) -> None:
        """Terminals may count these cells in another way: they are blanked first, and the next place is absolute."""
        self._out.append(" " * cells)
        self._at = None
        self._move(x, y)
        self._out.append(cluster)
        self._at = None

    def _stand(self, x: int, y: int) -> None:
        """The cursor is there now."""
        self._at = (x, y)

    def _move(self, x: int, y: int) -> None:
        if self._at != (x, y):
            self._out.append(move(self._at, x, y, self._width))
            self._at = (x, y)

    def _set_pen(self, pen: int) -> None:
        self._out.append(self.pens.change(self._pen, pen))
        self._pen = pen


def move(at: tuple[int, int] | None, x: int, y: int, width: int = -1) -> str:
    """The shortest sequence that takes the cursor from `at` (None: unknown) to (x, y); 0-based cells.

    A cursor that has just written the last of `width` columns stands on it, or behind it: terminals differ, so that
    only steps down its column, or to the first one, are sure.
    """
    if at == (x, y):
        return ""
    options = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
    if at is not None:
        from_x, from_y = at
        at_margin = from_x == width
        across, down = x - from_x + (at_margin and x == width - 1), y - from_y
        if down == 0 and not at_margin:
            options.append(f"\x1b[{_count(abs(across))}{'C' if across > 0 else 'D'}")
            if -3 < across < 0:
                options.append("\b" * -across)
        elif across == 0 and down:
            options.append(f"\x1b[{_count(abs(down))}{'B' if down > 0 else 'A'}")
        if x == 0 and 0 <= down < 3:
            options.append("\r" + "\n" * down)
    return min(options, key=len)


def _count(number: int) -> str:
    return "" if number == 1 else str(number)


def _crop(texts: list[str], pens: list[int], room: int) -> None:
    """Cut a row to `room` cells; a wide cluster that is cut in half becomes a blank."""
    if texts and texts[0] == "":
        texts[0] = " "
    if len(texts) > room:
        if texts[room] == "" and room:
            texts[room - 1] = " "
        del texts[room:], pens[room:]


def _changes(wanted: Row, shown: Row) -> list[tuple[int, int]]:
    """The stretches in which two rows differ; short equal stretches between two are bridged."""
    cells = enumerate(zip(wanted.texts, shown.texts, wanted.pens, shown.pens, strict=True))
    different = [at for at, (text, old_text, pen, old_pen) in cells if text != old_text or pen != old_pen]
    result: list[tuple[int, int]] = []
    start = last = -1
    for at in different:
        if start < 0:
            start = at
        elif at - last > _BRIDGE:
            result.append(_whole(wanted, start, last + 1))
            start = at
        last = at
    if start >= 0:
        result.append(_whole(wanted, start, last + 1))
    return result


def _whole(row: Row, start: int, stop: int) -> tuple[int, int]:
    """The stretch, with both halves of the wide clusters at its ends."""
    while start and row.texts[start] == "":
        start -= 1
    while stop < len(row.texts) and row.texts[stop] == "":
        stop += 1
    return start, stop


def reordered(row: Row, order: RowOrder) -> Row:
    """`row` in the order that a class of terminal needs; cells that are not known count as blanks."""
    cells = [Cell(" " if text is None else text, pen) for text, pen in zip(row.texts, row.pens, strict=True)]
    result = Row(0)
    for text, pen in reorder_row(cells, order):
        result.texts.append(text)
        result.pens.append(cast(int, pen))
    return result


def _anchor(row: Row) -> None:
    """The blank that opens a row or a pane, and the first one behind each run of letters, become U+2800.

    It looks blank, and is a left-to-right letter to UAX #9. For terminals that guess the direction of every row and
    heed no marks: they would turn round a row that is all Arabic, and take its runs for one.
    """
    texts = row.texts
    if not has_rtl(texts):
        return
    wanted = True
    for at, text in enumerate(texts):
        if text == " " and (wanted or texts[at - 1] in _BORDERS):
            texts[at] = _ANCHOR
            wanted = False
        elif text:
            wanted = text.endswith(LRM) or (wanted and not text.startswith(LRM))
