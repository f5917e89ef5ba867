"""The palette: every action by its name, in the reader's language and in English."""

from __future__ import annotations

from tui.locale import Locale, load
from tui.ui.actions import ACTIONS, Context
from tui.ui.keys import Keymap, isolated
from tui.ui.screens.chooser import Chooser
from tui.ui.widgets.choices import Choice


class PaletteScreen(Chooser):
    """Gives the chosen action's id, or None."""

    def __init__(self, keymap: Keymap, context: Context, *, locale: Locale) -> None:
        actions = [
            action
            for action in ACTIONS
            if action.palette and context in action.contexts and action.id not in keymap.without | {"palette"}
        ]
        choices = [
            Choice(
                action.id,
                locale.text(f"actions.{action.id}.title"),
                "  ".join(map(isolated, keymap.labels(action.id, locale)[:2])),
            )
            for action in actions
        ]
        english = load("en")
        names = {
            action.id: [
                english.text(f"actions.{action.id}.title"),
                locale.text(f"actions.{action.id}.help"),
                action.id.replace("_", " "),
            ]
            for action in actions
        }
        super().__init__(locale.text("palette.title"), choices, locale=locale, names=names)
