"""What may be stored (RFC 9111 §3), and what we store beyond and below it."""

from __future__ import annotations

from tui.net.directives import cache_control, listed_fields, request_directives
from tui.net.fields import COOKIES, HOP_BY_HOP, Fields
from tui.net.freshness import HEURISTIC
from tui.net.httpdates import http_date
from tui.net.messages import Request

UNDERSTOOD = HEURISTIC | {302, 303, 307, 400, 401, 402, 403, 406, 408, 409, 411, 413, 415, 417, 429, 500, 502, 503, 504}
"""Statuses whose caching rules we follow: what must-understand asks for (RFC 9111 §5.2.2.3)."""


def may_store(request: Request, status: int, answer: Fields) -> bool:
    """Whether a private cache may keep this response (RFC 9111 §3). Partial content is never kept (§3.3)."""
    said, asked = cache_control(answer), request_directives(request.fields)
    if request.method not in ("GET", "HEAD") or "range" in request.fields:
        return False
    if status < 200 or status in (206, 304):
        return False
    if "no-store" in asked:
        return False
    if "must-understand" in said:
        if status not in UNDERSTOOD:
            return False
    elif "no-store" in said:
        return False
    if status in HEURISTIC or "public" in said or "private" in said:
        return True
    return "max-age" in said or "expires" in answer


def may_replace(status: int, answer: Fields, old_status: int) -> bool:
    """Whether this response may push an older stored one out: an error never pushes out a good answer.

    5xx and 429 say nothing about the resource; another error replaces a good answer only when it says for how long.
    """
    if status < 400 or old_status >= 400:
        return True
    if status >= 500 or status in (408, 429):
        return False
    said = cache_control(answer)
    return "max-age" in said or "expires" in answer


def stored_fields(answer: Fields, arrived: float) -> Fields:
    """The fields as they are stored: none about the connection (§3.1), no cookies, a Date when there was none.

    The fields that a qualified no-cache or private lists stay: this cache is private, and what no-cache lists is
    revalidated as a whole (§5.2.2.4).
    """
    said = cache_control(answer)
    gone = HOP_BY_HOP | COOKIES | set(answer.members("connection"))
    gone |= listed_fields(said.get("no-cache")) & COOKIES
    kept = answer.without(gone)
    return kept if "date" in kept else kept.plus(("date", http_date(arrived)))
