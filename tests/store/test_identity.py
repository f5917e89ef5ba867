"""The same item is found again; another is not taken for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.conftest import Bench
from tui.news.model import Image, View
from tui.store.identity import identities, link_hash, plain_link


def test_the_same_document_again_adds_nothing(bench: Bench) -> None:
    items = [bench.item(n, hours=n) for n in range(10)]
    assert len(bench.add(*items).new) == 10
    again = bench.add(*items)
    assert (again.new, again.updated) == ((), ())
    assert bench.store.count(View()) == 10


def test_an_update_keeps_place_and_state(bench: Bench) -> None:
    bench.add(bench.item(1, "first wording", 5, text="one"), bench.item(2, "another", 1))
    story = bench.store.stories(View())[1]
    bench.store.mark_read([story.id])
    bench.store.star([story.id])
    bench.now += timedelta(hours=1)
    changed = bench.add(bench.item(1, "second wording", 0, text="two"))
    assert (changed.new, changed.updated) == ((), (story.id,))
    now = bench.store.story(story.id)
    assert now is not None
    assert (now.title, now.read, now.starred, now.key, now.published) == (
        "second wording",
        True,
        True,
        story.key,
        story.published,
    )
    assert bench.titles() == ["another", "second wording"]
    assert bench.search("second two") == ["second wording"]
    assert bench.search("first") == bench.search("one ") == []


def test_http_and_https_twins_are_one(bench: Bench) -> None:
    bench.add(bench.item(1, id="http://paper.example/1", link="http://paper.example/1", hours=1))
    changed = bench.add(bench.item(1, id="https://www.paper.example/1", link="https://www.paper.example/1", hours=1))
    assert changed.new == ()
    assert bench.store.stories(View())[0].link == "https://www.paper.example/1"


def test_changing_guids_with_the_same_link_are_one(bench: Bench) -> None:
    bench.add(bench.item(1, "harbour library opens", id="a"))
    assert bench.add(bench.item(1, "harbour library opens again", id="b")).new == ()
    assert bench.add(bench.item(1, "harbour library opens again", id="c")).new == ()


def test_a_page_of_rolling_news_keeps_its_link_but_is_another_story(bench: Bench) -> None:
    bench.add(bench.item(1, "morning briefing about ships", id="a"))
    assert len(bench.add(bench.item(1, "evening concert programme", id="b")).new) == 1


def test_a_guid_used_again_for_another_story_is_another(bench: Bench) -> None:
    first = bench.item(1, "harbour library opens", id="x")
    second = bench.item(2, "concert tonight in garden", id="x")
    assert len(bench.add(first).new) == 1
    assert len(bench.add(second).new) == 1
    assert bench.add(first).new == bench.add(second).new == ()
    assert bench.store.count(View()) == 2


def test_one_guid_for_several_items_of_a_document(bench: Bench) -> None:
    items = [bench.item(n, f"match report {n}", id="same") for n in range(3)]
    assert len(bench.add(*items).new) == 3
    assert bench.add(*items).new == ()


def test_one_link_for_all_items_of_a_document(bench: Bench) -> None:
    items = [bench.item(n, f"notice number {n}", link="https://paper.example/notices") for n in range(3)]
    assert len(bench.add(*items).new) == 3
    assert bench.add(*items).new == ()
    assert len(bench.add(bench.item(4, "a front page is no name", link="https://paper.example/")).new) == 1


def test_an_item_twice_in_a_document_is_one(bench: Bench) -> None:
    assert len(bench.add(bench.item(1, hours=2), bench.item(1, hours=1)).new) == 1


def test_the_same_guid_in_two_sources_is_two_stories(bench: Bench) -> None:
    bench.add(bench.item(1, "from here", link="https://a.example/1"), source=bench.source("one"))
    assert len(bench.add(bench.item(1, "from there", link="https://b.example/1"), source=bench.source("two")).new) == 1


def test_a_date_that_comes_later_is_shown_but_moves_nothing(bench: Bench) -> None:
    bench.add(bench.item(1))
    story = bench.store.stories(View())[0]
    bench.add(bench.item(1, hours=30))
    now = bench.store.stories(View())[0]
    assert now.published == bench.now - timedelta(hours=30)
    assert now.key == story.key


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("https://www.Paper.example:443/a/b/?utm_medium=x&q=1&fbclid=2#frag", "paper.example/a/b?q=1"),
        ("http://paper.example:8080/x", "paper.example:8080/x"),
        ("https://paper.example/#!/story/1", "paper.example#!/story/1"),
        ("ftp://paper.example/x", ""),
        ("http://[bad", ""),
        ("http://paper.example:99999/x", ""),
        ("tag:paper.example,2026:1", ""),
    ],
)
def test_plain_link(link: str, plain: str) -> None:
    assert plain_link(link) == plain


def test_a_front_page_is_no_identity() -> None:
    assert link_hash("https://paper.example/") == 0
    assert link_hash("https://paper.example/?p=12") != 0


def test_documents_identities_are_stable(bench: Bench) -> None:
    items = [bench.item(n, image=Image("https://paper.example/i.png")) for n in range(3)]
    assert identities(items) == identities(items)
    assert len(set(identities(items))) == 3
