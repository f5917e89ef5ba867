"""What is new since a story: ids only grow, whatever the clock does.

A process learns this way what another one stored, and ``khabar notify`` what it has not told yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.news.model import Story
from tui.store import settling
from tui.store.rows import STORY_COLUMNS, STORY_FROM, one, story_from
from tui.store.schema import ID_BITS
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.news.query import Node


def last_id(store: Store) -> int:
    """The id of the story that was stored last, 0 when there never was one."""
    with store._db.reading() as connection:  # one room: the store's file, which only its modules know
        # The counter of ids, not the largest of them: that one goes down when the last story is deleted.
        statement = f"SELECT seq FROM {store._db.stories_in}.sqlite_sequence WHERE name = 'stories'"  # noqa: S608
        return int(one(connection, statement) or 0)


def ids_since(store: Store, story_id: int) -> tuple[int, ...]:
    """The ids of the visible stories that were stored after ``story_id``, in the order of storing."""
    with store._db.reading() as connection:
        rows = connection.execute("SELECT id FROM stories WHERE id > ? AND hidden = 0 ORDER BY id", (story_id,))
        return tuple(row[0] for row in rows)


def stories_since(store: Store, story_id: int, queries: Sequence[str]) -> list[Story]:
    """The visible stories stored after ``story_id`` that one of the queries asks for, in the order of storing.

    A query means what it means in a rule. One row a group: the same story from another paper is not told again.
    Raises QueryError.
    """
    from tui.news.query import parse

    nodes = [parse(query) for query in queries]
    settling.settle_all(store._db, store._groups())  # the same story is told by its group
    statement = (
        f"SELECT {STORY_COLUMNS}, t.title, t.body, s.image FROM {STORY_FROM}"  # noqa: S608
        f" LEFT JOIN texts t ON t.key = (s.sorted_at << {ID_BITS} | s.id)"
        " WHERE s.id > ? AND s.leads = 1 ORDER BY s.id"
    )
    with store._db.reading() as connection:
        rows = connection.execute(statement, (story_id,)).fetchall()
    return [story_from(row) for row in rows if _asked_for(nodes, story_from(row), row)]


def _asked_for(nodes: Sequence[Node], story: Story, row: Sequence[object]) -> bool:
    from tui.news.query import Subject, matches

    title, body, image = row[-3:]
    subject = Subject(
        str(title or story.title),
        str(body or ""),
        story.paper,
        str(row[12]),
        story.language,
        bool(image),
        story.sorted_at,
        story.read,
        story.starred,
    )
    return any(matches(node, subject) for node in nodes)
