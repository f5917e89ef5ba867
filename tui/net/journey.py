"""One fetch from the address asked for to its last redirect: cache, manners, offline and network, hop by hop."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from tui.net import caching, failures
from tui.net.caching import Decision, Verdict
from tui.net.exchange import Answer, Exchange, Via
from tui.net.fields import Fields
from tui.net.freshness import forbids_stale
from tui.net.guard import MAX_HOPS, Address, RefusalError, redirect_target, refused, surely_private
from tui.net.limits import Budget
from tui.net.messages import Received, Request, Stored
from tui.net.outcome import ClientSettings, Failure, FailureKind, Outcome, OutcomeKind, Purpose
from tui.net.restraint import TROUBLE, Restraint
from tui.net.turns import Ticket, Turns

if TYPE_CHECKING:
    from tui.net.connectivity import Connectivity

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))


class Sender(Protocol):
    """``wire.Wire``, as far as a journey needs it."""

    async def send(self, request: Request, address: Address, *, private: bool, budget: Budget) -> Received:
        """One whole response; raises what ``failures.of_error`` knows."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """What all journeys of a client share."""

    settings: ClientSettings
    exchange: Exchange
    restraint: Restraint
    connectivity: Connectivity
    turns: Turns
    fields: Fields
    """The request fields of every fetch."""
    clock: Callable[[], float]


class NeedsNetworkError(Exception):
    """A journey without network came to a hop that only the network can answer."""


class HopelessError(Exception):
    """A hop gave nothing usable."""

    def __init__(self, failure: Failure, *, offline: bool = False) -> None:
        super().__init__(failure.sentence)
        self.failure, self.offline = failure, offline


@dataclass(slots=True)
class Journey:
    """One fetch. Without ``sender`` it only looks into the cache; NeedsNetworkError says that this is not enough."""

    means: Means
    start: Address
    purpose: Purpose
    private_ok: bool
    sender: Sender | None = None
    ticket: Ticket = field(default_factory=Ticket)
    renew: bool = False
    """An answer out of the cache should be renewed in the background."""
    here: Address = field(init=False)
    budget: Budget = field(init=False)
    received: int = 0
    stale: bool = False
    why_stale: Failure | None = None
    next_allowed: float | None = None
    asked: bool = False
    """A server has answered."""
    _sent: bool = False
    _permanent: bool = True
    _moved: str = ""
    _outside: bool = False

    def __post_init__(self) -> None:
        self.here, self.budget = self.start, Budget(self.means.settings.total_timeout)

    async def run(self) -> Outcome:
        """The outcome. Raises NeedsNetworkError; everything else becomes a failure."""
        try:
            answer = await self._follow()
        except NeedsNetworkError:
            raise
        except HopelessError as hopeless:
            kind = OutcomeKind.OFFLINE if hopeless.offline else OutcomeKind.FAILED
            return self._outcome(kind, failure=hopeless.failure)
        except RefusalError as refusal:
            return self._outcome(OutcomeKind.FAILED, failure=failures.of_error(refusal))
        return self._arrived(answer)

    async def _follow(self) -> Answer:
        seen = {self.start.url}
        for _ in range(MAX_HOPS + 1):
            answer = await self._hop()
            self.received += answer.wire
            self.asked = self.asked or answer.asked
            if answer.via is Via.STALE:
                self.stale, self.why_stale = True, self.why_stale or answer.why_stale
            if answer.status not in REDIRECTS:
                return answer
            target = redirect_target(self.here, answer.fields.get("location"))
            self._permanent = self._permanent and answer.status in PERMANENT
            if self._permanent:
                self._moved = target.url
            self.here = target
            if target.url in seen:
                sentence = "The server sends us round in circles; open the address in a browser or remove the source."
                raise RefusalError(FailureKind.REDIRECT, sentence)
            seen.add(target.url)
        raise RefusalError(
            FailureKind.REDIRECT,
            f"The server sent us on more than {MAX_HOPS} times; open the address in a browser or remove the source.",
        )

    # -- one hop ------------------------------------------------------------------------------------------------

    def _private(self) -> bool:
        """The user's own address may be inside, and nothing but that host and port.

        A name that was outside a moment ago does not lead inside now: that would be a rebinding of the name.
        """
        return self.private_ok and not self._outside and self.here.endpoint == self.start.endpoint

    def _request(self) -> Request:
        fields, url = self.means.fields, self.here.url
        if self.start.userinfo and self.here.origin == self.start.origin:
            name, _, password = self.start.userinfo.partition(":")
            secret = f"{unquote(name)}:{unquote(password)}".encode()
            fields = fields.plus(("authorization", "Basic " + base64.b64encode(secret).decode()))
            # a fragment never goes over the wire: it only keeps answers for different people apart in the cache
            url += "#" + hashlib.blake2b(secret, digest_size=12).hexdigest()
        if self.purpose is Purpose.FORCE:
            fields = fields.plus(("cache-control", "no-cache"))
        return Request("GET", url, fields)

    async def _hop(self) -> Answer:
        private, means = self._private(), self.means
        if not private and surely_private(self.here.host):
            raise refused()
        request = self._request()
        stored = means.exchange.stored(request, inside=private)
        decision = caching.decide(request, stored, means.clock())
        if means.connectivity.closed_to(private=private, going=self.sender is not None):
            return await self._offline(request, stored, decision, private)
        if stored is not None and self._good_enough(stored, decision):
            stale = decision.verdict is not Verdict.USE
            self.renew = self.renew or stale
            answer = await means.exchange.serve(stored, Via.STALE if stale else Via.CACHE)
            if answer is not None:
                return answer
            stored = None
        held = means.restraint.held(self.here, self.purpose)
        if held is not None:
            self.next_allowed = held[0]
            return await self._instead(stored, decision, held[1])
        if self.sender is None:
            raise NeedsNetworkError
        return await self._ask(request, stored, decision, private)

    def _good_enough(self, stored: Stored, decision: Decision) -> bool:
        """Whether the purpose is served by what is stored, without asking."""
        if self.purpose is Purpose.FORCE or (self.sender is not None and self.renew):
            return False
        if self.purpose is Purpose.READ:
            return decision.verdict is Verdict.USE or (stored.status < 400 and not forbids_stale(stored))
        recent = self.means.clock() - stored.arrived < self.means.settings.refresh_window
        return decision.verdict is Verdict.USE and recent

    async def _offline(self, request: Request, stored: Stored | None, decision: Decision, private: bool) -> Answer:
        """Everything ever fetched opens, even what must be revalidated: a copy labelled as such (RFC 9111 §6)."""
        if stored is None:
            stored = self.means.exchange.stored(request, inside=private, any_variant=True)
            decision = Decision(Verdict.VALIDATE)  # it may be meant for another request: never called fresh
        if stored is not None:
            fresh = decision.staleness < 0
            answer = await self.means.exchange.serve(
                stored, Via.CACHE if fresh else Via.STALE, None if fresh else failures.offline_stale()
            )
            if answer is not None:
                return answer
        raise HopelessError(failures.offline(), offline=True)

    async def _instead(self, stored: Stored | None, decision: Decision, why: Failure) -> Answer:
        """The stored answer instead of one that could not be had. Raises HopelessError when there is none to use."""
        if stored is not None and caching.stale_on_error(stored, decision):
            fresh = decision.staleness < 0 and why.kind in (FailureKind.RATE_LIMITED, FailureKind.BACK_OFF)
            answer = await self.means.exchange.serve(stored, Via.CACHE if fresh else Via.STALE, None if fresh else why)
            if answer is not None:
                return answer
        raise HopelessError(why)

    async def _ask(self, request: Request, stored: Stored | None, decision: Decision, private: bool) -> Answer:
        sender, here, means = self.sender, self.here, self.means
        assert sender is not None

        async def send(outgoing: Request) -> Received:
            self._sent = True
            received = await sender.send(outgoing, here, private=private, budget=self.budget)
            if not received.inside:
                means.connectivity.succeeded(here.host)
            wait = means.restraint.asked_to_wait(here, received.status, received.fields)
            if wait is not None:
                self.next_allowed = wait
            if received.status >= 500 or received.status == 429:
                self._count_failure()
            else:
                means.restraint.succeeded(here)
            self._outside = self._outside or not received.inside
            return received

        try:
            async with means.turns.turn(here.origin, self.ticket):
                return await means.exchange.ask(request, stored, decision, send)
        except Exception as error:  # every kind of failure below ends as a value
            return await self._failed(failures.of_error(error), stored, decision, private)

    def _count_failure(self) -> None:
        if self.purpose is Purpose.REFRESH:
            until = self.means.restraint.failed(self.here)
            self.next_allowed = max(until, self.next_allowed or 0.0)

    async def _failed(self, failure: Failure, stored: Stored | None, decision: Decision, private: bool) -> Answer:
        connectivity = self.means.connectivity
        if not private:
            connectivity.failed(self.here.host, failure.kind)
            if connectivity.lost:
                return await self._offline(self._request(), stored, decision, private)
        if failure.kind in TROUBLE:
            self._count_failure()
        return await self._instead(stored, decision, failure)

    # -- the end ------------------------------------------------------------------------------------------------

    def _arrived(self, answer: Answer) -> Outcome:
        if not 200 <= answer.status < 300 or answer.status == 206:
            failure = self.why_stale or failures.of_status(answer.status, answer.reason)
            return self._outcome(OutcomeKind.FAILED, answer, failure)
        if not answer.body:
            return self._outcome(OutcomeKind.FAILED, answer, failures.empty(answer.status))
        kind = OutcomeKind.FRESH
        if self.stale:
            kind = OutcomeKind.STALE
        elif answer.via is Via.CONFIRMED:
            kind = OutcomeKind.REVALIDATED
        outcome = self._outcome(kind, answer, self.why_stale)
        if not self._moved:
            return outcome
        confirmed = self.asked and self.means.restraint.moved(self.start, self._moved)
        return replace(outcome, moved_to=self._moved, moved_confirmed=confirmed)

    def _outcome(self, kind: OutcomeKind, answer: Answer | None = None, failure: Failure | None = None) -> Outcome:
        base = Outcome(
            kind, self.here.url, received=self.received, failure=failure, next_allowed=_moment(self.next_allowed),
            at=_moment(self.means.clock()), asked=self._sent,
        )  # fmt: skip
        if answer is None:
            return base
        headers = answer.fields.mapping()
        ok = kind is not OutcomeKind.FAILED
        return replace(
            base, status=answer.status, headers=headers, content_type=headers.get("content-type", ""),
            body=answer.body if ok else b"", from_cache=answer.via is not Via.ORIGIN, changed=answer.changed,
            gone=answer.status == 410, stored=answer.stored,
        )  # fmt: skip


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
