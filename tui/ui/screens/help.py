"""Help: every key that works on the screen it was asked from; on the reading screen by area, from the registry."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.actions import Context, by_area
from tui.ui.keys import Keymap, isolated
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.board import Board, Entry, scroll_key
from tui.ui.widgets.keybar import Command, KeyBar

LONGEST = 40
"""Rows."""


class HelpScreen(Dialog[bool]):
    """The keys by what they are for. Gives True when the reader wants to look for one by its name."""

    def __init__(self, entries: Sequence[Entry], *, locale: Locale, find: Sequence[str] = ()) -> None:
        """``find``: the keys that lead to where they are looked for by name."""
        super().__init__(locale.text("help.title"), locale=locale)
        self.board = Board(entries, rtl=locale.rtl)
        self.bar = KeyBar(
            [
                Command("on", ("down", "j"), locale.text("help.on"), 3),
                *(Command("find", (key,), locale.text("help.find"), 2 if key == find[0] else 0) for key in find),
                Command("close", ("escape",), locale.text("manager.close"), 1),
            ],
            locale=locale,
        )

    def body(self) -> list[Widget]:
        """The board and what can be done with it."""
        return [self.board, self.bar]

    def scrolling(self) -> tuple[Widget, int]:
        """The board."""
        return self.board, LONGEST

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self._do(event.command)

    def _do(self, command: str) -> None:
        if command == "on":
            scroll_key(self.board, "down")
        else:
            self.dismiss(command == "find")

    def on_mount(self) -> None:
        """The board scrolls by key."""
        self.set_focus(self.board)

    def pressed(self, event: events.Key) -> None:
        """Scroll; the keys that opened help close it."""
        command = next((command.id for command in self.bar.commands if event.key in command.keys), "")
        if event.key in ("question_mark", "q", "f1") or event.character == "؟":
            self.dismiss(None)
        elif command:
            self._do(command)
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
