"""A widget's rows as strips, each painted once while row and looks stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from tui.ui.widgets.inks import WidgetPalette
from tui.ui.widgets.painting import Overlay, Row, Sign, paint

_KEPT = 600
"""Strips kept: some ten screenfuls."""


class Painter:
    """Paints rows for one widget; a row that scrolls through the view is painted when it comes in."""

    def __init__(self, widget: Widget) -> None:
        self.palette = WidgetPalette(widget)
        # By identity, for rows are compared by everything that is in them; the row is kept, so its id stays its own.
        self._kept: OrderedDict[tuple[int, int, tuple[Sign, ...]], tuple[Row, Strip]] = OrderedDict()

    def clear(self) -> None:
        """Forget all: the looks have changed."""
        self.palette.clear()
        self._kept.clear()

    def row(self, row: Row, width: int, extra: tuple[Sign, ...] = ()) -> Strip:
        """The row with some signs of the pane's own, as it goes to the screen."""
        key = (id(row), width, extra)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = (row, self.fresh(row, width, extra))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found[1]

    def fresh(
        self,
        row: Row,
        width: int,
        extra: tuple[Sign, ...] = (),
        overlays: Sequence[Overlay] = (),
        hit: int | None = None,
    ) -> Strip:
        """The row painted anew, with what passes over it; see ``painting.paint``."""
        whole = Row((*row.signs, *extra), row.placed, row.inks) if extra else row
        return paint(whole, width, self.palette, overlays, hit)
