"""Lists by paper: which papers a list has, how many of their stories are unread, and each one's pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.conftest import Bench
from tui.news.model import Key, Listing, Paper, Story, View
from tui.store.papers import papers as asked


def of(bench: Bench, view: View | None = None) -> dict[str, Paper]:
    return {paper.name: paper for paper in bench.store.papers(view or View())}


def test_a_paper_is_what_stands_under_its_headlines_wherever_they_come_from(bench: Bench) -> None:
    press, herald = bench.source("press", language="en"), bench.source("herald", language="ar")
    bench.add(bench.item(1, "one", 1, source="Herald"), bench.item(2, "two", 2, source="Gazette"), source=press)
    bench.add(bench.item(3, "three", 3), bench.item(4, "four", 4), source=herald)
    found = of(bench)
    assert {name: paper.unread for name, paper in found.items()} == {"Herald": 3, "Gazette": 1}
    assert set(found["Herald"].parts) == {(press.id, "Herald"), (herald.id, "")}
    assert bench.titles(View(paper=found["Herald"].parts)) == ["one", "three", "four"]
    assert bench.store.count(View(paper=found["Herald"].parts)) == 3
    assert set(of(bench, View(source_id=press.id))) == {"Herald", "Gazette"}
    assert {name: paper.unread for name, paper in of(bench, View(language="ar")).items()} == {"Herald": 2}


@pytest.mark.parametrize("listing", list(Listing))
def test_every_list_has_the_papers_of_its_stories_and_their_unread_ones(bench: Bench, listing: Listing) -> None:
    stories = [story for name in ("press", "herald", "gazette") for story in bench.fill(30, bench.source(name))]
    bench.store.mark_read([story.id for story in stories[::3]])
    bench.store.star([story.id for story in stories[5:40]])
    bench.store.hide([stories[1].id, stories[61].id])
    shown = bench.store.stories(View(listing), limit=100)
    found = of(bench, View(listing))
    assert set(found) == {story.paper for story in shown}
    for name, paper in found.items():
        own = [story for story in shown if story.paper == name]
        assert paper.unread == sum(not story.read for story in own)
        assert walked(bench, View(listing, paper=paper.parts)) == own


def walked(bench: Bench, view: View) -> list[Story]:
    """All stories of a view by small pages, the same downwards and upwards."""
    down: list[Story] = []
    key: Key | None = None
    while page := bench.store.stories(view, after=key, limit=4):
        down += page
        key = page[-1].key
    up = bench.store.stories(view, last=True, limit=4)
    while page := bench.store.stories(view, before=up[0].key, limit=4):
        up = page + up
    assert up == down
    return down


def test_what_a_search_finds_has_no_papers(bench: Bench) -> None:
    bench.fill(3)
    assert bench.store.papers(View(search="headline1")) == []


def test_counting_reads_the_index_alone_and_a_page_is_not_sorted(bench: Bench) -> None:
    """100,000 stories are counted by paper in some 15 ms: were the rows read, it would be ten times that."""
    (story, *_) = bench.fill(3)
    paper = of(bench)[story.paper]
    with bench.store._db.reading() as connection:
        said: list[str] = []
        connection.set_trace_callback(said.append)
        asked(bench.store._db, View())
        bench.store.stories(View(Listing.UNREAD, paper=paper.parts))
        connection.set_trace_callback(None)
        plans = [
            " / ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
            for statement in said
            if statement.startswith("SELECT")
        ]
    assert "COVERING INDEX stories_paper" in plans[0]
    assert "INDEX stories_paper (source_id=? AND paper=?)" in plans[1]
    assert "TEMP B-TREE FOR ORDER BY" not in plans[1]


def test_a_renamed_source_renames_its_paper(bench: Bench) -> None:
    source = bench.source("press")
    bench.fill(2, source)
    bench.store.update_source(replace(source, title="The Press"))
    assert set(of(bench)) == {"The Press"}
