"""What the terminal shows, cell by cell, and the shortest way from there to what it should show.  Pure.

    output.paint(y, x, segments)   as often as there is something new
    driver.write(output.flush())   once a frame

`paint` notes what should be seen, `flush` compares it with what the terminal shows and sends the difference: cursor
moves, pen changes, erases, text.  Terminals that reorder text by themselves get each changed row as a whole, in the
order they need (`tui.bidi.orders`); everything before that last step is in visual order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from rich.segment import Segment

from tui.bidi.orders import LRM, Cell, Face, RowOrder, reorder_row
from tui.terminal.cells import append_cells, has_rtl
from tui.terminal.hand import Hand
from tui.terminal.pens import Pens
from tui.terminal.scrolling import FEWEST, find_shift
from tui.terminal.sixel import Films
from tui.terminal.strokes import Row, Stroke, by_pen, strokes

_BRIDGE = 4  # unchanged cells that cost less to write again than to jump over
_ANCHOR = "\u2800"
_BORDERS = frozenset("│┃║▌▏▎▊▐▕|")
# what fills its cell and no more: the letters a font's width is measured by, boxes and blocks
_FITTING = frozenset(("", None, *map(chr, range(0x20, 0x7F)), *map(chr, range(0x2500, 0x25A0))))
_WORTH_SORTING = 4  # strokes: fewer have no pen to share


class Output:
    """The last stage before the terminal."""

    def __init__(
        self,
        pens: Pens | None = None,
        *,
        order: RowOrder = RowOrder.VISUAL,
        anchored: bool = False,
        erase_keeps_background: bool = True,
        films: Films | None = None,
    ) -> None:
        """``films``: pictures to draw for placeholders, where the terminal knows none; for the visual order only."""
        self.pens = pens or Pens()
        self._films = films
        self.order = order
        self._anchored = anchored
        self._coloured_erase = erase_keeps_background
        self._width = self._height = 0
        self._wanted: list[Row] = []
        self._shown: list[Row] = []
        self._dirty: set[int] = set()
        self._hand = Hand(self.pens, 0, films)

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
        self._hand = Hand(self.pens, self._width, self._films)

    def set_order(self, order: RowOrder, *, anchored: bool = False) -> None:
        """The terminal needs its rows in another order from now on: everything is sent again."""
        self.order = order
        self._anchored = anchored
        self.forget()

    def moved(self) -> None:
        """Somebody else may have moved the cursor or changed the pen, but has shown nothing."""
        self._hand.lost()

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
        self._draw(list(self._strokes(wanted)))
        self._dirty.clear()
        if cursor is not None:
            self._hand.move(*cursor)
        if self.pens.too_many:
            self._keep_pens()
        return self._hand.take()

    def _keep_pens(self) -> None:
        """Only those of what is on the screen: a day of reading would have one more for every link."""
        rows, hand = [*self._wanted, *self._shown], self._hand
        used = {pen for row in rows for pen in row.pens}
        renamed = self.pens.keep(used if hand.pen is None else used | {hand.pen})
        for row in rows:
            row.pens[:] = [renamed[pen] for pen in row.pens]
        hand.pen = None if hand.pen is None else renamed[hand.pen]

    def text(self, y: int) -> str:
        """Row `y` as it should be seen, in visual order."""
        return "".join(" " if cluster is None else cluster for cluster in self._wanted[y].texts)

    def _ordered(self, y: int) -> Row:
        """Row `y` as the terminal is to be given it."""
        row = self._wanted[y]
        if self.order is not RowOrder.VISUAL:
            row = reordered(row, self.order, self.pens.face)
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
        self._hand.send(shift.sequence())
        top, bottom, by = shift
        for y in range(top, bottom):
            if y not in wanted:
                wanted[y] = self._ordered(y)
        new = [Row(self._width) for _ in range(abs(by))]
        moved = self._shown[top:bottom]
        self._shown[top:bottom] = [*moved[by:], *new] if by > 0 else [*new, *moved[:by]]

    def _strokes(self, wanted: dict[int, Row]) -> Iterator[Stroke]:
        """What there is to draw, row by row; it counts as shown."""
        for y in sorted(wanted):
            row, shown = wanted[y], self._shown[y]
            if row.texts == shown.texts and row.pens == shown.pens:
                continue
            whole = self.order is RowOrder.RUNS and (has_rtl(row.texts) or has_rtl(shown.texts))
            runs = [(0, self._width)] if whole else _changes(row, shown)
            done = 0
            for first, stop in runs:
                start = max(first, done)
                if start < stop:
                    for stroke in strokes(y, (start, stop, runs[-1][1]), row, self.pens, coloured=self._coloured_erase):
                        yield stroke
                        done = stroke.stop
                    done = max(done, stop)
                    shown.texts[start:done] = row.texts[start:done]
                    shown.pens[start:done] = row.pens[start:done]

    def _draw(self, drawn: list[Stroke]) -> None:
        """Row by row, or pen by pen where that takes fewer bytes and rows need not be sent whole."""
        other = self._hand.copy()
        self._hand.draw(drawn)
        if len(drawn) >= _WORTH_SORTING and self.order is not RowOrder.RUNS:
            other.draw(by_pen(drawn, self.pens, other.pen))
            self._hand = min(self._hand, other, key=Hand.waiting)


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
            result.append(_whole(wanted, *_with_remains(wanted, shown, start, last + 1)))
            start = at
        last = at
    if start >= 0:
        result.append(_whole(wanted, *_with_remains(wanted, shown, start, last + 1)))
    return result


def _with_remains(wanted: Row, shown: Row, start: int, stop: int) -> tuple[int, int]:
    """The stretch, and the blanks at its ends into which a letter that goes may have reached.

    In proportion to their cells many fonts' Arabic letters and signs are too wide; xterm clears the cells it is given
    and no others, so that specks of ink would stay on a blank that is not sent.
    """
    if start and wanted.texts[start - 1] == " " and _reaches_out(shown.texts[start], wanted.texts[start]):
        start -= 1
    if (
        stop < len(wanted.texts)
        and wanted.texts[stop] == " "
        and _reaches_out(shown.texts[stop - 1], wanted.texts[stop - 1])
    ):
        stop += 1
    return start, stop


def _reaches_out(old: str | None, new: str | None) -> bool:
    return old not in _FITTING and old != new


def _whole(row: Row, start: int, stop: int) -> tuple[int, int]:
    """The stretch, with both halves of the wide clusters at its ends."""
    while start and row.texts[start] == "":
        start -= 1
    while stop < len(row.texts) and row.texts[stop] == "":
        stop += 1
    return start, stop


def reordered(row: Row, order: RowOrder, face: Callable[[int], int]) -> Row:
    """`row` in the order that a class of terminal needs; cells that are not known count as blanks."""
    cells = [Cell(" " if text is None else text, pen) for text, pen in zip(row.texts, row.pens, strict=True)]
    result = Row(0)
    for text, pen in reorder_row(cells, order, cast(Face, face)):
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
