"""A damaged file: what reads of it is saved, the file is kept, and the reader is told."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import PAGE, corrupted, whole
from tui.news.model import Key, Listing, View
from tui.store import errors, schema
from tui.store.errors import NoticeKind
from tui.store.store import Store


def check_repaired(bench: Bench) -> tuple[set[int], set[int]]:
    """The store works again, said so, and kept the damaged file."""
    notice = bench.store.notices[0]
    values = dict(notice.values)
    assert notice.kind is NoticeKind.SET_ASIDE
    assert Path(values["path"]).exists()
    assert values["path"] in notice.sentence
    found = bench.store.stories(View(), limit=10_000)
    starred = bench.store.stories(View(Listing.STARRED), limit=10_000)
    assert (int(values["stories"]), int(values["starred"])) == (len(found), len(starred))
    bench.add(bench.item("after", "after the repair"))
    assert bench.search("after the repair") == ["after the repair"]
    bench.close()
    assert bench.store.notices == [], "told once"
    bench.close()
    whole(bench.path)
    return {story.id for story in found}, {story.id for story in starred}


@pytest.mark.parametrize("damage", ["zeros", "garbage", "text"])
def test_a_damaged_head(bench: Bench, damage: str) -> None:
    ids, starred = corrupted(bench)
    filling = {
        "zeros": bytes(PAGE),
        "garbage": random.Random(1).randbytes(PAGE),
        "text": b"<html>not found</html>" * 10,
    }[damage]
    with bench.path.open("r+b") as file:
        file.write(filling)
    found = check_repaired(bench)
    assert found == (ids, starred), "the first page holds no story: all of them are saved"
    assert bench.store.recall("selection") == "7"
    assert [rule.query for rule in bench.store.rules()] == ["horoscope"]
    assert bench.store.count(View(Listing.UNREAD)) == 400 - 50 + 1
    article = bench.store.article(max(ids))
    assert article is not None


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_middle(bench: Bench, seed: int) -> None:
    ids, _ = corrupted(bench)
    chance = random.Random(seed)
    pages = bench.path.stat().st_size // PAGE
    with bench.path.open("r+b") as file:
        for _ in range(6):
            file.seek(chance.randrange(1, pages) * PAGE)
            file.write(chance.randbytes(PAGE))
    for _ in range(3):
        if bench.store.notices:
            break
        use_until_it_shows(bench)
        bench.reopen()
    else:
        pytest.skip("the damage hit pages that nothing reads")
    found, _ = check_repaired(bench)
    assert found <= ids
    assert len(found) >= len(ids) * 0.6


def use_until_it_shows(bench: Bench) -> None:
    """Reading on meets the damage and says so in a sentence; nothing but StoreError comes out."""
    store = bench.store
    key: Key | None = None
    try:
        while page := store.stories(View(), after=key, limit=50):
            key = page[-1].key
            for story in page:
                store.article(story.id)
        store.stories(View(search="headline*"), limit=1_000)
        store.prune(0)
        bench.fill(3)
    except errors.StoreDamaged as error:
        assert error.sentence.endswith(".")


@pytest.mark.parametrize("share", [0.7, 0.3])
def test_a_truncated_file(bench: Bench, share: float) -> None:
    ids, _ = corrupted(bench)
    size = bench.path.stat().st_size
    os.truncate(bench.path, int(size * share))
    found, _ = check_repaired(bench)
    assert found <= ids


def test_an_empty_file_is_a_new_store(bench: Bench) -> None:
    bench.path.touch()
    assert bench.store.notices == []
    bench.fill(1)


def test_a_file_that_has_lost_its_tables_is_set_aside(bench: Bench) -> None:
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.commit()
    assert bench.store.notices[0].kind is NoticeKind.SET_ASIDE
    bench.fill(1)


def beheaded(bench: Bench) -> tuple[set[int], bytes]:
    """A file without its first page, all of whose stories can be saved: their ids, and the file's bytes."""
    ids, _ = corrupted(bench)
    with bench.path.open("r+b") as file:
        file.write(bytes(PAGE))
    return ids, bench.path.read_bytes()


def test_a_repair_says_how_far_it_is(bench: Bench) -> None:
    ids, _ = beheaded(bench)
    told: list[tuple[int, int]] = []
    Store.open(bench.path, progress=lambda done, total: told.append((done, total))).close()
    steps = 2 * len(ids)
    assert told[0] == (0, steps), "said before anything is waited for"
    assert told[-1] == (steps, steps)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert any(0 < done < steps for done, _ in told)


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_a_repair_that_is_interrupted_changes_nothing(bench: Bench, at: float) -> None:
    ids, before = beheaded(bench)

    def interrupt(done: int, total: int) -> None:
        if done >= at * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store.open(bench.path, progress=interrupt)
    assert bench.path.read_bytes() == before
    assert {file.name for file in bench.path.parent.iterdir()} <= {bench.path.name, f"{bench.path.name}.lock"}
    assert check_repaired(bench)[0] == ids


def test_killed_between_setting_aside_and_replacing(bench: Bench) -> None:
    ids, _ = corrupted(bench)
    bench.path.rename(bench.path.with_name(bench.path.name + ".salvaged"))
    assert {story.id for story in bench.store.stories(View(), limit=1_000)} == ids
