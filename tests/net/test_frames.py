# ruff: noqa: E501  tables read better in long lines
"""HTTP/2 frames are counted however they come in pieces; data earns the room for more, nothing else does."""

from __future__ import annotations

import pytest
from hyperframe.frame import DataFrame, Frame, HeadersFrame, PingFrame, SettingsFrame, WindowUpdateFrame

from tui.net.frames import FrameCount


def flood(data: bytes, step: int = 1 << 16) -> bool:
    count = FrameCount()
    for start in range(0, len(data), step):
        count.feed(data[start : start + step])
    return count.flood


@pytest.mark.parametrize("step", [1, 7, 9, 10, 1000, 1 << 16])
@pytest.mark.parametrize(
    "frame",
    [PingFrame(0, b"12345678"), SettingsFrame(0, settings=dict.fromkeys(range(1, 20), 5)), DataFrame(1, b""), DataFrame(1, b"x"),
     WindowUpdateFrame(0, window_increment=1), HeadersFrame(1, b"x" * 100)],
)  # fmt: skip
def test_too_many_for_too_little(frame: Frame, step: int) -> None:
    assert not flood(frame.serialize() * 500, step)
    assert flood(frame.serialize() * 600, step)


@pytest.mark.parametrize("step", [1, 100, 1 << 16])
@pytest.mark.parametrize("size", [50, 500, 16_384])
def test_data_may_come_in_any_pieces(size: int, step: int) -> None:
    frame = DataFrame(1, b"\0\0\0\0\1" * (size // 5)).serialize()
    assert not flood(frame * max(2, 100_000 // size), step)


def test_a_request_gives_new_room() -> None:
    count, pings = FrameCount(), PingFrame(0, b"12345678").serialize() * 400
    for _ in range(5):
        count.feed(pings)
        count.requested(SettingsFrame(0).serialize() + HeadersFrame(1, b"x").serialize())
    assert not count.flood
    for _ in range(2):
        count.feed(pings)
        count.requested(PingFrame(0, b"12345678", flags=["ACK"]).serialize() * 400)  # which is no request
    assert count.flood
