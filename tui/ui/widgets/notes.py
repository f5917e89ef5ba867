"""A few sentences in the middle of an empty pane."""

from __future__ import annotations

from functools import lru_cache

from tui.bidi.layout import Line, lay_out
from tui.news.model import Direction
from tui.ui.widgets.painting import Placed, Row
from tui.ui.widgets.reading_direction import level_of

_MEASURE = 48


@lru_cache(16)
def note_rows(text: str, width: int, height: int, ink: str, *, rtl: bool) -> tuple[Row, ...]:
    """Rows that show ``text`` centred in a pane, a little above its middle; as many rows as the pane has at most."""
    measure = min(_MEASURE, width - 4)
    if not text or measure < 4 or height < 1:
        return ()
    lines: list[Line | None] = []
    for paragraph in text.split("\n"):
        base = level_of(Direction.AUTO, "", paragraph, default=int(rtl))
        lines += lay_out(paragraph, measure, base=base) if paragraph.strip() else [None]
    above = max(0, (height - len(lines)) * 2 // 5)
    rows = [Row(placed=(Placed((width - one.cells) // 2, one, (ink,)),)) if one else Row() for one in lines]
    return (*(Row() for _ in range(above)), *rows)[:height]
