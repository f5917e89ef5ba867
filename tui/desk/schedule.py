"""Keeping the news fresh while the screen is open, quietly."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tui.desk.desk import Desk
from tui.desk.events import Event, OfflineChanged

RETRY_SECONDS = 60
"""How soon a refresh is tried again when there was no network, should nothing tell that it is back."""


async def keep_fresh(desk: Desk, minutes: int, only: Sequence[int] | None = None) -> None:
    """Refresh now and every ``minutes`` until cancelled; at once when a lost network is back. 0 minutes: only now.

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
            if not minutes and not desk.network.offline:
                return
            if desk.network.offline:
                await _either(back, min(RETRY_SECONDS, minutes * 60 or RETRY_SECONDS))
            else:
                await asyncio.sleep(minutes * 60)
    finally:
        leave()


async def _either(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
