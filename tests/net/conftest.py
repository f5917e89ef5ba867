# ruff: noqa: E501  tables read better in long lines
"""A server of raw bytes on loopback, and clients that give up quickly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.net.kept import MB, Open
from tui.net.client import Client, ClientSettings
from tui.net.outcome import Notice
from tui.net.responses import ResponseStore

Handler = Callable[["Seen", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    fields: dict[str, str]
    number: int
    """How many requests for this path came before."""


def reply(body: bytes = b"", *fields: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP/1.1 response."""
    lines = [f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@dataclass
class Server:
    """Answers each path with bytes, with a list of bytes in turn (the last one repeats), or by a coroutine."""

    routes: dict[str, Any]
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    server: Any = None

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(s.path == path for s in self.seen)

    async def start(self, port: int = 0, ssl: Any = None) -> None:
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", port, ssl=ssl)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.server.close()
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        self.writers.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, path, _ = head[0].split(" ")
                fields = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in head[1:] if line)}
                seen = Seen(method, path, fields, self.count(path))
                self.seen.append(seen)
                route = self.routes.get(path, reply(status="404 Not Found"))
                if isinstance(route, list):
                    route = route[min(seen.number, len(route) - 1)]
                if isinstance(route, bytes):
                    writer.write(route)
                    await writer.drain()
                    if b"onnection: close" in route:
                        break
                else:
                    await route(seen, writer)
        self.open_now -= 1
        writer.close()


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Awaitable[Server]]]:
    """``server = await serve({"/path": answer})``."""
    started: list[Server] = []

    async def make(routes: dict[str, Any] | None = None, *, ssl: Any = None, port: int = 0) -> Server:
        server = Server(routes or {})
        await server.start(port, ssl)
        started.append(server)
        return server

    yield make
    for server in started:
        await server.stop()


@pytest.fixture
async def make_client(tmp_path: Path) -> AsyncIterator[Callable[..., Client]]:
    """``client = make_client(total_timeout=1)``; all clients of a test share one cache file unless told otherwise."""
    made: list[Client] = []

    def make(*, clock: Any = None, notify: Any = None, on_offline: Any = None, **settings: Any) -> Client:
        given = {
            "cache_path": tmp_path / "cache" / "http.db", "total_timeout": 5.0, "connect_timeout": 2.0, "proxies": False,
            **settings,
        }  # fmt: skip
        more = {} if clock is None else {"clock": clock}
        client = Client(ClientSettings(**given), notify=notify, on_offline=on_offline, **more)
        made.append(client)
        return client

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def answer() -> Callable[..., bytes]:
    """``answer(body, "Name: value", status="200 OK")``: a whole response."""
    return reply


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a response store has its file."""
    return tmp_path / "cache" / "http.db"


@pytest.fixture
def notices() -> list[Notice]:
    return []


@pytest.fixture
def store(path: Path, notices: list[Notice]) -> Iterator[Open]:
    made: list[ResponseStore] = []

    def make(limit: int = 200 * MB, *, where: Path = path, wait: float = 0.3) -> ResponseStore:
        new = ResponseStore(where, limit=limit, locked_wait=wait, notify=notices.append)
        new.open()
        made.append(new)
        return new

    yield make
    for old in made:
        old.close()
