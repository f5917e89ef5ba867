"""What Textual draws and what the output stage sends look the same, cell for cell."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.support.emulator import Emulator, first_difference
from tui.terminal.output import Output
from tui.terminal.pens import Pens
from tui.ui.display import _paint

WIDTH, HEIGHT = 30, 6
STYLES = st.sampled_from(
    [
        None,
        Style(color="#d0d0d0", bgcolor="#202020"),
        Style(color="#d0d0d0", bgcolor="#202020", bold=True),
        Style(color="#ffcc00", bgcolor="#303840", italic=True),
        Style(bgcolor="#303840"),
        Style(reverse=True),
        Style(underline=True, color="cyan"),
        Style(strike=True, dim=True),
    ]
)
TEXTS = st.one_of(
    st.text(st.sampled_from("abc  ﺏﻻﺍשלנ日本é│─▌●…"), min_size=1, max_size=WIDTH),
    st.integers(1, WIDTH).map(lambda cells: " " * cells),
)
STRIPS = st.lists(st.tuples(TEXTS, STYLES), min_size=1, max_size=5).map(
    lambda parts: Strip([Segment(text, style) for text, style in parts])
)
CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def _fitted(strip: Strip, width: int) -> Strip:
    return strip.adjust_cell_length(width, Style(bgcolor="#202020")).simplify()


@st.composite
def _layouts(draw: st.DrawFn) -> LayoutUpdate:
    y, x = draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 1))
    height, width = draw(st.integers(1, HEIGHT - y)), draw(st.integers(1, WIDTH - x))
    rows: list[Iterable[Strip]] = [[_fitted(draw(STRIPS), width)] for _ in range(height)]
    return LayoutUpdate(rows, Region(x, y, width, height))


@st.composite
def _chops(draw: st.DrawFn) -> ChopsUpdate:
    """Rows cut into pieces, of which some are new and within a span of dirty cells."""
    chops: list[dict[int, Strip | None]] = []
    ends: list[list[int]] = []
    spans: list[tuple[int, int, int]] = []
    for y in range(HEIGHT):
        cuts = sorted({0, WIDTH, *draw(st.lists(st.integers(1, WIDTH - 1), max_size=3))})
        pieces: dict[int, Strip | None] = {}
        for start, end in pairwise(cuts):
            pieces[start] = _fitted(draw(STRIPS), end - start) if draw(st.booleans()) else None
        chops.append(pieces)
        ends.append(cuts[1:])
        if draw(st.booleans()) or y == HEIGHT - 1:
            first = draw(st.integers(0, WIDTH - 1))
            spans.append((y, first, draw(st.integers(first + 1, WIDTH))))
    return ChopsUpdate(chops, spans, ends)


@st.composite
def _scrolls(draw: st.DrawFn) -> list[LayoutUpdate]:
    """A view over the full width that scrolls through a text."""
    text = [_fitted(strip, WIDTH) for strip in draw(st.lists(STRIPS, min_size=HEIGHT, max_size=3 * HEIGHT))]
    firsts = draw(st.lists(st.integers(0, len(text) - 1), min_size=2, max_size=4))
    blank = Strip.blank(WIDTH)
    return [
        LayoutUpdate([[(text[y] if y < len(text) else blank)] for y in range(first, first + HEIGHT - 1)],
                     Region(0, 0, WIDTH, HEIGHT - 1))
        for first in firsts
    ]  # fmt: skip


UPDATES = st.lists(
    st.one_of(_layouts().map(lambda update: [update]), _chops().map(lambda update: [update]), _scrolls()),
    min_size=1,
    max_size=6,
).map(lambda parts: [update for part in parts for update in part])


@settings(max_examples=120, deadline=None)
@given(UPDATES)
def test_the_terminal_shows_what_textual_would_show(updates: list[LayoutUpdate | ChopsUpdate]) -> None:
    stock, ours = Emulator(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    output = Output(Pens(ColorSystem.TRUECOLOR))
    output.resize(WIDTH, HEIGHT)
    blank = LayoutUpdate([[Strip.blank(WIDTH)]] * HEIGHT, Region(0, 0, WIDTH, HEIGHT))
    for update in [blank, *updates]:
        if _halves_a_wide_cluster(stock, update):
            continue
        # each row begins with an absolute move; the line ends between them would only scroll made-up updates
        stock.feed(update.render_segments(CONSOLE).replace("\n", ""))
        _paint(output, update)
        ours.feed(output.flush())
        assert first_difference(stock, ours) == ""


def _halves_a_wide_cluster(terminal: Emulator, update: LayoutUpdate | ChopsUpdate) -> bool:
    """Would a piece begin or end in the middle of a wide cluster that is shown?  pyte keeps the other half, terminals
    blank it, and so do we.
    """
    if isinstance(update, LayoutUpdate):
        region = update.region
        edges = [(y, x) for y in range(region.y, region.bottom) for x in (region.x, region.right)]
    else:
        edges = [
            (y, x)
            for y, (pieces, ends) in enumerate(zip(update.chops, update.chop_ends, strict=True))
            for x in [*pieces, *ends, *(cut for row, *span in update.spans if row == y for cut in span)]
        ]
    return any(0 < x < WIDTH and terminal.screen.buffer[y][x].data == "" for y, x in edges)
