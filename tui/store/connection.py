"""The file's connections: one a thread, short write transactions, errors in our own terms.

WAL with synchronous=NORMAL: a committed change survives the process (kill -9) because it is in the operating system's
hands; only a loss of power can take the last of them. Threads of one process wait for each other on a lock, which is
fair; processes wait on SQLite's busy handler.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tui.store import errors, schema
from tui.store.errors import Notice
from tui.store.place import Files, cut, files, has_open, make_way

log = logging.getLogger(__name__)
BUSY_MS = 15_000
_CACHE_KIB = 16_384
_ABANDONED: set[tuple[int, int]] = set()
"""Lost files that this process has open for as long as it lives."""


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class _Held:
    """A thread's connection, and the lock held while it is used: closed under a statement it crashes Python."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.used = threading.RLock()
        self.closed = False

    def close(self) -> None:
        """Break off what it reads, wait until it is out of use, and close it."""
        while not self.used.acquire(timeout=0.01):
            self.connection.interrupt()  # again and again: one that comes between two statements stops nothing
        self.closed = True
        self.connection.close()
        self.used.release()

    def abandon(self) -> None:
        """Use it no more and never close it: see ``tui.store.rescue``."""
        import ctypes

        self.closed = True
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.connection))  # nor does Python when it ends


class Database:
    """An open file. Every method may be called from any thread."""

    stories_in = "main"
    """The name of the database of a connection that holds the stories."""

    def __init__(
        self, path: Path, *, clock: Callable[[], datetime], mode: str = "rwc", holder: str | None = None
    ) -> None:
        self.path = path
        self.clock = clock
        self.mode = mode
        self._holder = holder
        """A temporary directory that goes when the file is closed."""
        self.refusal: errors.StoreReadOnly | None = None
        """Why nothing may be written, or None."""
        self.files: Files | None = None
        """What lay at the path when the file was opened."""
        self.reopen: Callable[[], tuple[Database, list[Notice]]] | None = None
        """Looks at what lies at the path now, and repairs it where it must."""
        self._unlooked = False
        """Whether other files may lie at the path than those that were looked at."""
        self.heard: Callable[[Notice], None] = lambda notice: None
        """Hears what happens to the file while it is open, on any thread."""
        self._local = threading.local()
        self._write_lock = threading.RLock()
        self._all: list[_Held] = []
        self._all_lock = threading.Lock()

    def now(self) -> int:
        """The clock's time in Unix seconds."""
        return int(self.clock().timestamp())

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        return self._held.connection

    @property
    def _held(self) -> _Held:
        held: _Held | None = getattr(self._local, "held", None)
        if held is None or held.closed:
            if self.files is not None and self.lost():
                self._recover_for_another()
            if self._unlooked:
                self._look()
            held = self._local.held = _Held(self._connect())
            with self._all_lock:
                self._all.append(held)
        return held

    def _connect(self) -> sqlite3.Connection:
        mode = "rw" if self.mode == "rwc" and self.files is not None else self.mode  # made once, not in another's place
        uri = f"file:{quoted(self.path)}?{'mode=' + mode if mode != 'immutable' else 'mode=ro&immutable=1'}"
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000, cached_statements=256
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA secure_delete = FAST")
        if self.files is None:
            with suppress(OSError):
                self.files = files(self.path)._replace(log=None, shared=None)  # they are made when it is first read
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; SQLite's errors come out as StoreError."""
        try:
            with self._using() as connection:
                yield connection
        except sqlite3.Error as error:
            problem = errors.translated(error, str(self.path))
            if isinstance(problem, errors.StoreDamaged):
                with suppress(OSError):
                    mark(self.path)
            elif isinstance(self.refusal, errors.StoreNewer) and isinstance(error, sqlite3.OperationalError):
                problem = self.refusal  # a table or column that the newer version changed
            raise problem from error

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, which is not closed until this ends."""
        while True:
            held = self._held
            with held.used:
                if not held.closed:
                    yield held.connection
                    return

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """``reading``, with all that is read from one moment, whatever others write meanwhile."""
        with self.reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                roll_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction, all or nothing. Nested use joins the outer one."""
        if self.refusal is not None:
            raise self.refusal
        with self._write_lock:
            while True:
                with self.reading() as connection:
                    if connection.in_transaction:
                        yield connection
                        return
                    if self._begin(connection):
                        try:
                            yield connection
                            connection.execute("COMMIT")
                        except BaseException:
                            roll_back(connection)
                            raise
                        return
                    self._recover(connection)

    def _begin(self, connection: sqlite3.Connection) -> bool:
        """Begin a write transaction; False, and none is begun, when it would go into files that are lost."""
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError:
            if not self.lost():
                raise
            return False
        if self.lost(begun=True):
            connection.execute("ROLLBACK")
            return False
        return True

    def lost(self, *, begun: bool = False) -> bool:
        """Whether other files lie at the path than those that are open, or less of them; some microseconds.

        ``begun``: a transaction was, so that log and index are open, too.
        """
        known = self.files
        try:
            now = files(self.path)
        except OSError:
            return False  # nobody can say
        smaller = known is not None and now.file == known.file and now.size < known.size and cut(now)
        if known is None or (known.log, known.shared) == (None, None):
            if known is not None and (now.file != known.file or smaller):
                return True
            if begun and not has_open(now):
                return True  # they came between the opening and the first look
        elif (now.file, now.log, now.shared) != (known.file, known.log, known.shared) or smaller:
            return True
        if begun:
            with self._all_lock:
                if self.files is known:
                    self.files = now
        return False

    def _recover(self, connection: sqlite3.Connection) -> None:
        """Go on with what lies at the path, after saving what the connection sees of what lay there."""
        from tui.store.rescue import rescue

        log.warning("%s: its files are not those that are open", self.path)
        try:
            notices = rescue(self, connection)
        except OSError as error:
            raise errors.StoreFull(
                f"The files of {self.path} were deleted or moved, and they cannot be put back ({error.strerror}):"
                " nothing was kept of the last change; check the disk and its space."
            ) from error
        with self._all_lock:
            lost, self._all = self._all, []
            known, self.files = self.files, None
        for held in lost:
            held.abandon()
        if known is not None and known.file is not None:
            _ABANDONED.add(known.file)
        self._unlooked = self.reopen is not None
        self._tell(notices)
        self._look()

    def _look(self) -> None:
        """Look at what lies at the path before it is used, and repair it where it must. Raises StoreError, and looks
        again the next time, for what cannot be written."""
        with self._write_lock:
            if self._unlooked and self.reopen is not None:
                if files(self.path).file in _ABANDONED:  # it is back; SQLite still has its old index in this process
                    raise errors.unusable(str(self.path))
                other, notices = self.reopen()
                other.close()
                if other.refusal is not None:
                    raise other.refusal
                if other.path != self.path:  # a store for a session is no place for what is to be kept
                    raise errors.StoreReadOnly(notices[-1].sentence)
                self._unlooked = False
                self._tell(notices)

    def _tell(self, notices: list[Notice]) -> None:
        for notice in notices:
            log.warning("%s", notice.sentence)
            self.heard(notice)

    def _recover_for_another(self) -> None:
        """The same where this thread has no connection yet: with one that no thread uses now."""
        with self._write_lock:
            for held in list(self._all):
                if held.used.acquire(blocking=False):
                    try:
                        if not held.connection.in_transaction and self.lost():
                            self._recover(held.connection)
                        return
                    finally:
                        held.used.release()

    def renew(self) -> None:
        """Let every thread open the files anew when it next uses them, and finish what it reads just now."""
        with self._write_lock:  # nobody is in the middle of a transaction
            with self._all_lock:
                old, self._all = self._all, []
            for held in old:
                held.closed = True  # closed indeed when its thread lets go of it

    def close(self) -> None:
        """Close every thread's connection; what another thread reads just then fails. A later use opens a new one."""
        with self._write_lock:
            with self._all_lock:
                closing, self._all = self._all, []
                known, self.files = self.files, None
            elsewhere = known is not None and _elsewhere(known, self.path)
            for held in closing:
                if elsewhere:
                    held.abandon()
                else:
                    held.close()
        if self._holder is not None:
            import shutil

            shutil.rmtree(self._holder, ignore_errors=True)


def _elsewhere(known: Files, path: Path) -> bool:
    """Whether the file itself does not lie at its path any more."""
    try:
        return files(path).file != known.file
    except OSError:
        return False


def quoted(path: Path) -> str:
    """A path as it stands in a file: URI."""
    return os.fspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction that failed. A full disk has ended it already: another ROLLBACK would raise and hide why."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def marker(path: Path) -> Path:
    """A file that says: this store was found damaged while it was used; the next to open it repairs it."""
    return path.with_name(path.name + ".damaged")


def mark(path: Path) -> None:
    """Make that file, whatever stands in its place."""
    if not marker(path).is_file():
        make_way(marker(path))
        marker(path).touch()


def prepare(db: Database) -> int:
    """Make or migrate the schema; quick when there is nothing to do. The file's version. Raises sqlite3.Error."""
    connection = db.connection
    version = schema.user_version(connection)
    if version >= schema.VERSION or db.mode != "rwc":
        return version
    set_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        schema.migrate(connection)  # reads the version again: another process may have been quicker
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    return schema.user_version(connection)


def set_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for other processes here, and several may make the file at once."""
    for attempt in range(200):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if errors.primary_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or attempt == 199:
                raise
            time.sleep(0.02)
