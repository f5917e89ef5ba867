"""RFC 9111 for a private cache: one pure decision from (request, stored response, now).

The rules live by topic in ``freshness``, ``validation``, ``storing``, ``vary``, ``invalidation``: this is the façade.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tui.net.directives import Directives, cache_control, request_directives
from tui.net.freshness import allowed_by_request, current_age, forbids_stale, lifetime, stale_seconds
from tui.net.invalidation import invalidated
from tui.net.messages import Request, Stored
from tui.net.storing import may_replace, may_store, stored_fields
from tui.net.validation import CONDITIONAL, merge, selects, validators
from tui.net.vary import choose, selecting

__all__ = [
    "CONDITIONAL", "DEFAULT_STALE_IF_ERROR", "Decision", "Verdict", "choose", "decide", "invalidated", "may_replace",
    "may_store", "merge", "selecting", "selects", "stale_on_error", "stored_fields", "validators",
]  # fmt: skip

_PARTICULAR = frozenset(("max-age", "min-fresh", "no-store"))
"""Request directives that ask for more than what stale-while-revalidate would give."""
DEFAULT_STALE_IF_ERROR = 7 * 86_400.0
"""Without a word from the server a stale answer stands in for an error for a week (RFC 9111 §4.2.4 allows it)."""


class Verdict(Enum):
    """What to do with a request."""

    USE = "use"
    """The stored response answers it."""
    USE_AND_RENEW = "use and renew"
    """It answers, and is revalidated in the background (RFC 5861 §3)."""
    VALIDATE = "validate"
    """Ask the origin, with the stored response's validators."""
    FETCH = "fetch"
    """Ask the origin: nothing stored fits."""
    UNANSWERABLE = "unanswerable"
    """only-if-cached, and nothing stored fits: 504 (RFC 9111 §5.2.1.7)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the numbers behind it (seconds)."""

    verdict: Verdict
    age: float = 0.0
    lifetime: float = 0.0

    @property
    def staleness(self) -> float:
        """Seconds past the lifetime; negative while fresh."""
        return self.age - self.lifetime


def decide(request: Request, stored: Stored | None, now: float) -> Decision:
    """The verdict on a GET or HEAD for which ``stored`` is the selected stored response (RFC 9111 §4)."""
    asked = request_directives(request.fields)
    only_cached = "only-if-cached" in asked
    if stored is None:
        return Decision(Verdict.UNANSWERABLE if only_cached else Verdict.FETCH)
    age, life = current_age(stored, now), lifetime(stored)
    if only_cached:
        return Decision(_cached_only(asked, stored, age, life), age, life)
    if "no-cache" in asked or "no-cache" in cache_control(stored.fields):
        return Decision(Verdict.VALIDATE, age, life)
    strict = forbids_stale(stored)
    if allowed_by_request(asked, age, life, strict=strict):
        return Decision(Verdict.USE, age, life)
    window = stale_seconds(stored, "stale-while-revalidate")
    if not strict and not _PARTICULAR & asked.keys() and 0 <= age - life < window:
        return Decision(Verdict.USE_AND_RENEW, age, life)
    return Decision(Verdict.VALIDATE, age, life)


def _cached_only(asked: Directives, stored: Stored, age: float, life: float) -> Verdict:
    strict = forbids_stale(stored)
    usable = allowed_by_request(asked, age, life, strict=strict) and "no-cache" not in cache_control(stored.fields)
    return Verdict.USE if usable or not strict else Verdict.UNANSWERABLE


def stale_on_error(stored: Stored | None, decision: Decision) -> bool:
    """Whether the stored response may stand in for an error or a lost connection (RFC 5861 §4, RFC 9111 §4.2.4)."""
    if stored is None or forbids_stale(stored):
        return False
    said = cache_control(stored.fields)
    window = stale_seconds(stored, "stale-if-error") if "stale-if-error" in said else DEFAULT_STALE_IF_ERROR
    return decision.staleness < window
