"""Sources from a file and to one, on the screen: asked for, with numbers, stopped, taken back, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.desk.events import ImportProgress
from tui.news.model import Source
from tui.sources.opml import read_opml, write_opml
from tui.store import state
from tui.ui.app import KhabarApp
from tui.ui.kiosk import KioskApp
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.file_line import FileLine, files
from tui.ui.screens.sources import SourcesScreen


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's own folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def opml(count: int) -> bytes:
    return write_opml([Source(f"https://feed{n}.example/rss", f"Feed {n}", language="ar") for n in range(count)])


def followed(app: KhabarApp) -> int:
    return len(app.desk.store.sources())


async def ask(pilot: Pilot[None], app: KhabarApp, *keys: str) -> FileLine:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(app.screen, FileLine))
    assert isinstance(app.screen, FileLine)
    return app.screen


async def give(pilot: Pilot[None], app: KhabarApp, name: str, *keys: str) -> None:
    line = await ask(pilot, app, *keys)
    line.field.value = name
    await pilot.press("enter")


def says(app: KhabarApp) -> Callable[[str], bool]:
    def said(text: str) -> bool:
        return text in (app.screen.detail.text if isinstance(app.screen, SourcesScreen) else app.reading.said)

    return said


@pytest.mark.parametrize(("language", "size"), [("ar", (80, 24)), ("en", (40, 12))])
async def test_a_file_comes_in_from_the_sources_screen_and_goes_again(
    screen: Open, home: Path, language: str, size: tuple[int, int]
) -> None:
    (home / "feeds.opml").write_bytes(opml(30))
    async with screen(language, size) as (app, pilot):
        await give(pilot, app, "~/feeds.opml", "S", "I")
        await until(pilot, lambda: followed(app) == 32)
        done = app.locale.plural("exchange.done", 30)
        await until(pilot, lambda: says(app)(done))
        await until(pilot, lambda: "Feed 3" in [choice.title for choice in app.screen.query_one("Choices")._choices])  # type: ignore[attr-defined]
        await pilot.press("u")
        await until(pilot, lambda: followed(app) == 2)


async def test_again_adds_nothing_and_says_how_many_are_known(screen: Open, home: Path) -> None:
    (home / "feeds.opml").write_bytes(opml(3))
    async with screen("en") as (app, pilot):
        for done in ("3 sources added; u takes them back.", "No source was added. 3 were followed already."):
            await give(pilot, app, "feeds.opml", "I")
            await until(pilot, partial(says(app), done))
        assert followed(app) == 5


async def test_stopped_in_the_middle_what_is_in_stays_and_is_one_change(
    screen: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SLICE", 0.0)
    (home / "feeds.opml").write_bytes(opml(1_200))
    async with screen("en") as (app, pilot):
        told: list[str] = []

        def pause() -> None:
            told.append(app.reading.ticker._work)
            app.desk.exchange.stop()

        monkeypatch.setattr(state, "pause", pause)
        await give(pilot, app, "~/feeds.opml", "I")
        await until(pilot, lambda: app.locale.plural("exchange.stopped", followed(app) - 2) in app.reading.said)
        assert 2 < followed(app) < 1_202
        await pilot.press("u")
        await until(pilot, lambda: followed(app) == 2)


async def test_its_progress_is_in_the_ticker_and_the_stop_key_ends_it(screen: Open, home: Path) -> None:
    (home / "feeds.opml").write_bytes(opml(10))
    async with screen("en") as (app, pilot):
        app.desk.exchange._running = True
        app.desk.events.publish(ImportProgress(500, 1_200))
        assert app.locale.text("ticker.importing", done=500, total=1_200) == app.reading.ticker._work
        await pilot.press("I")
        await until(pilot, lambda: app.reading.said == app.locale.text("exchange.busy"))
        await pilot.press("X")
        assert app.desk.exchange._stopped


async def test_what_cannot_be_taken_is_shown_before_anything_is(screen: Open, home: Path) -> None:
    (home / "urls").write_text('https://a.example/rss "~A"\nexec:/bin/rm\nhttps://b.example/rss\n')
    async with screen("en") as (app, pilot):
        await give(pilot, app, "~/urls", "I")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert followed(app) == 2
        assert isinstance(app.screen, Confirm)
        assert "exec:/bin/rm runs a command" in app.screen.board._entries[0].text
        await pilot.press("enter")
        await until(pilot, lambda: followed(app) == 4)


@pytest.mark.parametrize("language", ["en", "he"])
async def test_what_is_no_list_is_one_sentence(screen: Open, home: Path, language: str) -> None:
    (home / "bomb.opml").write_text('<!DOCTYPE a [<!ENTITY x "y">]><opml><outline xmlUrl="https://x.example"/></opml>')
    (home / "noise").write_bytes(bytes(range(256)) * 50)
    (home / "large").touch()
    with (home / "large").open("wb") as file:
        file.truncate(17_000_000)
    async with screen(language) as (app, pilot):
        for name, part in (
            (
                "bomb.opml",
                app.locale.texts.get("sentences.The file declares XML entities; it was refused.", "entities"),
            ),
            ("noise", app.locale.texts.get("sentences.The file holds no feeds.", "no feeds")),
            ("large", "16"),
            ("none", "none"),
            ("/dev/zero", "/dev/zero"),
            ("a\0b", "ValueError"),
            ("/", "\u2066/\u2069"),
        ):
            app.reading.notice("")
            await give(pilot, app, name, "I")
            await until(pilot, partial(says(app), part))
        assert followed(app) == 2


async def test_an_export_asks_before_it_writes_over_a_file(screen: Open, home: Path) -> None:
    target = home / "khabar.opml"
    async with screen("en") as (app, pilot):
        await ask(pilot, app, "W")
        await pilot.press("enter")
        await until(pilot, target.exists)
        assert len(read_opml(target.read_bytes()).sources) == 2
        await until(pilot, lambda: "khabar.opml" in app.reading.said)
        target.write_text("mine")
        for answer in ("escape", "enter"):
            await ask(pilot, app, "W")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            assert target.read_text() == "mine"
            await pilot.press(answer)
            await until(pilot, lambda: not isinstance(app.screen, Confirm))
        await until(pilot, lambda: target.read_text() != "mine")


async def test_a_path_is_completed_folder_by_folder(screen: Open, home: Path) -> None:
    (home / "news" / "deep").mkdir(parents=True)
    (home / "news" / "mine.opml").write_bytes(opml(1))
    (home / "news" / "zebra.png").touch()
    (home / ".secret").touch()
    (home / "two\nlines").touch()
    assert files("") == ["~/news/"]
    assert files("~/NE") == ["~/news/"]
    assert files("~/news/") == ["~/news/mine.opml", "~/news/deep/", "~/news/zebra.png"]
    assert files("~/.s") == ["~/.secret"]
    assert files("~nobody-of-that-name/") == files("/no/such/") == files("a\0/") == []
    async with screen("ar") as (app, pilot):
        line = await ask(pilot, app, "I")
        await until(pilot, lambda: bool(line.choices._choices))
        await pilot.press("tab")
        await until(pilot, lambda: line.field.value == "~/news/" and len(line.choices._choices) == 3)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: followed(app) == 3)


def test_a_kiosk_has_neither() -> None:
    assert {"import_sources", "export_sources"} <= KioskApp.WITHHELD
