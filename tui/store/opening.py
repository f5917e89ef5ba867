"""Opening a file in whatever state it is: absent, older, newer, read-only, damaged, somebody else's."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui.store import errors, schema
from tui.store.connection import BUSY_MS, Database, marker, prepare, quoted
from tui.store.errors import Notice, NoticeKind
from tui.store.place import alone, check_plain, free, make_way, real, salvaged

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
"""Told how many steps of a repair are done and how many there are (0: nobody can say); a story counts once when it is
saved and once when it can be searched."""
_LOG_HEAD = 32
"""Bytes of a write-ahead log that holds nothing."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNWRITABLE = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
)


def untold(done: int, total: int) -> None:
    """Nobody waits for the repair of a damaged file."""


def open_database(path: Path, clock: Clock, progress: Progress = untold) -> tuple[Database, list[Notice]]:
    """The open file and what to tell the reader about it. Raises StoreError when nothing can be done.

    ``progress`` is told how far the repair of a damaged file is; what it raises ends the repair and changes nothing.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _temporary(path, clock)
    check_plain(path)
    path = real(path)
    check_plain(path)
    if not path.exists() and salvaged(path).is_file():
        # Killed between setting the damaged file aside and putting the new one in its place.
        _aside(path, clock())
        salvaged(path).rename(path)
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return _read_only(path, clock)
    if marker(path).is_file() or _only_log(path):
        return _repaired(path, clock, progress)
    if not path.with_name(path.name + "-wal").exists():
        # An index without its log belongs to a khabar that has both open, and loses the log: see tui.store.rescue.
        with contextlib.suppress(OSError):
            path.with_name(path.name + "-shm").unlink()
    db = Database(path, clock=clock)
    try:
        found = _prepared(db)
        if db.refusal is None:
            _try_to_write(db)
            db.reopen = lambda: open_database(path, clock)
        return found
    except sqlite3.Error as error:
        db.close()
        code = errors.primary_code(error)
        if code in _DAMAGE or _half_made(error):
            return _repaired(path, clock, progress)
        if code in _UNWRITABLE:
            return _read_only(path, clock)
        raise errors.translated(error, str(path)) from error


def _prepared(db: Database) -> tuple[Database, list[Notice]]:
    _check_ours(db)
    version = prepare(db)
    sentence = (
        f"{db.path} was written by a newer khabar (its version is {version}, this one knows {schema.VERSION}):"
        " it can be read but not changed; start the newer khabar to change it."
    )
    try:
        # One row of each table that the first frame needs: a file that cannot give these is damaged.
        db.connection.execute("SELECT count(*) FROM tallies").fetchone()
        db.connection.execute("SELECT id FROM sources LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        if version <= schema.VERSION:
            raise
        db.close()
        raise errors.StoreNewer(
            f"{db.path} was written by a much newer khabar and cannot be read by this one: start the newer khabar."
        ) from error
    if version <= schema.VERSION:
        return db, []
    db.refusal = errors.StoreNewer(sentence)
    values = (("path", str(db.path)), ("found", str(version)), ("known", str(schema.VERSION)))
    return db, [Notice(NoticeKind.NEWER, sentence, values)]


def _check_ours(db: Database) -> None:
    """Raises StoreForeign for another program's database, which is left as it is; sqlite3.Error when it is damaged.

    A file of ours has its version from the moment it has tables, and these three whatever the version.
    """
    tables, ours = db.connection.execute(
        "SELECT count(*), total(name IN ('sources', 'stories', 'bodies')) FROM sqlite_master WHERE type = 'table'"
    ).fetchone()
    if not tables or (ours > 1 and schema.user_version(db.connection)):
        return
    reader = f"file:{quoted(db.path)}?mode=ro"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(reader, uri=True)) as last:
        # It writes nothing when it is closed; the last connection that could write would clear the log up.
        schema.user_version(last)
        db.close()
    db.close()
    raise errors.StoreForeign(
        f"{db.path} is the database of another program, which khabar leaves as it is: move it away and start khabar"
        " again."
    )


def _try_to_write(db: Database) -> None:
    """Begin to write, and leave it at that: what lies beside the file (its log, its index) may be in the way.

    Raises sqlite3.Error when it is; another process that writes right now is no reason.
    """
    connection = db.connection
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
        db.lost(begun=True)  # from here on it looks for the log and the index, too
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if errors.primary_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _half_made(error: sqlite3.Error) -> bool:
    """A file with a version but without its tables is not one of ours any more."""
    return isinstance(error, sqlite3.OperationalError) and "no such table" in str(error)


def _read_only(path: Path, clock: Clock) -> tuple[Database, list[Notice]]:
    """The file for reading, when neither it nor its directory can be written."""
    if not path.exists():
        return _temporary(path, clock)
    sentence = (
        f"{path} cannot be written: what you read and star now will not be kept; check its permissions and the disk."
    )
    write_ahead = path.with_name(path.name + "-wal")
    mode = "immutable"
    opened = path
    holder = None
    if write_ahead.exists() and write_ahead.stat().st_size:
        # What was committed last lies in the write-ahead log, which cannot be read in place without writing beside it.
        import shutil

        holder = _temporary_directory()
        opened = Path(holder, path.name)
        shutil.copy(path, opened)
        shutil.copy(write_ahead, opened.with_name(opened.name + "-wal"))
        mode = "rw"
    db = Database(opened, clock=clock, mode=mode, holder=holder)
    try:
        _, notices = _prepared(db)
    except sqlite3.Error as error:
        db.close()
        raise errors.translated(error, str(path)) from error
    db.refusal = errors.StoreReadOnly(sentence)
    return db, [*notices, Notice(NoticeKind.READ_ONLY, sentence, (("path", str(path)),))]


def _temporary(path: Path, clock: Clock) -> tuple[Database, list[Notice]]:
    """A store for this session only."""
    holder = _temporary_directory()
    db = Database(Path(holder, "khabar.sqlite3"), clock=clock, holder=holder)
    prepare(db)
    sentence = (
        f"{path} cannot be made: what you read now will be forgotten at the end; check the directory's permissions."
    )
    return db, [Notice(NoticeKind.TEMPORARY, sentence, (("path", str(path)),))]


def _temporary_directory() -> str:
    import tempfile

    return tempfile.mkdtemp(prefix="khabar-")


def _repaired(path: Path, clock: Clock, progress: Progress) -> tuple[Database, list[Notice]]:
    """Set a damaged file aside and put what reads of it in its place. One process does it, others wait."""
    try:
        return _repair(path, clock, progress)
    except (OSError, errors.StoreFull, errors.StoreReadOnly) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise errors.StoreDamaged(
            f"{path} is damaged and there is no room beside it to save what can be read ({reason}); free some space and"
            " start khabar again, nothing was changed."
        ) from error


def _repair(path: Path, clock: Clock, progress: Progress) -> tuple[Database, list[Notice]]:
    from tui.store import salvage

    with alone(path):
        db = Database(path, clock=clock)
        if not (marker(path).is_file() or _only_log(path)):
            # Another process may have repaired it while this one waited.
            with contextlib.suppress(sqlite3.Error):
                found = _prepared(db)
                db.reopen = lambda: open_database(path, clock)
                return found
        db.close()
        fresh = path.with_name(path.name + ".salvage")
        result = salvage.salvage(path, fresh, clock, progress)
        make_way(salvaged(path))
        fresh.rename(salvaged(path))
        aside = _aside(path, clock())
        salvaged(path).rename(path)
        make_way(marker(path))
        opened, notices = _prepared(Database(path, clock=clock))
        opened.reopen = lambda: open_database(path, clock)
    sentence = (
        f"The store was damaged: {result.stories} stories, {result.starred} of them starred, and {result.sources}"
        f" sources were saved; the damaged file was kept as {aside}."
    )
    values = (
        ("path", str(aside)),
        ("stories", str(result.stories)),
        ("starred", str(result.starred)),
        ("sources", str(result.sources)),
    )
    return opened, [Notice(NoticeKind.SET_ASIDE, sentence, values), *notices]


def _only_log(path: Path) -> bool:
    """Whether the file is gone or empty and its log is not: SQLite would delete what was confirmed last with it."""
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > _LOG_HEAD and not (path.exists() and path.stat().st_size)


def _aside(path: Path, now: datetime) -> Path:
    aside = free(path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}"))
    for ending in ("", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside
