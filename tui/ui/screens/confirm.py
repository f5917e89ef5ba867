"""A question with yes and no."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.board import Board, Entry
from tui.ui.widgets.keybar import Command, KeyBar

LONGEST = 12
"""Rows of a question."""


class Confirm(Dialog[bool]):
    """Gives True for yes; Esc and n are no."""

    framed = True

    def __init__(self, title: str, question: str, *, locale: Locale) -> None:
        super().__init__(title, locale=locale)
        self.board = Board([Entry(text=question)], rtl=locale.rtl)
        self.bar = KeyBar(
            [
                Command("yes", ("enter",), locale.text("confirm.yes"), 1),
                Command("no", ("escape",), locale.text("confirm.no"), 1),
            ],
            locale=locale,
        )

    def body(self) -> list[Widget]:
        """The question and its answers."""
        return [self.board, self.bar]

    def scrolling(self) -> tuple[Widget, int]:
        """The question."""
        return self.board, LONGEST

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self.dismiss(event.command == "yes")

    def pressed(self, event: events.Key) -> None:
        """Enter and y are yes."""
        self.dismiss(event.key in ("enter", "y") or event.character in ("ن", "غ"))
