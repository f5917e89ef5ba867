"""Rules, retention, and a clock that cannot be trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.store.conftest import Bench
from tui.news.model import Listing, View
from tui.news.query import QueryError
from tui.news.rules import Effect, SmartList


def test_rules_work_on_what_arrives(bench: Bench) -> None:
    store = bench.store
    bench.add(bench.item(1, "horoscope of old"))
    for query, effect in (
        ("horoscope", "hide"),
        ("harbour", "star"),
        ("paper:gossip", "read"),
        ('"harbour library"', "notify"),
    ):
        store.add_rule(query, effect)
    added = bench.add(
        bench.item(2, "horoscope of today"),
        bench.item(3, "harbour library opens"),
        bench.item(4, "a wedding", source="Gossip"),
        bench.item(5, "harbour horoscope"),
    )
    assert bench.titles() == ["harbour library opens", "a wedding", "horoscope of old"]
    assert bench.titles(View(Listing.STARRED)) == ["harbour library opens"]
    assert bench.titles(View(Listing.UNREAD)) == ["harbour library opens", "horoscope of old"]
    assert len(added.new) == len(added.hidden) == 2
    assert [store.story(id_).title for id_ in added.notify if store.story(id_)] == ["harbour library opens"]  # type: ignore[union-attr]
    first = store.rules()[0]
    assert (first.query, first.effect) == ("horoscope", Effect.HIDE)
    store.put_rule(replace(store.rules()[0], enabled=False))
    store.remove_rule(store.rules()[1].id)
    bench.add(bench.item(6, "horoscope again"), bench.item(7, "harbour again"))
    assert bench.titles()[:2] == ["horoscope again", "harbour again"]
    assert bench.store.counts().starred == 1


def test_a_rule_is_tried_before_it_is_kept(bench: Bench) -> None:
    bench.add(bench.item(1, "horoscope"), bench.item(2, "horoscopes"))
    assert [story.title for story in bench.store.stories(View(search="horoscope "))] == ["horoscope"]
    for query in ("", "  ", "is:bad"):
        with pytest.raises(QueryError):
            bench.store.add_rule(query, Effect.HIDE)
    with pytest.raises(ValueError, match="explode"):
        bench.store.add_rule("x", "explode")
    assert bench.store.rules() == []


def test_smart_lists(bench: Bench) -> None:
    made = bench.store.put_smart_list(SmartList("Ports", "harbour or port"))
    bench.store.put_smart_list(SmartList("Ports", "harbour", made.id))
    assert bench.store.smart_lists() == [SmartList("Ports", "harbour", made.id)]
    with pytest.raises(QueryError):
        bench.store.put_smart_list(SmartList("Bad", "is:"))
    bench.store.remove_smart_list(made.id)
    assert bench.store.smart_lists() == []


def test_pruned_stories_do_not_come_back_as_new(bench: Bench) -> None:
    items = [bench.item(n, hours=n) for n in range(6)]
    bench.add(*items)
    stories = bench.store.stories(View())
    bench.store.star([stories[0].id])
    bench.store.set_place(stories[1].id, 3, 0)
    bench.now += timedelta(days=91)
    assert bench.store.prunable(90) == 5
    assert bench.store.prune(90) == 5
    assert bench.titles() == bench.search("headline*") == ["headline0"]
    assert bench.store.article(stories[1].id) is None
    assert bench.store.place(stories[1].id) is None
    assert bench.add(*items).new == ()
    for _ in range(4):
        bench.now += timedelta(days=80)
        assert bench.add(*items).new == (), "as long as the feed lists them"
        bench.add(bench.item(f"day {bench.now}"))
        bench.store.prune(90)
    bench.now += timedelta(days=200)
    bench.store.prune(90)
    assert len(bench.add(*items).new) == 5, "half a year after it stopped, it may be new"


def test_prune_is_by_arrival_not_by_date(bench: Bench) -> None:
    bench.add(bench.item(1, "an old story of a slow blog", 24 * 300))
    bench.now += timedelta(days=1)
    assert bench.store.prune(90) == 0


def test_a_removed_source_is_deleted_a_week_later(bench: Bench) -> None:
    source = bench.source("gone")
    bench.fill(3, source)
    bench.store.remove_source(source.id)
    bench.now += timedelta(days=6)
    bench.store.prune(90)
    change = bench.store.undo()
    assert change is not None
    assert bench.store.count(View()) == 3
    bench.store.remove_source(source.id)
    bench.now += timedelta(days=8)
    bench.store.prune(90)
    bench.store.undo()
    assert bench.store.count(View()) == 0
    assert bench.store.add_source(source).id != source.id


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=300), timedelta(days=365 * 56)])
def test_a_clock_that_jumps_back_buries_nothing(bench: Bench, back: timedelta) -> None:
    bench.add(bench.item(1, "before", 1))
    real = bench.now
    bench.now -= back
    bench.add(
        bench.item(2, "undated"),
        bench.item(3, "dated", id="x3", published=real - timedelta(minutes=5)),
    )
    assert bench.titles() == ["undated", "dated", "before"]
    bench.store.mark_read([story.id for story in bench.store.stories(View())])
    assert bench.store.prune(90) == 0
    bench.now = real + timedelta(hours=1)
    bench.add(bench.item(4, "after"))
    assert bench.titles() == ["after", "undated", "dated", "before"]
    assert bench.store.prune(90) == 0


def test_a_clock_that_was_years_ahead_is_forgotten(bench: Bench) -> None:
    real = bench.now
    bench.now = datetime(2099, 1, 1, tzinfo=UTC)
    bench.fill(1)
    bench.now = real
    bench.add(bench.item(2, "undated"))
    assert {story.title: story.first_seen for story in bench.store.stories(View())}["undated"] == real


def test_a_clock_years_ahead_does_not_empty_the_store(bench: Bench) -> None:
    bench.fill(3)
    bench.now = datetime(2099, 1, 1, tzinfo=UTC)
    assert bench.store.prune(90) == 0
    assert bench.store.count(View()) == 3


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("ahead", [timedelta(days=3653), timedelta(days=500)])
def test_a_clock_that_goes_ahead_and_back_again_loses_nothing(bench: Bench, ahead: timedelta, dated: bool) -> None:
    """Stories that came an hour ago must not be years old, however often the clock says so."""
    real, number = bench.now, 0
    for hour in range(0, 24 * 5, 3):
        for jump in (timedelta(0), ahead, timedelta(0)):
            bench.now = real + timedelta(hours=hour) + jump
            published = real + timedelta(hours=hour - 2) if dated else None
            bench.add(*(bench.item(number + n, published=published) for n in range(3)))
            number += 3
            assert bench.store.prunable(90) == 0
            assert bench.store.prune(90) == 0
    assert bench.store.count(View()) == number
    bench.now = real + timedelta(days=120)
    bench.add(*(bench.item(f"later {n}", hours=n) for n in range(3)))
    assert bench.store.prune(90) > 0, "when the clock is right again, old stories go"


@pytest.mark.parametrize("days", [100, 3653])
def test_a_clock_that_stays_ahead_of_the_news(bench: Bench, days: int) -> None:
    """What arrives says what day it is."""
    real = bench.now
    bench.fill(20)
    for day in range(5):
        bench.now = real + timedelta(days=day + days)
        published = real + timedelta(days=day, hours=-1)
        bench.add(*(bench.item(f"{day}-{n}", published=published) for n in range(4)))
        assert bench.store.prune(90) == 0


def test_a_reader_who_was_away_for_months(bench: Bench) -> None:
    bench.fill(20)
    bench.now += timedelta(days=150)
    bench.add(*(bench.item(f"new {n}", hours=n) for n in range(4)))
    assert bench.store.prune(90) == 20


def test_some_wrong_dates_among_many_are_no_evidence(bench: Bench) -> None:
    bench.fill(20)
    real = bench.now
    bench.now += timedelta(days=200)
    bench.add(*(bench.item(f"new {n}", published=real) for n in range(9)), bench.item("x", published=bench.now))
    bench.add(bench.item("y", published=bench.now))
    assert bench.store.prune(90) == 0, "two of eleven"


def test_a_document_is_known_only_when_all_its_items_are_stored(bench: Bench) -> None:
    source = bench.source()
    assert bench.store.known_document(source.id) == ""
    bench.store.add_items(source, [bench.item(n) for n in range(1_200)], document="abc")
    assert bench.store.known_document(source.id) == "abc"
    bench.store.add_items(source, [], document="def")
    assert bench.store.known_document(source.id) == "def"


def test_a_headlines_isolates_are_stored_beside_it_and_follow_its_changes(bench: Bench) -> None:
    item = bench.item(1, "كتب a, b! اليوم", hours=1, isolates="4-9l")
    bench.add(item)
    (story,) = bench.store.stories(View(), limit=5)
    article = bench.store.article(story.id)
    assert article is not None
    assert (story.title, story.isolates, article.isolates) == (item.title, "4-9l", "4-9l")
    bench.add(replace(item, isolates=""))
    (story,) = bench.reopen().stories(View(), limit=5)
    assert story.isolates == ""
