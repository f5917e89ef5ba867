"""A site with several feeds, added on the screen: the reader picks one of them, or none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.desk.test_places import serve
from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.news.model import View
from tui.ui.app import KhabarApp
from tui.ui.screens.chooser import Choice, Chooser
from tui.ui.screens.sources import SourcesScreen


@pytest.fixture
async def host() -> AsyncIterator[str]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()


def chosen(app: KhabarApp) -> Choice | None:
    assert isinstance(app.screen, Chooser)
    return app.screen.choices.selected


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_feeds_of_a_site_are_a_list_to_pick_from(screen: Open, host: str, language: str) -> None:
    async with screen(language) as (app, pilot):
        app.desk.network.offline = False
        before = len(app.desk.store.sources())
        await pilot.press("S", "a", *f"http://{host}", "enter")
        await until(pilot, lambda: type(app.screen) is Chooser)
        assert isinstance(app.screen, Chooser)
        titles = [choice.title for choice in app.screen._all]
        assert titles == ["The Pier: all (RSS 2.0)", "The Pier: sport", "The Pier: broken"]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        assert len(app.desk.store.sources()) == before
        await pilot.press("a", *f"http://{host}", "enter")
        await until(pilot, lambda: type(app.screen) is Chooser and app.screen.field.has_focus)
        await pilot.press("down")
        await until(pilot, lambda: "sport" in getattr(chosen(app), "id", ""))
        await pilot.press("enter")
        await until(pilot, lambda: len(app.desk.store.sources()) == before + 1)
        added = app.desk.store.sources()[-1]
        assert added.title == "Pier sport"
        await until(pilot, lambda: app.desk.store.health(added.id).last is not None)
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and app.screen.selected == str(added.id))
        said = app.locale.plural("command.added", app.desk.reading.count(View(source_id=added.id)), source=added.title)
        shown: object = app.screen
        assert isinstance(shown, SourcesScreen)
        assert shown.detail.text == said, "how many stories came with it: the row says only what is new since"
