"""Help: every key that works on the screen it was asked from, by area, made from the registry."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.actions import Context, by_area
from tui.ui.keys import Keymap, isolated
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.board import Board, Entry, scroll_key


class HelpScreen(Dialog[None]):
    """The keys, and where khabar came from."""

    def __init__(self, keymap: Keymap, context: Context, *, locale: Locale) -> None:
        super().__init__(locale.text("help.title"), locale=locale, subtitle=locale.text("help.close"))
        self.board = Board(help_entries(keymap, context, locale), rtl=locale.rtl)

    def body(self) -> list[Widget]:
        """The board."""
        return [self.board]

    def on_mount(self) -> None:
        """The board scrolls by key."""
        self.set_focus(self.board)

    def pressed(self, event: events.Key) -> None:
        """Scroll; the keys that opened help close it."""
        if event.key in ("question_mark", "q", "f1") or event.character == "؟":
            self.dismiss(None)
        else:
            scroll_key(self.board, event.key)


def help_entries(keymap: Keymap, context: Context, locale: Locale) -> list[Entry]:
    """The chapters, and each action with its keys."""
    entries: list[Entry] = []
    for area, actions in by_area(frozenset({context})).items():
        entries += [Entry()] if entries else []
        entries.append(Entry(locale.text(f"areas.{area}")))
        entries += [
            Entry(
                "  " + "  ".join(map(isolated, keymap.labels(action.id, locale))),
                locale.text(_help(action.id, keymap, locale)),
            )
            for action in actions
            if keymap.keys.get(action.id)
        ]
    return entries


def _help(action: str, keymap: Keymap, locale: Locale) -> str:
    """The key of an action's explanation; some say less where actions are withheld."""
    less = f"actions.{action}.help-less"
    return less if keymap.without and locale.has(less) else f"actions.{action}.help"
