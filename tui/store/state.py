"""What the reader does to stories and sources, each change with its way back.

A change is journalled by the ids of the rows it really changed, so undoing it works whatever arrived meanwhile and
touches nothing else. ``undo`` takes back this session's last change; with none, the last one made before the session
began (of an earlier session: another screen's changes of now are its own).
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tui.news.model import Key, Source, View
from tui.store import following, sources
from tui.store.connection import Database
from tui.store.following import SLICE
from tui.store.groups import refresh_visibility
from tui.store.rows import Hidden, one
from tui.store.views import where

T = TypeVar("T")
KEPT = 200
"""Changes the journal remembers."""
_CHUNK = 500
_FORGOTTEN = 5_000
"""Stories of changes beyond those that are forgotten with each new change."""


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
    IMPORT = "import"
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
_SOURCES = {ChangeKind.REMOVE_SOURCE: False, ChangeKind.ADD_SOURCE: True, ChangeKind.IMPORT: True}
"""Changes of what is followed, and whether to take them back is to remove the sources."""
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
    """Change the stories that are not so already: one change, carried out in short transactions if they are many.

    Whoever is killed in between has changed some of them, and undo takes those back.
    """
    change_id = 0
    changed: list[int] = []

    def work(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
        nonlocal change_id
        change_id = change_id or journal(connection, db, session, kind)
        marks = ", ".join("?" * len(ids))
        rows = connection.execute(
            f"INSERT INTO journal_stories SELECT ?, id FROM stories WHERE id IN ({marks}) AND {_FORWARD[kind][1]}"  # noqa: S608
            " RETURNING story_id",
            (change_id, *ids),
        )
        changed.extend(row[0] for row in rows.fetchall())
        if changed:
            _set(connection, change_id, kind, ids)
        else:  # a change of nothing is forgotten
            connection.execute("DELETE FROM journal WHERE id = ?", (change_id,))
            change_id = 0

    _in_slices(db, sorted(set(story_ids)), work)
    return Change(change_id, kind, tuple(changed))


def mark_all_read(db: Database, session: Session, view: View, upto: Key | None = None) -> Change:
    """Mark everything read that a view shows, down from ``upto`` (older and equal): what arrived above it stays
    unread."""
    if view.search.strip():
        from tui.store import search

        return apply(db, session, ChangeKind.ALL_READ, search.ids(db, view, upto))
    found = where(view, db.clock())
    if upto is not None:
        found.add("(s.sorted_at, s.id) <= (?, ?)", upto.sorted_at, upto.id)
    found.add("s.read = 0")
    with db.reading() as connection:
        rows = connection.execute(f"SELECT s.id FROM stories s WHERE {found.text}", found.values)  # noqa: S608
        ids = [row[0] for row in rows]
    return apply(db, session, ChangeKind.ALL_READ, ids)


def _in_slices(
    db: Database,
    things: Sequence[T],
    work: Callable[[sqlite3.Connection, Sequence[T]], object],
    told: Callable[[int], bool] = lambda done: True,
) -> None:
    """Do ``work`` to pieces of ``things``: as many as fit into a short transaction in one, and between two of those a
    pause in which others may write. ``told`` hears how many are done, and ends it by saying False."""
    start = 0
    while start < len(things):
        if start:
            pause()
        with db.writing() as connection:
            ends = time.monotonic() + SLICE
            while start < len(things):
                work(connection, things[start : start + _CHUNK])
                start += _CHUNK
                if time.monotonic() > ends:
                    break
        if not told(min(start, len(things))):
            return


def pause() -> None:
    """Let others write, who look for it every few hundredths of a second."""
    time.sleep(SLICE / 2)


def journal(connection: sqlite3.Connection, db: Database, session: Session, kind: ChangeKind, detail: str = "") -> int:
    """Note a change; its id."""
    cursor = connection.execute(
        "INSERT INTO journal (at, session, kind, detail) VALUES (?, ?, ?, ?)",
        (db.now(), session.name, kind.value, detail),
    )
    change_id = int(cursor.lastrowid or 0)
    last = change_id - change_id % 20 - KEPT
    connection.execute("DELETE FROM journal WHERE id <= ?", (last,))
    forgotten = "SELECT change_id, story_id FROM journal_stories WHERE change_id <= ? LIMIT ?"
    connection.execute(
        f"DELETE FROM journal_stories WHERE (change_id, story_id) IN ({forgotten})",  # noqa: S608
        (last, _FORGOTTEN),
    )
    return change_id


def _set(connection: sqlite3.Connection, change_id: int, kind: ChangeKind, ids: Sequence[int]) -> None:
    """Do to what was journalled of ``ids`` (ascending) what ``kind`` does."""
    assignment, condition = _FORWARD[kind]
    of_change = "id IN (SELECT story_id FROM journal_stories WHERE change_id = ? AND story_id BETWEEN ? AND ?)"
    values = (change_id, ids[0], ids[-1])
    connection.execute(f"UPDATE stories SET {assignment} WHERE {of_change} AND {condition}", values)  # noqa: S608
    if kind in (ChangeKind.HIDE, ChangeKind.SHOW):
        refresh_visibility(connection, of_change, values)


def follow(
    db: Database, session: Session, wanted: Sequence[Source], told: Callable[[int], bool]
) -> tuple[Change, list[Source]]:
    """Follow those of many sources that are not followed: one change, in short transactions, and the sources added.

    ``told`` hears after each of them how many are done; when it says False the rest is left.
    """
    added: list[Source] = []
    change_id = 0

    def work(connection: sqlite3.Connection, some: Sequence[Source]) -> None:
        nonlocal change_id
        fresh = [source for source in some if sources.by_address(db, source.address) is None]
        added.extend(sources.add(db, source) for source in fresh)
        if fresh:
            change_id = change_id or journal(connection, db, session, ChangeKind.IMPORT)
            detail = ",".join(str(source.id) for source in added)
            connection.execute("UPDATE journal SET detail = ? WHERE id = ?", (detail, change_id))

    _in_slices(db, wanted, work, told)
    return Change(change_id, ChangeKind.IMPORT), added


def added_source(db: Database, session: Session, source_id: int) -> Change:
    """Journal that a source was added; undo stops following it."""
    with db.writing() as connection:
        change_id = journal(connection, db, session, ChangeKind.ADD_SOURCE, str(source_id))
        return Change(change_id, ChangeKind.ADD_SOURCE, detail=str(source_id))


def remove_source(db: Database, session: Session, source_id: int) -> Change:
    """Take a source out of sight, and its stories with ``following.carry_on``; pruning deletes them after a while."""
    kind = ChangeKind.REMOVE_SOURCE
    with db.writing() as connection:
        if one(connection, "SELECT 1 FROM sources WHERE id = ? AND removed_at = 0", source_id) is None:
            return Change(0, kind)
        change_id = journal(connection, db, session, kind, str(source_id))
        following.turn(connection, (source_id,), max(db.now(), 1))
        return Change(change_id, kind, detail=str(source_id))


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
        if kind not in _BACK:
            _undone(connection, id_)
            if kind in _SOURCES:
                following.turn(connection, json.loads(f"[{detail}]"), _SOURCES[kind] and max(db.now(), 1))
            elif kind is not ChangeKind.REPORT:
                from tui.store import rowchanges

                detail = rowchanges.take_back(connection, detail)
    ids = _take_back(db, id_, kind) if kind in _BACK else ()
    image, _, reader = detail.partition("\n")
    if kind is ChangeKind.REPORT:
        unreport(image, reader)
    return Change(id_, kind, ids, image)


def _take_back(db: Database, change_id: int, kind: ChangeKind) -> tuple[int, ...]:
    """Undo a change of stories, slice by slice: what was done is forgotten with it, so that whoever is killed in
    between can undo the rest. The ids of the stories."""
    with db.reading() as connection:  # not in a transaction: a million ids take long to read
        found = "SELECT story_id FROM journal_stories WHERE change_id = ? ORDER BY story_id"
        ids = tuple(row[0] for row in connection.execute(found, (change_id,)))
    if not ids:
        with db.writing() as connection:
            _undone(connection, change_id)

    def work(connection: sqlite3.Connection, some: Sequence[int]) -> None:
        _set(connection, change_id, _BACK[kind], some)
        connection.execute(
            "DELETE FROM journal_stories WHERE change_id = ? AND story_id BETWEEN ? AND ?",
            (change_id, some[0], some[-1]),
        )
        if some[-1] == ids[-1]:
            _undone(connection, change_id)

    _in_slices(db, ids, work)
    return ids


def _undone(connection: sqlite3.Connection, change_id: int) -> None:
    connection.execute("UPDATE journal SET undone = 1 WHERE id = ?", (change_id,))


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
