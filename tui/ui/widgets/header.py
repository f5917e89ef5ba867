"""The first row: whose news this is, the lists with their counts, date and clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.bidi.levels import isolate
from tui.locale import Locale
from tui.news.model import Counts, Listing
from tui.ui.bars import Part, cells_of, row
from tui.ui.bidi_filter import Visual

_COUNTED = (Listing.UNREAD,)
NARROW = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header says."""

    place: str
    """The source shown, or the edition's name, or "all sources"."""
    listing: Listing = Listing.ALL
    counts: Counts = field(default_factory=Counts)
    date: str = ""
    clock: str = ""
    offline: bool = False


class Header(Visual, Widget):
    """Draws a :class:`Heading`; clicks on its parts are messages."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "header--name",
        "header--place",
        "header--list",
        "header--current",
        "header--clock",
    }

    @dataclass
    class ListChosen(Message):
        """A list's name was clicked."""

        listing: Listing

    class PlaceChosen(Message):
        """The source's name was clicked."""

    def __init__(self, heading: Heading, *, locale: Locale, id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self._heading = heading

    @property
    def heading(self) -> Heading:
        """What is shown."""
        return self._heading

    def show(self, **changes: object) -> None:
        """Change parts of the heading; nothing is drawn when nothing differs."""
        heading = replace(self._heading, **changes)  # type: ignore[arg-type]
        if heading != self._heading:
            self._heading = heading
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        plain = self.app.has_class("-plain")
        narrow = self.size.width < NARROW or plain
        names, lists = self._names(narrow), self._lists(current_only=plain)
        clock = [Part(f" {self._heading.clock} ", self.rich_style)]
        if cells_of([*names, *lists, *clock], rtl=self._locale.rtl) > self.size.width:
            lists = self._lists(current_only=True)
        if cells_of([*names, *lists], rtl=self._locale.rtl) > self.size.width:
            names[-1] = replace(names[-1], text=" ")
        start = [*names, *lists]
        room = self.size.width - cells_of(start, rtl=self._locale.rtl)
        return row(self.size.width, start, self._time(narrow, room), rtl=self._locale.rtl, fill=self.rich_style)

    def _names(self, narrow: bool) -> list[Part]:
        name = self.get_component_rich_style("header--name")
        place = self.get_component_rich_style("header--place")
        parts = [] if narrow else [Part(f" {self._locale.text('header.name')} · ", name)]
        lead = " " if narrow else ""
        sign = "" if self.app.has_class("-plain") else " ▾"
        return [
            *parts,
            Part(f"{lead}{isolate(self._heading.place)}{sign}", place, "place"),
            Part("   ", self.rich_style),
        ]

    def _lists(self, *, current_only: bool) -> list[Part]:
        parts: list[Part] = []
        for listing in (self._heading.listing,) if current_only else Listing:
            current = listing is self._heading.listing
            style = self.get_component_rich_style("header--current" if current else "header--list")
            count = getattr(self._heading.counts, listing.value)
            text = self._locale.text(f"lists.{listing}")
            if count and (current_only or listing in _COUNTED):
                text = f"{text} {self._locale.number(count)}"
            parts += [Part(f" {text} ", style, listing.value), Part(" ", self.rich_style)]
        return parts

    def _time(self, narrow: bool, room: int) -> list[Part]:
        """As much of the dates and the clock as leaves the lists whole; the Hijri date goes first, the clock last."""
        if self.app.has_class("-plain"):  # every minute would be read out
            return []
        heading, style = self._heading, self.get_component_rich_style("header--clock")
        dates = [] if narrow else [*dict.fromkeys((heading.date, heading.date.partition(" · ")[0]))]
        for text in (*(f"{date} · {heading.clock}" for date in dates if date), heading.clock):
            part = Part(f" {text} ", style)
            if text and cells_of([part], rtl=self._locale.rtl) <= room:
                return [part]
        return []

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        target = str(event.style.meta.get("target", ""))
        if target == "place":
            self.post_message(self.PlaceChosen())
        elif target:
            self.post_message(self.ListChosen(Listing(target)))
