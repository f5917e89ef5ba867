"""The cached HTTP client: ``await Client(settings).fetch(url)`` gives an ``Outcome`` and never raises for HTTP.

Loads the network side at the first fetch that needs the network, not before: the first frame does not wait for it.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from tui.net import failures
from tui.net.bodies import Bodies
from tui.net.connectivity import Connectivity
from tui.net.decoding import accepted
from tui.net.exchange import Exchange
from tui.net.fields import Fields, printable
from tui.net.guard import NEVER_PRIVATE, Address, RefusalError, parse_address
from tui.net.journey import Journey, Means, NeedsNetworkError
from tui.net.manners import user_agent
from tui.net.outcome import (
    ClientSettings,
    Failure,
    FailureKind,
    Notice,
    Outcome,
    OutcomeKind,
    Purpose,
)
from tui.net.responses import ResponseStore
from tui.net.restraint import Restraint
from tui.net.turns import Ticket, Turns

if TYPE_CHECKING:
    from tui.net.wire import Wire

__all__ = ["Client", "ClientSettings", "Failure", "FailureKind", "Notice", "Outcome", "OutcomeKind", "Purpose"]

_SECRET = re.compile(r"//[^/@\s]*@")
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.9, application/xhtml+xml;q=0.9, */*;q=0.5"
)


@dataclass(slots=True, eq=False)
class _Flight:
    """A fetch on its way over the network, and who waits for it."""

    task: asyncio.Task[Outcome]
    ticket: Ticket
    force: bool
    waiters: int = 0
    background: bool = False


class Client:
    """Fetches addresses through a private cache. Use it from one event loop; ``aclose`` it at the end."""

    def __init__(
        self,
        settings: ClientSettings,
        *,
        notify: Callable[[Notice], None] | None = None,
        on_offline: Callable[[bool], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.settings = settings
        self.notices: list[Notice] = []
        """What happened to the cache, oldest first; also given to ``notify`` on the event loop's thread."""
        self._notify, self._on_offline, self._clock = notify, on_offline, clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._store = ResponseStore(
            settings.cache_path, limit=settings.cache_bytes, locked_wait=settings.locked_wait, notify=self._noticed
        )
        self._connectivity = Connectivity(
            forced=settings.offline,
            probe_seconds=settings.probe_seconds,
            changed=self._offline_changed,
            resolve=_resolve,
        )
        self._bodies = Bodies(settings.cache_path.parent, max_raw=settings.max_raw, max_decoded=settings.max_decoded)
        self._means = Means(
            settings,
            Exchange(self._store, self._bodies),
            Restraint(self._store, clock),
            self._connectivity,
            Turns(settings.per_host, settings.total),
            _request_fields(settings),
            clock,
        )
        self._flights: dict[tuple[str, str, bool], _Flight] = {}
        self._starting: asyncio.Task[Wire] | None = None
        self._opened = False
        self._one_by_one = asyncio.Lock()

    # -- what others use ----------------------------------------------------------------------------------------

    async def fetch(self, url: str, *, purpose: Purpose = Purpose.REFRESH, private_ok: bool = False) -> Outcome:
        """Fetch an address. ``private_ok``: the user typed it, so its host and port may be inside a private network."""
        try:
            address = parse_address(url)
        except RefusalError as refusal:
            return self._failed(_SECRET.sub("//", printable(url, 200)), failures.of_error(refusal))
        try:
            outcome = await self._fetch(address, purpose, private_ok and self.settings.private)
        except Exception as error:  # a fault of ours must not end a refresh of a hundred sources
            return self._failed(address.url, failures.of_error(error))
        if outcome.failure is None or outcome.failure.kind is not FailureKind.REFUSED or self.settings.private:
            return outcome
        return replace(outcome, failure=replace(outcome.failure, sentence=NEVER_PRIVATE))

    @property
    def offline(self) -> bool:
        """Whether we are offline, by the user's wish or because the network is gone. Settable: the user's wish."""
        return self._connectivity.offline

    @offline.setter
    def offline(self, wish: bool) -> None:
        self._connectivity.force(wish)

    async def tidy(self) -> None:
        """Bring the cache under its limit: after a refresh."""
        await asyncio.wrap_future(self._store.tidy())

    async def aclose(self) -> None:
        """Stop what is under way, close connections and the cache."""
        self._connectivity.stop()
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._starting is not None:
            with suppress(Exception):  # it may never have come about
                await (await self._starting).aclose()
            self._starting = None
        self._bodies.close()
        await asyncio.to_thread(self._store.close)

    # -- how ----------------------------------------------------------------------------------------------------

    async def _fetch(self, address: Address, purpose: Purpose, private_ok: bool) -> Outcome:
        if not self._opened:
            self._loop = asyncio.get_running_loop()
            await asyncio.wrap_future(self._store.prepare())
            self._opened = True
        glance = Journey(self._means, address, purpose, private_ok)
        try:
            outcome = await self._look(glance)
        except NeedsNetworkError:
            return await self._join(self._flight(address, purpose, private_ok))
        if glance.renew and not self.offline:
            self._flight(address, Purpose.REFRESH, private_ok, renew=True).background = True
        return outcome

    async def _look(self, glance: Journey) -> Outcome:
        """A look into the cache. A thousand sources refreshed at once look one after the other, keys between them."""
        if glance.purpose is Purpose.READ:
            return await glance.run()
        async with self._one_by_one:
            await asyncio.sleep(0)
            return await glance.run()

    def _flight(self, address: Address, purpose: Purpose, private_ok: bool, *, renew: bool = False) -> _Flight:
        """The flight for an address: one under way, else a new one."""
        key = (address.url, address.userinfo, private_ok)
        urgent, force = purpose is not Purpose.REFRESH, purpose is Purpose.FORCE
        flight = self._flights.get(key)
        if flight is not None and (flight.force or not force) and not flight.task.done():
            flight.ticket.urgent = flight.ticket.urgent or urgent
            return flight
        ticket = Ticket(urgent)
        task = asyncio.get_running_loop().create_task(self._fly(address, purpose, private_ok, ticket, renew=renew))
        flight = _Flight(task, ticket, force)
        self._flights[key] = flight
        task.add_done_callback(lambda _: self._landed(key, task))
        return flight

    def _landed(self, key: tuple[str, str, bool], task: asyncio.Task[Outcome]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]

    async def _fly(
        self, address: Address, purpose: Purpose, private_ok: bool, ticket: Ticket, *, renew: bool
    ) -> Outcome:
        wire = await self._wire()
        journey = Journey(self._means, address, purpose, private_ok, sender=wire, ticket=ticket, renew=renew)
        return await journey.run()

    async def _join(self, flight: _Flight) -> Outcome:
        """Wait for a flight; when the last one who waits gives up, it is called off."""
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if flight.task.cancelled() and (current is None or not current.cancelling()):
                return self._failed("", failures.closed())  # not we were called off, but the client was closed
            raise
        finally:
            flight.waiters -= 1
            if not flight.waiters and not flight.background and not flight.task.done():
                self._flights = {key: other for key, other in self._flights.items() if other is not flight}
                flight.task.cancel()

    async def _wire(self) -> Wire:
        """The network side, made once; loaded in a thread."""
        if self._starting is None:
            self._starting = asyncio.get_running_loop().create_task(
                asyncio.to_thread(_make_wire, self.settings, self._bodies)
            )
        return await asyncio.shield(self._starting)

    def _noticed(self, notice: Notice) -> None:
        """From the store, on any thread."""
        self.notices.append(notice)
        if self._notify is not None:
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._notify, notice)
            else:
                self._notify(notice)

    def _offline_changed(self, offline: bool) -> None:
        if self._on_offline is not None:
            self._on_offline(offline)

    def _failed(self, url: str, failure: Failure) -> Outcome:
        return replace(Outcome(OutcomeKind.FAILED, url, failure=failure), at=datetime.fromtimestamp(self._clock(), UTC))


def _request_fields(settings: ClientSettings) -> Fields:
    """What every request says about us."""
    agent = user_agent(settings.user_agent, settings.contact)
    return Fields((("user-agent", agent), ("accept", _ACCEPT), ("accept-encoding", accepted())))


def _make_wire(settings: ClientSettings, bodies: Bodies) -> Any:
    # httpx's command line would load click, rich and pygments (3 MB); httpx does without where they are missing.
    sys.modules.setdefault("httpx._main", cast(ModuleType, None))
    from tui.net.wire import Wire

    return Wire(settings, bodies)


async def _resolve(host: str, port: int) -> list[str]:
    from tui.net.network import resolve

    return await resolve(host, port)
