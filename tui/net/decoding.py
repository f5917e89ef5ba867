"""Content codings undone in small pieces, with limits, and cut streams told from whole ones (RFC 9110 §8.4).

Every decoder yields pieces of at most a few hundred kilobytes, whatever the input: a bomb never unfolds in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, Protocol

from tui.net.fields import Fields

MAX_CODINGS = 5
PIECE = 64 * 1024
_ZSTD_STEP = 64
"""Input bytes a step: four bytes of zstd can stand for 128 KiB."""
_ZSTD_WINDOW = 8 << 20
"""RFC 9659: no larger window in a content coding."""
MAX_MEMBERS = 1_000
"""gzip members or zstd frames one after the other: a flood of empty ones costs time and gives nothing."""


class DecodingError(Exception):
    """The body cannot be decoded. ``cut``: it ended before its end."""

    def __init__(self, detail: str, *, cut: bool = False, large: bool = False) -> None:
        super().__init__(detail)
        self.cut, self.large = cut, large


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...
    def whole(self) -> bool: ...
    def close(self) -> None: ...


def _bounded(members: int) -> int:
    """One member more. Raises DecodingError for a flood."""
    if members >= MAX_MEMBERS:
        raise DecodingError(f"more than {MAX_MEMBERS} compressed members")
    return members + 1


class _Zlib:
    """gzip (all members, RFC 1952 §2.2) and deflate (zlib-wrapped, or raw as some servers send it).

    What follows the end of the stream is an error, except padding with zeros.
    """

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inner: Any = None
        self._head = b""
        self._fed = self._ended = False
        self._members = 0

    def _begin(self, data: bytes) -> Any:
        if self._gzip:
            return zlib.decompressobj(31)
        wrapped = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
        return zlib.decompressobj(15 if wrapped else -15)

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not data:
            return
        self._fed = True
        if self._inner is None and not self._gzip and len(self._head + data) < 2:
            self._head += data
            return
        data, self._head = self._head + data, b""
        while data:
            if self._ended:
                if not data.strip(b"\0"):
                    return
                if not self._gzip:
                    raise DecodingError("bytes after the end of the deflate stream")
                self._inner, self._ended = None, False
            if self._inner is None:
                self._members = _bounded(self._members)
                self._inner = self._begin(data)
            try:
                piece = self._inner.decompress(data, PIECE)
            except zlib.error as error:
                raise DecodingError(str(error)) from None
            if piece:
                yield piece
            if self._inner.eof:
                self._ended, data = True, self._inner.unused_data
            else:
                data = self._inner.unconsumed_tail
                if not data and len(piece) == PIECE:  # output may be waiting inside
                    yield from self._drain()
                    data = self._inner.unused_data if self._ended else b""

    def _drain(self) -> Iterator[bytes]:
        while not self._inner.eof:
            try:
                piece = self._inner.decompress(b"", PIECE)
            except zlib.error as error:
                raise DecodingError(str(error)) from None
            if not piece:
                break
            yield piece
        self._ended = self._inner.eof

    def close(self) -> None:
        self._inner = None

    def whole(self) -> bool:
        return self._ended or not self._fed


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]

        self._inner: Any = brotli.Decompressor()
        self._error: type[Exception] = brotli.error
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not data:
            return
        if self._fed and self._inner.is_finished():
            raise DecodingError("bytes after the end of the brotli stream")
        self._fed = True
        try:
            piece = self._inner.process(data, output_buffer_limit=PIECE)
            while True:
                if piece:
                    yield piece
                elif self._inner.can_accept_more_data():
                    return
                if self._inner.is_finished():
                    return
                piece = self._inner.process(b"", output_buffer_limit=PIECE)  # output may wait without any input
        except self._error as error:
            raise DecodingError(str(error)) from None

    def close(self) -> None:
        self._inner = None

    def whole(self) -> bool:
        return not self._fed or bool(self._inner.is_finished())


class _Zstd:
    def __init__(self) -> None:
        import zstandard

        self._zstandard: Any = zstandard
        self._error: type[Exception] = zstandard.ZstdError
        self._inner: Any = None
        self._fed = False
        self._frames = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        for start in range(0, len(data), _ZSTD_STEP):
            step = data[start : start + _ZSTD_STEP]
            while step:
                if self._inner is None or self._inner.eof:
                    self._frames = _bounded(self._frames)
                    self._inner = self._zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
                try:
                    piece = self._inner.decompress(step)
                except self._error as error:
                    raise DecodingError(str(error)) from None
                if piece:
                    yield piece
                step = self._inner.unused_data if self._inner.eof else b""

    def close(self) -> None:
        self._inner = None

    def whole(self) -> bool:
        return not self._fed or bool(self._inner.eof)


@cache
def accepted() -> str:
    """What we can decode, for Accept-Encoding, best first."""
    import importlib.util

    found = [name for name, module in (("zstd", "zstandard"), ("br", "brotli")) if importlib.util.find_spec(module)]
    return ", ".join([*found, "gzip", "deflate"])


def codings(fields: Fields) -> list[str]:
    """The content codings in the order they were applied, identity left out.

    Raises DecodingError for more than five and for one that we do not know.
    """
    found = [c.removeprefix("x-") for c in fields.members("content-encoding") if c != "identity"]
    if len(found) > MAX_CODINGS:
        raise DecodingError(f"{len(found)} content codings on top of each other")
    for name in found:
        if name not in accepted().split(", "):
            raise DecodingError("unknown content coding")
    return found


class BodyDecoder:
    """A chain of decoders fed with raw pieces. No layer may give more than ``limit`` bytes in all."""

    def __init__(self, names: list[str], limit: int) -> None:
        self._chain: list[_Decoder] = [self._decoder(name) for name in reversed(names)]
        self._given = [0] * len(self._chain)
        self._limit = limit

    @staticmethod
    def windowed(names: list[str]) -> bool:
        """Whether much is unpacked before anything is given: brotli fills its window (16 MB), zstd one of 8 MB."""
        return not {"br", "zstd"}.isdisjoint(names)

    @staticmethod
    def _decoder(name: str) -> _Decoder:
        if name == "br":
            return _Brotli()
        return _Zstd() if name == "zstd" else _Zlib(gzip=name == "gzip")

    def feed(self, data: bytes, layer: int = 0) -> Iterator[bytes]:
        """Decoded pieces. Raises DecodingError: broken, or larger than allowed."""
        if layer == len(self._chain):
            yield data
            return
        for piece in self._chain[layer].feed(data):
            self._given[layer] += len(piece)
            if self._given[layer] > self._limit:
                raise DecodingError(f"more than {self._limit} bytes decoded", large=True)
            yield from self.feed(piece, layer + 1)

    def close(self) -> None:
        """Let go of the windows, although an error may keep the decoders; ``finish`` has nothing to say after this."""
        for decoder in self._chain:
            decoder.close()
        self._chain.clear()

    def finish(self) -> None:
        """Raises DecodingError when any layer's stream was cut short."""
        if not all(decoder.whole() for decoder in self._chain):
            raise DecodingError("the compressed stream ends too early", cut=True)
