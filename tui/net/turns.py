"""Turns: so many connections to one origin, so many in all, and whoever is waited for goes first.

Among the others whoever goes to the origin where a turn has just ended goes first: its connection is still open.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Origin = tuple[str, str, int]
_FEW = 8
"""With so many turns in all, one is kept for whoever is waited for: slow servers may hold all others for long."""


@dataclass(slots=True, eq=False)
class Ticket:
    """A place in the queue. ``urgent`` may be set while it waits: somebody now looks at a screen for it."""

    urgent: bool = False
    origin: Origin = ("", "", 0)
    ready: asyncio.Future[None] | None = field(default=None)


class Turns:
    """At most ``per_origin`` at once for one origin, ``total`` in all; urgent tickets first, then first come.

    A ticket that becomes urgent while it waits is seen at the next turn that ends.
    """

    def __init__(self, per_origin: int, total: int) -> None:
        self._per_origin, self._total, self._kept = per_origin, total, int(total >= _FEW)
        self._running: Counter[Origin] = Counter()
        self._waiting: list[Ticket] = []

    @asynccontextmanager
    async def turn(self, origin: Origin, ticket: Ticket) -> AsyncIterator[None]:
        """Wait for a turn and hold it."""
        ticket.origin = origin
        if self._free(ticket) and not self._waiting:
            self._running[origin] += 1
        else:
            await self._wait(ticket)
        try:
            yield
        finally:
            self._release(origin)

    def _free(self, ticket: Ticket) -> bool:
        room = self._total - (0 if ticket.urgent else self._kept)
        return self._running.total() < room and self._running[ticket.origin] < self._per_origin

    async def _wait(self, ticket: Ticket) -> None:
        ticket.ready = asyncio.get_running_loop().create_future()
        self._waiting.append(ticket)
        self._admit()
        try:
            await ticket.ready
        except asyncio.CancelledError:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            elif ticket.ready.done() and not ticket.ready.cancelled():  # admitted in the same moment: hand the turn on
                self._release(ticket.origin)
            raise

    def _release(self, origin: Origin) -> None:
        self._running[origin] -= 1
        if not self._running[origin]:
            del self._running[origin]
        self._admit(origin)

    def _admit(self, ended: Origin | None = None) -> None:
        order = sorted(self._waiting, key=lambda ticket: (not ticket.urgent, ticket.origin != ended))
        for ticket in order:
            if self._running.total() >= self._total:
                return
            if self._free(ticket) and ticket.ready is not None and not ticket.ready.done():  # not called off
                self._waiting.remove(ticket)
                self._running[ticket.origin] += 1
                ticket.ready.set_result(None)
