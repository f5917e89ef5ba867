"""Opening a file in whatever state it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui.store import errors, schema
from tui.store.connection import Database, prepare
from tui.store.errors import Notice


def open_database(path: Path, clock: Callable[[], datetime]) -> tuple[Database, list[Notice]]:
    """The open file and what to tell the reader about it. Raises StoreError when nothing can be done."""
    db = Database(path, clock=clock)
    try:
        prepare(db)
    except sqlite3.Error as error:
        raise errors.translated(error, str(path)) from error
    if schema.user_version(db.connection) > schema.VERSION:
        raise errors.StoreNewer(f"{path} was written by a newer khabar; install that version.")
    return db, []
