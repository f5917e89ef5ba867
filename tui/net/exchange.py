"""A request answered by the cache, the origin or both: the decisions of ``caching`` carried out.

Knows nothing of purposes, redirects, turns, manners (``journey`` has those) or connections: how a request
reaches the origin is passed in.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from tui.net import caching
from tui.net.bodies import Bodies
from tui.net.failures import empty, of_status
from tui.net.fields import Fields
from tui.net.limits import LimitError
from tui.net.messages import Received, Request, Stored
from tui.net.outcome import Failure
from tui.net.partial import fit
from tui.net.responses import ResponseStore

_PATIENCE = 3.0
_LARGE = 1 << 20
Send = Callable[[Request], Awaitable[Received]]


class Via(Enum):
    """Where an answer came from."""

    ORIGIN = "origin"
    CACHE = "cache"
    """Stored and fresh."""
    CONFIRMED = "confirmed"
    """Stored and revalidated (304)."""
    STALE = "stale"
    """Stored and out of date."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. ``raw`` still has the content codings, ``body`` has none."""

    status: int
    fields: Fields
    raw: bytes
    body: bytes
    via: Via
    wire: int = 0
    changed: bool = False
    stored: bool = False
    why_stale: Failure | None = None
    inside: bool = False
    reason: str = ""
    asked: bool = False
    """The origin was asked, whatever it said."""


class UnexpectedNotModifiedError(Exception):
    """A 304 to a request that had no condition."""


async def _settled(writing: Future[bool]) -> bool:
    """Whether something was written; False too when the disk takes so long that the answer should not wait for it."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await asyncio.shield(asyncio.wrap_future(writing))
    except TimeoutError:
        return False


def _unusable(request: Request, received: Received) -> Failure | None:
    """Why an answer is worth less than one from before, or None. An empty one is most often a server's mishap."""
    if received.status >= 500 or received.status == 429:
        return of_status(received.status, received.reason)
    return empty(received.status) if _is_empty(request, received) else None


def _is_empty(request: Request, received: Received) -> bool:
    """A good answer to a GET without anything in it."""
    return request.method == "GET" and 200 <= received.status < 300 and not received.body


async def _digest(body: bytes) -> bytes:
    """By which a changed body is known. A large one takes as long as drawing a frame does: in a thread."""
    summed = partial(hashlib.blake2b, body, digest_size=16)
    return (summed() if len(body) < _LARGE else await asyncio.to_thread(summed)).digest()


class Exchange:
    """Looks up, asks, stores, invalidates."""

    def __init__(self, store: ResponseStore, bodies: Bodies) -> None:
        self._store, self._bodies = store, bodies

    def stored(self, request: Request, *, inside: bool, any_variant: bool = False) -> Stored | None:
        """The stored response that a request selects. ``inside``: one that came from a private network may answer.

        ``any_variant``: the newest one, whatever it varies by: for showing what was read before (RFC 9111 §6).
        """
        if request.method not in ("GET", "HEAD"):
            return None
        found = self._store.candidates(request.url, request.method)
        found = [c for c in found if inside or not c.inside]
        if any_variant:
            return max(found, key=lambda c: c.arrived, default=None)
        return caching.choose(found, request.fields)

    async def serve(
        self, stored: Stored, via: Via, why: Failure | None = None, request: Fields | None = None
    ) -> Answer | None:
        """The stored response as an answer, or None when its body has gone or is damaged.

        ``request``: fields with a condition or a range to be met (the answer's ``body`` is then the raw part).
        """
        raw = self._store.body(stored)
        if raw is None:
            return None
        if request is not None and any(name in request for name in ("range", "if-none-match", "if-modified-since")):
            status, fields, part = fit(request, stored, raw)
            return Answer(status, fields, part, part, via, stored=True, why_stale=why, inside=stored.inside)
        try:
            body = await self._bodies.decode(raw, stored.fields)
        except LimitError:
            self._store.drop((stored.url,))
            return None
        return Answer(
            stored.status, stored.fields, raw, body, via, stored=True, why_stale=why, inside=stored.inside,
            asked=via is Via.CONFIRMED,
        )  # fmt: skip

    async def ask(self, request: Request, stored: Stored | None, decision: caching.Decision, send: Send) -> Answer:
        """Ask the origin; with validators when something is stored. Raises what ``send`` raises."""
        conditions: tuple[tuple[str, str], ...] = ()
        own = any(name in request.fields for name in caching.CONDITIONAL) or "range" in request.fields
        if stored is not None and not own:
            conditions = caching.validators(stored)
        received = await send(replace(request, fields=request.fields.plus(*conditions)))
        wire = received.wire
        if received.status == 304 and conditions and stored is not None:
            if caching.selects(stored, received.fields):
                answer = await self._confirmed(stored, received)
                if answer is not None:
                    return answer
            received = await send(request)
            wire += received.wire
            if received.status == 304:
                raise UnexpectedNotModifiedError
        why = _unusable(request, received)
        if why is not None and stored is not None and caching.stale_on_error(stored, decision):
            stale = await self.serve(stored, Via.STALE, why)
            if stale is not None:
                return replace(stale, wire=wire, asked=True)
        return await self._keep(request, stored, received, wire)

    async def _confirmed(self, stored: Stored, received: Received) -> Answer | None:
        merged = caching.merge(stored.fields, received.fields)
        fresh = replace(stored, fields=merged, requested=received.requested, arrived=received.arrived)
        answer = await self.serve(fresh, Via.CONFIRMED)
        if answer is None:
            return None
        written = await _settled(
            self._store.update(
                stored, caching.stored_fields(merged, received.arrived), received.requested, received.arrived
            )
        )
        return replace(answer, wire=received.wire, stored=written)

    async def _keep(self, request: Request, stored: Stored | None, received: Received, wire: int) -> Answer:
        digest = await _digest(received.body)
        written = False
        if _is_empty(request, received) and (stored is not None or received.status != 204):
            pass  # nothing worth keeping, and what is kept stays; a lasting 204 is one like any other
        elif caching.may_store(request, received.status, received.fields):
            if stored is None or caching.may_replace(received.status, received.fields, stored.status):
                fields = caching.stored_fields(received.fields, received.arrived)
                vary = caching.selecting(request.fields, received.fields)
                written = await _settled(self._store.put(request, received, fields, vary, digest))
        elif stored is not None and 200 <= received.status < 300 and "range" not in request.fields:
            await _settled(self._store.drop((request.url,)))  # it now says not to keep it
        if outdated := caching.invalidated(request.method, request.url, received.status, received.fields):
            await _settled(self._store.drop(outdated))
        return Answer(
            received.status, received.fields, received.raw, received.body, Via.ORIGIN, wire=wire,
            changed=stored is None or stored.digest != digest, stored=written, inside=received.inside,
            reason=received.reason, asked=True,
        )  # fmt: skip
