"""A small screen, and what may be painted on it."""

from __future__ import annotations

from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tui.bidi.orders import RowOrder
from tui.terminal.output import Output

WIDTH, HEIGHT = 24, 5
STYLES = st.sampled_from(
    [
        None,
        Style(bold=True),
        Style(color="red"),
        Style(bgcolor="#203040"),
        Style(color="white", bgcolor="#203040", bold=True),
        Style(reverse=True),
        Style(underline=True, color="green"),
        Style(link="https://example.org/a"),
    ]
)
TEXTS = st.one_of(
    st.text(st.sampled_from("ab  ﺏﻻש日本é\u0301│●"), min_size=1, max_size=WIDTH),
    st.integers(1, WIDTH).map(lambda n: " " * n),
    st.sampled_from(["👍 ok", "☎️x", "سَلام"]),
)
PAINTS = st.tuples(
    st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.lists(st.tuples(TEXTS, STYLES), min_size=1, max_size=3)
)
FRAMES = st.lists(st.lists(PAINTS, min_size=1, max_size=4), min_size=1, max_size=5)


def segments(parts: list[tuple[str, Style | None]]) -> list[Segment]:
    return [Segment(text, style) for text, style in parts]


def cleared(**options: object) -> Output:
    output = Output(**options)  # type: ignore[arg-type]
    output.resize(WIDTH, HEIGHT)
    for y in range(HEIGHT):
        output.paint(y, 0, [Segment(" " * WIDTH)])
    return output


def painted(*rows: str, order: RowOrder = RowOrder.VISUAL) -> Output:
    output = Output(order=order)
    output.resize(WIDTH, HEIGHT)
    for y in range(HEIGHT):
        text = rows[y] if y < len(rows) else ""
        output.paint(y, 0, [Segment(text.ljust(WIDTH))])
    output.flush()
    return output
