"""Reports of images, in a small file of their own that all readers of a host may share.

One report a reader and image; nothing else is kept. The file is made group-writable. It has a rollback journal rather
than a write-ahead log, whose shared memory file belongs to whoever opened the store first.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui.store.connection import Database, system_clock
from tui.store.place import check_plain
from tui.store.rows import one

_TABLE = """
CREATE TABLE IF NOT EXISTS reports (
    image TEXT NOT NULL, reader TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (image, reader)
) WITHOUT ROWID
"""


class Reports:
    """The reports on this machine. Thread-safe; several processes and users may have the file open."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = system_clock) -> Reports:
        """The reports in a file, made when it is not there. Raises StoreError."""
        check_plain(path)
        fresh = not path.exists()
        if fresh:
            # Made before SQLite makes it, so that the journal inherits a mode that the group can write.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o660))
                with contextlib.suppress(OSError):
                    path.chmod(0o660)
        db = Database(path, clock=clock)
        with db.reading() as connection:
            if one(connection, "SELECT 1 FROM sqlite_master WHERE name = 'reports'") is None:
                with db.writing():
                    connection.execute(_TABLE)
        return cls(db)

    def report(self, image: str, reader: str) -> bool:
        """Count a reader's report of an image (its content hash). False when the reader had reported it already."""
        with self._db.writing() as connection:
            cursor = connection.execute(
                "INSERT OR IGNORE INTO reports (image, reader, at) VALUES (?, ?, ?)", (image, reader, self._db.now())
            )
            return cursor.rowcount > 0

    def unreport(self, image: str, reader: str) -> bool:
        """Take a reader's own report back. False when there was none."""
        with self._db.writing() as connection:
            cursor = connection.execute("DELETE FROM reports WHERE image = ? AND reader = ?", (image, reader))
            return cursor.rowcount > 0

    def count(self, image: str) -> int:
        """How many readers have reported an image."""
        with self._db.reading() as connection:
            return int(one(connection, "SELECT count(*) FROM reports WHERE image = ?", image))

    def hidden(self, image: str, *, after: int = 3, reader: str = "") -> bool:
        """Whether an image is hidden: for everybody after ``after`` reports, for a reader who reported it at once."""
        with self._db.reading() as connection:
            if reader and one(connection, "SELECT 1 FROM reports WHERE image = ? AND reader = ?", image, reader):
                return True
        return self.count(image) >= max(after, 1)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
