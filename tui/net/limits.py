"""Limits on what one response may cost: header fields, raw and decoded bytes, and time over all redirects."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from tui.net.decoding import BodyDecoder, DecodingError, codings
from tui.net.fields import Fields

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_FIELDS = 300
MAX_FIELD_BYTES = 64 * 1024
_BREATH = 128 * 1024
_BREATH_PIECES = 16
"""Decoded bytes, and pieces, after which other tasks get a turn: a screen is drawn by the same loop."""
_HEAP = 64 * 1024
LARGE = 1 << 20
"""Bytes, raw and decoded: few feeds and pages have more."""


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


class _Pile:
    """Bytes put together from pieces, without an object for every tiny one."""

    __slots__ = ("_heaps", "_small", "size")

    def __init__(self) -> None:
        self._heaps: list[bytes] = []
        self._small = bytearray()
        self.size = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if len(piece) < _HEAP:
            self._small += piece
            if len(self._small) < _HEAP:
                return
            piece, self._small = bytes(self._small), bytearray()
        elif self._small:
            self._heaps.append(bytes(self._small))
            self._small = bytearray()
        self._heaps.append(piece)

    def take(self) -> bytes:
        """All of it, once."""
        heaps, self._heaps = [*self._heaps, bytes(self._small)], []
        return b"".join(heaps)


def check_fields(pairs: list[tuple[bytes, bytes]]) -> int:
    """The header section's size in bytes. Raises LimitError for a flood, and for what only HTTP/2 lets through."""
    size = sum(len(name) + len(value) + 4 for name, value in pairs)
    if len(pairs) > MAX_FIELDS or size > MAX_FIELD_BYTES:
        raise LimitError("headers", f"{len(pairs)} header fields, {size} bytes")
    if any(byte in value for _, value in pairs for byte in b"\r\n\0"):  # RFC 9113 §8.2.1: malformed
        raise LimitError("protocol", "a line break in a header field")
    return size


def declared_length(fields: Fields) -> int | None:
    """Content-Length, or None without one. Raises LimitError for values that disagree.

    Beside Transfer-Encoding it frames nothing, but one that is not true then smells of request smuggling and "ought to
    be handled as an error" (RFC 9112 §6.3): it is compared with the body all the same.
    """
    values = {v.strip() for text in fields.all("content-length") for v in text.split(",")}
    if not values:
        return None
    if len(values) > 1 or not (value := values.pop()).isascii() or not value.isdigit() or len(value) > 18:
        raise LimitError("length", "Content-Length is not one number")
    return int(value)


async def read_body(
    chunks: AsyncIterable[bytes],
    fields: Fields,
    *,
    max_raw: int,
    max_decoded: int,
    large: asyncio.Semaphore | None = None,
) -> tuple[bytes, bytes]:
    """The raw and the decoded body, both within their limits, decoded while it comes. Raises LimitError.

    ``large``: how many bodies of more than LARGE bytes may be in memory at once. The others wait where they are, so
    that many bombs together take little more than one does.
    """
    length = declared_length(fields)
    if length is not None and length > max_raw:
        raise LimitError("raw", f"Content-Length {length}")
    async with AsyncExitStack() as permit:
        return await _read(chunks, fields, length, (max_raw, max_decoded), _Room(large, permit))


def _unpack(decoder: BodyDecoder, raw: bytes, pile: _Pile) -> None:
    for piece in decoder.feed(raw):
        pile.add(piece)


class _Room:
    """Asks for a permit once, when a body turns out to be large."""

    def __init__(self, large: asyncio.Semaphore | None, permit: AsyncExitStack) -> None:
        self._large, self._permit = large, permit

    async def take(self, size: int) -> None:
        """So many bytes are in memory."""
        if self._large is not None and size > LARGE:
            large, self._large = self._large, None
            await self._permit.enter_async_context(large)


async def _read(
    chunks: AsyncIterable[bytes], fields: Fields, length: int | None, most: tuple[int, int], room: _Room
) -> tuple[bytes, bytes]:
    max_raw, max_decoded = most
    try:
        names = codings(fields)
        decoder = BodyDecoder(names, max_decoded)
        raw, decoded = _Pile(), _Pile()
        since = pieces = 0
        async for chunk in chunks:
            raw.add(chunk)
            if raw.size > max_raw:
                raise LimitError("raw", f"more than {max_raw} bytes")
            await room.take(raw.size + decoded.size)
            pieces += 1
            for piece in decoder.feed(chunk) if names and not decoder.windowed else ():
                decoded.add(piece)
                pieces += 1
                if decoded.size - since > _BREATH:
                    since = decoded.size
                    await room.take(raw.size + decoded.size)
                    await asyncio.sleep(0)
            if pieces > _BREATH_PIECES:
                pieces = 0
                await asyncio.sleep(0)
        whole = raw.take()
        if decoder.windowed:
            await room.take(LARGE + 1)
            await asyncio.to_thread(_unpack, decoder, whole, decoded)
        decoder.finish()
    except DecodingError as error:
        raise LimitError("decoded" if error.large else "cut" if error.cut else "encoding", str(error)) from None
    if length is not None and raw.size != length:
        raise LimitError("length", f"Content-Length {length}, but {raw.size} bytes came")
    del decoder  # and its window, before the pieces are put together
    return whole, decoded.take() if names else whole


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
