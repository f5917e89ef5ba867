"""What an unsafe method makes invalid (RFC 9111 §4.4)."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from tui.net.fields import Fields

SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host, port of a normalised address (RFC 9110 §4.3.1)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def invalidated(method: str, url: str, status: int, answer: Fields) -> tuple[str, ...]:
    """The addresses whose stored responses an answered request makes invalid; empty for safe methods and errors.

    The address itself, and what Location and Content-Location name on the same origin.
    """
    if method in SAFE or not 200 <= status < 400:
        return ()
    found = [url]
    for name in ("location", "content-location"):
        for value in answer.all(name):
            try:
                target = urljoin(url, value.strip()).partition("#")[0]
                if origin(target) == origin(url):
                    found.append(target)
            except ValueError:  # a malformed address names nothing of ours
                continue
    return tuple(dict.fromkeys(found))
