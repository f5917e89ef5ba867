"""What grouping remembers of headlines, in memory, in the rows of the latest and among the recent stems."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.store.conftest import Bench
from tests.store.test_groups import RETOLD, TITLE, papers
from tui.news.model import View
from tui.store import postings

OTHERS = [
    "ارتفاع أسعار النفط في الأسواق العالمية بعد قرار المنتجين",
    "المنتخب يستعد لمباراة الغد في غياب ثلاثة من لاعبيه",
    "وزارة التعليم تعلن مواعيد امتحانات نهاية الفصل الأول",
    "علماء يكتشفون نوعا جديدا من الطيور في غابات الجنوب",
    "حريق في مصنع للنسيج دون إصابات بين العمال",
]


@pytest.fixture(params=[1, 3, 2_000], ids=lambda most: f"{most} waiting")
def waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So many stories wait to be moved among the recent stems."""
    monkeypatch.setattr(postings, "_FRESH", request.param)
    return int(request.param)


def test_a_story_is_found_wherever_its_stems_stand(bench: Bench, waiting: int) -> None:
    one, two = papers(bench, "one", "two")
    bench.add(bench.item("a", TITLE, 9), source=one)
    for number, title in enumerate(OTHERS):
        bench.add(bench.item(f"o{number}", title, 8 - number), source=one)
        assert _learnt(bench) < waiting
    bench.add(bench.item("b", RETOLD, 1, link="https://two.example/b"), source=two)
    bench.add(bench.item("c", OTHERS[2], 1, link="https://two.example/c"), source=two)
    assert sorted(row.others for row in bench.store.stories(View())) == [0, 0, 0, 0, 1, 1]


def test_two_processes_that_move_them_in_turn(bench: Bench, waiting: int) -> None:
    one, two = papers(bench, "one", "two")
    with closing(bench.another()) as other:
        for number, title in enumerate([TITLE, *OTHERS]):
            if number % 2:
                bench.add(bench.item(number, title, 3), source=one)
                other.add_items(two, [bench.item(number, title, 2, link=f"https://two.example/{number}")])
            else:
                other.add_items(two, [bench.item(number, title, 2, link=f"https://two.example/{number}")])
                bench.add(bench.item(number, title, 3), source=one)
    assert [row.others for row in bench.store.stories(View())] == [1] * 6


def test_what_was_taken_back_is_not_remembered(bench: Bench, waiting: int) -> None:
    one, two, three = papers(bench, "one", "two", "three")
    bench.add(bench.item("o", OTHERS[0], 9), source=one)
    with pytest.raises(ZeroDivisionError), bench.store.together():
        bench.add(bench.item("a", TITLE, 9), source=one)
        raise ZeroDivisionError
    with closing(bench.another()) as other:
        other.add_items(two, [bench.item("b", TITLE, 5, link="https://two.example/b")])
    bench.add(bench.item("c", RETOLD, 1, link="https://three.example/c"), source=three)
    assert sorted(row.others for row in bench.store.stories(View())) == [0, 1]


def test_headlines_of_common_words_alone(bench: Bench, waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_COMMON", 2)
    one, two, three = papers(bench, "one", "two", "three")
    bench.add(bench.item("a", TITLE, 90), bench.item("b", TITLE, 5, link="https://one.example/b"), source=one)
    bench.add(bench.item("c", RETOLD, 4, link="https://two.example/c"), source=two)
    bench.add(bench.item("d", TITLE, 3, link="https://three.example/d"), source=three)
    assert sorted(row.others for row in bench.store.stories(View())) == [0, 2]


def test_when_grouping_is_on_again_what_arrived_meanwhile_is_known(bench: Bench, waiting: int) -> None:
    one, two = papers(bench, "one", "two")
    bench.store.group_duplicates(False)
    bench.add(bench.item("a", TITLE, 5), source=one)
    bench.store.group_duplicates(True)
    bench.add(bench.item("b", RETOLD, 4, link="https://two.example/b"), source=two)
    assert [row.others for row in bench.store.stories(View())] == [1]


def _learnt(bench: Bench) -> int:
    with closing(sqlite3.connect(bench.path)) as connection:
        return int(connection.execute("SELECT count(*) FROM learnt").fetchone()[0])
