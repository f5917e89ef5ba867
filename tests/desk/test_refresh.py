"""From a socket to stored stories: the edition's real server, the real client, parser process and store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.desk.articles import Problem
from tui.desk.desk import Desk, open_desk
from tui.desk.events import Event, IndexProgress, RefreshFinished, SourceRefreshed, StoriesArrived, StoriesGrouped
from tui.desk.sources import Added
from tui.edition import sources as edition_sources
from tui.edition.server import EditionServer
from tui.news import plain
from tui.news.model import Item, Source, View

ANCHOR = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def edition() -> Iterator[EditionServer]:
    with EditionServer(ANCHOR) as server:
        yield server


def make_desk(path: Path) -> Desk:
    return open_desk(path / "khabar.sqlite", path / "responses.sqlite")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = make_desk(tmp_path)
    yield opened
    await opened.aclose()


async def fill(desk: Desk, edition: EditionServer) -> list[Event]:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    followed = desk.sources.follow(edition_sources(edition.base))
    await desk.refresher.run([source.id for source in followed])
    return heard


async def test_the_edition_fills_the_store(desk: Desk, edition: EditionServer) -> None:
    heard = await fill(desk, edition)
    total = len(edition_sources(edition.base))
    done = [event for event in heard if isinstance(event, SourceRefreshed)]
    assert [event.done for event in done] == list(range(1, total + 1))
    assert desk.reading.count(View()) >= 80
    assert {story.language for story in desk.reading.stories(View(), limit=500)} >= {"ar", "he", "fa", "ur", "fr", "en"}
    arrived = [i for event in heard if isinstance(event, StoriesArrived) for i in event.ids]
    assert len(arrived) == len(set(arrived))
    finished = [event for event in heard if isinstance(event, RefreshFinished)]
    assert finished == [RefreshFinished(len(arrived), 1, total)], "the edition has one source that fails"


async def test_what_is_stored_is_indexed_and_grouped_when_the_refresh_ends(desk: Desk, edition: EditionServer) -> None:
    heard = await fill(desk, edition)
    assert not desk.store.settle().more
    grouped = [event for event in heard if isinstance(event, StoriesGrouped)]
    shown = desk.reading.stories(View(), limit=500)
    assert {story.id for story in shown if story.others} <= {i for event in grouped for i in event.ids}
    assert any(story.others for story in shown), "the edition tells one story in several papers"
    finished = next(i for i, event in enumerate(heard) if isinstance(event, RefreshFinished))
    assert finished < heard.index(grouped[0]), "the reader does not wait for it"


async def test_a_long_indexing_says_how_far_it_is(desk: Desk) -> None:
    source = desk.store.add_source(Source(address="https://sahifa.example/feed", title="صحيفة"))
    many = [Item(id=str(n), title=f"خبر رقم {n}", link=f"https://sahifa.example/{n}") for n in range(400)]
    desk.store.add_items(source, many, later=True)
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    await desk.refresher.run([])
    told = [event for event in heard if isinstance(event, IndexProgress)]
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert len(told) > 3 and told[0].done < told[0].total == told[-1].total == told[-1].done


async def test_a_failing_source_says_so_in_its_health(desk: Desk, edition: EditionServer) -> None:
    await fill(desk, edition)
    failing = [h for h in desk.sources.healths().values() if h.last is not None and h.last.failure]
    assert len(failing) == 1
    last = failing[0].last
    assert last is not None
    assert last.status == 503
    assert last.sentence.endswith(".")
    assert last.next_allowed is not None


async def test_a_second_start_is_answered_with_304(tmp_path: Path, edition: EditionServer) -> None:
    first = make_desk(tmp_path)
    await fill(first, edition)
    before = first.reading.count(View())
    await first.aclose()
    second = make_desk(tmp_path)
    try:
        results = await second.refresher.run([s.id for s in second.sources.all()], force=True)
        good = [r for r in results if not r.failed]
        assert len(good) == len(results) - 1
        assert {r.outcome for r in good} == {"revalidated"}
        assert second.reading.count(View()) == before
        shares = [h.revalidated_share for h in second.sources.healths().values() if h.last_success]
        assert set(shares) == {0.5}
    finally:
        await second.aclose()


async def test_a_lost_store_is_filled_again_from_the_cache(tmp_path: Path, edition: EditionServer) -> None:
    first = make_desk(tmp_path)
    await fill(first, edition)
    before = first.reading.count(View())
    await first.aclose()
    for file in tmp_path.glob("khabar.sqlite*"):
        file.unlink()
    second = make_desk(tmp_path)
    try:
        await fill(second, edition)
        assert second.reading.count(View()) == before
    finally:
        await second.aclose()


async def test_the_full_text_comes_from_the_page_and_stays(desk: Desk, edition: EditionServer) -> None:
    await fill(desk, edition)
    teasers = [s for s in desk.reading.stories(View(), limit=500) if not desk.reading.article(s).full and s.link]
    assert teasers
    found = grown = 0
    for story in teasers[:20]:
        teaser = desk.reading.article(story)
        one, two = await asyncio.gather(desk.articles.full_text(story), desk.articles.full_text(story))
        assert one is two, "one fetch serves both"
        if isinstance(one, Problem):
            assert one.sentence
            continue
        found += 1
        grown += plain.size(one.blocks) > 2 * plain.size(teaser.blocks)
        assert one.full
        assert plain.size(one.blocks) >= 0.8 * plain.size(teaser.blocks), 'a brief may lose the teaser\'s "(...)"'
        assert desk.reading.article(story) == one
    assert found >= 18
    assert grown >= 6


async def test_adding_a_site_finds_its_feed(desk: Desk, edition: EditionServer) -> None:
    paper = next(s for s in edition_sources(edition.base) if s.site and s.site.rstrip("/") != edition.base)
    added = await desk.sources.add(paper.site)
    assert isinstance(added, Added), added
    assert added.stories > 0
    health = desk.sources.healths()[added.source.id]
    assert [(told.outcome, told.new) for told in health.tries] == [("fresh", added.stories)]
    assert health.last_success is not None
    again = await desk.sources.add(added.source.address)
    assert isinstance(again, Added)
    assert again.existed


async def test_adding_nonsense_is_one_sentence(desk: Desk, edition: EditionServer) -> None:
    for address in (f"{edition.base}/no-such-page", "http://127.0.0.1:9/", "gopher://example.org"):
        problem = await desk.sources.add(address)
        assert isinstance(problem, Problem)
        assert problem.sentence.count("\n") == 0
        assert problem.sentence


async def test_a_page_that_nobody_typed_may_not_be_private(desk: Desk, edition: EditionServer) -> None:
    problem = await desk.articles.page(f"{edition.base}/", typed=False)
    assert isinstance(problem, Problem)


async def test_a_refresh_asked_for_twice_runs_once_more(desk: Desk, edition: EditionServer) -> None:
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    followed = desk.sources.follow([s for s in edition_sources(edition.base) if s.language == "en"])
    desk.refresher.refresh([followed[0].id])
    desk.refresher.refresh([followed[0].id])
    desk.refresher.refresh([followed[0].id])
    await desk.refresher.wait()
    assert sum(isinstance(event, RefreshFinished) for event in heard) == 2


async def test_a_cancelled_refresh_keeps_what_it_had(desk: Desk, edition: EditionServer) -> None:
    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()

    silent = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    english = next(s for s in edition_sources(edition.base) if s.language == "en")
    followed = desk.sources.follow([english, Source(f"http://127.0.0.1:{port}/feed", "صامت")])
    arrived = asyncio.Event()
    desk.events.subscribe(lambda event: arrived.set() if isinstance(event, StoriesArrived) else None)
    desk.refresher.refresh([source.id for source in followed])
    await asyncio.wait_for(arrived.wait(), 20)
    heard: list[Event] = []
    desk.events.subscribe(heard.append)
    desk.refresher.cancel()
    await desk.refresher.wait()
    assert desk.reading.count(View()) > 0
    assert [event.stopped for event in heard if isinstance(event, RefreshFinished)] == [True]
    silent.close()
