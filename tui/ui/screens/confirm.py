"""A question with yes and no."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.board import Board, Entry


class Confirm(Dialog[bool]):
    """Gives True for yes; Esc and n are no."""

    def __init__(self, title: str, question: str, *, locale: Locale) -> None:
        super().__init__(title, locale=locale, subtitle=locale.text("confirm.keys"))
        self.board = Board([Entry(text=question)], rtl=locale.rtl)

    def body(self) -> list[Widget]:
        """The question."""
        return [self.board]

    def pressed(self, event: events.Key) -> None:
        """Enter and y are yes."""
        self.dismiss(event.key in ("enter", "y") or event.character in ("ن", "غ"))
