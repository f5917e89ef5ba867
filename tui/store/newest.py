"""Searching the newest stories one by one, where that is quicker than the index.

A word that is being typed may go on. To learn how, the index reads past all places of the word itself: a hundred pages
in each of its segments for the most common words. But of these a page of hits is found among the newest stories.
"""

from __future__ import annotations

import sqlite3
from itertools import islice

from tui.news.model import Story
from tui.news.query import And, Node, Not, Or, Words
from tui.store.rows import key_of, one
from tui.store.schema import ID_BITS, INDEXED_PREFIX
from tui.store.unindexed import Trial, add_needed, columns, tried
from tui.store.views import Where

_FIRST = 60
"""So many stories tell whether it is worth while to go on."""
_MOST = 600
_LEAST = 12
"""One in so many hits of a page must be among the first."""
_KEY = f"(s.sorted_at << {ID_BITS} | s.id)"
_ORDER = "ORDER BY s.sorted_at DESC, s.id DESC"
_ROWS = f"stories s CROSS JOIN texts t ON t.key = {_KEY} CROSS JOIN sources o ON o.id = s.source_id"


def may_go_on(node: Node) -> bool:
    """Whether a word is being typed of which the index has to look up how it goes on."""
    match node:
        case Words(found, prefix):
            return prefix and len(found) == 1 and len(found[0]) > INDEXED_PREFIX
        case Not(part):
            return may_go_on(part)
        case And(nodes) | Or(nodes):
            return any(may_go_on(part) for part in nodes)
    return False


def walked(connection: sqlite3.Connection, trial: Trial, high: int, limit: int) -> list[Story] | None:
    """The newest ``limit`` hits with key numbers below ``high``; None when they are not among the newest stories."""
    found: list[Story] = []
    for rows in (_FIRST, _MOST):
        below = _bounded(trial.where, "<", high)
        statement = f"SELECT {_KEY} FROM stories s WHERE {below.text} {_ORDER} LIMIT 1 OFFSET {rows - 1}"  # noqa: S608
        low = one(connection, statement, *below.values)
        if low is None:
            return None
        where = _bounded(below, ">=", low)
        add_needed(where, trial.node)
        statement = f"SELECT {columns(trial)} FROM {_ROWS} WHERE {where.text} {_ORDER}"  # noqa: S608
        found += islice(tried(connection.execute(statement, where.values), trial), limit - len(found))
        if len(found) == limit:
            return found
        if len(found) * _LEAST < limit:
            return None
        high = low
    return None


def _bounded(where: Where, sign: str, number: int) -> Where:
    key = key_of(number)
    condition = f"(s.sorted_at, s.id) {sign} (?, ?)"
    return Where([*where.conditions, condition], [*where.values, key.sorted_at, key.id])
