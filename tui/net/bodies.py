"""A response's body, raw and decoded, within its limits.

It is decoded when it is whole, one after the other in a thread: many bombs together take little more memory than one
does, and nobody waits for a server that is slow. Large ones wait for each other before they come to the thread, so that
a small one is the next. What turns out to be large is given up there at once and waits with them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from tui.net.decoding import BodyDecoder, DecodingError, codings
from tui.net.fields import Fields
from tui.net.limits import LimitError, declared_length
from tui.net.spool import SMALL, Spool, slices

_AT_ONCE = 512 * 1024
"""Bytes that are decoded on the event loop: a few milliseconds."""
_BREATH = 16
"""Pieces after which other tasks get a turn: a screen is drawn by the same loop."""
_T = TypeVar("_T")


class Bodies:
    """All the bodies of one client."""

    def __init__(self, directory: Path, *, max_raw: int, max_decoded: int) -> None:
        """``directory``: where large bodies are put aside while they come; sizes in bytes."""
        self._directory, self._max_raw, self._max_decoded = directory, max_raw, max_decoded
        self._thread = ThreadPoolExecutor(1, "khabar-bodies")
        self._large = asyncio.Lock()

    async def read(self, chunks: AsyncIterable[bytes], fields: Fields) -> tuple[bytes, bytes]:
        """The raw and the decoded body. Raises LimitError."""
        length, names = declared_length(fields), _names(fields)
        if length is not None and length > self._max_raw:
            raise LimitError("raw", f"Content-Length {length}")
        spool = Spool(self._directory)
        try:
            await self._take_in(spool, chunks)
            if length is not None and spool.size != length:
                raise LimitError("length", f"Content-Length {length}, but {spool.size} bytes came")
            if spool.small:
                raw = spool.whole()
                return raw, await self._decoded(raw, names)
            async with self._large:
                return await self._aside(lambda: self._both(spool, names))
        finally:
            if spool.small:
                spool.close()
            else:  # behind what the thread may still be doing with it
                self._thread.submit(spool.close)

    async def _take_in(self, spool: Spool, chunks: AsyncIterable[bytes]) -> None:
        pieces = 0
        async for chunk in chunks:
            if spool.size + len(chunk) > self._max_raw:
                raise LimitError("raw", f"more than {self._max_raw} bytes")
            if data := spool.add(chunk):
                await self._aside(partial(spool.put_away, data))
                del data
            pieces += 1
            if pieces % _BREATH == 0:
                await asyncio.sleep(0)

    async def decode(self, raw: bytes, fields: Fields) -> bytes:
        """A stored raw body without its codings. Raises LimitError when it is broken."""
        return await self._decoded(raw, _names(fields))

    async def _decoded(self, raw: bytes, names: list[str]) -> bytes:
        if not names:
            return raw
        if len(raw) <= SMALL:
            quick = partial(_decode, [raw], names, min(_AT_ONCE, self._max_decoded), Spool(None))
            try:
                return await self._aside(quick) if BodyDecoder.windowed(names) else quick()
            except LimitError as error:
                if error.what != "decoded":
                    raise
        async with self._large:
            return await self._aside(lambda: _decode(slices(raw), names, self._max_decoded, Spool(self._directory)))

    def _both(self, spool: Spool, names: list[str]) -> tuple[bytes, bytes]:
        if not names:
            raw = spool.whole()
            return raw, raw
        body = _decode(spool.pieces(), names, self._max_decoded, Spool(self._directory))
        return spool.whole(), body

    async def _aside(self, work: Callable[[], _T]) -> _T:
        """Done in the thread, after what it has to do before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """No more bodies."""
        self._thread.shutdown(wait=False)


def _names(fields: Fields) -> list[str]:
    try:
        return codings(fields)
    except DecodingError as error:
        raise LimitError("encoding", str(error)) from None


def _decode(raw: Iterable[bytes], names: list[str], limit: int, decoded: Spool) -> bytes:
    decoder = BodyDecoder(names, limit)
    try:
        for piece in raw:
            for part in decoder.feed(piece):
                if data := decoded.add(part):
                    decoded.put_away(data)
        decoder.finish()
        decoder.close()
        return decoded.whole()
    except DecodingError as error:
        raise LimitError("decoded" if error.large else "cut" if error.cut else "encoding", str(error)) from None
    finally:  # an error keeps this frame while the next body is decoded
        decoder.close()
        decoded.close()
