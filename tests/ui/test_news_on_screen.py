"""What the desk tells, on the screen; what is remembered for the next start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import selected, until, where
from tests.ui.press import NOW, items, make_app, open_press
from tests.ui.test_mouse import click_on
from tui.config import Settings
from tui.desk import events
from tui.desk.desk import open_desk
from tui.news.model import Figure, Image, Listing, Source
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.sources import SourcesScreen


def arrive(app: KhabarApp, count: int) -> None:
    """New stories in the first paper, all newer than what is stored."""
    source = app.desk.store.sources()[0]
    fresh = [
        replace(item, id=f"new-{number}", link=f"https://sahifa.example/new/{number}", published=NOW)
        for number, item in enumerate(items(("عاجل",) * count, "sahifa"))
    ]
    added = app.desk.store.add_items(source, fresh)
    app.desk.events.publish(events.StoriesArrived(added.new))


async def test_new_stories_are_announced_and_never_move_the_cursor(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("j", "j")
        before = selected(app)
        arrive(app, 3)
        await pilot.pause()
        assert selected(app) == before
        assert "3 new" in app.reading.ticker._attention
        assert app.reading.header.heading.counts.unread == 43
        await pilot.press("full_stop")
        assert selected(app) == "عاجل"
        assert app.reading.ticker._attention == ""


async def test_mark_all_read_spares_what_has_not_been_shown(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        arrive(app, 2)
        await pilot.pause()
        await pilot.press("M")
        await until(pilot, lambda: app.desk.reading.counts().unread == 2)


async def test_of_many_changed_stories_those_in_the_list_are_drawn_anew(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        story = app.reading.headlines.selected
        assert story is not None
        app.desk.store.star([story.id])
        app.desk.events.publish(events.StoriesChanged((*range(10_000, 10_600), story.id)))
        await pilot.pause()
        assert app.reading.headlines.selected == replace(story, starred=True)


async def test_the_first_fill_shows_itself(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", offline=True, clock=lambda: NOW)
    desk.store.add_source(Source(address="https://sahifa.example/feed", title="صحيفة"))
    app = make_app(desk, "ar")
    async with app.run_test(size=(100, 30)) as pilot:
        assert app.reading.headlines.selected is None
        assert "R" in app.reading.headlines.empty
        arrive(app, 2)
        desk.events.publish(events.RefreshFinished(2, 0, 1))
        await pilot.pause()
        assert selected(app) == "عاجل"
        assert app.reading.ticker._attention == ""
        assert app.reading.article.article is not None
    await desk.aclose()


async def test_the_first_fill_lets_the_reader_begin(tmp_path: Path) -> None:
    """Whoever presses a key while the first stories come in keeps their place; the rest is announced."""
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", offline=True, clock=lambda: NOW)
    for name in ("one", "two"):
        desk.store.add_source(Source(address=f"https://{name}.example/feed", title=name))
    app = make_app(desk, "en")
    async with app.run_test(size=(100, 30)) as pilot:
        desk.events.publish(events.RefreshStarted(2))
        await pilot.pause()
        assert app.reading.headlines.empty == app.locale.text("empty.filling")
        assert app.reading.ticker._work == "⟳ 0/2"
        first, second = desk.store.sources()
        added = desk.store.add_items(first, items(("A", "B", "C"), "one", start=20))
        desk.events.publish(events.StoriesArrived(added.new))
        await pilot.pause()
        await pilot.press("j", "enter")
        added = desk.store.add_items(second, items(("X", "Y"), "two"))
        desk.events.publish(events.StoriesArrived(added.new))
        desk.events.publish(events.RefreshFinished(5, 0, 2))
        await pilot.pause()
        assert selected(app) == "B"
        assert "2 new" in app.reading.ticker._attention
        assert app.reading.reader.story is not None and app.reading.reader.story.title == "B"
    await desk.aclose()


@asynccontextmanager
async def filling(folder: Path) -> AsyncIterator[tuple[KhabarApp, Pilot[None], Callable[[str], Awaitable[None]]]]:
    """A first fill under way: three stories are there, and a function that brings others, newer, with their titles."""
    desk = open_desk(folder / "store.db", folder / "cache.db", offline=True, clock=lambda: NOW)
    source = desk.store.add_source(Source(address="https://one.example/feed", title="one"))
    app = make_app(desk, "en")
    async with app.run_test(size=(100, 30)) as pilot:
        age = iter(range(90, 0, -10))

        async def bring(titles: str) -> None:
            added = desk.store.add_items(source, items(tuple(titles), "one", start=next(age)))
            desk.events.publish(events.StoriesArrived(added.new))
            await pilot.pause()

        desk.events.publish(events.RefreshStarted(2))
        await pilot.press("j", "question_mark", "escape")
        await bring("ABC")
        yield app, pilot, bring
    await desk.aclose()


@pytest.mark.parametrize(
    "keys", [("escape",), ("question_mark", "escape"), ("t",), ("T", "z", "z"), ("tab", "shift+tab"), ("k",), ("1",)]
)
async def test_a_key_that_moves_nothing_leaves_the_first_fill_as_it_is(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with filling(tmp_path) as (app, pilot, bring):
        assert selected(app) == "A", "a key pressed before there was anything has moved nothing"
        await pilot.press(*keys)
        await bring("XY")
        assert selected(app) == "X"
        assert app.reading.ticker._attention == ""
        app.desk.events.publish(events.RefreshFinished(5, 0, 2))
        await pilot.pause()
        shown = app.reading.reader.story
        assert shown is not None and shown.title == "X"


@pytest.mark.parametrize("keys", [("j", "k"), ("s",), ("enter",), ("space",), ("G",)])
async def test_a_reader_who_moves_or_acts_during_the_first_fill_stays(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with filling(tmp_path) as (app, pilot, bring):
        await pilot.press(*keys)
        before = selected(app)
        await bring("XY")
        assert selected(app) == before
        assert "2 new" in app.reading.ticker._attention
        app.desk.events.publish(events.RefreshFinished(5, 0, 2))
        await pilot.pause()
        shown = app.reading.reader.story
        assert shown is not None and shown.title == before, "nor does the article pane stay empty"


async def test_what_is_shown_before_anything_is_opened_goes_with_its_source(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        shown = app.reading.reader.story
        assert shown is not None and app.reading.reader.previewing
        await app.desk.sources.withdraw([s for s in app.desk.sources.all() if s.id == shown.source_id])
        await until(pilot, lambda: app.reading.reader.story and app.reading.reader.story.source_id != shown.source_id)
        assert app.reading.headlines.selected is not None
        assert app.reading.reader.story == app.reading.headlines.selected


async def test_the_first_news_of_the_reader_s_own_begins_at_its_newest(tmp_path: Path) -> None:
    """The edition that stood in goes; the story selected in it stood between the others by its age."""
    desk = open_desk(tmp_path / "store.db", tmp_path / "cache.db", offline=True, clock=lambda: NOW)
    edition = desk.store.add_source(Source("http://127.0.0.1:9/feed", "Edition", builtin=True))
    old = [replace(item, published=NOW - timedelta(days=1)) for item in items(("Of the edition",) * 2, "edition")]
    desk.store.add_items(edition, old)
    app = make_app(desk, "en")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert selected(app) == "Of the edition"
        own = desk.store.add_source(Source("https://own.example/feed", "Own"))
        desk.store.add_items(own, items(tuple(f"Own {number}" for number in range(20)), "own"))
        desk.store.withdraw_source(edition.id)
        desk.events.publish(events.SourcesChanged())
        await pilot.pause()
        assert selected(app) == "Own 0"
    await desk.aclose()


async def test_a_paper_of_the_edition_fails_in_silence(screen: Open) -> None:
    """It is there for trying out what a failure looks like; who looks at the sources finds it."""
    async with screen("en") as (app, pilot):
        source = replace(app.desk.store.sources()[0], builtin=True)
        app.desk.events.publish(events.RefreshStarted(1))
        app.desk.events.publish(events.SourceRefreshed(source, "failed", 0, 1, 1, "It did not answer."))
        app.desk.network.offline = False
        app.desk.events.publish(events.RefreshFinished(0, 1, 1))
        await pilot.pause()
        assert app.reading.ticker._work == "✓" and not app.reading.ticker._trouble


async def test_progress_failures_and_offline(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        ticker, source = app.reading.ticker, app.desk.store.sources()[0]
        app.desk.events.publish(events.RefreshStarted(2))
        app.desk.events.publish(events.SourceRefreshed(source, "failed", 0, 1, 2, "It did not answer."))
        await pilot.pause()
        assert ticker._work == "⟳ 1/2"
        app.desk.network.offline = False
        app.desk.events.publish(events.RefreshFinished(0, 1, 2))
        await pilot.pause()
        assert ticker._work == "✓" and source.title in ticker._trouble
        assert ticker._trouble.endswith(" · S"), "the key to the reason"
        await click_on(pilot, ticker, "sources")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        await pilot.press("escape")
        app.desk.events.publish(events.OfflineChanged(True))
        assert ticker._trouble == f"{app.locale.text('ticker.offline')} · O"
        app.desk.events.publish(events.Trouble("The page holds less text than the feed gave; read it at its source."))
        assert "مصدره" in app.reading.said


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_refresh_is_stopped_by_a_key(tmp_path: Path, language: str) -> None:
    """One paper answers never: its progress stands in the ticker while the reader reads on, and X ends it."""

    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()

    silent = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    desk = open_press(tmp_path)
    for source in desk.store.sources():
        desk.store.change_source(replace(source, enabled=False))
    desk.sources.follow([Source(f"http://127.0.0.1:{port}/feed", "صامت")])
    desk.network.offline = False
    app = make_app(desk, language)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("R")
        await until(pilot, lambda: app.reading.ticker._work == "⟳ 0/1")
        await pilot.press("j")
        assert desk.refresher.running
        await pilot.press("X")
        await until(pilot, lambda: app.reading.ticker._work == "")
        assert app.reading.said == app.locale.text("notices.refresh_stopped")
        await pilot.press("X")
        assert app.reading.said == app.locale.text("notices.nothing_to_stop")
    await desk.aclose()
    silent.close()


async def test_indexing_shows_its_numbers_and_leaves(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        ticker = app.reading.ticker
        app.desk.events.publish(events.RefreshFinished(900, 0, 2))
        app.desk.events.publish(events.IndexProgress(300, 1800))
        await pilot.pause()
        assert ticker._work == "index 300/1800"
        app.desk.events.publish(events.IndexProgress(1800, 1800))
        await pilot.pause()
        assert ticker._work == ""


async def test_everything_is_there_after_the_process_was_killed(screen: Open) -> None:
    """Nothing is written at the end: what is on disk a moment after the last key is what a new start finds."""
    async with screen("en", (80, 24)) as (app, pilot):
        await pilot.press("2", "j", "j", "j", "t", "C")
        chosen, speed = app.reading.headlines.selected, app.reading.ticker.speed
        assert chosen is not None
        recall = app.desk.reading.recall
        await until(pilot, lambda: recall("ui.compact") == "1" and recall("ui.selected") == str(chosen.id))
        folder = app.desk.store.path.parent
        again = open_press(folder)
        later = make_app(again, "en")
        async with later.run_test(size=(80, 24)) as second:
            await second.pause()
            assert later.reading.headlines.selected is not None
            assert later.reading.headlines.selected.id == chosen.id
            assert later.reading.lists.view.listing is Listing.UNREAD
            assert later.reading.headlines.compact
            assert later.reading.ticker.speed is speed
        await again.aclose()


async def test_the_place_in_an_article_is_remembered(screen: Open) -> None:
    async with screen("ar", (80, 20), paragraphs=8) as (app, pilot):
        await pilot.press("enter", "space")
        story = app.reading.reader.story
        assert story is not None
        place = app.reading.article.place
        assert place != (0, 0)
        await until(pilot, lambda: app.desk.reading.place(story.id) == place)
        await pilot.press("backspace", "j", "enter", "backspace", "k", "enter")
        assert app.reading.article.place == place


@pytest.mark.parametrize(("width", "panes"), [(120, 2), (90, 2), (89, 1), (40, 1)])
async def test_a_resize_keeps_the_place(screen: Open, width: int, panes: int) -> None:
    async with screen("en", (100, 30), paragraphs=8) as (app, pilot):
        await pilot.press("j", "enter", "space")
        story = app.reading.reader.story
        block = app.reading.article.place[0]
        await pilot.resize_terminal(width, 30)
        await pilot.pause()
        assert app.reading.reader.story is story
        assert app.reading.article.place[0] == block
        assert where(app) is Context.ARTICLE
        shown = [pane for pane in (app.reading.headlines, app.reading.article) if pane.region.width > 0]
        assert len(shown) == panes


@pytest.mark.parametrize(("height", "rows"), [(24, 5), (15, 2), (9, 1)])
async def test_few_rows_go_to_the_news(screen: Open, height: int, rows: int) -> None:
    """Footer and rules give way first, then the header; the ticker stays."""
    async with screen("ar", (80, height)) as (app, _):
        assert app.reading.headlines.region.height == height - rows
        assert app.reading.ticker.region.height == 1


async def test_a_reported_picture_is_hidden_and_undo_brings_it_back(screen: Open) -> None:
    async with screen("ar", (100, 40)) as (app, pilot):
        story = app.reading.headlines.selected
        assert story is not None
        article = app.desk.reading.article(story)
        figure = Figure(Image("https://sahifa.example/p.png", caption="الميناء"))
        app.desk.store.save_article(story.id, replace(article, blocks=(figure, *article.blocks), full=True))
        await pilot.press("enter")
        assert "الميناء" in app.reading.article.text()
        await pilot.press("!")
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter")
        await until(pilot, lambda: "الميناء" not in app.reading.article.text())
        assert app.locale.text("article.hidden_picture") in app.reading.article.text()
        await pilot.press("u")
        await until(pilot, lambda: "الميناء" in app.reading.article.text())


async def test_a_wrong_configuration_of_keys_is_named(screen: Open) -> None:
    async with screen("en", settings=Settings(keys={"star": "o"})) as (app, pilot):
        await until(pilot, lambda: "Star" in app.reading.said)


async def test_a_source_that_moved_or_closed_is_told(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        source = app.desk.store.sources()[0]
        app.desk.events.publish(events.SourceMoved(source, "https://old.example/feed"))
        await pilot.pause()
        moved = app.reading.said
        app.desk.events.publish(events.SourceRetired(source))
        await pilot.pause()
        for said in (moved, app.reading.said):
            assert source.title in said and "u" in said
        assert moved != app.reading.said


async def test_nothing_is_asked_for_while_the_reader_wants_no_network(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        app.desk.network.offline = False
        await pilot.press("O")
        assert app.desk.network.unwanted
        for key in ("r", "R"):
            app.reading.notice("")
            await pilot.press(key)
            assert app.reading.said == app.locale.text("notices.offline")
            assert not app.desk.refresher.running
        await click_on(pilot, app.reading.ticker, "offline")
        await until(pilot, lambda: not app.desk.network.unwanted)


async def test_the_way_back_from_a_list_with_nothing_in_it_leads_to_where_the_reader_was(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        empty = app.desk.store.add_source(Source("https://silent.example/feed", "Silent"))
        await pilot.press("j", "j", "j")
        before = selected(app)
        app.reading.lists.from_source(empty.id)
        assert app.reading.headlines.selected is None
        await pilot.press("escape")
        assert selected(app) == before
