"""The last row: the five to seven keys that matter here, from the registry of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.actions import Action, Context, footer_actions
from tui.ui.bars import MOST_KEYS, Part, cells_of, fitting, row
from tui.ui.bidi_filter import Visual
from tui.ui.keys import Keymap, isolated
from tui.ui.widgets.keybar import Command, drawn


class Footer(Visual, Widget):
    """Keys and what they do in the current context."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--title", "footer--note"}

    @dataclass
    class Chosen(Message):
        """A key was clicked."""

        action: str

    def __init__(self, *, locale: Locale, keymap: Keymap, id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self._keymap = keymap
        self._where = Context.LIST
        self._note = ""
        self._way_back = self._pictures = self._others = False
        self._prompt: tuple[Command, ...] | None = None

    def ask(self, commands: Sequence[Command] | None) -> None:
        """A prompt has the keyboard, with keys of its own, or a dialog, which shows its own (none here). None: nobody
        has it but the panes."""
        prompt = None if commands is None else tuple(commands)
        if prompt != self._prompt:
            self._prompt = prompt
            self.refresh()

    def least(self) -> Sequence[Command]:
        """What must be told where there is no room for the row: the prompt's keys, or how to get help."""
        if self._prompt is not None:
            return self._prompt
        return [Command("help", self._keymap.keys.get("help", ()), self._locale.text("actions.help.short"))]

    def show(
        self,
        *,
        context: Context | None = None,
        note: str | None = None,
        way_back: bool | None = None,
        pictures: bool | None = None,
        others: bool | None = None,
    ) -> None:
        """Show the keys of a context, and a note ("62 %") on the end side; whether a list has another to go back to,
        and an article pictures and others that tell the same."""
        before = self._where, self._note, self._absent
        self._where = self._where if context is None else context
        self._note = self._note if note is None else note
        self._way_back = self._way_back if way_back is None else way_back
        self._pictures = self._pictures if pictures is None else pictures
        self._others = self._others if others is None else others
        if (self._where, self._note, self._absent) != before:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        note = [Part(f"{self._note} ", self.get_component_rich_style("footer--note"))] if self._note else []
        room = self.size.width - cells_of(note, rtl=self._locale.rtl) - 1
        parts = [Part(" ", self.rich_style), *self._entries(room)]
        return row(self.size.width, parts, note, rtl=self._locale.rtl, fill=self.rich_style)

    def _entries(self, room: int) -> list[Part]:
        """As many entries as fit, the least important left out, in the registry's order."""
        if self._prompt is not None:
            names = ("footer--key", "footer--title")
            key, title = (Part("", self.get_component_rich_style(name)) for name in names)
            entries = drawn(self._prompt, self._locale, (key, title, Part("", self.rich_style)))
            return fitting(entries, room, rtl=self._locale.rtl, most=MOST_KEYS)
        ranked = [(rank, self._entry(action.id)) for rank, action in self._actions()]
        return fitting(ranked, room, rtl=self._locale.rtl, most=MOST_KEYS)

    @property
    def _absent(self) -> tuple[str, ...]:
        """What would do nothing here: there is no list to go back to, no picture to report, no other paper."""
        if self._where is Context.LIST:
            return () if self._way_back else ("back",)
        if self._where is not Context.ARTICLE:
            return ()
        there = {"report_image": self._pictures, "others": self._others}
        return tuple(action for action, is_there in there.items() if not is_there)

    def _actions(self) -> list[tuple[int, Action]]:
        """Those of the context that do something."""
        return [(rank, action) for rank, action in footer_actions(self._where) if action.id not in self._absent]

    def _entry(self, action: str) -> list[Part]:
        labels = self._keymap.labels(action, self._locale)
        if not labels:
            return []
        if action == "down":  # the one pair: up goes without saying, its key does not
            labels = [" ".join(labels[:1] + self._keymap.labels("up", self._locale)[:1])]
        title = self._locale.text(f"actions.{action}.short")
        return [
            Part(isolated(labels[0]), self.get_component_rich_style("footer--key"), action),
            Part(f" {title}", self.get_component_rich_style("footer--title"), action),
            Part("  ", self.rich_style),
        ]

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        if self._prompt is not None:
            return
        if action := str(event.style.meta.get("target", "")):
            self.post_message(self.Chosen(action))
