"""Changes of single rows (a smart list, a rule, a source) with their way back.

What is journalled is the row before and after. Taking a change back restores the columns it changed, where they still
are as the change left them: what was changed again since, by the reader or by a refresh, stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from tui.news.model import Source
from tui.store import sources
from tui.store.connection import Database
from tui.store.state import Change, ChangeKind, Session, journal

COLUMNS = {
    "lists": ("name", "query", "position"),
    "rules": ("query", "effect", "enabled", "position"),
    "sources": ("title", "direction", "enabled", "full_text", "removed_at", "address"),
}
"""What of a row is changed, by the reader or, of a source, by what its server says."""


def change(
    db: Database,
    session: Session,
    kind: ChangeKind,
    table: str,
    row_id: int,
    work: Callable[[sqlite3.Connection], int | None],
) -> Change:
    """Do ``work`` to one row and journal it; ``work`` gives the id of a row it made. A change of nothing is none."""
    with db.writing() as connection:
        before = _row(connection, table, row_id)
        row_id = work(connection) or row_id
        after = _row(connection, table, row_id)
        if before == after:
            return Change(0, kind)
        detail = json.dumps({"table": table, "id": row_id, "before": before, "after": after}, ensure_ascii=False)
        return Change(journal(connection, db, session, kind, detail), kind, detail=str(row_id))


def change_source(db: Database, session: Session, source: Source) -> Change:
    """Store the fields of a source, and journal what they were."""
    return change(db, session, ChangeKind.CHANGE_SOURCE, "sources", source.id, lambda _: sources.update(db, source))


def exchange(db: Database, session: Session, kind: ChangeKind, table: str, row_id: int, step: int) -> Change:
    """Let a row and the one ``step`` places on change places in the reader's order, and journal it."""
    with db.writing() as connection:
        ids = _order(connection, table)
        if row_id not in ids or not 0 <= ids.index(row_id) + step < len(ids):
            return Change(0, kind)
        other = ids[ids.index(row_id) + step]
        _exchange(connection, table, row_id, other)
        detail = json.dumps({"table": table, "id": row_id, "other": other})
        return Change(journal(connection, db, session, kind, detail), kind, detail=str(row_id))


def _order(connection: sqlite3.Connection, table: str) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY position, id")]  # noqa: S608


def _exchange(connection: sqlite3.Connection, table: str, row_id: int, other: int) -> None:
    """Two rows in each other's place; nothing where one of them is gone."""
    ids = _order(connection, table)
    if row_id in ids and other in ids:
        a, b = ids.index(row_id), ids.index(other)
        ids[a], ids[b] = ids[b], ids[a]
        connection.executemany(f"UPDATE {table} SET position = ? WHERE id = ?", list(enumerate(ids, 1)))  # noqa: S608


def take_back(connection: sqlite3.Connection, detail: str) -> str:
    """Undo what ``detail`` tells; the row's id as text."""
    told = json.loads(detail)
    if "other" in told:
        _exchange(connection, told["table"], told["id"], told["other"])
        return str(told["id"])
    table, row_id, before, after = told["table"], told["id"], told["before"], told["after"]
    columns = COLUMNS[table]
    now = _row(connection, table, row_id)
    if before is None:
        if now == after:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608
    elif now is None:
        marks = ", ".join("?" * (len(columns) + 1))
        connection.execute(f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES ({marks})", (row_id, *before))  # noqa: S608
    else:
        for column, old, new in zip(columns, before, after, strict=False):
            # OR IGNORE: another source may have the address by now
            statement = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE id = ? AND {column} = ?"  # noqa: S608
            connection.execute(statement, (old, row_id, new))
    return str(row_id)


def _row(connection: sqlite3.Connection, table: str, row_id: int) -> list[Any] | None:
    row = connection.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
    return None if row is None else list(row)
