"""HTTP/2 frames counted as they come (RFC 9113 §4.1, §10.5).  Pure.

The library below takes tens of microseconds for each, of which there are thousands in one read of nine bytes each: a
server that sends nothing else would hold up the screen. Whoever owns the connection counts along, to hang up in time.
"""

from __future__ import annotations

from collections.abc import Iterator

_HEAD = 9
_DATA, _HEADERS = 0, 1
_FREE = 500
_BYTES_EACH = 50
"""So many frames for nothing; beyond that, one for so many bytes of data."""


class FrameCount:
    """Fed with what the other side of a connection sends."""

    def __init__(self) -> None:
        self._left = _FREE * _BYTES_EACH
        self._begun = b""
        self._skip = 0

    @property
    def flood(self) -> bool:
        """Whether there were too many frames for too little, since the last request."""
        return self._left < 0

    def requested(self, data: bytes) -> None:
        """What this side sends: a request gives the answer new room."""
        if _HEADERS in (kind for kind, _ in _frames(data)):
            self._left = _FREE * _BYTES_EACH

    def feed(self, data: bytes) -> None:
        """The next bytes of the connection."""
        data, self._begun = self._begun + data, b""
        at = 0
        for kind, size in _frames(memoryview(data)[self._skip :]):
            self._left += (size if kind == _DATA else 0) - _BYTES_EACH
            at += _HEAD + size
        at += self._skip
        self._skip = max(0, at - len(data))
        if at < len(data):
            self._begun = data[at:]


def _frames(data: bytes | memoryview) -> Iterator[tuple[int, int]]:
    """Kind and payload size of each frame whose beginning is there."""
    at = 0
    while at + _HEAD <= len(data):
        size = int.from_bytes(data[at : at + 3], "big")
        yield data[at + 3], size
        at += _HEAD + size
