"""How much the bodies that are being received may take together.

Many large ones at the same time wait for each other instead of adding up, and small ones never wait. Nobody can hold
the others up by sending slowly: what has not come takes no room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

SMALL = 192 * 1024
"""Bytes, raw and decoded, that every body may take: few feeds and pages have more."""
TOGETHER = 2 << 20
"""Bytes of all bodies beyond which only one goes on growing."""


class BodyMemory:
    """The room that the bodies of one client share."""

    def __init__(self) -> None:
        self.used = 0
        self._thread = ThreadPoolExecutor(1, "unfolding")
        self._growing: Share | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    async def hold(self, share: Share, size: int) -> None:
        """``share`` has become ``size`` bytes; return when it may become more."""
        self.used += size - share.size
        share.size = size
        while size > SMALL and self.used > TOGETHER and self._growing is not share:
            if self._growing is None:
                self._growing = share
                return
            room = asyncio.get_running_loop().create_future()
            self._waiting.add(room)
            try:
                await room
            finally:
                self._waiting.discard(room)

    async def unfold(self, work: Callable[[], None]) -> None:
        """Decode a body that has to be decoded in one go, in a thread, and no other meanwhile.

        The windows of brotli and zstd are counted by nobody; and what the pieces took stays with the thread.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """No more bodies."""
        self._thread.shutdown(wait=False)

    def release(self, share: Share) -> None:
        """``share`` is gone from memory, or its body is whole: the others may look again."""
        self.used -= share.size
        share.size = 0
        if self._growing is share:
            self._growing = None
        for room in self._waiting:
            if not room.done():
                room.set_result(None)


class Share:
    """One body's part of the room, as long as it is being received."""

    def __init__(self, memory: BodyMemory) -> None:
        self.memory = memory
        self.size = 0

    async def hold(self, size: int) -> None:
        """So many bytes are in memory now; returns when more may come."""
        await self.memory.hold(self, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.memory.release(self)
