"""What is done for stored stories after they can be seen: the search index and the groups, in short transactions.

A refresh only stores (``later=True``); whoever asked for it then settles slice by slice. What is waiting lies in two
tables, so that neither a kill nor another process loses or repeats any of it; a search finds it nevertheless (see
``unindexed``).
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass

from tui.store import groups
from tui.store.connection import Database
from tui.store.rows import one
from tui.store.schema import ID_MASK

SLICE = 150
"""Stories a transaction: another one that wants to write waits some hundredths of a second."""
PATIENCE = 0.1
"""Seconds of comparing after which a slice ends early."""
_TEXTS = "key, title, body, paper, facets, also"
_INDEX = (
    f"INSERT INTO search (rowid, {_TEXTS.removeprefix('key, ')}) SELECT {_TEXTS} FROM texts"  # noqa: S608
    " WHERE key IN (SELECT key FROM unindexed WHERE key >= ?) ORDER BY key"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one slice."""

    changed: tuple[int, ...] = ()
    """Stories whose row changed because they were found to be the same as others."""
    left: int = 0
    """What is left to do: a story counts once for the index and once for the groups."""

    @property
    def more(self) -> bool:
        """There is more to do."""
        return self.left > 0


def settle(db: Database, grouper: groups.Grouper, limit: int = SLICE) -> Settled:
    """Index or group the next ``limit`` stories that wait for it."""
    with db.reading() as connection:
        if not (_waiting(connection, "unindexed") or _waiting(connection, "ungrouped")):
            return Settled()
    with db.writing() as connection:
        if index(connection, limit):
            return Settled(left=_left(connection))
        try:
            changed = group(connection, grouper, limit)
        except BaseException:
            grouper.forget()
            raise
        return Settled(tuple(sorted(changed)), _left(connection))


def settle_all(db: Database, grouper: groups.Grouper) -> None:
    """Index and group all that waits, unless nothing may be written."""
    more = db.refusal is None
    while more:
        more = settle(db, grouper).more


def _waiting(connection: sqlite3.Connection, table: str) -> bool:
    return one(connection, f"SELECT 1 FROM {table} LIMIT 1") is not None  # noqa: S608


def _left(connection: sqlite3.Connection) -> int:
    counted = one(connection, "SELECT (SELECT count(*) FROM unindexed) + (SELECT count(*) FROM ungrouped)")
    return int(counted or 0)


def index(connection: sqlite3.Connection, limit: int) -> int:
    """Put the newest stories that are not in the search index into it; how many."""
    keys = connection.execute("SELECT key FROM unindexed ORDER BY key DESC LIMIT ?", (limit,)).fetchall()
    if keys:
        # Ascending: any other order makes the index write a segment for each story.
        connection.execute(_INDEX, keys[-1])
        connection.execute("DELETE FROM unindexed WHERE key >= ?", keys[-1])
    return len(keys)


def group(connection: sqlite3.Connection, grouper: groups.Grouper, limit: int) -> set[int]:
    """Find the groups of the next stories, in the order they came, then settle each group once; whose row changed."""
    waiting = groups.waiting(connection, limit)
    touched: set[int] = set()
    grouper.begin(connection, waiting)
    ends = time.monotonic() + PATIENCE
    last = 0
    for member, link_hash in waiting:
        touched.add(grouper.add(connection, member, link_hash))
        last = member.id
        if time.monotonic() > ends:
            break  # headlines made to be compared for long: the others wait for the next slice
    else:
        last = last if len(waiting) == limit else ID_MASK  # the last slice takes along what was pruned
    grouper.end(connection)
    changed = {story_id for founder in sorted(touched - {0}) for story_id in groups.rank(connection, founder)}
    connection.execute("DELETE FROM ungrouped WHERE story_id <= ?", (last,))
    return changed
