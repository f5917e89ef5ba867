"""Times as commands print them for programs."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(moment: datetime | None) -> str | None:
    """UTC in ISO 8601 with a Z ("2026-11-23T12:05:00Z"), or None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
