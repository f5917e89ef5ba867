"""What a View means in SQL, as fixed text with parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from tui.news.model import Listing, View


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions on ``stories s`` that all hold, with their parameters."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def text(self) -> str:
        """The conditions joined."""
        return " AND ".join(self.conditions)


def midnight(now: datetime) -> int:
    """The Unix second at which the reader's day began."""
    return int(now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def where(view: View, now: datetime, *, own_copies: bool = False) -> Where:
    """The conditions of everything in a view but its search.

    One row a group, its leader, wherever papers mix. A source's own list, the stars (the reader starred that very
    copy) and a search that names a paper (``own_copies``) show each copy.
    """
    found = Where()
    if view.source_id:
        found.add("s.source_id = ?", view.source_id)
    if view.listing is Listing.STARRED:
        found.add("s.starred = 1")
    if view.source_id or view.listing is Listing.STARRED or own_copies:
        found.add("s.hidden = 0")
    else:
        found.add("s.leads = 1")
    if view.listing is Listing.UNREAD:
        found.add("s.read = 0")
    if view.listing is Listing.TODAY:
        found.add("s.sorted_at >= ?", midnight(now))
    if view.language:
        found.add("s.language = ?", view.language)
    if view.paper:
        pairs = ", ".join("(?, ?)" for _ in view.paper)
        found.add(f"s.hidden = 0 AND (s.source_id, s.paper) IN (VALUES {pairs})", *chain.from_iterable(view.paper))
    return found
