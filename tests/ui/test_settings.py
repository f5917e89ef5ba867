"""Settings changed on the screen: they take effect at once and stand in the file."""

from __future__ import annotations

import asyncio
from asyncio import gather
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.press import NOW, open_press
from tui import config
from tui.config import Settings
from tui.desk.schedule import Pace
from tui.locale import LANGUAGES, load
from tui.ui.app import KhabarApp
from tui.ui.control.preferences import SHOWN, Preferences, beside, values_of
from tui.ui.screens.settings import SettingsScreen, shown


def open_settings(app: KhabarApp) -> SettingsScreen:
    assert isinstance(app.screen, SettingsScreen)
    return app.screen


async def go(pilot: Pilot[None], app: KhabarApp, name: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen.selected)
    await pilot.press("g")
    while open_settings(app).selected != name:
        await pilot.press("j")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_each_takes_effect_and_is_written(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = open_press(tmp_path)
    file = tmp_path / "khabar.toml"
    file.write_text('# mine\ncontact = "a@b.example"\n', encoding="utf-8")
    app = KhabarApp(
        desk=desk, settings=Settings(full_text=False), locale=load("en"), clock=lambda: NOW, configuration=file
    )
    async with app.run_test(size=size) as pilot:
        await pilot.press("comma")
        await go(pilot, app, "theme")
        await pilot.press("right", "enter")
        assert app.theme == "light"
        await go(pilot, app, "compact")
        await pilot.press("space")
        assert app.reading.headlines.compact
        await go(pilot, app, "hijri")
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.header.heading.date.count("·") == 1)
        await go(pilot, app, "refresh_minutes")
        await pilot.press("left")
        assert app.pace.minutes == 10
        await go(pilot, app, "images_show")
        await pilot.press("enter")
        assert not app.reading.pictures.shown
        await until(pilot, lambda: not config.load(file)[0].images_show)
        settings, problems = config.load(file)
        assert problems == []
        assert (settings.theme, settings.compact, settings.hijri, settings.refresh_minutes) == ("light", True, True, 10)
        assert settings.contact == "a@b.example" and "# mine" in file.read_text(encoding="utf-8")
        await pilot.press("escape")
        assert app.screen is app.reading
    await desk.aclose()


async def test_what_is_changed_at_the_same_time_is_all_written(tmp_path: Path) -> None:
    """The second of two changes is not written over the first, and the last of one thing is the one that stays."""
    desk = open_press(tmp_path)
    file = tmp_path / "khabar.toml"
    app = KhabarApp(desk=desk, settings=Settings(), locale=load("en"), clock=lambda: NOW, configuration=file)
    async with app.run_test() as pilot:
        await pilot.pause()
        change = Preferences(app.reading).change
        minutes = [change("refresh_minutes", n) for n in (10, 20, 30, 60)]
        assert not any(await gather(change("hijri", True), *minutes, change("compact", True), change("theme", "light")))
        written, _ = config.load(file)
        assert (written.hijri, written.refresh_minutes, written.compact, written.theme) == (True, 60, True, "light")
    await desk.aclose()


async def test_another_language_makes_the_screen_anew(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("j", "j")
        story = app.reading.headlines.selected
        await pilot.press("comma")
        await go(pilot, app, "language")
        await pilot.press("enter")
        await until(pilot, lambda: app.locale.tag == "ar" and isinstance(app.screen, SettingsScreen))
        assert open_settings(app).locale.rtl
        await pilot.press("escape")
        assert app.reading.headlines.selected is not None and story is not None
        assert app.reading.headlines.selected.id == story.id
        assert app.reading.headlines.region.x > app.reading.article.region.x
        app.desk.refresher.refresh(force=True)
        await pilot.press("s")
        await until(pilot, lambda: app.desk.reading.counts().starred == 1)


async def test_a_dialog_opened_meanwhile_does_not_keep_the_old_screen(screen: Open) -> None:
    """A key typed ahead opens it while the old screen's memory is written; it goes with that screen."""
    async with screen("en") as (app, pilot):
        await pilot.press("i")
        assert app.screen is not app.reading
        await app.speak("ar")
        await pilot.pause()
        assert app.screen_stack == [app.reading]
        assert app.reading.locale.tag == "ar"


async def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    desk = open_press(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    app = KhabarApp(
        desk=desk, settings=Settings(), locale=load("ar"), clock=lambda: NOW, configuration=tmp_path / "file" / "x.toml"
    )
    async with app.run_test() as pilot:
        await pilot.press("comma")
        await go(pilot, app, "compact")
        await pilot.press("enter")
        await until(pilot, lambda: "x.toml" in open_settings(app).detail.text)
        assert app.reading.headlines.compact
    await desk.aclose()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_words(language: str) -> None:
    locale = load(language)
    for names in SHOWN.values():
        for name in names:
            for value in values_of(name):
                assert "preferences." not in shown(name, value, locale) != ""


def test_a_number_of_the_reader_s_own_has_neighbours() -> None:
    assert beside("refresh_minutes", 15, 1) == 20
    assert beside("refresh_minutes", 15, -1) == 10
    assert beside("keep_days", 1_000, 1) == 0


async def test_the_pace_changes_while_it_waits() -> None:
    pace = Pace(60)
    waiting = asyncio.create_task(pace.pause())
    await asyncio.sleep(0)
    pace.set(0)
    await asyncio.sleep(0.01)
    assert not waiting.done()
    pace.minutes = 60
    waiting.cancel()


async def test_what_a_key_has_changed_stands_there_as_it_is(screen: Open) -> None:
    async with screen("en", (120, 40)) as (app, pilot):
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        before = open_settings(app)._settings
        assert (before.theme, before.ticker, before.bidi) == ("auto", "auto", "auto"), "nothing was changed"
        await pilot.press("escape", "C", "D", "t", "T", "B", "H")
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        seen = open_settings(app)._settings
        reading = app.reading
        assert seen.compact is reading.headlines.compact is not before.compact
        assert seen.sections == reading.headlines.sections != before.sections
        assert (seen.theme, seen.ticker, seen.bidi) == (app.theme, reading.ticker.speed, reading.profile.mode)
        assert seen.images_show is reading.pictures.shown is not before.images_show
        assert app.settings.compact is before.compact, "the file keeps what was written there"
        await go(pilot, app, "compact")
        await pilot.press("space")
        await until(pilot, lambda: reading.headlines.compact is before.compact)
