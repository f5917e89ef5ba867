"""What comes behind a response answers nobody (RFC 9112 §9.2), whether it comes with it or a moment later."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.net.asking import Answer, Make, Serve
from tui.net import network, wire
from tui.net.bodies import Bodies
from tui.net.client import Client, Outcome, Purpose
from tui.net.fields import Fields
from tui.net.guard import parse_address
from tui.net.limits import Budget
from tui.net.messages import Received, Request
from tui.net.outcome import ClientSettings

Patch = pytest.MonkeyPatch
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
SMUGGLED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\nsmuggled"

FIRST = {
    "length": OK + b"Content-Length: 5\r\n\r\nfirst",
    "no length": OK + b"Content-Length: 0\r\n\r\n",
    "chunked": CHUNKED + b"5\r\nfirst\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"5;x=y\r\nfirst\r\n0\r\nTrailer: x\r\n\r\n",
    "204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "1.0": b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nfirst",
    "hint": b"HTTP/1.1 103 Early Hints\r\n\r\n" + CHUNKED + b"5\r\nfirst\r\n0\r\n\r\n",
    "error": b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone",
}
LATE = {
    "response": SMUGGLED,
    "chunked": CHUNKED + b"8\r\nsmuggled\r\n0\r\n\r\n",
    "hint": b"HTTP/1.1 100 Continue\r\n\r\n" + SMUGGLED,
    "one byte": b"H",
    "line": b"\r\n",
}


async def get(client: Client, url: str) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE, private_ok=True)


@pytest.mark.parametrize(
    "first",
    [
        *(sent + SMUGGLED for sent in FIRST.values()),
        FIRST["chunked"] + LATE["chunked"],
        OK + b"Transfer-Encoding: chunked\n\r\n5\r\nfirst\r\n0\r\n\r\n" + SMUGGLED,
        b"HTTP/1.1 200 OK\nContent-Length: 5\n\r\nfirst" + SMUGGLED,
        b"HTTP/1.1 304 Not Modified\n\r\n" + SMUGGLED,
        b"HTTP/1.1 103 Hint\n\r\n" + FIRST["chunked"] + SMUGGLED,
        b"HTTP/1.1 103 Hint\r\nX: y\n\n" + FIRST["length"] + SMUGGLED,
        OK + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n" + SMUGGLED,
        OK + b"TRANSFER-encoding:Chunked\r\n\r\n5;a=b\r\nfirst\r\n000\r\nX: y\n\n" + SMUGGLED,
        CHUNKED + b"1\r\n\n\r\n1\r\n0\r\n0\r\n\r\n" + SMUGGLED,
        b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nfirst" + SMUGGLED,
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nfirst" + SMUGGLED,
    ],
)
async def test_with_the_response(serve: Serve, make_client: Make, answer: Answer, first: bytes) -> None:
    press = await serve({"/first": first, "/second": answer(b"honest")})
    client = make_client()
    await get(client, press.url("/first"))
    assert (await get(client, press.url("/second"))).body == b"honest"
    assert press.connections == 2


def slip(press: Any, data: bytes) -> None:
    """Send at once on the first connection: it is in the client's system, and its loop has not seen it."""
    os.write(press.writers[0].get_extra_info("socket").fileno(), data)


def once(press: Any, data: bytes) -> Callable[[], None]:
    """Slip it in behind the first answer, when that has begun; and only once."""
    left = [data]

    def send() -> None:
        if left and press.count("/first"):
            slip(press, left.pop())

    return send


def before_it_goes_back(patch: Patch, send: Callable[[], None]) -> None:
    receive = wire.Wire._receive

    async def received(self: wire.Wire, *rest: Any) -> Received:
        got = await receive(self, *rest)
        send()
        return got

    patch.setattr(wire.Wire, "_receive", received)


def before_it_is_chosen(patch: Patch, send: Callable[[], None]) -> None:
    handle = wire.Guarded.handle_async_request

    async def handled(self: wire.Guarded, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/second":
            send()
        return await handle(self, request)

    patch.setattr(wire.Guarded, "handle_async_request", handled)


def before_the_next_request_is_written(patch: Patch, send: Callable[[], None]) -> None:
    write = network.CountedStream.write

    async def written(self: network.CountedStream, buffer: bytes, **more: Any) -> None:
        if b" /second " in buffer:
            send()
        await write(self, buffer, **more)

    patch.setattr(network.CountedStream, "write", written)


MOMENTS = [before_it_goes_back, before_it_is_chosen, before_the_next_request_is_written]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("first", [name for name in FIRST if name != "1.0"])  # which keeps no connection open
async def test_late(
    serve: Serve, make_client: Make, answer: Answer, monkeypatch: Patch, first: str, moment: Callable[..., None]
) -> None:
    """On whatever kept the connection open, up to the moment when the next request is written."""
    press = await serve({"/first": FIRST[first], "/second": answer(b"honest")})
    moment(monkeypatch, once(press, SMUGGLED))
    client = make_client()
    await get(client, press.url("/first"))
    assert (await get(client, press.url("/second"))).body == b"honest"
    assert press.connections == 2


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("late", LATE)
async def test_whatever_is_late(
    serve: Serve, make_client: Make, answer: Answer, monkeypatch: Patch, late: str, moment: Callable[..., None]
) -> None:
    press = await serve({"/first": FIRST["chunked"], "/second": answer(b"honest")})
    moment(monkeypatch, once(press, LATE[late]))
    client = make_client()
    await get(client, press.url("/first"))
    assert (await get(client, press.url("/second"))).body == b"honest"
    assert press.connections == 2


@pytest.mark.parametrize("first", ["length", "chunked", "304"])
async def test_a_moment_later_on_an_idle_connection(
    serve: Serve, make_client: Make, answer: Answer, first: str
) -> None:
    """As a server would do it: by its own clock."""
    done = asyncio.Event()

    async def twice(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(FIRST[first])
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.write(SMUGGLED)
        await writer.drain()
        done.set()

    press = await serve({"/first": twice, "/second": answer(b"honest")})
    client = make_client()
    await get(client, press.url("/first"))
    await done.wait()
    assert (await get(client, press.url("/second"))).body == b"honest"
    assert press.connections == 2


@pytest.mark.parametrize("late", [False, True])
async def test_a_body_behind_the_answer_to_head(serve: Serve, tmp_path: Any, answer: Answer, late: bool) -> None:
    """Its Content-Length is that of a GET: what comes all the same is not its body but the next answer's beginning."""
    head = OK + b"Content-Length: 75\r\n\r\n"
    press = await serve({"/first": head if late else head + SMUGGLED, "/second": answer(b"honest")})
    bodies = Bodies(tmp_path, max_raw=1000, max_decoded=1000)
    sender = wire.Wire(ClientSettings(tmp_path / "http.db", proxies=False), bodies)

    async def send(method: str, path: str) -> Received:
        url = press.url(path)
        return await sender.send(Request(method, url, Fields()), parse_address(url), private=True, budget=Budget(5))

    got = await send("HEAD", "/first")
    assert (got.status, got.body) == (200, b"")
    if late:
        slip(press, SMUGGLED)
    assert (await send("GET", "/second")).body == b"honest"
    assert press.connections == 2
    await sender.aclose()


@pytest.mark.parametrize("first", ["length", "chunked", "trailers", "204", "304", "hint", "error"])
async def test_a_clean_connection_is_used_again(serve: Serve, make_client: Make, answer: Answer, first: str) -> None:
    press = await serve({"/first": FIRST[first], "/second": answer(b"honest")})
    client = make_client()
    await get(client, press.url("/first"))
    assert (await get(client, press.url("/second"))).body == b"honest"
    assert press.connections == 1
