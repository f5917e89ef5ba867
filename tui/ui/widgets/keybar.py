"""The keys of a dialog or a prompt, on one row: each can be clicked; those that matter least go where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.bars import MOST_KEYS, Part, fitting, row
from tui.ui.bidi_filter import Visual
from tui.ui.keys import isolated, label


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done here."""

    id: str
    keys: tuple[str, ...]
    """Textual's names, the one to show first."""
    title: str
    """A word or two, in the reader's language."""
    rank: int = 5
    """1 stays longest; 0 is understood and never shown."""


def drawn(commands: Sequence[Command], locale: Locale, styles: tuple[Part, Part, Part]) -> list[tuple[int, list[Part]]]:
    """Each command to show, with its rank; ``styles`` are blank parts in the styles of a key, a title and between."""
    key, title, between = (part.style for part in styles)
    return [
        (
            command.rank,
            [
                Part(isolated(label(command.keys[0], locale)), key, command.id),
                Part(f" {command.title}", title, command.id),
                Part("  ", between),
            ],
        )
        for command in commands
        if command.rank
    ]


class KeyBar(Visual, Widget):
    """Draws commands; a click on one is a message."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--title"}

    @dataclass
    class Chosen(Message):
        """A command was clicked."""

        command: str

    def __init__(self, commands: Sequence[Command], *, locale: Locale, id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self.commands = tuple(commands)

    def show(self, commands: Sequence[Command]) -> None:
        """Other commands."""
        if self.commands != tuple(commands):
            self.commands = tuple(commands)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        styles = (
            Part("", self.get_component_rich_style("keybar--key")),
            Part("", self.get_component_rich_style("keybar--title")),
            Part("", self.rich_style),
        )
        rtl = self._locale.rtl
        shown = fitting(drawn(self.commands, self._locale, styles), self.size.width, rtl=rtl, most=MOST_KEYS)
        return row(self.size.width, shown if y == 0 else [], rtl=rtl, fill=self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        if command := str(event.style.meta.get("target", "")):
            self.post_message(self.Chosen(command))
