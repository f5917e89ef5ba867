"""Writes to the terminal in a thread of its own, so that a terminal that takes nothing holds nobody up.

A stopped terminal (Ctrl-S), a connection that hangs, a slow line: writing to a tty then blocks, for hours if need be.
Only this thread waits.  Whoever draws frames asks `when_idle` first and draws the newest state once the last frame is
gone, so that frames never queue.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable

_PIECE = 4096  # bytes a write: between two the thread looks whether it is still wanted


class Writer(threading.Thread):
    """A queue of texts on their way to a file descriptor.  Its methods return at once, but for `stop`."""

    def __init__(self, fd: int) -> None:
        super().__init__(daemon=True, name="terminal output")
        self._fd = fd
        self._queue: deque[str] = deque()
        self._changed = threading.Condition()
        self._writing = self._ending = self._given_up = False
        self._waiting: Callable[[], object] | None = None

    def write(self, text: str) -> None:
        """Send `text` after everything before it."""
        with self._changed:
            self._queue.append(text)
            self._changed.notify()

    def flush(self) -> None:
        """Nothing to do: everything goes out as soon as it can."""

    def when_idle(self, call: Callable[[], object]) -> bool:
        """False when nothing is on its way.  Else True, and `call` comes, in this thread, when all of it is written."""
        with self._changed:
            if not self._queue and not self._writing:
                return False
            self._waiting = call
            return True

    def stop(self, patience: float = 0.5) -> None:
        """Wait until everything is written, but not for longer than `patience` seconds: the rest is given up."""
        with self._changed:
            self._ending = True
            self._waiting = None
            self._changed.notify()
        self.join(patience)
        self._given_up = True

    def run(self) -> None:
        """Write until stopped."""
        while (text := self._next()) is not None:
            try:
                self._send(text.encode("utf-8", "replace"))
            except OSError:  # the terminal is gone: who reads the keyboard hears of it too, and ends the program
                self._given_up = True
            self._done()

    def _next(self) -> str | None:
        """Everything that waits, in one piece; None when there will be nothing more."""
        with self._changed:
            while not self._queue:
                if self._ending:
                    return None
                self._changed.wait()
            text = "".join(self._queue)
            self._queue.clear()
            self._writing = True
            return text

    def _send(self, data: bytes) -> None:
        while data and not self._given_up:
            data = data[os.write(self._fd, data[:_PIECE]) :]

    def _done(self) -> None:
        with self._changed:
            self._writing = False
            if self._queue:
                return
            call, self._waiting = self._waiting, None
        if call is not None:
            call()
