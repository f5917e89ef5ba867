"""A stored whole response as a request wants it: not modified, a part of it, or whole (RFC 9111 §4.3.2, RFC 9110 §14).

Partial answers are made here and never stored: a part can then not be taken for the whole.
"""

from __future__ import annotations

import re

from tui.net.fields import Fields
from tui.net.httpdates import parse_http_date
from tui.net.messages import Stored

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE | re.ASCII)
_TAGS = re.compile(r'(?:W/)?"[^"]*"|\*')
_OF_THE_WHOLE = ("content-length", "content-type", "content-encoding", "content-range", "content-md5", "digest")


def not_modified(request: Fields, stored: Stored) -> bool:
    """Whether the request's condition is met by the stored response, so that it is answered 304 (RFC 9111 §4.3.2).

    If-None-Match is compared weakly and goes before If-Modified-Since (RFC 9110 §13.2.2). Without Last-Modified its
    place is taken by Date, then by the time the response came.
    """
    if stored.status != 200:
        return False
    if "if-none-match" in request:
        mine = stored.fields.get("etag").removeprefix("W/")
        wanted = _TAGS.findall(request.joined("if-none-match"))
        return "*" in wanted or (bool(mine) and mine in [tag.removeprefix("W/") for tag in wanted])
    since = parse_http_date(request.get("if-modified-since"), stored.arrived)
    if since is None:
        return False
    modified = parse_http_date(stored.fields.get("last-modified"), stored.arrived)
    if modified is None:
        modified = parse_http_date(stored.fields.get("date"), stored.arrived)
    return (stored.arrived if modified is None else modified) <= since


def wanted_range(request: Fields, stored: Stored, size: int) -> tuple[int, int] | None:
    """First byte and end of the one range asked for, within ``size`` bytes, or None when the whole is the answer.

    Several ranges, an If-Range that does not match, or one outside the body are answered with the whole
    (RFC 9110 §14.2 allows to ignore Range).
    """
    match = _RANGE.fullmatch(request.get("range"))
    if match is None or stored.status != 200 or len(request.all("range")) > 1:
        return None
    if "if-range" in request and not _unchanged(request.get("if-range").strip(), stored.fields):
        return None
    first, last = match[1], match[2]
    if first:
        start, end = int(first), int(last) + 1 if last else size
    elif last:
        start, end = max(0, size - int(last)), size
    else:
        return None
    end = min(end, size)
    return (start, end) if start < end else None


def _unchanged(condition: str, fields: Fields) -> bool:
    """If-Range: a strong entity tag or an exact date (RFC 9110 §13.1.5)."""
    if condition.startswith('"'):
        return condition == fields.get("etag")
    return condition == fields.get("last-modified") and bool(condition)


def fit(request: Fields, stored: Stored, raw: bytes) -> tuple[int, Fields, bytes]:
    """Status, fields and raw body of the answer to a request with a condition or a range."""
    if not_modified(request, stored):
        return 304, stored.fields.without(_OF_THE_WHOLE), b""
    part = wanted_range(request, stored, len(raw))
    if part is None:
        return stored.status, stored.fields, raw
    start, end = part
    fields = stored.fields.without(("content-length", "content-range"))
    return 206, fields.plus(("content-range", f"bytes {start}-{end - 1}/{len(raw)}")), raw[start:end]
