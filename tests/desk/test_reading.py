"""What the reader does is kept at once, told as an event, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.desk.events import Event, Events, StoriesChanged, Trouble
from tui.desk.reading import Reading
from tui.news.model import Item, Listing, Source, View
from tui.store.errors import StoreFull
from tui.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "khabar.sqlite")
    source = opened.add_source(Source("https://example.org/feed", "صحيفة"))
    moment = datetime(2026, 11, 23, 8, tzinfo=UTC)
    opened.add_items(source, [Item(str(i), f"خبر رقم {i}", published=moment) for i in range(5)])
    yield opened
    opened.close()


def test_a_change_is_kept_told_and_undone(store: Store) -> None:
    events, heard = Events(), list[Event]()
    events.subscribe(heard.append)
    reading = Reading(store, events)
    first, second = reading.stories(View(), limit=2)
    assert reading.mark_read((first.id,)).result() is not None
    assert reading.star((second.id,)).result() is not None
    assert heard == [StoriesChanged((first.id,)), StoriesChanged((second.id,))]
    assert reading.counts().starred == 1
    undone = reading.undo().result()
    assert undone is not None
    assert undone.story_ids == (second.id,)
    assert (reading.counts().starred, reading.counts().unread) == (0, 4)
    reading.close()


def test_writes_happen_in_the_order_they_were_asked_for(store: Store) -> None:
    reading = Reading(store, Events())
    for number in range(50):
        reading.remember("selected", str(number))
    reading.close()
    assert store.recall("selected") == "49"


def test_a_write_that_fails_is_said_and_does_not_raise(store: Store) -> None:
    events, heard = Events(), list[Event]()
    events.subscribe(heard.append)
    reading = Reading(store, events)

    def full() -> None:
        raise StoreFull("The disk is full.")

    assert reading.write(full).result() is None
    assert heard == [Trouble("The disk is full.")]
    reading.close()


def test_all_read_covers_the_list_and_no_more(store: Store) -> None:
    reading = Reading(store, Events())
    reading.mark_all_read(View(listing=Listing.UNREAD)).result()
    assert reading.counts().unread == 0
    reading.close()
