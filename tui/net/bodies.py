"""A response's body, raw and decoded, within its limits, decoded while it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from functools import partial

from tui.net.decoding import BodyDecoder, DecodingError, codings
from tui.net.fields import Fields
from tui.net.limits import LimitError, declared_length
from tui.net.memory import BodyMemory, Share

_BREATH = 128 * 1024
_BREATH_PIECES = 16
"""Decoded bytes, and pieces, after which other tasks get a turn: a screen is drawn by the same loop."""
_HEAP = 64 * 1024


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
        heaps = [*self._heaps, bytes(self._small)]
        self.clear()
        return b"".join(heaps)

    def clear(self) -> None:
        """Let go of it; its size is remembered."""
        self._heaps, self._small = [], bytearray()


async def read_body(
    chunks: AsyncIterable[bytes],
    fields: Fields,
    *,
    max_raw: int,
    max_decoded: int,
    memory: BodyMemory,
) -> tuple[bytes, bytes]:
    """The raw and the decoded body. Raises LimitError.

    ``memory``: what it shares with the other bodies, so that many bombs together take little more than one does.
    """
    length = declared_length(fields)
    if length is not None and length > max_raw:
        raise LimitError("raw", f"Content-Length {length}")
    raw, decoded = _Pile(), _Pile()
    with Share(memory) as share:
        try:
            names = codings(fields)
            decoder = BodyDecoder(names, max_decoded)
            await _receive(chunks, decoder if names and not decoder.windowed else None, (raw, decoded), max_raw, share)
            if length is not None and raw.size != length:
                raise LimitError("length", f"Content-Length {length}, but {raw.size} bytes came")
            whole = raw.take()
            if decoder.windowed:
                await share.memory.unfold(partial(_unfold, decoder, whole, decoded))
            decoder.finish()
            return whole, decoded.take() if names else whole
        except DecodingError as error:
            raise LimitError("decoded" if error.large else "cut" if error.cut else "encoding", str(error)) from None
        finally:  # who handles an error still has this frame, while the next body takes the room
            raw.clear()
            decoded.clear()


async def _receive(
    chunks: AsyncIterable[bytes], decoder: BodyDecoder | None, piles: tuple[_Pile, _Pile], max_raw: int, share: Share
) -> None:
    """Take in the raw body, and with a ``decoder`` the decoded one at the same time."""
    raw, decoded = piles
    since = pieces = 0
    async for chunk in chunks:
        raw.add(chunk)
        if raw.size > max_raw:
            raise LimitError("raw", f"more than {max_raw} bytes")
        await share.hold(raw.size + decoded.size)
        pieces += 1
        for piece in decoder.feed(chunk) if decoder else ():
            decoded.add(piece)
            pieces += 1
            if decoded.size - since > _BREATH:
                since = decoded.size
                await share.hold(raw.size + decoded.size)
                await asyncio.sleep(0)
        if pieces > _BREATH_PIECES:
            pieces = 0
            await asyncio.sleep(0)


def _unfold(decoder: BodyDecoder, raw: bytes, decoded: _Pile) -> None:
    """Decode in one go. Whatever goes wrong, the windows and what was decoded are let go of before the next body."""
    try:
        for piece in decoder.feed(raw):
            decoded.add(piece)
        decoder.finish()
    except DecodingError:
        decoded.clear()
        raise
    finally:
        decoder.close()


async def decode_stored(raw: bytes, fields: Fields, max_decoded: int) -> bytes:
    """A stored raw body without its codings. Raises LimitError when it is broken."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), 65536):
            yield raw[start : start + 65536]

    if not fields.members("content-encoding"):
        return raw
    memory, plain = BodyMemory(), fields.without(("content-length",))
    try:
        _, body = await read_body(pieces(), plain, max_raw=len(raw), max_decoded=max_decoded, memory=memory)
    finally:
        memory.close()
    return body
