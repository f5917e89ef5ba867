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
from hyperframe.frame import (
    AltSvcFrame,
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    PushPromiseFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

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


def flagged(made: Frame, *flags: str) -> bytes:
    for flag in flags:
        made.flags.add(flag)
    return bytes(made.serialize())


def setting(number: int, value: int) -> bytes:
    return bytes(SettingsFrame(0, settings={number: value}).serialize())


def field(name: bytes, value: bytes) -> Callable[[int], tuple[bytes, bytes]]:
    """A response with this field, whole."""
    return lambda s: (ended(s, STATUS_200 + literal(name, value)), b"")


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
    "resets": lambda s: (begun(s) + RstStreamFrame(s).serialize(), RstStreamFrame(s).serialize() * 200),
    "resets-ahead": lambda s: (begun(s), RstStreamFrame(s + 2).serialize() * 200),
    "push": lambda s: (begun(s) + flagged(PushPromiseFrame(s, promised_stream_id=2, data=b"\x82\x87\x84"), "END_HEADERS"), b""),
    "priorities": lambda s: (begun(s), PriorityFrame(s, depends_on=0, stream_weight=1).serialize() * 200),
    "priority-of-itself": lambda s: (begun(s) + PriorityFrame(s, depends_on=s).serialize(), b""),
    "window-overflow": lambda s: (begun(s), WindowUpdateFrame(0, window_increment=(1 << 31) - 1).serialize()),
    "window-of-nothing": lambda s: (begun(s) + WindowUpdateFrame(s, window_increment=1).serialize()[:-1] + b"\0", b""),
    "data-for-nobody": lambda s: (begun(s) + b"\0\0\1\0\0\0\0\0\0x", b""),
    "padding": lambda s: (begun(s), flagged(DataFrame(s, b"", pad_length=255), "PADDED") * 50),
    "too-much-padding": lambda s: (begun(s) + b"\0\0\2\0\x08\0\0\0" + bytes([s]) + b"\xff\0", b""),
    "capitals": field(b"X", b"y"),
    "transfer-encoding": field(b"transfer-encoding", b"chunked"),
    "nul": field(b"x", b"a\0b"),
    "blank-name": field(b" x", b"y"),
    "empty-name": field(b"", b"y"),
    "two-lengths": lambda s: (begun(s, STATUS_200 + literal(b"content-length", b"1") + literal(b"content-length", b"2")), b""),
    "length-in-words": field(b"content-length", b"five"),
    "hints": lambda s: (b"", frame(HeadersFrame, s, b"\x08\x03103", "END_HEADERS") * 50),
    "a-hint-that-ends": lambda s: (ended(s, b"\x08\x03103"), b""),
    "status-101": lambda s: (ended(s, b"\x08\x03101"), b""),
    "status-of-five-digits": lambda s: (ended(s, b"\x08\x0510000"), b""),
    "status-in-arabic": lambda s: (ended(s, b"\x08\x06" + "٢٠٠".encode()), b""),
    "alternatives": lambda s: (begun(s), AltSvcFrame(s, b"", b'h3="127.0.0.1:1"').serialize() * 100),
    "unknown-frames": lambda s: (begun(s), b"\0\0\1\xee\0\0\0\0\0x" * 200),
    "large-frame": lambda s: (begun(s) + b"\x10\0\0\0\0\0\0\0" + bytes([s]) + b"x" * (1 << 20), b""),
    "no-streams": lambda s: (setting(3, 0) + begun(s), b""),
    "setting-window": lambda s: (setting(4, 1 << 31), b""),
    "setting-frame-size": lambda s: (setting(5, 1), b""),
    "setting-push": lambda s: (setting(2, 2), b""),
    "settings-for-a-stream": lambda s: (b"\0\0\0\4\0\0\0\0\1", b""),
    "settings-of-five-bytes": lambda s: (b"\0\0\5\4\0\0\0\0\0xxxxx", b""),
    "setting-acks": lambda s: (begun(s), flagged(SettingsFrame(0), "ACK") * 200),
    "pongs": lambda s: (begun(s), flagged(PingFrame(0, b"12345678"), "ACK") * 200),
    "goaways": lambda s: (begun(s), GoAwayFrame(0, last_stream_id=s).serialize() * 50),
    "goaway-backwards": lambda s: (begun(s) + GoAwayFrame(0, last_stream_id=0).serialize(), b""),
    "stream-of-ours": lambda s: (begun(s + 2), b""),
    "stream-of-its-own": lambda s: (begun(2), b""),
    "continued-by-others": lambda s: (frame(HeadersFrame, s, STATUS_200) + PingFrame(0, b"12345678").serialize(), b""),
    "continued-from-nothing": lambda s: (frame(ContinuationFrame, s, STATUS_200, "END_HEADERS"), b""),
    "hpack-number": lambda s: (ended(s, b"\xff" * 200), b""),
    "hpack-index": lambda s: (ended(s, STATUS_200 + b"\xfe"), b""),
    "hpack-huffman": lambda s: (ended(s, STATUS_200 + b"\x00\x84\xff\xff\xff\xff\x01y"), b""),
    "hpack-table": lambda s: (ended(s, b"\x3f\xe1\xff\xff\x7f" + STATUS_200), b""),
    "hpack-length": lambda s: (ended(s, STATUS_200 + b"\x00\x7f\xff\xff\x7f"), b""),
    "http1": lambda s: (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", b""),
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


QUICK: dict[str, FailureKind] = {
    "fields": K.HEADERS, "hpack": K.HEADERS, "short": K.CUT_SHORT, "long": K.CUT_SHORT, "reset": K.DISCONNECTED,
    "resets": K.DISCONNECTED, "goaway": K.DISCONNECTED, "goaways": K.DISCONNECTED, "goaway-backwards": K.DISCONNECTED,
}  # fmt: skip
"""What is said when a way of FRAMES is not simply called bad HTTP."""
SLOW = ["garbage", "stalled", "padding", "no-streams", "stream-of-its-own", "http1"]
"""What is only ended by the deadline, or by too many bytes."""


async def examine(base: str, client: Client, how: str, kinds: tuple[FailureKind, ...]) -> None:
    outcome = await client.fetch(f"{base}/{how.replace(' ', '%20')}", private_ok=True)
    assert outcome.kind is OutcomeKind.FAILED, how
    assert outcome.failure is not None
    assert outcome.failure.kind in kinds, (how, outcome.failure)
    assert outcome.failure.detail.isprintable()
    assert not outcome.stored
    began = time.monotonic()
    after = await client.fetch(f"{base}/ok", purpose=Purpose.FORCE, private_ok=True)
    assert (after.kind, after.body) == (OutcomeKind.FRESH, b"fine"), (how, after.failure)
    assert time.monotonic() - began < client.settings.total_timeout - 0.1, how  # not by waiting the dead connection out


@pytest.mark.parametrize(
    "how", [how for how in [*QUICK, *sorted(FRAMES.keys() - QUICK.keys()), "pings", "nothing"] if how not in SLOW]
)
async def test_evil(evil: tuple[str, Path, Evil], make_client: Callable[..., Client], how: str) -> None:
    base, ca_file, _ = evil
    client = make_client(ca_file=ca_file, total_timeout=6.0)
    await examine(base, client, how, (QUICK.get(how, K.PROTOCOL),))
    await client.aclose()


async def test_evil_for_ever(evil: tuple[str, Path, Evil], make_client: Callable[..., Client]) -> None:
    """All at once, each by a client of its own; the limit is generous for a busy machine."""
    base, ca_file, _ = evil
    clients = [make_client(ca_file=ca_file, total_timeout=1.5) for _ in SLOW]
    kinds = (K.TIMEOUT, K.TOO_LARGE, K.PROTOCOL)
    await asyncio.gather(*(examine(base, client, how, kinds) for client, how in zip(clients, SLOW, strict=True)))
    for client in clients:
        await client.aclose()


async def test_one_connection_carries_many(evil: tuple[str, Path, Evil], make_client: Callable[..., Client]) -> None:
    base, ca_file, server = evil
    client = make_client(ca_file=ca_file)
    for _ in range(5):
        assert (await client.fetch(f"{base}/ok", purpose=Purpose.FORCE, private_ok=True)).body == b"fine"
    assert server.connections == 1
    await client.aclose()
