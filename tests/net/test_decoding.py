"""Content codings: whole, in any pieces, cut, broken, on top of each other, and bombs."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.net.bodies import Bodies
from tui.net.decoding import BodyDecoder, DecodingError, accepted, codings
from tui.net.fields import Fields
from tui.net.limits import LimitError

TEXT = ("خبر من هنا " * 400 + "and some Latin " * 100).encode() * 40  # several pieces long


def raw_deflate(data: bytes) -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    return maker.compress(data) + maker.flush()


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


def unpack(names: list[str], data: bytes, step: int = 1 << 16, limit: int = 1 << 24) -> bytes:
    decoder = BodyDecoder(codings(Fields([("content-encoding", ", ".join(names))])), limit)
    out = b"".join(p for start in range(0, len(data), step) for p in decoder.feed(data[start : start + step]))
    decoder.finish()
    return out


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("step", [1, 7, 64, 65, 500, 1 << 16])
def test_whole_in_any_pieces(name: str, step: int) -> None:
    assert unpack([name], PACK[name](TEXT), step) == TEXT


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.integers(1, 300), st.sampled_from(sorted(PACK)), st.integers(1, 400))
def test_anything_survives(data: bytes, times: int, name: str, step: int) -> None:
    assert unpack([name], PACK[name](data * times), step) == data * times


def test_raw_deflate_as_some_servers_send_it() -> None:
    assert unpack(["deflate"], raw_deflate(TEXT), 1) == TEXT


def test_members_and_frames_one_after_the_other() -> None:
    assert unpack(["gzip"], gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"
    assert unpack(["gzip"], gzip.compress(b"padded") + b"\0" * 20, 3) == b"padded"
    pack = zstandard.ZstdCompressor().compress
    assert unpack(["zstd"], pack(b"one ") + b"\x50\x2a\x4d\x18\x03\0\0\0abc" + pack(b"two"), 5) == b"one two"


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cut_short(name: str, share: float) -> None:
    packed = PACK[name](TEXT)
    with pytest.raises(DecodingError) as error:
        unpack([name], packed[: max(1, int(len(packed) * share))])
    assert error.value.cut


@pytest.mark.parametrize("name", ["gzip", "deflate", "zstd"])
def test_the_last_byte_missing(name: str) -> None:
    with pytest.raises(DecodingError) as error:
        unpack([name], PACK[name](TEXT)[:-1])
    assert error.value.cut


@pytest.mark.parametrize("name", PACK)
def test_no_body_at_all_is_whole(name: str) -> None:
    assert unpack([name], b"") == b""


@pytest.mark.parametrize("name", PACK)
def test_garbage(name: str) -> None:
    with pytest.raises(DecodingError):
        unpack([name], b"\x99<html>this was never compressed at all" * 30)


@pytest.mark.parametrize("step", [7, 40, 10_000])
@pytest.mark.parametrize("name", PACK)
def test_garbage_after_the_end(name: str, step: int) -> None:
    with pytest.raises(DecodingError):
        unpack([name], PACK[name](b"x" * 50) + b"garbage after the end", step)


def test_zeros_after_the_end_are_padding() -> None:
    assert unpack(["gzip"], gzip.compress(b"x") + bytes(500)) == b"x"


@pytest.mark.parametrize("name", ["gzip", "zstd"])
@pytest.mark.parametrize("content", [b"", b"x"])
def test_a_flood_of_members(name: str, content: bytes) -> None:
    """A thousand a stream is far more than log files put together have; millions would hold up the screen."""
    assert unpack([name], PACK[name](content) * 1000) == content * 1000
    with pytest.raises(DecodingError):
        unpack([name], PACK[name](content) * 1001)


def test_a_flood_of_zstd_frames_to_skip() -> None:
    with pytest.raises(DecodingError):
        unpack(["zstd"], bytes.fromhex("502a4d1800000000") * 1001)


def test_codings_on_top_of_each_other() -> None:
    packed = TEXT
    names = ["gzip", "br", "zstd", "deflate", "gzip"]
    for name in names:
        packed = PACK[name](packed)
    assert unpack(names, packed, 100) == TEXT
    with pytest.raises(DecodingError):
        unpack([*names, "gzip"], gzip.compress(packed))


def test_identity_is_no_coding() -> None:
    assert unpack(["identity", "gzip", "identity"], gzip.compress(b"x")) == b"x"


def test_an_unknown_coding() -> None:
    with pytest.raises(DecodingError):
        codings(Fields([("content-encoding", "compress")]))


def zeros(name: str, size: int) -> bytes:
    """A bomb: ``size`` zero bytes packed."""
    block = bytes(1 << 20)
    if name == "br":
        maker = brotli.Compressor(quality=9, lgwin=24)
        return b"".join(maker.process(block) for _ in range(size >> 20)) + bytes(maker.finish())
    if name == "zstd":
        zmaker = zstandard.ZstdCompressor(level=19).compressobj()
        return b"".join(zmaker.compress(block) for _ in range(size >> 20)) + zmaker.flush()
    gmaker = zlib.compressobj(9, zlib.DEFLATED, 31 if name == "gzip" else 15)
    return b"".join(gmaker.compress(block) for _ in range(size >> 20)) + gmaker.flush()


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_stopped_at_the_limit(name: str) -> None:
    decoder = BodyDecoder([name], 1 << 20)
    got = largest = 0
    with pytest.raises(DecodingError) as error:
        for piece in decoder.feed(zeros(name, 64 << 20)):
            got += len(piece)
            largest = max(largest, len(piece))
    assert error.value.large
    assert got <= 1 << 20
    assert largest <= 2 << 20


def test_every_layer_is_limited() -> None:
    """A gzip of many empty deflate blocks unpacks to nothing at all, after gigabytes of work."""
    inner = b"\x00\x00\x00\xff\xff" * 400_000
    decoder = BodyDecoder(["deflate", "gzip"], 1 << 20)
    with pytest.raises(DecodingError) as error:
        list(decoder.feed(gzip.compress(inner)))
    assert error.value.large


def test_a_window_larger_than_the_web_allows_is_refused() -> None:
    """RFC 9659: 8 MiB at most; a decoder would otherwise hand out the memory."""
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    maker = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with pytest.raises(DecodingError):
        unpack(["zstd"], maker.compress(TEXT) + maker.flush())


def test_all_codings_are_asked_for() -> None:
    assert accepted() == "zstd, br, gzip, deflate"


async def one(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


@pytest.mark.parametrize(
    ("lines", "pieces", "what"),
    [
        ([("content-length", "5")], [b"abc"], "length"),
        ([("content-length", "2")], [b"abc"], "length"),
        ([("content-length", "2"), ("content-length", "3")], [b"abc"], "length"),
        ([("content-length", "-3")], [b"abc"], "length"),
        ([("content-length", "3 ")], [b"abc"], ""),
        ([("content-length", "3, 3")], [b"abc"], ""),
        ([("content-length", "9" * 30)], [b"abc"], "raw"),
        ([("content-length", "٣")], [b"abc"], "length"),
        ([("content-length", "2000")], [], "raw"),
        ([], [b"a" * 600, b"a" * 600], "raw"),
        ([("content-encoding", "gzip")], [zeros("gzip", 1 << 20)], "decoded"),
        ([("content-encoding", "gzip")], [gzip.compress(TEXT)[:-5]], "cut"),
        ([("content-encoding", "gzip")], [b"plain text"], "encoding"),
        ([("content-encoding", "rot13")], [b"cynva grkg"], "encoding"),
    ],
)  # fmt: skip
async def test_bodies(lines: list[tuple[str, str]], pieces: list[bytes], what: str, tmp_path: Path) -> None:
    bodies = Bodies(tmp_path, max_raw=1000 if what == "raw" else 2000, max_decoded=800_000)
    reading = bodies.read(one(*pieces), Fields(lines))
    if not what:
        assert await reading == (b"abc", b"abc")
        return
    with pytest.raises(LimitError) as error:
        await reading
    assert error.value.what == what


@pytest.mark.parametrize("name", PACK)
async def test_a_stored_body_is_decoded_again(name: str, tmp_path: Path) -> None:
    packed, bodies = PACK[name](TEXT), Bodies(tmp_path, max_raw=10, max_decoded=1 << 20)
    assert await bodies.decode(packed, Fields([("content-encoding", name), ("content-length", "1")])) == TEXT
    with pytest.raises(LimitError):
        await bodies.decode(packed[:-9], Fields([("content-encoding", name)]))
