"""The same story in several papers is one row, and the right paper's."""

from __future__ import annotations

from datetime import timedelta

from tests.store.conftest import Bench
from tui.news.duplicates import WINDOW
from tui.news.model import Listing, Source, View
from tui.store import schema

TITLE = "افتتاح معرض الكتاب الدولي بالعاصمة بمشاركة 40 دولة"
RETOLD = "بمشاركة 40 دولة.. العاصمة تحتضن افتتاح معرض الكتاب الدولي"


def papers(bench: Bench, *names: str) -> list[Source]:
    return [bench.source(name, language="ar") for name in names]


def test_one_row_and_its_others(bench: Bench) -> None:
    one, two, three = papers(bench, "one", "two", "three")
    first = bench.add(bench.item("a", TITLE, 5), source=one)
    second = bench.add(bench.item("b", RETOLD, 4, link="https://two.example/b"), source=two)
    third = bench.add(bench.item("c", TITLE, 3, link="https://three.example/c"), source=three)
    assert second.regrouped == first.new
    assert third.regrouped == first.new + second.new
    rows = bench.store.stories(View())
    assert [(row.paper, row.others) for row in rows] == [("One", 2)]
    assert [story.paper for story in bench.store.others(rows[0].id)] == ["Three", "Two"]
    assert bench.store.others(second.new[0])[0].paper == "One", "the leader first"
    assert bench.store.count(View()) == bench.store.counts().unread == 1
    own = bench.store.stories(View(source_id=two.id))
    assert [(row.title, row.others) for row in own] == [(RETOLD, 2)], "a source's list shows its own copy"
    assert bench.store.others(999) == []


def test_within_one_document(bench: Bench) -> None:
    (hub,) = papers(bench, "hub")
    bench.add(bench.item("a", TITLE, 2, source="Paper A"), bench.item("b", RETOLD, 1, source="Paper B"), source=hub)
    assert [(row.paper, row.others) for row in bench.store.stories(View())] == [("Paper A", 1)]


def test_the_original_outranks_the_aggregators_copy(bench: Bench) -> None:
    hub, paper = papers(bench, "hub", "paper")
    copy = bench.add(bench.item("a", TITLE, 5, link="https://hub.example/a", source="Paper"), source=hub)
    assert bench.titles() == [TITLE]
    original = bench.add(bench.item("b", RETOLD, 1), source=paper)
    assert original.regrouped == copy.new
    assert [(row.paper, row.title) for row in bench.store.stories(View())] == [("Paper", RETOLD)]


def test_a_read_copy_makes_its_original_read(bench: Bench) -> None:
    hub, paper = papers(bench, "hub", "paper")
    copy = bench.add(bench.item("a", TITLE, 5, link="https://hub.example/a", source="Elsewhere"), source=hub)
    bench.store.mark_read(copy.new)
    bench.add(bench.item("b", RETOLD, 1), source=paper)
    assert bench.titles(View(Listing.UNREAD)) == []
    assert bench.titles() == [RETOLD]


def test_the_next_leads_when_the_leader_goes(bench: Bench) -> None:
    one, two, three = papers(bench, "one", "two", "three")
    for number, source in enumerate((one, two, three)):
        bench.add(bench.item(number, TITLE, 9 - number, link=f"https://{number}.example/x"), source=source)
    leader = bench.store.stories(View())[0]
    bench.store.hide([leader.id])
    assert [(row.paper, row.others) for row in bench.store.stories(View())] == [("Two", 1)]
    bench.store.remove_source(two.id)
    assert [(row.paper, row.others) for row in bench.store.stories(View())] == [("Three", 0)]
    bench.store.undo()
    bench.store.undo()
    assert [(row.paper, row.others) for row in bench.store.stories(View())] == [("One", 2)]


def test_starred_copies_stay_in_the_stars(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item("a", TITLE, 2), source=one)
    copy = bench.add(bench.item("b", RETOLD, 1, link="https://two.example/b"), source=two).new
    bench.store.star(copy)
    assert bench.titles(View(Listing.STARRED)) == [RETOLD]
    assert bench.store.counts().starred == 1


def test_a_search_finds_the_group_by_any_copys_words_and_shows_it_once(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item("a", TITLE, 2, text="قاعة"), source=one)
    bench.add(bench.item("b", RETOLD, 1, text="حديقة", link="https://two.example/b"), source=two)
    assert bench.search("معرض ") == [TITLE]
    assert bench.search("تحتضن ") == bench.search("حديقة ") == [TITLE]
    assert bench.search("source:two حديقة ") == [RETOLD]
    assert bench.search("source:one حديقة ") == []
    bench.store.remove_source(two.id)
    assert bench.search("تحتضن ") == []
    bench.store.undo()
    assert bench.search("تحتضن ") == [TITLE]


def test_the_same_page_in_two_sources_is_one_story_whatever_its_title(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item(1, "x", 100, link="https://paper.example/2026/story"), source=one)
    bench.add(bench.item(1, "y", 1, link="http://www.paper.example/2026/story?utm_source=hub"), source=two)
    assert [row.others for row in bench.store.stories(View())] == [1]


def test_templates_and_other_days_stay_apart(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item(1, "حالة الطقس اليوم بمدينة الرباط أمطار متوقعة", 1), source=one)
    bench.add(bench.item(2, "حالة الطقس اليوم بمدينة فاس ثلوج متوقعة", 1), source=two)
    bench.add(bench.item(3, TITLE, 80), source=one)
    bench.add(bench.item(4, TITLE, 1), source=two)
    assert [row.others for row in bench.store.stories(View())] == [0, 0, 0, 0]


def test_another_process_finds_what_this_one_stored(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item("a", TITLE, 2), source=one)
    other = bench.another()
    other.add_items(two, [bench.item("b", RETOLD, 1, link="https://two.example/b")])
    other.close()
    assert [row.others for row in bench.store.stories(View())] == [1]


def test_pruning_one_of_two_dissolves_the_group(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    old = bench.add(bench.item("a", TITLE, 2), source=one).new
    bench.now += timedelta(hours=50)
    bench.add(bench.item("b", RETOLD, 40, link="https://two.example/b"), source=two)
    assert [row.others for row in bench.store.stories(View())] == [1]
    bench.now += timedelta(days=88, hours=12)
    assert bench.store.prune(90) == 1
    assert [(row.title, row.others) for row in bench.store.stories(View())] == [(RETOLD, 0)]
    assert bench.store.story(old[0]) is None
    assert bench.search("تحتضن ") == [RETOLD]


def test_a_new_title_can_join_a_group(bench: Bench) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item("a", TITLE, 2), source=one)
    bench.add(bench.item("b", "عاجل", 1, link="https://two.example/b"), source=two)
    assert bench.store.count(View()) == 2
    changed = bench.add(bench.item("b", RETOLD, 1, link="https://two.example/b"), source=two)
    assert len(changed.updated) == 1
    assert bench.store.count(View()) == 1


def test_grouping_can_be_turned_off(bench: Bench) -> None:
    one, two, three = papers(bench, "one", "two", "three")
    bench.add(bench.item("a", TITLE, 3), source=one)
    bench.add(bench.item("b", RETOLD, 2, link="https://two.example/b"), source=two)
    bench.store.group_duplicates(False)
    assert [row.others for row in bench.store.stories(View())] == [0, 0]
    assert bench.search("تحتضن ") == [RETOLD]
    bench.add(bench.item("c", TITLE, 1, link="https://three.example/c"), source=three)
    assert bench.store.count(View()) == len(bench.titles()) == 3
    bench.store.group_duplicates(True)
    bench.add(bench.item("d", TITLE, 0.5, link="https://four.example/d"), source=bench.source("four", language="ar"))
    assert bench.store.count(View()) == 1, "the newcomer brings them together"


def test_a_story_that_unites_two_groups_within_one_document(bench: Bench) -> None:
    """The one group takes the other in, whose number then stands for nothing."""
    one, two, hub = papers(bench, "one", "two", "hub")
    left = "harbour library opens restored rooms"
    right = "mayor praises volunteers gardens fountain"
    both = "harbour library opens restored mayor praises volunteers gardens"
    bench.add(bench.item("a", left, 9), source=one)
    bench.add(bench.item("b", right, 8, link="https://two.example/b"), source=two)
    bench.add(
        bench.item("c", right + " concert", 7, source="Third", link="https://hub.example/c"),
        bench.item("d", both, 6, source="Fourth", link="https://hub.example/d"),
        source=hub,
    )
    assert [(row.paper, row.others) for row in bench.store.stories(View())] == [("One", 3)]


def test_the_file_s_spans_are_the_window_of_comparing() -> None:
    """The migration writes the number itself: a file must not change with the program."""
    assert f"/ {WINDOW}," in schema.MIGRATIONS[9]
