"""Lists of sources brought in from a file and written to one, beside whatever else goes on."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from tui.desk.events import Events, ImportProgress, SourcesChanged
from tui.news.model import Source
from tui.store.store import Store

READ_LIMIT = 16_000_000
"""Bytes of a list of sources: a hundred thousand of them."""


class TooLargeError(ValueError):
    """The file is larger than ``READ_LIMIT``."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file lists."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...]
    """One sentence for each entry that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import."""

    added: tuple[Source, ...]
    known: int
    """Sources that were followed already."""
    stopped: bool = False


class Exchange:
    """Imports and exports; one import runs at a time."""

    def __init__(self, store: Store, events: Events) -> None:
        self._store = store
        self._events = events
        self._running = False
        self._stopped = False

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._running

    def stop(self) -> None:
        """End the import under way; what was added stays."""
        self._stopped = True

    async def read(self, path: Path) -> Listed:
        """The sources in a file. Raises OSError, and ValueError for what no file can be."""
        return await asyncio.to_thread(_read, path)

    def fresh(self, sources: Sequence[Source]) -> list[Source]:
        """Those that are not followed, each once."""
        known = {source.address for source in self._store.sources()}
        return list({s.address: s for s in sources if s.address not in known}.values())

    async def bring_in(self, sources: Sequence[Source]) -> Imported:
        """Follow sources, in short transactions, which is one change to take back. Raises StoreError."""
        self._running, self._stopped = True, False
        fresh = self.fresh(sources)

        def told(done: int) -> bool:
            self._events.publish(ImportProgress(done, len(fresh)))
            return not self._stopped

        self._events.publish(ImportProgress(0, len(fresh)))
        try:
            _, added = await asyncio.to_thread(self._store.follow, fresh, told)
        finally:
            self._running = False
            self._events.publish(ImportProgress(len(fresh), len(fresh)), SourcesChanged())
        return Imported(tuple(added), len(sources) - len(fresh), self._stopped and len(added) < len(fresh))

    async def write(self, path: Path) -> int:
        """Write the sources to a file, as a whole or not at all; how many. Raises OSError, ValueError."""
        from tui.sources.opml import write_opml

        sources = [source for source in self._store.sources() if not source.builtin]
        await asyncio.to_thread(replace, path, write_opml(sources))
        return len(sources)


def _read(path: Path) -> Listed:
    from tui.sources.opml import read_list

    with open(path, "rb", opener=_without_waiting) as file:
        if not S_ISREG(os.fstat(file.fileno()).st_mode):  # a pipe may never end
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        body = file.read(READ_LIMIT + 1)
    if len(body) > READ_LIMIT:
        raise TooLargeError(str(path))
    outline = read_list(body)
    return Listed(outline.sources, outline.skipped)


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NONBLOCK)


def replace(path: Path, body: bytes) -> None:
    """Write a file as a whole or not at all: a full disk must not take the export of yesterday. Raises OSError."""
    import tempfile

    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(body)  # a device or a pipe
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(handle)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
