"""About: which khabar this is, and where it keeps what."""

from __future__ import annotations

import sys
from pathlib import Path

from textual import events
from textual.widget import Widget

import tui
from tui.desk.desk import Desk
from tui.locale import Locale
from tui.ui.keys import isolated
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.board import Board, Entry, scroll_key
from tui.ui.widgets.keybar import Command, KeyBar

LONGEST = 20
"""Rows."""


class About(Dialog[None]):
    """Version, licence, files and sizes."""

    def __init__(self, desk: Desk, *, configuration: Path | None, locale: Locale) -> None:
        super().__init__(locale.text("about.title"), locale=locale)
        self.board = Board(about(desk, configuration, locale), rtl=locale.rtl)
        self.bar = KeyBar([Command("close", ("escape",), locale.text("manager.close"), 1)], locale=locale)

    def body(self) -> list[Widget]:
        """The facts, the key."""
        return [self.board, self.bar]

    def scrolling(self) -> tuple[Widget, int]:
        """The facts."""
        return self.board, LONGEST

    def on_mount(self) -> None:
        """The facts scroll."""
        self.set_focus(self.board)

    def on_key_bar_chosen(self) -> None:
        """Close."""
        self.dismiss(None)

    def pressed(self, event: events.Key) -> None:
        """Scroll; anything a reader would try closes."""
        if event.key in ("q", "i", "enter"):
            self.dismiss(None)
        else:
            scroll_key(self.board, event.key)


def about(desk: Desk, configuration: Path | None, locale: Locale) -> list[Entry]:
    """The facts as entries."""
    counts, sources = desk.reading.counts(), desk.sources.all()
    store = desk.store.path
    size = sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*") if path.is_file())
    python = ".".join(map(str, sys.version_info[:3]))
    entries = [
        Entry("khabar", f"{isolated(tui.__version__)} · {isolated(f'Python {python}')}"),
        Entry(locale.text("about.licence"), "MIT"),
        Entry(locale.text("about.stories"), locale.text("about.counted", n=counts.all, sources=len(sources))),
        Entry(locale.text("about.store"), isolated(str(store))),
        Entry(locale.text("about.size"), locale.text("about.megabytes", n=locale.decimal(size / 1_000_000))),
    ]
    if configuration is not None:
        entries.append(Entry(locale.text("about.settings"), isolated(str(configuration))))
    return entries
