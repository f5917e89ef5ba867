"""The built-in edition on the screen: labelled as what it is, and begun with what is in the reader's language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from babel import Locale as Cldr
from textual.pilot import Pilot

from tests.ui.piloting import until
from tests.ui.press import NOW
from tui.bidi.layout import display
from tui.config import Settings
from tui.desk.desk import open_desk
from tui.locale import LANGUAGES, load
from tui.news.model import Item, Source
from tui.ui.app import KhabarApp

LABELS = {
    "ar": "الطبعة المضمّنة",
    "en": "Built-in edition",
    "fa": "نسخهٔ همراه برنامه",
    "fr": "Édition intégrée",
    "he": "המהדורה המובנית",
    "ur": "اندرونی اشاعت",
}


@asynccontextmanager
async def edition(
    folder: Path, language: str, *, size: tuple[int, int] = (120, 30), named: bool = True
) -> AsyncIterator[tuple[KhabarApp, Pilot[None]]]:
    """The screen over three stories in each language; Arabic has the newest, then the others as the alphabet has."""
    desk = open_desk(folder / "store.db", folder / "cache.db", offline=True, clock=lambda: NOW)
    for place, tag in enumerate(LANGUAGES):
        source = Source(f"http://127.0.0.1:9/{tag}", f"Paper {tag}", language=tag, builtin=True)
        items = [
            Item(
                f"{tag}{n}", f"{tag} {n}", published=NOW - timedelta(minutes=9 * place + n), text="Text.", language=tag
            )
            for n in range(3)
        ]
        if source.address not in {known.address for known in desk.store.sources()}:
            desk.store.add_items(desk.store.add_source(source), items)
    app = KhabarApp(
        desk=desk, settings=Settings(full_text=False), locale=load(language), clock=lambda: NOW, edition=True,
        language_named=named,
    )  # fmt: skip
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        await desk.aclose()


async def test_a_story_kept_by_its_star_is_no_edition(tmp_path: Path) -> None:
    """A reader follows a site, and the edition goes but for what has a star: the list is taken from all sources."""
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", offline=True, clock=lambda: NOW)
    source = desk.store.add_source(Source("http://127.0.0.1:9/en", "Paper", builtin=True))
    desk.store.add_items(source, [Item(f"{n}", f"{n}", published=NOW, text="Text.", language="en") for n in range(3)])
    app = KhabarApp(desk=desk, settings=Settings(full_text=False), locale=load("en"), clock=lambda: NOW)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "Built-in edition" in header(app)
        await pilot.press("s")
        await until(pilot, lambda: app.reading.headlines.selected and app.reading.headlines.selected.starred)
        await desk.sources.withdraw([known for known in desk.sources.all() if known.builtin])
        await until(pilot, lambda: len(titles(app)) == 1)
        await pilot.pause()
        assert "All sources" in header(app) and "edition" not in header(app)
    await desk.aclose()


def header(app: KhabarApp) -> str:
    return app.reading.header.render_line(0).text


def titles(app: KhabarApp) -> list[str]:
    headlines = app.reading.headlines
    return [story.title for story in headlines.pages.first(20)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(120, 30), (80, 24), (40, 12)])
async def test_the_edition_is_labelled_and_begins_with_the_readers_language(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    own = load(language).language(language)
    async with edition(tmp_path, language, size=size) as (app, pilot):
        assert titles(app) == [f"{language} {n}" for n in range(3)]
        await until(pilot, lambda: app.reading.reader.story is not None)
        shown = app.reading.reader.story
        assert shown is not None and shown.title == f"{language} 0"
        assert display(f"{LABELS[language]} · {own} ▾", int(load(language).rtl)) in header(app)
        await pilot.press("escape")
        assert len(titles(app)) == 18, "the way back leads to the others"
        assert display(f"{LABELS[language]} ▾", int(load(language).rtl)) in header(app)


async def test_each_language_is_begun_with_once(tmp_path: Path) -> None:
    async with edition(tmp_path, "fr") as (_, pilot):
        await pilot.press("escape")
    async with edition(tmp_path, "fr") as (app, _):
        assert len(titles(app)) == 18, "as it was left"
    async with edition(tmp_path, "he") as (app, _):
        assert titles(app)[0] == "he 0"


async def test_where_no_language_is_named_all_are_shown(tmp_path: Path) -> None:
    async with edition(tmp_path, "en", named=False) as (app, _):
        assert len(titles(app)) == 18
        assert "Built-in edition ▾" in header(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_calls_itself_as_cldr_does(language: str) -> None:
    assert load(language).language(language).lower() == str(Cldr.parse(language).languages[language]).lower()


async def test_the_ticker_keeps_to_the_language_and_the_sources_of_the_list(tmp_path: Path) -> None:
    async with edition(tmp_path, "fr") as (app, pilot):
        await until(pilot, lambda: app.reading.ticker.current)
        assert {story.language for story in app.reading.ticker._stories} == {"fr"}
        await pilot.press("escape")
        await until(pilot, lambda: app.reading.lists.view.language == "")
        assert {story.language for story in app.reading.ticker._stories} >= {"fr", "ar"}
        (arabic,) = [source for source in app.desk.store.sources() if source.language == "ar"]
        await app.desk.sources.withdraw([arabic])
        await until(pilot, lambda: "ar" not in {story.language for story in app.reading.ticker._stories})
