"""Many readers over one store: the stories are shared and only read, what a reader does lies in a small file of theirs.

A reader's connection has their own file as its main database and the shared store attached, opened for reading by
SQLite itself. Tables that are not in the reader's file are found in the shared one; ``stories`` and the tallies are
temporary views that lay the reader's marks over the shared rows, with triggers that write the marks. So everything
else in this package reads and changes a reader's stories with the very statements of a store of one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from tui.news.model import Article, Key, Listing, Story, View
from tui.store import errors, schema
from tui.store.connection import Database, quoted, roll_back, set_wal, system_clock
from tui.store.place import check_plain, files, real
from tui.store.rows import one
from tui.store.store import Store

VERSION = schema.VERSION * 100 + 1
"""Of a reader's file: that of the store, whose statements make some of its tables, and its own."""
ENDING = ".sqlite"
TEXTS_KEPT = 300
_MAPPED = 128 * 1024 * 1024
"""Bytes of the shared file that are mapped: all readers of a host then have one copy of its pages in memory."""

_OWN = """
CREATE TABLE marks (story_id INTEGER PRIMARY KEY, read INTEGER NOT NULL);
CREATE TABLE stars (story_id INTEGER PRIMARY KEY, starred INTEGER NOT NULL);
-- What a reader's marks make of the shared numbers of unread stories: of leaders, and of all visible ones.
CREATE TABLE differences (source_id INTEGER PRIMARY KEY, leaders INTEGER NOT NULL, visible INTEGER NOT NULL);
-- Full texts this reader fetched: the shared bodies are read only.
CREATE TABLE texts_kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT, story_id INTEGER NOT NULL UNIQUE, article TEXT NOT NULL
);
-- The planner otherwise takes the stars for many, and walks all stories to find them.
ANALYZE;
INSERT INTO sqlite_stat1 VALUES ('stars', NULL, '20');
"""
_AS_THE_STORE = ("journal", "journal_stories", "places", "memory", "history")
"""Tables of a store of one that are a reader's own, made by the same statements."""

_COLUMNS = (
    "id, source_id, guid_hash, link_hash, content_hash, sorted_at, first_seen, published, title, paper, link, language,"
    " image, copied, hidden, leads, group_id, others, isolates"
)
_VIEWS = f"""
CREATE TEMP VIEW stories AS
    SELECT {", ".join(f"s.{name} AS {name}" for name in _COLUMNS.split(", "))},
        ifnull(m.read, s.read) AS read, t.starred AS starred
    FROM shared.stories s
        LEFT JOIN main.marks m ON m.story_id = s.id
        LEFT JOIN main.stars t ON t.story_id = s.id;
CREATE TEMP VIEW tallies AS
    SELECT name, n + iif(name = 'unread', ifnull((SELECT sum(leaders) FROM main.differences), 0), 0) AS n
    FROM shared.tallies;
CREATE TEMP VIEW unread_tallies AS
    SELECT u.source_id AS source_id, u.n + ifnull(d.visible, 0) AS n
    FROM shared.unread_tallies u LEFT JOIN main.differences d ON d.source_id = u.source_id;
CREATE TEMP TRIGGER mark INSTEAD OF UPDATE OF read ON stories WHEN new.read <> old.read BEGIN
    INSERT OR REPLACE INTO marks VALUES (old.id, new.read);
    INSERT INTO differences
        VALUES (old.source_id, (old.leads = 1) * (old.read - new.read), (old.hidden = 0) * (old.read - new.read))
        ON CONFLICT (source_id) DO UPDATE
        SET leaders = leaders + excluded.leaders, visible = visible + excluded.visible;
END;
CREATE TEMP TRIGGER star INSTEAD OF UPDATE OF starred ON stories WHEN new.starred = 1 BEGIN
    INSERT OR REPLACE INTO stars VALUES (old.id, 1);
END;
CREATE TEMP TRIGGER unstar INSTEAD OF UPDATE OF starred ON stories WHEN new.starred = 0 BEGIN
    DELETE FROM stars WHERE story_id = old.id;
END;
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(shared, 'search', 'instance');
"""  # noqa: S608
_RECOUNT = """
DELETE FROM marks WHERE story_id NOT IN (SELECT id FROM shared.stories);
DELETE FROM texts_kept WHERE story_id NOT IN (SELECT id FROM shared.stories);
DELETE FROM places WHERE story_id NOT IN (SELECT id FROM shared.stories);
DELETE FROM differences;
INSERT INTO differences
    SELECT s.source_id, sum((s.leads = 1) * (s.read - m.read)), sum((s.hidden = 0) * (s.read - m.read))
    FROM marks m CROSS JOIN shared.stories s ON s.id = m.story_id WHERE m.read <> s.read GROUP BY s.source_id;
"""


class NoStoriesError(errors.StoreError):
    """The shared store is not there, or is of another version: whoever keeps it has to make it."""


class ReaderDatabase(Database):
    """A reader's own file with the shared store attached for reading."""

    stories_in = "shared"

    def __init__(self, path: Path, shared: Path, *, clock: Callable[[], datetime]) -> None:
        super().__init__(path, clock=clock)
        self.shared = shared

    def _connect(self) -> sqlite3.Connection:
        connection = super()._connect()
        connection.execute("PRAGMA temp_store = MEMORY")  # no file but ours, whatever is sorted
        connection.execute("PRAGMA cache_size = -1024")
        _make_own(connection)
        connection.execute("ATTACH ? AS shared", (f"file:{quoted(self.shared)}?mode=ro",))
        connection.execute(f"PRAGMA shared.mmap_size = {_MAPPED}")
        for statement in schema.statements(_VIEWS):
            connection.execute(statement)
        return connection


def _make_own(connection: sqlite3.Connection) -> None:
    """The reader's tables, in a file that is new or was made by another version."""
    if schema.user_version(connection) == VERSION:
        return
    set_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = schema.user_version(connection)
        if found != VERSION:  # another session of this reader may have been quicker
            for name, statement in _store_tables().items():
                _made_anew(connection, name, statement)
            for statement in schema.statements(_OWN) if not found else ():
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        connection.execute("ANALYZE sqlite_master")  # reads the statistics now, not at the next opening only
    except BaseException:
        roll_back(connection)
        raise


def _store_tables() -> dict[str, str]:
    """The statements that make the tables a reader has like a store of one."""
    with closing(sqlite3.connect(":memory:")) as model:
        schema.migrate(model)
        return {name: one(model, "SELECT sql FROM sqlite_master WHERE name = ?", name) for name in _AS_THE_STORE}


def _made_anew(connection: sqlite3.Connection, name: str, statement: str) -> None:
    """Make a table as this version has it, with what an older one of that name holds in the columns both have."""
    older = _columns(connection, name)
    if older:
        connection.execute(f"ALTER TABLE {name} RENAME TO older")
    connection.execute(statement)
    if older:
        both = ", ".join(f'"{column}"' for column in _columns(connection, name) if column in older)
        connection.execute(f"INSERT INTO {name} ({both}) SELECT {both} FROM older")  # noqa: S608
        connection.execute("DROP TABLE older")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


class ReaderStore(Store):
    """The shared store as one reader has it. Sources, rules and texts cannot be changed: SQLite refuses to."""

    _own: ReaderDatabase

    def __init__(self, db: ReaderDatabase, reports: Path) -> None:
        super().__init__(db, (), reports)
        self._own = db
        self._seen = -1
        self._shared: tuple[int, int] | None = files(db.shared).file
        self._counted = False

    @classmethod
    def open_for(cls, path: Path, shared: Path, *, clock: Callable[[], datetime] = system_clock) -> ReaderStore:
        """The store at ``shared`` with a reader's own file at ``path``, made when it is not there.

        A damaged file of a reader is set aside. Raises NoStoriesError, or StoreError when the file cannot be used.
        """
        check_plain(path)
        path = real(path)
        _check(shared)
        reports = shared.with_name("reports.sqlite3")
        try:
            return cls._opened(path, shared, clock, reports)
        except errors.StoreDamaged:
            if not _is_damaged(path):
                raise
            aside = path.with_name(f"{path.name}.damaged-{clock():%Y%m%d-%H%M%S}")
            for ending in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
            return cls._opened(path, shared, clock, reports)

    @classmethod
    def _opened(cls, path: Path, shared: Path, clock: Callable[[], datetime], reports: Path) -> ReaderStore:
        db = ReaderDatabase(path, shared, clock=clock)
        try:
            with db.reading() as connection:
                connection.execute("SELECT count(*) FROM main.marks").fetchone()
            return cls(db, reports)
        except BaseException:
            db.close()
            raise

    def stories(
        self, view: View, *, after: Key | None = None, before: Key | None = None, last: bool = False, limit: int = 50
    ) -> list[Story]:
        """See ``Store.stories``. The last unread ones are not looked for among everything that was read."""
        if self._counted and view == View(Listing.UNREAD):
            limit = min(limit, max(0, self.count(view)))
            if not limit:
                return []
        return super().stories(view, after=after, before=before, last=last, limit=limit)

    def carry_on(self) -> bool:
        """Sources are not a reader's to remove."""
        return False

    def article(self, story_id: int) -> Article | None:
        """The full text this reader fetched, else what the shared store has."""
        with self._db.reading() as connection:
            text = one(connection, "SELECT article FROM texts_kept WHERE story_id = ?", story_id)
        if text is not None:
            from tui.store import bodies

            found = bodies.loaded(text)
            if found is not None:
                return found
        return super().article(story_id)

    def save_article(self, story_id: int, article: Article) -> None:
        """Keep a full text for this reader, the last few hundred of them."""
        from tui.store import bodies

        with self._db.writing() as connection:
            cursor = connection.execute(
                "INSERT OR REPLACE INTO texts_kept (story_id, article) VALUES (?, ?)",
                (story_id, bodies.dumped(article)),
            )
            connection.execute("DELETE FROM texts_kept WHERE id <= ?", ((cursor.lastrowid or 0) - TEXTS_KEPT,))

    def follow_shared(self) -> bool:
        """Whether the shared store has changed since the last call; the reader's numbers then agree with it again.

        Always call it on the same thread: SQLite counts by connection.
        """
        with suppress(OSError):
            lies_there = files(self._own.shared).file
            if lies_there not in (None, self._shared):  # it was repaired, or put back
                self._shared, self._seen = lies_there, -1
                self._own.renew()
        with self._db.reading() as connection:
            version = int(one(connection, "PRAGMA shared.data_version"))
        if version == self._seen:
            return False
        with self._db.writing() as connection:
            for statement in schema.statements(_RECOUNT):
                connection.execute(statement)
        self._seen = version
        self._counted = True
        return True


def _is_damaged(path: Path) -> bool:
    """Whether it is the reader's own file that cannot be read, not the shared one."""
    try:
        with closing(sqlite3.connect(f"file:{quoted(path)}?mode=rw", uri=True)) as connection:
            return bool(one(connection, "PRAGMA quick_check(1)") != "ok")
    except sqlite3.Error:
        return True


def _check(shared: Path) -> None:
    """Raises NoStoriesError for a shared store that cannot be read as it is."""
    check_plain(shared)
    version = 0
    if shared.exists():
        try:
            with closing(sqlite3.connect(f"file:{quoted(shared)}?mode=ro", uri=True)) as connection:
                version = schema.user_version(connection)
        except sqlite3.Error as error:
            raise errors.translated(error, str(shared)) from error
    if version != schema.VERSION:
        raise NoStoriesError(f"{shared} holds no stories of this version; khabar fetch makes it.")


def starred(folder: Path) -> set[int]:
    """The ids of the stories that any reader with a file in ``folder`` has starred: those must not be pruned."""
    found: set[int] = set()
    for path in folder.glob(f"*{ENDING}"):
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{quoted(path)}?mode=ro", uri=True)) as connection:
            found.update(row[0] for row in connection.execute("SELECT story_id FROM stars"))
    return found


def keep_starred(store: Store, folder: Path) -> None:
    """Star in the shared store what its readers have starred, so that it is never pruned. Raises StoreError.

    Readers do not see each other's stars: a reader's view takes the stars from their own file only.
    """
    wanted = sorted(starred(folder))
    if not wanted:
        return
    # Without a line in the journal: nobody is to take them back by undo.
    with store._db.writing() as connection:  # one room: the store's file, which only its modules know
        connection.executemany("UPDATE stories SET starred = 1 WHERE id = ? AND starred = 0", [(i,) for i in wanted])
