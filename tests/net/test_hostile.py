# ruff: noqa: E501  tables read better in long lines
"""Servers that mean harm: the right sentence within the deadline, nothing stored, nothing leaked."""

from __future__ import annotations

import asyncio
import gzip
import random
import subprocess
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.net.asking import Answer, Make, Serve
from tui.net.client import Client, FailureKind, Outcome, OutcomeKind, Purpose

OK = b"HTTP/1.1 200 OK\r\n"
K = FailureKind


async def get(client: Client, url: str) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE, private_ok=True)


@cache
def bomb(layers: int = 1) -> bytes:
    data = bytes(30 << 20)
    for _ in range(layers):
        data = gzip.compress(data, 6)
    return data


def drip(first: bytes, piece: bytes) -> Callable[[Any, asyncio.StreamWriter], Awaitable[None]]:
    async def run(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)

    return run


def pour(first: bytes, piece: bytes) -> Callable[[Any, asyncio.StreamWriter], Awaitable[None]]:
    """For ever, as fast as it goes."""

    async def run(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()

    return run


async def silent(seen: Any, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def hang_up(seen: Any, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


CLOSE = "Connection: close"
TEXT = b"text " * 2000
NOISE = random.Random(1).randbytes(7 << 20)
HALF = gzip.compress(TEXT)[:-20]


def answers(answer: Answer) -> dict[str, tuple[Any, FailureKind]]:
    """Path → what is sent, and what it has to be called."""
    return {
        "bomb": (answer(bomb(), "Content-Encoding: gzip"), K.TOO_LARGE),
        "bomb in a bomb": (answer(bomb(2), "Content-Encoding: gzip, gzip"), K.TOO_LARGE),
        "bomb in two lines": (answer(bomb(2), "Content-Encoding: gzip", "Content-Encoding: gzip"), K.TOO_LARGE),
        "bomb as x-gzip": (answer(bomb(), "Content-Encoding: x-gzip"), K.TOO_LARGE),
        "six codings": (answer(b"x", "Content-Encoding: " + ", ".join(["gzip"] * 6)), K.ENCODING),
        "unknown coding": (answer(b"x", "Content-Encoding: rot13"), K.ENCODING),
        "plain called gzip": (answer(TEXT, "Content-Encoding: gzip"), K.ENCODING),
        "half a gzip": (answer(HALF, "Content-Encoding: gzip"), K.CUT_SHORT),
        "half a gzip, closed": (OK + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + HALF, K.CUT_SHORT),
        "half a deflate": (answer(zlib.compress(TEXT)[:-9], "Content-Encoding: deflate"), K.CUT_SHORT),
        "endless body": (pour(OK + b"Connection: close\r\n\r\n", b"x" * 65536), K.TOO_LARGE),
        "endless chunks": (pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"), K.TOO_LARGE),
        "endless tiny chunks": (pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"2\r\nab\r\n" * 9000), K.PROTOCOL),
        "chunk extensions": (
            pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"a" * 5000 + b"\r\nx\r\n"), K.TOO_LARGE,
        ),
        "large by its own word": (answer(b"x", length=10**9), K.TOO_LARGE),
        "too short": (answer(b"abc", CLOSE, length=30), K.CUT_SHORT),
        "too long": (answer(b"a" * 300, length=30), K.CUT_SHORT),
        "too long for nothing": (answer(b"a" * 300, length=0), K.CUT_SHORT),
        "half a chunked body": (OK + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nab", K.CUT_SHORT),
        "a length that is none of the chunks'": (
            OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nsmuggled", K.CUT_SHORT,
        ),
        "two lengths": (OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", K.PROTOCOL),
        "a negative length": (OK + b"Content-Length: -3\r\n\r\nabcd", K.PROTOCOL),
        "a length in words": (OK + b"Content-Length: three\r\n\r\nabc", K.PROTOCOL),
        "many header fields": (OK + b"".join(b"X-%d: y\r\n" % i for i in range(3000)) + b"\r\n", K.HEADERS),
        "a long header field": (OK + b"X: " + b"y" * 90_000 + b"\r\nContent-Length: 0\r\n\r\n", K.HEADERS),
        "endless header": (pour(OK + b"X: ", b"y" * 65536), K.HEADERS),
        "endless header fields": (pour(OK, b"X: " + b"y" * 1000 + b"\r\n"), K.HEADERS),
        "endless interim answers": (pour(b"", b"HTTP/1.1 103 Early\r\nX: y\r\n\r\n" * 100), K.PROTOCOL),
        "dripping body": (drip(OK + b"Connection: close\r\n\r\n", b"x"), K.TIMEOUT),
        "dripping header": (drip(OK, b"X: y\r\n"), K.TIMEOUT),
        "dripping status": (drip(b"HTTP/1.1 2", b"0"), K.TIMEOUT),
        "dripping interim answers": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), K.TIMEOUT),
        "dripping trailers": (drip(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X: y\r\n"), K.TIMEOUT),
        "dripping chunk extension": (drip(OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a"), K.TIMEOUT),
        "endless trailers": (
            pour(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X: y\r\n" * 5000), K.HEADERS,
        ),
        "endless folding": (pour(OK + b"X: y\r\n", b" fold\r\n" * 5000), K.HEADERS),
        "endless empty lines": (pour(b"", b"\r\n" * 5000), K.PROTOCOL),
        "endless empty members": (
            pour(OK + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n", gzip.compress(b"") * 3000), K.TOO_LARGE,
        ),
        "dripping gzip": (drip(OK + b"Content-Encoding: gzip\r\n\r\n" + HALF[:15], b""), K.TIMEOUT),
        "silence": (silent, K.TIMEOUT),
        "hangs up": (hang_up, K.DISCONNECTED),
        "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n", K.PROTOCOL),
        "HTTP/0.9": (b"<html>hello</html>", K.PROTOCOL),
        "another protocol": (b"ICY 200 OK\r\nContent-Length: 1\r\n\r\nx", K.PROTOCOL),
        "a transfer coding of its own": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", K.PROTOCOL),
        "a chunk of minus one": (OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n", K.PROTOCOL),
        "a chunk without end": (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n", K.PROTOCOL),
        "nothing at all": (answer(b""), K.EMPTY),
        "no content": (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", K.EMPTY),
        "gzip of nothing": (answer(gzip.compress(b""), "Content-Encoding: gzip"), K.EMPTY),
        "a part nobody asked for": (answer(b"hello", "Content-Range: bytes 0-4/10", status="206 x"), K.STATUS),
        "status 0": (b"HTTP/1.1 0 OK\r\n\r\n", K.PROTOCOL),
        "a NUL in a field": (OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n", K.PROTOCOL),
        "a field without a name": (OK + b": y\r\nContent-Length: 0\r\n\r\n", K.PROTOCOL),
        "to itself": (answer(b"", "Location: /to%20itself", status="302 x"), K.REDIRECT),
        "round in circles": (answer(b"", "Location: /round%20in%20circles?1", status="301 x"), K.REDIRECT),
        "to nowhere": (answer(b"", status="302 x"), K.REDIRECT),
        "to a file": (answer(b"", "Location: file:///etc/passwd", status="302 x"), K.REDIRECT),
        "to a script": (answer(b"", "Location: javascript:alert(1)", status="302 x"), K.REDIRECT),
        "to data": (answer(b"", "Location: data:text/html,x", status="302 x"), K.REDIRECT),
        "to a user": (answer(b"", "Location: http://a:b@example.com/", status="302 x"), K.REDIRECT),
        "to no host": (answer(b"", "Location: http://", status="302 x"), K.REDIRECT),
        "an escape in Location": (answer(b"", "Location: /\x1b]0;evil\x07", status="302 x"), K.REDIRECT),
        "a long Location": (answer(b"", "Location: /" + "x" * 20_000, status="302 x"), K.REDIRECT),
        "switching protocols": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nbytes", K.PROTOCOL),
    }  # fmt: skip


NAMES = list(answers(lambda *a, **k: b""))


@pytest.mark.parametrize("name", NAMES)
async def test_one_evil_server(serve: Serve, make_client: Make, answer: Answer, name: str) -> None:
    sent, kind = answers(answer)[name]
    path = "/" + name.replace(" ", "%20")
    press = await serve({path: sent, path + "?1": sent})
    limit = 0.6 if kind is K.TIMEOUT else 20.0  # the others must end long before, on a busy machine too
    client = make_client(total_timeout=limit, max_raw=1 << 20, max_decoded=2 << 20)
    began = time.monotonic()
    outcome = await get(client, press.url(path))
    assert time.monotonic() - began < limit + 5  # a busy machine adds its own
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.failure is not None
    assert outcome.failure.kind is kind, outcome.failure
    assert outcome.body == b""
    assert outcome.failure.sentence.endswith(".") and ("; " in outcome.failure.sentence)
    assert outcome.failure.detail.isprintable()
    client.offline = True
    assert (await get(client, press.url(path))).body == b"", "it was stored"


async def test_an_evil_answer_does_not_push_out_a_good_one(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/": [
                answer(TEXT, 'ETag: "1"'), answer(HALF, "Content-Encoding: gzip"), answer(b"x", CLOSE, length=99),
                answer(b""), b"HTTP/1.1 204 x\r\n\r\n", answer(b"", "Cache-Control: no-store"),
            ]
        }
    )  # fmt: skip
    client = make_client()
    await get(client, press.url("/"))
    for kind in (K.CUT_SHORT, K.CUT_SHORT, K.EMPTY, K.EMPTY, K.EMPTY):
        outcome = await get(client, press.url("/"))
        assert (outcome.kind, outcome.body) == (OutcomeKind.STALE, TEXT)
        assert outcome.failure is not None and outcome.failure.kind is kind
    client.offline = True
    assert (await get(client, press.url("/"))).body == TEXT


async def test_lies_in_harmless_fields_harm_nothing(serve: Serve, make_client: Make, answer: Answer) -> None:
    lies = [
        "Age: -1", "Age: banana", "Date: yesterday", "Expires: never", "Last-Modified: 99", "ETag: \x1b[2J", "Vary: " + ", " * 3000,
        "Cache-Control: " + "max-age=" * 2000, "Content-Type: \x1b]8;;x", "Retry-After: 99999", "Link: <javascript:x>", "Warning: 1",
        "Set-Cookie: " + "a" * 3000, "Location: http://127.0.0.1:1/", "Refresh: 0; url=http://127.0.0.1:1/", "Trailer: x",
        "Content-Location: http://127.0.0.1:1/", "Content-Range: bytes 0-0/9", "Alt-Svc: h3=\":1\"", "Strict-Transport-Security: x",
    ]  # fmt: skip
    press = await serve({"/": answer(TEXT, *lies)})
    client = make_client()
    for _ in range(3):
        outcome = await get(client, press.url("/"))
        assert outcome.body == TEXT
    assert all(value.isprintable() for value in outcome.headers.values())
    assert all("\x1b" not in value for seen in press.seen for value in seen.fields.values())


async def test_everything_at_once(serve: Serve, make_client: Make, answer: Answer) -> None:
    """Bombs and endless answers beside a good one (how long a key waits meanwhile: see the bench)."""
    evil = {f"/{i}": sent for i, (sent, _) in enumerate(answers(answer).values())}
    press, good = await serve(evil), await serve({"/": answer(TEXT)})
    client = make_client(total_timeout=1.0, per_host=16)
    outcomes = await asyncio.gather(*(get(client, press.url(path)) for path in evil), get(client, good.url("/")))
    kinds = [outcome.kind for outcome in outcomes]
    assert kinds == [OutcomeKind.FAILED] * len(evil) + [OutcomeKind.FRESH]


MEMORY = r"""
import asyncio, re, sys
from pathlib import Path
from tui.net.client import Client, ClientSettings, Purpose

def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])

async def main(url, cache):
    client = Client(ClientSettings(Path(cache), proxies=False, total_timeout=2, per_host=16))
    outcome = await client.fetch(url + "/small", private_ok=True)
    assert outcome.body == b"x", outcome
    import brotli, zstandard
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before = peak()
    bombs = [url + sys.argv[3] + f"?{n}" for n in range(int(sys.argv[4]))]
    outcomes = await asyncio.gather(*(client.fetch(bomb, private_ok=True) for bomb in bombs))
    kinds = {outcome.failure.kind if outcome.failure else "none" for outcome in outcomes}
    print(*kinds, peak() - before)
    await client.aclose()

asyncio.run(main(sys.argv[1], sys.argv[2]))
"""


@cache
def large(name: str, start: bytes = b"") -> bytes:
    """About 80 MB unpacked: twice what may be used."""
    blocks = [start, *[bytes(1 << 20)] * 80]
    if name == "br":
        maker = brotli.Compressor(quality=1 if start else 5, lgwin=24)
        return b"".join(maker.process(block) for block in blocks) + bytes(maker.finish())
    if name == "zstd":
        zmaker = zstandard.ZstdCompressor(level=1).compressobj()
        return b"".join(zmaker.compress(block) for block in blocks) + zmaker.flush()
    gmaker = zlib.compressobj(1 if start else 6, zlib.DEFLATED, 31)
    return b"".join(gmaker.compress(block) for block in blocks) + gmaker.flush()


def sending(name: str, answer: Answer) -> Any:
    """What a server says that wants our memory."""
    if name == "endless":
        return pour(OK + b"Connection: close\r\n\r\n", b"x" * 65536)
    if name == "tiny chunks":
        return pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"2\r\nab\r\n" * 9000)
    if name == "twice":
        return answer(gzip.compress(large("gzip"), 6), "Content-Encoding: gzip, gzip")
    if name == "allowed":
        return answer(gzip.compress(NOISE + bytes((16 << 20) - len(NOISE) - 1), 1), "Content-Encoding: gzip")
    coding, _, noise = name.partition(" ")  # as large on the wire and unpacked as is just not allowed
    return answer(large(coding, NOISE if noise else b""), f"Content-Encoding: {coding}")


async def peak_of(serve: Serve, answer: Answer, cache: Path, name: str, bombs: int) -> int:
    """Kilobytes more than a small answer takes, measured as the peak of a process of its own."""
    kinds = MEMORIES if name == "all" else [name]
    sent = {f"/big?{n}": sending(kinds[n % len(kinds)], answer) for n in range(bombs)}
    press = await serve({"/small": answer(b"x"), **sent})
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MEMORY, press.url(""), str(cache), "/big", str(bombs),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(child.communicate(), 60)
    assert child.returncode == 0, err.decode()
    *said, kilobytes = out.decode().split()
    assert set(said) <= {{"allowed": "none", "tiny chunks": "protocol"}.get(name, "too-large"), "timeout"}
    print(f"{name}, {bombs} at once: +{int(kilobytes) / 1000:.1f} MB")
    return int(kilobytes)


MEMORIES = ["gzip", "br", "zstd", "endless", "gzip noise", "br noise", "zstd noise"]
MEASURED = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak cannot be measured here")


@MEASURED
@pytest.mark.parametrize("name", [*MEMORIES, "twice", "tiny chunks", "allowed"])
async def test_memory(serve: Serve, answer: Answer, tmp_path: Path, name: str) -> None:
    assert await peak_of(serve, answer, tmp_path / "c.db", name, 1) < 40_000


@MEASURED
@pytest.mark.parametrize("name", [*MEMORIES, "all"])
async def test_memory_of_many_bombs_at_once(serve: Serve, answer: Answer, tmp_path: Path, name: str) -> None:
    """Sixteen, as many as there are connections, take little more than one."""
    assert await peak_of(serve, answer, tmp_path / "c.db", name, 16) < 40_000


def layered() -> bytes:
    """10 kB that are four times 8 MB on their way to the last, in blocks that zstd does not pack."""
    data = bytes(8 << 20)
    for _ in range(4):
        blocks = [data[start : start + 65536] for start in range(0, len(data), 65536)]
        heads = [(len(block) << 3).to_bytes(3, "little") for block in blocks]
        framed = b"".join(head + block for head, block in zip(heads, blocks, strict=True))
        data = b"\x28\xb5\x2f\xfd\0\x58" + framed + b"\1\0\0"
    return gzip.compress(data, 1)


async def test_small_answers_do_not_wait_while_large_ones_are_unpacked(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    evil = answer(layered(), "Content-Encoding: zstd, zstd, zstd, zstd, gzip")
    small = {"/br": answer(brotli.compress(TEXT), "Content-Encoding: br")}
    small |= {"/zstd": answer(zstandard.compress(TEXT), "Content-Encoding: zstd")}
    press = await serve({**small, **{f"/evil{n}": evil for n in range(8)}})
    client = make_client(per_host=16, total_timeout=20)
    large = [asyncio.create_task(get(client, press.url(f"/evil{n}"))) for n in range(8)]
    await asyncio.wait(large, return_when=asyncio.FIRST_COMPLETED)
    outcomes = [await get(client, press.url(path)) for path in small]
    assert [outcome.body for outcome in outcomes] == [TEXT] * len(small)
    assert sum(task.done() for task in large) <= 4, "the small ones did not wait for their turn behind all of them"
    await client.aclose()


async def test_no_answer_waits_for_one_that_drips(serve: Serve, make_client: Make, answer: Answer) -> None:
    """Four large ones drip on; what others send is there at once, whether it is small or large itself."""
    begun = asyncio.Barrier(5)

    async def dripping(seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Length: 7000000\r\n\r\n" + b"x" * (1 << 20))
        await writer.drain()
        await begun.wait()
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    small = {f"/{n}": answer(gzip.compress(b"small" * 9000), "Content-Encoding: gzip") for n in range(10)}
    small |= {"/br": answer(brotli.compress(TEXT), "Content-Encoding: br"), "/large": answer(TEXT * 300)}
    small |= {"/larger": answer(gzip.compress(NOISE, 1), "Content-Encoding: gzip")}
    press, slow = await serve(small), await serve({f"/{n}": dripping for n in range(4)})
    client = make_client(per_host=16, total_timeout=6)
    large = [asyncio.create_task(get(client, slow.url(f"/{n}"))) for n in range(4)]
    await begun.wait()
    outcomes = await asyncio.gather(*(get(client, press.url(path)) for path in small))
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.FRESH] * len(small)
    assert not any(task.done() for task in large)
    for task in large:
        task.cancel()
    await asyncio.gather(*large, return_exceptions=True)
