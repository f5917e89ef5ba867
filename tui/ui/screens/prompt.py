"""Ask for one line of text."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from tui.locale import Locale
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.field import Field
from tui.ui.widgets.keybar import Command, KeyBar
from tui.ui.widgets.searchline import Label


class Prompt(Dialog[str]):
    """Gives the text, or None."""

    def __init__(self, title: str, hint: str, *, locale: Locale, value: str = "") -> None:
        super().__init__(title, locale=locale)
        self.field = Field(value, rtl=locale.rtl)
        self.field.select_on_focus = False  # what is there is changed rather than replaced
        self.hint = Label(hint, rtl=locale.rtl, classes="dialog--hint")
        self.bar = KeyBar(
            [
                Command("save", ("enter",), locale.text("editor.save"), 1),
                Command("close", ("escape",), locale.text("editor.cancel"), 2),
            ],
            locale=locale,
        )

    def body(self) -> list[Widget]:
        """The field, the hint, the keys."""
        return [self.field, self.hint, self.bar]

    def on_mount(self) -> None:
        """The field has the keyboard, at the end of what it holds."""
        self.set_focus(self.field)
        self.field.cursor_position = len(self.field.value)

    def _done(self) -> None:
        self.dismiss(self.field.value.strip())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._done()

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self._done() if event.command == "save" else self.escaped()

    def pressed(self, event: events.Key) -> None:
        """What was typed before the field had the keyboard."""
        if event.key == "enter":
            self._done()
        elif event.is_printable and event.character:
            self.field.insert_text_at_cursor(event.character)
