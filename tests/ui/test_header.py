"""The row above: the lists' names, whole or not at all."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tui.locale import LANGUAGES
from tui.news.model import Listing
from tui.ui.widgets.header import Header


def lists_shown(header: Header) -> list[str]:
    """The lists whose names can be clicked, from the row's start."""
    found = [str(segment.style.meta.get("target")) for segment in header.render_line(0) if segment.style]
    wanted = [name for name in dict.fromkeys(found) if name in set(Listing)]
    return wanted[::-1] if header.app.has_class("-rtl") else wanted


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_lists_stand_there_where_they_fit(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        assert lists_shown(app.reading.header) == list(Listing)
        await pilot.press("3")
        assert lists_shown(app.reading.header) == list(Listing)


async def test_the_current_one_stands_alone_where_they_do_not(screen: Open) -> None:
    async with screen("en", (40, 12)) as (app, pilot):
        assert lists_shown(app.reading.header) == ["all"]
        await pilot.press("3")
        assert lists_shown(app.reading.header) == ["starred"]


async def test_a_long_name_leaves_the_current_list(screen: Open) -> None:
    async with screen("en", (80, 24)) as (app, pilot):
        app.reading.header.show(place="The Harbour and Lighthouse Gazette of the Western Islands")
        await pilot.pause()
        assert lists_shown(app.reading.header) == ["all"]
