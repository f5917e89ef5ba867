"""The cache file among processes: who uses it, and setting a damaged one aside when nobody else does.

SQLite removes the write-ahead log *by name* when its last user leaves. A file renamed under a living user would
therefore cost its successor the log. So every user holds a shared lock beside the file, and only a process that gets
the exclusive one may rename it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PARTS = ("", "-wal", "-shm", "-journal")


class CacheFile:
    """A path and this process's share in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    @contextmanager
    def entering(self) -> Iterator[None]:
        """Take a share for as long as the file is in use; inside the block alone when nobody else is there yet.

        Two processes that begin the same file at once would otherwise meet in its creation. Raises OSError.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._lock is None:
            self._lock = os.open(self._beside(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._lock, fcntl.LOCK_SH)
        yield
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Give the share up."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def set_aside(self) -> bool:
        """Rename the file and what belongs to it; the newest one set aside is kept, older ones are removed.

        False when another process uses it: nothing is touched then. Call it with no connection open.
        """
        lock = os.open(self._beside(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            for old in self.path.parent.glob(f"{self.path.name}.corrupt-*"):
                old.unlink(missing_ok=True)
            stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
            for part in _PARTS:
                source = self._beside(part)
                if source.exists():
                    source.rename(self._beside(f".corrupt-{stamp}{part}"))
            return True
        except OSError:
            return False
        finally:
            os.close(lock)

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)
