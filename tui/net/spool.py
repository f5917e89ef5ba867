"""Bytes that come in pieces: in memory while they are few, then in a file without a name.

What slow servers have sent so far, and what a bomb has become so far, thus takes hardly any memory.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

SMALL = 128 * 1024
"""Bytes kept in memory: few feeds and pages come as more."""
_PIECE = 64 * 1024


class Spool:
    """Fed with ``add``; what that hands back has to be ``put_away``, in a thread that may wait for the disk."""

    def __init__(self, directory: Path | None) -> None:
        """``directory``: where the file is made when one is needed; None: all stays in memory."""
        self.size = 0
        self._directory = directory
        self._near = io.BytesIO()
        self._file: io.FileIO | None = None
        self._away = 0

    @property
    def small(self) -> bool:
        """Whether all of it is in memory and little."""
        return self.size <= SMALL

    def add(self, piece: bytes) -> bytes:
        """Take a piece; gives what is to be put away now, before the next piece, or b""."""
        self.size += len(piece)
        self._near.write(piece)
        if self._directory is None or self._near.tell() <= SMALL:
            return b""
        data, self._near = self._near.getvalue(), io.BytesIO()
        return data

    def put_away(self, data: bytes) -> None:
        """Write to the disk. On a full or forbidden one it stays in memory, and so does whatever follows."""
        import tempfile  # only for large bodies

        done = 0
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0, dir=self._directory)  # noqa: SIM115  closed by close
            while done < len(data):
                done += self._file.write(data[done:])
        except OSError:
            self._directory = None
            self._near.write(data[done:])
        self._away += done

    def pieces(self) -> Iterator[bytes]:
        """All that came, in small pieces. Raises OSError."""
        for start in range(0, self._away, _PIECE):
            yield self._read(start, min(_PIECE, self._away - start))
        yield from slices(self._near.getvalue())

    def whole(self) -> bytes:
        """All that came, in one. Raises OSError."""
        if self._away and self._directory is not None:  # together with the rest, so that nothing is there twice
            rest, self._near = self._near.getvalue(), io.BytesIO()
            self.put_away(rest)
        near = self._near.getvalue()
        if not self._away:
            return near
        far = self._read(0, self._away)
        return far + near if near else far

    def _read(self, start: int, size: int) -> bytes:
        data = os.pread(self._file.fileno(), size, start) if self._file else b""
        if len(data) != size:
            raise OSError("a file without a name has become shorter")
        return data

    def close(self) -> None:
        """Let go of memory and file; where ``put_away`` runs, after it."""
        self._near.close()
        if self._file is not None:
            self._file.close()


def slices(data: bytes) -> Iterator[bytes]:
    """Bytes in small pieces."""
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
