"""The cells of a row that are to be sent, as strokes: what goes out in one go, with one pen.  Pure.

Blanks that can be erased for fewer bytes than they take are erased.  A stroke of nothing but blanks may be drawn with
any pen that looks the same on a blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from tui.terminal.pens import DEFAULT, Pens

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


class Stroke(NamedTuple):
    """Cells `x` to `stop` (exclusive) of row `y`."""

    y: int
    x: int
    stop: int
    pen: int
    clusters: Sequence[str | None]
    """empty: the cells are erased"""
    blank: bool
    """nothing but blanks: every pen whose blank is `pen` will do"""


def strokes(y: int, span: tuple[int, int, int], row: Row, pens: Pens, *, coloured: bool) -> Iterator[Stroke]:
    """The strokes that draw cells of `row`, in their order; erasing to the margin may reach further than asked.

    `span`: from where, to where (exclusive), and where the last change of the row ends.  `coloured`: the terminal
    erases to the background colour.
    """
    at, end, _ = span
    for gap, stop in _gaps(row, span, pens, coloured):
        yield from _written(y, at, gap, row, pens)
        yield Stroke(y, gap, stop, row.pens[gap], (), blank=True)
        at = stop
    yield from _written(y, at, end, row, pens)


def by_pen(drawn: Sequence[Stroke], pens: Pens, at_hand: int | None) -> list[Stroke]:
    """The same strokes, those of one pen together, from the pen that is `at_hand` to the nearest one and so on.

    Blanks go with what is written right behind them, if that looks the same on them, else with any such pen.
    """
    ranks = _by_nearness({stroke.pen: None for stroke in drawn if not stroke.blank}, pens, at_hand)
    carriers = {pens.blank(pen): rank for pen, rank in reversed(ranks.items())}
    for stroke in drawn:
        if stroke.blank:
            carriers.setdefault(stroke.pen, len(ranks) + len(carriers))

    def rank(stroke: Stroke, behind: Stroke | None) -> int:
        if not stroke.blank:
            return ranks[stroke.pen]
        if (
            behind is None
            or behind.blank
            or (stroke.y, stroke.stop, stroke.pen) != (behind.y, behind.x, pens.blank(behind.pen))
        ):
            return carriers[stroke.pen]
        return ranks[behind.pen]

    order = [rank(*pair) for pair in zip_longest(drawn, drawn[1:])]
    return [stroke for _, stroke in sorted(zip(order, drawn, strict=True), key=itemgetter(0))]


def _by_nearness(wanted: Mapping[int, None], pens: Pens, at_hand: int | None) -> dict[int, int]:
    """A place for each pen, so that the next is always one that the pen before it becomes in the fewest bytes."""
    left, pen = dict(wanted), at_hand
    places: dict[int, int] = {}
    while left:
        pen = min(left, key=lambda other: len(pens.change(pen, other)))
        places[pen] = len(places)
        del left[pen]
    return places


def _gaps(row: Row, span: tuple[int, int, int], pens: Pens, coloured: bool) -> Iterator[tuple[int, int]]:
    """Stretches of equal blanks that are worth erasing."""
    texts, width = row.texts, len(row.texts)
    at, end, last = span
    while at < end:
        if texts[at] != " ":
            at += 1
            continue
        pen, first = row.pens[at], at
        while at < width and texts[at] == " " and row.pens[at] == pen:
            at += 1
        if at == width:
            worth = last - first >= _WORTH_ENDING
        else:
            at = min(at, end)
            worth = at - first >= _WORTH_ERASING
        if worth and pens.erasable(pen, coloured=coloured):
            yield first, at


def _written(y: int, start: int, end: int, row: Row, pens: Pens) -> Iterator[Stroke]:
    """Text, stretch by stretch of one pen, with the blanks beside it that look the same in that pen."""
    texts, blank = row.texts, pens.blank
    at = start
    while at < end:
        if texts[at] is None:
            at += 1
            continue
        pen = _pen_ahead(row, at, end, pens)
        bare, stop = blank(pen), at + 1
        while stop < end and texts[stop] is not None:
            if row.pens[stop] != pen and not (texts[stop] == " " and row.pens[stop] == bare):
                break
            stop += 1
        clusters = texts[at:stop]
        yield Stroke(y, at, stop, pen, clusters, blank=pen == bare and clusters.count(" ") == len(clusters))
        at = stop


def _pen_ahead(row: Row, at: int, end: int, pens: Pens) -> int:
    """The pen at `at`; if blanks stand there, the pen of the text behind them, if they look the same in it."""
    pen = row.pens[at]
    while at < end and row.texts[at] == " " and row.pens[at] == pen:
        at += 1
    return row.pens[at] if at < end and pens.blank(row.pens[at]) == pen else pen
