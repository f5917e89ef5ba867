"""How a source has been doing: what each try to fetch it gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to fetch a source."""

    at: datetime
    outcome: str
    """"fresh", "revalidated", "stale", "offline" or "failed"."""
    status: int = 0
    """The HTTP status, or 0 when no response came."""
    bytes: int = 0
    """Bytes received on the wire."""
    new: int = 0
    """Stories that were new."""
    failure: str = ""
    """The failure's kind ("timeout", "dns", …), or ""."""
    sentence: str = ""
    """What failed and what to do, in one English sentence; "" when nothing failed."""
    next_allowed: datetime | None = None
    """The server asked to wait until then (Retry-After, back-off)."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a source has been doing; ``tries`` are the last 30, oldest first."""

    source_id: int
    tries: tuple[Try, ...] = ()
    last_success: datetime | None = None

    @property
    def last(self) -> Try | None:
        """The last attempt, or None before the first."""
        return self.tries[-1] if self.tries else None

    @property
    def next_allowed(self) -> datetime | None:
        """When the source may be asked again, or None when at any time."""
        return self.tries[-1].next_allowed if self.tries else None

    @property
    def revalidated_share(self) -> float:
        """The share of successful tries that were answered 304, from 0 to 1."""
        good = [t for t in self.tries if t.outcome in ("fresh", "revalidated")]
        return sum(t.outcome == "revalidated" for t in good) / len(good) if good else 0.0
