"""Searching the stories that are stored but not in the index yet: each is read and tried, the newest first.

There are some after a refresh, for as long as indexing takes, and always where a file cannot be written. A page stops
at its last hit; a word that must occur is looked for by SQLite first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tui.news.model import Story
from tui.news.query import And, Node, Subject, Words, matches
from tui.store.rows import STORY_COLUMNS, one, story_from
from tui.store.schema import ID_MASK
from tui.store.views import Where

_LOOKED_FOR = 5
_ROWS = (
    f"unindexed u CROSS JOIN stories s ON s.id = (u.key & {ID_MASK}) CROSS JOIN texts t ON t.key = u.key"
    " CROSS JOIN sources o ON o.id = s.source_id"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the stories that are not indexed are tried with."""

    node: Node
    where: Where = field(default_factory=Where)
    """What the view asks of them besides."""
    own: bool = False
    """By their own text only, not by their group's."""


def any_waiting(connection: sqlite3.Connection) -> bool:
    """Whether some stories are not in the index."""
    return one(connection, "SELECT 1 FROM unindexed LIMIT 1") is not None


def hits(
    connection: sqlite3.Connection,
    trial: Trial,
    low: int,
    high: int,
    *,
    limit: int = -1,
    backwards: bool = False,
) -> list[Story]:
    """The stories with key numbers from ``low`` to below ``high`` that are asked for, newest first, oldest first when
    ``backwards``; at most ``limit`` of them."""
    where = Where(["u.key >= ?", "u.key < ?", *trial.where.conditions], [low, high, *trial.where.values])
    add_needed(where, trial.node)
    way = "ASC" if backwards else "DESC"
    statement = f"SELECT {columns(trial)} FROM {_ROWS} WHERE {where.text} ORDER BY u.key {way}"  # noqa: S608
    found = tried(connection.execute(statement, where.values), trial)
    return list(found if limit < 0 else islice(found, limit))


def columns(trial: Trial | None) -> str:
    """What is selected of ``stories s`` and ``texts t`` for stories that are tried; of ``stories s`` for others."""
    if trial is None:
        return STORY_COLUMNS
    return f"{STORY_COLUMNS}, s.image, t.title, t.body, {'NULL' if trial.own else 't.also'}"


def tried(rows: Iterable[tuple[Any, ...]], trial: Trial | None) -> Iterator[Story]:
    """The stories of rows of ``columns`` that are asked for."""
    for row in rows:
        story = story_from(row)
        if trial is None or matches(trial.node, _subject(story, row)):
            yield story


def add_needed(where: Where, node: Node) -> None:
    """Ask of the texts what every hit has: some words, at least as the beginning of one."""
    parts = node.nodes if isinstance(node, And) else (node,)
    found = dict.fromkeys(word for part in parts if isinstance(part, Words) for word in part.words)
    for word in list(found)[:_LOOKED_FOR]:
        where.add("(instr(t.title, ?) OR instr(t.body, ?) OR instr(t.also, ?))", word, word, word)


def _subject(story: Story, row: tuple[Any, ...]) -> Subject:
    image, title, body, also = row[-4:]
    return Subject(
        title=title,
        text=f"{body}\n{also}" if also else body,
        paper=story.paper,
        source=row[12],
        language=story.language,
        has_image=bool(image),
        sorted_at=story.sorted_at,
        read=story.read,
        starred=story.starred,
    )
