"""Everything that was opened, by day, the last first."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from urllib.parse import urlsplit

from tui.desk.desk import Desk
from tui.locale import Locale
from tui.news.model import Visit
from tui.ui.keys import isolated
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.manager import Manager
from tui.ui.widgets.choices import Choice


class HistoryScreen(Manager[Visit]):
    """Gives what is to be opened again, or None."""

    texts = "history"
    KEYS = (
        ("open", ("enter",), 1),
        ("forget", ("d", "delete"), 4),
        ("clear", ("X",), 6),
    )

    def __init__(self, desk: Desk, *, locale: Locale, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._now = now
        self._visits: dict[str, Visit] = {}
        super().__init__(locale.text("history.title"), locale=locale, empty=locale.text("history.empty"))

    def fill(self, select: str = "") -> None:
        """The visits of each day under its name."""
        visits = self._desk.reading.history()
        self._visits = {visit.url: visit for visit in visits}
        choices = by_day(visits, self.locale, self._now())
        names = [f"{choice.title} {choice.id}" for choice in choices]
        self.show(choices, select=select, names=names)

    def describe(self) -> None:
        """The address of the selected one."""
        visit = self._visits.get(self.selected)
        self.say(isolated(visit.url) if visit and not visit.url.startswith("story:") else "")

    def do_open(self) -> None:
        """Open it again."""
        if visit := self._visits.get(self.selected):
            self.dismiss(visit)

    async def do_forget(self) -> None:
        """Take one out of the history."""
        if visit := self._visits.get(self.selected):
            await wrap_future(self._desk.reading.forget(visit.url))
            with self.keeping():
                self.fill()

    def do_clear(self) -> None:
        """Forget everything, asked once."""
        if self._visits:
            question = self.locale.plural("history.clear_question", len(self._visits))
            confirm = Confirm(self.locale.text("history.title"), question, locale=self.locale)
            self.app.push_screen(confirm, self._clear)

    async def _clear(self, yes: bool | None) -> None:
        if yes:
            await wrap_future(self._desk.reading.forget())
            self.fill()


def by_day(visits: Sequence[Visit], locale: Locale, now: datetime) -> list[Choice]:
    """The visits as entries, under a heading for each day."""
    today = now.astimezone().date()
    choices: list[Choice] = []
    for day, group in groupby(visits, key=lambda visit: visit.at.astimezone().date()):
        choices.append(Choice(f"{day}", locale.day(day, today), heading=True))
        for visit in group:
            host = urlsplit(visit.url).hostname or ""
            detail = " · ".join(
                filter(None, (host and isolated(host.removeprefix("www.")), locale.clock(visit.at.astimezone())))
            )
            named = visit.title or (isolated(visit.url) if host else locale.text("headlines.untitled"))
            choices.append(Choice(visit.url, named, detail))
    return choices
