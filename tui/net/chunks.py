"""Where a chunked body ends (RFC 9112 §7.1), and whether anything came behind it.  Pure.

The HTTP parser keeps what is left for the next response on the connection: a server could answer requests it has not
seen yet. Whoever owns the connection counts along, to know when it must not be used again.
"""

from __future__ import annotations

import re

_LONGEST_LINE = 1 << 16
_FREE = 10_000
_BYTES_EACH = 16
"""So many chunks of any size; beyond that, one for so many bytes. Each costs the parser as much time as 10 kB do."""
_SIZE = re.compile(rb"([0-9a-f]{1,20})[ \t]*(;[^\n]*)?\r\n\Z", re.IGNORECASE)


class ChunkedBody:
    """Fed with a chunked body as it comes, framing and all."""

    def __init__(self) -> None:
        self.ended = False
        self.spoilt = False
        """Something came behind the end, or what came is no chunked body: the connection is of no more use."""
        self.largest = 0
        """The size of the largest chunk that has been announced, in bytes."""
        self._room = _FREE * _BYTES_EACH
        self._line = bytearray()
        self._data_left = 0
        self._in_trailers = False

    @property
    def flood(self) -> bool:
        """Whether there were too many chunks for too little."""
        return self._room < 0

    def feed(self, data: bytes) -> None:
        """The next bytes of the connection."""
        at = 0
        while at < len(data) and not self.spoilt:
            if self.ended:
                self.spoilt = True
            elif self._data_left:
                step = min(self._data_left, len(data) - at)
                self._data_left -= step
                at += step
            else:
                end = data.find(b"\n", at) + 1
                self._line += data[at : end or len(data)]
                at = end or len(data)
                self.spoilt = len(self._line) > _LONGEST_LINE
                if end and not self.spoilt:
                    self._end_line(bytes(self._line))
                    self._line.clear()

    def _end_line(self, line: bytes) -> None:
        if self._in_trailers:
            self.ended = not line.strip(b"\r\n")
            return
        size = _SIZE.match(line)
        if size is None:
            self.spoilt = True
            return
        self._data_left = int(size[1], 16)
        self._room += self._data_left - _BYTES_EACH
        self._in_trailers = self._data_left == 0
        self.largest = max(self.largest, self._data_left)
        self._data_left += 2 if self._data_left else 0  # with the line end behind the data
