"""Files of older and newer khabars, and one that is open in both."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import child, whole
from tui.news.model import View
from tui.store import errors, schema
from tui.store.errors import NoticeKind


def test_a_file_of_a_newer_khabar_is_read_and_not_touched(bench: Bench) -> None:
    stories = bench.fill(3)
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("ALTER TABLE stories ADD COLUMN mood TEXT")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 3}")
        connection.commit()
    notice = bench.store.notices[0]
    assert notice.kind is NoticeKind.NEWER
    assert dict(notice.values)["found"] == str(schema.VERSION + 3)
    assert bench.store.stories(View()) == stories
    with pytest.raises(errors.StoreNewer):
        bench.store.mark_read([stories[0].id])
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("ALTER TABLE memory RENAME TO remembered")
        connection.commit()
    with pytest.raises(errors.StoreNewer):
        bench.store.recall("x")


def as_of_version(path: Path, version: int) -> None:
    """Make the file what an older khabar would have made of the same news: its own schema, filled row by row."""
    old = path.with_name("old.sqlite3")
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection, to=version)
        connection.execute("ATTACH ? AS new", (str(path),))
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table.startswith("search") or "tallies" in table:
                continue  # kept by triggers
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.commit()
    old.replace(path)


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_older_file_is_migrated_with_all_it_holds(bench: Bench, version: int) -> None:
    stories = bench.fill(50)
    bench.store.star([stories[3].id])
    bench.store.mark_read([stories[7].id])
    before = bench.store.stories(View(), limit=100)
    bench.close()
    as_of_version(bench.path, version)
    assert bench.store.notices == []
    assert bench.store.stories(View(), limit=100) == before
    assert bench.store.smart_lists() == []
    assert bench.store.counts().starred == 1
    assert sum(bench.store.unread_by_source().values()) == 49, "counted from what was there"
    bench.store.mark_read([stories[4].id])
    assert sum(bench.store.unread_by_source().values()) == 48
    assert bench.search("headline7 ") == ["Paper headline7"], "found in the index it had"
    bench.add(bench.item("new", "a new headline"))
    assert bench.search("new headline ") == ["a new headline"]
    bench.close()
    whole(bench.path)


def test_an_older_khabar_writes_on_while_the_file_is_migrated(bench: Bench) -> None:
    """It has the file open and knows nothing of the new tables: what it stores is searched and grouped all the same."""
    first = bench.fill(2)
    bench.close()
    as_of_version(bench.path, 5)
    with closing(sqlite3.connect(bench.path, isolation_level=None)) as old:
        old.execute("SELECT count(*) FROM stories").fetchone()
        assert bench.search("headline1 ") == ["Paper headline1"]  # the new one has migrated it
        old.execute("BEGIN IMMEDIATE")
        old.execute(
            "INSERT INTO stories (id, source_id, guid_hash, link_hash, content_hash, sorted_at, first_seen, title,"
            " paper, link, language, image, copied) VALUES (99, ?, 1, 0, 0, 5, 5, 'Ancient', '', '', 'en', 0, 0)",
            (first[0].source_id,),
        )
        key = 5 << schema.ID_BITS | 99
        old.execute("INSERT INTO texts (key, title, body, paper, facets) VALUES (?, 'ancient', '', '', 'any')", (key,))
        old.execute("UPDATE texts SET body = 'changed at once' WHERE key = ?", (key,))
        old.execute("INSERT OR IGNORE INTO stems (stem, sorted_at, story_id) VALUES (7, 5, 99)")
        old.execute("INSERT OR IGNORE INTO stems (stem, sorted_at, story_id) VALUES (7, 5, 99)")
        old.execute("COMMIT")
        query = "SELECT story_id FROM stems WHERE stem = 7 AND sorted_at BETWEEN 0 AND 9"
        assert old.execute(query).fetchall() == [(99,)]
        old.execute("DELETE FROM stems WHERE sorted_at < 9")
        assert old.execute(query).fetchall() == []
        assert bench.search("changed ") == ["Ancient"]
        bench.settle()
        assert bench.search("changed ancient ") == ["Ancient"]
        old.execute("DELETE FROM texts WHERE key = ?", (key,))
        old.execute("DELETE FROM stories WHERE id = 99")
        assert bench.search("ancient ") == []
    bench.close()
    whole(bench.path)


def test_a_migration_that_fails_changes_nothing(bench: Bench) -> None:
    bench.fill(3)
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("PRAGMA user_version = 1")  # its "lists" is in the way
        connection.commit()
        count = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with pytest.raises(errors.StoreError):
        bench.another()
    with closing(sqlite3.connect(bench.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == count


def test_opening_reads_little_and_imports_less(bench: Bench) -> None:
    """The first frame waits for this: nothing heavy is imported, nothing is scanned."""
    bench.fill(10)
    bench.close()
    program = """
        store.stories(View())
        heavy = ["httpx", "textual", "feedparser", "selectolax", "babel"]
        heavy += ["tui.news.codec", "tui.store.arrivals", "tui.store.salvage"]
        print(*[name for name in heavy if name in sys.modules])
    """
    output, _ = child(program, str(bench.path)).communicate(timeout=30)
    assert output.strip() == ""
