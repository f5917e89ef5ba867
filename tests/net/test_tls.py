# ruff: noqa: E501, PLR0917  tables read better in long lines
"""Encrypted and by HTTP/2, with brotli and zstd, from a real server; and certificates that are wrong each in its way."""

from __future__ import annotations

import asyncio
import socket
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import trustme
import zstandard
from hypercorn.asyncio import serve as hypercorn
from hypercorn.config import Config

from tests.net.asking import Answer, Make, Serve
from tui.net.client import ClientSettings, FailureKind, OutcomeKind, Purpose
from tui.net.wire import system_trust

TEXT = "خبر عاجل من الوكالة ".encode() * 3000
PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: bytes(brotli.compress(data, quality=5)),
    "zstd": zstandard.ZstdCompressor().compress,
}
BOMBS = {name: pack(bytes(40 << 20)) for name, pack in PACK.items()}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return tmp_path / "ca.pem"


class Press:
    """An ASGI application; remembers by which version it was asked."""

    def __init__(self) -> None:
        self.versions: list[str] = []
        self.port = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        self.versions.append(scope["http_version"])
        kind, name = scope["path"].strip("/").split("-")
        body = PACK[name](TEXT)
        headers = [(b"content-encoding", name.encode()), (b"etag", b'"1"')]
        if kind == "half":
            body = body[: len(body) // 2]
        if kind == "bomb":
            body = BOMBS[name]
        if dict(scope["headers"]).get(b"if-none-match"):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for start in range(0, len(body), 500):
            await send({"type": "http.response.body", "body": body[start : start + 500], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def press(authority: trustme.CA, tmp_path: Path) -> AsyncIterator[Press]:
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.certfile, config.keyfile = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    config.alpn_protocols = ["h2", "http/1.1"]
    config.graceful_timeout = 0.2
    config.errorlog = None
    application, stop = Press(), asyncio.Event()
    application.port = port
    running = asyncio.create_task(hypercorn(application, config, shutdown_trigger=stop.wait))
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            break
        except ConnectionError:
            await asyncio.sleep(0.02)
    yield application
    stop.set()
    with suppress(asyncio.TimeoutError, asyncio.CancelledError):
        await asyncio.wait_for(running, 5)


@pytest.mark.parametrize("name", PACK)
async def test_http2_really_transferred(make_client: Make, press: Press, ca_file: Path, name: str) -> None:
    client = make_client(ca_file=ca_file)
    url = f"https://localhost:{press.port}/whole-{name}"
    outcome = await client.fetch(url, private_ok=True)
    assert outcome.failure is None, outcome.failure
    assert (outcome.kind, outcome.body, outcome.changed) == (OutcomeKind.FRESH, TEXT, True)
    assert 0 < outcome.received < len(TEXT) / 5
    assert press.versions == ["2"]
    assert (await client.fetch(url, private_ok=True)).kind is OutcomeKind.REVALIDATED
    assert (await client.fetch(url, purpose=Purpose.READ, private_ok=True)).body == TEXT
    await client.aclose()


@pytest.mark.parametrize("name", PACK)
async def test_cut_and_bombs_by_http2(make_client: Make, press: Press, ca_file: Path, name: str) -> None:
    client = make_client(ca_file=ca_file)
    base = f"https://localhost:{press.port}"
    for kind, failure in (("half", FailureKind.CUT_SHORT), ("bomb", FailureKind.TOO_LARGE)):
        outcome = await client.fetch(f"{base}/{kind}-{name}", private_ok=True)
        assert outcome.failure is not None
        assert outcome.failure.kind is failure
        assert not outcome.stored
    assert (await client.fetch(f"{base}/whole-{name}", private_ok=True)).body == TEXT
    assert set(press.versions) == {"2"}
    await client.aclose()


def server_side(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


async def test_http1_over_tls(
    serve: Serve, make_client: Make, answer: Answer, authority: trustme.CA, ca_file: Path
) -> None:
    press = await serve({"/": answer(b"x")}, ssl=server_side(authority.issue_cert("localhost")))
    client = make_client(ca_file=ca_file)
    for _ in range(3):
        url = f"https://localhost:{press.port}/"
        outcome = await client.fetch(url, purpose=Purpose.FORCE, private_ok=True)
        assert (outcome.body, outcome.failure) == (b"x", None)
    assert press.connections == 1  # what TLS 1.3 sends by itself is no leftover


def test_what_is_never_agreed_to(tmp_path: Path) -> None:
    context = system_trust(ClientSettings(tmp_path))
    assert context.options & ssl.OP_NO_RENEGOTIATION
    assert context.options & ssl.OP_NO_COMPRESSION
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)


NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("host", "issue", "trusted", "words"),
    [
        ("localhost", {"not_after": NOW - timedelta(days=1)}, True, "has expired"),
        (
            "localhost",
            {"not_before": NOW + timedelta(days=9), "not_after": NOW + timedelta(days=99)},
            True,
            "not valid yet",
        ),
        ("127.0.0.1", {}, True, "belongs to another"),
        ("localhost", {}, False, "authority this system does not trust"),
    ],
)
async def test_certificates_are_told_apart(
    serve: Serve, make_client: Make, answer: Answer, authority: trustme.CA, ca_file: Path,
    host: str, issue: dict[str, Any], trusted: bool, words: str,
) -> None:  # fmt: skip
    press = await serve({"/": answer(b"x")}, ssl=server_side(authority.issue_cert("localhost", **issue)))
    client = make_client(ca_file=ca_file) if trusted else make_client()
    outcome = await client.fetch(f"https://{host}:{press.port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.CERTIFICATE
    assert words in outcome.failure.sentence
    assert press.seen == []  # nothing was sent


async def test_a_self_signed_certificate(serve: Serve, make_client: Make, answer: Answer, tmp_path: Path) -> None:
    made = await asyncio.create_subprocess_exec(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(tmp_path / "k"), "-out", str(tmp_path / "c"),
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert await made.wait() == 0
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c", tmp_path / "k")
    press = await serve({"/": answer(b"x")}, ssl=context)
    outcome = await make_client().fetch(f"https://localhost:{press.port}/", private_ok=True)
    assert outcome.failure is not None
    assert (outcome.failure.kind, "signed by itself" in outcome.failure.sentence) == (FailureKind.CERTIFICATE, True)


async def test_encryption_that_is_no_longer_accepted(make_client: Make, authority: trustme.CA, ca_file: Path) -> None:
    context = server_side(authority.issue_cert("localhost"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1

    def serve_one(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            context.wrap_socket(connection, server_side=True)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(asyncio.to_thread(serve_one, listener))
        url = f"https://localhost:{listener.getsockname()[1]}/"
        outcome = await make_client(ca_file=ca_file).fetch(url, private_ok=True)
        await serving
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TLS
    assert "outdated encryption" in outcome.failure.sentence


async def test_a_handshake_that_breaks_off(make_client: Make) -> None:
    press = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    port = press.sockets[0].getsockname()[1]
    outcome = await make_client().fetch(f"https://localhost:{port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TLS
    press.close()


async def test_http_where_encryption_is_expected(make_client: Make) -> None:
    """The alert with which OpenSSL's servers answer "GET"."""
    press = await asyncio.start_server(lambda r, w: w.write(b"\x15\x03\x01\x00\x02\x02\x46"), "127.0.0.1", 0)
    port = press.sockets[0].getsockname()[1]
    outcome = await make_client().fetch(f"http://localhost:{port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TLS
    assert "begin with https://" in outcome.failure.sentence
    press.close()


async def test_no_tls_at_all(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await asyncio.start_server(lambda r, w: w.write(b"HTTP/1.1 400 Bad\r\n\r\n"), "127.0.0.1", 0)
    port = press.sockets[0].getsockname()[1]
    outcome = await make_client().fetch(f"https://localhost:{port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TLS
    assert "does not encrypt" in outcome.failure.sentence
    press.close()


async def test_a_silent_handshake(make_client: Make) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):
            await reader.read()  # until we hang up
            await reader.read()
        writer.close()

    press = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = press.sockets[0].getsockname()[1]
    outcome = await make_client(connect_timeout=0.3).fetch(f"https://localhost:{port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TIMEOUT
    press.close()


async def test_never_down_to_http(
    serve: Serve, make_client: Make, answer: Answer, authority: trustme.CA, ca_file: Path
) -> None:
    canary = await serve({"/": answer(b"x")})
    press = await serve({}, ssl=server_side(authority.issue_cert("localhost")))
    press.routes["/"] = answer(b"", f"Location: {canary.url('/', 'localhost')}", status="301 x")
    outcome = await make_client(ca_file=ca_file).fetch(f"https://localhost:{press.port}/", private_ok=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.DOWNGRADE
    assert canary.connections == 0
