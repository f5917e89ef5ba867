"""A list to choose from: one row an entry, drawn when it comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.bidi.breaks import cell_width
from tui.bidi.layout import lay_out, truncate
from tui.ui.bars import Part, cells_of, row, with_position
from tui.ui.bidi_filter import Visual
from tui.ui.widgets.plain import stand_on
from tui.ui.widgets.reading_direction import cut_its_own_way, level_of_name
from tui.ui.widgets.wheel import PositionBar

_TITLE_S_SHARE = 0.6
"""Where there is not room for both, a title has so much of the row before its detail has any."""
_LEAST_DETAIL = 6
"""Cells; what would have less is left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry."""

    id: str
    title: str
    detail: str = ""
    """Dim text on the end side."""
    heading: bool = False
    """A title of a chapter, which cannot be chosen."""
    lead: bool = False
    """A title of a chapter that can be chosen: all of it."""
    dim: bool = False
    """At rest: switched off, not to be had now."""
    sign: str = ""
    """What stands before the title, a tick or blanks, on the start side whichever way the title runs."""


class Choices(Visual, ScrollView, PositionBar, can_focus=False):
    """The entries, one of them selected. The keyboard stays with the dialog, which calls ``move``."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--row",
        "choices--detail",
        "choices--selected",
        "choices--heading",
        "choices--empty",
    }

    @dataclass
    class Chosen(Message):
        """An entry was clicked; ``again`` when it was the selected one already."""

        choice: Choice
        again: bool = False

    def __init__(
        self, choices: Sequence[Choice], *, rtl: bool, empty: str = "", selecting: bool = True, id: str | None = None
    ) -> None:
        """``selecting``: an entry is selected from the start; else not before the reader goes to one."""
        super().__init__(id=id)
        self._selecting = selecting
        self._choices = list(choices)
        self._rtl = rtl
        self._empty = empty
        self._at = self._first()

    def _first(self) -> int:
        if not self._selecting:
            return -1
        return next((i for i, choice in enumerate(self._choices) if not choice.heading), -1)

    def show(self, choices: Sequence[Choice], *, select: str = "") -> None:
        """Other entries; ``select`` stays selected if it is among them."""
        self._choices = list(choices)
        ids = ["" if choice.heading else choice.id for choice in self._choices]
        self._at = ids.index(select) if select and select in ids else self._first()
        self._measure()
        self._reveal()
        self.refresh()

    @property
    def selected(self) -> Choice | None:
        """The entry under the cursor."""
        return self._choices[self._at] if 0 <= self._at < len(self._choices) else None

    @property
    def index(self) -> int:
        """The row of the selected entry; -1 for none."""
        return self._at

    def go(self, index: int) -> None:
        """Select the entry on a row, or the last one there is."""
        self._at = self._first()
        self.move(min(index, len(self._choices) - 1) - self._at)

    def move(self, delta: int) -> None:
        """Go ``delta`` entries on, over chapter titles, and stop at the ends."""
        step = 1 if delta > 0 else -1
        for _ in range(abs(delta)):
            at = self._at + step
            while 0 <= at < len(self._choices) and self._choices[at].heading:
                at += step
            if not 0 <= at < len(self._choices):
                break
            self._at = at
        self._reveal()
        self.refresh()

    @property
    def page_rows(self) -> int:
        """How far a page goes."""
        return max(1, self.size.height - 1)

    def _measure(self) -> None:
        self.virtual_size = Size(max(1, self.size.width), max(1, len(self._choices)))

    def on_resize(self) -> None:
        """The entries are as wide as the list."""
        self._measure()
        self._reveal()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All entries, if there is room."""
        if not self._choices and self._empty:
            return len(lay_out(self._empty, max(1, width), base=int(self._rtl)))
        return max(1, len(self._choices))

    def _reveal(self) -> None:
        top, height = round(self.scroll_y), self.size.height
        lead = 1 if self._at > 0 and self._choices[self._at - 1].heading else 0
        if self._at < 0:
            self.scroll_to(y=0, animate=False, immediate=True)
        elif self._at - lead < top:
            self.scroll_to(y=max(0, self._at - lead), animate=False, immediate=True)
        elif height and self._at >= top + height:
            self.scroll_to(y=self._at - height + 1, animate=False, immediate=True)
        self.point()

    def point(self) -> None:
        """The terminal's cursor stands at the start of the selected entry, or of what is said in the place of entries;
        while none is selected it stays in the field."""
        if not self._choices and self._empty:
            stand_on(self, self.size.width - 1 if self._rtl else 0, 0)
        elif self._at >= 0:
            stand_on(self, self.size.width - 2 if self._rtl else 1, self._at - round(self.scroll_y))

    def bar_column(self) -> int:
        """The end side's last, where not all is in sight."""
        whole = self.app.has_class("-plain") or len(self._choices) <= self.size.height
        return -1 if whole else 0 if self._rtl else self.size.width - 1

    def to_share(self, share: float) -> None:
        """What lies there."""
        self.scroll_to(y=round(share * self.max_scroll_y), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One entry, and the position on the end side."""
        top, total = round(self.scroll_y), len(self._choices)
        style = self.get_component_rich_style("choices--detail")
        if self.app.has_class("-plain"):
            return self._row(y + top)
        return with_position(self._row(y + top), y, self.size.height, top, total, rtl=self._rtl, style=style)

    def _row(self, index: int) -> Strip:
        """The last cell of its end side is the position bar's: neither text nor an ellipsis stands there."""
        width = self.size.width
        if not self._choices and self._empty:
            return self._said(index, width)
        if index >= len(self._choices):
            return Strip.blank(width, self.rich_style)
        choice = self._choices[index]
        if choice.heading:
            style = self.get_component_rich_style("choices--heading")
            edge = Part(" ", self.rich_style)
            return row(width, [Part(choice.title, style)], [edge], rtl=self._rtl, fill=self.rich_style)
        selected = index == self._at
        kind = "selected" if selected else "heading" if choice.lead else "detail" if choice.dim else "row"
        style = self.get_component_rich_style(f"choices--{kind}")
        dim = style if selected else self.get_component_rich_style("choices--detail")
        bar = " " if self.app.has_class("-plain") else "▐" if self._rtl else "▌"
        title = Part(f"{choice.sign}{choice.title} ", style, choice.id)
        titled = min(1 + cells_of([title], rtl=self._rtl), int(width * _TITLE_S_SHARE))
        room = width - titled - 3
        detail = _shortened(choice.detail, room) if choice.detail and room >= _LEAST_DETAIL else ""
        end = [*([Part(f" {detail} ", dim, choice.id)] if detail else []), Part(" ", style)]
        room = width - cells_of(end, rtl=self._rtl) - 2 - cell_width(choice.sign)
        own = cut_its_own_way(choice.title, room, level_of_name(choice.title, rtl=self._rtl))
        start = [Part(f"{bar if selected else ' '}{choice.sign}", style, choice.id), Part(f"{own} ", style, choice.id)]
        return row(width, start, end, rtl=self._rtl, fill=style)

    def _said(self, index: int, width: int) -> Strip:
        """A row of what an empty list says."""
        lines = lay_out(self._empty, max(1, width), base=int(self._rtl))
        if index >= len(lines):
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style("choices--empty")
        text = Segment("".join(piece.text for piece in lines[index].pieces()), style)
        blank = Segment(" " * (width - lines[index].cells), self.rich_style)
        return Strip([blank, text] if self._rtl else [text, blank], width)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = event.y + round(self.scroll_y)
        if event.x != self.bar_column() and 0 <= index < len(self._choices) and not self._choices[index].heading:
            again, self._at = self._at == index, index
            self.refresh()
            self.post_message(self.Chosen(self._choices[index], again))


def _shortened(detail: str, room: int) -> str:
    """As many of a detail's facts as there is room for, from the first; that one cut if it must be."""
    while cell_width(detail) > room and " · " in detail:
        detail = detail.rpartition(" · ")[0]
    return truncate(detail, room)
