"""Between rows and the model's values."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from enum import IntFlag
from typing import Any

from tui.news.model import Direction, Key, Source, SourceKind, Story
from tui.store.schema import ID_BITS, ID_MASK, LAST_SECOND


class Hidden(IntFlag):
    """Why a story is not shown."""

    RULE = 1
    READER = 2
    SOURCE_REMOVED = 4


SOURCE_COLUMNS = "id, address, title, kind, site, language, country, direction, enabled, full_text, builtin"
STORY_COLUMNS = (
    "s.id, s.source_id, s.title, s.paper, s.link, s.published, s.first_seen, s.sorted_at, s.language, s.read,"
    " s.starred, s.others, o.title, o.direction, o.builtin, s.isolates"
)
STORY_FROM = "stories s CROSS JOIN sources o ON o.id = s.source_id"


def key_number(sorted_at: int, story_id: int) -> int:
    """A key as one integer, which orders as the key does."""
    return sorted_at << ID_BITS | story_id


def key_of(number: int) -> Key:
    """The key that an integer stands for."""
    return Key(number >> ID_BITS, number & ID_MASK)


def clamped(second: int) -> int:
    """A time that a key can hold."""
    return min(max(second, 0), LAST_SECOND)


def source_values(source: Source) -> tuple[Any, ...]:
    """The values of SOURCE_COLUMNS without the id."""
    return (
        source.address, source.title, source.kind.value, source.site, source.language, source.country,
        source.direction.value, source.enabled, source.full_text, source.builtin,
    )  # fmt: skip


def source_from(row: tuple[Any, ...]) -> Source:
    """A Source from SOURCE_COLUMNS."""
    id_, address, title, kind, site, language, country, direction, enabled, full_text, builtin = row
    return Source(
        address=address, title=title, id=id_, kind=SourceKind(kind), site=site, language=language, country=country,
        direction=Direction(direction), enabled=bool(enabled), full_text=bool(full_text), builtin=bool(builtin),
    )  # fmt: skip


def story_from(row: tuple[Any, ...]) -> Story:
    """A Story from STORY_COLUMNS."""
    return Story(
        id=row[0],
        source_id=row[1],
        title=row[2],
        paper=row[3] or row[12],
        link=row[4],
        published=None if row[5] is None else time_from(row[5]),
        first_seen=time_from(row[6]),
        sorted_at=row[7],
        language=row[8],
        direction=Direction(row[13]),
        read=bool(row[9]),
        starred=bool(row[10]),
        others=row[11],
        builtin=bool(row[14]),
        isolates=row[15],
    )


def time_from(seconds: float) -> datetime:
    """Unix seconds as an aware time."""
    return datetime.fromtimestamp(seconds, UTC)


def seconds(at: datetime | None) -> float | None:
    """An aware time as Unix seconds."""
    return None if at is None else at.timestamp()


def facets(source_id: int, language: str, paper: str, has_image: bool) -> str:
    """The words of ours under which the search index has a story; see ``texts`` in the schema."""
    own = "" if paper else f" own{source_id}"
    return f"any src{source_id} lang{language or 'none'}{own}{' img' if has_image else ''}"


def one(connection: sqlite3.Connection, statement: str, *values: Any) -> Any:
    """The first column of the first row, or None."""
    row = connection.execute(statement, values).fetchone()
    return None if row is None else row[0]
