"""A list of things and what can be done to them: sources, history, smart lists, rules and settings are looked after so.

Letters are commands, shown on the last row, where they can be clicked too; / narrows the list to what is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from tui.locale import Locale
from tui.news.folding import fold
from tui.ui.bars import MOST_KEYS
from tui.ui.keys import isolated, label
from tui.ui.layouts import latin_key
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.help import HelpScreen
from tui.ui.widgets.board import Entry
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.field import Field
from tui.ui.widgets.keybar import Command, KeyBar
from tui.ui.widgets.searchline import Sentence

R = TypeVar("R")


class Manager(Dialog[R]):
    """What the screens of this kind have in common. ``fill`` shows the entries; ``do_<command>`` is called for each
    command, by key and by click."""

    KEYS: ClassVar[Sequence[tuple[str, tuple[str, ...], int]]] = ()
    """(id, keys, rank) in their order; their titles are texts of ``texts`` under ``do.<id>``."""
    texts: ClassVar[str] = ""
    """The section of the locale."""
    WITHOUT_ENTRY: ClassVar[frozenset[str]] = frozenset({"add", "import", "export", "stop", "help", "close"})
    """Commands that do something where there is no entry to do it to; the others are not told then."""

    def __init__(self, title: str, *, locale: Locale, empty: str = "", searchable: bool = True) -> None:
        super().__init__(title, locale=locale)
        self.add_class("-manager")
        self.searchable = searchable
        self.field = Field(rtl=locale.rtl)
        self.field.display = False
        self.field.add_class("filter")
        self.field.entered = lambda: self.set_focus(None)
        self.choices = Choices([], rtl=locale.rtl, empty=empty)
        self.detail = Sentence("", rtl=locale.rtl, classes="dialog--hint")
        self.bar = KeyBar(self._commands(), locale=locale)
        self._stays = False
        self._all: Sequence[Choice] = ()
        self._folded: list[str] = []

    def _commands(self) -> list[Command]:
        own = [Command(id_, keys, self.locale.text(f"{self.texts}.do.{id_}"), rank) for id_, keys, rank in self.KEYS]
        more = [Command("filter", ("slash",), self.locale.text("manager.filter"), 7)] if self.searchable else []
        if len(own) + len(more) >= MOST_KEYS:
            more.append(Command("help", ("question_mark", "f1"), self.locale.text("manager.help"), 1))
        more.append(Command("step", ("down",), self.locale.text("chooser.next"), 9))
        commands = [*own, *more, Command("close", ("escape", "q"), self.locale.text("manager.close"), 1)]
        if self.choices.selected is not None:
            return commands
        return [command if command.id in self.WITHOUT_ENTRY else replace(command, rank=0) for command in commands]

    def body(self) -> list[Widget]:
        """The field to narrow with, the entries, a sentence about the selected one, the keys."""
        return [self.field, self.choices, self.detail, self.bar]

    def on_mount(self) -> None:
        """Fill in."""
        self.fill()
        self.describe()

    # -- for the screens to say

    def fill(self, select: str = "") -> None:
        """Show the entries as they are now."""

    def describe(self) -> None:
        """Something else is selected."""

    # -- entries

    def show(self, choices: Sequence[Choice], *, select: str = "", names: Sequence[str] = ()) -> None:
        """These are all entries; ``names`` are what each is found by, its title and detail where none are given."""
        self._all = choices
        self.set_class(not choices and not self.app.has_class("-plain"), "-empty")
        self._folded = [
            "" if choice.heading else fold(names[at] if names else f"{choice.title} {choice.detail}")
            for at, choice in enumerate(choices)
        ]
        self._narrow(select or (self.choices.selected.id if self.choices.selected else ""))

    def _narrow(self, select: str = "") -> None:
        words = fold(self.field.value).split()
        shown = (
            [c for c, name in zip(self._all, self._folded, strict=True) if all(word in name for word in words)]
            if words
            else self._all
        )
        self.choices.show([c for c in shown if not words or not c.heading], select=select)
        self.bar.show(self._commands())
        self.describe()

    def say(self, sentence: str) -> None:
        """What is known of the selected entry."""
        if not self._stays:
            self.detail.remove_class("-warning")
            self.detail.show(sentence)

    def tell(self, sentence: str, *, warning: bool = False) -> None:
        """A sentence in its place, about what was done: it stays until the next key, whatever is filled in."""
        self._stays = True
        self.detail.set_class(warning, "-warning")
        self.detail.show(sentence)

    def hush(self) -> None:
        """What was told is over: back to what is known of the selected entry."""
        self._stays = False
        self.describe()

    @property
    def selected(self) -> str:
        """The id of the selected entry, or ""."""
        return self.choices.selected.id if self.choices.selected else ""

    # -- keys and clicks

    def pressed(self, event: events.Key) -> None:
        """Move, or do what the key stands for."""
        self._stays = False
        key = event.key
        if event.character and (latin := latin_key(event.character, self.locale.tag)):
            key = latin
        if self.field.has_focus:
            self._in_field(event)
        elif (steps := self._steps().get(key)) is not None:
            self.choices.move(steps)
            self.describe()
        elif command := next((command.id for command in self.bar.commands if key in command.keys), None):
            self.do(command)

    def _steps(self) -> dict[str, int]:
        page, all_ = self.choices.page_rows, len(self._all) or 1
        return {
            **{"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": page, "pageup": -page},
            **{"ctrl+f": page, "ctrl+b": -page, "g": -all_, "home": -all_, "G": all_, "end": all_},
        }

    def _in_field(self, event: events.Key) -> None:
        if event.key in ("down", "enter", "tab"):
            self.set_focus(None)
        elif event.key in ("pagedown", "pageup", "up"):
            self.choices.move(self._steps()[event.key])
        self.describe()

    def do(self, command: str) -> None:
        """Carry a command out."""
        if command == "filter":
            self.field.display = True
            self.set_focus(self.field)
        elif command == "help":
            self.app.push_screen(HelpScreen(self._explained(), locale=self.locale))
        elif command == "close":
            self.escaped()
        elif command == "step":
            self.choices.move(1)
            self.describe()
        else:
            work: Any = getattr(self, f"do_{command}")()
            if work is not None:
                self.run_worker(work, group="manager", exit_on_error=True)

    def _explained(self) -> list[Entry]:
        """Every command with its keys; what a word does not say, in a sentence."""
        return [
            Entry(
                "  " + "  ".join(isolated(label(key, self.locale)) for key in command.keys), self._explanation(command)
            )
            for command in self.bar.commands
        ]

    def _explanation(self, command: Command) -> str:
        sentence = f"{self.texts}.help.{command.id}"
        return self.locale.text(sentence) if self.locale.has(sentence) else command.title

    def escaped(self) -> None:
        """Esc takes what was typed away first."""
        if self.field.display:
            with self.prevent(Input.Changed):
                self.field.value = ""
            self.field.display = False
            self.set_focus(None)
            self._narrow(self.selected)
        else:
            super().escaped()

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Whatever is filled in meanwhile, the cursor stays on its row."""
        at = self.choices.index
        yield
        self.choices.go(at)
        self.describe()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow()

    @on(Choices.Chosen)
    def _clicked(self, event: Choices.Chosen) -> None:
        event.stop()
        self.hush()
        if event.again and self.bar.commands:
            self.do(self.bar.commands[0].id)

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self._stays = False
        self.do(event.command)
