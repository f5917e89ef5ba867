"""What can still be read of a damaged file, as a new file.

Tables are read in ranges of row ids; a range that fails is halved until the unreadable rows are found. A damaged first
page is replaced by that of a new file, which is the same for every file of a schema version. Search index, groups and
counts are made anew, so only sources, stories, articles and the reader's state have to read. Damaged bytes may look
like text: all of it passes the one door again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.bidi.sanitize import sanitize
from tui.news import codec
from tui.news.folding import fold
from tui.news.model import Article, Direction, SourceKind
from tui.store import bodies, groups, schema, settling
from tui.store.connection import Database, prepare
from tui.store.identity import plain_link
from tui.store.opening import Clock, Progress, untold
from tui.store.place import make_way
from tui.store.rows import facets, key_number

_FAILURES = 20_000
"""So many unreadable ranges a table, then the rest is given up."""
_RANGE = 512

_SOURCE = [
    "id",
    "address",
    "title",
    "kind",
    "site",
    "language",
    "country",
    "direction",
    "enabled",
    "full_text",
    "builtin",
    "removed_at",
    "last_success",
]
_STORY = [
    "id",
    "source_id",
    "guid_hash",
    "link_hash",
    "content_hash",
    "sorted_at",
    "first_seen",
    "published",
    "title",
    "paper",
    "link",
    "language",
    "image",
    "copied",
    "read",
    "starred",
    "hidden",
    "group_id",
]
_SMALL = {
    "places": ("story_id", "paragraph", '"offset"', "at"),
    "history": ("id", "url", "title", "at"),
    "ungrouped": ("story_id",),
    "rules": ("id", "query", "effect", "enabled"),
    "lists": ("id", "name", "query"),
}
_KEYED = {"memory": ("name", "value"), "tombstones": ("source_id", "identity", "listed_at")}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much was saved."""

    sources: int = 0
    stories: int = 0
    starred: int = 0


def salvage(damaged: Path, fresh: Path, clock: Clock, progress: Progress = untold) -> Salvaged:
    """Make ``fresh`` from what reads of ``damaged``, which is not changed. Raises StoreError when ``fresh`` cannot be
    written. What ``progress`` raises (a reader who interrupts) ends it, with nothing left behind."""
    for leftover in (
        fresh,
        *(_beside(fresh, ending) for ending in ("-wal", "-shm", ".copy", ".copy-wal", ".copy-shm")),
    ):
        make_way(leftover)
    db = Database(fresh, clock=clock)
    copy = _beside(fresh, ".copy")
    try:
        with db.reading():
            prepare(db)
        if damaged.exists() and damaged.stat().st_size:
            shutil.copy(damaged, copy)
        else:
            copy.touch()
            _replace_first_page(copy, fresh)  # SQLite deletes the log of a file without pages
        if _beside(damaged, "-wal").exists():
            shutil.copy(_beside(damaged, "-wal"), _beside(copy, "-wal"))
        result = Salvaged()
        with contextlib.closing(_open(copy, fresh)) as old:
            result = _everything(old, db, progress)
        with db.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return result
    except BaseException:
        db.close()
        for ending in ("", "-wal", "-shm"):
            _beside(fresh, ending).unlink(missing_ok=True)  # on a full disk what is half done would take the room
        raise
    finally:
        db.close()
        for leftover in (copy, _beside(copy, "-wal"), _beside(copy, "-shm")):
            leftover.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _open(copy: Path, fresh: Path) -> sqlite3.Connection:
    """The copy as it is; else with a new first page, and its log as long as that does not make it worse."""
    connection = _lenient(copy)
    for endings in (("-shm",), ("-shm", "-wal")):
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("SELECT id FROM sources LIMIT 1").fetchone()
            return connection
        except sqlite3.DatabaseError:
            connection.close()
            for ending in endings:
                _beside(copy, ending).unlink(missing_ok=True)
            _replace_first_page(copy, fresh)
            connection = _lenient(copy)
    return connection


def _lenient(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    with contextlib.suppress(sqlite3.DatabaseError):
        # Without this a file shorter than its header says is refused as a whole.
        connection.execute("PRAGMA writable_schema = ON")
    return connection


def _replace_first_page(copy: Path, fresh: Path) -> None:
    """Give the copy the first page of a new file: header and table of contents."""
    with contextlib.closing(sqlite3.connect(fresh)) as new:
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with fresh.open("rb") as new_file:
        page = bytearray(new_file.read(4096))
    pages = max(1, copy.stat().st_size // 4096)
    page[28:32] = pages.to_bytes(4, "big")
    page[32:40] = bytes(8)  # no free pages are known
    page[92:96] = page[24:28]
    with copy.open("r+b") as old:
        old.write(page)


def _everything(old: sqlite3.Connection, db: Database, progress: Progress) -> Salvaged:
    sources = _sources(old, db)
    stories, starred = _stories(old, db, set(sources), progress)
    for table, columns in _SMALL.items():
        _copy(db, table, columns, _rows(old, table, columns))
    for table, columns in _KEYED.items():
        _copy(db, table, columns, _rows_without_ids(old, table, columns))
    return Salvaged(len(sources), stories, starred)


def _sources(old: sqlite3.Connection, db: Database) -> set[int]:
    rows: list[tuple[Any, ...]] = []
    for row in _rows(old, "sources", _SOURCE):
        value = dict(zip(_SOURCE, row, strict=True))
        texts = ("address", "title", "kind", "site", "language", "country", "direction")
        if not all(isinstance(value[name], str) for name in texts) or not _integers(value, set(_SOURCE) - set(texts)):
            continue
        if value["kind"] in list(SourceKind) and value["direction"] in list(Direction):
            rows.append(tuple(sanitize(cell) if isinstance(cell, str) else cell for cell in row))
    _copy(db, "sources", _SOURCE, iter(rows))
    return {int(row[0]) for row in rows}


def _integers(value: dict[str, Any], names: set[str]) -> bool:
    return all(isinstance(value[name], int) for name in names)


def _stories(old: sqlite3.Connection, db: Database, sources: set[int], progress: Progress) -> tuple[int, int]:
    steps = 2 * _count(old, "stories")
    progress(0, steps)
    texts = {"title", "paper", "link", "language"}
    total = starred = 0
    grouped: set[int] = set()
    batch: list[dict[str, Any]] = []
    for row in _rows(old, "stories", _STORY):
        value = dict(zip(_STORY, row, strict=True))
        whole = all(isinstance(value[name], str) for name in texts) and _integers(
            value, set(_STORY) - texts - {"published"}
        )
        if not whole or not isinstance(value["published"], int | None) or value["sorted_at"] < 0:
            continue
        batch.append(value)
        total += 1
        starred += bool(value["starred"])
        if value["group_id"]:
            grouped.add(value["group_id"])
        if len(batch) == _RANGE:
            _store(old, db, batch, sources)
            batch = []
            progress(total, steps)
    _store(old, db, batch, sources)
    progress(total, 2 * total)  # what could not be read is no step any more
    for group in sorted(grouped):
        with db.writing() as connection:
            groups.rank(connection, group)
    done, more = total, 1
    while more:
        with db.writing() as connection:
            more = settling.index(connection, _RANGE)
        done += more
        progress(done, 2 * total)
    return total, starred


def _store(old: sqlite3.Connection, db: Database, batch: list[dict[str, Any]], sources: set[int]) -> None:
    marks = ", ".join("?" * len(_STORY))
    with db.writing() as connection:
        for value in sorted(batch, key=lambda value: (value["sorted_at"], value["id"])):
            for name in ("title", "paper", "link"):
                value[name] = sanitize(value[name])
            if value["source_id"] not in sources:
                _stand_in(connection, value["source_id"], value["link"])
                sources.add(value["source_id"])
            value["content_hash"] = 0  # whatever the feed says next is taken for an update
            connection.execute(
                f"INSERT OR IGNORE INTO stories ({', '.join(_STORY)}, leads) VALUES ({marks}, ?)",  # noqa: S608
                (*(value[name] for name in _STORY), value["hidden"] == 0),
            )
            _store_text(old, connection, value)


def _store_text(old: sqlite3.Connection, connection: sqlite3.Connection, value: dict[str, Any]) -> None:
    article = _article(old, value["id"])
    body = ""
    if article is not None:
        bodies.put(connection, value["id"], article)
        body = fold(bodies.plain_text(article.blocks))
    words = facets(value["source_id"], value["language"], value["paper"], bool(value["image"]))
    connection.execute(
        "INSERT OR IGNORE INTO texts (key, title, body, paper, facets) VALUES (?, ?, ?, ?, ?)",
        (key_number(value["sorted_at"], value["id"]), fold(value["title"]), body, fold(value["paper"]), words),
    )


def _article(old: sqlite3.Connection, story_id: int) -> Article | None:
    try:
        row = old.execute("SELECT article FROM bodies WHERE story_id = ?", (story_id,)).fetchone()
        return None if row is None else codec.decode(Article, json.loads(row[0]))
    except (sqlite3.DatabaseError, ValueError, TypeError, RecursionError):
        return None


def _stand_in(connection: sqlite3.Connection, source_id: int, link: str) -> None:
    """A source for stories whose own could not be read: it is not fetched, the reader adds the real one again."""
    title = plain_link(link).partition("/")[0] or f"? {source_id}"
    columns = "id, address, title, kind, site, language, country, direction, enabled, full_text, builtin"
    connection.execute(
        f"INSERT INTO sources ({columns}) VALUES (?, ?, ?, 'feed', '', '', '', 'auto', 0, 1, 0)",  # noqa: S608
        (source_id, f"lost:{source_id}", title),
    )


def _copy(db: Database, table: str, columns: tuple[str, ...] | list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    with db.writing() as connection:
        for row in rows:
            if not any(isinstance(cell, bytes) for cell in row):
                with contextlib.suppress(sqlite3.IntegrityError):
                    connection.execute(statement, row)


def _rows(old: sqlite3.Connection, table: str, columns: tuple[str, ...] | list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that can be read, in the order of their ids."""
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
    ranges = [(first, first + _RANGE - 1) for first in range(1, _last_id(old, table) + 1, _RANGE)][::-1]
    failures = 0
    while ranges and failures < _FAILURES:
        first, last = ranges.pop()
        try:
            yield from old.execute(statement, (first, last)).fetchall()
        except sqlite3.DatabaseError:
            failures += 1
            if first < last:
                middle = (first + last) // 2
                ranges += [(middle + 1, last), (first, middle)]


def _count(old: sqlite3.Connection, table: str) -> int:
    """How many rows there are; 0 when nobody can say."""
    try:
        return int(old.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
    except sqlite3.DatabaseError:
        return 0


def _last_id(old: sqlite3.Connection, table: str) -> int:
    """The highest row id; 16 million when nobody can say."""
    for statement in (f"SELECT max(rowid) FROM {table}", f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"):  # noqa: S608
        try:
            row = old.execute(statement).fetchone()
        except sqlite3.OperationalError:
            return 0  # no such table: an older file
        except sqlite3.DatabaseError:
            continue
        if row is not None and isinstance(row[0], int):
            return min(row[0], schema.ID_MASK)
        if row is not None and row[0] is None:
            return 0
    return 1 << 24


def _rows_without_ids(old: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table without row ids, up to the first that cannot be read, from both ends."""
    for way in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.DatabaseError):
            yield from old.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]} {way}")  # noqa: S608
