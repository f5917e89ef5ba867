"""The end of a chunked body is found however the bytes come in pieces (RFC 9112 §7.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.net.chunks import ChunkedBody

CHUNKS = st.lists(st.tuples(st.binary(min_size=1, max_size=40), st.sampled_from(["", ";x", ' ; a="b"'])), max_size=6)
TRAILERS = st.lists(st.sampled_from([b"X: y\r\n", b"Expires: 0\r\n"]), max_size=3)


def _framed(chunks: list[tuple[bytes, str]], trailers: list[bytes]) -> bytes:
    body = b"".join(f"{len(data):x}{extension}\r\n".encode() + data + b"\r\n" for data, extension in chunks)
    return body + b"0\r\n" + b"".join(trailers) + b"\r\n"


@given(CHUNKS, TRAILERS, st.integers(1, 50), st.binary(max_size=3))
def test_the_end_is_found_and_what_comes_behind_it(
    chunks: list[tuple[bytes, str]], trailers: list[bytes], step: int, behind: bytes
) -> None:
    body, framed = ChunkedBody(), _framed(chunks, trailers)
    for at in range(0, len(framed), step):
        assert not body.ended
        body.feed(framed[at : at + step])
    assert body.ended and not body.spoilt
    body.feed(behind)
    assert body.spoilt == bool(behind)


@pytest.mark.parametrize(
    "sent",
    [
        b"x\r\n",
        b"-1\r\n",
        b"5\nhello\n0\n\n",
        b"0x5\r\n",
        b"1_0\r\n",
        b"+5\r\n",
        b"5;a\nb\r\n",
        b"1" * 21 + b"\r\n",
        b"\r\n",
        b"<html>\r\n",
        b"1" * 70_000 + b"\r\n",
    ],
)
def test_what_is_no_chunked_body_is_of_no_more_use(sent: bytes) -> None:
    body = ChunkedBody()
    body.feed(sent)
    assert body.spoilt


@pytest.mark.parametrize(("size", "flood"), [(1, True), (15, True), (16, False), (1000, False)])
def test_too_many_chunks_for_too_little(size: int, flood: bool) -> None:
    body, chunk = ChunkedBody(), f"{size:x}\r\n".encode() + b"x" * size + b"\r\n"
    body.feed(chunk * 10_000)
    assert not body.flood
    body.feed(chunk * 200_000 if size < 99 else chunk)
    assert body.flood is flood
