"""Limits on what one response may cost: header fields, raw and decoded bytes, and time over all redirects."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tui.net.decoding import BodyDecoder, DecodingError, codings
from tui.net.fields import Fields

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_FIELDS = 300
MAX_FIELD_BYTES = 64 * 1024
_BREATH = 512 * 1024
"""Decoded bytes after which other tasks get a turn: a screen is drawn by the same loop."""


class LimitError(Exception):
    """A response broke a limit. ``what``: "headers", "raw", "decoded", "cut", "length" or "encoding"."""

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


def check_fields(pairs: list[tuple[bytes, bytes]]) -> int:
    """The header section's size in bytes. Raises LimitError for a flood."""
    size = sum(len(name) + len(value) + 4 for name, value in pairs)
    if len(pairs) > MAX_FIELDS or size > MAX_FIELD_BYTES:
        raise LimitError("headers", f"{len(pairs)} header fields, {size} bytes")
    return size


def declared_length(fields: Fields) -> int | None:
    """Content-Length, or None without one or under Transfer-Encoding. Raises LimitError for values that disagree."""
    values = {v.strip() for text in fields.all("content-length") for v in text.split(",")}
    if not values or "transfer-encoding" in fields:
        return None
    if len(values) > 1 or not (value := values.pop()).isascii() or not value.isdigit() or len(value) > 18:
        raise LimitError("length", "Content-Length is not one number")
    return int(value)


async def read_body(
    chunks: AsyncIterable[bytes], fields: Fields, *, max_raw: int, max_decoded: int
) -> tuple[bytes, bytes]:
    """The raw and the decoded body, both within their limits, decoded while it comes. Raises LimitError."""
    length = declared_length(fields)
    if length is not None and length > max_raw:
        raise LimitError("raw", f"Content-Length {length}")
    try:
        names = codings(fields)
        decoder = BodyDecoder(names, max_decoded)
        raw: list[bytes] = []
        decoded: list[bytes] = []
        size = given = since = 0
        async for chunk in chunks:
            size += len(chunk)
            if size > max_raw:
                raise LimitError("raw", f"more than {max_raw} bytes")
            raw.append(chunk)
            if not names:
                continue
            for piece in decoder.feed(chunk):
                decoded.append(piece)
                given += len(piece)
                since += len(piece)
                if since > _BREATH:
                    since = 0
                    await asyncio.sleep(0)
            if len(decoded) > 1024:
                decoded = [b"".join(decoded)]
        decoder.finish()
    except DecodingError as error:
        raise LimitError("decoded" if error.large else "cut" if error.cut else "encoding", str(error)) from None
    if length is not None and size != length:
        raise LimitError("length", f"Content-Length {length}, but {size} bytes came")
    del decoder
    whole = b"".join(raw)
    raw.clear()
    if not names:
        return whole, whole
    return whole, b"".join(decoded)


async def decode_stored(raw: bytes, fields: Fields, max_decoded: int) -> bytes:
    """A stored raw body without its codings. Raises LimitError when it is broken."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), 65536):
            yield raw[start : start + 65536]

    if not fields.members("content-encoding"):
        return raw
    return (await read_body(pieces(), fields.without(("content-length",)), max_raw=len(raw), max_decoded=max_decoded))[
        1
    ]
