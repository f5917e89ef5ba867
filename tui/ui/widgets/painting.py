"""From laid-out lines to Textual strips: the last step of both panes.

A row of the screen is a handful of *placed* things: lines of text that ``tui.bidi.layout`` has put in visual order,
and signs (a bar, a bullet, a star). Looks are named by *inks*, the names of component classes; what a name looks like
is the theme's business and is asked only here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.bidi.breaks import cell_width, clusters
from tui.bidi.layout import Line, Piece

Inks = tuple[str, ...]


class Palette(Protocol):
    """What inks look like."""

    def __call__(self, inks: Inks) -> Style:
        """The style of these inks, laid over one another from the first to the last."""


class Sign(NamedTuple):
    """A piece of text that belongs to the row, not to what is read: never selected, never reordered."""

    x: int
    text: str
    inks: Inks = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A laid-out line whose left edge stands at cell ``x`` of the row.

    ``inks`` are under all of its text. ``origin`` is where the line's paragraph starts in the text that the row's part
    is copied from. Of a line wider than ``width`` cells (when not 0), ``width`` are shown from cell ``skip`` on.
    """

    x: int
    line: Line
    inks: Inks = ()
    origin: int = 0
    width: int = 0
    skip: int = 0

    @property
    def cells(self) -> int:
        """The cells it takes in the row."""
        return min(self.width, self.line.cells - self.skip) if self.width else self.line.cells


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen. ``inks`` are under everything on it, also under its blanks."""

    signs: tuple[Sign, ...] = ()
    placed: tuple[Placed, ...] = ()
    inks: Inks = ()

    def index_at(self, x: int) -> int | None:
        """The index, in the part's text, of the cluster on cell ``x``; None where no text stands."""
        for item in self.placed:
            if item.x <= x < item.x + item.cells:
                return item.origin + item.line.index_at(x - item.x + item.skip)
        return None

    @property
    def start(self) -> int:
        """Where the row's text starts in its part."""
        return min((p.origin + p.line.start for p in self.placed), default=0)


class Overlay(NamedTuple):
    """An ink over a stretch of a part's text that was not known when the line was laid out (a hit, a selection)."""

    start: int
    end: int
    ink: str


def place(line: Line, left: int, right: int, *inks: str, origin: int = 0, side: int | None = None) -> Placed:
    """The line in the box from cell ``left`` to ``right`` (exclusive), at its own start side unless told which."""
    rightwards = line.level if side is None else side
    start = right - line.cells - line.indent if rightwards & 1 else left + line.indent
    return Placed(max(left, start), line, inks, origin)


def paint(row: Row, width: int, palette: Palette, overlays: Sequence[Overlay] = (), hit: int | None = None) -> Strip:
    """The row as a strip of exactly ``width`` cells.

    With ``hit``, every cluster is a segment of its own with ``meta["offset"] = (index in the part, hit)``, which is
    what Textual's selection reads.
    """
    items: list[tuple[int, int, Iterator[Segment]]] = [
        (sign.x, cell_width(sign.text), _sign(sign, row.inks, palette)) for sign in row.signs
    ]
    items += [(text.x, text.cells, _text(text, row.inks, palette, overlays, hit)) for text in row.placed]
    items.sort(key=lambda item: item[0])
    base = palette(row.inks)
    segments: list[Segment] = []
    x = 0
    for at, cells, drawn in items:
        if cells <= 0 or at < x:
            continue
        if at > x:
            segments.append(Segment(" " * (at - x), base))
        added = list(drawn)
        segments += added
        # As wide as Textual takes it to be: Rich's tables differ from ours for some scripts of India, and a strip of
        # another length than it says tears the screen.
        x = at + sum(segment.cell_length for segment in added)
    if x < width:
        segments.append(Segment(" " * (width - x), base))
    if hit is not None:
        segments = _with_ends(segments, row, hit)
    return Strip(segments, x).crop(0, width) if x > width else Strip(segments, width)


def _sign(sign: Sign, under: Inks, palette: Palette) -> Iterator[Segment]:
    yield Segment(sign.text, palette(under + sign.inks))


def _text(
    item: Placed, under: Inks, palette: Palette, overlays: Sequence[Overlay], hit: int | None
) -> Iterator[Segment]:
    segments = list(_bits(item, under, palette, overlays, hit))
    if item.cells < item.line.cells:
        yield from Strip(segments, item.line.cells).crop(item.skip, item.skip + item.cells)
    else:
        yield from segments


def _bits(
    item: Placed, under: Inks, palette: Palette, overlays: Sequence[Overlay], hit: int | None
) -> Iterator[Segment]:
    line = item.line
    first, last = item.origin + line.start, item.origin + line.end
    over = [o for o in overlays if o.start < last and o.end > first]
    for piece in line.pieces():
        inks = under + item.inks + tuple(str(style) for style in piece.styles)
        if hit is None and not over:
            yield Segment(piece.text, palette(inks))
            continue
        run: list[str] = []
        look: Inks = inks
        for text, start in _clusters(line, piece, item.origin):
            now = inks + tuple(o.ink for o in over if o.start <= start < o.end)
            if run and (hit is not None or now != look):
                yield Segment("".join(run), palette(look))
                run = []
            look = now
            if hit is None:
                run.append(text)
            else:
                yield Segment(text, palette(now) + Style.from_meta({"offset": (start, hit)}))
        if run:
            yield Segment("".join(run), palette(look))


def _clusters(line: Line, piece: Piece, origin: int) -> Iterator[tuple[str, int]]:
    """The piece cluster by cluster, left to right, with the logical index each stands for."""
    shown = clusters(piece.text)
    for start, _, cells in line.clusters():
        if not cells or not piece.start <= start < piece.end:
            continue
        # By cells, not one by one: a stretched letter is several signs of one cluster.
        text, width = "", 0
        while width < cells and (sign := next(shown, "")):
            text += sign
            width += cell_width(sign)
        if text:
            yield text, origin + start
    rest = "".join(shown)
    if rest:  # the ellipsis, which stands for no place of its own
        yield rest, origin + line.end


def _with_ends(segments: list[Segment], row: Row, hit: int) -> list[Segment]:
    """Give the blanks beside a line an offset too: its logical start on the start side, its end on the other."""
    if not row.placed:
        return [Segment(s.text, (s.style or Style.null()) + Style.from_meta({"offset": (0, hit)})) for s in segments]
    first, last = row.placed[0], row.placed[-1]
    rtl = bool(first.line.level & 1)
    ends = (last.origin + last.line.end, first.origin + first.line.start)
    left, right = ends if rtl else ends[::-1]
    out, x = [], 0
    for segment in segments:
        style = segment.style or Style.null()
        if "offset" not in style.meta:
            edge = left if x < first.x else right
            # Textual adds the characters left of the pointer: one blank a segment keeps the offset what it is.
            out += [Segment(c, style + Style.from_meta({"offset": (edge, hit)})) for c in segment.text]
        else:
            out.append(segment)
        x += segment.cell_length
    return out
