"""Sources and how they have been doing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tui.news.health import Health, Try
from tui.news.model import Source
from tui.store import following
from tui.store.connection import Database
from tui.store.rows import SOURCE_COLUMNS, one, seconds, source_from, source_values, time_from

TRIES_KEPT = 30
_TRY_COLUMNS = "at, outcome, status, bytes, new, failure, sentence, next_allowed"


def all_sources(db: Database) -> list[Source]:
    """Every source that is not removed, in the order they were added."""
    with db.reading() as connection:
        rows = connection.execute(f"SELECT {SOURCE_COLUMNS} FROM sources WHERE removed_at = 0 ORDER BY id")  # noqa: S608
        return [source_from(row) for row in rows]


def by_id(db: Database, source_id: int) -> Source | None:
    """The source with this id, removed ones excepted."""
    return _one_source(db, "id = ?", source_id)


def by_address(db: Database, address: str) -> Source | None:
    """The source with this address, removed ones excepted."""
    return _one_source(db, "address = ?", address)


def _one_source(db: Database, condition: str, value: Any) -> Source | None:
    with db.reading() as connection:
        statement = f"SELECT {SOURCE_COLUMNS} FROM sources WHERE {condition} AND removed_at = 0"  # noqa: S608
        row = connection.execute(statement, (value,)).fetchone()
        return None if row is None else source_from(row)


def add(db: Database, source: Source) -> Source:
    """The source as stored; one with the same address stays as it is, a removed one comes back, and its stories with
    ``following.carry_on``."""
    with db.writing() as connection:
        row = connection.execute("SELECT id, removed_at FROM sources WHERE address = ?", (source.address,)).fetchone()
        if row is None:
            marks = ", ".join("?" * 10)
            columns = SOURCE_COLUMNS.removeprefix("id, ")
            cursor = connection.execute(f"INSERT INTO sources ({columns}) VALUES ({marks})", source_values(source))  # noqa: S608
            source_id = int(cursor.lastrowid or 0)
        else:
            source_id = int(row[0])
            if row[1]:
                following.turn(connection, (source_id,), 0)
        found = connection.execute(f"SELECT {SOURCE_COLUMNS} FROM sources WHERE id = ?", (source_id,)).fetchone()  # noqa: S608
        return source_from(found)


def update(db: Database, source: Source) -> None:
    """Store the fields of a source that has an id. Its address may change, unless another source has it."""
    columns = SOURCE_COLUMNS.removeprefix("id, ").split(", ")
    pairs = ", ".join(f"{column} = ?" for column in columns)
    with db.writing() as connection:
        connection.execute(f"UPDATE sources SET {pairs} WHERE id = ?", (*source_values(source), source.id))  # noqa: S608


def withdraw(db: Database, source_id: int) -> None:
    """Remove a source, and its stories with ``following.carry_on``; no change that could be undone."""
    with db.writing() as connection:
        following.turn(connection, (source_id,), max(db.now(), 1))


def record_try(db: Database, source_id: int, attempt: Try) -> None:
    """Keep an attempt; only the last 30 of a source stay."""
    with db.writing() as connection:
        connection.execute(
            f"INSERT INTO tries (source_id, {_TRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                source_id, seconds(attempt.at), attempt.outcome, attempt.status, attempt.bytes, attempt.new,
                attempt.failure, attempt.sentence, seconds(attempt.next_allowed),
            ),
        )  # fmt: skip
        connection.execute(
            "DELETE FROM tries WHERE source_id = ?1 AND id <="
            " (SELECT id FROM tries WHERE source_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            (source_id, TRIES_KEPT),
        )
        if attempt.outcome in ("fresh", "revalidated"):
            at = int(attempt.at.timestamp())
            connection.execute("UPDATE sources SET last_success = ? WHERE id = ?", (at, source_id))


def health(db: Database, source_id: int) -> Health:
    """How one source has been doing."""
    with db.reading() as connection:
        rows = connection.execute(f"SELECT {_TRY_COLUMNS} FROM tries WHERE source_id = ? ORDER BY id", (source_id,))  # noqa: S608
        success = one(connection, "SELECT last_success FROM sources WHERE id = ?", source_id)
        return _health(source_id, [_try(row) for row in rows], success or 0)


def healths(db: Database) -> dict[int, Health]:
    """How every source has been doing, by id."""
    with db.reading() as connection:
        tries: dict[int, list[Try]] = defaultdict(list)
        for row in connection.execute(f"SELECT {_TRY_COLUMNS}, source_id FROM tries ORDER BY id"):  # noqa: S608
            tries[row[-1]].append(_try(row[:-1]))
        rows = connection.execute("SELECT id, last_success FROM sources WHERE removed_at = 0").fetchall()
        return {source_id: _health(source_id, tries[source_id], success) for source_id, success in rows}


def _health(source_id: int, tries: Iterable[Try], success: int) -> Health:
    return Health(source_id, tuple(tries), time_from(success) if success else None)


def _try(row: tuple[Any, ...]) -> Try:
    at, outcome, status, size, new, failure, sentence, next_allowed = row
    return Try(
        time_from(at), outcome, status, size, new, failure, sentence,
        None if next_allowed is None else time_from(next_allowed),
    )  # fmt: skip
