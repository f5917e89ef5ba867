"""Items of a fetched document become stories: known ones are found again, new ones are stored and put to the rules.

Index and groups follow, at once or later: see ``settling``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tui.news.folding import fold, fold_name
from tui.news.model import Item, Source
from tui.store import bodies, groups, rules, settling
from tui.store.clock import trusted_now
from tui.store.connection import Database
from tui.store.errors import StoreError
from tui.store.identity import Identity, digest, identities, plain_link
from tui.store.rows import Hidden, clamped, facets, key_number, one

_DAY = 86_400
_BATCH = 500
"""Items a transaction: a screen that wants to write waits a tenth of a second at most."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of some items."""

    new: tuple[int, ...] = ()
    """Stories that were not known; hidden ones are not among them."""
    updated: tuple[int, ...] = ()
    """Stories whose title or text changed. They keep their place and whether they were read."""
    regrouped: tuple[int, ...] = ()
    """Known stories whose row changed because the same story arrived from another paper."""
    notify: tuple[int, ...] = ()
    """New stories that a rule wants announced."""
    hidden: tuple[int, ...] = ()
    """New stories that a rule hid."""


@dataclass(slots=True)
class _Rows:
    """New rows, by table; written together."""

    stories: list[tuple[Any, ...]] = field(default_factory=list)
    bodies: list[tuple[Any, ...]] = field(default_factory=list)
    texts: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self, connection: sqlite3.Connection) -> None:
        """Insert them, in the order of ids and keys."""
        connection.executemany(_INSERT, self.stories)
        connection.executemany("INSERT INTO bodies (story_id, full, article) VALUES (?, ?, ?)", self.bodies)
        connection.executemany(_INSERT_TEXT, self.texts)
        connection.executemany("INSERT INTO ungrouped (story_id) VALUES (?)", [row[:1] for row in self.stories])


@dataclass(slots=True)
class _Arrival:
    """One document's arrival, inside one transaction."""

    connection: sqlite3.Connection
    source: Source
    now: int
    rules: rules.RuleSet
    rows: _Rows
    next_id: int
    gone: bool = False
    """The source was removed while it was asked."""
    names: set[int] = field(default_factory=set)
    """Those of the items' names that stored stories have: only what has one of them can be known."""
    new: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    notify: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def add_items(
    db: Database,
    grouper: groups.Grouper,
    source: Source,
    items: Sequence[Item],
    document: str = "",
    *,
    later: bool = False,
) -> Added:
    """Store a document's items, newest first as feeds list them.

    ``document`` (a hash of its bytes, say) is kept in the last transaction, so that whoever was killed before knows
    that the document still has to be added: see ``known_document``. ``later``: do not index and group, the caller
    will see to that.
    """
    found = identities(items)
    # Of items without a date, or with the same, the feed's first is the newest: it gets the highest id.
    pairs = sorted(zip(items, found, strict=True), key=lambda pair: _published(pair[0]) or 1 << 62)
    pairs = _feed_order_reversed(pairs)
    added: list[_Arrival] = []
    regrouped: set[int] = set()
    for start in range(0, max(len(pairs), 1), _BATCH):
        with db.writing() as connection:
            arrival = _arrival(db, connection, source)
            _add_batch(arrival, pairs[start : start + _BATCH])
            if document and start + _BATCH >= len(pairs):
                connection.execute(
                    "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (f"document {source.id}", document)
                )
        added.append(arrival)
        with suppress(StoreError):  # the items are stored: what could not be indexed waits
            more = not later
            while more:
                settled = settling.settle(db, grouper, _BATCH)
                regrouped.update(settled.changed)
                more = settled.more
    own = {id_ for arrival in added for id_ in (*arrival.new, *arrival.hidden)}
    return Added(
        new=tuple(id_ for arrival in added for id_ in arrival.new),
        updated=tuple(id_ for arrival in added for id_ in arrival.updated),
        regrouped=tuple(sorted(regrouped - own)),
        notify=tuple(id_ for arrival in added for id_ in arrival.notify),
        hidden=tuple(id_ for arrival in added for id_ in arrival.hidden),
    )


def _arrival(db: Database, connection: sqlite3.Connection, source: Source) -> _Arrival:
    last_id = one(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'stories'") or 0
    gone = bool(one(connection, "SELECT removed_at FROM sources WHERE id = ?", source.id))
    return _Arrival(connection, source, trusted_now(db, connection), rules.load(connection), _Rows(), last_id + 1, gone)


def _published(item: Item) -> int | None:
    return None if item.published is None else int(item.published.timestamp())


def _feed_order_reversed(pairs: list[tuple[Item, Identity]]) -> list[tuple[Item, Identity]]:
    """``pairs`` sorted by time with the ones of the same time in reverse."""
    result: list[tuple[Item, Identity]] = []
    run: list[tuple[Item, Identity]] = []
    for pair in pairs:
        if run and _published(run[-1][0]) != _published(pair[0]):
            result += reversed(run)
            run = []
        run.append(pair)
    return result + run[::-1]


def _add_batch(arrival: _Arrival, pairs: Sequence[tuple[Item, Identity]]) -> None:
    fresh: list[tuple[int, Item, Identity]] = []
    buried = _tombstones(arrival, pairs)
    arrival.names = _stored_names(arrival, pairs)
    for item, identity in pairs:
        known = _known(arrival, item, identity)
        if known is not None:
            _update(arrival, known, item, identity)
        elif identity.guid not in buried and identity.link not in buried:
            published = _published(item)
            fresh.append((clamped(arrival.now if published is None else min(published, arrival.now)), item, identity))
    seen: dict[int, list[tuple[int, Item]]] = {}
    for sorted_at, item, identity in sorted(fresh, key=lambda entry: entry[0]):
        if not _twice(seen, item, identity):
            _insert(arrival, item, identity, sorted_at)
    arrival.rows.write(arrival.connection)


def _twice(seen: dict[int, list[tuple[int, Item]]], item: Item, identity: Identity) -> bool:
    """Whether this document has had the item already."""
    for name in (identity.guid, identity.link):
        if name and any(
            _same(identity, other, item.title, before.title, name == identity.guid)
            for other, before in seen.get(name, ())
        ):
            return True
    for name in (identity.guid, identity.link):
        if name:
            seen.setdefault(name, []).append((identity.link, item))
    return False


def _same(identity: Identity, other_link: int, title: str, other_title: str, by_guid: bool) -> bool:
    """Whether two items with a name in common are one.

    The same GUID with another link *and* another title is a GUID used again; a link is enough by itself only if the
    titles have something in common, for pages of rolling news keep their link.
    """
    if identity.link == other_link and by_guid:
        return True
    if by_guid and not (identity.link and other_link):
        return True
    return _akin(title, other_title)


def _akin(a: str, b: str) -> bool:
    left, right = set(fold_name(a).split()), set(fold_name(b).split())
    return left == right or len(left & right) * 4 >= len(left | right)


_KNOWN = "id, guid_hash, link_hash, content_hash, sorted_at, title, link, published, group_id"


def _known(arrival: _Arrival, item: Item, identity: Identity) -> tuple[Any, ...] | None:
    """The row of the story that this item is, or None."""
    if identity.guid not in arrival.names and identity.link not in arrival.names:
        return None
    execute = arrival.connection.execute
    rows: list[tuple[Any, ...]] = []
    if identity.guid:
        statement = f"SELECT {_KNOWN} FROM stories WHERE guid_hash = ? AND source_id = ? ORDER BY id DESC"  # noqa: S608
        rows = execute(statement, (identity.guid, arrival.source.id)).fetchall()
        for row in sorted(rows, key=lambda row: row[2] != identity.link):
            if _same(identity, row[2], item.title, row[5], by_guid=True):
                return tuple(row)
    if identity.link:
        statement = f"SELECT {_KNOWN} FROM stories WHERE link_hash = ? AND link_hash <> 0 AND source_id = ?"  # noqa: S608
        for row in execute(statement, (identity.link, arrival.source.id)).fetchall():
            if _same(identity, row[2], item.title, row[5], by_guid=False):
                return tuple(row)
    return None


def _stored_names(arrival: _Arrival, pairs: Sequence[tuple[Item, Identity]]) -> set[int]:
    """The names of items that stories have already: two questions instead of two for each item."""
    guids = [identity.guid for _, identity in pairs if identity.guid]
    links = [identity.link for _, identity in pairs if identity.link]
    found: set[int] = set()
    for names, column, condition in (
        (guids, "guid_hash", f"source_id = {arrival.source.id:d}"),
        (links, "link_hash", "link_hash <> 0"),
    ):
        for start in range(0, len(names), _BATCH):
            chunk = names[start : start + _BATCH]
            statement = (
                f"SELECT {column} FROM stories WHERE {condition} AND {column} IN ({', '.join('?' * len(chunk))})"  # noqa: S608
            )
            found.update(row[0] for row in arrival.connection.execute(statement, chunk))
    return found


def _tombstones(arrival: _Arrival, pairs: Sequence[tuple[Item, Identity]]) -> set[int]:
    """The names of these items under which stories were pruned; it is noted that the feed still lists them."""
    names = [name for _, identity in pairs for name in (identity.guid, identity.link) if name]
    found: set[int] = set()
    for start in range(0, len(names), _BATCH):
        chunk = names[start : start + _BATCH]
        condition = f"source_id = ? AND identity IN ({', '.join('?' * len(chunk))})"
        rows = arrival.connection.execute(
            f"SELECT identity, listed_at FROM tombstones WHERE {condition}",  # noqa: S608
            (arrival.source.id, *chunk),
        ).fetchall()
        found.update(name for name, _ in rows)
        if any(listed_at < arrival.now - _DAY for _, listed_at in rows):
            arrival.connection.execute(
                f"UPDATE tombstones SET listed_at = ? WHERE {condition}",  # noqa: S608
                (arrival.now, arrival.source.id, *chunk),
            )
    return found


def _content_hash(item: Item) -> int:
    image = item.image.url if item.image else ""
    parts = (item.title, item.link, str(item.full), image, item.text or repr(item.blocks))
    return digest("\0".join((*parts, item.isolates) if item.isolates else parts))


_COLUMNS = (
    "id, source_id, guid_hash, link_hash, content_hash, sorted_at, first_seen, published, title, paper, link, language,"
    " image, copied, read, starred, hidden, leads, isolates"
)
_INSERT = f"INSERT OR FAIL INTO stories ({_COLUMNS}) VALUES ({', '.join('?' * 19)})"  # noqa: S608
_INSERT_TEXT = "INSERT OR FAIL INTO texts (key, title, body, paper, facets) VALUES (?, ?, ?, ?, ?)"
"""OR FAIL: a transaction that fails is rolled back as a whole, so no row of it needs a way back; see the schema."""


def _insert(arrival: _Arrival, item: Item, identity: Identity, sorted_at: int) -> None:
    source, story_id = arrival.source, arrival.next_id
    arrival.next_id += 1
    language = (item.language or source.language).replace("_", "-").partition("-")[0].lower()
    paper = "" if fold_name(item.source) == fold_name(source.title) else item.source
    body = item.text or bodies.plain_text(item.blocks)
    has_image = item.image is not None
    effects = arrival.rules.effects(
        item.title, body, paper or source.title, source.title, language, has_image, sorted_at
    )
    hidden = effects.hidden | (Hidden.SOURCE_REMOVED if arrival.gone else 0)
    arrival.rows.stories.append(
        (
            story_id, source.id, identity.guid, identity.link, _content_hash(item), sorted_at, arrival.now,
            _published(item), item.title, paper, item.link, language, has_image, bool(paper), effects.read,
            effects.star, hidden, hidden == 0, item.isolates,
        )
    )  # fmt: skip
    arrival.rows.bodies.append((story_id, item.full, bodies.encoded_item(item, source)))
    words = facets(source.id, language, paper, has_image)
    arrival.rows.texts.append((key_number(sorted_at, story_id), fold(item.title), fold(body), fold(paper), words))
    (arrival.hidden if hidden else arrival.new).append(story_id)
    if effects.notify and not hidden:
        arrival.notify.append(story_id)


def _update(arrival: _Arrival, known: tuple[Any, ...], item: Item, identity: Identity) -> None:
    """Bring a known story up to date; its place in the list and its state stay."""
    story_id, guid, link, content, sorted_at, title, old_link, published, group = known
    execute = arrival.connection.execute
    if (guid, link) != (identity.guid, identity.link) and identity.guid:
        execute(
            "UPDATE stories SET guid_hash = ?, link_hash = ? WHERE id = ?",
            (identity.guid, identity.link or link, story_id),
        )
        arrival.names |= {identity.guid, identity.link}
    if published is None and item.published is not None:
        execute("UPDATE stories SET published = ? WHERE id = ?", (_published(item), story_id))
    now_content = _content_hash(item)
    if now_content == content:
        return
    same_page = plain_link(item.link) == plain_link(old_link)
    execute(
        "UPDATE stories SET content_hash = ?, title = ?, isolates = ?, link = ?, image = ? WHERE id = ?",
        (now_content, item.title, item.isolates, item.link or old_link, item.image is not None, story_id),
    )
    key = key_number(sorted_at, story_id)
    full = execute("SELECT full FROM bodies WHERE story_id = ?", (story_id,)).fetchone()
    body = execute("SELECT body FROM texts WHERE key = ?", (key,)).fetchone()
    if item.full or full is None or not full[0] or not same_page:
        bodies.put_encoded(arrival.connection, story_id, item.full, bodies.encoded_item(item, arrival.source))
        body = (fold(item.text or bodies.plain_text(item.blocks)),)
    execute("UPDATE texts SET title = ?, body = ? WHERE key = ?", (fold(item.title), body[0] if body else "", key))
    if item.title != title and not group:  # perhaps it is now the same as another paper's
        execute("INSERT OR IGNORE INTO ungrouped (story_id) VALUES (?)", (story_id,))
    arrival.updated.append(story_id)


def known_document(db: Database, source_id: int) -> str:
    """The hash of the last document of a source whose items were all stored, or ""."""
    with db.reading() as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (f"document {source_id}",)).fetchone()
        return row[0] if row else ""
