"""No text costs much more than its length: every hostile case against plain Arabic of that length."""

import gc
import sys
import time
from collections.abc import Callable

import pytest

from tests.bidi.hostile_cases import CASES, every_code_point, hostile_text, plain
from tests.bidi.texts import ARABIC
from tui.bidi.breaks import break_opportunities
from tui.bidi.layout import lay_out, line
from tui.bidi.levels import base_direction, resolve
from tui.bidi.orders import Cell, RowOrder, reorder_row
from tui.bidi.sanitize import sanitize, sanitize_block

LENGTH = 10_000
MOST = 10  # times plain Arabic
# Levels alone of a text in which every character is a control or a run of its own measure 10.5; the bound leaves room
# for a busy machine. Such a text never gets that far: sanitize takes the controls out.
MOST_OF_LEVELS = 14
ATTEMPTS = 5


def levels_and_order(text: str) -> object:
    return resolve(text).line_order()


def direction(text: str) -> object:
    return base_direction(text, majority=True)


def safe(text: str) -> object:
    return sanitize(text), sanitize_block(text)


def laid_out(text: str) -> object:
    return [(made.pieces(), made.clusters()) for made in lay_out(text, 80)]


def one_line(text: str) -> object:
    return line(text, 80).pieces()


def rows(text: str) -> object:
    row = [Cell(char) for char in text]
    return [reorder_row(row, order) for order in RowOrder]


STEPS: dict[str, Callable[[str], object]] = {
    "levels": levels_and_order,
    "direction": direction,
    "sanitize": safe,
    "breaks": break_opportunities,
    "layout": laid_out,
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
    run = STEPS[step]
    most = MOST_OF_LEVELS if step == "levels" else MOST
    arabic = plain(ARABIC, LENGTH)
    run(arabic)
    gc.collect()
    texts = {name: hostile_text(name, LENGTH) for name in CASES} | {"every code point": every_code_point(LENGTH)}
    dear = []
    for name, text in texts.items():
        # The least of several tries on both sides: a busy machine makes a try longer, never shorter.
        usual, found = seconds(run, arabic), seconds(run, text)
        for _ in range(ATTEMPTS):
            if found / len(text) <= most * usual / LENGTH:
                break
            usual, found = min(usual, seconds(run, arabic)), min(found, seconds(run, text))
        else:
            dear.append(f"{name}: {found / len(text) / (usual / LENGTH):.1f} x")
    assert dear == []


@pytest.mark.parametrize("name", ["open isolates", "nested brackets", "marks", "signs away from a number", "blanks"])
def test_twice_the_length_costs_about_twice(name: str) -> None:
    short = hostile_text(name, LENGTH)
    long = hostile_text(name, 4 * LENGTH)
    best = min(seconds(levels_and_order, long) for _ in range(3)) / min(
        seconds(levels_and_order, short) for _ in range(3)
    )
    assert best < 10  # 4 when linear, 16 when quadratic
