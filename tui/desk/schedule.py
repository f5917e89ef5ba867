"""Keeping the news fresh while the screen is open, quietly."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from tui.desk.desk import Desk
from tui.desk.events import Event, OfflineChanged

RETRY_SECONDS = 60
"""How soon a refresh is tried again when there was no network, should nothing tell that it is back."""


class Pace:
    """How often the news is asked for; the reader may change it while the program runs."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        """0: only when asked."""
        self.changed = asyncio.Event()

    def set(self, minutes: int) -> None:
        """Another pace from now on."""
        self.minutes = minutes
        self.changed.set()

    async def pause(self) -> None:
        """Wait until the next refresh is due, by the pace of now."""
        begun = time.monotonic()
        while True:
            self.changed.clear()
            left = begun + self.minutes * 60 - time.monotonic() if self.minutes else None
            if left is not None and left <= 0:
                return
            if not await _either(self.changed, left):
                return


async def keep_fresh(desk: Desk, pace: Pace, only: Sequence[int] | None = None) -> None:
    """Refresh now and at every ``pace`` until cancelled; at once when a lost network is back.

    ``only``: the ids of the sources to refresh; all enabled ones when None.
    """
    back = asyncio.Event()

    def heard(event: Event) -> None:
        if isinstance(event, OfflineChanged):
            back.clear() if event.offline else back.set()

    leave = desk.events.subscribe(heard)
    try:
        while True:
            desk.refresher.refresh(only)
            await desk.refresher.wait()
            if desk.network.offline:
                await _either(back, min(RETRY_SECONDS, pace.minutes * 60 or RETRY_SECONDS))
            else:
                await pace.pause()
    finally:
        leave()


async def _either(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait for the event, but no longer than so many seconds (None: for ever); whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
