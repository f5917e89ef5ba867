"""Keeping the news fresh while the screen is open, quietly."""

from __future__ import annotations

import asyncio

from tui.desk.desk import Desk

RETRY_SECONDS = 60
"""How soon a refresh is tried again when there was no network."""


async def keep_fresh(desk: Desk, minutes: int) -> None:
    """Refresh now and every ``minutes`` until cancelled; sooner again while there is no network. 0: only now."""
    while True:
        desk.refresher.refresh()
        await desk.refresher.wait()
        if not minutes:
            return
        await asyncio.sleep(min(RETRY_SECONDS, minutes * 60) if desk.network.offline else minutes * 60)
