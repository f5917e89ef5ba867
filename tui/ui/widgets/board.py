"""Text to look at in a dialog: rows with a start and an end, wrapped paragraphs, chapter titles; it scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.bidi.breaks import cell_width
from tui.bidi.layout import lay_out
from tui.ui.bars import Part, row, with_position
from tui.ui.bidi_filter import Visual
from tui.ui.widgets.plain import stand_on
from tui.ui.widgets.wheel import PositionBar


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its explanation, a chapter title (no text), or a paragraph (no term)."""

    term: str = ""
    text: str = ""
    kind: str = ""
    """"" or "warning", "error", "good", "dim": the colour of the text."""


class Board(Visual, ScrollView, PositionBar, can_focus=True):
    """Entries in the interface's direction: terms in a column on the start side, texts wrapped beside them."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--term",
        "board--title",
        "board--text",
        "board--warning",
        "board--error",
        "board--good",
        "board--dim",
    }

    def __init__(self, entries: Sequence[Entry], *, rtl: bool, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries = list(entries)
        self._rtl = rtl
        self._rows: list[tuple[list[Part], list[Segment], int]] = []
        self._laid_for = -1

    def show(self, entries: Sequence[Entry]) -> None:
        """Other entries."""
        self._entries = list(entries)
        self._laid_for = -1
        self._lay_out(self.size.width)
        self.refresh(layout=True)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out(self.size.width)
        self.point()

    def point(self) -> None:
        """The terminal's cursor stands at the start of the first row in view, while this has the keyboard."""
        if self.has_focus:
            stand_on(self, self.size.width - 1 if self._rtl else 0, 0)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keyboard came or went."""
        super().watch_has_focus(has_focus)
        self.point()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All rows, if there is room."""
        self._lay_out(width)
        return max(1, len(self._rows))

    def _lay_out(self, width: int) -> None:
        if width <= 0 or width == self._laid_for:
            return
        self._laid_for = width
        longest = max((cell_width(e.term) for e in self._entries if e.text), default=0)
        column = min(longest + 2, width // 2) if longest else 0
        self._rows = [built for entry in self._entries for built in self._built(entry, width, column)]
        self.virtual_size = Size(width, max(1, len(self._rows)))

    def _built(self, entry: Entry, width: int, column: int) -> list[tuple[list[Part], list[Segment], int]]:
        if not entry.text:
            return [([Part(entry.term, self.get_component_rich_style("board--title"))], [], 0)]
        style = self.get_component_rich_style(f"board--{entry.kind or 'text'}")
        indent = column if entry.term else 0
        lines = lay_out(entry.text, max(8, width - indent - 2), base=int(self._rtl))
        term = Part(entry.term, self.get_component_rich_style("board--term"))
        rows: list[tuple[list[Part], list[Segment], int]] = []
        if entry.term and cell_width(entry.term) >= column:  # longer than its column: over its text
            rows.append(([term], [], 0))
        for line in lines:
            body = [Segment(piece.text, style) for piece in line.pieces()]
            rows.append(([term] if not rows and entry.term else [], body, indent))
        return rows

    def bar_column(self) -> int:
        """The end side's last, where not all is in sight."""
        whole = self.app.has_class("-plain") or len(self._rows) <= self.size.height
        return -1 if whole else 0 if self._rtl else self.size.width - 1

    def to_share(self, share: float) -> None:
        """What lies there."""
        self.scroll_to(y=round(share * self.max_scroll_y), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One row, and the position on the end side."""
        top, total = round(self.scroll_y), len(self._rows)
        style = self.get_component_rich_style("board--dim")
        if self.app.has_class("-plain"):
            return self._row(y + top)
        return with_position(self._row(y + top), y, self.size.height, top, total, rtl=self._rtl, style=style)

    def _row(self, index: int) -> Strip:
        width = self.size.width
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        parts, body, indent = self._rows[index]
        if not body:
            return row(width, parts, rtl=self._rtl, fill=self.rich_style)
        head = row(indent, parts, rtl=self._rtl, fill=self.rich_style)
        cells = sum(cell_width(segment.text) for segment in body)
        rest = Strip.blank(max(0, width - indent - cells), self.rich_style)
        text = Strip(body, cells)
        return Strip.join([rest, text, head] if self._rtl else [head, text, rest])


def scroll_key(board: Board, key: str) -> bool:
    """Scroll by a key a reader would try; False when it is another."""
    page = max(1, board.size.height - 1)
    steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": page, "space": page, "pageup": -page}
    if key in steps:
        board.scroll_to(y=board.scroll_y + steps[key], animate=False)
    elif key in ("home", "g"):
        board.scroll_to(y=0, animate=False)
    elif key in ("end", "G"):
        board.scroll_to(y=board.max_scroll_y, animate=False)
    else:
        return False
    return True
