"""What is found by trying the newest stories is what the index finds, and in its order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.store.conftest import Bench
from tui.news.model import Listing, Story, View
from tui.news.query import parse
from tui.store import newest, search
from tui.store.connection import Database

QUERIES = [
    "harbour",
    "harbours",
    "the harbour",
    "harbour -garden",
    "the -harbours",
    "-harbour",
    "garden or harbour",
    "is:starred or -harbour",
    "is:unread -harbour",
    "street or (the -harbour)",
    "after:2026-02-20 street -harbour",
    "harbour is:unread",
    "harbour is:read",
    "rare or harbour",
    "rarest",
    "harbour source:second",
    "harbour after:2026-02-20 before:2026-03-01",
    '"the harbour',
]


@pytest.fixture
def filled(bench: Bench) -> Bench:
    """Two papers; of their words one is in half of the stories, one in a third, one in every hundredth."""
    one, two = bench.source("first"), bench.source("second")
    items = []
    for number in range(900):
        words = "the harbour" if number % 2 else "a street"
        words += " harbours" if number % 3 == 0 else ""
        words += " rarest" if number % 100 == 7 else ""
        words += " garden" if number % 5 == 0 else ""
        title = f"story{number} {words if number % 7 else ''}"
        items.append(bench.item(number, title, number, text=words, link=f"https://first.example/{number}"))
    bench.add(*items[::2], source=one)
    bench.add(*items[1::2], source=two)
    bench.store.mark_read([story.id for story in bench.store.stories(View(), limit=900)[::9]])
    return bench


def forwards(bench: Bench, view: View) -> list[Story]:
    found = page = bench.store.stories(view)
    while page:
        page = bench.store.stories(view, after=page[-1].key)
        found = found + page
    return found


def backwards(bench: Bench, view: View) -> list[Story]:
    """The index alone finds these."""
    found = page = bench.store.stories(view, last=True)
    while page:
        page = bench.store.stories(view, before=page[0].key)
        found = page + found
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("listing", [Listing.ALL, Listing.UNREAD])
def test_the_same_forwards_and_backwards(filled: Bench, query: str, listing: Listing) -> None:
    view = View(listing, search=query)
    found = forwards(filled, view)
    assert found == backwards(filled, view)
    assert len(found) == filled.store.count(view)
    assert found or (query, listing) == ("harbour is:read", Listing.UNREAD)


def test_a_common_word_is_not_looked_up_in_the_index(filled: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[View] = []
    compile_view = search.compile_view

    def noted(db: Database, view: View, *, loose: bool = False) -> list[search.Compiled]:
        asked.append(view)
        return compile_view(db, view, loose=loose)

    monkeypatch.setattr(search, "compile_view", noted)
    assert len(filled.store.stories(View(search="harbour"))) == 50
    assert asked == []
    assert len(filled.store.stories(View(search="rarest"))) == 9
    assert len(asked) == 1


def test_only_views_that_stand_in_an_index_are_walked(filled: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """To walk the others is to read all stories of them."""
    walked: list[str] = []
    monkeypatch.setattr(search, "walked", lambda connection, trial, high, limit: walked.append(trial.where.text))
    source = filled.store.sources()[0].id
    for view in (View(), View(Listing.UNREAD), View(source_id=source), View(language="ar"), View(Listing.STARRED)):
        filled.store.stories(replace(view, search="harbour"))
    assert len(walked) == 5
    with closing(sqlite3.connect(filled.path)) as connection:
        for text in walked:
            statement = f"EXPLAIN QUERY PLAN SELECT id FROM stories s WHERE {text} ORDER BY s.sorted_at DESC, s.id DESC"
            steps = [row[3] for row in connection.execute(statement, ("?",) * text.count("?"))]
            assert len(steps) == 1, "in its order, nothing to sort"
            assert "USING" in steps[0]
    for view in (View(search="source:second harbour"), View(search="paper:first harbour")):
        filled.store.stories(view)
    filled.store.stories(View(source_id=source, language="ar", search="harbour"))
    filled.store.stories(View(paper=((source, ""),), search="harbour"))
    assert len(walked) == 5


def test_which_searches_are_tried(filled: Bench) -> None:
    tried = {query for query in QUERIES if newest.may_go_on(parse(query, typing=True))}
    assert "harbour" in tried
    assert tried.isdisjoint({"harbour is:unread", '"the harbour'}), "no word is being typed"
