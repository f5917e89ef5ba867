"""The side of a store that is its file: where it lies, whether it can be changed, what happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.store.connection import Database
from tui.store.errors import Notice


class Filed:
    """That side of a store."""

    _db: Database

    def __init__(self, db: Database, notices: Sequence[Notice] = ()) -> None:
        self._db = db
        self.notices: list[Notice] = list(notices)
        """What the reader should be told about the file, once; what happens to it while it is open comes to it."""
        self.on_notice: Callable[[Notice], None] | None = None
        """Hears what comes to the notices, on any thread, perhaps inside a write transaction of another database."""
        db.heard = self._hear

    def _hear(self, notice: Notice) -> None:
        self.notices.append(notice)
        if self.on_notice is not None:
            self.on_notice(notice)

    @property
    def path(self) -> Path:
        """The file."""
        return self._db.path

    @property
    def writable(self) -> bool:
        """False when nothing can be kept; ``notices`` says why."""
        return self._db.refusal is None

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside, by this thread, is kept as a whole or not at all."""
        with self._db.writing():
            yield
