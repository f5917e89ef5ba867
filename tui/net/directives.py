"""Cache-Control, as a request and as a response says it (RFC 9111 §5.2)."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.net.fields import Fields

_MEMBER = re.compile(r'([^\s=,;"]+)[ \t]*(?:=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*)))?[^,]*')
_MOST = 2**31
"""RFC 9111 §1.2.2: a delta-seconds too large is taken as this."""

Directives = dict[str, str | None]


@lru_cache(maxsize=512)
def _parse(text: str) -> tuple[tuple[str, str | None], ...]:
    found: Directives = {}
    for match in _MEMBER.finditer(text[:4000]):
        value = match[2] if match[2] is not None else match[3]
        found.setdefault(match[1].lower(), value)
    return tuple(found.items())


def cache_control(fields: Fields) -> Directives:
    """Directive → argument (None without one). Of a repeated directive the first counts (RFC 9111 §4.2.1)."""
    return dict(_parse(fields.joined("cache-control")))


def request_directives(fields: Fields) -> Directives:
    """The request's directives; ``Pragma: no-cache`` counts when there is no Cache-Control (RFC 9111 §5.4)."""
    found = cache_control(fields)
    if not found and "no-cache" in fields.members("pragma"):
        found["no-cache"] = None
    return found


def delta_seconds(text: str | None) -> int | None:
    """A non-negative number of seconds, or None when it is not one (RFC 9111 §1.2.2)."""
    if text is None or not re.fullmatch(r"[0-9]+", text):
        return None
    return _MOST if len(text) > 10 else min(int(text), _MOST)


def listed_fields(argument: str | None) -> frozenset[str]:
    """The field names of a qualified ``no-cache="…"`` or ``private="…"``; empty when unqualified."""
    return frozenset(n for n in (p.strip().lower() for p in (argument or "").split(",")) if n)
