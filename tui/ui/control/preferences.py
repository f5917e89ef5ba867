"""Settings changed on the screen: they take effect at once and are written to the reader's file."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.config import CHOICES, Settings
from tui.ui.keys import isolated
from tui.ui.widgets.headline_drawing import Sections
from tui.ui.widgets.ticker import Speed

if TYPE_CHECKING:
    from tui.settings_file import Value
    from tui.ui.screens.reading import ReadingScreen

SHOWN: Mapping[str, tuple[str, ...]] = {
    "looks": ("language", "theme", "compact", "sections", "ticker", "hijri"),
    "reading": ("full_text", "images_show", "link_numbers", "marks", "bidi"),
    "news": ("refresh_minutes", "keep_days"),
}
"""The settings people change, by chapter."""
_NUMBERS = {"refresh_minutes": (0, 5, 10, 20, 30, 60, 120), "keep_days": (0, 7, 30, 90, 180, 365)}
_IN_FILE = {"images_show": "images.show"}


def values_of(name: str) -> tuple[Value, ...]:
    """What a setting can be."""
    if name in CHOICES:
        return CHOICES[name]
    return _NUMBERS.get(name, (False, True))


def beside(name: str, now: Value, step: int) -> Value:
    """The value after (1) or before (-1) the one in force; from one the reader wrote, the nearest."""
    values = values_of(name)
    if now in values:
        return values[(values.index(now) + step) % len(values)]
    numbers = [value for value in values if isinstance(value, int) and isinstance(now, int)]
    return next((n for n in (numbers if step > 0 else numbers[::-1]) if (n > int(now)) is (step > 0)), values[0])


class Preferences:
    """The settings of one reading screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    async def change(self, name: str, value: Value) -> str:
        """Let a setting have a value; a sentence when it could not be written to the file."""
        screen = self._screen
        changed: dict[str, Value] = {name: value}
        settings: Settings = replace(screen.settings, **changed)  # type: ignore[arg-type]
        screen.settings = screen.app.settings = settings
        effect: Callable[[Settings], None] | None = getattr(self, f"_{name}", None)
        if effect is not None:
            effect(settings)
        if screen.app.configuration is None:
            return ""
        from tui.settings_file import save

        async with screen.app.saving:  # one change is read, made and written before the next, in the order of the keys
            problem = await to_thread(save, screen.app.configuration, _IN_FILE.get(name, name), value)
        if problem is None:
            return ""
        return screen.locale.text(problem.key, file=isolated(str(problem.path)), **problem.values)

    def in_effect(self) -> Settings:
        """The settings with what keys have changed since: what the reader sees."""
        screen = self._screen
        settings, memory = screen.settings, screen.memory
        by_itself = {
            "theme": settings.theme == "auto" and not memory.get("theme"),
            "ticker": settings.ticker == "auto" and not memory.get("ticker"),
            "bidi": settings.bidi == "auto" and not memory.get("bidi"),
        }
        now: dict[str, Value] = {
            "theme": screen.app.theme,
            "ticker": screen.ticker.speed.value,
            "bidi": screen.profile.mode.value,
        }
        seen: dict[str, Value] = {name: value for name, value in now.items() if not by_itself[name]}
        return replace(
            settings,
            compact=screen.headlines.compact,
            sections=screen.headlines.sections,
            link_numbers=screen.article.link_numbers,
            images_show=screen.pictures.shown,
            **seen,  # type: ignore[arg-type]
        )

    # -- how each takes effect

    def _theme(self, settings: Settings) -> None:
        self._screen.memory.set("theme", "")
        self._screen.app.set_theme(settings.theme)
        self._screen.pictures.in_theme()

    def _compact(self, settings: Settings) -> None:
        self._screen.looks.make_compact(settings.compact)

    def _sections(self, settings: Settings) -> None:
        sections: dict[str, Sections] = {"day": "day", "paper": "paper", "none": "none"}
        self._screen.lists.arrange(sections[settings.sections])

    def _ticker(self, settings: Settings) -> None:
        screen = self._screen
        speed = settings.ticker if settings.ticker != "auto" else Speed.FLIP
        screen.ticker.speed = Speed(speed)
        screen.memory.set("ticker", "" if settings.ticker == "auto" else settings.ticker)

    def _hijri(self, settings: Settings) -> None:
        self._screen.daytime.tell()

    def _images_show(self, settings: Settings) -> None:
        self._screen.pictures.show(settings.images_show)

    def _link_numbers(self, settings: Settings) -> None:
        self._screen.looks.number_links(settings.link_numbers)

    def _marks(self, settings: Settings) -> None:
        self._screen.app.set_marks(settings.marks)

    def _bidi(self, settings: Settings) -> None:
        from tui.terminal.profile import Mode

        self._screen.set_bidi_mode(Mode(settings.bidi))

    def _refresh_minutes(self, settings: Settings) -> None:
        self._screen.app.pace.set(settings.refresh_minutes)

    def _keep_days(self, settings: Settings) -> None:
        self._screen.desk.refresher.keep(settings.keep_days)
