# ruff: noqa: E501  tables read better in long lines
"""Where we connect: canaries on loopback stay untouched."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Any

import httpcore
import pytest

from tests.net.asking import Answer, Make, Serve
from tui.net import guard, network
from tui.net.client import Client, FailureKind, Outcome, OutcomeKind, Purpose

SPELLINGS = [
    "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0", "0",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "a.localhost",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "[::1%25lo]", "169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "192.168.0.1", "224.0.0.1",
]  # fmt: skip


async def get(client: Client, url: str, *, own: bool = True) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE, private_ok=own)


def kind(outcome: Outcome) -> FailureKind | None:
    return outcome.failure.kind if outcome.failure else None


class Resolver:
    """Names of the test's own. 127.0.0.2 counts as a public address, so that both sides of the guard run for real."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(network, "is_public", lambda ip: ip == "127.0.0.2" or guard.is_public(ip))

    def look_up(self, host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        self.asked.append(host)
        if host not in self.names:
            if guard.literal_ip(host) is None:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            answers = [host]
        else:
            turn = self.names[host]
            answers = turn.pop(0) if len(turn) > 1 else turn[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Resolver:
    return Resolver(monkeypatch)


@pytest.fixture
async def canary(serve: Serve, answer: Answer) -> Any:
    return await serve({"/": answer(b"secret")})


@pytest.mark.parametrize("host", SPELLINGS)
async def test_a_redirect_inside(serve: Serve, make_client: Make, answer: Answer, canary: Any, host: str) -> None:
    press = await serve({})
    press.routes["/"] = (
        f"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: http://{host}:{canary.port}/\r\n\r\n".encode()
    )
    outcome = await get(make_client(connect_timeout=0.5), press.url("/"))
    assert outcome.kind is OutcomeKind.FAILED
    assert kind(outcome) in (FailureKind.REFUSED, FailureKind.REDIRECT)
    assert canary.connections == 0


@pytest.mark.parametrize("host", SPELLINGS)
async def test_an_address_from_a_page(make_client: Make, canary: Any, host: str) -> None:
    outcome = await get(make_client(connect_timeout=0.5), f"http://{host}:{canary.port}/", own=False)
    assert kind(outcome) in (FailureKind.REFUSED, FailureKind.ADDRESS)
    assert canary.connections == 0


async def test_only_the_very_port_that_the_user_typed(
    serve: Serve, make_client: Make, answer: Answer, canary: Any
) -> None:
    press = await serve(
        {
            "/other": answer(b"", f"Location: {canary.url('/')}", status="302 x"),
            "/name": answer(b"", "Location: //localhost/", status="302 x"),
            "/own": answer(b"", "Location: /end", status="302 x"),
            "/end": answer(b"x"),
        }
    )
    client = make_client()
    assert (await get(client, press.url("/own"))).body == b"x"
    assert kind(await get(client, press.url("/other"))) is FailureKind.REFUSED
    assert kind(await get(client, press.url("/name"))) is FailureKind.REFUSED
    assert canary.connections == 0


async def test_an_open_connection_inside_is_not_lent(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(b"x", "Cache-Control: max-age=99")})
    client = make_client()
    assert (await get(client, press.url("/"))).body == b"x"
    assert kind(await get(client, press.url("/"), own=False)) is FailureKind.REFUSED
    assert len(press.seen) == 1


async def test_names_that_lead_inside(make_client: Make, canary: Any, resolver: Resolver) -> None:
    resolver.names = {
        "evil.example": [["127.0.0.1"]],
        "mixed.example": [["127.0.0.2", "127.0.0.1"]],
        "empty.example": [[]],
    }
    client = make_client()
    for name in ("evil.example", "mixed.example", "empty.example"):
        assert kind(await get(client, canary.url("/", name), own=False)) is FailureKind.REFUSED
    assert canary.connections == 0
    assert resolver.asked == ["evil.example", "mixed.example", "empty.example"]  # each once


async def test_what_came_from_inside_is_not_shown_to_the_outside(
    serve: Serve, make_client: Make, answer: Answer, resolver: Resolver
) -> None:
    """A page outside may lead to the name of something inside that the user has read."""
    inside = await serve({"/": answer(b"secret", "Cache-Control: max-age=99")})
    resolver.names = {"intranet.example": [["127.0.0.1"]]}
    client = make_client()
    url = inside.url("/", "intranet.example")
    assert (await get(client, url)).body == b"secret"
    for purpose in Purpose:
        outcome = await client.fetch(url, purpose=purpose)
        assert outcome.body == b""
    client.offline = True
    assert (await client.fetch(url, purpose=Purpose.READ)).kind is OutcomeKind.OFFLINE
    assert (await client.fetch(url, purpose=Purpose.READ, private_ok=True)).body == b"secret"


@pytest.fixture
async def outside(serve: Serve) -> Any:
    """A server at an address that counts as public."""
    server = await serve({})
    listener = await asyncio.start_server(server.handle, "127.0.0.2", 0)
    server.port = listener.sockets[0].getsockname()[1]
    yield server
    listener.close()


async def test_the_public_side_works_and_each_hop_is_looked_up_once(
    make_client: Make, answer: Answer, resolver: Resolver, outside: Any
) -> None:
    resolver.names = {"a.example": [["127.0.0.2"]], "b.example": [["127.0.0.2"]]}
    outside.routes.update(
        {"/": answer(b"", f"Location: http://b.example:{outside.port}/end", status="301 x"), "/end": answer(b"fine")}
    )
    outcome = await get(make_client(), outside.url("/", "a.example"), own=False)
    assert outcome.body == b"fine"
    assert resolver.asked == ["a.example", "b.example"]


async def test_a_public_name_that_turns_inside(
    serve: Serve, make_client: Make, answer: Answer, resolver: Resolver, outside: Any
) -> None:
    """DNS rebinding: the second look-up of the user's own, public address answers with one inside."""
    inside = await serve({"/end": answer(b"secret")}, port=outside.port)
    resolver.names = {"a.example": [["127.0.0.2"], ["127.0.0.1"]]}
    outside.routes["/"] = answer(b"", "Location: /end", "Connection: close", status="302 x")
    outcome = await get(make_client(), outside.url("/", "a.example"))
    assert kind(outcome) is FailureKind.REFUSED
    assert inside.connections == 0


async def test_the_next_address_is_tried_when_one_is_dead(
    make_client: Make, answer: Answer, resolver: Resolver, outside: Any
) -> None:
    outside.routes["/"] = answer(b"x")
    resolver.names = {"a.example": [["240.0.0.1", "127.0.0.3", "127.0.0.2"]]}
    assert (await get(make_client(), outside.url("/", "a.example"))).body == b"x"


async def test_a_name_with_very_many_addresses(
    make_client: Make, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    async def refuse(ip: str, port: int) -> Any:
        tried.append(ip)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(network, "connect", refuse)
    resolver.names = {"many.example": [[f"8.8.{n}.8" for n in range(200)]]}
    assert kind(await get(make_client(), "http://many.example/", own=False)) is FailureKind.CONNECT
    assert len(tried) == 6


async def test_a_name_that_is_none(make_client: Make, resolver: Resolver) -> None:
    outcome = await get(make_client(), "http://nowhere.example/", own=False)
    assert kind(outcome) is FailureKind.DNS
    assert outcome.failure is not None and "name could not be found" in outcome.failure.sentence


def is_offline(client: Client) -> bool:
    return client.offline


async def test_dead_names_look_like_a_lost_network_but_not_for_ever(
    make_client: Make, answer: Answer, resolver: Resolver, outside: Any
) -> None:
    outside.routes["/"] = answer(b"alive")
    resolver.names = {"a.example": [["127.0.0.2"]]}
    client = make_client(probe_seconds=0.2)
    for name in ("dead1.example", "dead2.example", "dead3.example"):
        await get(client, f"http://{name}/", own=False)
    assert is_offline(client)
    assert (await get(client, outside.url("/", "a.example"), own=False)).kind is OutcomeKind.OFFLINE
    await asyncio.sleep(0.5)
    assert (await get(client, outside.url("/", "a.example"), own=False)).body == b"alive"
    assert not is_offline(client)
    for name in ("dead1.example", "dead2.example", "dead3.example"):
        await get(client, f"http://{name}/", own=False)
    assert is_offline(client)
    await asyncio.sleep(0.5)  # this time a name that was good before is looked up
    resolver.asked.clear()
    assert not is_offline(client)
    client.offline = True


async def test_a_hanging_resolver_does_not_hang_us(make_client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: done.wait(5) and [])
    began = time.monotonic()
    outcome = await get(make_client(connect_timeout=0.3), "http://slow.example/", own=False)
    assert time.monotonic() - began < 3
    assert kind(outcome) is FailureKind.TIMEOUT
    done.set()


# -- proxies --------------------------------------------------------------------------------------------------------


@pytest.fixture
async def proxy(serve: Serve, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A proxy on loopback that answers for everybody, named by the environment."""
    server = await serve({"http://press.example/feed": answer(b"through the proxy", "Cache-Control: max-age=99")})
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, server.url(""))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("REQUEST_METHOD", raising=False)
    return server


async def test_the_proxy_of_the_environment(make_client: Make, proxy: Any, resolver: Resolver) -> None:
    client = make_client(proxies=True)
    outcome = await get(client, "http://press.example/feed", own=False)
    assert outcome.body == b"through the proxy"
    assert "press.example" in resolver.asked  # in vain: nobody here knows it, and the proxy looks it up
    assert (await client.fetch("http://press.example/feed")).from_cache  # not taken for something inside


async def test_no_proxy(
    make_client: Make, proxy: Any, answer: Answer, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = await serve({"/": answer(b"direct")})
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert (await get(make_client(proxies=True), press.url("/"))).body == b"direct"
    assert proxy.seen == []


async def test_a_proxy_is_not_asked_for_what_is_inside(
    make_client: Make, proxy: Any, answer: Answer, canary: Any
) -> None:
    proxy.routes["http://press.example/in"] = answer(b"", f"Location: {canary.url('/')}", status="302 x")
    outcome = await get(make_client(proxies=True), "http://press.example/in", own=False)
    assert kind(outcome) is FailureKind.REFUSED
    assert [s.path for s in proxy.seen] == ["http://press.example/in"]


async def test_a_proxy_is_no_way_inside_by_a_name(
    make_client: Make, proxy: Any, answer: Answer, resolver: Resolver
) -> None:
    """Neither for a page nor by CONNECT; the reader's own address may be inside."""
    resolver.names = {"evil.example": [["127.0.0.1"]], "mixed.example": [["127.0.0.2", "10.0.0.1"]]}
    resolver.names["good.example"] = [["127.0.0.2"]]
    proxy.routes["http://good.example/"] = answer(b"", "Location: http://evil.example/", status="302 x")
    proxy.routes["http://evil.example/"] = answer(b"own")
    client = make_client(proxies=True)
    for url in ("http://evil.example/", "https://evil.example/", "http://mixed.example/", "http://good.example/"):
        assert kind(await get(client, url, own=False)) is FailureKind.REFUSED
    assert [s.path for s in proxy.seen] == ["http://good.example/"]
    assert (await get(client, "http://evil.example/")).body == b"own"


async def test_a_look_up_that_hangs_beside_a_proxy(
    make_client: Make, proxy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy there may be no resolver at all."""
    known = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host == "press.example":
            time.sleep(1)
            raise socket.gaierror(socket.EAI_AGAIN, "nobody answers")
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(network, "_KNOWN_WITHIN", 0.1)
    outcome = await get(make_client(proxies=True), "http://press.example/feed", own=False)
    assert outcome.body == b"through the proxy"


async def test_a_proxy_that_refuses_or_is_dead(make_client: Make, proxy: Any, answer: Answer) -> None:
    proxy.routes["press.example:443"] = answer(status="403 Forbidden")
    client = make_client(proxies=True)
    assert kind(await get(client, "https://press.example/", own=False)) is FailureKind.PROXY
    await proxy.stop()
    assert kind(await get(client, "http://other.example/", own=False)) is FailureKind.PROXY


async def test_a_proxy_that_we_cannot_speak_to(make_client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1")
    outcome = await get(make_client(proxies=True), "http://press.example/", own=False)
    assert kind(outcome) is FailureKind.PROXY


async def test_connections_of_a_cold_and_of_a_warm_refresh(serve: Serve, make_client: Make, answer: Answer) -> None:
    """Five feeds each of twenty papers: two connections a paper and sixteen in all, and most serve the next refresh."""
    most = 0

    async def feed(seen: Any, writer: asyncio.StreamWriter) -> None:
        nonlocal most
        most = max(most, sum(paper.open_now for paper in papers))
        await asyncio.sleep(0.005)  # long enough for all that may come at the same time
        etag = 'ETag: "1"'
        known = "if-none-match" in seen.fields
        writer.write(answer(b"", etag, status="304 Not Modified") if known else answer(b"feed", etag))
        await writer.drain()

    papers = [await serve({f"/{n}": feed for n in range(5)}) for _ in range(20)]
    client = make_client()
    urls = [paper.url(f"/{n}") for paper in papers for n in range(5)]

    async def refresh() -> set[OutcomeKind]:
        outcomes = await asyncio.gather(*(client.fetch(url, purpose=Purpose.REFRESH, private_ok=True) for url in urls))
        return {outcome.kind for outcome in outcomes}

    assert await refresh() == {OutcomeKind.FRESH}
    assert max(paper.most_open for paper in papers) <= 2
    assert most <= 16
    cold = sum(paper.connections for paper in papers)
    assert await refresh() == {OutcomeKind.REVALIDATED}
    assert max(paper.most_open for paper in papers) <= 2
    assert most <= 16
    warm = sum(paper.connections for paper in papers) - cold
    print(f"{len(urls)} feeds: {cold} connections cold, {warm} warm")
    assert max(cold, warm) < len(urls)  # how many fewer depends on how busy the machine is


async def test_a_paper_by_itself_is_asked_over_two_connections_from_first_to_last(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    """However many of its feeds, in however many refreshes: nothing takes the connections away."""

    async def feed(_: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.002)
        writer.write(answer(b"feed", 'ETag: "1"'))
        await writer.drain()

    paper = await serve({f"/{n}": feed for n in range(30)})
    client = make_client()
    for _ in range(3):
        fetches = (client.fetch(paper.url(f"/{n}"), purpose=Purpose.REFRESH, private_ok=True) for n in range(30))
        assert all(outcome.ok for outcome in await asyncio.gather(*fetches))
    assert paper.connections == 2
