"""Where the reader was: places in articles, the last selection, the addresses that were visited."""

from __future__ import annotations

from tui.news.model import Visit
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


def history_add(db: Database, url: str, title: str, *, typed: bool = False, story_id: int = 0) -> None:
    """Put an address at the top of the history. That the reader typed it once is not forgotten."""
    with db.writing() as connection:
        known = connection.execute("DELETE FROM history WHERE url = ? RETURNING typed", (url,)).fetchone()
        typed = typed or bool(known and known[0])
        cursor = connection.execute(
            "INSERT INTO history (url, title, at, typed, story_id) VALUES (?, ?, ?, ?, ?)",
            (url, title, db.now(), typed, story_id),
        )
        # AUTOINCREMENT: ids only grow, so the order does not depend on the clock.
        connection.execute("DELETE FROM history WHERE id <= ?", ((cursor.lastrowid or 0) - HISTORY_KEPT,))


def history(db: Database, limit: int = 50) -> list[Visit]:
    """What was opened last, the last first."""
    with db.reading() as connection:
        statement = "SELECT url, title, at, typed, story_id FROM history ORDER BY id DESC LIMIT ?"
        rows = connection.execute(statement, (limit,)).fetchall()
        return [Visit(url, title, time_from(at), bool(typed), story_id) for url, title, at, typed, story_id in rows]


def history_forget(db: Database, url: str | None = None) -> None:
    """Forget one address, or all."""
    with db.writing() as connection:
        connection.execute("DELETE FROM history WHERE ?1 IS NULL OR url = ?1", (url,))
