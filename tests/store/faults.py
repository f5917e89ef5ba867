"""Processes that work on a store until they are killed, and whether it is whole afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

from tests.store.conftest import Bench
from tui.news.model import Article, Paragraph, Text
from tui.store import schema
from tui.store.store import Store

PAGE = 4096


def child(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process that works on a store and prints what was confirmed."""
    head = """
        import sys, os, time
        from pathlib import Path
        from tui.news.model import *
        from tui.store.store import Store
        from tui.store import errors
        store = Store.open(Path(sys.argv[1]))
    """
    text = textwrap.dedent(head) + textwrap.dedent(program)
    return subprocess.Popen([sys.executable, "-u", "-c", text, *arguments], stdout=subprocess.PIPE, text=True)


def whole(path: Path) -> None:
    """SQLite finds nothing wrong, and the index agrees with its texts, once what a kill left waiting is in it."""
    with closing(Store.open(path)) as store:
        assert store.notices == []
        while store.settle().more:
            pass
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        tallies = dict(connection.execute("SELECT name, n FROM tallies").fetchall())
        counted = connection.execute(
            "SELECT count(*), coalesce(sum(read = 0), 0) FROM stories WHERE leads = 1"
        ).fetchone()
        assert (tallies["all"], tallies["unread"]) == counted
        languages = "SELECT language, count(*), sum(read = 0) FROM stories WHERE leads = 1 GROUP BY language"
        counted_by_language = "SELECT language, shown, unread FROM language_tallies WHERE shown > 0"
        assert set(connection.execute(counted_by_language)) == set(connection.execute(languages))
        missing = connection.execute(
            f"SELECT count(*) FROM stories s LEFT JOIN texts t ON t.key = (s.sorted_at << {schema.ID_BITS} | s.id)"
            " WHERE t.key IS NULL"
        ).fetchone()
        assert missing == (0,), "every story can be searched"


WRITER = """
    source = store.add_source(Source("https://a.example/feed", "A"))
    run, number = sys.argv[2], 0
    while True:
        items = [Item(f"{run}-{number}-{n}", f"{run} headline{number} {n}", f"https://a.example/{run}/{number}/{n}",
                      text="words " * 60) for n in range(20)]
        new = store.add_items(source, items).new
        store.mark_read(new[:1])
        store.star(new[1:2])
        store.set_place(new[2], number + 1, 5)
        print(new[0], new[1], new[2], number + 1, flush=True)
        number += 1
"""


def numbers(line: str) -> tuple[int, int, int, int]:
    a, b, c, d = map(int, line.split())
    return a, b, c, d


def failed(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode != 0


def corrupted(bench: Bench, stories: int = 400) -> tuple[set[int], set[int]]:
    """A filled and closed store; the ids of all stories and of the starred ones."""
    listed = bench.fill(stories)
    starred = {story.id for story in listed[::10]}
    bench.store.star(sorted(starred))
    bench.store.mark_read([story.id for story in listed[:50]])
    bench.store.remember("selection", "7")
    bench.store.add_rule("horoscope", "hide")
    bench.store.save_article(listed[0].id, Article("t", (Paragraph(Text("a long full text")),)))
    bench.close()
    return {story.id for story in listed}, starred
