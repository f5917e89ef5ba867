"""One of a few words, chosen with the arrows or the mouse: the chosen one stands between ‹ and ›."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.bidi.breaks import cell_width
from tui.ui.bars import Part, row
from tui.ui.bidi_filter import Visual


class Options(Visual, Widget, can_focus=True):
    """Words in a row, from the start side."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"options--word", "options--chosen"}

    @dataclass
    class Changed(Message):
        """Another one was chosen."""

        value: str

    def __init__(self, words: Sequence[tuple[str, str]], *, rtl: bool, value: str = "", id: str | None = None) -> None:
        """``words`` are (id, text)."""
        super().__init__(id=id)
        self._words = tuple(words)
        self._rtl = rtl
        self.value = value or self._words[0][0]

    def choose(self, value: str) -> None:
        """Choose one."""
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(value))

    def step(self, delta: int) -> None:
        """Choose the one beside, round the end."""
        ids = [id_ for id_, _ in self._words]
        self.choose(ids[(ids.index(self.value) + delta) % len(ids)])

    def render_line(self, y: int) -> Strip:
        """The row."""
        word, chosen = (self.get_component_rich_style(f"options--{name}") for name in ("word", "chosen"))
        cells = sum(cell_width(text) + 3 for _, text in self._words)
        gap = " " if cells <= self.size.width else ""
        parts = [
            Part(
                f"‹{text}›{gap}" if id_ == self.value else f" {text} {gap}", chosen if id_ == self.value else word, id_
            )
            for id_, text in self._words
        ]
        return row(self.size.width, parts if y == 0 else [], rtl=self._rtl, fill=self.rich_style)

    def on_key(self, event: events.Key) -> None:
        """The arrows go where they point."""
        towards = {"left": 1 if self._rtl else -1, "right": -1 if self._rtl else 1, "space": 1}
        if event.key in towards:
            event.stop()
            event.prevent_default()
            self.step(towards[event.key])

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        if value := str(event.style.meta.get("target", "")):
            self.choose(value)
