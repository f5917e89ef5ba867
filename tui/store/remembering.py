"""What a store keeps of a reader's small state: places, remembered values, history."""

from __future__ import annotations

from tui.news.model import Visit
from tui.store.connection import Database


class Remembering:
    """That side of a store."""

    _db: Database

    def set_place(self, story_id: int, paragraph: int, offset: int) -> None:
        """Remember the place in a story's article."""
        from tui.store import memory

        memory.set_place(self._db, story_id, paragraph, offset)

    def place(self, story_id: int) -> tuple[int, int] | None:
        """Where the reader was in a story: paragraph and offset in it, or None."""
        from tui.store import memory

        return memory.place(self._db, story_id)

    def remember(self, key: str, value: str) -> None:
        """Keep a value under a name."""
        from tui.store import memory

        memory.remember(self._db, key, value)

    def recall(self, key: str) -> str | None:
        """The value kept under a name, or None."""
        from tui.store import memory

        return memory.recall(self._db, key)

    def history_add(self, url: str, title: str, *, typed: bool = False, story_id: int = 0) -> None:
        """Put an address at the top of the history."""
        from tui.store import memory

        memory.history_add(self._db, url, title, typed=typed, story_id=story_id)

    def history(self, limit: int = 50) -> list[Visit]:
        """What was opened last, the last first."""
        from tui.store import memory

        return memory.history(self._db, limit)

    def history_forget(self, url: str | None = None) -> None:
        """Forget one address of the history, or all."""
        from tui.store import memory

        memory.history_forget(self._db, url)
