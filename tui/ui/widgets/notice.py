"""Short sentences to the reader that go away by themselves, in the reading direction of the interface."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.bidi.layout import Line, lay_out
from tui.locale import Locale
from tui.ui.bidi_filter import Visual

WIDEST, MARGIN = 100, 2
NARROWEST = 8
"""Cells that the margins leave for what is said."""
MOST_LINES = 4
SECONDS, SECONDS_PER_CHARACTER, LONGEST = 1.5, 0.06, 6.0
"""To look there, and to read: some 200 words a minute. What only says that a key has worked goes after LONGEST."""
_PATIENCE = {"warning": 1.5, "error": 2.0}
"""What went wrong is read by somebody who looked elsewhere."""


def seconds_for(text: str, severity: str) -> float:
    """How long a notice stays."""
    seconds = SECONDS + SECONDS_PER_CHARACTER * len(text)
    return seconds * _PATIENCE[severity] if severity in _PATIENCE else min(seconds, LONGEST)


class Notice(Visual, Widget):
    """One notice at a time, in the footer's row, and the ticker's when it has two lines: the whole of a row, so that
    none shows half of what it always shows. A newer one replaces it. What is being read is covered only by sentences
    that are longer."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--bar"}

    def __init__(self, *, locale: Locale, id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self._text = ""
        self._lines: list[Line] = []
        self._margin = MARGIN
        self._timer: Timer | None = None
        self._read_by = 0.0
        """By ``monotonic``."""

    @property
    def text(self) -> str:
        """What is said, in logical order; "" when nothing is."""
        return self._text

    def show(self, text: str, *, severity: str = "information", above: int = 0) -> None:
        """Say ``text`` for as long as it takes to read, ``above`` so many rows."""
        self._text = text
        self._lay_out(self.app.size.width)
        self.styles.offset = (0, -above)
        for name in ("information", "warning", "error"):
            self.set_class(name == severity, f"-{name}")
        self.display = True
        self.refresh(layout=True)
        if self._timer:
            self._timer.stop()
        seconds = seconds_for(text, severity)
        self._read_by = monotonic() + seconds / 2
        self._timer = self.set_timer(seconds, self.dismiss)

    def _lay_out(self, width: int) -> None:
        self._margin = MARGIN if width >= NARROWEST + 2 * MARGIN else 0
        room = min(WIDEST, width) - 2 * self._margin
        self._lines = lay_out(self._text, room, base=int(self._locale.rtl), max_lines=MOST_LINES)
        self.styles.height = len(self._lines)

    def on_resize(self, event: events.Resize) -> None:
        """What is said fits the new width."""
        if self._text:
            self._lay_out(event.size.width)
            self.refresh(layout=True)

    def acknowledge(self, key: str) -> None:
        """The reader goes on: what has been there long enough to be read goes, and stands before no text. Esc takes it
        away at once."""
        if self._text and (key == "escape" or monotonic() >= self._read_by):
            self.dismiss()

    def dismiss(self) -> None:
        """Take the notice away."""
        self._text = ""
        self.display = False

    def render_line(self, y: int) -> Strip:
        """One line, flush with the start side."""
        style = self.rich_style
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, style)
        line = self._lines[y]
        body = [Segment(piece.text, style) for piece in line.pieces()]
        rest = Segment(" " * max(0, width - line.cells - self._margin), style)
        # Set apart from the ticker, which stands on the same ground.
        bar = " " if self.app.has_class("-plain") else "▐" if self._locale.rtl else "▌"
        edge, blank = Segment(bar, self.get_component_rich_style("notice--bar")), Segment(" " * (MARGIN - 1), style)
        margin = ([blank, edge] if self._locale.rtl else [edge, blank]) if self._margin == MARGIN else []
        return Strip([rest, *body, *margin] if self._locale.rtl else [*margin, *body, rest]).adjust_cell_length(width)

    def on_click(self) -> None:
        """A click takes it away."""
        self.dismiss()
