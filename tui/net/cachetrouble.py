"""What a failing cache file means, by SQLite's result codes (sqlite.org/rescode.html), and what is said about it."""

from __future__ import annotations

from enum import Enum


class Trouble(Enum):
    """A kind of trouble, with the one sentence that a notice says."""

    CORRUPT = "The cache file was damaged; it was set aside and a new one begun."
    SHARED_CORRUPT = (
        "The cache file is damaged and another khabar uses it; pages are not cached until that one is closed."
    )
    FULL = "The disk is full: pages are shown but not cached; free some space."
    LOCKED = "Another program keeps the cache file locked: pages are shown but not cached for now."
    UNUSABLE = "The cache file cannot be used: pages are shown but not cached; check the directory and its permissions."


_PRIMARY = {5: Trouble.LOCKED, 6: Trouble.LOCKED, 11: Trouble.CORRUPT, 13: Trouble.FULL, 26: Trouble.CORRUPT}
_EXTENDED = {
    522: Trouble.CORRUPT,  # a short read: the file was cut
    778: Trouble.FULL,  # a write failed: quota, file size limit
    4874: Trouble.FULL,  # making room in the shared index failed
}
NOT_A_DATABASE = 26


def trouble(error: Exception) -> Trouble:
    """The trouble that an error of SQLite (3.11 and later carry its extended code) means."""
    code = int(getattr(error, "sqlite_errorcode", 0))
    return _EXTENDED.get(code) or _PRIMARY.get(code & 0xFF) or Trouble.UNUSABLE
