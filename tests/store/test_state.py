"""What the reader does, and its way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.conftest import Bench
from tui.news.health import Try
from tui.news.model import Key, Listing, Source, SourceKind, View
from tui.store import state
from tui.store.reports import Reports
from tui.store.state import ChangeKind


def test_read_marks_are_undone_by_id_after_new_stories_arrived(bench: Bench) -> None:
    stories = bench.fill(5)
    bench.store.mark_read([stories[0].id])
    change = bench.store.mark_read([story.id for story in stories])
    assert change.kind is ChangeKind.READ
    assert change.story_ids == tuple(sorted(story.id for story in stories[1:])), "only what really changed"
    bench.add(bench.item("new", "brand new"))
    assert bench.titles(View(Listing.UNREAD)) == ["brand new"]
    undone = bench.store.undo()
    assert undone is not None
    assert undone.story_ids == change.story_ids
    assert bench.titles(View(Listing.UNREAD)) == ["brand new", *(story.title for story in stories[1:])]
    bench.store.undo()
    assert bench.store.count(View(Listing.UNREAD)) == 6
    assert bench.store.undo() is None


def test_a_change_of_nothing_is_nothing_to_undo(bench: Bench) -> None:
    stories = bench.fill(2)
    first = bench.store.star([stories[0].id])
    assert bench.store.star([stories[0].id]).id == 0
    assert bench.store.mark_read([]).id == bench.store.mark_read([999]).id == 0
    undone = bench.store.undo()
    assert undone is not None
    assert undone.id == first.id


def test_undo_leaves_alone_what_was_changed_again(bench: Bench) -> None:
    stories = bench.fill(2)
    ids = [story.id for story in stories]
    change = bench.store.mark_read(ids)
    bench.store.mark_read(ids[:1], read=False)
    bench.store.mark_read(ids[:1])
    bench.store.undo(change.id)
    assert bench.store.count(View(Listing.UNREAD)) == 2
    assert bench.store.undo(change.id) is None, "not twice"


def test_all_read_stops_at_what_was_shown(bench: Bench) -> None:
    stories = bench.fill(10)
    top = stories[3].key
    change = bench.store.mark_all_read(View(), upto=top)
    assert len(change.story_ids) == 7
    assert [story.id for story in bench.store.stories(View(Listing.UNREAD))] == [story.id for story in stories[:3]]
    bench.store.undo()
    assert len(bench.store.mark_all_read(View(search="headline7")).story_ids) == 1
    assert len(bench.store.mark_all_read(View(search="head"), upto=Key(top.sorted_at, top.id)).story_ids) == 6
    other = bench.source("other")
    bench.fill(3, other)
    assert len(bench.store.mark_all_read(View(source_id=other.id)).story_ids) == 3


def test_hidden_stories_come_back(bench: Bench) -> None:
    stories = bench.fill(3)
    bench.store.hide([stories[1].id])
    assert bench.store.stories(View()) == [stories[0], stories[2]]
    assert bench.search("headline1") == []
    bench.store.undo()
    assert bench.store.stories(View()) == stories


def test_a_removed_source_comes_back_with_its_stories_and_state(bench: Bench) -> None:
    source = bench.source("one")
    stories = bench.fill(4, source)
    bench.store.star([stories[2].id])
    before = bench.store.stories(View())
    bench.store.remove_source(source.id)
    assert bench.store.sources() == []
    assert bench.store.source(source.id) is None
    assert bench.store.find_source(source.address) is None
    kept = [stories[2].title]
    assert bench.titles() == bench.titles(View(Listing.STARRED)) == bench.search("headline") == kept, "till unstarred"
    bench.store.undo()
    assert bench.store.sources() == [source]
    assert bench.store.stories(View()) == before
    bench.store.remove_source(source.id)
    assert bench.store.add_source(Source(source.address, "Again")).title == source.title, "added again: back as it was"
    assert bench.store.stories(View()) == before
    assert bench.store.remove_source(999).id == 0


def test_undo_is_the_sessions_own_then_what_was_before_it(bench: Bench) -> None:
    stories = bench.fill(3)
    first = bench.store.star([stories[0].id])
    bench.reopen()
    other = bench.another()
    other.star([stories[1].id])
    mine = bench.store.star([stories[2].id])
    undone = [change.id if (change := bench.store.undo()) else None for _ in range(3)]
    assert undone == [mine.id, first.id, None], "the other screen's change is not ours"
    other.close()


def test_state_is_there_after_reopening(bench: Bench) -> None:
    stories = bench.fill(3)
    store = bench.store
    store.mark_read([stories[0].id])
    store.star([stories[1].id])
    store.set_place(stories[2].id, 7, 120)
    store.remember("selection", "42")
    store.history_add("https://a.example/", "A")
    store.history_add("https://b.example/", "B")
    store.history_add("https://a.example/", "A again")
    store = bench.reopen()
    found = store.stories(View())
    assert [story.read for story in found] == [True, False, False]
    assert [story.starred for story in found] == [False, True, False]
    assert store.place(stories[2].id) == (7, 120)
    assert store.place(stories[0].id) is None
    assert store.recall("selection") == "42"
    assert store.recall("nothing") is None
    assert [(visit.url, visit.title) for visit in store.history()] == [
        ("https://a.example/", "A again"),
        ("https://b.example/", "B"),
    ]
    store.set_place(stories[2].id, 0, 0)
    assert store.place(stories[2].id) is None


def test_the_journal_forgets_but_never_the_last_changes(bench: Bench) -> None:
    story = bench.fill(1)[0]
    for n in range(450):
        bench.store.star([story.id], n % 2 == 0)
    undone = 0
    while bench.store.undo() is not None:
        undone += 1
    assert 200 <= undone < 230


def test_sources_round_trip(bench: Bench) -> None:
    source = bench.source("one", kind=SourceKind.FRONT_PAGE, language="ar", country="MA", builtin=True, full_text=False)
    assert bench.source("one") == source, "known by its address"
    assert bench.store.source(source.id) == bench.store.find_source(source.address) == source
    renamed = Source(source.address, "Renamed", id=source.id)
    bench.store.update_source(renamed)
    assert bench.store.sources() == [renamed]


def test_builtin_and_renaming_show_on_stories(bench: Bench) -> None:
    source = bench.source("one", builtin=True)
    story = bench.fill(1, source)[0]
    assert story.builtin
    bench.store.update_source(Source(source.address, "Other name", id=source.id))
    now = bench.store.stories(View())[0]
    assert (now.paper, now.builtin) == ("Other name", False)
    assert bench.search('paper:"other name"') == [story.title]


def test_health_keeps_thirty_tries(bench: Bench) -> None:
    source, other = bench.source("one"), bench.source("two")
    for n in range(40):
        at = bench.now + timedelta(minutes=n)
        outcome = "failed" if n % 2 else "revalidated"
        bench.store.record_try(source.id, Try(at, outcome, 200, 10, n, next_allowed=at + timedelta(hours=1)))
    bench.store.record_try(other.id, Try(bench.now, "fresh", 200))
    health = bench.store.health(source.id)
    assert [attempt.new for attempt in health.tries] == list(range(10, 40))
    assert health.last_success == bench.now + timedelta(minutes=38)
    assert health.next_allowed == bench.now + timedelta(minutes=99)
    assert bench.store.healths() == {source.id: health, other.id: bench.store.health(other.id)}
    assert bench.store.health(999).tries == ()


def test_image_reports_count_readers_once(bench: Bench) -> None:
    store = bench.store
    assert store.report_image("hash", "reader-1").id
    assert store.report_image("hash", "reader-1").id == 0
    assert not store.image_hidden("hash")
    assert store.image_hidden("hash", reader="reader-1"), "for the reader who reported it at once"
    store.report_image("hash", "reader-2")
    assert not store.image_hidden("hash", reader="reader-3")
    store.report_image("hash", "reader-3")
    assert store.image_hidden("hash")
    assert not store.image_hidden("hash", after=4)
    change = store.undo()
    assert change is not None
    assert (change.kind, change.detail) == (ChangeKind.REPORT, "hash")
    assert not store.image_hidden("hash")
    assert store.unreport_image("hash", "reader-1")
    assert not store.unreport_image("hash", "reader-1")


def test_reports_are_shared_between_stores(bench: Bench) -> None:
    path = bench.path.with_name("shared") / "reports.sqlite3"
    path.parent.mkdir()
    readers = [Reports.open(path) for _ in range(3)]
    for number, reports in enumerate(readers):
        reports.report("hash", f"uid-{number}")
    assert all(reports.hidden("hash") for reports in readers)
    assert path.stat().st_mode & 0o060 == 0o060, "the group can write it"
    for reports in readers:
        reports.close()


def test_others_write_while_a_long_list_is_marked_read_and_it_is_one_act(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = bench.fill(1700)
    monkeypatch.setattr(state, "SLICE", 0)
    other = bench.another()
    seen: list[int] = []

    def write() -> None:
        other.remember("tick", str(len(seen)))  # a second connection: it waits for no lock, or fails after its patience
        seen.append(other.count(View(Listing.UNREAD)))

    monkeypatch.setattr(state, "pause", write)
    change = bench.store.mark_all_read(View())
    assert seen == [1200, 700, 200]
    assert len(change.story_ids) == 1700
    bench.store.mark_read([stories[0].id], read=False)
    undone = bench.store.undo(change.id)
    assert undone is not None
    assert undone.story_ids == change.story_ids
    assert seen == [1200, 700, 200, 501, 1001, 1501]
    assert bench.store.count(View(Listing.UNREAD)) == 1700
    assert bench.store.undo(change.id) is None
    other.close()
