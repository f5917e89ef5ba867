"""The part of HTTP/1.1 a small press needs (RFC 9110, RFC 9112): requests read, answers written. No sockets here."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from tui import __version__
from tui.edition.feeds import MONTHS, rfc822
from tui.edition.site import Resource

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    503: "Service Unavailable",
}
MARK = "X-Khabar-Edition"
"""The header by which one khabar recognises another's edition; its value is ``mark_of(anchor)``."""

COMPRESSIBLE = ("text/", "application/")
SMALLEST_COMPRESSED = 512


def mark_of(anchor: datetime) -> str:
    """Return what tells two editions apart: the anchor, and the version whose texts they are."""
    return f"{anchor.isoformat()} {__version__}"


def http_date(moment: datetime) -> str:
    """Return ``moment`` as an IMF-fixdate (RFC 9110, 5.6.7)."""
    return rfc822(moment).replace("+0000", "GMT")


def parse_http_date(text: str) -> datetime:
    """Read an IMF-fixdate (the only form that today's clients send; ``email.utils`` costs 15 ms to import).

    Raises:
        ValueError: it is not one.
    """
    _, day, month, year, clock, zone = text.split()
    if zone != "GMT":
        raise ValueError(zone)
    hour, minute, second = (int(part) for part in clock.split(":"))
    return datetime(int(year), MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    keep_alive: bool

    @classmethod
    def parse(cls, head: bytes) -> Request:
        """Read a request's head.

        Raises:
            ValueError: it is not HTTP/1.
        """
        lines = head.decode("latin-1").split("\r\n")
        method, target, version = lines[0].split(" ")
        if not version.startswith("HTTP/1."):
            raise ValueError(version)
        pairs = (line.partition(":") for line in lines[1:] if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        wish = headers.get("connection", "").lower()
        keep = wish != "close" and (version != "HTTP/1.0" or wish == "keep-alive")
        keep = keep and method in ("GET", "HEAD")  # a body that nobody reads would be taken for the next request
        return cls(method, target.partition("?")[0], headers, keep)


def gzipped(body: bytes) -> bytes:
    """Compress to gzip without a time stamp, so that the same body gives the same bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def answer(request: Request, resource: Resource, anchor: datetime, packed: dict[bytes, bytes]) -> tuple[bytes, int]:
    """Return the bytes to send for ``resource`` and their status; ``packed`` keeps compressed bodies."""
    zipped = _may_zip(request, resource)
    tag = f'"{resource.etag}{"-gz" if zipped else ""}"' if resource.etag else ""
    fields = [("Date", http_date(datetime.fromtimestamp(time.time(), UTC))), (MARK, mark_of(anchor))]
    fields += [("Connection", "keep-alive" if request.keep_alive else "close"), *resource.headers]
    if resource.status == 200:
        fields.append(("Cache-Control", f"max-age={resource.max_age}" if resource.max_age else "no-cache"))
        fields.append(("Vary", "Accept-Encoding"))
        if tag:
            fields.append(("ETag", tag))
        if resource.modified:
            fields.append(("Last-Modified", http_date(resource.modified)))
        if unchanged(request, resource):
            return _head(304, fields), 304
    body = resource.body
    if zipped:
        if (kept := packed.get(body)) is None:
            kept = packed[body] = gzipped(body)
        body = kept
        fields.append(("Content-Encoding", "gzip"))
    fields += [("Content-Type", resource.media_type), ("Content-Length", str(len(body)))]
    return _head(resource.status, fields) + (b"" if request.method == "HEAD" else body), resource.status


def unchanged(request: Request, resource: Resource) -> bool:
    """Whether the reader's copy is still right (RFC 9110, 13.2.2: If-None-Match wins over If-Modified-Since)."""
    if tags := request.headers.get("if-none-match"):
        held = {tag.strip().removeprefix("W/").strip('"').removesuffix("-gz") for tag in tags.split(",")}
        return bool(resource.etag) and (resource.etag in held or "*" in held)
    since = request.headers.get("if-modified-since")
    if not since or not resource.modified:
        return False
    try:
        return resource.modified <= parse_http_date(since)
    except ValueError:
        return False


def _may_zip(request: Request, resource: Resource) -> bool:
    wanted = [part.replace(" ", "") for part in request.headers.get("accept-encoding", "").lower().split(",")]
    accepted = any(part.split(";")[0] == "gzip" and not part.endswith((";q=0", ";q=0.0")) for part in wanted)
    large = len(resource.body) >= SMALLEST_COMPRESSED
    return accepted and large and resource.status == 200 and resource.media_type.startswith(COMPRESSIBLE)


def _head(status: int, fields: list[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", *(f"{name}: {value}" for name, value in fields), "", ""]
    return "\r\n".join(lines).encode("latin-1")
