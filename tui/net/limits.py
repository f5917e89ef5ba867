"""Limits on what one response may cost: header fields, raw and decoded bytes, and time over all redirects."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tui.net.fields import Fields

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_FIELDS = 300
MAX_FIELD_BYTES = 64 * 1024
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")


class LimitError(Exception):
    """A response broke a limit. ``what``: "headers", "raw", "decoded", "cut", "length", "encoding" or
    "protocol"."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(detail)
        self.what = what


class Budget:
    """Seconds left for one fetch; only ``spending`` counts, waiting for a turn does not."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """A stretch of time on the network. Raises TimeoutError when the budget is spent."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, self.left)):
                yield
        finally:
            self.left -= time.monotonic() - begun


def check_fields(pairs: list[tuple[bytes, bytes]], *, http2: bool = False) -> int:
    """The header section's size in bytes. Raises LimitError for a flood, and for what only HTTP/2 lets through.

    What RFC 9113 §8.2 calls malformed is refused where it could mean something else to others. A blank beside a value
    is not, nor a field about the connection: large sites send both.
    """
    size = sum(len(name) + len(value) + 4 for name, value in pairs)
    if len(pairs) > MAX_FIELDS or size > MAX_FIELD_BYTES:
        raise LimitError("headers", f"{len(pairs)} header fields, {size} bytes")
    if any(byte in value for _, value in pairs for byte in b"\r\n\0"):
        raise LimitError("protocol", "a line break in a header field")
    if http2 and any(name == b"transfer-encoding" or not _NAME.fullmatch(name) for name, _ in pairs):
        raise LimitError("protocol", "a header field that HTTP/2 does not have")
    return size


def declared_length(fields: Fields) -> int | None:
    """Content-Length, or None without one. Raises LimitError for values that disagree.

    Beside Transfer-Encoding it frames nothing, but one that is not true then smells of request smuggling and "ought to
    be handled as an error" (RFC 9112 §6.3): it is compared with the body all the same.
    """
    values = {v.strip() for text in fields.all("content-length") for v in text.split(",")}
    if not values:
        return None
    if len(values) > 1 or not (value := values.pop()).isascii() or not value.isdigit():
        raise LimitError("length", "Content-Length is not one number")
    if len(value) > 18:
        raise LimitError("raw", "a Content-Length of many digits")
    return int(value)
