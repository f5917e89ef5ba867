"""One refresher at a time: many khabars may share a store (screens, cron, readers of one host), one asks the sources.

The others wait for it, and then see to what it left: what it has just asked is not asked again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tui.store.errors import StoreError
from tui.store.lease import SECONDS, Holder, Lease
from tui.store.store import Store

log = logging.getLogger(__name__)
ASK_EVERY = 0.3
"""Seconds between two looks at whether the other one is done."""
Waiting = Callable[[Holder], None]


class Busy(Exception):  # noqa: N818
    """Another process refreshes, and we were told not to wait for it."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(f"Another khabar (process {holder.pid} on {holder.host}) is fetching already.")
        self.holder = holder


@asynccontextmanager
async def alone(store: Store, waiting: Waiting | None = None, *, wait: bool = True) -> AsyncIterator[bool]:
    """Hold the lease of the refresher for a while; yields whether another process had it first.

    ``waiting`` is told once who has it. Raises Busy instead of waiting with ``wait=False``. A store that cannot be
    written has no lease to give: then nothing can be kept either, and everyone may go on.
    """
    lease = Lease.of(store, "refresh")
    renewing: asyncio.Task[None] | None = None
    try:
        waited = await _take(lease, waiting, wait=wait)
        renewing = asyncio.create_task(_renew(lease), name="renew the lease")
        yield waited
    finally:
        if renewing is not None:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
        await _in_thread(lease.release)


async def _take(lease: Lease, waiting: Waiting | None, *, wait: bool) -> bool:
    waited = False
    while (holder := await _in_thread(lease.take)) is not None:
        if not wait:
            raise Busy(holder)
        if not waited and waiting is not None:
            waiting(holder)
        waited = True
        await asyncio.sleep(ASK_EVERY)
    return waited


async def _renew(lease: Lease) -> None:
    while True:
        await asyncio.sleep(SECONDS / 3)
        await _in_thread(lease.take)


async def _in_thread(act: Callable[[], Holder | None]) -> Holder | None:
    """Run to the end even when cancelled: a lease that was taken unseen would not be given back."""
    work = asyncio.ensure_future(asyncio.to_thread(_quietly, act))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait({work})
        raise


def _quietly(act: Callable[[], Holder | None]) -> Holder | None:
    try:
        return act()
    except StoreError as error:
        log.info("no lease: %s", error)
        return None
