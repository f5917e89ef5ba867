"""Sources with very many stories come and go in short transactions, and whoever is killed leaves no half."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import child, whole
from tui.news.model import Item, Listing, Source, View
from tui.store import following, state
from tui.store.rows import Hidden
from tui.store.store import Store

MANY = 300


@pytest.fixture
def in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction ends after its first piece."""
    monkeypatch.setattr(following, "SLICE", 0.0)


def filled(bench: Bench) -> tuple[Source, Source]:
    sources = bench.source("one"), bench.source("two")
    for source in sources:
        bench.fill(MANY, source)
    return sources


def seen(store: Store) -> tuple[int, int, int]:
    counts = store.counts()
    return counts.all, counts.unread, store.count(View(search="headline* "))


def to_the_end(store: Store) -> None:
    while store.carry_on():
        pass


@pytest.mark.usefixtures("in_many")
def test_the_newest_go_first_and_the_rest_follows(bench: Bench) -> None:
    one, _ = filled(bench)
    bench.store.remove_source(one.id)
    assert [source.title for source in bench.store.sources()] == ["Two"]
    assert MANY < bench.store.counts().all < 2 * MANY, "a first piece"
    to_the_end(bench.store)
    assert seen(bench.store) == (MANY, MANY, MANY)
    assert not bench.store.unfinished
    bench.store.undo()
    to_the_end(bench.store)
    assert seen(bench.store) == (2 * MANY, 2 * MANY, 2 * MANY)
    bench.close()
    whole(bench.path)


@pytest.mark.usefixtures("in_many")
def test_a_removal_taken_back_in_the_middle_turns_round(bench: Bench) -> None:
    one, two = filled(bench)
    bench.store.remove_source(one.id)
    bench.store.carry_on()
    bench.another().remove_source(two.id)
    bench.store.undo()
    to_the_end(bench.another())
    assert seen(bench.store) == (MANY, MANY, MANY)
    assert bench.store.stories(View(), limit=1)[0].source_id == one.id


def test_a_story_hidden_by_its_reader_stays_hidden_when_its_source_comes_back(bench: Bench) -> None:
    one, _ = filled(bench)
    story = bench.store.stories(View(source_id=one.id), limit=1)[0]
    bench.store.hide([story.id])
    bench.store.remove_source(one.id)
    bench.store.undo()
    to_the_end(bench.store)  # more than one piece on a slow machine
    assert seen(bench.store) == (2 * MANY - 1, 2 * MANY - 1, 2 * MANY - 1)


def test_what_arrives_for_a_source_removed_meanwhile_is_not_seen(bench: Bench) -> None:
    source = bench.source("one")
    bench.store.remove_source(source.id)
    assert bench.add(bench.item("late"), source=source).new == ()
    assert bench.titles() == []
    bench.store.undo()
    assert bench.titles() == ["headlinelate"]


@pytest.mark.parametrize("back", [False, True])
def test_a_kill_in_the_middle_is_finished_by_whoever_comes_next(tmp_path: Path, back: bool) -> None:
    path = tmp_path / "khabar.sqlite3"
    store = Store.open(path)
    sources = [store.add_source(Source(f"https://{name}.example/feed", name)) for name in "ab"]
    for source in sources:
        store.add_items(source, [Item(f"{n}", f"headline {n}", f"{source.site}/{n}") for n in range(MANY)])
    if back:
        store.remove_source(sources[0].id)
        to_the_end(store)
    store.close()
    killed = child(
        """
        from tui.store import following, state
        following.SLICE = 0
        store.undo() if sys.argv[2] == "True" else store.remove_source(1)
        print("some", flush=True)
        time.sleep(60)
        """,
        str(path),
        str(back),
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "some\n"
    killed.kill()
    killed.wait()
    store = Store.open(path)
    assert MANY < store.counts().all < 2 * MANY
    assert store.unfinished
    to_the_end(store)
    assert seen(store) == ((2 * MANY,) * 3 if back else (MANY,) * 3)
    if not back:
        store.undo()
        to_the_end(store)
        assert seen(store) == (2 * MANY,) * 3
    assert store.count(View(Listing.UNREAD)) == store.counts().unread
    assert int(Hidden.SOURCE_REMOVED) == 4, "older versions have written it"
    store.close()
    whole(path)


def test_many_sources_are_one_change(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "SLICE", 0.0)
    bench.source("one")
    wanted = [Source(f"https://{n}.example/feed", f"paper {n}") for n in range(1_200)]
    told: list[int] = []

    def stop_at_500(done: int) -> bool:
        told.append(done)
        return done < 500

    _, added = bench.store.follow([Source("https://one.example/feed", "One"), *wanted], stop_at_500)
    assert told == [500]
    assert len(added) == 499
    kept = len(bench.store.sources())
    _, added = bench.store.follow(wanted)
    assert len(added) == 1_200 - (kept - 1)
    bench.reopen().undo()
    assert len(bench.store.sources()) == kept
    bench.store.undo()
    assert [source.title for source in bench.store.sources()] == ["One"]
    assert bench.store.follow([Source("https://one.example/feed", "One")])[0].id == 0
