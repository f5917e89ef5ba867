"""Lists in the order of their papers: which papers a list has, and each one's stories, newest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from tui.news.model import Key, Listing, Paper, Story, View
from tui.store import stories
from tui.store.connection import Database
from tui.store.rows import STORY_FROM
from tui.store.views import where


def papers(db: Database, view: View) -> list[Paper]:
    """The papers whose stories a view shows; a view with a search has none."""
    if view.search.strip():
        return []
    found = where(view, db.clock())
    statement = (
        "SELECT g.source_id, g.paper, o.title, g.unread FROM (SELECT source_id, paper, sum(read = 0) AS unread"  # noqa: S608
        f" FROM {_stories(db, view)} WHERE s.hidden = 0 AND {found.text} GROUP BY source_id, paper) g"
        " CROSS JOIN sources o ON o.id = g.source_id"
    )
    parts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    unread: defaultdict[str, int] = defaultdict(int)
    with db.reading() as connection:
        for source_id, paper, title, count in connection.execute(statement, found.values):
            parts[paper or title].append((source_id, paper))
            unread[paper or title] += count
    return [Paper(name, tuple(parts[name]), unread[name]) for name in parts]


def _stories(db: Database, view: View) -> str:
    """The stories and the index they are read by: a few stars are walked rather than all that a paper has published.

    For a reader of a shared store they are a view, which has no index of its own.
    """
    if db.stories_in != "main":
        return "stories s"
    return f"stories s INDEXED BY {'stories_starred' if view.listing is Listing.STARRED else 'stories_paper'}"


def page(
    db: Database,
    view: View,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    limit: int = 50,
) -> list[Story]:
    """A page of the view of one paper; see ``stories.page``. Each of its parts stands in order in an index."""
    backwards = last or before is not None
    tables = STORY_FROM.replace("stories s", _stories(db, view), 1)
    found: list[Story] = []
    for source_id, paper in view.paper:
        part = where(replace(view, paper=()), db.clock())
        part.add("s.hidden = 0 AND s.source_id = ? AND s.paper = ?", source_id, paper)
        found += stories.select_page(db, part, after=after, before=before, last=last, limit=limit, tables=tables)
    found.sort(key=lambda story: (story.sorted_at, story.id), reverse=True)
    return found[-limit:] if backwards else found[:limit]
