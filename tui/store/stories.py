"""Reading the list: pages by key, counts and places. Nothing here depends on how many stories there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.news.model import Counts, Key, Listing, Story, View
from tui.store.connection import Database
from tui.store.rows import STORY_COLUMNS, STORY_FROM, one, story_from
from tui.store.views import Where, midnight, where


def page(
    db: Database,
    view: View,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    limit: int = 50,
) -> list[Story]:
    """At most ``limit`` stories of a view, newest first.

    Raises QueryError when the view's search cannot be read.
    """
    if view.search.strip():
        from tui.store import search

        return search.page(db, view, after=after, before=before, last=last, limit=limit)
    if view.paper:
        from tui.store import papers

        return papers.page(db, view, after=after, before=before, last=last, limit=limit)
    return select_page(db, where(view, db.clock()), after=after, before=before, last=last, limit=limit)


def select_page(
    db: Database,
    found: Where,
    *,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
    tables: str = STORY_FROM,
) -> list[Story]:
    """The page of stories that meet conditions on ``s``; every order stands in an index, so no sorting is needed."""
    backwards = last or before is not None
    if after is not None:
        found.add("(s.sorted_at, s.id) < (?, ?)", after.sorted_at, after.id)
    if before is not None:
        found.add("(s.sorted_at, s.id) > (?, ?)", before.sorted_at, before.id)
    way = "ASC" if backwards else "DESC"
    statement = (
        f"SELECT {STORY_COLUMNS} FROM {tables} WHERE {found.text}"  # noqa: S608
        f" ORDER BY s.sorted_at {way}, s.id {way} LIMIT ?"
    )
    with db.reading() as connection:
        stories = [story_from(row) for row in connection.execute(statement, (*found.values, limit))]
    return stories[::-1] if backwards else stories


def by_id(db: Database, story_id: int) -> Story | None:
    """One story, hidden or not."""
    found = _select(db, "s.id = ?", (story_id,))
    return found[0] if found else None


def by_link(db: Database, link: str) -> Story | None:
    """The visible story with this link (or its http/https twin); the leader of a group first."""
    from tui.store.identity import link_hash, plain_link

    hashed = link_hash(link)
    if not hashed:
        return None
    found = _select(db, "s.link_hash = ? AND s.link_hash <> 0 AND s.hidden = 0", (hashed,), "s.leads DESC, s.id")
    plain = plain_link(link)
    return next((story for story in found if plain_link(story.link) == plain), None)


def others(db: Database, story_id: int) -> list[Story]:
    """The same story in other papers, the leader first."""
    with db.reading() as connection:
        group = one(connection, "SELECT group_id FROM stories WHERE id = ?", story_id)
    if not group:
        return []
    condition = "s.group_id = ? AND s.group_id <> 0 AND s.hidden = 0 AND s.id <> ?"
    return _select(db, condition, (group, story_id), "s.leads DESC, s.sorted_at DESC, s.id DESC")


def _select(db: Database, condition: str, values: Sequence[Any], order: str = "s.id") -> list[Story]:
    statement = f"SELECT {STORY_COLUMNS} FROM {STORY_FROM} WHERE {condition} ORDER BY {order}"  # noqa: S608
    with db.reading() as connection:
        return [story_from(row) for row in connection.execute(statement, values)]


def count(db: Database, view: View, at_most: int = 0) -> int:
    """How many stories a view shows; with ``at_most`` a search stops counting there."""
    if view.search.strip():
        from tui.store import search

        return search.count(db, view, at_most)
    with db.reading() as connection:
        if view in (View(), View(listing=Listing.UNREAD)):
            return int(one(connection, "SELECT n FROM tallies WHERE name = ?", view.listing.value))
        if view == View(Listing.UNREAD, view.source_id):
            return int(one(connection, "SELECT n FROM unread_tallies WHERE source_id = ?", view.source_id) or 0)
        if db.stories_in == "main" and view in (
            View(language=view.language),
            View(Listing.UNREAD, language=view.language),
        ):
            column = "unread" if view.listing is Listing.UNREAD else "shown"
            return int(
                one(connection, f"SELECT {column} FROM language_tallies WHERE language = ?", view.language) or 0  # noqa: S608
            )
        return _count(db, where(view, db.clock()))


def _count(db: Database, found: Where) -> int:
    with db.reading() as connection:
        return int(one(connection, f"SELECT count(*) FROM stories s WHERE {found.text}", *found.values))  # noqa: S608


def position(db: Database, view: View, key: Key) -> int:
    """How many stories of a view stand before a key (are newer)."""
    if view.search.strip():
        from tui.store import search

        return search.position(db, view, key)
    found = where(view, db.clock())
    found.add("(s.sorted_at, s.id) > (?, ?)", key.sorted_at, key.id)
    return _count(db, found)


def counts(db: Database) -> Counts:
    """How many stories the four lists hold."""
    with db.reading() as connection:
        tallies = dict(connection.execute("SELECT name, n FROM tallies").fetchall())
        starred = one(connection, "SELECT count(*) FROM stories WHERE starred = 1 AND hidden = 0")
        since = midnight(db.clock())
        today = one(connection, "SELECT count(*) FROM stories WHERE leads = 1 AND sorted_at >= ?", since)
    return Counts(all=tallies["all"], unread=tallies["unread"], starred=starred, today=today)


def unread_by_source(db: Database) -> dict[int, int]:
    """How many unread stories each source has; sources without any are left out."""
    with db.reading() as connection:
        return dict(connection.execute("SELECT source_id, n FROM unread_tallies WHERE n > 0").fetchall())
