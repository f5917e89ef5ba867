"""Keys typed faster than a dialog closes neither end khabar nor get lost."""

from __future__ import annotations

from textual import events

from tui import locale
from tui.ui import themes
from tui.ui.display import BidiApp
from tui.ui.screens.dialog import Dialog


class Below(BidiApp):
    """An app that notes the keys its first screen gets."""

    def __init__(self) -> None:
        super().__init__()
        for palette in themes.PALETTES:
            self.register_theme(palette.theme())
        self.theme = "dark"
        self.typed: list[str] = []

    def on_key(self, event: events.Key) -> None:
        self.typed.append(event.key)


async def test_a_second_key_goes_to_the_screen_below() -> None:
    app = Below()
    async with app.run_test() as pilot:
        dialog: Dialog[None] = Dialog("x", locale=locale.load("en"))
        await app.push_screen(dialog)
        for key in ("escape", "escape", "j"):
            dialog.post_message(events.Key(key, None))
        await pilot.pause()
        await pilot.pause()
        assert app.screen is not dialog
        assert app.typed == ["escape", "j"]
