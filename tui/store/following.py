"""Sources come and go at once; their stories follow in short transactions, however many they are.

A row of ``meta`` says how far that is, so whoever is killed in between leaves the rest to the next khabar that has the
file open. What becomes of a story depends on whether its source is removed *now*: several processes may work on it at
once, and a removal that is taken back halfway turns round by itself.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Sequence

from tui.store.connection import Database
from tui.store.rows import Hidden, one
from tui.store.schema import ID_MASK

SLICE = 0.02
"""Seconds after which a transaction ends and lets others write."""
_CHUNK = 50
_LOOKED_AT = 2_000
_MARK = "stories to bring into step"
_REMOVED = "(starred = 0 AND source_id IN (SELECT id FROM sources WHERE removed_at <> 0))"
"""What is starred stays in sight: it is kept until the reader takes the star away."""
_BIT = int(Hidden.SOURCE_REMOVED)
_OUT_OF_STEP = (
    f"SELECT id FROM stories WHERE id < ? AND (hidden & {_BIT} <> 0) <> ({_REMOVED}) ORDER BY id DESC LIMIT ?"  # noqa: S608
)


def turn(connection: sqlite3.Connection, source_ids: Iterable[int], at: int) -> None:
    """Remove sources (``at`` > 0) or bring them back (0); ``carry_on`` does the same to their stories."""
    connection.executemany("UPDATE sources SET removed_at = ? WHERE id = ?", [(at, id_) for id_ in source_ids])
    value = f"{os.urandom(4).hex()} {ID_MASK}"  # another one than before: whoever is at work notices
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_MARK, value))


def unfinished(db: Database) -> bool:
    """Whether stories wait to follow their source."""
    with db.reading() as connection:
        return db.refusal is None and one(connection, "SELECT 1 FROM meta WHERE name = ?", _MARK) is not None


def carry_on(db: Database) -> bool:
    """Let some more stories follow their source, the newest first; whether there is more to do."""
    if db.refusal is not None:
        return False
    with db.reading() as connection:
        mark = one(connection, "SELECT value FROM meta WHERE name = ?", _MARK)
        if mark is None:
            return False
        # Looked for before the transaction: that may take as long as reading all stories.
        run, _, below = str(mark).partition(" ")
        ids = [row[0] for row in connection.execute(_OUT_OF_STEP, (int(below), _LOOKED_AT))]
    with db.writing() as connection:
        if ids:
            reached = _bring_into_step(connection, ids)
            moved = (f"{run} {reached}", _MARK, mark)
            connection.execute("UPDATE meta SET value = ? WHERE name = ? AND value = ?", moved)
        else:
            connection.execute("DELETE FROM meta WHERE name = ? AND value = ?", (_MARK, mark))
        return one(connection, "SELECT 1 FROM meta WHERE name = ?", _MARK) is not None


def _bring_into_step(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """As many of ``ids`` as fit into a short transaction; the last one done."""
    from tui.store.groups import refresh_visibility  # not at the start

    ends = time.monotonic() + SLICE
    some = ids[:_CHUNK]
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        which = f"id IN ({', '.join('?' * len(some))})"
        connection.execute(
            f"UPDATE stories SET hidden = iif({_REMOVED}, hidden | {_BIT}, hidden & ~{_BIT}) WHERE {which}",  # noqa: S608
            some,
        )
        refresh_visibility(connection, which, some)
        if time.monotonic() > ends:
            break
    return some[-1]
