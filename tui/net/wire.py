"""One exchange with a server over httpx: connections, TLS, proxies, limits. Imports httpx: load it late."""

from __future__ import annotations

import asyncio
import importlib.util
import ssl
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from tui.net.bodies import Bodies
from tui.net.failures import causes
from tui.net.fields import Fields, decode_field, printable
from tui.net.guard import Address, refused, surely_private
from tui.net.limits import Budget, LimitError, check_fields, declared_length
from tui.net.messages import Received, Request
from tui.net.network import CountedStream, GuardedBackend, known_inside
from tui.net.outcome import MEGABYTE, ClientSettings

_SLACK = 2 * MEGABYTE
"""Bytes beyond the largest body that one response may take: header fields, chunk sizes, TLS is not counted."""


_LEFT = ("without sending a response", "ConnectionTerminated")


class ProxyUnusableError(Exception):
    """The environment names a proxy that cannot be reached or that we cannot speak to."""


class _Body(httpx.AsyncByteStream):
    """The body of httpcore's response, as httpx wants it."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


class Guarded(httpx.AsyncBaseTransport):
    """A transport of httpx whose connections are ours. It raises httpcore's errors, which know the cause."""

    def __init__(self, context: ssl.SSLContext, backend: GuardedBackend, *, total: int, proxy: str | None) -> None:
        shared: dict[str, Any] = {
            "ssl_context": context, "http2": True, "network_backend": backend, "max_connections": total,
            "max_keepalive_connections": total, "keepalive_expiry": 15.0,
        }  # fmt: skip
        self._pool = httpcore.AsyncConnectionPool(**shared) if proxy is None else _proxy_pool(proxy, context, shared)
        self._closing: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response up to its fields."""
        outgoing = httpcore.Request(
            request.method,
            _core_url(request.url),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        response = await self._pool.handle_async_request(outgoing)
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def drop_http2(self, url: httpx.URL) -> None:
        """Close the HTTP/2 connections to an origin: httpcore keeps one on which a request has just broken off.

        What is still on its way for that request uses up the window of all that follow, and a dead peer is not noticed.
        """
        origin = _core_url(url).origin
        for connection in self._pool.connections:
            if connection.can_handle_request(origin) and "HTTP/2" in connection.info():
                task = asyncio.get_running_loop().create_task(_close(connection))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _proxy_pool(proxy: str, context: ssl.SSLContext, shared: dict[str, Any]) -> httpcore.AsyncHTTPProxy:
    """A pool that goes through a proxy, given as the environment names it. Raises ProxyUnusableError."""
    try:
        parts = urlsplit(proxy)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ProxyUnusableError("only http and https proxies can be used")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        auth = (unquote(parts.username).encode(), unquote(parts.password or "").encode()) if parts.username else None
        url = f"{parts.scheme}://{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
    except ValueError:  # which quotes the address, and with it the password
        raise ProxyUnusableError("the address is not valid") from None
    secure = context if parts.scheme == "https" else None
    return httpcore.AsyncHTTPProxy(url, proxy_auth=auth, proxy_ssl_context=secure, **shared)


async def _close(connection: httpcore.AsyncConnectionInterface) -> None:
    with suppress(Exception):  # it may be broken in any way
        await connection.aclose()


if importlib.util.find_spec("sniffio") is None:
    # httpcore tries to import it for every request, and a failing search takes longer than all our decisions
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]


def system_trust(settings: ClientSettings) -> ssl.SSLContext:
    """TLS verified with the system's certificate store."""
    import truststore

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options |= ssl.OP_NO_RENEGOTIATION  # a server could ask for it without end
    if settings.ca_file is not None:
        context.load_verify_locations(cafile=str(settings.ca_file))
    return context


class Wire:
    """Sends requests. One pool for the public network, one for what the user allowed inside, one for each proxy."""

    def __init__(self, settings: ClientSettings, bodies: Bodies) -> None:
        self._settings, self._bodies = settings, bodies
        self._context = system_trust(settings)
        self._pools: dict[str, Guarded] = {}

    def _pool(self, name: str, *, private: bool, proxy: str | None = None) -> Guarded:
        if name not in self._pools:
            backend = GuardedBackend(private=private, limit=self._settings.max_raw + _SLACK)
            self._pools[name] = Guarded(self._context, backend, total=self._settings.total, proxy=proxy)
        return self._pools[name]

    def proxy_for(self, address: Address) -> str | None:
        """The proxy that the environment names for an address, or None."""
        if not self._settings.proxies:
            return None
        found = getproxies()
        proxy = found.get(address.scheme) or found.get("all")
        if not proxy or proxy_bypass(f"{address.host}:{address.port}") or proxy_bypass(address.host):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def _route(self, address: Address, private: bool) -> tuple[Guarded, bool]:
        """The pool for an address, and whether it is a proxy's (which looks the name up again, for itself)."""
        proxy = self.proxy_for(address)
        if proxy is not None:
            if not private and surely_private(address.host):
                raise refused()
            return self._pool(proxy, private=True, proxy=proxy), True
        return self._pool("private" if private else "public", private=private), False

    async def send(self, request: Request, address: Address, *, private: bool, budget: Budget) -> Received:
        """One request, one whole response.

        ``private``: the user allowed this very host and port. Raises httpcore's errors, LimitError, TimeoutError,
        RefusalError, ProxyUnusableError.
        """
        pool, proxied = self._route(address, private)
        async with budget.spending():
            if proxied and not private and await known_inside(address.host, address.port):
                raise refused()
            try:
                received = await self._once(pool, request)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                if not proxied or any(isinstance(cause, ssl.SSLError) for cause in causes(error)):
                    raise
                raise ProxyUnusableError(str(error)) from None
        return replace(received, inside=surely_private(address.host)) if proxied else received

    async def _once(self, pool: Guarded, request: Request) -> Received:
        timeout = {"connect": self._settings.connect_timeout, "read": None, "write": None, "pool": None}
        outgoing = httpx.Request(
            request.method,
            request.url,
            headers=list(request.fields),
            content=request.body or None,
            extensions={"timeout": timeout},
        )
        requested = time.time()
        try:
            response = await self._begin(pool, outgoing)
            try:
                return await self._receive(response, request, requested)
            finally:
                await response.aclose()
        except BaseException:  # cancelled too: whatever broke off may have left an HTTP/2 connection unusable
            pool.drop_http2(outgoing.url)
            raise

    async def _begin(self, pool: Guarded, outgoing: httpx.Request) -> httpx.Response:
        """The response up to its fields. A kept-alive connection that the other side has left is tried once more."""
        fresh = False

        async def watch(event: str, info: object) -> None:
            nonlocal fresh
            fresh = fresh or event == "connection.connect_tcp.started"

        outgoing.extensions["trace"] = watch
        try:
            return await pool.handle_async_request(outgoing)
        except ValueError as error:  # a status that is no number, by HTTP/2
            raise httpcore.RemoteProtocolError(str(error)) from error
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError) as error:
            left = isinstance(error, httpcore.ReadError | httpcore.WriteError) or any(
                words in str(error) for words in _LEFT
            )
            if fresh or not left or outgoing.method not in ("GET", "HEAD"):
                raise
            pool.drop_http2(outgoing.url)
            return await pool.handle_async_request(outgoing)

    async def _receive(self, response: httpx.Response, request: Request, requested: float) -> Received:
        http2 = response.extensions.get("http_version") == b"HTTP/2"
        size = check_fields(response.headers.raw, http2=http2)
        fields = Fields((decode_field(n), decode_field(v)) for n, v in response.headers.raw)
        raw = body = b""
        if request.method != "HEAD" and response.status_code not in (204, 304):
            raw, body = await self._bodies.read(self._chunks(response, declared_length(fields)), fields)
        else:
            await self._nothing(response)
        stream = response.extensions.get("network_stream")
        reason = response.extensions.get("reason_phrase", b"")
        return Received(
            response.status_code, fields, raw, body, requested, time.time(), size + len(raw),
            inside=isinstance(stream, CountedStream) and stream.inside, reason=printable(decode_field(reason), 80),
        )  # fmt: skip

    async def _nothing(self, response: httpx.Response) -> None:
        """Read to the end of a response without a body, so that its connection can be used again.

        Unless a body came all the same: then the connection is left half read, and closed.
        """
        stream: Any = response.extensions.get("network_stream")
        if isinstance(stream, CountedStream) and stream.excess(0):
            return
        async for _ in response.aiter_raw():
            return

    async def _chunks(self, response: httpx.Response, length: int | None) -> AsyncIterator[bytes]:
        """The raw body in pieces. Raises LimitError when more came than Content-Length says.

        A body that ends with its connection is whole only if the encryption says that it ends (RFC 9112 §9.8).
        """
        stream: Any = response.extensions.get("network_stream")
        version, chunked = response.extensions.get("http_version"), "transfer-encoding" in response.headers
        plain = version != b"HTTP/2" and isinstance(stream, CountedStream) and not chunked
        if plain and length == 0 and stream.excess(0):
            raise LimitError("length", "Content-Length 0, but more came")
        size = 0
        async for chunk in response.aiter_raw():
            size += len(chunk)
            if plain and length is not None and size >= length and (stream.excess(length) or await _more(stream)):
                raise LimitError("length", f"Content-Length {length}, but more came")
            yield chunk
        if plain and length is None and stream.get_extra_info("is_cut"):
            raise LimitError("cut", "the encrypted connection ended without saying so")

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()


async def _more(stream: CountedStream) -> bool:
    """Whether something is waiting on a connection after the body's declared end (a closed one has nothing)."""
    if not stream.get_extra_info("is_readable"):
        return False
    try:
        return bool(await stream.read(1))
    except httpcore.NetworkError:
        return False
