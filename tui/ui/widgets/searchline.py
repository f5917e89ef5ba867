"""The search line: takes the header's row, with a hint or an error under it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.bidi.breaks import cell_width
from tui.bidi.layout import Line, lay_out
from tui.locale import Locale
from tui.ui.bars import Part, row
from tui.ui.bidi_filter import Visual
from tui.ui.widgets.field import Field

DELAY = 0.08
"""Seconds without a key before the list follows what was typed."""


class Label(Visual, Widget):
    """One short text in the interface's direction."""

    ALLOW_SELECT = False

    def __init__(self, text: str = "", *, rtl: bool, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text
        self._rtl = rtl

    @property
    def text(self) -> str:
        """The text in logical order."""
        return self._text

    def show(self, text: str) -> None:
        """Change the text."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        text = self._text if y == 0 else ""
        return row(self.size.width, [Part(text, self.rich_style)], rtl=self._rtl, fill=self.rich_style)


class Sentence(Label):
    """A text that takes as many rows as it needs, ``inset`` cells from both sides."""

    def __init__(self, text: str = "", *, rtl: bool, classes: str | None = None, inset: int = 0) -> None:
        super().__init__(text, rtl=rtl, classes=classes)
        self._inset = inset

    def show(self, text: str) -> None:
        """Change the text; the rows around move only when it needs more or fewer."""
        rows = len(self._lines(self.size.width))
        super().show(text)
        if len(self._lines(self.size.width)) != rows:
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[Line]:
        return lay_out(self._text, max(1, width - 2 * self._inset), base=int(self._rtl)) if self._text else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Its rows, and one when there is nothing to say."""
        return max(1, len(self._lines(width)))

    def render_line(self, y: int) -> Strip:
        """One of its rows."""
        width, lines = self.size.width, self._lines(self.size.width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        text = [Segment(piece.text, self.rich_style) for piece in lines[y].pieces()]
        cells = (self._inset, max(0, width - lines[y].cells - self._inset))
        margin, blank = (Segment(" " * count, self.rich_style) for count in cells)
        return Strip([blank, *text, margin] if self._rtl else [margin, *text, blank], width)


class SearchLine(Widget):
    """A prompt that reports what is typed, a moment after the last key."""

    @dataclass
    class Said(Message):
        """Something happened in this line."""

        line: SearchLine

        @property
        def control(self) -> SearchLine:
            """The line, for ``@on`` to tell one from another."""
            return self.line

    @dataclass
    class Typed(Said):
        """The text changed."""

        text: str

    class Accepted(Said):
        """Enter or ↓: on to the results."""

    class Cancelled(Said):
        """Esc: back to what was before."""

    def __init__(self, *, locale: Locale, prompt: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self._timer: Timer | None = None
        rtl = locale.rtl
        prompt = prompt or locale.text("search.prompt")
        self.field = Field(rtl=rtl)
        self.prompt = Label(f" {prompt} ", rtl=rtl, classes="search--prompt")
        self.prompt.styles.width = cell_width(prompt) + 2
        self.count = Label("", rtl=rtl, classes="search--count")
        self.hint = Sentence("", rtl=rtl, classes="search--hint", inset=1)

    def compose(self) -> ComposeResult:
        """The prompt, the field and the number of hits in a row; the hint under them."""
        parts = (self.prompt, self.field, self.count)
        yield Horizontal(*(reversed(parts) if self._locale.rtl else parts))
        yield self.hint

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.value

    def say(self, sentence: str) -> None:
        """What is wrong with the query, under the prompt."""
        self.hint.add_class("-error")
        self.hint.show(sentence)

    def say_hints(self) -> None:
        """What the query language can do."""
        self.hint.remove_class("-error")
        self.hint.show(hints(self._locale, self.app.size.width - 2))

    def say_count(self, text: str) -> None:
        """How much was found, at the end of the row."""
        said = f"  {text} "  # apart from what is typed, which may end beside it
        self.count.styles.width = cell_width(said)
        self.count.show(said)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, lambda: self.post_message(self.Typed(self, self.field.value)))

    def settle(self) -> None:
        """Forget a report that is still to come."""
        if self._timer:
            self._timer.stop()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted(self))

    def on_key(self, event: events.Key) -> None:
        """The keys that leave the prompt."""
        message = {"escape": self.Cancelled, "down": self.Accepted, "tab": self.Accepted}.get(event.key)
        if message:
            event.stop()
            event.prevent_default()
            self.post_message(message(self))


def hints(locale: Locale, room: int) -> str:
    """The forms of the query language, as many as there is room for, each in its own direction."""
    shown: list[str] = []
    for form in locale.text("search.hint").split("  "):
        room -= cell_width(form) + 2
        if room < 0:
            break
        shown.append(f"\u2068{form}\u2069")
    return "  ".join(shown)
