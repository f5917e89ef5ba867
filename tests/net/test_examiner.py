# ruff: noqa: E501  tables read better in long lines
"""A second set of servers that lie: in every length, coding, line and address. Nothing stored, nobody else asked."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.net.asking import Answer, Make, Serve
from tui.net.client import Client, FailureKind, Outcome, OutcomeKind, Purpose

K = FailureKind
OK = b"HTTP/1.1 200 OK\r\n"
TEXT = b"text " * 2000
GZIP, ZSTD = gzip.compress(TEXT), zstandard.ZstdCompressor().compress(TEXT)
FIVE = b"Content-Length: 5\r\n\r\nhello"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"
CANARY, HOST, PORT = b"http://CANARY/", b"CANARY", b"C-PORT"
"""Stand for the address of a server that nobody may ask."""


def length(value: bytes) -> bytes:
    return OK + b"Content-Length: " + value + b"\r\n\r\nhello"


def chunked(body: bytes, coding: bytes = b"chunked") -> bytes:
    return OK + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + body


def packed(body: bytes, coding: bytes) -> bytes:
    return OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def status(line: bytes, *fields: bytes) -> bytes:
    return b"HTTP/1.1 " + line + b"\r\n" + b"".join(field + b"\r\n" for field in fields) + FIVE


def with_dictionary() -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, 15, 8, 0, b"text text text")
    return maker.compress(TEXT) + maker.flush()


HARMLESS: dict[str, tuple[bytes, bytes]] = {
    "a length twice in a list": (length(b"5, 5"), b"hello"),
    "a length a hundred times": (OK + b"Content-Length: 5\r\n" * 100 + b"\r\nhello", b"hello"),
    "a length with zeros": (length(b"0005"), b"hello"),
    "a folded length": (OK + b"Content-Length:\r\n 5\r\n\r\nhello", b"hello"),
    "a folded transfer coding": (chunked(CHUNKS, b"\r\n chunked"), b"hello"),
    "a transfer coding in capitals": (chunked(CHUNKS, b"CHUNKED"), b"hello"),
    "single line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", b"hello"),
    "an escape in a value": (OK + b"X: \x1b[2J\x9b\r\n" + FIVE, b"hello"),
    "nineteen interim answers": (b"HTTP/1.1 199 x\r\n\r\n" * 19 + OK + FIVE, b"hello"),
    "no reason": (b"HTTP/1.1 200\r\n" + FIVE, b"hello"),
    "a long reason": (b"HTTP/1.1 200 " + b"\xd8" * 50_000 + b"\r\n" + FIVE, b"hello"),
    "a later minor version": (b"HTTP/1.9 200 OK\r\n" + FIVE, b"hello"),
    "packed twice, said once": (packed(gzip.compress(GZIP), b"gzip"), GZIP),
    "a coding in capitals": (packed(GZIP, b"GZIP"), TEXT),
    "a list of nothings": (packed(GZIP, b", ,gzip,,"), TEXT),
    "a thousand times identity": (packed(TEXT, b"identity, " * 1000 + b"identity"), TEXT),
    "a chunk's size with zeros": (chunked(b"0" * 18 + CHUNKS), b"hello"),
    "a last chunk of many zeros": (chunked(b"5 \r\nhello\r\n00000\r\n\r\n"), b"hello"),
    "a long chunk extension": (chunked(b"5;" + b"a" * 30_000 + b"\r\nhello\r\n0\r\n\r\n"), b"hello"),
    "trailers that would change everything": (
        chunked(
            b"5\r\nhello\r\n0\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\nSet-Cookie: a=b\r\n"
            b"Location: http://CANARY/\r\nCache-Control: no-store\r\n\r\n"
        ), b"hello",
    ),
    "cookies": (OK + b"Set-Cookie: a=b\r\n" * 299 + FIVE, b"hello"),
    "other ways": (
        OK + b'Alt-Svc: h3="CANARY"; ma=99999999, h2="CANARY"\r\nReport-To: http://CANARY/\r\nUpgrade: h2c, websocket\r\n'
        b"Link: <http://CANARY/>; rel=preload\r\nRefresh: 0;url=http://CANARY/\r\nContent-Location: http://CANARY/\r\n"
        b"Connection: upgrade\r\nLocation: http://CANARY/\r\nSourceMap: http://CANARY/\r\nX-Accel-Redirect: /etc/passwd\r\n" + FIVE,
        b"hello",
    ),
    "created elsewhere": (status(b"201 x", b"Location: http://CANARY/"), b"hello"),
}  # fmt: skip

EVIL: dict[str, tuple[bytes, FailureKind]] = {
    "two lengths in a list": (length(b"5, 6"), K.PROTOCOL),
    "a comma behind the length": (length(b"5,"), K.PROTOCOL),
    "a length with a sign": (length(b"+5"), K.PROTOCOL),
    "a length in hexadecimal": (length(b"0x5"), K.PROTOCOL),
    "a length in two words": (length(b"5 5"), K.PROTOCOL),
    "a length with a point": (length(b"5.0"), K.PROTOCOL),
    "a length as Python has it": (length(b"1_0"), K.PROTOCOL),
    "a length in Arabic digits": (length("٥".encode()), K.PROTOCOL),
    "an empty length": (length(b""), K.PROTOCOL),
    "a length of 19 digits": (length(b"9" * 19), K.TOO_LARGE),
    "a length of 25 digits": (length(b"9" * 25), K.PROTOCOL),
    "chunked in two fields": (OK + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n" + CHUNKS, K.PROTOCOL),
    "chunked twice": (chunked(CHUNKS, b"chunked, chunked"), K.PROTOCOL),
    "chunked in quotes": (chunked(CHUNKS, b'"chunked"'), K.PROTOCOL),
    "nearly chunked": (chunked(CHUNKS, b"xchunked"), K.PROTOCOL),
    "chunked behind a tabulator": (chunked(CHUNKS, b"\x0bchunked"), K.PROTOCOL),
    "a space before the colon": (OK + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS, K.PROTOCOL),
    "identity as a transfer coding": (OK + b"Transfer-Encoding: identity\r\n" + FIVE, K.PROTOCOL),
    "more promised than the chunks have": (
        OK + b"Content-Length: 500\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS, K.CUT_SHORT,
    ),
    "folded from the first line": (OK + b" X: y\r\n" + FIVE, K.PROTOCOL),
    "a single carriage return": (OK + b"X: a\rContent-Length: 0\r\n" + FIVE, K.PROTOCOL),
    "a carriage return in the status": (b"HTTP/1.1 200 O\rK\r\n" + FIVE, K.PROTOCOL),
    "line ends the wrong way round": (b"HTTP/1.1 200 OK\n\rContent-Length: 5\n\r\n\rhello", K.PROTOCOL),
    "a NUL in the status": (b"HTTP/1.1 200 O\0K\r\n" + FIVE, K.PROTOCOL),
    "a NUL in a name": (OK + b"X\0Y: z\r\n" + FIVE, K.PROTOCOL),
    "a name with a space": (OK + b"X Y: z\r\n" + FIVE, K.PROTOCOL),
    "a name beyond ASCII": (OK + b"X\xffY: z\r\n" + FIVE, K.PROTOCOL),
    "a field without a colon": (OK + b"Hello\r\n" + FIVE, K.PROTOCOL),
    "an interim answer with a body": (b"HTTP/1.1 103 x\r\n" + FIVE + OK + FIVE, K.PROTOCOL),
    "only an interim answer": (b"HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n", K.DISCONNECTED),
    "status 999": (status(b"999 x"), K.SERVER),
    "status 1000": (status(b"1000 x"), K.PROTOCOL),
    "status 20": (status(b"20 x"), K.PROTOCOL),
    "status 099": (status(b"099 x"), K.PROTOCOL),
    "status -200": (status(b"-200 x"), K.PROTOCOL),
    "version 2.0": (b"HTTP/2.0 200 OK\r\n" + FIVE, K.PROTOCOL),
    "version 11": (b"HTTP/11 200 OK\r\n" + FIVE, K.PROTOCOL),
    "a version in small letters": (b"http/1.1 200 OK\r\n" + FIVE, K.PROTOCOL),
    "frames of HTTP/2": (b"\0\0\0\4\0\0\0\0\0" + b"\0\0\0\4\1\0\0\0\0", K.PROTOCOL),
    "empty lines first": (b"\r\n\r\n" + OK + FIVE, K.PROTOCOL),
    "use a proxy": (status(b"305 x", b"Location: http://CANARY/"), K.STATUS),
    "status 306": (status(b"306 x", b"Location: http://CANARY/"), K.STATUS),
    "many choices": (status(b"300 x", b"Location: http://CANARY/"), K.STATUS),
    "not modified, but moved": (b"HTTP/1.1 304 x\r\nLocation: http://CANARY/\r\n\r\n", K.STATUS),
    "log in": (status(b"401 x", b"WWW-Authenticate: Basic realm=\"http://CANARY/\""), K.DENIED),
    "log in at the network": (status(b"511 x", b"Location: http://CANARY/"), K.SERVER),
    "parts nobody asked for": (status(b"206 x", b"Content-Type: multipart/byteranges; boundary=x"), K.STATUS),
    "a coding with a weight": (packed(GZIP, b"gzip;q=1"), K.ENCODING),
    "any coding": (packed(GZIP, b"*"), K.ENCODING),
    "six codings of four kinds": (packed(GZIP, b"gzip, br, zstd, gzip, deflate, gzip"), K.ENCODING),
    "zstd cut, of the right length": (packed(ZSTD[:-3], b"zstd"), K.CUT_SHORT),
    "zstd with nothing but a frame to skip": (packed(bytes.fromhex("502a4d1803000000") + b"abc", b"zstd"), K.EMPTY),
    "zstd that promises exabytes": (packed(b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 8 + b"\x01\0\0", b"zstd"), K.ENCODING),
    "zstd by a dictionary": (packed(b"\x28\xb5\x2f\xfd\x23\x01\0\0\0\x05\x29\0\0hello", b"zstd"), K.ENCODING),
    "deflate by a dictionary": (packed(with_dictionary(), b"deflate"), K.ENCODING),
    "brotli cut": (packed(brotli.compress(TEXT)[:-2], b"br"), K.CUT_SHORT),
    "brotli with a large window": (packed(b"\x11\x1e" + b"\0" * 50, b"br"), K.ENCODING),
    "gzip with a wrong sum": (packed(GZIP[:-8] + b"\0\0\0\0" + GZIP[-4:], b"gzip"), K.ENCODING),
    "gzip with a wrong size": (packed(GZIP[:-4] + b"\0\0\0\0", b"gzip"), K.ENCODING),
    "gzip with an endless name": (packed(b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"x" * 200_000, b"gzip"), K.CUT_SHORT),
    "gzip by another method": (packed(b"\x1f\x8b\x07" + GZIP[3:], b"gzip"), K.ENCODING),
    "gzip and junk": (packed(GZIP + b"junk", b"gzip"), K.ENCODING),
    "a chunk of 2 to the 68": (chunked(b"F" * 17 + b"\r\nx"), K.TOO_LARGE),
    "a chunk of 9 MB": (chunked(b"900000\r\nx"), K.TOO_LARGE),
    "a chunk's size of 1000 digits": (chunked(b"0" * 1000 + CHUNKS), K.PROTOCOL),
    "a chunk's size with a sign": (chunked(b"+" + CHUNKS), K.PROTOCOL),
    "a chunk's size as C has it": (chunked(b"0x" + CHUNKS), K.PROTOCOL),
    "a chunk's size as Python has it": (chunked(b"1_0\r\n" + b"x" * 16 + b"\r\n0\r\n\r\n"), K.PROTOCOL),
    "a space before a chunk's size": (chunked(b" " + CHUNKS), K.PROTOCOL),
    "a chunk without a size": (chunked(b"\r\nhello\r\n0\r\n\r\n"), K.PROTOCOL),
    "single line feeds in chunks": (chunked(b"5\nhello\n0\n\n"), K.PROTOCOL),
    "a line feed in a chunk extension": (chunked(b"5;a\nb\r\nhello\r\n0\r\n\r\n"), K.PROTOCOL),
    "a trailer without a colon": (chunked(b"5\r\nhello\r\n0\r\nno colon\r\n\r\n"), K.PROTOCOL),
}  # fmt: skip

REFUSED = [
    b"http://CANARY/", b"http://@CANARY/", b"http://CANARY#@example.com/", b"\thttp://CANARY/", b"http://localhost:C-PORT/", b"http://0177.1:C-PORT/",
    b"http://[::ffff:127.0.0.1]:C-PORT/", b"http://[fe80::1%25lo]:C-PORT/", "http://①②⑦.0.0.1:C-PORT/".encode(),
    "http://lo\u200bcalhost:C-PORT/".encode(), b"http://http://CANARY/", b"//CANARY", b"http://2130706433:C-PORT",
]  # fmt: skip
"""Locations that lead inside."""
INVALID = [
    b"//me@CANARY/", b"http://example.com@CANARY/", b"http://example.com;@CANARY/", b"http:\\\\CANARY\\", b"/\\CANARY/", b"ht\ttp://CANARY/",
    b"http://127.0.0.1:80x/", b"http://127.0.0.1:0/", b"http://127.0.0.1:65536/", b"http://127.0.0.1:-1/", b"view-source:http://CANARY/",
    b"blob:http://CANARY/", b"about:blank", b"ws://CANARY/", b"ftp://CANARY/", b"gopher://CANARY/", b"FILE:///etc/passwd", b"http+unix://x/",
    b" javascript:alert(1)", b"mailto:a@b", b"/a\x7f", b"/a\x85b", "/a\u2028b".encode(), "\ufeffhttp://CANARY/".encode(), b"", b"   ",
    b"#x", b"/#y", b"http://%31%32%37.0.0.1:C-PORT/", b"http://[127.0.0.1]:C-PORT/", b"http://../", b"http://./", b"http://*/",
    b"http://" + b"a" * 300 + b".example/", b"/" + b"x" * 9000,
]  # fmt: skip
"""Locations that lead nowhere."""
ELSEWHERE = [
    b"http:CANARY/x",
    b"http:///CANARY/",
    b"///CANARY/",
    b"?again",
    b'"http://CANARY/"',
    b"/a, http://CANARY/",
    "/\u202eevil".encode(),
]
"""Locations that look as if they led to the canary, but are paths at the same server."""


async def get(client: Client, url: str) -> Outcome:
    return await client.fetch(url, purpose=Purpose.FORCE, private_ok=True)


@pytest.fixture
async def canary(serve: Serve, answer: Answer) -> Any:
    return await serve({"/": answer(b"secret")})


@pytest.fixture
def examine(serve: Serve, make_client: Make, answer: Answer, canary: Any) -> Callable[[bytes], Awaitable[Outcome]]:
    """What comes of an answer. Afterwards the server is asked for something good, and the cache for what it kept."""

    async def run(sent: bytes) -> Outcome:
        sent = sent.replace(HOST, b"127.0.0.1:%d" % canary.port).replace(PORT, b"%d" % canary.port)
        press = await serve({"/": sent, "/good": answer(b"good")})
        client = make_client(max_raw=1 << 20, max_decoded=2 << 20)
        began = time.monotonic()
        outcome = await get(client, press.url("/"))
        assert time.monotonic() - began < client.settings.total_timeout  # said at once, not by waiting it out
        assert (await get(client, press.url("/good"))).body == b"good"
        client.offline = True
        kept = await get(client, press.url("/"))
        assert not kept.body or (outcome.stored and kept.body == outcome.body)
        assert canary.connections == 0
        assert "127.0.0.1" not in (outcome.failure.sentence if outcome.failure else "")
        assert all(value.isprintable() for value in outcome.headers.values())
        return outcome

    return run


Examine = Callable[[bytes], Awaitable[Outcome]]


@pytest.mark.parametrize("name", HARMLESS)
async def test_harmless(examine: Examine, name: str) -> None:
    sent, body = HARMLESS[name]
    outcome = await examine(sent)
    assert (outcome.kind, outcome.body) == (OutcomeKind.FRESH, body), outcome.failure
    assert not {"set-cookie", "set-cookie2"} & set(outcome.headers)


@pytest.mark.parametrize("name", EVIL)
async def test_evil(examine: Examine, name: str) -> None:
    sent, kind = EVIL[name]
    outcome = await examine(sent)
    assert (outcome.kind, outcome.body) == (OutcomeKind.FAILED, b"")
    assert outcome.failure is not None
    assert outcome.failure.kind is kind, outcome.failure
    assert outcome.failure.detail.isprintable()


@pytest.mark.parametrize(
    ("location", "kind"),
    [(each, K.REFUSED) for each in REFUSED] + [(each, K.REDIRECT) for each in INVALID] + [(each, K.NOT_FOUND) for each in ELSEWHERE],
)  # fmt: skip
async def test_location(examine: Examine, location: bytes, kind: FailureKind) -> None:
    outcome = await examine(status(b"302 x", b"Location: " + location))
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.failure is not None
    assert outcome.failure.kind is kind, outcome.failure


@pytest.mark.parametrize("line", [b"301 x", b"303 x", b"307 x", b"308 x"])
async def test_every_redirect(examine: Examine, line: bytes) -> None:
    assert (await examine(status(line))).failure is not None  # to nowhere
    outcome = await examine(status(line, b"Location: /good", b"Location: http://CANARY/"))
    assert outcome.url.endswith("/good")  # the first of two
