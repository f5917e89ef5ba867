"""What Textual and rich remember of lines and places, emptied now and then.

Their caches are bounded, but for programs of another kind: 16,384 cut segments are tens of MB of lines long gone, and
4,096 rectangles for each operation on them those of every size and dialog there was. One minute's worth is enough.
"""

from __future__ import annotations

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual.css.scalar import Scalar
from textual.geometry import Region
from textual.strip import Strip

REMEMBERED = (
    Segment._split_cells,
    cached_cell_len,
    Strip.blank,
    Scalar.resolve,
    Region.__contains__,
    Region.contains_region,
    Region.grow,
    Region.intersection,
    Region.overlaps,
    Region.shrink,
    Region.split,
    Region.split_horizontal,
    Region.split_vertical,
    Region.translate,
    Region.union,
)
"""Memories of what is computed again in microseconds."""


def forget_lines_and_places() -> None:
    """Empty them."""
    for memory in REMEMBERED:
        memory.cache_clear()
