"""Many readers over one store: each has marks of their own, none can change what is shared."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui.news.model import Article, Item, Listing, Paragraph, Source, Story, Text, View
from tui.store import errors, readers, schema, since
from tui.store.connection import mark
from tui.store.readers import NoStoriesError, ReaderStore
from tui.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNREAD, STARRED = View(Listing.UNREAD), View(Listing.STARRED)


def clock() -> datetime:
    return NOW


@pytest.fixture
def shared(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "khabar.sqlite", clock=clock)
    for number in range(3):
        add(store, number, range(20))
    return store


def add(store: Store, number: int, stories: range) -> tuple[int, ...]:
    """Stories of one paper; titles differ, so that none is taken for another's."""
    source = store.add_source(Source(f"https://paper{number}.example/feed", f"Paper {number}", language="en"))
    items = [
        Item(
            f"{number}-{i}",
            f"{'abcdefghij'[i % 10] * 9} {number * 100 + i} {'qrstuvwxyz'[i // 10 % 10] * 9}",
            f"https://paper{number}.example/{i}",
            NOW - timedelta(minutes=i * 7 + number),
            text=f"the harbour opens, number {i}",
        )
        for i in stories
    ]
    return store.add_items(source, items).new


def reader(shared: Store, name: str) -> ReaderStore:
    return ReaderStore.open_for(shared.path.with_name(f"{name}.sqlite"), shared.path, clock=clock)


def ids(store: Store, view: View) -> list[int]:
    return [story.id for story in store.stories(view, limit=500)]


def agrees(store: ReaderStore) -> None:
    """The numbers are those of the lists."""
    counts = store.counts()
    for listing in (Listing.ALL, Listing.UNREAD, Listing.STARRED):
        assert store.count(View(listing)) == len(ids(store, View(listing)))
    assert (counts.all, counts.unread) == (len(ids(store, View())), len(ids(store, UNREAD)))
    assert counts.starred == len(ids(store, STARRED))
    by_source = {s.id: len(ids(store, View(Listing.UNREAD, source_id=s.id))) for s in store.sources()}
    assert store.unread_by_source() == {id_: n for id_, n in by_source.items() if n}


def test_readers_do_not_see_each_others_marks(shared: Store) -> None:
    one, two = reader(shared, "one"), reader(shared, "two")
    first, second, third = one.stories(View(), limit=3)
    one.mark_read([first.id])
    one.star([second.id])
    two.mark_read([third.id])
    assert first.id not in ids(one, UNREAD)
    assert first.id in ids(two, UNREAD)
    assert ids(one, STARRED) == [second.id]
    assert ids(two, STARRED) == []
    assert (shared.counts().unread, shared.counts().starred) == (60, 0)
    agrees(one)
    agrees(two)


def test_what_a_reader_did_is_there_again_and_can_be_undone(shared: Store) -> None:
    one = reader(shared, "one")
    story = one.stories(View(), limit=1)[0]
    one.mark_read([story.id])
    one.star([story.id])
    one.set_place(story.id, 4, 2)
    one.remember("ui.view", "unread")
    one.history_add("https://example.org/", "A page")
    one.close()
    again = reader(shared, "one")
    found = again.story(story.id)
    assert found is not None and found.read and found.starred
    assert (again.place(story.id), again.recall("ui.view")) == ((4, 2), "unread")
    assert [visit.url for visit in again.history()] == ["https://example.org/"]
    change = again.undo()
    assert change is not None and change.kind == "star", "the last thing done in the session before"
    assert ids(again, STARRED) == []
    again.mark_all_read(View())
    assert ids(again, UNREAD) == []
    again.undo()
    assert len(ids(again, UNREAD)) == 59
    assert shared.recall("ui.view") is None and shared.history() == []
    agrees(again)


@pytest.mark.parametrize("listing", [Listing.ALL, Listing.UNREAD, Listing.STARRED])
def test_lists_by_paper_know_the_readers_own_marks(shared: Store, listing: Listing) -> None:
    with closing(reader(shared, "one")) as store:
        own = [story.id for story in store.stories(View(source_id=2), limit=3)]
        store.mark_read(own[:2])
        store.star(own[2:])
        papers = store.papers(View(listing))
        assert {paper.name: paper.unread for paper in papers} == (
            {"Paper 1": 1} if listing is Listing.STARRED else {"Paper 0": 20, "Paper 1": 18, "Paper 2": 20}
        )
        for paper in papers:
            view = View(listing, paper=paper.parts)
            wanted = [s.id for s in store.stories(View(listing), limit=500) if s.paper == paper.name]
            assert [story.id for story in store.stories(view, limit=500)] == wanted


def test_a_search_knows_the_readers_own_marks(shared: Store) -> None:
    one = reader(shared, "one")
    read, starred = one.stories(View(), limit=2)
    one.mark_read([read.id])
    one.star([starred.id])
    assert len(ids(one, View(search="harbour"))) == 60
    assert read.id not in ids(one, View(search="harbour is:unread"))
    assert ids(one, View(search="harbour is:read")) == [read.id]
    assert ids(one, View(search="harbour is:starred")) == [starred.id]
    assert len(ids(one, View(search="harb"))) == 60, "words that go on are looked up in the shared index"


def test_nothing_shared_can_be_changed(shared: Store) -> None:
    one = reader(shared, "one")
    before = shared.path.read_bytes()
    source = one.sources()[0]
    attempts = (
        lambda: one.add_source(Source("https://new.example/feed", "New")),
        lambda: one.update_source(source),
        lambda: one.remove_source(source.id),
        lambda: one.add_rule("harbour", "hide"),
        lambda: one.add_items(source, [Item("x", "a new one", "https://paper0.example/x", NOW)]),
        lambda: one.prune(1),
        lambda: one.hide([1]),
    )
    for attempt in attempts:
        with pytest.raises(errors.StoreError):
            attempt()
    assert len(shared.stories(View(), limit=500)) == 60 and len(shared.sources()) == 3 and not shared.rules()
    assert shared.path.read_bytes() == before
    agrees(one)


def test_rules_of_the_host_hold_until_the_reader_decides(tmp_path: Path) -> None:
    shared = Store.open(tmp_path / "khabar.sqlite", clock=clock)
    shared.add_rule("aaaaaaaaa", "read")
    add(shared, 0, range(20))
    one = reader(shared, "one")
    read = [story for story in one.stories(View()) if story.read]
    assert len(read) == 2
    one.mark_read([read[0].id], read=False)
    assert read[0].id in ids(one, UNREAD)
    one.follow_shared()
    agrees(one)


def test_new_and_pruned_stories_are_followed(shared: Store) -> None:
    one = reader(shared, "one")
    assert one.follow_shared() and not one.follow_shared()
    one.mark_all_read(View())
    assert ids(one, UNREAD) == []
    last = since.last_id(one)
    new = add(shared, 0, range(20, 25))
    assert since.ids_since(one, last) == new
    assert one.follow_shared()
    assert sorted(ids(one, UNREAD)) == sorted(new)
    agrees(one)
    with shared._db.writing() as connection:
        connection.execute("UPDATE stories SET first_seen = first_seen - 864000 WHERE id % 2 = 0")
    shared.prune(5)
    assert one.follow_shared()
    agrees(one)


def test_a_shared_file_that_was_put_in_anothers_place_is_followed(shared: Store) -> None:
    """The host has repaired it, say: readers who were reading go on with the new one, marks and all."""
    one = reader(shared, "one")
    assert one.follow_shared()
    marked = ids(one, View())[:5]
    one.mark_read(marked)
    shared.close()
    mark(shared.path)
    with closing(Store.open(shared.path, clock=clock)) as repaired:
        assert repaired.notices
        new = add(repaired, 0, range(20, 25))
        assert one.follow_shared() and not one.follow_shared()
        assert set(new) < set(ids(one, View()))
        assert not set(marked) & set(ids(one, UNREAD))
        agrees(one)
        more = add(repaired, 1, range(20, 25))
        assert one.follow_shared()
        assert set(more) < set(ids(one, View()))
        one.mark_read(more)
        assert repaired.counts().unread == repaired.counts().all, "the host sees nothing of it"
        agrees(one)


def test_what_any_reader_starred_is_not_pruned(shared: Store, tmp_path: Path) -> None:
    folder = tmp_path / "readers"
    folder.mkdir()
    one = ReaderStore.open_for(folder / "one.sqlite", shared.path, clock=clock)
    kept = one.stories(View(), limit=1)[0]
    one.star([kept.id])
    (folder / "broken.sqlite").write_bytes(b"no database")
    with shared._db.writing() as connection:
        connection.execute("UPDATE stories SET first_seen = first_seen - 864000")
    readers.keep_starred(shared, folder)
    shared.prune(5)
    assert ids(one, View()) == [kept.id]
    two = ReaderStore.open_for(folder / "two.sqlite", shared.path, clock=clock)
    assert ids(two, STARRED) == [], "whose star it is stays between the reader and the host"


def test_a_full_text_is_kept_for_the_reader_who_fetched_it(shared: Store) -> None:
    one, two = reader(shared, "one"), reader(shared, "two")
    story = one.stories(View(), limit=1)[0]
    one.save_article(story.id, Article("T", (Paragraph(Text("All of it.")),), full=True))
    mine, theirs = one.article(story.id), two.article(story.id)
    assert mine is not None and mine.full and theirs is not None and not theirs.full


def test_a_damaged_file_of_a_reader_is_set_aside(shared: Store, tmp_path: Path) -> None:
    reader(shared, "one").close()
    path = tmp_path / "one.sqlite"
    path.write_bytes(b"\xff" * 8192)
    one = reader(shared, "one")
    assert one.counts().unread == 60
    assert list(tmp_path.glob("one.sqlite.damaged-*"))


@pytest.mark.parametrize("version", [0, schema.VERSION - 1, schema.VERSION + 1])
def test_a_store_of_another_version_is_left_to_who_keeps_it(shared: Store, version: int) -> None:
    shared.close()
    with closing(sqlite3.connect(shared.path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(NoStoriesError):
        reader(shared, "one")


def test_no_store_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoStoriesError):
        ReaderStore.open_for(tmp_path / "one.sqlite", tmp_path / "khabar.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_reads_while_the_host_writes_and_two_sessions_share_a_file(shared: Store) -> None:
    here, there = reader(shared, "one"), reader(shared, "one")
    chance = random.Random(7)
    for turn in range(30):
        stories: list[Story] = here.stories(View(), limit=60)
        picked = [story.id for story in chance.sample(stories, 5)]
        (here if turn % 2 else there).mark_read(picked, read=turn % 3 > 0)
        if turn % 5 == 0:
            add(shared, turn % 3, range(100 + turn, 103 + turn))
    assert ids(here, UNREAD) == ids(there, UNREAD)
    for store in (here, there):
        store.follow_shared()
        agrees(store)


def test_a_readers_file_of_an_older_version_is_taken_along(shared: Store, tmp_path: Path) -> None:
    one = reader(shared, "one")
    story = one.stories(View(), limit=1)[0]
    one.mark_read([story.id])
    one.remember("ui.view", "unread")
    one.close()
    with closing(sqlite3.connect(tmp_path / "one.sqlite")) as connection:
        connection.executescript(
            "PRAGMA user_version = 401; DROP TABLE history; CREATE TABLE history (id INTEGER PRIMARY KEY,"
            " url TEXT, title TEXT, at REAL); INSERT INTO history VALUES (1, 'https://old.example/', 'Old', 1)"
        )
    again = reader(shared, "one")
    assert again.recall("ui.view") == "unread"
    assert [visit.title for visit in again.history()] == ["Old"]
    assert story.id not in ids(again, UNREAD)
    again.undo()
    assert story.id in ids(again, UNREAD)


def test_the_stars_are_found_without_walking_all_stories(shared: Store) -> None:
    statement = "EXPLAIN QUERY PLAN SELECT count(*) FROM stories WHERE starred = 1 AND hidden = 0"
    for session in ("the first", "the next"):
        one = reader(shared, "one")
        with one._db.reading() as connection:
            plan = [row[3] for row in connection.execute(statement)]
        assert plan[0].startswith("SCAN t"), (session, plan)
        one.close()
