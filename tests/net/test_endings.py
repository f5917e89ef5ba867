# ruff: noqa: E501, PLR0917  tables read better in long lines
"""Connections that end in every way but the right one, in the clear and encrypted."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.net.asking import Make, Serve
from tui.net.client import Client, FailureKind, Outcome, Purpose

K = FailureKind
OK = b"HTTP/1.1 200 OK\r\n"
NINE, CHUNK, REST = (
    OK + b"Content-Length: 9\r\n\r\nhello",
    OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    OK + b"\r\nhello",
)
End = Callable[[asyncio.StreamWriter], None]


def raw(writer: asyncio.StreamWriter) -> socket.socket:
    """The socket under whatever encryption."""
    found: socket.socket = writer.get_extra_info("socket")
    return found


def close(writer: asyncio.StreamWriter) -> None:
    """With a closing alert where there is encryption."""
    writer.close()


def cut(writer: asyncio.StreamWriter) -> None:
    """Without one."""
    writer.transport.abort()


def reset(writer: asyncio.StreamWriter) -> None:
    raw(writer).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def half(writer: asyncio.StreamWriter) -> None:
    """We may still speak, but nothing will come."""
    raw(writer).shutdown(socket.SHUT_WR)


def bad_record(writer: asyncio.StreamWriter) -> None:
    os.write(raw(writer).fileno(), b"\x17\x03\x03\x00\x20" + b"x" * 32)


def ending(sent: bytes, end: End) -> Callable[[Any, asyncio.StreamWriter], Awaitable[None]]:
    async def run(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()
        await asyncio.sleep(0.02)
        end(writer)
        await asyncio.sleep(0.2)

    return run


async def get(client: Client, url: str) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE, private_ok=True)


async def check(client: Client, press: Any, url: str, kind: FailureKind | None) -> None:
    outcome = await get(client, url)
    assert (outcome.failure.kind if outcome.failure else None) is kind, outcome.failure
    assert outcome.body == (b"" if kind else b"hello")
    assert len(press.seen) == 1  # no second try: the connection was new
    client.offline = True
    assert (await get(client, url)).body == outcome.body


@pytest.mark.parametrize(
    ("sent", "end", "kind"),
    [
        (b"", close, K.DISCONNECTED), (b"", reset, K.DISCONNECTED), (b"HTTP/1.1 200", close, K.DISCONNECTED),
        (b"HTTP/1.1 200 OK\r\nX: y", close, K.DISCONNECTED), (b"HTTP/1.1 200", reset, K.DISCONNECTED),
        (NINE, close, K.CUT_SHORT), (NINE, reset, K.DISCONNECTED), (NINE, half, K.CUT_SHORT),
        (CHUNK, close, K.CUT_SHORT), (CHUNK + b"0\r\n", close, K.CUT_SHORT), (CHUNK, half, K.CUT_SHORT),
        (REST, close, None), (REST, half, None), (REST, reset, K.DISCONNECTED),
    ],
)  # fmt: skip
async def test_in_the_clear(serve: Serve, make_client: Make, sent: bytes, end: End, kind: FailureKind | None) -> None:
    press = await serve({"/": ending(sent, end)})
    await check(make_client(), press, press.url("/"), kind)


@pytest.fixture
def secure(tmp_path: Path) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize(
    ("sent", "end", "kind"),
    [
        (NINE, close, K.CUT_SHORT), (NINE, cut, K.CUT_SHORT), (NINE, bad_record, K.TLS), (CHUNK, cut, K.CUT_SHORT),
        (REST, close, None), (REST, cut, K.CUT_SHORT), (REST, reset, K.DISCONNECTED), (REST, bad_record, K.TLS),
        (b"", cut, K.DISCONNECTED),
    ],
)  # fmt: skip
async def test_encrypted(
    serve: Serve, make_client: Make, tmp_path: Path, secure: ssl.SSLContext,
    version: ssl.TLSVersion, sent: bytes, end: End, kind: FailureKind | None,
) -> None:  # fmt: skip
    """A body that ends with its connection is whole only if the encryption says so (RFC 9112 §9.8)."""
    secure.maximum_version = version
    press = await serve({"/": ending(sent, end)}, ssl=secure)
    client = make_client(ca_file=tmp_path / "ca.pem")
    await check(client, press, f"https://localhost:{press.port}/", kind)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x15\x03\x03\x00\x02\x02\x28", b"\x15\x03\x03\x00\x02\x02\x70", b"\x15\x03\x03\x00\x02\x01\x70" * 2000, b"SSH-2.0-x\r\n",
        b"\x16\x03\x03\xff\xff" + b"x" * 70_000, b"\x16\x03\x03\x00\x05xxxxx", b"\x16\x03\x03\x00\x00" * 500, b"\x17\x03\x03\x00\x01x",
        b"\x14\x03\x03\x00\x01\x01" * 100, b"",
    ],
)  # fmt: skip
async def test_instead_of_a_handshake(make_client: Make, sent: bytes) -> None:
    """Alerts, a flood of warnings, another protocol, records that are too long, empty or early."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(9999)
        writer.write(sent)
        await writer.drain()
        writer.close()

    press = await asyncio.start_server(serve, "127.0.0.1", 0)
    outcome = await get(make_client(), f"https://localhost:{press.sockets[0].getsockname()[1]}/")
    assert outcome.failure is not None
    assert outcome.failure.kind is K.TLS, outcome.failure
    assert outcome.failure.detail.isprintable()
    press.close()


async def test_a_server_that_wants_to_know_us(
    serve: Serve, make_client: Make, tmp_path: Path, secure: ssl.SSLContext
) -> None:
    """By a certificate of ours: there is none."""
    secure.verify_mode = ssl.CERT_REQUIRED
    press = await serve({"/": REST}, ssl=secure)
    outcome = await get(make_client(ca_file=tmp_path / "ca.pem"), f"https://localhost:{press.port}/")
    assert outcome.failure is not None
    assert outcome.failure.kind in (K.TLS, K.DISCONNECTED), (
        outcome.failure
    )  # whether its alert or its reset comes first


async def test_a_server_that_speaks_first(make_client: Make) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    press = await asyncio.start_server(serve, "127.0.0.1", 0)
    outcome = await get(make_client(), f"http://localhost:{press.sockets[0].getsockname()[1]}/")
    assert outcome.failure is not None
    assert outcome.failure.kind in (K.TIMEOUT, K.DISCONNECTED), outcome.failure  # as the race goes
    press.close()
