"""A clock that may jump back, and what is believed of it."""

from __future__ import annotations

import sqlite3

from tui.store.connection import Database
from tui.store.rows import one

_BELIEVABLE = 400 * 86_400
_EARLIEST = 1_767_225_600
"""2026-01-01: a clock before that is wrong whatever it says."""


def latest_seen(connection: sqlite3.Connection) -> int:
    """When the last story was seen, in Unix seconds; 0 in an empty store."""
    return one(connection, "SELECT max(first_seen) FROM stories") or 0


def trusted_now(db: Database, connection: sqlite3.Connection) -> int:
    """Now, for what is stored: never before the last story that was stored.

    A clock that jumped back (no battery, a wrong NTP answer) would otherwise date today's news into the past, under
    everything read long ago. If the stored times are more than 400 days ahead, *they* came from a wrong clock and are
    not believed.
    """
    now, latest = db.now(), latest_seen(connection)
    behind = latest - now
    return latest if behind > 0 and (now < _EARLIEST or behind <= _BELIEVABLE) else now
