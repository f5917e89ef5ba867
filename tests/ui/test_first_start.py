"""The first start: asked once, over a first frame that did not wait for it, and left with one key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.piloting import until
from tests.ui.press import NOW
from tui import config
from tui.config import Settings
from tui.desk.desk import Desk, open_desk
from tui.locale import LANGUAGES, load
from tui.ui.app import KhabarApp
from tui.ui.screens.first_start import FirstStart


def opened(folder: Path) -> Desk:
    desk = open_desk(folder / "store.db", folder / "cache.db", offline=True, clock=lambda: NOW)
    if not desk.sources.all():
        from tui.sources.catalogue import for_locale

        desk.sources.follow(for_locale("en"))
    return desk


def made(desk: Desk, language: str = "en", begin: Callable[[], Awaitable[None]] | None = None) -> KhabarApp:
    file = desk.store.path.with_name("khabar.toml")
    return KhabarApp(
        desk=desk,
        settings=Settings(),
        locale=load(language),
        clock=lambda: NOW,
        configuration=file,
        first=True,
        begin=begin,
    )


@asynccontextmanager
async def first_start(
    folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[KhabarApp, Pilot[None], FirstStart]]:
    """What a newcomer whose language is English is asked."""
    desk = opened(folder)
    app = made(desk)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstStart) and app.screen.selected == "language:en")
        assert isinstance(app.screen, FirstStart)
        yield app, pilot, app.screen
    await desk.aclose()


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_one_key_leaves_it_and_it_never_comes_again(tmp_path: Path, key: str) -> None:
    desk = opened(tmp_path)
    before = desk.sources.all()
    app = made(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstStart))
        await pilot.press(key)
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert desk.sources.all() == before
        await until(pilot, lambda: desk.reading.recall("ui.welcomed"))
        gone_on = asyncio.Event()

        async def begin() -> None:
            gone_on.set()

        later = made(desk, begin=begin)
        async with later.run_test(size=(80, 24)) as second:
            await until(second, gone_on.is_set)
            assert len(later.screen_stack) == 1
    await desk.aclose()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_papers_are_switched_and_another_language_brings_its_own(tmp_path: Path, size: tuple[int, int]) -> None:
    async with first_start(tmp_path, size) as (app, pilot, dialog):
        desk = app.desk
        while dialog.selected.startswith("language:"):
            await pilot.press("j")
        first = dialog.selected
        assert desk.sources.at(first) is not None
        await pilot.press("space")
        await until(pilot, lambda: desk.sources.at(first) is None)
        await pilot.press("space")
        await until(pilot, lambda: desk.sources.at(first) is not None)
        await pilot.press("g")
        while dialog.selected != "language:ar":
            await pilot.press("j" if dialog.choices.index < 1 else "k")
        await pilot.press("space")
        await until(pilot, lambda: app.locale.tag == "ar" and isinstance(app.screen, FirstStart))
        assert {source.language for source in desk.sources.all()} == {"ar"}
        assert config.load(tmp_path / "khabar.toml")[0].language == "ar"
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.reading.locale.rtl


async def test_enter_says_what_it_does_where_the_cursor_is(tmp_path: Path) -> None:
    """It begins; on another language it chooses that first."""
    async with first_start(tmp_path) as (_, pilot, dialog):
        assert "Space choose  Enter begin" in dialog.bar.render_line(0).text
        await pilot.press("down")
        assert "Enter choose" in dialog.bar.render_line(0).text and "begin" not in dialog.bar.render_line(0).text
        await pilot.press("up")
        assert "Enter begin" in dialog.bar.render_line(0).text


async def test_a_list_of_things_names_the_key_that_goes_through_it(tmp_path: Path) -> None:
    async with first_start(tmp_path) as (_, pilot, dialog):
        x = dialog.bar.render_line(0).text.index("↓")
        await pilot.click(dialog.bar, offset=(x, 0))
        assert dialog.selected == "language:fa"


async def test_enter_on_another_language_begins_in_it(tmp_path: Path) -> None:
    async with first_start(tmp_path) as (app, pilot, _):
        await pilot.press("k", "enter")
        await until(pilot, lambda: app.locale.tag == "ar" and isinstance(app.screen, FirstStart))
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_whole_in_every_language(tmp_path: Path, language: str) -> None:
    desk = opened(tmp_path)
    app = made(desk, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstStart))
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, FirstStart)
        assert "…" not in dialog.bar.render_line(0).text and "…" not in dialog.detail.render_line(0).text
    await desk.aclose()


async def test_nothing_is_asked_for_before_the_choice_and_then_what_was_chosen(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    asked: list[set[str]] = []

    async def begin() -> None:
        asked.append({source.language for source in desk.sources.all()})

    app = made(desk, begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstStart) and app.screen.selected == "language:en")
        dialog = app.screen
        assert isinstance(dialog, FirstStart)
        while dialog.selected.startswith("language:"):
            await pilot.press("j")
        await pilot.press("space", "space", "g", "space")
        await until(pilot, lambda: app.locale.tag == "ar" and isinstance(app.screen, FirstStart))
        assert not asked and not desk.refresher.running
        await pilot.press("enter")
        await until(pilot, lambda: asked)
    assert asked == [{"ar"}]
    await desk.aclose()


async def test_whoever_has_chosen_once_waits_for_nothing(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.store.remember("ui.welcomed", "1")
    asked: list[bool] = []

    async def begin() -> None:
        asked.append(True)

    app = made(desk, begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: asked)
    assert asked == [True]
    await desk.aclose()
