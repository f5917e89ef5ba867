"""The response store: one SQLite file, shared by processes, bounded, and never in the way.

Whatever happens to the file (full disk, lock, corruption, no right to write), a response is served; it is then not
stored, and one ``Notice`` says so. Reads are quick and run on the caller's thread; writes run on one thread of ours.
A body and its head are written in one transaction and carry a checksum: half a response is never seen.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from tui.net.cachefile import CacheFile
from tui.net.cachetrouble import NOT_A_DATABASE, Trouble, trouble
from tui.net.fields import Fields
from tui.net.messages import Received, Request, Stored
from tui.net.outcome import Notice

T = TypeVar("T")

_APPLICATION_ID = 0x6B686272  # "khbr"
_VERSION = 1
_SCHEMA = f"""
pragma application_id={_APPLICATION_ID};
pragma user_version={_VERSION};
create table if not exists responses(
  id integer primary key autoincrement, url text not null, method text not null, vary text not null,
  status integer not null, head text not null, requested real not null, arrived real not null, used real not null,
  digest blob not null, inside integer not null, size integer not null, checksum integer not null);
create unique index if not exists responses_key on responses(url, method, vary);
create index if not exists responses_used on responses(used, size);
create table if not exists bodies(id integer primary key, body blob not null);
create table if not exists notes(key text primary key, value text not null, until real not null) without rowid;
"""
_HEAD = "id, method, url, status, head, vary, requested, arrived, digest, inside, size"
_VARIANTS = 8
"""Variants kept of one address: a server that varies by everything does not fill the cache with one page."""
_ROW_OVERHEAD = 600
_KEEP_SHARE = 0.9
_BATCH = 200
_VACUUM_PAGES = 2000
_READ_WAIT_MS = 5


@lru_cache(maxsize=256)
def _fields(head: str) -> Fields:
    return Fields((str(n), str(v)) for n, v in json.loads(head))


def _stored(row: tuple[object, ...]) -> Stored:
    number, method, url, status, head, vary, requested, arrived, digest, inside, size = row
    return Stored(
        number, method, url, status, _fields(str(head)), tuple((n, v) for n, v in json.loads(str(vary))),  # type: ignore[arg-type]
        requested, arrived, digest, bool(inside), size,  # type: ignore[arg-type]
    )  # fmt: skip


class ResponseStore:
    """Stored responses and notes (times and counters about addresses, kept over restarts). Thread-safe."""

    def __init__(
        self, path: Path, *, limit: int, locked_wait: float = 1.0, notify: Callable[[Notice], None] | None = None
    ) -> None:
        self._file = CacheFile(path)
        self._limit, self._locked_wait = limit, locked_wait
        self._notify = notify or (lambda notice: None)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="khabar-cache")
        self._guard = threading.RLock()  # one connection at a time is opened, closed or used for reading
        self._read: sqlite3.Connection | None = None
        self._write: sqlite3.Connection | None = None
        self._retry_at = 0.0
        self._said: set[Trouble] = set()
        self._touched: dict[int, float] = {}
        self._since_trim = 0
        self._notes: dict[str, tuple[str, float]] = {}
        self._closed = self._impatient = False

    # -- opening, failing, healing ------------------------------------------------------------------------------

    def open(self) -> bool:
        """Open the file when it is not open; False when it cannot be used now. Blocks: not for the event loop."""
        if self._write is not None:
            return True
        with self._guard:
            if self._closed or time.monotonic() < self._retry_at:
                return False
            try:
                for _ in range(2):
                    try:
                        self._connect()
                        return True
                    except sqlite3.Error as error:
                        self._disconnect()
                        if not self._heal(error):
                            return False
            except OSError as error:
                self._disconnect()
                self._say(Trouble.UNUSABLE, error)
            self._retry_at = time.monotonic() + 30
            return False

    def _connect(self) -> None:
        with self._file.entering():
            self._write, self._impatient = self._connection(int(self._locked_wait * 1000)), False
            made = self._write.execute("pragma user_version").fetchone()[0]
            mine = self._write.execute("pragma application_id").fetchone()[0] == _APPLICATION_ID
            if made and not (mine and made == _VERSION):
                raise _foreign()
            if not made:
                if self._write.execute("select count(*) from sqlite_master").fetchone()[0]:
                    raise _foreign()
                self._write.executescript("pragma auto_vacuum=incremental;pragma journal_mode=wal;" + _SCHEMA)
            self._write.execute("select max(id) from responses").fetchone()
            self._read = self._connection(_READ_WAIT_MS)
            self._read.execute("select max(id) from responses").fetchone()

    def _connection(self, wait_ms: int) -> sqlite3.Connection:
        db = sqlite3.connect(self._file.path, isolation_level=None, check_same_thread=False, timeout=wait_ms / 1000)
        db.executescript("pragma synchronous=normal;pragma journal_size_limit=16777216;pragma cache_size=-4000")
        return db

    def _disconnect(self) -> None:
        with self._guard:
            for db in (self._read, self._write):
                if db is not None:
                    with suppress(sqlite3.Error):
                        db.close()
            self._read = self._write = None
            self._file.leave()

    def _heal(self, error: sqlite3.Error) -> bool:
        """After a failure: True when a fresh try may work at once."""
        what = trouble(error)
        if what is not Trouble.CORRUPT:
            self._say(what, error)
            return False
        self._disconnect()
        aside = self._file.set_aside()
        self._say(Trouble.CORRUPT if aside else Trouble.SHARED_CORRUPT, error)
        if not aside:
            self._retry_at = time.monotonic() + 10
        return aside

    def _say(self, what: Trouble, error: Exception) -> None:
        if what not in self._said:
            self._said.add(what)
            self._notify(Notice(what.value, str(error)))

    def _reading(self, work: Callable[[sqlite3.Connection], T], default: T) -> T:
        if not self._guard.acquire(timeout=_READ_WAIT_MS / 1000):
            return default  # the file is being opened anew: nothing to wait for on the event loop
        try:
            return default if self._read is None else work(self._read)
        except sqlite3.Error as error:
            if trouble(error) is not Trouble.LOCKED:
                self._submit(partial(self._recover, error), None)
            return default
        except (ValueError, TypeError):  # a row that we did not write so
            return default
        finally:
            self._guard.release()

    def _recover(self, error: sqlite3.Error) -> None:
        """In the writer thread, where nothing else uses the connections."""
        with self._guard:
            if self._heal(error):
                self.open()

    def _writing(self, work: Callable[[sqlite3.Connection], T], default: T) -> T:
        """Run in the writer thread, in one transaction."""
        if not self.open():
            return default
        db = self._write
        if db is None:
            return default
        try:
            db.execute("begin immediate")
            self._flush_touched(db)
            result = work(db)
            db.execute("commit")
            self._after_write(db, locked=False)
            return result
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                db.execute("rollback")
            with self._guard:
                self._heal(error)
            self._after_write(db, locked=trouble(error) is Trouble.LOCKED)
            return default

    def _after_write(self, db: sqlite3.Connection, *, locked: bool) -> None:
        """Having waited for a lock once in vain, hardly wait again until a write succeeds."""
        if locked is not self._impatient:
            self._impatient = locked
            wait = 20 if locked else int(self._locked_wait * 1000)
            with suppress(sqlite3.Error):
                db.execute(f"pragma busy_timeout={wait}")

    def _submit(self, work: Callable[[], T], default: T) -> Future[T]:
        try:
            return self._writer.submit(work)
        except RuntimeError:  # closed
            done: Future[T] = Future()
            done.set_result(default)
            return done

    def prepare(self) -> Future[bool]:
        """Open the file off the caller's thread."""
        return self._submit(self.open, False)

    # -- responses ----------------------------------------------------------------------------------------------

    def candidates(self, url: str, method: str) -> list[Stored]:
        """All stored variants of an address, without bodies."""
        query = f"select {_HEAD} from responses where url=? and method=?"  # noqa: S608  our own constant
        return self._reading(lambda db: [_stored(row) for row in db.execute(query, (url, method))], [])

    def body(self, stored: Stored) -> bytes | None:
        """The raw body, or None when the row has gone or its bytes are not what was written."""
        query = "select body, checksum from bodies join responses using(id) where id=?"
        row = self._reading(lambda db: db.execute(query, (stored.id,)).fetchone(), None)
        if row is None:
            return None
        body = row[0] if isinstance(row[0], bytes) else b""
        if zlib.crc32(body) != row[1]:
            self.drop((stored.url,))
            return None
        self._touched[stored.id] = time.time()
        return body

    def put(
        self, request: Request, answer: Received, fields: Fields, vary: Iterable[tuple[str, str | None]], digest: bytes
    ) -> Future[bool]:
        """Store a whole response in place of the variant it supersedes; the future says whether it was stored."""
        head, key = json.dumps(fields.pairs, ensure_ascii=False), json.dumps(list(vary))
        size = len(answer.raw) + len(head) + _ROW_OVERHEAD
        if size > self._limit // 4:
            return self._submit(lambda: False, False)

        def work(db: sqlite3.Connection) -> bool:
            for (old,) in db.execute(
                "select id from responses where url=? and method=? and (vary=? or id not in "
                "(select id from responses where url=? and method=? order by arrived desc limit ?))",
                (request.url, request.method, key, request.url, request.method, _VARIANTS - 1),
            ).fetchall():
                _delete(db, [old])
            cursor = db.execute(
                "insert into responses(url, method, vary, status, head, requested, arrived, used, digest, inside, size,"
                " checksum) values(?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    request.url, request.method, key, answer.status, head, answer.requested, answer.arrived,
                    answer.arrived, digest, answer.inside, size, zlib.crc32(answer.raw),
                ),
            )  # fmt: skip
            db.execute("insert into bodies(id, body) values(?,zeroblob(?))", (cursor.lastrowid, len(answer.raw)))
            with db.blobopen(
                "bodies", "body", cursor.lastrowid or 0
            ) as blob:  # as a parameter it would be copied twice
                for start in range(0, len(answer.raw), 1 << 18):
                    blob.write(answer.raw[start : start + (1 << 18)])
            return True

        def write() -> bool:
            stored = self._writing(work, False)
            self._since_trim += size
            if stored and self._since_trim > self._limit // 20:
                self._trim()
            return stored

        return self._submit(write, False)

    def update(self, stored: Stored, fields: Fields, requested: float, arrived: float) -> Future[bool]:
        """Give a stored response the fields of a 304; its body stays as it is."""
        head = json.dumps(fields.pairs, ensure_ascii=False)

        def work(db: sqlite3.Connection) -> bool:
            query = "update responses set head=?, requested=?, arrived=?, used=? where id=?"
            return db.execute(query, (head, requested, arrived, arrived, stored.id)).rowcount == 1

        return self._submit(lambda: self._writing(work, False), False)

    def drop(self, urls: Iterable[str]) -> Future[bool]:
        """Forget everything stored of these addresses."""
        wanted = tuple(urls)

        def work(db: sqlite3.Connection) -> bool:
            for url in wanted:
                _delete(db, [i for (i,) in db.execute("select id from responses where url=?", (url,)).fetchall()])
            return True

        return self._submit(lambda: self._writing(work, False), False)

    # -- notes --------------------------------------------------------------------------------------------------

    def note(self, key: str) -> str:
        """A note that has not run out, or ""."""
        here = self._notes.get(key, ("", 0.0))
        query = "select value, until from notes where key=?"
        value, until = self._reading(lambda db: db.execute(query, (key,)).fetchone(), None) or here
        return value if until > time.time() else ""

    def set_note(self, key: str, value: str, until: float) -> Future[bool]:
        """Remember ``value`` until a time (epoch seconds); "" forgets it. Kept over restarts when it can be written."""
        if value:
            self._notes[key] = (value, until)
        else:
            self._notes.pop(key, None)

        def work(db: sqlite3.Connection) -> bool:
            db.execute("delete from notes where key=? or until<?", (key, time.time()))
            if value:
                db.execute("insert into notes values(?,?,?)", (key, value, until))
            return True

        return self._submit(lambda: self._writing(work, False), False)

    # -- bounds and end -----------------------------------------------------------------------------------------

    def tidy(self) -> Future[None]:
        """Bring the file under its limit now: after a refresh."""
        return self._submit(self._trim, None)

    def _trim(self) -> None:
        """Delete the least recently used until nine tenths of the limit are used, and give the pages back."""
        self._since_trim = 0
        if not self.open() or self._write is None:
            return
        db = self._write
        try:
            page, pages, free = (
                db.execute(f"pragma {p}").fetchone()[0] for p in ("page_size", "page_count", "freelist_count")
            )
        except sqlite3.Error as error:
            with self._guard:
                self._heal(error)
            return
        excess = (pages - free) * page - int(self._limit * _KEEP_SHARE)
        if (pages - free) * page <= self._limit and free * page < self._limit // 10:
            return
        while excess > 0:
            freed = self._writing(lambda db, excess=excess: _delete_oldest(db, excess), 0)  # type: ignore[misc]
            if not freed:
                break
            excess -= freed
        with suppress(sqlite3.Error):
            if self._write is not None:
                for _ in range(_free_pages(self._write) // _VACUUM_PAGES + 1):  # in steps: others write too
                    self._write.executescript(f"pragma incremental_vacuum({_VACUUM_PAGES})")
                self._write.execute("pragma wal_checkpoint(truncate)").fetchall()

    def _flush_touched(self, db: sqlite3.Connection) -> None:
        touched, self._touched = self._touched, {}
        if touched:
            db.executemany("update responses set used=max(used, ?) where id=?", [(t, i) for i, t in touched.items()])

    def close(self) -> None:
        """Write what is left and close the file. Blocks for as long as a write takes."""
        if self._closed:
            return
        if self._touched and self._write is not None:
            self._submit(lambda: self._writing(lambda db: True, False), False)
        self._writer.shutdown(wait=True)
        self._closed = True
        self._disconnect()


def _free_pages(db: sqlite3.Connection) -> int:
    """Pages of the file that hold nothing."""
    return int(db.execute("pragma freelist_count").fetchone()[0])


def _foreign() -> sqlite3.Error:
    error = sqlite3.DatabaseError("the file is a database of another program or version")
    error.sqlite_errorcode = NOT_A_DATABASE
    return error


def _delete(db: sqlite3.Connection, ids: list[int]) -> None:
    db.executemany("delete from bodies where id=?", [(i,) for i in ids])
    db.executemany("delete from responses where id=?", [(i,) for i in ids])


def _delete_oldest(db: sqlite3.Connection, excess: int) -> int:
    ids, freed = [], 0
    for number, size in db.execute("select id, size from responses order by used limit ?", (_BATCH,)):
        ids.append(number)
        freed += size
        if freed >= excess:
            break
    _delete(db, ids)
    return freed
