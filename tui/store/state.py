"""What the reader does to stories and sources, each change with its way back.

A change is journalled by the ids of the rows it really changed, so undoing it works whatever arrived meanwhile and
touches nothing else. ``undo`` takes back this session's last change; with none, the last one made before the session
began (of an earlier session: another screen's changes of now are its own).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tui.news.model import Key, View
from tui.store import sources
from tui.store.connection import Database
from tui.store.groups import refresh_visibility
from tui.store.rows import Hidden, one
from tui.store.views import Where, where

KEPT = 200
"""Changes the journal remembers."""
_CHUNK = 500


class ChangeKind(StrEnum):
    """What a change did."""

    READ = "read"
    UNREAD = "unread"
    ALL_READ = "all-read"
    STAR = "star"
    UNSTAR = "unstar"
    HIDE = "hide"
    SHOW = "show"
    REMOVE_SOURCE = "remove-source"
    REPORT = "report"
    ADD_SOURCE = "add-source"
    CHANGE_SOURCE = "change-source"
    ADD_LIST = "add-list"
    CHANGE_LIST = "change-list"
    MOVE_LIST = "move-list"
    REMOVE_LIST = "remove-list"
    ADD_RULE = "add-rule"
    CHANGE_RULE = "change-rule"
    MOVE_RULE = "move-rule"
    REMOVE_RULE = "remove-rule"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of state."""

    id: int
    """0 when nothing was to be changed: there is nothing to undo."""
    kind: ChangeKind
    story_ids: tuple[int, ...] = ()
    detail: str = ""
    """The id of the source, list or rule, or the image's hash, for the kinds that have one."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who makes changes: one open store."""

    name: str
    began: int
    """The last change in the journal when the session began."""


_FORWARD = {
    ChangeKind.READ: ("read = 1", "read = 0"),
    ChangeKind.ALL_READ: ("read = 1", "read = 0"),
    ChangeKind.UNREAD: ("read = 0", "read = 1"),
    ChangeKind.STAR: ("starred = 1", "starred IS NOT 1"),
    ChangeKind.UNSTAR: ("starred = 0", "starred = 1"),
    ChangeKind.HIDE: (f"hidden = hidden | {int(Hidden.READER)}", f"hidden & {int(Hidden.READER)} = 0"),
    ChangeKind.SHOW: (f"hidden = hidden & ~{int(Hidden.READER)}", f"hidden & {int(Hidden.READER)} <> 0"),
}
_BACK = {
    ChangeKind.READ: ChangeKind.UNREAD,
    ChangeKind.ALL_READ: ChangeKind.UNREAD,
    ChangeKind.UNREAD: ChangeKind.READ,
    ChangeKind.STAR: ChangeKind.UNSTAR,
    ChangeKind.UNSTAR: ChangeKind.STAR,
    ChangeKind.HIDE: ChangeKind.SHOW,
    ChangeKind.SHOW: ChangeKind.HIDE,
}


def apply(db: Database, session: Session, kind: ChangeKind, story_ids: Sequence[int]) -> Change:
    """Change the stories that are not so already."""
    ids = sorted(set(story_ids))
    if not ids:
        return Change(0, kind)
    with db.writing() as connection:
        change_id = journal(connection, db, session, kind)
        _, condition = _FORWARD[kind]
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            connection.execute(
                f"INSERT INTO journal_stories SELECT ?, id FROM stories WHERE id IN ({marks}) AND {condition}",  # noqa: S608
                (change_id, *chunk),
            )
        return _carry_out(connection, change_id, kind)


def mark_all_read(db: Database, session: Session, view: View, upto: Key | None = None) -> Change:
    """Mark everything read that a view shows, down from ``upto`` (older and equal): what arrived above it stays
    unread."""
    kind = ChangeKind.ALL_READ
    if view.search.strip():
        from tui.store import search

        return apply_as(db, session, kind, search.ids(db, view, upto))
    found = where(view, db.clock())
    if upto is not None:
        found.add("(s.sorted_at, s.id) <= (?, ?)", upto.sorted_at, upto.id)
    found.add("s.read = 0")
    return _all_of(db, session, kind, found)


def apply_as(db: Database, session: Session, kind: ChangeKind, story_ids: Sequence[int]) -> Change:
    """``apply`` for many ids, under its own kind."""
    return apply(db, session, kind, story_ids)


def _all_of(db: Database, session: Session, kind: ChangeKind, found: Where) -> Change:
    with db.writing() as connection:
        change_id = journal(connection, db, session, kind)
        connection.execute(
            f"INSERT INTO journal_stories SELECT ?, s.id FROM stories s WHERE {found.text}",  # noqa: S608
            (change_id, *found.values),
        )
        return _carry_out(connection, change_id, kind)


def journal(connection: sqlite3.Connection, db: Database, session: Session, kind: ChangeKind, detail: str = "") -> int:
    """Note a change; its id."""
    cursor = connection.execute(
        "INSERT INTO journal (at, session, kind, detail) VALUES (?, ?, ?, ?)",
        (db.now(), session.name, kind.value, detail),
    )
    change_id = int(cursor.lastrowid or 0)
    if change_id % 20 == 0:
        connection.execute("DELETE FROM journal WHERE id <= ?", (change_id - KEPT,))
        connection.execute("DELETE FROM journal_stories WHERE change_id <= ?", (change_id - KEPT,))
    return change_id


def _carry_out(connection: sqlite3.Connection, change_id: int, kind: ChangeKind) -> Change:
    """Do what was journalled; a change of nothing is forgotten."""
    ids = tuple(
        row[0] for row in connection.execute("SELECT story_id FROM journal_stories WHERE change_id = ?", (change_id,))
    )
    if not ids:
        connection.execute("DELETE FROM journal WHERE id = ?", (change_id,))
        return Change(0, kind)
    _set(connection, change_id, kind)
    return Change(change_id, kind, ids)


def _set(connection: sqlite3.Connection, change_id: int, kind: ChangeKind) -> None:
    assignment, condition = _FORWARD[kind]
    of_change = "id IN (SELECT story_id FROM journal_stories WHERE change_id = ?)"
    connection.execute(f"UPDATE stories SET {assignment} WHERE {of_change} AND {condition}", (change_id,))  # noqa: S608
    if kind in (ChangeKind.HIDE, ChangeKind.SHOW):
        refresh_visibility(connection, of_change, (change_id,))


def added_source(db: Database, session: Session, source_id: int) -> Change:
    """Journal that a source was added; undo stops following it."""
    with db.writing() as connection:
        change_id = journal(connection, db, session, ChangeKind.ADD_SOURCE, str(source_id))
        return Change(change_id, ChangeKind.ADD_SOURCE, detail=str(source_id))


def remove_source(db: Database, session: Session, source_id: int) -> Change:
    """Take a source and its stories out of sight; pruning deletes them for good after a while."""
    kind = ChangeKind.REMOVE_SOURCE
    with db.writing() as connection:
        if one(connection, "SELECT 1 FROM sources WHERE id = ? AND removed_at = 0", source_id) is None:
            return Change(0, kind)
        change_id = journal(connection, db, session, kind, str(source_id))
        ids = sources.set_removed(db, source_id, max(db.now(), 1))
        return Change(change_id, kind, tuple(ids), str(source_id))


def record_report(db: Database, session: Session, image_hash: str, reader: str) -> Change:
    """Journal an image report, which lies in a file of its own."""
    with db.writing() as connection:
        change_id = journal(connection, db, session, ChangeKind.REPORT, f"{image_hash}\n{reader}")
        return Change(change_id, ChangeKind.REPORT, detail=image_hash)


def undo(
    db: Database, session: Session, change_id: int | None, unreport: Callable[[str, str], object]
) -> Change | None:
    """Take back a change, the last one by default. None when there is none.

    Rows that were changed again since keep what they have.
    """
    with db.writing() as connection:
        row = _last(connection, session) if change_id is None else _named(connection, change_id)
        if row is None:
            return None
        id_, kind, detail = row[0], ChangeKind(row[1]), row[2]
        connection.execute("UPDATE journal SET undone = 1 WHERE id = ?", (id_,))
        rows = connection.execute("SELECT story_id FROM journal_stories WHERE change_id = ?", (id_,)).fetchall()
        ids = tuple(row[0] for row in rows)
        if kind in _BACK:
            _set(connection, id_, _BACK[kind])
        elif kind is ChangeKind.REMOVE_SOURCE:
            ids = tuple(sources.set_removed(db, int(detail), 0))
        elif kind is ChangeKind.ADD_SOURCE:
            ids = tuple(sources.set_removed(db, int(detail), max(db.now(), 1)))
        elif kind is not ChangeKind.REPORT:
            from tui.store import rowchanges

            detail = rowchanges.take_back(connection, detail)
    image, _, reader = detail.partition("\n")
    if kind is ChangeKind.REPORT:
        unreport(image, reader)
    return Change(id_, kind, ids, image)


def _last(connection: sqlite3.Connection, session: Session) -> tuple[int, str, str] | None:
    for condition, value in (("session = ?", session.name), ("id <= ?", session.began)):
        statement = f"SELECT id, kind, detail FROM journal WHERE {condition} AND undone = 0 ORDER BY id DESC LIMIT 1"  # noqa: S608
        row: tuple[int, str, str] | None = connection.execute(statement, (value,)).fetchone()
        if row is not None:
            return row
    return None


def _named(connection: sqlite3.Connection, change_id: int) -> tuple[int, str, str] | None:
    row: tuple[int, str, str] | None = connection.execute(
        "SELECT id, kind, detail FROM journal WHERE id = ? AND undone = 0", (change_id,)
    ).fetchone()
    return row
