"""What can go wrong with the file, each with one sentence for the reader."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)


class NoticeKind(StrEnum):
    """What the reader should know about the file, once: at the start, or when it happens."""

    SET_ASIDE = "set-aside"
    """The file was damaged. Values: path (where it lies now), stories, starred, sources (salvaged numbers)."""
    READ_ONLY = "read-only"
    """Nothing can be kept in this session. Values: path."""
    NEWER = "newer"
    """A newer khabar wrote the file: it can be read, not changed. Values: path, found, known (schema versions)."""
    RESTORED = "restored"
    """Its files were deleted while it was open, and put back. Values: path."""
    REPLACED = "replaced"
    """Another file lies in its place while it was open, and is used. Values: path, aside (what it held, if kept)."""
    TEMPORARY = "temporary"
    """There is no file and none can be made: what is read now will be forgotten. Values: path."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should be told: data for the screen to translate, and the English sentence."""

    kind: NoticeKind
    sentence: str
    values: tuple[tuple[str, str], ...] = ()


class StoreError(Exception):
    """The store could not do it; ``sentence`` says why and what to do, in English."""

    kind = "store"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StoreFull(StoreError):  # noqa: N818
    """The disk is full; nothing of the change was kept."""

    kind = "full"


class StoreReadOnly(StoreError):  # noqa: N818
    """The file or its directory may not be written."""

    kind = "read-only"


class StoreNewer(StoreReadOnly):
    """The file's schema is newer than this program."""

    kind = "newer"


class StoreDamaged(StoreError):  # noqa: N818
    """The file is damaged; opening it again sets it aside and salvages what reads."""

    kind = "damaged"


class StoreForeign(StoreError):  # noqa: N818
    """What stands in the place of the file is not ours; it is left as it is."""

    kind = "foreign"


class StoreBusy(StoreError):  # noqa: N818
    """Another process held the file for longer than we wait."""

    kind = "busy"


_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def primary_code(error: sqlite3.Error) -> int:
    """The primary result code of an SQLite error, 0 when it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def translated(error: sqlite3.Error, path: str) -> StoreError:
    """The error as the callers of the store get it."""
    code = primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return StoreFull(f"The disk is full: nothing was kept of the last change; free some space for {path}.")
    if code in _READ_ONLY:
        return StoreReadOnly(f"{path} cannot be written: check the permissions of the file and its directory.")
    if code in _BUSY:
        return StoreBusy(f"Another program has kept {path} locked for too long; try again when it is done.")
    if code in _DAMAGED:
        return StoreDamaged(f"{path} is damaged; start khabar again and it will save what can be read.")
    if code == sqlite3.SQLITE_IOERR:
        return StoreFull(f"The disk would not take or give the data of {path} ({error}); check the disk and its space.")
    if code == sqlite3.SQLITE_INTERRUPT:
        return StoreError(f"{path} was closed while it was read.")
    log.error("the store failed", exc_info=error)
    return unusable(path)


def unusable(path: str) -> StoreError:
    """Nobody knows why."""
    return StoreError(
        f"{path} could not be used: start khabar again; if it happens again, `khabar doctor` names the log"
        " that has the details."
    )
