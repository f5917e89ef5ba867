"""A clock that may jump back, and what is believed of it."""

from __future__ import annotations

import sqlite3

from tui.store.connection import Database
from tui.store.rows import one

_DAY = 86_400
_LEAP = 366 * _DAY
_WRONG_DATES = 2
_BELIEVABLE = 400 * 86_400
_EARLIEST = 1_767_225_600
"""2026-01-01: a clock before that is wrong whatever it says."""


def latest_seen(connection: sqlite3.Connection) -> int:
    """When the last story was seen, in Unix seconds; 0 in an empty store."""
    return one(connection, "SELECT max(first_seen) FROM stories") or 0


def trusted_for_forgetting(db: Database, connection: sqlite3.Connection, keep: int) -> int:
    """Now, for what is deleted when it is more than ``keep`` seconds old: no later than the news says it is.

    A clock that runs ahead would otherwise make an hour-old story years old. What arrived within its last day says
    what day it is, as far as it is dated; the two newest dates may be wrong. Undated news says nothing: then a clock is
    not believed that is more than a year past the story stored last before that day (the last one to be stored,
    wherever its time lies: a clock that goes ahead and back again is doubted each time).
    """
    now = db.now()
    dates = connection.execute(
        "SELECT published FROM stories WHERE first_seen BETWEEN ? AND ? AND published <= ?"
        " ORDER BY published DESC LIMIT ?",
        (now - _DAY, now, now, _WRONG_DATES + 1),
    ).fetchall()
    if dates:
        says = int(dates[-1][0])
        return says if now - says > keep else now
    # The plus: from the story stored last downwards, which is a day's stories at most.
    statement = "SELECT first_seen FROM stories WHERE +first_seen < ? ORDER BY id DESC LIMIT 1"
    last = one(connection, statement, now - _DAY)
    return int(last) if last and now - last > _LEAP else now


def trusted_now(db: Database, connection: sqlite3.Connection) -> int:
    """Now, for what is stored: never before the last story that was stored.

    A clock that jumped back (no battery, a wrong NTP answer) would otherwise date today's news into the past, under
    everything read long ago. If the stored times are more than 400 days ahead, *they* came from a wrong clock and are
    not believed.
    """
    now, latest = db.now(), latest_seen(connection)
    behind = latest - now
    return latest if behind > 0 and (now < _EARLIEST or behind <= _BELIEVABLE) else now
