"""Date and clock in the header, kept current."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Daytime:
    """Tells one reading screen's header what time it is."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def tell(self) -> None:
        """Date and clock as they are."""
        screen, locale = self._screen, self._screen.locale
        local = screen.now().astimezone()
        date = locale.short_date(local.date())
        if screen.settings.hijri:
            date = f"{date} · {locale.hijri_date(local.date())}"
        screen.header.show(date=date, clock=locale.clock(local))
