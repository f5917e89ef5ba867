"""Where the store's file lies: what may stand there, and beside it."""

from __future__ import annotations

import os
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


def real(path: Path) -> Path:
    """The file itself where a link leads to it: SQLite keeps its log there, and a repair replaces the file, not the
    link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def free(path: Path) -> Path:
    """The path, or with a number behind it the first at which nothing stands."""
    found, number = path, 1
    while found.exists() or found.is_symlink():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def make_way(path: Path) -> None:
    """See to it that nothing stands at a path that is ours to use: a folder somebody put there gets another name."""
    if path.is_dir() and not path.is_symlink():
        path.rename(free(path))
    else:
        path.unlink(missing_ok=True)
