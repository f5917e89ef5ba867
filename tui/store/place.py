"""Where the store's file lies: what may stand there, and beside it."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tui.store import errors

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""
_HEAD = 100
"""Bytes of a database's head."""
_LOOKS = 3


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


def salvaged(path: Path) -> Path:
    """Where a file that was made of what could be saved lies, complete, until it takes the other one's place."""
    return path.with_name(path.name + ".salvaged")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Put files in each other's place while no other process does it. Not within itself: it waits."""
    import fcntl

    try:
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o644)
    except OSError:  # something is in the way, for all that would repair: then they wait for each other at the folder
        lock = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


class Files(NamedTuple):
    """Which files lie at a path: (device, inode) of the file, its log and its index, None where there is none."""

    file: tuple[int, int] | None
    log: tuple[int, int] | None
    shared: tuple[int, int] | None
    size: int
    """Bytes of the file."""
    log_size: int
    mode: int
    """Who may read and write the file."""


def files(path: Path) -> Files:
    """What lies at a path now. Nothing is opened: closing it again would drop the locks SQLite has on it.

    Raises OSError when nobody can say.
    """
    name = os.fspath(path)
    file, log, index = _looked_at(name), _looked_at(name + "-wal"), _looked_at(name + "-shm")
    return Files(
        (file.st_dev, file.st_ino) if file else None,
        (log.st_dev, log.st_ino) if log else None,
        (index.st_dev, index.st_ino) if index else None,
        file.st_size if file else 0,
        log.st_size if log else 0,
        stat.S_IMODE(file.st_mode) if file else 0o600,
    )


def has_open(lying: Files) -> bool:
    """Whether this process has the files open that lie there; True where the system does not say."""
    held = _held()
    return held is None or all(one is None or one in held for one in (lying.file, lying.log, lying.shared))


def cut(lying: Files) -> bool:
    """Whether a file that has become smaller lacks something; not when SQLite itself made it smaller (VACUUM).

    The head of a database says how many pages belong to it. It is read through what SQLite has open: see ``files``.
    True where the system does not show that.
    """
    number = (_held() or {}).get(lying.file or (0, 0))
    if number is None:
        return True
    for _ in range(_LOOKS):  # another process may be writing its log into the file: the head comes first
        try:
            head, size = os.pread(number, _HEAD, 0), os.fstat(number).st_size
        except OSError:
            return True
        page = int.from_bytes(head[16:18], "big")
        if len(head) == _HEAD and int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page) <= size:
            return False
        time.sleep(0.02)
    return True


def _held() -> dict[tuple[int, int], int] | None:
    """The files that this process has open, and a number of each; None where the system does not say."""
    held: dict[tuple[int, int], int] = {}
    try:
        for number in os.listdir("/dev/fd"):  # noqa: PTH208 - a number, not a path, is wanted
            with suppress(OSError):
                found = os.fstat(int(number))
                held[found.st_dev, found.st_ino] = int(number)
    except OSError:
        return None
    return held


def _looked_at(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - before each write: a Path costs more than the look
    except (FileNotFoundError, NotADirectoryError):
        return None
