"""Searching the newest stories one by one, where that is quicker than the index.

A word that is being typed may go on. To learn how, the index reads past all places of the word itself: a hundred pages
in each of its segments for the most common words. But of these a page of hits is found among the newest stories.
"""

from __future__ import annotations

import sqlite3

from tui.news.model import Story
from tui.news.query import And, Node, Not, Or, Words
from tui.store.rows import one
from tui.store.schema import INDEXED_PREFIX
from tui.store.unindexed import Trial, hits

_FIRST = 60
"""So many stories tell whether it is worth while to go on."""
_MOST = 600
_LEAST = 12
"""One in so many hits of a page must be among the first."""


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
        statement = "SELECT key FROM texts WHERE key < ? ORDER BY key DESC LIMIT 1 OFFSET ?"
        low = one(connection, statement, high, rows - 1)
        if low is None:
            return None
        found += hits(connection, trial, low, high, limit=limit - len(found), table="texts")
        if len(found) == limit:
            return found
        if len(found) * _LEAST < limit:
            return None
        high = low
    return None
