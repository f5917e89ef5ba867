"""Views that scroll are scrolled by the terminal where that is shorter, and show what a full repaint shows."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tests.support.emulator import Emulator, first_difference
from tests.terminal.painted import STYLES, TEXTS, WIDTH, segments
from tui.bidi.orders import RowOrder
from tui.terminal.output import Output
from tui.terminal.scrolling import Shift, find_shift

LINES = st.lists(st.lists(st.tuples(TEXTS, STYLES), min_size=1, max_size=2), min_size=8, max_size=20)
VIEWS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=8)


def _paint_view(output: Output, lines: list[list[tuple[str, Style | None]]], first: int, *, note: bool) -> None:
    """A title, a view of the lines from `first` on, a last row that may change by itself."""
    width, height = output.size
    for y in range(1, height - 1):
        parts = lines[first + y - 1] if first + y - 1 < len(lines) else []
        output.paint(y, 0, [*segments(parts), Segment(" " * width)])
    output.paint(0, 0, [Segment("title".ljust(width), Style(reverse=True))])
    output.paint(height - 1, 0, [Segment(("note" if note else "").ljust(width))])


@settings(max_examples=40, deadline=None)
@given(LINES, VIEWS, st.sampled_from(list(RowOrder)))
def test_scrolling_shows_what_a_full_repaint_shows(
    lines: list[list[tuple[str, Style | None]]], views: list[tuple[int, bool]], order: RowOrder
) -> None:
    output, terminal = Output(order=order), Emulator(WIDTH, 9)
    output.resize(WIDTH, 9)
    for first, note in views:
        _paint_view(output, lines, first, note=note)
        terminal.feed(output.flush((3, 2)))
        assert terminal.cursor == (3, 2)
        fresh, again = Emulator(WIDTH, 9), copy.deepcopy(output)
        again.forget()
        fresh.feed(again.flush())
        assert first_difference(terminal, fresh) == ""


def _prose(count: int) -> list[list[tuple[str, Style | None]]]:
    return [[(f"line {n}, {'x' * (n % 7)} words", None)] for n in range(count)]


def test_a_view_that_scrolls_is_scrolled_by_the_terminal() -> None:
    output = Output()
    output.resize(WIDTH, 20)
    _paint_view(output, _prose(60), 0, note=False)
    whole = len(output.flush())
    _paint_view(output, _prose(60), 1, note=False)
    sent = output.flush()
    assert sent.startswith("\x1b[2;19r\x1b[2H\x1b[1M\x1b[r")
    assert len(sent) < 70 < whole
    _paint_view(output, _prose(60), 0, note=False)
    assert "\x1b[2H\x1b[1L" in output.flush()


def test_panes_side_by_side_are_not_scrolled_through_each_other() -> None:
    output = Output()
    output.resize(WIDTH, 20)
    for first in (0, 1):
        for y in range(20):
            output.paint(y, 0, [Segment(f"left {first + y}".ljust(12)), Segment(f"right {y * y}".ljust(12))])
        sent = output.flush()
    assert "r\x1b[" not in sent.replace("right", "")


def test_a_shift_that_spoils_more_than_it_spares_is_left_alone() -> None:
    rows = [f"row {n}" for n in range(10)]
    weights = [10] * 10
    assert find_shift(rows, rows, weights) is None
    assert find_shift(rows, [*rows[1:], "new"], weights) == Shift(0, 10, 1)
    assert find_shift(rows, ["new", "newer", *rows[:-2]], weights) == Shift(0, 10, -2)
    assert find_shift(rows, ["row 9", *rows[1:9], "row 0"], weights) is None, "two rows changed places"
    fixed = ["row 8", *rows[1:8], "row 0", "row 2"]
    assert find_shift(rows, fixed, weights) is None, "what stands between would be sent again"
