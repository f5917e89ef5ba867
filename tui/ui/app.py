"""The application: one reading screen over a desk, in a theme and a direction."""

from __future__ import annotations

import os
from asyncio import Lock
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tui.desk.schedule import Pace
from tui.terminal.link import Speed, link_of
from tui.terminal.profile import Profile
from tui.ui import themes
from tui.ui.carrying_on import CarryingOnApp
from tui.ui.display import BidiApp
from tui.ui.forgetting import forget_lines_and_places
from tui.ui.keys import Keymap, describe
from tui.ui.screens.reading import ReadingScreen
from tui.ui.styles import SHEETS, sheet_paths

if TYPE_CHECKING:
    from tui.config import Settings
    from tui.desk.desk import Desk
    from tui.locale import Locale


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


class KhabarApp(CarryingOnApp, BidiApp):
    """khabar's screen."""

    TITLE = "khabar"
    CSS_PATH = sheet_paths(*SHEETS)
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    KIOSK = False
    """Whether the sources are somebody else's."""
    WITHHELD: ClassVar[frozenset[str]] = frozenset()
    """Actions that there are none of."""

    def __init__(  # noqa: PLR0913  the composition root takes what the command line put together
        self,
        *,
        desk: Desk,
        settings: Settings,
        locale: Locale,
        profile: Profile | None = None,
        begin: Callable[[], Awaitable[None]] | None = None,
        start_url: str = "",
        edition: bool = False,
        language_named: bool = False,
        filling: bool = False,
        problems: Sequence[str] = (),
        configuration: Path | None = None,
        pace: Pace | None = None,
        first: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """``begin`` is called after the first frame; at a first start, when the reader has chosen what to follow.

        ``filling``: the store was empty at the start and its first stories are on their way: the list follows them.

        ``edition``: only the built-in edition is shown, at first what is in the interface's language where that is the
        one the reader named (``language_named``), not a makeshift; ``problems`` of the configuration are said at once.
        ``configuration`` is the file that settings changed on the screen are written to; ``pace`` how often the news is
        asked for; ``first``: there has been no news yet, so the reader is asked for language and sources, once."""
        profile = profile or Profile()
        self._measured_marks = profile.marks
        profile = replace(profile, marks=self._marks(settings.marks))
        line = link_of(profile, Speed(settings.link))
        super().__init__(profile=profile, frugal=settings.output != "plain", link=line)
        self.desk, self.settings, self.locale, self.clock = desk, settings, locale, clock
        self.keymap = Keymap.build(rtl=locale.rtl, chosen=settings.keys, layout=locale.tag, without=self.WITHHELD)
        self._begin_news = begin
        self._start_url = start_url
        unknown = [locale.text("notices.key_unknown", name=name) for name in self.keymap.unknown]
        self._problems = [*problems, *unknown, *describe(self.keymap.conflicts, locale)]
        self._edition, self._filling, self._first = edition, filling, first
        self.language_named = language_named
        self.configuration, self.pace = configuration, pace or Pace(settings.refresh_minutes)
        self.saving = Lock()
        """Held while a setting is written to the file."""
        self._screen: ReadingScreen | None = None
        self._unsubscribe: Callable[[], object] = lambda: None
        self.set_class(locale.rtl, "-rtl")
        self.set_class(settings.plain, "-plain")
        self.session.cursor = settings.plain
        self._set_theme()

    def _set_theme(self) -> None:
        for palette in themes.PALETTES:
            self.register_theme(palette.theme())
        if self.settings.plain:
            self.theme = "mono"
            return
        self.set_theme(self.settings.theme, self.desk.reading.recall("ui.theme") or "")

    def set_theme(self, wanted: str, remembered: str = "") -> None:
        """Show the theme wanted; for "auto" the one the reader took last, else what fits the terminal."""
        fitting = themes.fitting(self.profile.dark, self.profile.colours, os.environ)
        chosen = wanted if wanted != "auto" else "" if fitting == "mono" else remembered
        self.theme = chosen if chosen in themes.NAMES else fitting

    def _marks(self, wanted: str) -> bool:
        return {"yes": True, "no": False}.get(wanted, self._measured_marks)

    def set_marks(self, wanted: str) -> None:
        """Show vowel signs: "yes", "no", or "auto" as the terminal can."""
        marks = self._marks(wanted)
        self.measured_profile = replace(self.measured_profile, marks=marks)
        self.profile = replace(self.profile, marks=marks)
        self._bidi_filter.marks = marks
        self.refresh(layout=True)

    async def speak(self, language: str) -> None:
        """Make the screen anew in another language ("" for the environment's), over the same desk.

        In the application's context: what is made in that of the old screen holds on to it as long as it lives.
        """
        from asyncio import create_task

        await create_task(self._speak(language), context=self._context_at_start.copy())

    async def _speak(self, language: str) -> None:
        from asyncio import wrap_future

        from tui.locale import forget_other_languages, from_environment

        old = self.reading
        old.memory.flush()
        await wrap_future(self.desk.reading.write(lambda: None))  # what the old screen remembered is there by now
        while not isinstance(self.screen, ReadingScreen):  # a dialog that a key typed ahead has opened
            await self.pop_screen()
        self._unsubscribe()
        self.locale = from_environment(os.environ, choice=language)
        forget_other_languages()
        layout, keys = self.locale.tag, self.settings.keys
        self.keymap = Keymap.build(rtl=self.locale.rtl, chosen=keys, layout=layout, without=self.WITHHELD)
        self.set_class(self.locale.rtl, "-rtl")
        self._screen, self._filling, self.language_named = None, False, True
        self._unsubscribe = self.desk.events.subscribe(self.reading.newsfeed.heard)
        old._push_result_callback(old, None)  # the first screen was never pushed; switching pops what pushing leaves
        await self.switch_screen(self.reading)

    def watch_theme(self, theme: str) -> None:
        """Without colours some grounds go."""
        self.set_class(theme == "mono", "-mono")

    def get_default_screen(self) -> ReadingScreen:
        """The reading screen is the first."""
        return self.reading

    @property
    def reading(self) -> ReadingScreen:
        """The reading screen."""
        if self._screen is None:
            self._screen = ReadingScreen(
                self.desk,
                self.settings,
                locale=self.locale,
                keymap=self.keymap,
                clock=self.clock,
                edition=self._edition,
            )
            self._screen.lists.filling = self._filling
        return self._screen

    def on_mount(self) -> None:
        """Listen to the desk; begin the rest when the first frame stands."""
        import asyncio

        self._context_at_start = copy_context()
        self.desk.events.bind(asyncio.get_running_loop())
        self._unsubscribe = self.desk.events.subscribe(self.reading.newsfeed.heard)
        self.call_after_refresh(self._begin)
        self._await_minute()

    def _await_minute(self) -> None:
        # the application's timer: a screen's, stopped when the screen goes, holds on to it until it would have rung
        self.set_timer(60 - self.clock().astimezone().second % 60, self._on_the_minute)

    def _on_the_minute(self) -> None:
        self.reading.daytime.tell()
        forget_lines_and_places()
        self._await_minute()

    async def _begin(self) -> None:
        if self._start_url:
            from tui.desk.sources import complete

            self.begin()
            self.reading.reader.follow(complete(self._start_url), typed=True)
        elif self._first and not self.reading.memory.get("welcomed"):
            self.reading.rooms.welcome()
        else:
            self.begin()
        if self._problems:
            self.reading.notice("\n".join(self._problems), "warning")

    def begin(self) -> None:
        """Let the news come, once: what is followed is what the reader wants."""
        begin, self._begin_news = self._begin_news, None
        if begin is not None:
            self.run_worker(self._run(begin), group="start", exit_on_error=True)

    @staticmethod
    async def _run(work: Callable[[], Awaitable[None]]) -> None:
        await work()

    def on_unmount(self) -> None:
        """The desk may publish after the end: nobody listens any more."""
        self.reading.memory.flush()
        self._unsubscribe()

    def notify(  # Textual's own notices take the same way as ours
        self,
        message: str,
        *,
        title: str = "",
        severity: str = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say a short sentence."""
        self.reading.notice(message, severity)
