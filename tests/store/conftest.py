"""A store in a temporary file, with a clock the test holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tui.news.model import Item, Source, Story, View
from tui.store.arrivals import Added
from tui.store.store import Store

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@dataclass
class Bench:
    """A store, its clock, and short ways to fill it."""

    path: Path
    now: datetime = NOON
    later: bool = False
    """What is added is left for ``settle``."""
    _store: Store | None = None

    def clock(self) -> datetime:
        return self.now

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = self.another()
        return self._store

    def another(self) -> Store:
        """One more open store on the same file, as another process would have."""
        return Store.open(self.path, clock=self.clock)

    def reopen(self) -> Store:
        self.close()
        return self.store

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def source(self, name: str = "paper", **fields: Any) -> Source:
        return self.store.add_source(Source(f"https://{name}.example/feed", name.title(), **fields))

    def add(self, *items: Item, source: Source | None = None) -> Added:
        return self.store.add_items(source or self.source(), items, later=self.later)

    def settle(self) -> list[int]:
        """Index and group all that waits; the stories whose row changed."""
        changed: list[int] = []
        more = True
        while more:
            settled = self.store.settle()
            changed += settled.changed
            more = settled.more
        return changed

    def item(self, number: int | str, title: str = "", hours: float | None = None, **fields: Any) -> Item:
        """An item published some hours ago (None: undated)."""
        values = {
            "id": f"guid-{number}",
            "title": title or f"headline{number}",
            "link": f"https://paper.example/{number}",
            "published": None if hours is None else self.now - timedelta(hours=hours),
        }
        return Item(**(values | fields))

    def fill(self, count: int, source: Source | None = None) -> list[Story]:
        """So many stories, one an hour, the newest first."""
        source = source or self.source()
        name = source.title
        self.add(
            *(self.item(f"{name}-{n}", f"{name} headline{n}", n, text=f"body{n}") for n in range(count)), source=source
        )
        return self.store.stories(View(source_id=source.id), limit=count)

    def titles(self, view: View | None = None, **page: Any) -> list[str]:
        return [story.title for story in self.store.stories(view or View(), **page)]

    def search(self, query: str, **view: Any) -> list[str]:
        return self.titles(View(search=query, **view))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "khabar.sqlite3")
    yield made
    made.close()
