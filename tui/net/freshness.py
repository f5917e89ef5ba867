"""How old a stored response is and how long it lives (RFC 9111 §4.2): pure, the clock is passed in."""

from __future__ import annotations

import math

from tui.net.directives import Directives, cache_control, delta_seconds
from tui.net.fields import Fields
from tui.net.httpdates import parse_http_date
from tui.net.messages import Stored

HEURISTIC = frozenset((200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501))
"""Statuses whose freshness may be guessed (RFC 9110 §15.1; 206 is never stored here)."""
HEURISTIC_SHARE = 0.1
CLOCK_SLACK = 300.0
HEURISTIC_CAP = 86_400.0
"""A guess never holds longer than a day: news."""


def age_value(fields: Fields) -> float:
    """The Age field in seconds; of several values the first, of a malformed one 0 (RFC 9111 §5.1)."""
    first = fields.get("age").split(",")[0].strip()
    return float(delta_seconds(first) or 0)


def current_age(stored: Stored, now: float) -> float:
    """Seconds since the origin made or confirmed the response (RFC 9111 §4.2.3).

    Infinite when it seems to have come from the future: this machine's clock was wrong then, or is now.
    """
    if stored.arrived > now + CLOCK_SLACK:
        return math.inf
    date = parse_http_date(stored.fields.get("date"), now)
    apparent = max(0.0, stored.arrived - date) if date is not None else 0.0
    corrected = age_value(stored.fields) + max(0.0, stored.arrived - stored.requested)
    return max(apparent, corrected) + max(0.0, now - stored.arrived)


def explicit_lifetime(fields: Fields, arrived: float) -> float | None:
    """Seconds of freshness that the response itself gives (RFC 9111 §4.2.1), or None when it says nothing.

    A private cache: s-maxage is not for us. An unreadable max-age or Expires means stale (§4.2.1, §5.3).
    """
    said = cache_control(fields)
    if "max-age" in said:
        return float(delta_seconds(said["max-age"]) or 0)
    if "expires" in fields:
        values = fields.all("expires")
        expires = parse_http_date(values[0], arrived) if len(values) == 1 else None
        date = parse_http_date(fields.get("date"), arrived)
        return max(0.0, expires - (arrived if date is None else date)) if expires is not None else 0.0
    return None


def heuristic_lifetime(status: int, fields: Fields, arrived: float) -> float:
    """A tenth of the time since Last-Modified, at most a day (RFC 9111 §4.2.2); 0 when no guess is allowed."""
    if status not in HEURISTIC and "public" not in cache_control(fields):
        return 0.0
    modified = parse_http_date(fields.get("last-modified"), arrived)
    if modified is None:
        return 0.0
    date = parse_http_date(fields.get("date"), arrived)
    return min(HEURISTIC_CAP, HEURISTIC_SHARE * max(0.0, (arrived if date is None else date) - modified))


def lifetime(stored: Stored) -> float:
    """Seconds from its making for which the response is fresh."""
    said = explicit_lifetime(stored.fields, stored.arrived)
    return said if said is not None else heuristic_lifetime(stored.status, stored.fields, stored.arrived)


def allowed_by_request(wanted: Directives, age: float, life: float, *, strict: bool) -> bool:
    """Whether a response of this age and lifetime satisfies the request's directives (RFC 9111 §5.2.1).

    ``strict``: the response forbids stale use, so max-stale does not help (§5.2.2.2).
    """
    limit = delta_seconds(wanted.get("max-age"))
    if limit is not None and age > limit:
        return False
    if (margin := delta_seconds(wanted.get("min-fresh"))) is not None and life - age < margin:
        return False
    if age < life:
        return True
    if strict or "max-stale" not in wanted:
        return False
    tolerated = wanted["max-stale"]
    return tolerated is None or age - life <= (delta_seconds(tolerated) or 0)


def stale_seconds(stored: Stored, name: str) -> float:
    """The argument of stale-while-revalidate or stale-if-error (RFC 5861) in seconds; 0 when absent."""
    return float(delta_seconds(cache_control(stored.fields).get(name)) or 0)


def forbids_stale(stored: Stored) -> bool:
    """The response must not be used stale: must-revalidate or no-cache (RFC 9111 §4.2.4)."""
    said = cache_control(stored.fields)
    return "must-revalidate" in said or ("no-cache" in said)
