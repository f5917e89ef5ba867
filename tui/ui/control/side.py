"""The side list: the lists every reader has, smart lists, and the sources by language, each with what is unread in it.

It is filled off the screen's own thread, when it is shown and a moment after something changed.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tui.news.model import Counts, Listing, Source, View
from tui.ui.actions import Context
from tui.ui.widgets.choices import Choice
from tui.ui.widgets.rules import Divider
from tui.ui.widgets.side import SideList

if TYPE_CHECKING:
    from tui.locale import Locale
    from tui.news.rules import SmartList
    from tui.ui.screens.reading import ReadingScreen

PAUSE = 0.4
"""Seconds after a change before the counts are taken anew."""


class Side:
    """The side list of one reading screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.widget: SideList | None = None
        self.divider = Divider(id="side-divider")

    @property
    def shown(self) -> bool:
        """Whether it is on the screen."""
        return self.widget is not None and self._screen.has_class("-side")

    @property
    def over(self) -> bool:
        """Whether it takes the room of the article or of all panes, for as long as the reader is in it."""
        return self._screen.app.has_class("-tight")

    async def prepare(self) -> None:
        """After the first frame: as it was in the session before, where there is room for it."""
        if self._wanted and not self.over:
            await self._show()

    @property
    def _wanted(self) -> bool:
        """Whether the reader has it beside the panes, where there is room."""
        return self._screen.memory.get("side") == "1"

    def fit(self) -> None:
        """The screen has another size: there is room for it beside the panes, or there is none."""
        if self.widget is not None and self._screen.context is not Context.SIDE:
            self._screen.set_class(self._wanted and not self.over, "-side")

    async def do_side(self) -> None:
        """Show it and go there; hide it from there."""
        screen = self._screen
        if self.shown and screen.context is Context.SIDE:
            self.hide()
            return
        if not self.shown:
            screen.zoom(False)
            await self._show()
            self._remember("1")
        screen.show_pane(Context.SIDE)

    async def _show(self) -> None:
        screen = self._screen
        if self.widget is None:
            self.widget = SideList(rtl=screen.locale.rtl)
            panes = screen.query_one("#panes")
            parts = (self.widget, self.divider)
            if screen.locale.rtl:
                await panes.mount(*reversed(parts))
            else:
                await panes.mount(*parts, before=0)
        await self.fill()
        screen.add_class("-side")

    def hide(self) -> None:
        """Give its room back."""
        screen = self._screen
        screen.remove_class("-side")
        self._remember("")
        screen.focus_list()

    def _remember(self, shown: str) -> None:
        """What takes the room of others goes when it is left, and says nothing of what is wanted beside them."""
        if not self.over:
            self._screen.memory.set("side", shown)

    def leave(self) -> None:
        """Back to the headlines; what took the room of others goes."""
        if self.over:
            self.hide()
        else:
            self._screen.focus_list()

    def changed(self) -> None:
        """Something it counts has changed."""
        if self.shown:
            self._screen.later("side", self._again, PAUSE)

    def _again(self) -> None:
        self._screen.run_worker(self.fill(), group="side", exclusive=True)

    async def fill(self) -> None:
        """Count, and show."""
        if self.widget is None:
            return
        desk, locale = self._screen.desk, self._screen.locale

        def gather() -> list[Choice]:
            lists = desk.lists.lists()
            counted = desk.lists.counted(lists, View(Listing.UNREAD))
            unread = desk.reading.unread_by_source()
            sources = desk.sources.all()
            languages = {source.language for source in sources if source.language}
            in_language = {tag: desk.reading.count(View(Listing.UNREAD, language=tag)) for tag in languages}
            return entries(desk.reading.counts(), lists, counted, sources, unread, in_language, locale)

        choices = await to_thread(gather)
        self.widget.show(choices, select=self.widget.selected.id if self.widget.selected else self.current)

    @property
    def current(self) -> str:
        """The entry of what the headline list shows."""
        lists = self._screen.lists
        if lists.smart:
            return f"smart:{lists.smart.id}"
        if lists.view.source_id:
            return f"source:{lists.view.source_id}"
        if lists.view.language:
            return f"language:{lists.view.language}"
        return f"list:{lists.view.listing.value}"

    def do(self, entry: str) -> None:
        """Show what an entry stands for."""
        screen, (kind, _, value) = self._screen, entry.partition(":")
        if kind == "list":
            screen.finder.leave()
            screen.lists.show(View(Listing(value)))
        elif kind == "source":
            screen.lists.from_source(int(value))
        elif kind == "language":
            screen.finder.leave()
            screen.lists.show(View(language=value))
        elif smart := next((found for found in screen.desk.lists.lists() if str(found.id) == value), None):
            screen.lists.show_smart(smart)
        self.leave()

    def open(self) -> None:
        """Show what is selected."""
        if self.widget is not None and self.widget.selected is not None:
            self.do(self.widget.selected.id)


def entries(
    counts: Counts,
    lists: Iterable[SmartList],
    counted: Mapping[int, int],
    sources: Iterable[Source],
    unread: Mapping[int, int],
    in_language: Mapping[str, int],
    locale: Locale,
) -> list[Choice]:
    """The side list from top to bottom; the numbers are unread stories, of stars and of today all. A
    story that several papers have is one in a language, and one in each paper."""

    def number(n: int) -> str:
        return locale.number(n) if n else ""

    shown = {Listing.UNREAD: counts.unread, Listing.STARRED: counts.starred, Listing.TODAY: counts.today}
    choices = [Choice(f"list:{x.value}", locale.text(f"lists.{x}"), number(shown.get(x, 0))) for x in Listing]
    smart = [Choice(f"smart:{found.id}", found.name, number(counted.get(found.id, 0))) for found in lists]
    if smart:
        choices += [Choice("", locale.text("shelf.title"), heading=True), *smart]
    by_language: dict[str, list[Source]] = {}
    for source in sources:
        by_language.setdefault(source.language, []).append(source)
    for language in sorted(by_language, key=lambda tag: (tag != locale.tag, tag == "", locale.language(tag))):
        group = sorted(by_language[language], key=lambda source: source.country)
        name = locale.language(language) if language else locale.text("side.unknown")
        if language:
            choices.append(Choice(f"language:{language}", name, number(in_language.get(language, 0)), lead=True))
        else:
            choices.append(Choice("", name, heading=True))
        countries = {source.country for source in group if source.country}
        last = ""
        for source in group:
            if len(countries) > 1 and source.country not in ("", last):
                last = source.country
                choices.append(Choice("", f"  {locale.country(last)}", heading=True))
            count = number(unread.get(source.id, 0))
            choices.append(Choice(f"source:{source.id}", source.title, count, dim=not source.enabled, sign="  "))
    return choices
