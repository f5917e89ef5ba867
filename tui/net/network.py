# ruff: noqa: ASYNC109, D102  the interface of httpcore: its parameters, its documentation
"""Connections, made by us: one look-up, every address checked, the checked one connected to.

Imports httpcore: load it only when something is really fetched.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore

from tui.net.chunks import ChunkedBody
from tui.net.frames import FrameCount
from tui.net.guard import is_public, literal_ip, refused
from tui.net.streams import Stream, connect

_STAGGER = 0.25
"""RFC 8305 §5: seconds after which the next address is tried beside the one that hangs."""


_MOST_TRIED = 6
"""Addresses of one name: whoever owns it could otherwise have us knock at a hundred doors."""
_MOST_INTERIM = 20
_HEAD_END = re.compile(rb"\n\r?\n")
"""As the HTTP parser finds it: single line feeds count too (RFC 9112 §2.2)."""
_CHUNKED = re.compile(rb"^[ \t\r\f\v]*transfer-encoding\s*:", re.IGNORECASE | re.MULTILINE)
_KNOWN_WITHIN = 1.0
"""Seconds: behind a proxy there may be nobody to answer a look-up."""


class Blocked(httpcore.ConnectError):
    """The name leads inside; nothing was sent."""


class NoSuchHost(httpcore.ConnectError):
    """The resolver knows no address."""


class Flood(httpcore.RemoteProtocolError):
    """More bytes came for one request than any allowed response has."""


class Encrypted(httpcore.RemoteProtocolError):
    """An answer in TLS to a request that was not."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order. Raises socket.gaierror.

    A look-up can hang for half a minute and cannot be stopped: it runs in a daemon thread of its own, so that neither
    the event loop nor the end of the program waits for it.
    """
    if (ip := literal_ip(host)) is not None:
        return [ip]
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def deliver(result: list[str] | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result or [])

    def work() -> None:
        result: list[str] | None = None
        error: BaseException | None = None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            result = list(dict.fromkeys(str(info[4][0]) for info in found))
        except (OSError, UnicodeError) as failure:
            error = failure if isinstance(failure, OSError) else socket.gaierror(socket.EAI_NONAME, "not a host name")
        with suppress(RuntimeError):  # the loop has gone
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=work, name="khabar-resolve", daemon=True).start()
    return await future


async def known_inside(host: str, port: int) -> bool:
    """Whether a name is known here to lead inside: asked before a proxy, which looks it up for itself, is.

    False when nobody here knows it, or does not say in time: only the proxy can tell then, and is trusted to.
    """
    try:
        async with asyncio.timeout(_KNOWN_WITHIN):
            return not all(is_public(ip) for ip in await resolve(host, port))
    except OSError:  # a time-out too
        return False


class CountedStream(httpcore.AsyncNetworkStream):
    """A connection that remembers whether it leads inside and what came since the last thing we sent."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, *, inside: bool, limit: int, binary: bool = False) -> None:
        self._inner, self.inside, self._limit, self._binary = inner, inside, limit, binary
        self.came = 0
        self._head: bytearray | None = None if binary else bytearray()
        self._chunked: ChunkedBody | None = None
        self._frames = FrameCount()
        self.head_size = self._interim = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        self.came += len(data)
        if self.came > self._limit:
            raise Flood(f"more than {self._limit} bytes for one request")
        if self._binary:
            self._frames.feed(data)
            if self._frames.flood:
                raise httpcore.RemoteProtocolError("a flood of frames")
        self._find_head_end(data)
        return data

    def _find_head_end(self, data: bytes) -> None:
        """Where the header section of an HTTP/1.1 response ends; interim responses (1xx) are passed over."""
        if self._head is None:
            self._follow_chunks(data)
            return
        self._head += data
        if self._head[:2] == b"\x15\x03":
            raise Encrypted("a TLS alert instead of a response")
        if not b"HTTP/1.".startswith(bytes(self._head[:7])):  # HTTP/0.9 too: whatever comes is its body
            raise httpcore.RemoteProtocolError("not an HTTP response")
        while self._head is not None:
            blank = _HEAD_END.search(self._head)
            if blank is None:
                if len(self._head) > 200_000:
                    self._head = None
                return
            interim = self._head[9:10] == b"1"
            self._interim += interim
            if self._interim > _MOST_INTERIM:
                raise httpcore.RemoteProtocolError(f"more than {_MOST_INTERIM} interim responses")
            end = blank.end()
            self.head_size += end
            head, rest = self._head[:end], bytes(self._head[end:])
            self._head = bytearray(rest) if interim else None
            if not interim and _CHUNKED.search(head):
                self._chunked = ChunkedBody()
                self._follow_chunks(rest)

    def _follow_chunks(self, data: bytes) -> None:
        """Raises at once what the parser would wait with for more."""
        if self._chunked is None:
            return
        self._chunked.feed(data)
        if self._chunked.largest > self._limit:
            raise Flood(f"a chunk of {self._chunked.largest} bytes")
        if self._chunked.flood or (self._chunked.spoilt and not self._chunked.ended):
            raise httpcore.RemoteProtocolError("not a chunked body")

    def excess(self, length: int) -> bool:
        """Whether more came than the header section and a body of ``length`` bytes."""
        return self._head is None and self.head_size > 0 and self.came > self.head_size + length

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises ConnectionNotAvailable, upon which another one is taken, when the last response left something."""
        if self.came and not self._binary and self.get_extra_info("is_readable"):
            raise httpcore.ConnectionNotAvailable
        self.came = self.head_size = self._interim = 0
        if self._binary:
            self._frames.requested(buffer)
        self._head = None if self._binary else bytearray()
        self._chunked = None
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        tls = inner.get_extra_info("ssl_object")
        binary = tls is not None and tls.selected_alpn_protocol() == "h2"
        return CountedStream(inner, inside=self.inside, limit=self._limit, binary=binary)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self._chunked is not None and self._chunked.spoilt:
            return True  # the parser holds what was left: an idle connection with something to read is closed
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, unless ``private``: then the pool above it is only given allowed origins."""

    def __init__(self, *, private: bool, limit: int) -> None:
        self._private, self._limit = private, limit

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises Blocked, NoSuchHost, httpcore.ConnectError or httpcore.ConnectTimeout."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await resolve(host, port)
                public = bool(addresses) and all(is_public(ip) for ip in addresses)
                if not public and not self._private:
                    raise Blocked(refused().sentence)
                stream = await self._race(addresses, port)
        except socket.gaierror as error:
            raise NoSuchHost(str(error)) from error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection within {timeout} s") from error
        return CountedStream(stream, inside=not public, limit=self._limit)

    async def _race(self, addresses: list[str], port: int) -> Stream:
        """The first connection to come about, the two address families taking turns (RFC 8305)."""
        if len(addresses) == 1:
            return await connect(addresses[0], port)
        six, four = [a for a in addresses if ":" in a], [a for a in addresses if ":" not in a]
        first, second = (six, four) if addresses and ":" in addresses[0] else (four, six)
        queue = [a for pair in zip(first, second, strict=False) for a in pair]
        queue = (queue + first[len(second) :] + second[len(first) :])[:_MOST_TRIED]
        running: set[asyncio.Task[Stream]] = set()
        error: BaseException = httpcore.ConnectError("no address")
        try:
            while queue or running:
                if queue:
                    running.add(asyncio.create_task(connect(queue.pop(0), port)))
                done, running = await asyncio.wait(
                    running, timeout=_STAGGER if queue else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    if task.exception() is None:
                        done.remove(task)
                        running |= done
                        return task.result()
                    error = task.exception() or error
            raise error
        finally:
            for task in running:
                task.cancel()
                task.add_done_callback(_close_late)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: no address of ours names one."""
        raise Blocked("unix sockets are not fetched from")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


_closing: set[asyncio.Task[None]] = set()


def _close_late(task: asyncio.Task[Stream]) -> None:
    """A connection that lost the race is closed."""
    if not task.cancelled() and task.exception() is None:
        closing = asyncio.ensure_future(task.result().aclose())
        _closing.add(closing)
        closing.add_done_callback(_closing.discard)
