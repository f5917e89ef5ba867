"""Where the reader was: places in articles, the last selection, the addresses that were visited."""

from __future__ import annotations

from datetime import datetime

from tui.store.connection import Database
from tui.store.rows import one, time_from

HISTORY_KEPT = 1_000


def set_place(db: Database, story_id: int, paragraph: int, offset: int) -> None:
    """Remember the place in a story's article; the very start need not be remembered."""
    with db.writing() as connection:
        if paragraph <= 0 and offset <= 0:
            connection.execute("DELETE FROM places WHERE story_id = ?", (story_id,))
            return
        connection.execute(
            'INSERT OR REPLACE INTO places (story_id, paragraph, "offset", at) VALUES (?, ?, ?, ?)',
            (story_id, paragraph, offset, db.now()),
        )


def place(db: Database, story_id: int) -> tuple[int, int] | None:
    """The paragraph and the offset in it where the reader was, or None."""
    with db.reading() as connection:
        row: tuple[int, int] | None = connection.execute(
            'SELECT paragraph, "offset" FROM places WHERE story_id = ?', (story_id,)
        ).fetchone()
        return row


def remember(db: Database, key: str, value: str) -> None:
    """Keep a value under a name."""
    with db.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (key, value))


def recall(db: Database, key: str) -> str | None:
    """The value kept under a name, or None."""
    with db.reading() as connection:
        found: str | None = one(connection, "SELECT value FROM memory WHERE name = ?", key)
        return found


def history_add(db: Database, url: str, title: str) -> None:
    """Put an address at the top of the history."""
    with db.writing() as connection:
        connection.execute("DELETE FROM history WHERE url = ?", (url,))
        cursor = connection.execute("INSERT INTO history (url, title, at) VALUES (?, ?, ?)", (url, title, db.now()))
        # AUTOINCREMENT: ids only grow, so the order does not depend on the clock.
        connection.execute("DELETE FROM history WHERE id <= ?", ((cursor.lastrowid or 0) - HISTORY_KEPT,))


def history(db: Database, limit: int = 50) -> list[tuple[str, str, datetime]]:
    """The last visited addresses (url, title, when), the last first."""
    with db.reading() as connection:
        rows = connection.execute("SELECT url, title, at FROM history ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        return [(url, title, time_from(at)) for url, title, at in rows]
