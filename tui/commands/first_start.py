"""The first start: sources by the reader's language, so that nothing has to be configured."""

from __future__ import annotations

from tui.desk.desk import Desk
from tui.locale import Locale
from tui.news.model import Source


def follow_catalogue(desk: Desk, locale: Locale) -> list[Source]:
    """Follow the catalogue's sources for the locale; the reader changes them at any time."""
    from tui.sources.catalogue import for_locale

    tag = f"{locale.tag}-{locale.territory}" if locale.territory else locale.tag
    return desk.sources.follow(for_locale(tag))
