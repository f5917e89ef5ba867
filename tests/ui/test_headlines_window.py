"""The keyset window under the headline list, over pages of a hundred thousand stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.news.model import Story
from tui.ui.widgets.headline_cursor import StoryCursor
from tui.ui.widgets.pager import Pager, Spot
from tui.ui.widgets.window import Empty, Window

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAMP = int(NOON.timestamp())


def story(story_id: int, sorted_at: int) -> Story:
    when = datetime.fromtimestamp(sorted_at, tz=UTC)
    return Story(story_id, 1, f"Story {story_id}", "The Paper", "https://a.example/", when, when, sorted_at)


class Listed(Empty):
    """Pages over a list that is held whole; remembers how much was asked of it."""

    def __init__(self, stories: list[Story]) -> None:
        self.stories = sorted(stories, key=lambda s: (-s.sorted_at, -s.id))
        self.keys = [(-s.sorted_at, -s.id) for s in self.stories]
        self.served = 0

    def _at(self, key: Story) -> int:
        from bisect import bisect_left

        return bisect_left(self.keys, (-key.sorted_at, -key.id))

    def _serve(self, found: list[Story]) -> list[Story]:
        self.served += len(found)
        return found

    def first(self, limit: int) -> list[Story]:
        return self._serve(self.stories[:limit])

    def after(self, story: Story, limit: int) -> list[Story]:
        at = self._at(story)
        at += at < len(self.keys) and self.keys[at] == (-story.sorted_at, -story.id)
        return self._serve(self.stories[at : at + limit])

    def before(self, story: Story, limit: int) -> list[Story]:
        at = self._at(story)
        return self._serve(self.stories[max(0, at - limit) : at])

    def last(self, limit: int) -> list[Story]:
        return self._serve(self.stories[-limit:])


def many(count: int) -> Listed:
    # Three stories share every second, as they do when a feed is fetched: the id decides among them.
    return Listed([story(n, STAMP - (count - n) // 3) for n in range(1, count + 1)])


def walk(window: Window, start: int, step: int) -> Iterator[Story]:
    at = start
    while (found := window.get(at)) is not None:
        yield found
        at += step


def test_walking_a_hundred_thousand_stories_misses_none_and_holds_few() -> None:
    pages = many(100_000)
    window = Window(pages)
    window.start()
    seen = []
    for found in walk(window, 0, 1):
        seen.append(found.id)
        assert len(window) <= 512
    assert seen == [s.id for s in pages.stories]
    assert pages.served <= 100_000 + 64


def test_walking_back_from_the_end_gives_the_same_stories() -> None:
    pages = many(2_000)
    window = Window(pages)
    last = window.end()
    assert [s.id for s in walk(window, last, -1)] == [s.id for s in reversed(pages.stories)]


def test_an_ordinal_names_the_same_story_wherever_the_window_has_been() -> None:
    window = Window(many(5_000))
    window.start()
    tenth = window.get(10)
    window.get(3_000)
    assert window.peek(10) is None
    assert window.get(10) == tenth


def test_around_finds_a_story_with_its_neighbours() -> None:
    pages = many(5_000)
    window = Window(pages)
    target = pages.stories[2_500]
    at = window.around(target)
    assert window.peek(at) == target
    assert window.get(at - 1) == pages.stories[2_499]
    assert window.get(at + 1) == pages.stories[2_501]


def test_around_a_story_that_has_left_gives_the_next_older_one() -> None:
    pages = many(300)
    gone = pages.stories[100]
    window = Window(Listed([s for s in pages.stories if s != gone]))
    assert window.peek(window.around(gone)) == pages.stories[101]


def test_around_the_oldest_story_that_has_left_gives_the_new_oldest() -> None:
    pages = many(10)
    gone = pages.stories[-1]
    window = Window(Listed(pages.stories[:-1]))
    assert window.peek(window.around(gone)) == pages.stories[-2]


def test_an_empty_list_has_no_stories() -> None:
    window = Window(many(0))
    window.start()
    assert window.get(0) is None
    assert window.end() == -1


def cursor_over(pages: Listed, *, height: int = 20, rows: int = 3) -> StoryCursor:
    cursor = StoryCursor(lambda ordinal: rows)
    cursor.pager.height = height
    cursor.show(pages)
    return cursor


def ids_in_view(cursor: StoryCursor) -> list[int]:
    found = [cursor.window.peek(spot.item) for spot in cursor.visible()]
    return [s.id for s in found if s is not None]


def test_paging_through_a_hundred_thousand_reaches_the_end_and_comes_back() -> None:
    pages = many(100_000)
    cursor = cursor_over(pages)
    cursor.to_last()
    assert cursor.selected == pages.stories[-1]
    for _ in range(50):
        cursor.page(-1)
    assert cursor.selected is not None
    assert cursor.selected.id in ids_in_view(cursor)
    cursor.to_first()
    assert cursor.selected == pages.stories[0]
    assert pages.served < 2_000


def test_new_stories_and_a_reload_leave_cursor_and_rows_where_they_are() -> None:
    pages = many(1_000)
    cursor = cursor_over(pages)
    cursor.move(40)
    cursor.move(-3)
    before = ids_in_view(cursor)
    selected = cursor.selected
    arrived = [story(5_000 + n, STAMP + 60 + n) for n in range(12)]
    cursor.window.pages = Listed([*pages.stories, *arrived])
    cursor.reload()
    assert cursor.selected == selected
    assert ids_in_view(cursor) == before


def test_a_reload_at_the_top_keeps_the_selected_story_on_its_row() -> None:
    pages = many(1_000)
    cursor = cursor_over(pages)
    before = ids_in_view(cursor)
    cursor.window.pages = Listed([*pages.stories, story(5_000, STAMP + 60)])
    cursor.reload()
    assert ids_in_view(cursor) == before


def test_the_wheel_leaves_the_cursor_and_the_next_move_goes_on_from_it() -> None:
    pages = many(10_000)
    cursor = cursor_over(pages)
    cursor.move(5)
    cursor.scroll(9_000)
    assert cursor.selected == pages.stories[5]
    cursor.move(1)
    assert cursor.selected == pages.stories[6]
    assert pages.stories[6].id in ids_in_view(cursor)


def test_select_finds_a_story_that_is_not_loaded() -> None:
    pages = many(10_000)
    cursor = cursor_over(pages)
    assert cursor.select(pages.stories[3_000])
    assert cursor.selected == pages.stories[3_000]
    assert cursor.select(pages.stories[9_000])
    assert cursor.selected == pages.stories[9_000]
    assert not cursor.select(story(123_456, STAMP))
    assert cursor.selected == pages.stories[9_000]


class Heights:
    """Items of given heights, numbered from ``first``."""

    def __init__(self, heights: list[int], first: int = 0) -> None:
        self.heights = heights
        self.first = first

    def exists(self, item: int) -> bool:
        return 0 <= item - self.first < len(self.heights)

    def rows(self, item: int) -> int:
        return self.heights[item - self.first]

    def all(self) -> list[Spot]:
        return [Spot(self.first + n, row) for n, height in enumerate(self.heights) for row in range(height)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(1, 7), min_size=1, max_size=30),
    st.integers(1, 12),
    st.lists(st.integers(-40, 40), max_size=8),
    st.integers(-20, 20),
)
def test_scrolling_is_what_it_would_be_with_every_row_known(
    heights: list[int], height: int, steps: list[int], first: int
) -> None:
    items = Heights(heights, first)
    rows = items.all()
    pager = Pager(items, height)
    pager.show(Spot(first, 0))
    at = 0
    for step in steps:
        now = max(0, min(at + step, len(rows) - height))
        assert pager.scroll(step) == now - at
        at = now
        assert pager.visible() == rows[at : at + height]
        assert pager.at_start() == (at == 0)
        assert pager.at_end() == (at + height >= len(rows))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=30), st.integers(1, 12), st.data())
def test_revealing_an_item_shows_all_of_it_and_moves_no_more_than_needed(
    heights: list[int], height: int, data: st.DataObject
) -> None:
    items = Heights(heights)
    pager = Pager(items, height)
    pager.scroll(data.draw(st.integers(0, 60)))
    before = pager.visible()
    item = data.draw(st.integers(0, len(heights) - 1))
    own = [Spot(item, row) for row in range(heights[item])]
    moved = pager.reveal(item)
    after = pager.visible()
    assert set(own[:height]) <= set(after)
    if set(own) <= set(before) and heights[item] < height:
        assert not moved
