"""What dialogs have in common: a box with its title on the start side, and Esc to close."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.widget import Widget

from tui.bidi.levels import isolate
from tui.locale import Locale
from tui.ui.carrying_on import CarryingOn
from tui.ui.display import BidiModalScreen
from tui.ui.styles import DIALOGS, sheet_paths
from tui.ui.widgets.field import edits

R = TypeVar("R")


class Dialog(CarryingOn, BidiModalScreen, Generic[R]):
    """A box over the reading screen. ``body`` gives what stands in it."""

    AUTO_FOCUS = ""
    """Each dialog says itself what has the keyboard."""
    CSS_PATH = sheet_paths(DIALOGS)

    def __init__(self, title: str, *, locale: Locale, subtitle: str = "") -> None:
        super().__init__(classes="dialog")
        self.locale = locale
        self._left = False
        self._title = title
        self._subtitle = subtitle

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(*self.body(), classes="dialog--box")
        box.border_title = self._title or None
        # a sentence of ours full of key names: most of its words need not be of our language
        box.border_subtitle = isolate(self._subtitle, int(self.locale.rtl)) or None
        yield box

    def body(self) -> list[Widget]:
        """The widgets in the box, from top to bottom."""
        return []

    def on_key(self, event: events.Key) -> None:
        """Esc closes; the rest is the dialog's, but for what a field does with its keys."""
        if edits(self, event.key) and not self._left:
            return
        event.stop()
        event.prevent_default()
        if self._left:  # typed faster than dialogs close: it is meant for the screen below
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key == "escape":
            self.escaped()
        else:
            self.pressed(event)

    def escaped(self) -> None:
        """Esc was pressed."""
        self.dismiss(None)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, once: what asks again meanwhile finds the dialog gone."""
        if self._left:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    def pressed(self, event: events.Key) -> None:
        """A key that no field took."""
