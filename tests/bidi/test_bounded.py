"""No text costs much more than its length: every hostile case against plain Arabic of that length."""

import gc
import sys
import time
from collections.abc import Callable

import pytest

from tests.bidi.hostile_cases import CASES, every_code_point, hostile_text, plain
from tests.bidi.texts import ARABIC
from tui.bidi.breaks import break_opportunities, cell_width, clusters
from tui.bidi.layout import lay_out, line, truncate
from tui.bidi.levels import base_direction, resolve
from tui.bidi.orders import Cell, RowOrder, reorder_row
from tui.bidi.sanitize import sanitize, sanitize_block
from tui.bidi.shaping import shape

LENGTH = 6_000
LENGTHS = {"layout": 3_000, "justify": 2_000, "rows": 2_000}  # of what costs most
MOST = 10  # times plain Arabic
MOST_OF_LEVELS = 12  # what is dearest measures 9: room for a busy machine
ATTEMPTS = 5


def levels_and_order(text: str) -> object:
    return resolve(text).line_order()


def direction(text: str) -> object:
    return base_direction(text, majority=True)


def safe(text: str) -> object:
    return sanitize(text), sanitize_block(text)


def cut_in_clusters(text: str) -> object:
    return [*clusters(text)]


def shaped(text: str) -> object:
    return shape(text), shape(text, marks=False)


def laid_out(text: str) -> object:
    return [(made.pieces(), made.clusters()) for made in lay_out(text, 80)]


def justified(text: str) -> object:
    return [made.pieces() for made in lay_out(text, 20, base=1, justify=True, marks=True)]


def one_line(text: str) -> object:
    return line(text, 80).pieces(), truncate(text, 80)


def rows(text: str) -> object:
    row = [Cell(char) for char in text]
    return [reorder_row(row, order) for order in RowOrder]


STEPS: dict[str, Callable[[str], object]] = {
    "levels": levels_and_order,
    "direction": direction,
    "sanitize": safe,
    "breaks": break_opportunities,
    "clusters": cut_in_clusters,
    "width": cell_width,
    "shape": shaped,
    "layout": laid_out,
    "justify": justified,
    "line": one_line,
    "rows": rows,
}


def seconds(step: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    step(text)
    return time.process_time() - start


@pytest.mark.skipif(sys.gettrace() is not None, reason="measured without a tracer: coverage makes loops dear")
@pytest.mark.parametrize("step", STEPS)
def test_no_text_costs_ten_times_plain_arabic(step: str) -> None:
    run, length = STEPS[step], LENGTHS.get(step, LENGTH)
    arabic = plain(ARABIC, length)
    run(arabic)
    gc.collect()
    texts = {name: hostile_text(name, length) for name in CASES} | {"every code point": every_code_point(length)}
    most = MOST_OF_LEVELS if step == "levels" else MOST
    dear = []
    for name, text in texts.items():
        # The least of several tries on both sides: a busy machine makes a try longer, never shorter.
        usual, found = seconds(run, arabic), seconds(run, text)
        for _ in range(ATTEMPTS):
            if found / len(text) <= most * usual / length:
                break
            usual, found = min(usual, seconds(run, arabic)), min(found, seconds(run, text))
        else:
            dear.append(f"{name}: {found / len(text) / (usual / length):.1f} x")
    assert dear == []


@pytest.mark.skipif(sys.gettrace() is not None, reason="measured without a tracer: coverage makes loops dear")
@pytest.mark.parametrize("step", STEPS)
def test_four_times_the_length_costs_about_four_times(step: str) -> None:
    run, length = STEPS[step], LENGTHS.get(step, LENGTH)
    dear = []
    for name in CASES:
        short, long = hostile_text(name, length // 4), hostile_text(name, length)
        run(short)
        few, many = seconds(run, short), seconds(run, long)
        for _ in range(ATTEMPTS):
            if many / few < 9:  # 4 when linear, 16 when quadratic
                break
            few, many = min(few, seconds(run, short)), min(many, seconds(run, long))
        else:
            dear.append(f"{name}: {many / few:.1f} x")
    assert dear == []
