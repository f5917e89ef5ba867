"""A text field that edits mixed text: what is drawn, where the cursor stands and where a click goes agree.

The value stays in logical order.  It is shown as one line in visual order that begins at its own start: a right-to-left
value stands against the right margin, and the place after its last letter is on its left.  The arrow keys go where
they point.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from tui.bidi.layout import Line, Span, line
from tui.bidi.shaping import MARKS
from tui.ui.bidi_filter import Visual

if TYPE_CHECKING:
    _Base = Input
else:
    _Base = object

_WORD = re.compile(rf"[\w{MARKS}\u200c\u200d]+").finditer


class BidiEditing(Visual, _Base):
    """Mixin for `Input` and its subclasses."""

    direction: int | None = None
    """0 left to right, 1 right to left, None by the first strong letter."""

    def render_line(self, y: int) -> Strip:
        """The value, or the placeholder, from left to right."""
        width = self.scrollable_content_region.width
        if y != 0:
            return Strip.blank(width, self.rich_style)
        text = self._styled_value() if self.value else self._styled_placeholder()
        styles = _styles_of(text, self.app.console)
        made = line(text.plain, _endless(text.plain), base=self.direction, spans=_spans(styles), marks=self._marks)
        segments = [Segment(piece.text, styles[piece.start]) for piece in made.pieces()]
        caret = Segment(" ", self._caret_style() if self._caret_behind(text.plain) else None)
        segments = [caret, *segments] if made.level else [*segments, caret]
        left = self._left(made, width)
        strip = Strip([Segment(" " * left), *segments]).simplify()
        scroll = int(self.scroll_offset.x)
        return strip.crop_extend(scroll, scroll + width, None).apply_style(self.rich_style)

    @property
    def content_width(self) -> int:
        """Cells of the line, and one for the cursor behind it."""
        return self._line(self._shown).cells + 1

    @property
    def _cursor_offset(self) -> int:
        """The cursor's cell, counted from the left edge of the unscrolled line."""
        made = self._line(self._shown)
        left = self._left(made, self.scrollable_content_region.width) + (1 if made.level else 0)
        if self.cursor_position >= len(self._shown):
            return left - 1 if made.level else left + made.cells
        return left + max(0, made.cell_of(self.cursor_position))

    def cell_of(self, index: int) -> int:
        """The cell, from the field's left edge, in which a code point of the value is drawn; the end counts as one."""
        made = self._line(self._shown)
        left = self._left(made, self.scrollable_content_region.width) + (1 if made.level else 0)
        behind = left - 1 if made.level else left + made.cells
        cell = behind if index >= len(self._shown) else left + max(0, made.cell_of(index))
        return cell - int(self.scroll_offset.x)

    def _cell_offset_to_index(self, offset: int) -> int:
        """The place in the value of a cell of the field."""
        made = self._line(self._shown)
        left = self._left(made, self.scrollable_content_region.width) + (1 if made.level else 0)
        index = made.index_at(offset + int(self.scroll_offset.x) - left)
        return max(0, min(index, len(self.value)))

    def action_cursor_left(self, select: bool = False) -> None:
        """Move the cursor to the left on the screen."""
        self._move(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move the cursor to the right on the screen, or take the suggestion at the end."""
        if self._suggestion and self.cursor_at_end and not select:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
            return
        self._move(1, select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move to the word on the left."""
        (super().action_cursor_right_word if self._level else super().action_cursor_left_word)(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move to the word on the right."""
        (super().action_cursor_left_word if self._level else super().action_cursor_right_word)(select)

    async def _on_click(self, event: events.Click) -> None:
        """Two clicks select the word under the pointer, three all there is."""
        if event.chain == 2 and not self.password:
            words = (found.span() for found in _WORD(self.value))
            span = next(((start, end) for start, end in words if start <= self.cursor_position < end), None)
            if span:
                self.selection = Selection(*span)
        elif event.chain > 2:
            self.action_select_all()

    def _on_resize(self) -> None:
        """Only now is it known what part of a long value there is room for: that with the cursor is shown."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    # --- the line

    @property
    def _marks(self) -> bool:
        profile = getattr(self.app, "profile", None)
        return bool(profile is not None and profile.marks)

    @property
    def _level(self) -> int:
        return self._line(self._shown).level

    @property
    def _shown(self) -> str:
        """What is drawn while there is a value: it, and what of a suggestion stands behind it."""
        if not self.value:
            return self.placeholder
        if self.password:
            return "•" * len(self.value)
        return self._suggestion if self._suggests else self.value

    @property
    def _suggests(self) -> bool:
        return self.has_focus and not self.password and len(self._suggestion) > len(self.value)

    def _line(self, text: str) -> Line:
        return _laid_out(text, self.direction, self._marks)

    def _left(self, made: Line, width: int) -> int:
        """Blank cells left of the line: a right-to-left one stands against the right margin."""
        return max(0, width - made.cells - 1) if made.level else 0

    def _move(self, step: int, select: bool) -> None:
        start, position = self.selection
        if not select and not self.selection.is_empty:
            edges = sorted(self.selection)
            self.selection = Selection.cursor(edges[(step > 0) != bool(self._level)])
            return
        position = self._beside(position, step)
        self.selection = Selection(start, position) if select else Selection.cursor(position)

    def _beside(self, position: int, step: int) -> int:
        """The place of the cluster left (-1) or right (1) of the one at `position`; the end counts as one."""
        made = _laid_out("•" * len(self.value) if self.password else self.value, self.direction, self._marks)
        places = [start for start, _, cells in made.clusters() if cells]
        end = len(self.value)
        places = [end, *places] if made.level else [*places, end]
        at = max((i for i, place in enumerate(places) if place <= position), key=lambda i: places[i], default=0)
        return places[max(0, min(at + step, len(places) - 1))]

    # --- its styles

    def _styled_value(self) -> Text:
        """The value with its highlights, selection and cursor, as the stock widget draws them."""
        text = self._value
        if self._suggests:
            text += Text(
                self._suggestion[len(self.value) :], self.get_component_rich_style("input--suggestion"), end=""
            )
        if self.has_focus:
            if not self.selection.is_empty:
                start, end = sorted(self.selection)
                text.stylize_before(self.get_component_rich_style("input--selection"), start, end)
            if self._cursor_visible:
                start, end = self._cluster_at(self.cursor_position)
                text.stylize(self.get_component_rich_style("input--cursor"), start, end)
        return text

    def _styled_placeholder(self) -> Text:
        text = Text(self.placeholder, self.get_component_rich_style("input--placeholder"), end="")
        if self.has_focus and self._cursor_visible and self.placeholder:
            text.stylize(self.get_component_rich_style("input--cursor"), 0, 1)
        return text

    def _cluster_at(self, position: int) -> tuple[int, int]:
        """The cluster that covers a place: the cursor covers lam and alef together."""
        for start, end, _ in self._line(self._shown).clusters():
            if start <= position < end:
                return start, end
        return position, position + 1

    def _caret_behind(self, text: str) -> bool:
        """Does the cursor stand behind the last letter?"""
        return (
            self.has_focus
            and self._cursor_visible
            and (not text or bool(self.value and self.cursor_position >= len(text)))
        )

    def _caret_style(self) -> Style:
        return self.get_component_rich_style("input--cursor")


class BidiInput(BidiEditing, Input):
    """An `Input` for text in both directions."""


def _endless(text: str) -> int:
    """A width that no line of `text` exceeds."""
    return 2 * len(text) + 8


@lru_cache(256)
def _laid_out(text: str, direction: int | None, marks: bool) -> Line:
    return line(text, _endless(text), base=direction, marks=marks)


def _styles_of(text: Text, console: Console) -> list[Style]:
    """The style of each character of `text`."""
    styles: list[Style] = []
    for part, style, _ in text.render(console):
        styles += [style or Style.null()] * len(part)
    return styles


def _spans(styles: list[Style]) -> list[Span]:
    """Stretches of one style, so that no piece of the line has two."""
    bounds = [0, *(at for at in range(1, len(styles)) if styles[at] != styles[at - 1]), len(styles)]
    return [Span(start, end, start) for start, end in pairwise(bounds) if start < end]
