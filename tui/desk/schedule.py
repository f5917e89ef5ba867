"""Keeping the news fresh while the screen is open, quietly."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tui.desk.desk import Desk

RETRY_SECONDS = 60
"""How soon a refresh is tried again when there was no network."""


async def keep_fresh(desk: Desk, minutes: int, only: Sequence[int] | None = None) -> None:
    """Refresh now and every ``minutes`` until cancelled; sooner again while there is no network. 0: only now.

    ``only``: the ids of the sources to refresh; all enabled ones when None.
    """
    while True:
        desk.refresher.refresh(only)
        await desk.refresher.wait()
        if not minutes:
            return
        await asyncio.sleep(min(RETRY_SECONDS, minutes * 60) if desk.network.offline else minutes * 60)
