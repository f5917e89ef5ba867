"""Which stored variant answers a request (RFC 9111 §4.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tui.net.fields import Fields
from tui.net.messages import Stored

_SECRET = frozenset(("authorization", "cookie", "proxy-authorization"))
"""Never written down, only their digests."""
Selecting = tuple[tuple[str, str | None], ...]


def _normal(fields: Fields, name: str) -> str | None:
    """A selecting field as it is compared: lists joined, blanks around members dropped; None when absent."""
    if name not in fields:
        return None
    value = ",".join(part.strip() for part in fields.joined(name).split(","))
    return hashlib.blake2b(value.encode(), digest_size=16).hexdigest() if name in _SECRET else value


def selecting(request: Fields, response: Fields) -> Selecting:
    """The request fields named by the response's Vary, with their values, sorted by name."""
    names = sorted(set(response.members("vary")))
    if "*" in names:
        return (("*", None),)
    return tuple((name, _normal(request, name)) for name in names)


def matches(stored: Selecting, request: Fields) -> bool:
    """Whether a request has the selecting fields of a stored response; ``*`` matches nothing."""
    return all(name != "*" and _normal(request, name) == value for name, value in stored)


def choose(candidates: Iterable[Stored], request: Fields) -> Stored | None:
    """The most recent stored response that the request selects, or None."""
    return max((c for c in candidates if matches(c.vary, request)), key=lambda c: c.arrived, default=None)
