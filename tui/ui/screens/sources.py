"""The sources: what is followed, how each has been doing, adding one by its address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events, on
from textual.widget import Widget

from tui.desk.events import Event, SourceRefreshed
from tui.locale import Locale
from tui.news.model import Health, Source
from tui.ui.health import bar, facts
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.prompt import Prompt
from tui.ui.sentences import in_language
from tui.ui.widgets.board import Board, Entry
from tui.ui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from tui.desk.desk import Desk


class SourcesScreen(Dialog[int]):
    """Gives the id of a source to show, or None."""

    def __init__(self, desk: Desk, *, locale: Locale, now: Callable[[], datetime], fixed: bool = False) -> None:
        """``fixed``: the sources are somebody else's, and are looked at only."""
        keys = locale.text("sources.keys-fixed" if fixed else "sources.keys")
        super().__init__(locale.text("sources.title"), locale=locale, subtitle=keys)
        self._desk, self._fixed = desk, fixed
        self._now = now
        self.choices = Choices([], rtl=locale.rtl, empty=locale.text("sources.none-fixed" if fixed else "sources.none"))
        self.detail = Board([], rtl=locale.rtl, id="source-health")
        self.detail.can_focus = False
        self._asked = 0

    def body(self) -> list[Widget]:
        """The sources, and how the selected one has been doing."""
        return [self.choices, self.detail]

    def on_mount(self) -> None:
        """Fill in, and show what comes of a source that is asked from here."""
        self._leave = self._desk.events.subscribe(self._heard)
        self._fill()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._leave()

    def _heard(self, event: Event) -> None:
        if isinstance(event, SourceRefreshed) and event.source.id == self._asked:
            self._fill(str(self._asked))

    def _fill(self, select: str = "") -> None:
        self._sources = {str(source.id): source for source in self._desk.sources.all()}
        self._healths = self._desk.sources.healths()
        self.choices.show([self._choice(source) for source in self._sources.values()], select=select)
        self.refresh(layout=True)
        self._describe()

    def _choice(self, source: Source) -> Choice:
        health = self._healths.get(source.id)
        return Choice(str(source.id), source.title, summary(source, health, self.locale, self._now()))

    def _describe(self) -> None:
        source = self._selected()
        if source is None:
            self.detail.show([])
            return
        health = self._healths.get(source.id)
        last = health.last if health else None
        said = in_language(last.sentence, self.locale) if last else ""
        entries = [Entry(text=said, kind="warning")] if said else []
        if health is not None and last is not None:
            line = facts(health, self.locale, self._now())
            picture = "" if self.app.has_class("-plain") else bar(health.tries) + "  "
            entries.append(Entry(text=picture + line))
        self.detail.show([Entry(text=source.address, kind="dim"), *entries])

    def _say(self, sentence: str) -> None:
        self.detail.show([Entry(text=sentence)])

    def _selected(self) -> Source | None:
        choice = self.choices.selected
        return self._sources.get(choice.id) if choice else None

    @on(Choices.Chosen)
    def _clicked(self) -> None:
        self._describe()

    def pressed(self, event: events.Key) -> None:
        """Move, show, add, refresh, turn on and off, remove."""
        key = event.key
        page = self.choices.page_rows
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": page, "pageup": -page}
        source = self._selected()
        if key in steps:
            self.choices.move(steps[key])
            self._describe()
        elif key in ("q", "S"):
            self.dismiss(None)
        elif self._fixed:
            if source is not None and key == "enter":
                self.dismiss(source.id)
        elif key == "a":
            prompt = Prompt(self.locale.text("sources.add"), self.locale.text("sources.add_hint"), locale=self.locale)
            self.app.push_screen(prompt, self._add)
        elif source is None:
            return
        elif key == "enter":
            self.dismiss(source.id)
        elif key == "r":
            self._asked = source.id
            self._desk.refresher.refresh([source.id], force=True)
            self._say(self.locale.text("notices.refreshing_source", name=source.title))
        elif key in ("d", "delete"):
            self.run_worker(self._remove(source), group="sources")
        elif key == "space":
            self.run_worker(self._switch(source), group="sources")

    def _add(self, address: str | None) -> None:
        if address:
            self._say(self.locale.text("sources.adding", address=address))
            self.run_worker(self._adding(address), group="sources")

    async def _adding(self, address: str) -> None:
        added = await self._desk.sources.add(address)
        source = getattr(added, "source", None)
        if source is None:
            self._say(in_language(getattr(added, "sentence", ""), self.locale))
            return
        self._fill(str(source.id))
        self._say(self.locale.text("sources.added", name=source.title))

    async def _remove(self, source: Source) -> None:
        await self._desk.sources.remove(source)
        self._fill()
        self._say(self.locale.text("sources.removed", name=source.title))

    async def _switch(self, source: Source) -> None:
        from dataclasses import replace

        await self._desk.sources.update(replace(source, enabled=not source.enabled))
        self._fill(str(source.id))


def summary(source: Source, health: Health | None, locale: Locale, now: datetime) -> str:
    """How a source has been doing, in a few words."""
    if not source.enabled:
        return locale.text("sources.off")
    last = health.last if health else None
    if last is None:
        return locale.text("sources.never")
    age = locale.age(last.at, now)
    sign = {"failed": "✗", "offline": "✗"}.get(last.outcome, "✓")
    return f"{sign} {locale.text(f'sources.{last.outcome}')} · {age}"
