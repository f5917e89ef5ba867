"""The sources: what is followed and how each has been doing; adding, naming, turning, switching and removing them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.timer import Timer
from textual.widget import Widget

from tui.desk.articles import Problem
from tui.desk.events import Event, ImportProgress, SourceRefreshed, SourcesChanged
from tui.desk.places import Place
from tui.desk.sources import Added, complete
from tui.locale import Locale
from tui.news.health import Health
from tui.news.model import Direction, Link, Source
from tui.ui.health import bar, facts, story_of
from tui.ui.keys import isolated
from tui.ui.screens.address import AddressLine, places
from tui.ui.screens.chooser import Chooser
from tui.ui.screens.manager import Manager
from tui.ui.screens.prompt import Prompt
from tui.ui.sentences import in_language
from tui.ui.widgets.board import Board, Entry
from tui.ui.widgets.choices import Choice

if TYPE_CHECKING:
    from tui.desk.desk import Desk
    from tui.ui.control.exchange import ExchangeRoom


FILL_AFTER = 0.3
"""Seconds in which what is told of sources is shown together."""


class SourcesScreen(Manager[int]):
    """Gives the id of a source to show, or None."""

    texts = "sources"
    KEYS = (
        ("show", ("enter",), 1),
        ("add", ("a",), 2),
        ("ask", ("r",), 4),
        ("details", ("i",), 6),
        ("switch", ("space",), 5),
        ("remove", ("d", "delete"), 5),
        ("name", ("n",), 6),
        ("turn", ("b",), 8),
        ("full", ("f",), 8),
        ("undo", ("u",), 7),
        ("import", ("I",), 9),
        ("export", ("W",), 9),
        ("stop", ("X",), 9),
    )
    LOOK_ONLY = (("show", ("enter",), 1), ("details", ("i",), 2))

    def __init__(
        self,
        desk: Desk,
        *,
        locale: Locale,
        now: Callable[[], datetime],
        undo: Callable[[], Awaitable[str]],
        fixed: bool = False,
        at_hand: str = "",
    ) -> None:
        """``fixed``: the sources are somebody else's, and are looked at only. ``at_hand``: the address of the page
        that is being read, which is the first that could be meant."""
        if fixed:
            self.KEYS = self.LOOK_ONLY  # type: ignore[assignment, misc]
        self._desk, self._now, self._undo = desk, now, undo
        self._asked = at_hand
        """What may be meant, or what was asked for and did not come to anything: it may be put right."""
        self._sources: dict[str, Source] = {}
        self._healths: dict[int, Health] = {}
        self._in_detail = False
        empty = locale.text("sources.none-fixed" if fixed else "sources.none")
        super().__init__(locale.text("sources.title"), locale=locale, empty=empty)
        self.health = Board([], rtl=locale.rtl, id="source-health")
        self.health.can_focus = False

    def body(self) -> list[Widget]:
        """The sources, how the selected one has been doing, a sentence, the keys."""
        return [self.field, self.choices, self.health, self.detail, self.bar]

    exchange: ExchangeRoom
    _to_fill: Timer | None = None

    def on_mount(self) -> None:
        """Fill in, and show what comes of a source that is asked from here."""
        self._leave = self._desk.events.subscribe(self._heard)
        super().on_mount()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._leave()

    def _heard(self, event: Event) -> None:
        if isinstance(event, SourceRefreshed | SourcesChanged):
            if self._to_fill is None:  # of thousands of sources each fill takes long, and each source tells
                self._to_fill = self.set_timer(FILL_AFTER, self._fill_again)
        elif isinstance(event, ImportProgress):
            self.say(self.locale.text("exchange.progress", done=event.done, total=event.total))

    def _fill_again(self) -> None:
        self._to_fill = None
        said, selected = self.detail.text, self.selected
        self.fill()
        if self.selected == selected:  # what was said last is not to be read in a flash
            self.say(said)

    def fill(self, select: str = "") -> None:
        """Every source with its last tries."""
        self._sources = {str(source.id): source for source in self._desk.sources.all()}
        self._healths = self._desk.sources.healths()
        names = [f"{source.title} {source.address} {source.language}" for source in self._sources.values()]
        self.show([self._choice(source) for source in self._sources.values()], select=select, names=names)

    def _choice(self, source: Source) -> Choice:
        told = summary(source, self._healths.get(source.id), self.locale, self._now())
        told = told.lstrip("✓✗ ") if self.app.has_class("-plain") else told  # the words behind the sign say it
        return Choice(str(source.id), source.title, told, dim=not source.enabled)

    def describe(self) -> None:
        """Its address and what is set for it; how it has been doing."""
        source = self._source
        if source is None:
            self.say("")
            self.health.show([])
            return
        turned = "" if source.direction is Direction.AUTO else self.locale.text(f"sources.{source.direction.value}")
        teaser = "" if source.full_text else self.locale.text("sources.teaser")
        self.say(" · ".join(filter(None, (isolated(source.address), turned, teaser))))
        self.health.show(self._told(self._healths.get(source.id)))

    def _told(self, health: Health | None) -> list[Entry]:
        last = health.last if health else None
        if health is None or last is None:
            return []
        told = [Entry(text=story_of(health, self.locale, self._now()))]
        if last.sentence:
            told.append(Entry(text=in_language(last.sentence, self.locale), kind="warning"))
        if self._in_detail:
            drawn = len(health.tries) > 1 and not self.app.has_class("-plain")  # one try is no course of things
            picture = f"{isolated(bar(health.tries))}  " if drawn else ""
            told.append(Entry(text=picture + facts(health, self.locale, self._now()), kind="dim"))
        return told

    @property
    def _source(self) -> Source | None:
        return self._sources.get(self.selected)

    def do_show(self) -> None:
        """Its stories."""
        if source := self._source:
            self.dismiss(source.id)

    def do_ask(self) -> None:
        """Ask it for news now."""
        if source := self._source:
            self._desk.refresher.refresh([source.id], force=True)
            self.tell(self.locale.text("notices.refreshing_source", name=source.title))

    def do_details(self) -> None:
        """How it has been doing in figures, for whoever looks after a server; or in words alone."""
        self._in_detail = not self._in_detail
        self.describe()

    # -- adding

    def do_add(self) -> None:
        """By address, or out of the catalogue: the reader's language first."""
        known = self._desk.sources.catalogue()
        followed = {source.address for source in self._sources.values()}
        mine = sorted(known, key=lambda source: source.language != self.locale.tag)
        line = AddressLine(
            places([source for source in mine if source.address not in followed], []),
            locale=self.locale,
            title=self.locale.text("sources.add"),
            hint=self.locale.text("sources.add_hint"),
            enter=self.locale.text("sources.do.add"),
            value=self._asked,
        )
        self.app.push_screen(line, self._add)

    async def _add(self, address: str | None) -> None:
        if not address:
            return
        self._asked = ""
        known = next((source for source in self._desk.sources.catalogue() if source.address == address), None)
        if known is not None:
            source = await self._desk.sources.take(known)
            if source is None:
                return  # why is said
            self._desk.refresher.refresh([source.id], force=True)
        else:
            self.tell(self.locale.text("sources.adding", address=isolated(complete(address))))
            self.run_worker(self._discover(address), group="add")
            return
        self.fill(str(source.id))
        self.tell(self.locale.text("sources.added", name=source.title))

    async def _discover(self, address: str) -> None:
        found = await self._desk.sources.look(address)
        if not isinstance(found, Place):
            self._told_of(found, address)
        elif len(found.feeds) > 1:
            self._choose_feed(found)
        else:
            self._told_of(await self._desk.sources.follow_place(found), address)

    def _choose_feed(self, place: Place) -> None:
        """Ask which of a site's feeds is meant; the first is selected."""
        feeds = {link.url: link for link in place.feeds}
        site = isolated(urlsplit(place.address).hostname or place.address)
        chooser = Chooser(
            self.locale.text("sources.which", site=site),
            [Choice(link.url, link.text or link.url, link.url if link.text else "") for link in place.feeds],
            locale=self.locale,
        )

        async def follow(url: str | None) -> None:
            if url:
                self.tell(self.locale.text("sources.adding", address=isolated(url)))
                self.run_worker(self._follow(place, feeds[url]), group="add")
            else:
                self.hush()

        self.app.push_screen(chooser, follow)

    async def _follow(self, place: Place, feed: Link) -> None:
        self._told_of(await self._desk.sources.follow_place(place, feed), place.address)

    def _told_of(self, added: Added | Problem, typed: str) -> None:
        if isinstance(added, Added):
            name = added.source.title
            said = self.locale.text("sources.added", name=name)
            if not added.existed:
                said = self.locale.plural("command.added", added.stories, source=name)
            self.fill(str(added.source.id))
            self.tell(said)
        else:
            sentence = in_language(added.sentence, self.locale)
            self._asked = typed
            text = self.locale.text("address.failed", address=isolated(typed), sentence=sentence)
            self.tell(text, warning=True)

    # -- from a file and to one

    def do_import(self) -> None:
        """Take the sources of a file."""
        self.exchange.do_import_sources()

    def do_export(self) -> None:
        """Write the sources to a file."""
        self.exchange.do_export_sources()

    def do_stop(self) -> None:
        """End the import or the refresh under way."""
        self.exchange.do_stop_refresh()

    # -- changing

    async def _keep(self, source: Source) -> None:
        await self._desk.sources.update(source)
        self.fill(str(source.id))

    async def do_switch(self) -> None:
        """On or off."""
        if source := self._source:
            await self._keep(replace(source, enabled=not source.enabled))

    async def do_turn(self) -> None:
        """Its direction: each text in its own, right to left, left to right, by its first letter."""
        if source := self._source:
            order = [Direction.AUTO, Direction.RTL, Direction.LTR, Direction.FIRST]
            await self._keep(replace(source, direction=order[(order.index(source.direction) + 1) % len(order)]))

    async def do_full(self) -> None:
        """Whether its full texts are fetched."""
        if source := self._source:
            await self._keep(replace(source, full_text=not source.full_text))

    def do_name(self) -> None:
        """Another name."""
        if source := self._source:
            hint = isolated(source.address)
            prompt = Prompt(self.locale.text("sources.rename"), hint, locale=self.locale, value=source.title)
            self.app.push_screen(prompt, self._named)

    async def _named(self, name: str | None) -> None:
        if name and (source := self._source):
            await self._keep(replace(source, title=name))

    async def do_remove(self) -> None:
        """Stop following it; undo brings it back with its stories."""
        if source := self._source:
            if not await self._desk.sources.remove(source):
                return  # why is said
            with self.keeping():
                self.fill()
            self.tell(self.locale.text("sources.removed", name=source.title))

    async def do_undo(self) -> None:
        """Take the last change back."""
        sentence = await self._undo()
        with self.keeping():
            self.fill()
        self.tell(sentence)


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
