"""Scrolling over items of differing heights without knowing how many there are.

What is held is an anchor: the item at the top of the view and how many of its rows are scrolled away. Every
operation walks from the anchor as far as a screen reaches, so its cost does not depend on the list's length.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Items(Protocol):
    """What is scrolled over; items are numbered without gaps, from any number on."""

    def exists(self, item: int) -> bool:
        """Whether there is such an item."""

    def rows(self, item: int) -> int:
        """The item's height, at least 1."""


class Spot(NamedTuple):
    """One row of one item."""

    item: int
    row: int


class Pager:
    """The rows of ``items`` a view of ``height`` rows shows."""

    def __init__(self, items: Items, height: int = 1) -> None:
        self.items = items
        self.height = height
        self.top = Spot(0, 0)

    def visible(self) -> list[Spot]:
        """The rows in view, from the top; fewer than ``height`` only when everything fits."""
        self._clamp()
        return self._walk(self.top, self.height)

    def scroll(self, rows: int) -> int:
        """Move the view by ``rows`` (down when positive); returns by how many rows it moved."""
        self._clamp()
        if rows < 0:
            self.top, moved = self._up(self.top, -rows)
            return -moved
        return self._down(rows)

    def at_end(self) -> bool:
        """Whether the last row is in view."""
        self._clamp()
        return self._room_below() <= 0

    def at_start(self) -> bool:
        """Whether the first row is in view."""
        return self.top.row == 0 and not self.items.exists(self.top.item - 1)

    def show(self, spot: Spot) -> None:
        """Put a row at the top of the view, as far as the end allows."""
        self.top = spot
        self._clamp()

    def reveal(self, item: int) -> bool:
        """Scroll as little as needed to have the whole item in view (its top, when it is taller than the view).

        Returns whether the view moved.
        """
        self._clamp()
        before = self.top
        height = self.items.rows(item)
        if item < self.top.item or (item == self.top.item and self.top.row > 0) or height >= self.height:
            self.top = Spot(item, 0)
        else:
            lowest, _ = self._up(Spot(item, 0), self.height - height)
            self.top = max(self.top, lowest)
        self._clamp()
        return self.top != before

    def place(self, item: int, y: int) -> None:
        """Scroll so that the first row of ``item`` is on row ``y`` of the view, or as near as the ends allow."""
        self.top, missing = Spot(item, 0), -y
        if y > 0:
            self.top, _ = self._up(self.top, y)
        elif missing > 0:
            self._down(missing)
        self._clamp()

    def row_of(self, item: int) -> int | None:
        """The view's row on which ``item`` starts (negative when that is above the view); None when out of view."""
        for y, spot in enumerate(self.visible()):
            if spot.item == item:
                return y - spot.row
        return None

    def _walk(self, spot: Spot, count: int) -> list[Spot]:
        out: list[Spot] = []
        item, row = spot
        while len(out) < count and self.items.exists(item):
            stop = min(self.items.rows(item), row + count - len(out))
            out += [Spot(item, r) for r in range(row, stop)]
            item, row = item + 1, 0
        return out

    def _up(self, spot: Spot, rows: int) -> tuple[Spot, int]:
        item, row = spot
        left = rows
        while left > row and self.items.exists(item - 1):
            left -= row + 1
            item -= 1
            row = self.items.rows(item) - 1
        step = min(left, row)
        return Spot(item, row - step), rows - left + step

    def _down(self, rows: int) -> int:
        rows = min(rows, max(0, self._room_below(rows)))
        if rows:
            self.top = self._walk(self.top, rows + 1)[-1]
        return rows

    def _room_below(self, want: int = 1) -> int:
        """How many rows lie below the view, counted up to ``want``."""
        return len(self._walk(self.top, self.height + want)) - self.height

    def _clamp(self) -> None:
        """Bring the anchor back to a row that exists, and leave no empty rows under the last one."""
        item, row = self.top
        if not self.items.exists(item):
            return
        self.top = Spot(item, max(0, min(row, self.items.rows(item) - 1)))
        missing = self.height - len(self._walk(self.top, self.height))
        if missing > 0:
            self.top, _ = self._up(self.top, missing)
