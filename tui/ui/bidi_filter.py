"""Right-to-left text in stock widgets: a line filter over finished strips."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.widget import Widget


class BidiFilter(LineFilter):
    """Puts each field of a finished line in visual order."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Transform a line's segments."""
        return segments


class Visual(Widget):
    """Mixin for widgets whose strips are in visual order already: the filter leaves them alone."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The app's filters, without the one that reorders."""
        return [line_filter for line_filter in super().get_line_filters() if not isinstance(line_filter, BidiFilter)]
