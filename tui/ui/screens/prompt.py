"""Ask for one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from tui.locale import Locale
from tui.ui.fuzzy import best
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.field import Field
from tui.ui.widgets.searchline import Label

MOST = 8


class Prompt(Dialog[str]):
    """Gives the text, or None. ``suggestions`` (addresses visited, sources) complete it with ↓ or Tab."""

    def __init__(
        self, title: str, hint: str, *, locale: Locale, value: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(title, locale=locale)
        self._suggestions = list(dict.fromkeys(suggestions))
        self.field = Field(value, rtl=locale.rtl)
        self.hint = Label(hint, rtl=locale.rtl, classes="dialog--hint")
        self.choices = Choices([], rtl=locale.rtl)

    def body(self) -> list[Widget]:
        """The field, the hint, what would complete it."""
        return [self.field, self.hint, self.choices]

    def on_mount(self) -> None:
        """The field has the keyboard."""
        self.set_focus(self.field)
        self._suggest("")

    def _suggest(self, text: str) -> None:
        found = best(text, self._suggestions, lambda s: (s,)) if text else self._suggestions
        self.choices.show([Choice(s, s) for s in found[:MOST] if s != text])
        self.choices.display = bool(found)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(event.value.strip())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self.field.value.strip())

    @on(Choices.Chosen)
    def _clicked(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)

    def pressed(self, event: events.Key) -> None:
        """↓ and ↑ go through the suggestions, Tab takes one into the field."""
        if event.key in ("down", "up"):
            self.choices.move(1 if event.key == "down" else -1)
        elif event.key == "tab" and self.choices.selected:
            self.field.value = self.choices.selected.title
            self.field.cursor_position = len(self.field.value)
        elif event.key == "enter":
            self.dismiss(self.field.value.strip())
        elif event.is_printable and event.character:  # typed ahead
            self.field.insert_text_at_cursor(event.character)
