"""A page that was opened by its address says how its site is followed, and the place to follow it knows the address."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ui.piloting import top, until
from tests.ui.press import NOW
from tui.config import Settings
from tui.desk.desk import open_desk
from tui.edition.papers import sources
from tui.edition.server import EditionServer
from tui.locale import load
from tui.ui.app import KhabarApp
from tui.ui.screens.address import AddressLine
from tui.ui.screens.sources import SourcesScreen

ANCHOR = datetime(2026, 11, 23, 12, tzinfo=UTC)


def bare(text: str) -> str:
    """``text`` without what holds its directions apart and its words together."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("what", ["a feed", "a site"])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_what_was_opened_is_followed_without_typing_it_again(tmp_path: Path, language: str, what: str) -> None:
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", clock=lambda: NOW)
    with EditionServer(ANCHOR) as server:
        paper = next(source for source in sources(server.base) if source.site.rstrip("/") != server.base)
        address = paper.address if what == "a feed" else paper.site
        app = KhabarApp(desk=desk, settings=Settings(), locale=load(language), clock=lambda: NOW)
        told = bare(app.locale.text("address.follow", sources="S", add="a"))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("a", *address, "enter")
            await until(pilot, lambda: app.reading.reader.url == address)
            await until(pilot, lambda: told in bare(app.reading.article.text()))
            await pilot.press("S", "a")
            await until(pilot, lambda: isinstance(app.screen, AddressLine) and app.screen.field.value == address)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and desk.sources.all())
            (followed,) = desk.sources.all()
            assert followed.address == paper.address
            await until(pilot, lambda: app.screen is not app.reading and desk.sources.healths()[followed.id].last)
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddressLine) and app.screen.field.value == "")
            await pilot.press("escape", "escape")
            await until(pilot, lambda: top(app) is app.reading)
            app.reading.reader.follow(address, typed=True)
            await until(
                pilot, lambda: not any(worker.group == "reader" and worker.is_running for worker in app.workers)
            )
            assert told not in bare(app.reading.article.text()), "it is followed already"
    await desk.aclose()
