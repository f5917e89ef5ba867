# ruff: noqa: ASYNC109, D102  the interface of httpcore: its parameters, its documentation
"""Connections over asyncio's own streams, as httpcore wants them.

Only the encryption has a time limit of its own, a part of the connecting; everything else runs within the fetch's.
"""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

_PIECE = 64 * 1024


class NoHandshake(httpcore.ConnectError):
    """The encryption did not come about; the cause may say why."""


@contextmanager
def _called(kind: type[Exception]) -> Iterator[None]:
    """What the system says, under httpcore's name for it and as its cause."""
    try:
        yield
    except OSError as error:
        raise kind(str(error)) from error


class _Reader(asyncio.StreamReader):
    """Tells whether anything has come that was not read."""

    unread = 0
    ended = False

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)

    def feed_eof(self) -> None:
        self.ended = True
        super().feed_eof()

    async def take(self, most: int) -> bytes:
        """The next bytes, b"" at the end."""
        data = await self.read(most)
        self.unread -= len(data)
        return data


class Stream(httpcore.AsyncNetworkStream):
    """One TCP connection."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _called(httpcore.ReadError):
            return await self._reader.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:
            with _called(httpcore.WriteError):
                self._writer.write(buffer)
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.transport.abort()  # nothing of ours is left to be sent, and nobody waits for the other side

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout(f"no encryption within {timeout} s") from error
        except OSError as error:
            await self.aclose()
            raise NoHandshake(str(error)) from error
        except BaseException:
            await self.aclose()
            raise
        return self

    def _is_readable(self) -> bool:
        """Whether anything waits: on an idle connection its end, or what nobody asked for.

        The system is asked too: the event loop may not have come round to what it holds.
        """
        reader = self._reader
        if reader.unread > 0 or reader.ended or reader.exception() is not None:
            return True
        number = self._writer.get_extra_info("socket").fileno()
        poll = select.poll()
        if number >= 0:
            poll.register(number, select.POLLIN)
        return number < 0 or bool(poll.poll(0))

    def _is_cut(self) -> bool:
        """Whether an encrypted connection ended without a closing alert: anybody on the way can do that."""
        tls = self._writer.get_extra_info("ssl_object")
        if tls is None or not self._reader.ended:
            return False
        try:
            tls.read(1)
        except ssl.SSLZeroReturnError:
            return False
        except ssl.SSLError:
            pass
        return True

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._is_readable()
        if info == "is_cut":
            return self._is_cut()
        name = {"server_addr": "peername", "client_addr": "sockname"}.get(info, info)
        return self._writer.get_extra_info(name)


async def connect(ip: str, port: int) -> Stream:
    """A connection to one address. Raises httpcore.ConnectError."""
    loop = asyncio.get_running_loop()
    reader = _Reader(_PIECE // 4, loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    with _called(httpcore.ConnectError):
        transport, _ = await loop.create_connection(lambda: protocol, ip, port)
    transport.max_size = _PIECE  # type: ignore[attr-defined]  # four times as much for each connection is no use
    return Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))
