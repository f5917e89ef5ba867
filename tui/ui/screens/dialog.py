"""What dialogs have in common: a box with its title on the start side, and Esc to close."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.carrying_on import CarryingOn
from tui.ui.display import BidiModalScreen
from tui.ui.styles import DIALOGS, sheet_paths
from tui.ui.widgets.field import edits
from tui.ui.widgets.plain import stand_again

R = TypeVar("R")
FEW_ROWS = 16
"""Below so many a box takes them all and has no border."""


class Dialog(CarryingOn, BidiModalScreen, Generic[R]):
    """A box over the reading screen. ``body`` gives what stands in it."""

    AUTO_FOCUS = ""
    """Each dialog says itself what has the keyboard."""
    CSS_PATH = sheet_paths(DIALOGS)
    framed = False
    """Whether the box has its border where rows are few, too."""

    def __init__(self, title: str, *, locale: Locale) -> None:
        super().__init__(classes="dialog")
        self.locale = locale
        self._left = False
        self._title = title

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(*self.body(), classes="dialog--box")
        box.border_title = self._title or None
        yield box

    def body(self) -> list[Widget]:
        """The widgets in the box, from top to bottom."""
        return []

    def scrolling(self) -> tuple[Widget, int] | None:
        """The widget that scrolls, and the rows it may take; every other one takes one."""
        return None

    def on_resize(self, event: events.Resize) -> None:
        """A box is as high as what is in it, and cut where that is too much: what scrolls leaves the others their rows,
        or its own last ones would never be seen."""
        if found := self.scrolling():
            widget, most = found
            besides = sum(other.display for other in self.query_one(".dialog--box").children) - 1
            widget.styles.max_height = max(1, min(most, self._inside(event.size.height) - besides))

    def _inside(self, height: int) -> int:
        """The rows in the highest box, as the stylesheet has it."""
        if self.app.has_class("-plain"):
            return height - 2
        if height < FEW_ROWS:
            return height - 2 * self.framed
        return height * 9 // 10 - 2

    def on_screen_resume(self) -> None:
        """What lay over this box is gone."""
        self.call_after_refresh(stand_again, self)

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
