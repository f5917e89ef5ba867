"""Choose one entry of a list, typing to narrow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from tui.locale import Locale
from tui.ui.fuzzy import best
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.field import Field
from tui.ui.widgets.keybar import Command, KeyBar

__all__ = ["Choice", "Chooser"]
MOST = 20
"""Entries in sight."""


class Chooser(Dialog[str]):
    """Gives the chosen entry's id, or None."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        locale: Locale,
        current: str = "",
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """``names`` are further names an entry is found by, by id (those of another language, for the palette)."""
        super().__init__(title, locale=locale)
        self._all = list(choices)
        self._names = names or {}
        self._current = current
        self.field = Field(rtl=locale.rtl)
        self.field.placeholder = locale.text("chooser.hint")
        self.choices = Choices(self._all, rtl=locale.rtl, empty=locale.text("chooser.nothing"))
        self.bar = KeyBar(
            [
                Command("choose", ("enter",), locale.text("address.choose"), 1),
                Command("next", ("down",), locale.text("chooser.next"), 3),
                Command("close", ("escape",), locale.text("manager.close"), 2),
            ],
            locale=locale,
        )

    def body(self) -> list[Widget]:
        """The field over the entries, the keys."""
        return [self.field, self.choices, self.bar]

    def on_mount(self) -> None:
        """The field has the keyboard."""
        self.set_focus(self.field)
        self.choices.show(self._all, select=self._current)

    def on_resize(self, event: events.Resize) -> None:
        """The box keeps its height while the entries become fewer: the field stays where it is typed into."""
        super().on_resize(event)
        height = self.choices.styles.max_height
        if height is not None:
            self.choices.styles.min_height = min(len(self._all), int(height.value))

    def scrolling(self) -> tuple[Widget, int]:
        """The entries."""
        return self.choices, MOST

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        text = event.value.strip()
        if not text:
            self.choices.show(self._all, select=self._current)
            return
        entries = [choice for choice in self._all if not choice.heading]
        self.choices.show(best(text, entries, lambda c: (c.title, *self._names.get(c.id, ()), c.detail)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    @on(Choices.Chosen)
    def _clicked(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        {"choose": self._choose, "next": lambda: self.choices.move(1), "close": self.escaped}[event.command]()

    def _choose(self) -> None:
        if self.choices.selected is not None:
            self.dismiss(self.choices.selected.id)

    def pressed(self, event: events.Key) -> None:
        """Up and down go through the entries while the field keeps the keyboard."""
        page = self.choices.page_rows
        steps = {
            "down": 1,
            "up": -1,
            "ctrl+n": 1,
            "ctrl+p": -1,
            "pagedown": page,
            "pageup": -page,
            "tab": 1,
            "shift+tab": -1,
        }
        if event.key in steps:
            self.choices.move(steps[event.key])
        elif event.key == "enter":
            self._choose()
        elif event.is_printable and event.character:  # typed ahead
            self.field.insert_text_at_cursor(event.character)
