"""The first start: language and sources in one glance. Whoever closes it at once has what fits the locale."""

from __future__ import annotations

from dataclasses import replace

from tui.desk.desk import Desk
from tui.locale import LANGUAGES, Locale, load
from tui.news.model import Source
from tui.ui.screens.manager import Manager
from tui.ui.widgets.choices import Choice
from tui.ui.widgets.keybar import Command

_ON, _OFF = "✓ ", "  "


class FirstStart(Manager[str]):
    """Gives the language to begin in, when it is another; else None."""

    texts = "welcome"
    KEYS = (("switch", ("space",), 1), ("done", ("enter",), 1))

    def __init__(self, desk: Desk, *, locale: Locale) -> None:
        self._desk = desk
        self._offered: dict[str, Source] = {}
        super().__init__(locale.text("welcome.title"), locale=locale)

    def fill(self, select: str = "") -> None:
        """The languages, and the papers khabar knows in the one chosen; what is followed has a tick."""
        followed = {source.address for source in self._desk.sources.all()}
        known = [source for source in self._desk.sources.catalogue() if source.language == self.locale.tag]
        known.sort(key=lambda source: source.address not in followed)
        if not self._offered:  # the order of the first look stays, whatever is switched
            self._offered = {source.address: source for source in known}
        languages = [
            self._entry(f"language:{tag}", load(tag).text("preferences.own_name"), "", tag == self.locale.tag)
            for tag in LANGUAGES
        ]
        sources = [
            self._entry(address, source.title, self._country(source), address in followed)
            for address, source in self._offered.items()
        ]
        self.show(
            [
                Choice("", self.locale.text("preferences.of.language"), heading=True),
                *languages,
                Choice("", self.locale.text("sources.title"), heading=True),
                *sources,
            ],
            select=select or f"language:{self.locale.tag}",
        )

    def _entry(self, id_: str, title: str, detail: str, chosen: bool) -> Choice:
        """A tick before what is chosen; in the plain mode a word."""
        if not self.app.has_class("-plain"):
            return Choice(id_, title, detail, sign=_ON if chosen else _OFF)
        said = (self.locale.text("plain.chosen") if chosen else "", detail)
        return Choice(id_, title, " · ".join(filter(None, said)))

    def _country(self, source: Source) -> str:
        return self.locale.country(source.country) if source.country else ""

    def describe(self) -> None:
        """That nothing here is for ever; and what Enter does where the cursor is."""
        self.say(self.locale.text("welcome.hint"))
        self.bar.show(self._commands())

    def _commands(self) -> list[Command]:
        """On another language Enter chooses it, as Space does, and begins nothing yet."""
        commands = super()._commands()
        if not self._other_language:
            return commands
        return [
            replace(command, keys=("enter", *command.keys)) if command.id == "switch" else command
            for command in commands
            if command.id != "done"
        ]

    @property
    def _other_language(self) -> str:
        """The language under the cursor, when it is not the one that is read here; else ""."""
        kind, _, tag = self.selected.partition(":")
        return tag if kind == "language" and tag != self.locale.tag else ""

    async def do_switch(self) -> None:
        """Begin in this language; follow this paper, or do not."""
        chosen = self.selected
        if chosen.startswith("language:"):
            self.dismiss(self._other_language or None)
            return
        followed = self._desk.sources.at(chosen)
        if followed is not None:
            await self._desk.sources.remove(followed)
        elif chosen in self._offered:
            await self._desk.sources.take(self._offered[chosen])
        self.fill(chosen)

    def do_done(self) -> None:
        """Begin."""
        self.dismiss(None)
