# ruff: noqa: E501  tables read better in long lines
"""Servers that mean harm by HTTP/2; after each of them the next request to the same server works at once."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import unquote

import h2.config
import h2.connection
import h2.events
import pytest
import trustme
from hyperframe.frame import ContinuationFrame, HeadersFrame, SettingsFrame, WindowUpdateFrame

from tui.net.client import Client, FailureKind, OutcomeKind, Purpose

K = FailureKind
OK = [(b":status", b"200")]
STATUS_200 = b"\x88"
"""Of HPACK's static table."""


def frame(kind: type[HeadersFrame] | type[ContinuationFrame], stream: int, block: bytes, *flags: str) -> bytes:
    made = kind(stream, block)
    for flag in flags:
        made.flags.add(flag)
    return bytes(made.serialize())


def literal(name: bytes, value: bytes) -> bytes:
    return bytes([0, len(name)]) + name + bytes([len(value)]) + value


def ended(stream: int, block: bytes) -> bytes:
    return frame(HeadersFrame, stream, block, "END_HEADERS", "END_STREAM")


def begun(stream: int, block: bytes = STATUS_200) -> bytes:
    return frame(HeadersFrame, stream, block, "END_HEADERS")


FRAMES: dict[str, Callable[[int], tuple[bytes, bytes]]] = {
    "continuations": lambda s: (frame(HeadersFrame, s, STATUS_200), frame(ContinuationFrame, s, b"") * 100),
    "hpack": lambda s: (
        begun(s, STATUS_200 + b"\x40\x01x\x7f\xa1\x1e" + b"y" * 4000), frame(HeadersFrame, s, b"\xbe" * 15_000, "END_HEADERS"),
    ),
    "trailers": lambda s: (begun(s), frame(HeadersFrame, s, literal(b"x", b"y"), "END_HEADERS") * 50),
    "status": lambda s: (ended(s, b"\x08\x03abc"), b""),
    "line break": lambda s: (ended(s, STATUS_200 + literal(b"x", b"a\r\nset-cookie: b")), b""),
    "settings": lambda s: (begun(s), SettingsFrame(0).serialize() * 200),
    "windows": lambda s: (begun(s), WindowUpdateFrame(s, window_increment=1).serialize() * 200),
    "stalled": lambda s: (begun(s), b""),
}  # fmt: skip
"""Stream → what is sent, and what is then sent for ever."""


class Evil:
    """Answers /ok well, and every other path in the way it is named."""

    def __init__(self) -> None:
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        config = h2.config.H2Configuration(
            client_side=False, header_encoding=None, validate_outbound_headers=False, normalize_outbound_headers=False
        )
        peer = h2.connection.H2Connection(config)
        peer.initiate_connection()
        try:
            while True:
                writer.write(peer.data_to_send())
                await writer.drain()
                data = await reader.read(65536)
                if not data:
                    break
                for event in peer.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        path = unquote(dict(event.headers or [])[b":path"].decode())
                        await self.answer(path.strip("/"), peer, event.stream_id or 0, writer)
        except (ConnectionError, h2.exceptions.ProtocolError, asyncio.CancelledError):
            pass
        writer.close()

    async def answer(
        self, how: str, peer: h2.connection.H2Connection, stream: int, writer: asyncio.StreamWriter
    ) -> None:
        if how == "ok":
            peer.send_headers(stream, OK)
            peer.send_data(stream, b"fine", end_stream=True)
        elif how == "fields":
            peer.send_headers(stream, [*OK, *((b"x-%d" % i, b"y" * 200) for i in range(500))], end_stream=True)
        elif how in ("short", "long"):
            peer.send_headers(stream, [*OK, (b"content-length", b"50" if how == "short" else b"1")])
            peer.send_data(stream, b"x" * 20, end_stream=True)
        elif how == "reset":
            peer.send_headers(stream, OK)
            peer.reset_stream(stream)
        elif how == "goaway":
            peer.close_connection(2)
        elif how == "garbage":
            writer.write(b"\xff" * 5000)
        elif how in FRAMES:
            first, again = FRAMES[how](stream)
            writer.write(peer.data_to_send() + first)
            while again:
                writer.write(again)
                await writer.drain()
                await asyncio.sleep(0.001)
        elif how in ("pings", "nothing"):
            peer.send_headers(stream, OK)
            while True:
                for _ in range(200):
                    peer.ping(b"12345678") if how == "pings" else peer.send_data(stream, b"")
                writer.write(peer.data_to_send())
                await writer.drain()
                await asyncio.sleep(0.001)


@pytest.fixture
async def evil(tmp_path: Path) -> AsyncIterator[tuple[str, Path, Evil]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    context.set_alpn_protocols(["h2"])
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    server = Evil()
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    yield f"https://localhost:{listener.sockets[0].getsockname()[1]}", tmp_path / "ca.pem", server
    listener.close()


@pytest.mark.parametrize(
    ("how", "kinds"),
    [
        ("fields", (K.HEADERS,)), ("short", (K.CUT_SHORT,)), ("long", (K.CUT_SHORT,)), ("reset", (K.DISCONNECTED,)),
        ("goaway", (K.DISCONNECTED,)), ("garbage", (K.TIMEOUT, K.PROTOCOL)), ("pings", (K.TIMEOUT, K.TOO_LARGE)),
        ("nothing", (K.TIMEOUT,)), ("continuations", (K.PROTOCOL,)), ("hpack", (K.HEADERS,)), ("trailers", (K.PROTOCOL,)),
        ("status", (K.PROTOCOL,)), ("line%20break", (K.PROTOCOL,)), ("settings", (K.TIMEOUT, K.TOO_LARGE)),
        ("windows", (K.TIMEOUT, K.TOO_LARGE)), ("stalled", (K.TIMEOUT,)),
    ],
)  # fmt: skip
async def test_evil(
    evil: tuple[str, Path, Evil], make_client: Callable[..., Client], how: str, kinds: tuple[FailureKind, ...]
) -> None:
    base, ca_file, _ = evil
    limit = 1.5 if K.TIMEOUT in kinds else 6.0  # a busy machine shakes hands slowly
    client = make_client(ca_file=ca_file, total_timeout=limit)
    outcome = await client.fetch(f"{base}/{how}", private_ok=True)
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.failure is not None
    assert outcome.failure.kind in kinds, outcome.failure
    began = time.monotonic()
    after = await client.fetch(f"{base}/ok", purpose=Purpose.FORCE, private_ok=True)
    assert (after.kind, after.body) == (OutcomeKind.FRESH, b"fine"), after.failure
    assert time.monotonic() - began < limit - 0.1  # not by waiting the dead connection out
    await client.aclose()


async def test_one_connection_carries_many(evil: tuple[str, Path, Evil], make_client: Callable[..., Client]) -> None:
    base, ca_file, server = evil
    client = make_client(ca_file=ca_file)
    for _ in range(5):
        assert (await client.fetch(f"{base}/ok", purpose=Purpose.FORCE, private_ok=True)).body == b"fine"
    assert server.connections == 1
    await client.aclose()
