# ruff: noqa: E501  tables read better in long lines
"""Proxies of the environment, real ones on loopback: which is asked, what it is told, and what nobody else is told."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.net.asking import Answer, Make, Serve
from tui.net.client import Client, FailureKind, Outcome, Purpose

Patch = pytest.MonkeyPatch
K = FailureKind
SECRET = "s3cret"
NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


async def get(client: Client, url: str) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE)


@pytest.fixture(autouse=True)
def bare(monkeypatch: Patch) -> None:
    """No proxies but those of the test."""
    for name in (*NAMES, *(name.upper() for name in NAMES), "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)


class Tunnel:
    """A proxy that leads every CONNECT to one server, or answers it with bytes of its own."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.port = self.to = 0
        self.says = b"HTTP/1.1 200 Connection established\r\n\r\n"
        self.again = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
            writer.write(self.says)
            while self.again:
                writer.write(self.again)
                await writer.drain()
                await asyncio.sleep(0.01)
            if b" 200 " in self.says:
                behind = await asyncio.open_connection("127.0.0.1", self.to)
                await asyncio.gather(self.pass_on(reader, behind[1]), self.pass_on(behind[0], writer))
        writer.close()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()


@pytest.fixture
async def tunnel() -> AsyncIterator[Tunnel]:
    made = Tunnel()
    listener = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = listener.sockets[0].getsockname()[1]
    yield made
    listener.close()


@pytest.fixture
async def press(serve: Serve, answer: Answer, tunnel: Tunnel, tmp_path: Path) -> Any:
    """A server with a certificate for press.example, behind the tunnel."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("press.example").configure_cert(context)
    server = await serve({"/": answer(b"through the tunnel"), "/more": answer(b"more")}, ssl=context)
    tunnel.to = server.port
    return server


@pytest.fixture
def client(make_client: Make, tmp_path: Path, press: Any) -> Client:
    return make_client(proxies=True, ca_file=tmp_path / "ca.pem", total_timeout=1.2)


async def test_connect(client: Client, press: Any, tunnel: Tunnel, monkeypatch: Patch) -> None:
    """The proxy learns its own password and where to; the server its own password and no word of the proxy."""
    monkeypatch.setenv("https_proxy", tunnel.url.replace("//", f"//me:{SECRET}@"))
    outcome = await get(client, "https://reader:hidden@press.example/")
    assert (outcome.body, outcome.failure) == (b"through the tunnel", None)
    assert (await get(client, "https://reader:hidden@press.example/more")).body == b"more"
    assert len(tunnel.heads) == 1
    lines = tunnel.heads[0].split("\r\n")
    assert lines[0] == "connect press.example:443 http/1.1"
    assert [line for line in lines if "authorization" in line] == ["proxy-authorization: basic bwu6cznjcmv0"]
    assert not any("user-agent" in line for line in lines)
    for seen in press.seen:
        assert seen.fields["authorization"] == "Basic cmVhZGVyOmhpZGRlbg=="
        assert not any("proxy" in name for name in seen.fields)


async def test_the_certificate_is_the_servers(client: Client, press: Any, tunnel: Tunnel, monkeypatch: Patch) -> None:
    monkeypatch.setenv("https_proxy", tunnel.url)
    outcome = await get(client, "https://other.example/")
    assert outcome.failure is not None and outcome.failure.kind is K.CERTIFICATE
    assert press.seen == []


@pytest.mark.parametrize(
    ("says", "again", "kind"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", b"", K.PROXY),
        (b"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", b"", K.PROXY),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", b"", K.PROXY),
        (b"HTTP/1.1 502 ", b"x", K.TIMEOUT),
        (b"HTTP/1.1 502 x\r\n", b"X: y\r\n" * 5000, K.HEADERS),
        (b"SSH-2.0-x\r\n\r\n", b"", K.PROTOCOL),
        (b"", b"", K.DISCONNECTED),
    ],
)
async def test_what_a_proxy_may_say(
    client: Client, press: Any, tunnel: Tunnel, monkeypatch: Patch, says: bytes, again: bytes, kind: FailureKind
) -> None:
    monkeypatch.setenv("https_proxy", tunnel.url.replace("//", f"//me:{SECRET}@"))
    tunnel.says, tunnel.again = says, again
    outcome = await get(client, "https://press.example/")
    assert outcome.body == b""
    assert outcome.failure is not None and outcome.failure.kind is kind, outcome.failure
    assert SECRET not in repr(outcome)
    assert press.seen == []


@pytest.mark.parametrize(
    ("variables", "asked"),
    [
        ({"http_proxy": ""}, True), ({"HTTP_PROXY": ""}, True), ({"all_proxy": ""}, True), ({"ALL_PROXY": ""}, True),
        ({"https_proxy": ""}, False), ({"http_proxy": "", "no_proxy": "other.example"}, True),
        ({"http_proxy": "", "no_proxy": "press.example"}, False), ({"http_proxy": "", "NO_PROXY": "PRESS.example"}, False),
        ({"http_proxy": "", "no_proxy": ".example"}, False), ({"http_proxy": "", "no_proxy": "a, example"}, False),
        ({"http_proxy": "", "no_proxy": "*"}, False), ({"http_proxy": "", "no_proxy": "press.example:80"}, False),
        ({"http_proxy": "", "no_proxy": "press.example:81"}, True), ({"http_proxy": "", "no_proxy": "ss.example"}, True),
        ({"HTTP_PROXY": "", "REQUEST_METHOD": "GET"}, False),  # in a CGI a client sets it: "Proxy: …" (CVE-2016-1000110)
    ],
)  # fmt: skip
async def test_the_environment(
    serve: Serve, answer: Answer, make_client: Make, monkeypatch: Patch, variables: dict[str, str], asked: bool
) -> None:
    proxy = await serve({"http://press.example/": answer(b"by proxy")})
    for name, value in variables.items():
        monkeypatch.setenv(name, value or proxy.url(""))
    outcome = await get(make_client(proxies=True), "http://press.example/")
    assert (outcome.body == b"by proxy") is asked
    assert bool(proxy.connections) is asked


async def test_a_password_for_the_proxy_goes_nowhere_else(
    serve: Serve, answer: Answer, make_client: Make, monkeypatch: Patch
) -> None:
    direct = await serve({"/": answer(b"direct")})
    proxy = await serve({"http://press.example/": answer(b"", "Location: http://b.example/", status="302 x")})
    proxy.routes["http://b.example/"] = answer(b"by proxy", 'ETag: "1"')
    monkeypatch.setenv("http_proxy", proxy.url("").replace("//", f"//me:{SECRET}@"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    client = make_client(proxies=True)
    outcome = await get(client, "http://reader:hidden@press.example/")
    assert outcome.body == b"by proxy"
    assert [seen.fields["proxy-authorization"] for seen in proxy.seen] == ["Basic bWU6czNjcmV0"] * 2
    assert ["authorization" in seen.fields for seen in proxy.seen] == [True, False]
    assert (await client.fetch(direct.url("/"), private_ok=True)).body == b"direct"
    assert "proxy-authorization" not in direct.seen[0].fields


async def test_what_a_proxy_leaves_over_is_not_the_next_servers(
    serve: Serve, answer: Answer, make_client: Make, monkeypatch: Patch
) -> None:
    """One connection carries requests to many servers: an answer too much would speak for another one."""
    evil = answer(b"evil")

    async def more(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"a"))
        await writer.drain()
        os.write(writer.get_extra_info("socket").fileno(), evil)

    proxy = await serve(
        {"http://a.example/": more, "http://b.example/": answer(b"b"), "http://c.example/": answer(b"c") + evil}
    )
    monkeypatch.setenv("http_proxy", proxy.url(""))
    client = make_client(proxies=True)
    for name in ("a", "b", "c", "b", "a", "b"):
        got = (await get(client, f"http://{name}.example/")).body
        assert got in (name.encode(), b"")  # nothing at all, when what came too much came at once
        assert got or name != "b"


async def test_a_proxy_that_is_spoken_to_in_secret(
    serve: Serve, answer: Answer, make_client: Make, monkeypatch: Patch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    proxy = await serve({"http://press.example/": answer(b"by proxy")}, ssl=context)
    monkeypatch.setenv("http_proxy", f"https://me:{SECRET}@localhost:{proxy.port}")
    outcome = await get(make_client(proxies=True, ca_file=tmp_path / "ca.pem"), "http://press.example/")
    assert outcome.body == b"by proxy", outcome.failure
    unknown = await get(make_client(proxies=True), "http://press.example/")
    assert unknown.failure is not None and unknown.failure.kind in (K.CERTIFICATE, K.PROXY), unknown.failure
    assert len(proxy.seen) == 1 and SECRET not in repr(unknown)


@pytest.mark.parametrize(
    "value",
    [
        "http://me:s3cret@[::1", "http://me:s3cret@127.0.0.1:s3cret", "http://me:s3cret@ho\u2100st/", "ftp://me:s3cret@h:1",
        "socks5://me:s3cret@127.0.0.1:1", "http://me:s3cret@127.0.0.1:1", "me:s3cret@127.0.0.1:1", "http://me:s3cret@:1",
        "http://me:s3cret@127.0.0.1:99999", "http://me:s3cret@a\x1b[31m:1", "me:s3cret@", "s3cret",
        "http://me:s3cret/@127.0.0.1:1",
    ],
)  # fmt: skip
async def test_an_unusable_proxy_and_its_password(make_client: Make, monkeypatch: Patch, value: str) -> None:
    monkeypatch.setenv("http_proxy", value)
    outcome = await get(make_client(proxies=True), "http://press.example/")
    assert outcome.failure is not None and outcome.failure.kind is K.PROXY, outcome.failure
    assert SECRET not in repr(outcome)
    assert outcome.failure.detail.isprintable()
