"""The settings people change: each takes effect at once and is written to the reader's own file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from textual import events

from tui.config import Settings
from tui.locale import LANGUAGES, Locale, load
from tui.settings_file import Value
from tui.ui.control.preferences import SHOWN, beside
from tui.ui.keys import isolated
from tui.ui.screens.manager import Manager
from tui.ui.widgets.choices import Choice

Change = Callable[[str, Value], Awaitable[str]]


class SettingsScreen(Manager[str]):
    """Gives "language" when the language was changed: the screen has to be made anew; else None."""

    texts = "preferences"
    KEYS = (("next", ("enter", "space"), 1), ("previous", ("backspace",), 4))

    def __init__(self, settings: Settings, change: Change, *, file: str, locale: Locale) -> None:
        self._settings = settings
        self._change = change
        self._file = file
        super().__init__(locale.text("preferences.title"), locale=locale)

    def fill(self, select: str = "") -> None:
        """Each setting with what it is now, by chapter."""
        choices: list[Choice] = []
        names: list[str] = []
        for chapter, settings in SHOWN.items():
            choices.append(Choice("", self.locale.text(f"preferences.{chapter}"), heading=True))
            names.append("")
            for name in settings:
                title = self.locale.text(f"preferences.of.{name}")
                choices.append(Choice(name, title, shown(name, getattr(self._settings, name), self.locale)))
                names.append(f"{title} {name}")
        self.show(choices, select=select, names=names)

    def describe(self) -> None:
        """Where it is written."""
        self.say(self.locale.text("preferences.written", file=isolated(self._file)) if self._file else "")

    def pressed(self, event: events.Key) -> None:
        """The arrow onwards is the next value, the one back the value before."""
        onwards, back = ("left", "right") if self.locale.rtl else ("right", "left")
        if not self.field.has_focus and event.key in (onwards, back):
            self.do("next" if event.key == onwards else "previous")
        else:
            super().pressed(event)

    async def do_next(self) -> None:
        """The next value."""
        await self._step(1)

    async def do_previous(self) -> None:
        """The value before."""
        await self._step(-1)

    async def _step(self, step: int) -> None:
        name = self.selected
        if not name:
            return
        value = beside(name, getattr(self._settings, name), step)
        changed: dict[str, Value] = {name: value}
        self._settings = replace(self._settings, **changed)  # type: ignore[arg-type]
        self.fill(name)
        problem = await self._change(name, value)
        if name == "language":
            self.dismiss("language")
        elif problem:
            self.tell(problem)


def shown(name: str, value: Value, locale: Locale) -> str:
    """A value in words."""
    if name == "language":
        return load(str(value)).text("preferences.own_name") if value in LANGUAGES else locale.text("preferences.auto")
    if isinstance(value, bool):
        return locale.text("preferences.on" if value else "preferences.off")
    if isinstance(value, int):
        minutes = name == "refresh_minutes"
        if not value:
            return locale.text("preferences.asked" if minutes else "preferences.ever")
        return locale.plural("age.minutes" if minutes else "age.days", value)
    if value == "auto":
        return locale.text("preferences.auto")
    if name == "theme":
        return locale.text(f"themes.{value}")
    return locale.text(f"preferences.value.{value}") if name != "bidi" else value
