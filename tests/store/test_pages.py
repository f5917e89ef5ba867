"""The list: order, pages by key, counts and places, for every kind of view."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.conftest import Bench
from tui.news.model import Counts, Direction, Item, Key, Listing, View


def test_newest_first_undated_and_future_ones_at_their_arrival(bench: Bench) -> None:
    bench.add(
        bench.item(1, "old", 5),
        bench.item(2, "undated"),
        bench.item(3, "future", -48),
        bench.item(4, "recent", 1),
    )
    assert bench.titles() == ["undated", "future", "recent", "old"]
    stories = {story.title: story for story in bench.store.stories(View())}
    now = int(bench.now.timestamp())
    assert stories["future"].sorted_at == stories["undated"].sorted_at == now
    assert stories["future"].published == bench.now + timedelta(hours=48)
    assert stories["undated"].published is None
    assert stories["old"].first_seen == bench.now


def test_undated_items_keep_the_feeds_order(bench: Bench) -> None:
    bench.add(*(bench.item(n, f"t{n}") for n in range(5)))
    assert bench.titles() == ["t0", "t1", "t2", "t3", "t4"]
    bench.add(bench.item("new", "t-new"), bench.item(0, "t0"))
    assert bench.titles()[0] == "t-new"


@pytest.mark.parametrize("search", ["", "headline* ", "-nothing"])
def test_pages_join_without_gap_or_overlap(bench: Bench, search: str) -> None:
    everything = bench.fill(57)
    # Twenty of one second: the id decides.
    bench.add(*(bench.item(f"same{n}", f"headline same{n}", 3) for n in range(20)))
    view = View(search=search)
    everything = bench.store.stories(view, limit=1000)
    assert len(everything) == 77 == bench.store.count(view)
    down: list[object] = []
    key: Key | None = None
    while page := bench.store.stories(view, after=key, limit=10):
        down += page
        key = page[-1].key
    assert down == everything
    up = bench.store.stories(view, last=True, limit=10)
    assert up == everything[-10:]
    while page := bench.store.stories(view, before=up[0].key, limit=10):
        up = page + up
    assert up == everything
    for place in (0, 1, 30, 76):
        assert bench.store.position(view, everything[place].key) == place


def test_pages_around_a_key_that_is_gone(bench: Bench) -> None:
    stories = bench.fill(10)
    bench.store.hide([stories[4].id])
    assert bench.store.stories(View(), after=stories[4].key, limit=2) == stories[5:7]
    assert bench.store.stories(View(), before=stories[4].key, limit=2) == stories[2:4]
    assert bench.store.position(View(), stories[4].key) == 4


def test_new_stories_do_not_move_a_page(bench: Bench) -> None:
    stories = bench.fill(30)
    page = bench.store.stories(View(), after=stories[9].key, limit=10)
    bench.add(bench.item("new", "brand new"))
    assert bench.store.stories(View(), after=stories[9].key, limit=10) == page


def test_views_narrow(bench: Bench) -> None:
    arabic = bench.source("arabic", language="ar", direction=Direction.RTL)
    english = bench.source("english", language="en")
    bench.add(bench.item(1, "واحد", 1), bench.item(2, "اثنان", 30), source=arabic)
    bench.add(bench.item(3, "three", 2), bench.item(4, "quatre", 3, language="fr-MA"), source=english)
    first = bench.store.stories(View())[0]
    assert (first.language, first.direction, first.paper) == ("ar", Direction.RTL, "Arabic")
    bench.store.mark_read([first.id])
    bench.store.star([first.id])
    assert bench.titles(View(source_id=english.id)) == ["three", "quatre"]
    assert bench.titles(View(language="fr")) == ["quatre"]
    assert bench.titles(View(Listing.UNREAD)) == ["three", "quatre", "اثنان"]
    assert bench.titles(View(Listing.UNREAD, arabic.id)) == ["اثنان"]
    assert bench.titles(View(Listing.STARRED)) == ["واحد"]
    assert bench.titles(View(Listing.STARRED, english.id)) == []
    assert bench.titles(View(Listing.TODAY)) == ["واحد", "three", "quatre"]
    assert bench.store.counts() == Counts(all=4, unread=3, starred=1, today=3)
    assert bench.store.unread_by_source() == {arabic.id: 1, english.id: 2}
    for view in (View(Listing.UNREAD, arabic.id), View(language="fr"), View(Listing.TODAY), View(Listing.STARRED)):
        assert bench.store.count(view) == len(bench.titles(view))


def test_counts_stay_true_through_every_change(bench: Bench) -> None:
    def check() -> None:
        store = bench.store
        views = (
            View(), View(Listing.UNREAD), View(Listing.STARRED), View(Listing.TODAY),
            View(language="ar"), View(Listing.UNREAD, language="ar"), View(language="en"),
            View(Listing.UNREAD, language="en"), View(Listing.STARRED, language="en"),
        )  # fmt: skip
        lists = [len(store.stories(view, limit=1000)) for view in views]
        counts = store.counts()
        assert [counts.all, counts.unread, counts.starred, counts.today] == lists[:4]
        assert [store.count(view) for view in views] == lists
        unread = {
            source.id: len(store.stories(View(Listing.UNREAD, source.id), limit=1000)) for source in store.sources()
        }
        assert store.unread_by_source() == {id_: n for id_, n in unread.items() if n}
        assert all(store.count(View(Listing.UNREAD, id_)) == n for id_, n in unread.items())

    stories = bench.fill(40, bench.source(language="en"))
    other = bench.source("other", language="ar")
    bench.fill(10, other)
    check()
    bench.store.update_source(replace(other, language="en"))
    bench.fill(12, other)
    check()
    bench.store.mark_read([story.id for story in stories[:7]])
    bench.store.hide([stories[0].id, stories[9].id])
    check()
    bench.store.remove_source(other.id)
    check()
    bench.store.undo()
    bench.store.undo()
    check()
    bench.store.mark_all_read(View())
    check()
    bench.now += timedelta(days=100)
    assert bench.store.prune(90) == 52
    check()


@pytest.mark.parametrize("query", ["is:read ", "-is:unread "])
def test_what_is_read_is_found_without_walking_what_is_not(bench: Bench, query: str) -> None:
    bench.fill(5)
    connection = bench.store._db.connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    bench.store.stories(View(search=query))
    connection.set_trace_callback(None)
    (text,) = [text for text in statements if "s.first_seen" in text and text.startswith("SELECT")]
    steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + text)]
    assert any("stories_read" in step for step in steps), steps


def test_a_story_by_id_and_by_link(bench: Bench) -> None:
    bench.add(bench.item(1, link="http://www.paper.example/a/?utm_source=x&id=1#top"))
    story = bench.store.stories(View())[0]
    assert bench.store.story(story.id) == story
    assert bench.store.find_story("https://paper.example/a?id=1") == story
    assert bench.store.find_story("https://paper.example/a?id=2") is None
    assert bench.store.find_story("https://paper.example/") is None
    assert bench.store.find_story("no address") is None
    assert bench.store.story(story.id + 1) is None


def test_times_before_1970_and_far_away_do_not_break_the_order(bench: Bench) -> None:
    bench.add(
        Item("a", "before", "https://paper.example/a", bench.now.replace(year=1900)),
        Item("b", "after", "https://paper.example/b", bench.now.replace(year=9000)),
        bench.item("c", "now", 1),
    )
    assert bench.titles() == ["after", "now", "before"]
    assert bench.search("before") == ["before"]


def test_no_page_sorts_or_scans(bench: Bench) -> None:
    """Every list walks an index that has its order: EXPLAIN shows no sorting step and no walk over the table itself."""
    bench.fill(5)
    statements: list[str] = []
    connection = bench.store._db.connection
    connection.set_trace_callback(statements.append)
    views = [
        View(), View(Listing.UNREAD), View(Listing.STARRED), View(Listing.TODAY), View(source_id=1),
        View(language="ar"), View(Listing.UNREAD, 1), View(search="headline1"), View(search="headline1 is:read"),
        View(search="-headline1"), View(Listing.STARRED, search="headline1"), View(Listing.TODAY, search="head"),
    ]  # fmt: skip
    for view in views:
        bench.store.stories(view, after=Key(1 << 33, 1))
        bench.store.stories(view, before=Key(1, 1))
    connection.set_trace_callback(None)
    selects = [text for text in statements if "s.first_seen" in text and text.startswith("SELECT")]
    assert len(selects) == 2 * len(views)
    for text in selects:
        steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + text)]
        assert not any("TEMP B-TREE" in step for step in steps), (text, steps)
        assert not any(step.startswith("SCAN s") and "INDEX" not in step and "VIRTUAL" not in step for step in steps), (
            text,
            steps,
        )
