"""The tables, and the way from every older version of them to this one.

A story's *key* is its place in the order newest first as one integer: ``sorted_at << 29 | id``. It is the row id of
the search index, so that a search gives its hits newest first, page by page, without sorting.
"""

from __future__ import annotations

import sqlite3

VERSION = 13
ID_BITS = 29
ID_MASK = (1 << ID_BITS) - 1
INDEXED_PREFIX = 3
"""Beginnings of words up to so many letters have an index of their own."""
LAST_SECOND = (1 << (63 - ID_BITS)) - 1
"""The latest second a key can hold (the year 2514)."""

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    direction TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    full_text INTEGER NOT NULL,
    builtin INTEGER NOT NULL,
    removed_at INTEGER NOT NULL DEFAULT 0,
    last_success INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE tries (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    at REAL NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    new INTEGER NOT NULL,
    failure TEXT NOT NULL,
    sentence TEXT NOT NULL,
    next_allowed REAL
);
CREATE INDEX tries_of_source ON tries (source_id, id);

CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL,
    guid_hash INTEGER NOT NULL,
    link_hash INTEGER NOT NULL,      -- 0: no link that tells stories apart
    content_hash INTEGER NOT NULL,
    sorted_at INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    published INTEGER,
    title TEXT NOT NULL,
    paper TEXT NOT NULL,             -- '' for the source's own
    link TEXT NOT NULL,
    language TEXT NOT NULL,
    image INTEGER NOT NULL,
    copied INTEGER NOT NULL,         -- an aggregator's copy of another paper's story
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,   -- bits of Hidden
    leads INTEGER NOT NULL DEFAULT 1,    -- visible, and the first of its group
    group_id INTEGER NOT NULL DEFAULT 0, -- the id of the group's founder; 0: alone
    others INTEGER NOT NULL DEFAULT 0    -- visible members of the group besides this one
);
CREATE INDEX stories_all ON stories (sorted_at) WHERE leads = 1;
CREATE INDEX stories_unread ON stories (sorted_at) WHERE leads = 1 AND read = 0;
CREATE INDEX stories_language ON stories (language, sorted_at) WHERE leads = 1;
CREATE INDEX stories_starred ON stories (sorted_at) WHERE starred = 1 AND hidden = 0;
CREATE INDEX stories_source ON stories (source_id, sorted_at) WHERE hidden = 0;
CREATE INDEX stories_source_unread ON stories (source_id, sorted_at) WHERE hidden = 0 AND read = 0;
CREATE INDEX stories_guid ON stories (guid_hash, source_id);
CREATE INDEX stories_link ON stories (link_hash) WHERE link_hash <> 0;
CREATE INDEX stories_group ON stories (group_id) WHERE group_id <> 0;
CREATE INDEX stories_seen ON stories (first_seen);

-- How many rows the big lists have: kept by triggers, because counting a million rows takes 20 ms.
CREATE TABLE tallies (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tallies VALUES ('all', 0), ('unread', 0);
CREATE TRIGGER stories_tally_insert AFTER INSERT ON stories WHEN new.leads = 1 BEGIN
    UPDATE tallies SET n = n + 1 WHERE name = 'all' OR (name = 'unread' AND new.read = 0);
END;
CREATE TRIGGER stories_tally_delete AFTER DELETE ON stories WHEN old.leads = 1 BEGIN
    UPDATE tallies SET n = n - 1 WHERE name = 'all' OR (name = 'unread' AND old.read = 0);
END;
CREATE TRIGGER stories_tally_update AFTER UPDATE OF leads, read ON stories
WHEN new.leads <> old.leads OR new.read <> old.read BEGIN
    UPDATE tallies SET n = n + new.leads - old.leads WHERE name = 'all';
    UPDATE tallies SET n = n + (new.leads = 1 AND new.read = 0) - (old.leads = 1 AND old.read = 0)
        WHERE name = 'unread';
END;

CREATE TABLE bodies (
    story_id INTEGER PRIMARY KEY,
    full INTEGER NOT NULL,
    article TEXT NOT NULL
);

-- Folded text, and the index over it; its prefix indexes keep search as you type quick ("ال" begins every third word).
-- `facets` holds words of ours: any (every story), src7 (the source), own7 (the source, when its own paper), langar,
-- img. `also` holds the text of the other papers of a group, on its leader only.
CREATE TABLE texts (
    key INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    paper TEXT NOT NULL,
    facets TEXT NOT NULL,
    also TEXT NOT NULL DEFAULT ''
);
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, paper, facets, also,
    content = 'texts', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, prefix = '2 3'
);
-- A batch of 500 stories fits into 8 MB of pending terms; fewer merges while writing cost a search nothing that shows.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN
    INSERT INTO search (rowid, title, body, paper, facets, also)
    VALUES (new.key, new.title, new.body, new.paper, new.facets, new.also);
END;
CREATE TRIGGER texts_delete AFTER DELETE ON texts BEGIN
    INSERT INTO search (search, rowid, title, body, paper, facets, also)
    VALUES ('delete', old.key, old.title, old.body, old.paper, old.facets, old.also);
END;
CREATE TRIGGER texts_update AFTER UPDATE ON texts BEGIN
    INSERT INTO search (search, rowid, title, body, paper, facets, also)
    VALUES ('delete', old.key, old.title, old.body, old.paper, old.facets, old.also);
    INSERT INTO search (rowid, title, body, paper, facets, also)
    VALUES (new.key, new.title, new.body, new.paper, new.facets, new.also);
END;

-- The stems of recent titles, to find the same story in other papers.
CREATE TABLE stems (
    stem INTEGER NOT NULL,
    sorted_at INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    PRIMARY KEY (stem, sorted_at, story_id)
) WITHOUT ROWID;

-- Stories that were pruned but that their feed may still list: they must not come back as new.
CREATE TABLE tombstones (
    source_id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    listed_at INTEGER NOT NULL,
    PRIMARY KEY (source_id, identity)
) WITHOUT ROWID;

CREATE TABLE places (
    story_id INTEGER PRIMARY KEY,
    paragraph INTEGER NOT NULL,
    "offset" INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    at REAL NOT NULL
);

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE journal_stories (
    change_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    PRIMARY KEY (change_id, story_id)
) WITHOUT ROWID;

CREATE TABLE rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL,
    effect TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1
);
"""


def statements(script: str) -> list[str]:
    """The single statements of a script: ``executescript`` would commit, and half a schema must never be seen."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


MIGRATIONS = {
    0: _FIRST,
    1: """
CREATE TABLE lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    query TEXT NOT NULL
);
""",
    2: """
CREATE TABLE unread_tallies (source_id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
INSERT INTO unread_tallies SELECT source_id, sum(hidden = 0 AND read = 0) FROM stories GROUP BY source_id;
CREATE TRIGGER stories_unread_insert AFTER INSERT ON stories WHEN new.hidden = 0 AND new.read = 0 BEGIN
    INSERT INTO unread_tallies VALUES (new.source_id, 1) ON CONFLICT (source_id) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER stories_unread_delete AFTER DELETE ON stories WHEN old.hidden = 0 AND old.read = 0 BEGIN
    UPDATE unread_tallies SET n = n - 1 WHERE source_id = old.source_id;
END;
CREATE TRIGGER stories_unread_update AFTER UPDATE OF hidden, read ON stories
WHEN (new.hidden = 0 AND new.read = 0) <> (old.hidden = 0 AND old.read = 0) BEGIN
    INSERT INTO unread_tallies VALUES (new.source_id, (new.hidden = 0 AND new.read = 0))
    ON CONFLICT (source_id) DO UPDATE SET n = n + iif(new.hidden = 0 AND new.read = 0, 1, -1);
END;
""",
    3: """
-- The two rows named one by one: SQLite answers an OR with a table of its own, for every story that arrives.
DROP TRIGGER stories_tally_insert;
CREATE TRIGGER stories_tally_insert AFTER INSERT ON stories WHEN new.leads = 1 BEGIN
    UPDATE tallies SET n = n + 1 WHERE name = 'all';
    UPDATE tallies SET n = n + 1 WHERE name = iif(new.read = 0, 'unread', '');
END;
""",
    4: """
ALTER TABLE history ADD COLUMN typed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history ADD COLUMN story_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lists ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE lists SET position = id;
ALTER TABLE rules ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE rules SET position = id;
""",
    5: """
-- Indexing and grouping a story take longer than storing it: what waits for either stands here. Triggers, not the
-- program, keep the index in step: an older khabar that has the file open goes on writing.
CREATE TABLE unindexed (key INTEGER PRIMARY KEY);
CREATE TABLE ungrouped (story_id INTEGER PRIMARY KEY);
DROP TRIGGER texts_insert;
CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.key);
END;
DROP TRIGGER texts_delete;
CREATE TRIGGER texts_delete AFTER DELETE ON texts BEGIN
    INSERT INTO search (search, rowid, title, body, paper, facets, also)
    SELECT 'delete', old.key, old.title, old.body, old.paper, old.facets, old.also
    WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE key = old.key);
    DELETE FROM unindexed WHERE key = old.key;
END;
DROP TRIGGER texts_update;
CREATE TRIGGER texts_update AFTER UPDATE ON texts
WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE key = old.key) BEGIN
    INSERT INTO search (search, rowid, title, body, paper, facets, also)
    VALUES ('delete', old.key, old.title, old.body, old.paper, old.facets, old.also);
    INSERT INTO search (rowid, title, body, paper, facets, also)
    VALUES (new.key, new.title, new.body, new.paper, new.facets, new.also);
END;
""",
    6: """
-- A list in the order of its papers; all that its filters ask for stands in the index, which alone is read to count.
CREATE INDEX stories_paper ON stories (source_id, paper, sorted_at, hidden, leads, read, language) WHERE hidden = 0;
""",
    7: """
ALTER TABLE stories ADD COLUMN isolates TEXT NOT NULL DEFAULT '';  -- of the title: tui.news.isolates.packed
""",
    8: """
-- What is unread in one language: without it all stories of the language are walked to find the last unread ones.
CREATE INDEX stories_language_unread ON stories (language, sorted_at) WHERE leads = 1 AND read = 0;
""",
    9: """
-- What arrives together stands together, one source's GUIDs and the stems of three days: a page is written for many
-- rows, not for one.
DROP INDEX stories_guid;
CREATE INDEX stories_guid ON stories (source_id, guid_hash);
CREATE TABLE recent_stems (
    span INTEGER NOT NULL,  -- sorted_at / 259200: duplicates.WINDOW
    stem INTEGER NOT NULL,
    sorted_at INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    PRIMARY KEY (span, stem, sorted_at, story_id)
) WITHOUT ROWID;
INSERT INTO recent_stems SELECT sorted_at / 259200, stem, sorted_at, story_id FROM stems
WHERE sorted_at > (SELECT max(sorted_at) FROM stems) - 1209600 ORDER BY 1, 2, 3, 4;
DROP TABLE stems;
-- For an older khabar that has the file open.
CREATE VIEW stems AS SELECT stem, sorted_at, story_id FROM recent_stems;
CREATE TRIGGER stems_insert INSTEAD OF INSERT ON stems BEGIN
    INSERT OR IGNORE INTO recent_stems VALUES (new.sorted_at / 259200, new.stem, new.sorted_at, new.story_id);
END;
CREATE TRIGGER stems_delete INSTEAD OF DELETE ON stems BEGIN
    DELETE FROM recent_stems WHERE span = old.sorted_at / 259200 AND stem = old.stem AND story_id = old.story_id;
END;
""",
    10: """
-- What is read: where nearly nothing is, all stories were walked for it.
CREATE INDEX stories_read ON stories (sorted_at) WHERE leads = 1 AND read = 1;
CREATE TABLE language_tallies (
    language TEXT PRIMARY KEY, shown INTEGER NOT NULL, unread INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO language_tallies SELECT language, count(*), sum(read = 0) FROM stories WHERE leads = 1 GROUP BY language;
CREATE TRIGGER stories_language_insert AFTER INSERT ON stories WHEN new.leads = 1 BEGIN
    INSERT INTO language_tallies VALUES (new.language, 1, new.read = 0)
    ON CONFLICT (language) DO UPDATE SET shown = shown + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER stories_language_delete AFTER DELETE ON stories WHEN old.leads = 1 BEGIN
    UPDATE language_tallies SET shown = shown - 1, unread = unread - (old.read = 0) WHERE language = old.language;
END;
CREATE TRIGGER stories_language_update AFTER UPDATE OF leads, read, language ON stories
WHEN new.leads <> old.leads OR new.read <> old.read OR new.language <> old.language BEGIN
    UPDATE language_tallies SET shown = shown - old.leads, unread = unread - (old.leads = 1 AND old.read = 0)
        WHERE language = old.language;
    INSERT INTO language_tallies VALUES (new.language, new.leads, new.leads = 1 AND new.read = 0)
    ON CONFLICT (language) DO UPDATE SET shown = shown + excluded.shown, unread = unread + excluded.unread;
END;
""",
    11: """
-- Stories whose stems are not among the recent ones yet: those are moved there many together, in the order in which
-- they stand there, and write a page for many instead of each a page a stem.
CREATE TABLE learnt (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL,
    sorted_at INTEGER NOT NULL,
    stems BLOB NOT NULL  -- hashes, 32 bits each, the lowest first
);
-- A statement that may be taken back in part keeps a copy of each page it changes, for each row it inserts if it has
-- triggers. INSERT OR FAIL does not, unless they contain an ON CONFLICT of their own.
DROP TRIGGER stories_unread_insert;
CREATE TRIGGER stories_unread_insert AFTER INSERT ON stories WHEN new.hidden = 0 AND new.read = 0 BEGIN
    INSERT INTO unread_tallies SELECT new.source_id, 0
        WHERE NOT EXISTS (SELECT 1 FROM unread_tallies WHERE source_id = new.source_id);
    UPDATE unread_tallies SET n = n + 1 WHERE source_id = new.source_id;
END;
DROP TRIGGER stories_language_insert;
CREATE TRIGGER stories_language_insert AFTER INSERT ON stories WHEN new.leads = 1 BEGIN
    INSERT INTO language_tallies SELECT new.language, 0, 0
        WHERE NOT EXISTS (SELECT 1 FROM language_tallies WHERE language = new.language);
    UPDATE language_tallies SET shown = shown + 1, unread = unread + (new.read = 0) WHERE language = new.language;
END;
DROP TRIGGER texts_insert;
CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN
    INSERT INTO unindexed SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE key = new.key);
END;
""",
    12: """
-- The stars of one source: without it those of all are walked.
CREATE INDEX stories_source_starred ON stories (source_id, sorted_at) WHERE starred = 1 AND hidden = 0;
""",
}
"""Version → the script that makes the next one of it; 0 is an empty file. New files go the same way, so there is one
truth."""


def migrate(connection: sqlite3.Connection, to: int = VERSION) -> None:
    """Bring an empty or older file to a version, inside the caller's transaction."""
    version = user_version(connection)
    while version < to:
        for statement in statements(MIGRATIONS[version]):
            connection.execute(statement)
        version += 1
        connection.execute(f"PRAGMA user_version = {version}")


def user_version(connection: sqlite3.Connection) -> int:
    """The schema version the file says it has; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
