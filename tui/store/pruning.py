"""Forgetting: what is older than the reader wants to keep, except the stars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.news.duplicates import WINDOW
from tui.store import groups
from tui.store.clock import trusted_for_forgetting
from tui.store.connection import Database
from tui.store.rows import key_number, one

DAY = 86_400
STEMS_KEPT = 14 * DAY
TOMBSTONES_KEPT = 180 * DAY
REMOVED_KEPT = 7 * DAY
"""How long a removed source can be brought back."""
_BATCH = 500


def _cutoff(db: Database, keep_days: int) -> int:
    """Stories first seen before this may go."""
    with db.reading() as connection:
        return trusted_for_forgetting(db, connection, keep_days * DAY) - keep_days * DAY


def prunable(db: Database, keep_days: int = 90) -> int:
    """How many stories ``prune`` would delete: what the reader is told before the first time."""
    with db.reading() as connection:
        statement = "SELECT count(*) FROM stories WHERE first_seen < ? AND starred = 0"
        return int(one(connection, statement, _cutoff(db, keep_days)))


def prune(db: Database, keep_days: int = 90) -> int:
    """Delete stories first seen more than ``keep_days`` ago, starred ones never; how many were deleted.

    In short transactions, so that a screen can write in between. What a feed still lists does not come back as new.
    """
    cutoff = _cutoff(db, keep_days)
    deleted = 0
    while chunk := _delete(db, "first_seen < ? AND starred = 0", (cutoff,)):
        deleted += chunk
    now = cutoff + keep_days * DAY
    with db.writing() as connection:
        connection.execute("DELETE FROM recent_stems WHERE span < ?", ((now - STEMS_KEPT) // WINDOW,))
        connection.execute("DELETE FROM tombstones WHERE listed_at < ?", (now - TOMBSTONES_KEPT,))
    _forget_removed(db, now - REMOVED_KEPT)
    return deleted


def _delete(db: Database, condition: str, values: Sequence[Any], *, bury: bool = True) -> int:
    with db.writing() as connection:
        statement = (
            f"SELECT id, source_id, guid_hash, link_hash, sorted_at FROM stories WHERE {condition} LIMIT {_BATCH}"  # noqa: S608
        )
        rows = connection.execute(statement, values).fetchall()
        ids = [(row[0],) for row in rows]
        groups.leave(connection, [row[0] for row in rows])
        if bury:
            now = db.now()
            names = [(source, name, now) for _, source, guid, link, _ in rows for name in (guid, link) if name]
            connection.executemany("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)", names)
        keys = sorted((key_number(row[4], row[0]),) for row in rows)
        connection.executemany("DELETE FROM texts WHERE key = ?", keys)
        for table, column in (("bodies", "story_id"), ("places", "story_id"), ("stories", "id")):
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ids)  # noqa: S608
        return len(rows)


def _forget_removed(db: Database, before: int) -> None:
    """Delete sources that were removed long enough ago, with their stories but for the starred ones."""
    with db.reading() as connection:
        removed = connection.execute("SELECT id FROM sources WHERE removed_at BETWEEN 1 AND ?", (before,)).fetchall()
    for (source_id,) in removed:
        while _delete(db, "source_id = ? AND hidden IS NOT NULL AND starred = 0", (source_id,), bury=False):
            pass
        with db.writing() as connection:
            if one(connection, "SELECT 1 FROM stories WHERE source_id = ? LIMIT 1", source_id) is None:
                connection.execute("DELETE FROM tombstones WHERE source_id = ?", (source_id,))
                connection.execute("DELETE FROM tries WHERE source_id = ?", (source_id,))
                connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))
