"""The files of an open store are gone, or others lie in their place: going on there, with all that can be got back.

SQLite notices nothing of it: it writes on into files without a name, and confirms what nobody will find again. So
every write looks first whether the names still lead to the files this process has open (``Database.lost``). When they
do not, all that its connection still sees, the deleted log included, is written into a new file, which takes the old
name; where somebody has put another file meanwhile, that one is used and the new file is kept beside it.

What cannot be helped: what was confirmed before the loss and lived in deleted files only, if the last process that had
them open ends before it writes again; what is confirmed by a commit that the loss overtook, if the process is killed
then; and a log left beside another file, if a program that knows nothing of this opens that file first.

Connections to lost files are never closed: SQLite would delete, by their names, the log and the index of the file that
lies there now.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from tui.store import errors
from tui.store.connection import Database, mark, quoted
from tui.store.errors import Notice, NoticeKind
from tui.store.place import BESIDE, Files, alone, check_plain, files, free, make_way, salvaged
from tui.store.rows import one

RESTORED_FROM = "file.restored"
"""The value under this name says which lost file a file was made from."""


def rescue(db: Database, connection: sqlite3.Connection) -> list[Notice]:
    """Save what ``connection`` sees of the lost files, and let the file's name lead to what is to be used from now on.

    What to tell the reader. Raises OSError, StoreError and sqlite3.Error when there is no room for it; nothing has
    changed then.
    """
    path = db.path
    check_plain(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone(path):
        now, known = files(path), db.files
        if known is None or not db.lost(begun=True):
            return []
        theirs = _theirs(known, now)
        if theirs and now.log != known.log and _restored_from(path) == _named(known):
            return [_restored(path)]
        try:
            sound = _copied(connection, path, known)
            if theirs:
                aside = _kept(db) if sound is not None else None
                _clear_old_log(path, known, now)
                return [_replaced(path, aside)]
            if sound is not None:
                _put_back(db, sound=sound, keep=not sound or _begun_anew(known, now))
            if not sound and path.exists():
                mark(path)  # it is repaired when it is opened
            return [_restored(path)] if sound else []
        finally:
            connection.rollback()


def _theirs(known: Files, now: Files) -> bool:
    """Whether another file has the name: an empty one is nobody's."""
    return now.file not in (None, known.file) and now.size > 0


def _begun_anew(known: Files, now: Files) -> bool:
    """Whether another process has begun a new log of the same file.

    This one cannot go on with that file: SQLite has one index a process and file, that of the lost log.
    """
    return now.log not in (None, known.log) and now.log_size > 0


def _copied(connection: sqlite3.Connection, path: Path, known: Files) -> bool | None:
    """Write all that the connection sees into a file, complete as soon as it has the name ``salvaged(path)``.

    Whether it is sound; None, and there is no file, when it cannot be read.

    The connection is left in a write transaction: other processes that have the lost files open, too, wait for its end
    and look for their files then.
    """
    fresh = path.with_name(path.name + ".salvage")
    for ending in ("", *BESIDE):
        make_way(fresh.with_name(fresh.name + ending))
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as new:
            while True:
                version = one(connection, "PRAGMA data_version")
                connection.backup(new)
                connection.execute("BEGIN IMMEDIATE")
                if one(connection, "PRAGMA data_version") == version:
                    break
                connection.execute("ROLLBACK")  # another process has written meanwhile
            sound = _sound(new)
            if sound:
                with suppress(sqlite3.OperationalError):  # a file of reports remembers nothing
                    new.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (RESTORED_FROM, _named(known)))
    except sqlite3.DatabaseError as error:
        fresh.unlink(missing_ok=True)
        if errors.primary_code(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY):
            raise
        return None
    fresh.chmod(known.mode)
    make_way(salvaged(path))
    fresh.rename(salvaged(path))
    return sound


def _sound(connection: sqlite3.Connection) -> bool:
    try:
        return bool(one(connection, "PRAGMA quick_check(1)") == "ok")
    except sqlite3.DatabaseError:
        return False


def _put_back(db: Database, *, sound: bool, keep: bool) -> None:
    """Give the copy the file's name. Killed in between, whoever opens the store next does the rest."""
    path, aside = db.path, _aside(db)
    for ending in ("", *BESIDE):
        there = path.with_name(path.name + ending)
        if not keep:
            there.unlink(missing_ok=True)  # all of it is in the copy
        elif there.exists():
            there.rename(aside.with_name(aside.name + ending))
    if not sound:
        mark(path)
    salvaged(path).rename(path)


def _kept(db: Database) -> Path:
    """The copy, under a name of its own."""
    aside = _aside(db)
    salvaged(db.path).rename(aside)
    return aside


def _aside(db: Database) -> Path:
    return free(db.path.with_name(f"{db.path.name}.lost-{db.clock():%Y%m%d-%H%M%S}"))


def _clear_old_log(path: Path, known: Files, now: Files) -> None:
    """Take the lost file's log away from beside another file, into which SQLite would write what it holds."""
    for ending, ours in (("-wal", now.log == known.log), ("-shm", now.shared == known.shared)):
        if ours:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _named(known: Files) -> str:
    return f"{known.file} {known.log}"


def _restored_from(path: Path) -> str:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{quoted(path)}?mode=ro", uri=True)) as there:
        return str(one(there, "SELECT value FROM memory WHERE name = ?", RESTORED_FROM))
    return ""


def _restored(path: Path) -> Notice:
    sentence = f"Files of {path} were deleted or moved while khabar ran: all that the store held is there again."
    return Notice(NoticeKind.RESTORED, sentence, (("path", str(path)),))


def _replaced(path: Path, aside: Path | None) -> Notice:
    if aside is None:
        sentence = f"Another file has taken the place of {path} while khabar ran: khabar goes on with that one."
        return Notice(NoticeKind.REPLACED, sentence, (("path", str(path)),))
    sentence = (
        f"Another file has taken the place of {path} while khabar ran: khabar goes on with that one, and what the store"
        f" held was kept as {aside}."
    )
    return Notice(NoticeKind.REPLACED, sentence, (("path", str(path)), ("aside", str(aside))))
