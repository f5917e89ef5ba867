"""Rows that stand on the screen already, higher up or further down.  Pure.

A list or an article that fills the width and scrolls shows most of its rows again: the terminal moves them in a
scroll region (DECSTBM, DL and IL, of the VT102: every terminal has them) for fewer bytes than sending them takes.
Panes side by side share rows, and a region takes whole rows; there nothing matches, and nothing is moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

_WORTH = 24  # cells that need not be sent; a region takes some twenty bytes
FEWEST = 3  # rows that differ: with fewer, nothing has scrolled


class Shift(NamedTuple):
    """Rows `top` to `bottom` (exclusive) move up by `by` rows, or down where it is negative."""

    top: int
    bottom: int
    by: int

    def sequence(self) -> str:
        """For the terminal; where the cursor stands afterwards, and what the rows that came in show, differs."""
        step = f"{self.by}M" if self.by > 0 else f"{-self.by}L"
        return f"\x1b[{self.top + 1};{self.bottom}r\x1b[{self.top + 1}H\x1b[{step}\x1b[r"


def find_shift(shown: Sequence[Hashable], wanted: Sequence[Hashable], weights: Sequence[int]) -> Shift | None:
    """The shift that spares most, None when none is worth it.

    `shown` and `wanted` are the rows now and then, `weights` how many cells with text each of the wanted ones has.
    """
    changed = [y for y, (now, then) in enumerate(zip(shown, wanted, strict=True)) if now != then]
    if len(changed) < FEWEST:
        return None
    places: dict[Hashable, list[int]] = {}
    for y, row in enumerate(shown):
        places.setdefault(row, []).append(y)
    votes = Counter(at - y for y in changed if weights[y] for at in places.get(wanted[y], ()))
    shifts = [_region(by, changed, shown, wanted) for by, _ in votes.most_common(3)]
    spared, best = max(((_spared(shift, shown, wanted, weights), shift) for shift in shifts), default=(0, None))
    return best if spared >= _WORTH else None


def _region(by: int, changed: Sequence[int], shown: Sequence[Hashable], wanted: Sequence[Hashable]) -> Shift:
    """The rows that move by `by`, and those between them."""
    moved = [y for y in changed if 0 <= y + by < len(shown) and wanted[y] == shown[y + by]]
    return Shift(min(moved[0], moved[0] + by), max(moved[-1], moved[-1] + by) + 1, by)


def _spared(shift: Shift, shown: Sequence[Hashable], wanted: Sequence[Hashable], weights: Sequence[int]) -> int:
    """Cells that need not be sent, less those that must be sent again because they stood right."""
    top, bottom, by = shift
    total = 0
    for y in range(top, bottom):
        right_before = shown[y] == wanted[y]
        right_after = top <= y + by < bottom and shown[y + by] == wanted[y]
        total += weights[y] * (right_after - right_before)
    return total
