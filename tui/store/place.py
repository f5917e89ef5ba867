"""Where the store's file lies: what may stand there, and beside it."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from tui.store import errors

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""


def check_plain(path: Path) -> None:
    """Raises StoreForeign when a folder, a pipe, a socket or a device stands where SQLite would open a file.

    A pipe would be waited for without end, and what goes into a device is gone.
    """
    for place in (path, *(path.with_name(path.name + ending) for ending in BESIDE)):
        with suppress(OSError):  # absent, or out of reach: opening it says which
            if not stat.S_ISREG(place.stat().st_mode):
                raise errors.StoreForeign(
                    f"{place} is a folder, a pipe or a device where khabar needs a file: move it away and start khabar"
                    " again."
                )
