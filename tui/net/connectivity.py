"""Are we offline? Set by hand, or found out by ourselves; and back again without being told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

from tui.net.outcome import FailureKind

_SUSPICIOUS = frozenset((FailureKind.DNS, FailureKind.CONNECT, FailureKind.TIMEOUT))
_HOSTS_IN_A_ROW = 3


def route_exists() -> bool:
    """Whether this machine has a route to anywhere. Connecting a datagram socket sends nothing."""
    for family, where in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((where, 9))
                return True
        except OSError:
            continue
    return False


class Connectivity:
    """``forced`` is the user's wish; ``lost`` is what the failures of the last fetches look like."""

    def __init__(
        self,
        *,
        forced: bool,
        probe_seconds: float,
        changed: Callable[[bool], None],
        resolve: Callable[[str, int], Awaitable[list[str]]],
        route: Callable[[], bool] = route_exists,
    ) -> None:
        self.forced, self.lost = forced, False
        self._probe_seconds, self._changed, self._resolve, self._route = probe_seconds, changed, resolve, route
        self._failing: dict[str, None] = {}
        self._good: dict[str, None] = {}
        self._trial = False
        self._watch: asyncio.Task[None] | None = None

    @property
    def offline(self) -> bool:
        """Whether nothing on the network is asked."""
        return self.forced or self.lost

    def closed_to(self, *, private: bool, going: bool) -> bool:
        """Whether a fetch must not use the network now. A lost network still has its private side.

        Now and then one fetch is let through a lost network all the same (``going``: it will really go): names that
        are simply dead can look like a lost network, and then only another one's success shows that it is there.
        """
        if self.forced or not self.lost or private:
            return self.forced
        if not self._trial:
            return True
        self._trial = not going
        return False

    def force(self, offline: bool) -> None:
        """The user's switch. Switching it off also forgets what we had found out ourselves."""
        before = self.offline
        self.forced = offline
        if not offline:
            self.lost = False
            self._failing.clear()
        self._tell(before)

    def failed(self, host: str, kind: FailureKind) -> None:
        """A host could not be reached: without a route, or when no name resolves any more, the network is lost."""
        if kind not in _SUSPICIOUS or self.offline:
            return
        if kind is FailureKind.DNS:
            self._failing[host] = None
        if len(self._failing) < _HOSTS_IN_A_ROW and self._route():
            return
        self._failing.setdefault(host, None)
        before, self.lost = self.offline, True
        self._tell(before)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._look())

    def succeeded(self, host: str = "") -> None:
        """Something out there answered."""
        before = self.offline
        if host and host not in self._good:
            self._good[host] = None
            if len(self._good) > _HOSTS_IN_A_ROW:
                del self._good[next(iter(self._good))]
        self._failing.clear()
        self.lost = False
        self._tell(before)

    def _tell(self, before: bool) -> None:
        if before != self.offline:
            self._changed(self.offline)

    async def _look(self) -> None:
        """Look again from time to time until there is a route and some name resolves."""
        while self.lost:
            await asyncio.sleep(self._probe_seconds)
            self._trial = self._route()
            if self._trial and await self._any_name():
                self.succeeded()

    async def _any_name(self) -> bool:
        for host in [*list(self._failing)[-_HOSTS_IN_A_ROW:], *self._good]:
            try:
                async with asyncio.timeout(5):
                    if await self._resolve(host, 443):
                        return True
            except (OSError, TimeoutError):
                continue
        return not self._failing

    def stop(self) -> None:
        """No more looking."""
        if self._watch is not None:
            self._watch.cancel()
