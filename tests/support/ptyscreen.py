"""A program on a real pty, with a terminal emulator at the other end that answers as an xterm would."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import ptyprocess
import pyte

ANSWERS = {
    b"\x1b[c": b"\x1b[?64;1;2;6;9;15;18;21;22c",
    b"\x1b[>c": b"\x1b[>41;379;0c",
    b"\x1b[=c": b"\x1bP!|00000000\x1b\\",
    b"\x1b[>q": b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b[8$p": b"\x1b[8;0$y",
}
"""What xterm 379 says; its reply to DA1 is what ends the probe."""
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+p": "\x10",
    "ctrl+c": "\x03",
}


class PtyScreen:
    """Runs ``argv`` on a pty of ``columns`` x ``rows`` cells and keeps what its terminal would show."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str],
        cwd: str | None = None,
        answers: Mapping[bytes, bytes] = ANSWERS,
    ) -> None:
        self._answers = answers
        self.screen = pyte.Screen(columns, rows)
        self.output = b""
        self._stream = pyte.ByteStream(self.screen)
        self._unanswered = b""
        full = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **env}
        self.started = time.monotonic()
        self.process = ptyprocess.PtyProcess.spawn(list(argv), dimensions=(rows, columns), env=full, cwd=cwd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """The rows of the screen, joined by newlines."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> None:
        """Take what the program writes for so long, and answer what it asks."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([self.process.fd], [], [], left)[0]:
                return
            try:
                data = os.read(self.process.fd, 65536)
            except OSError:
                return
            if not data:
                return
            self._take(data)

    def read_for(self, seconds: float) -> None:
        """Take what the program writes for the whole of so long, silent or not."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(min(left, 0.2))

    def wait_for(self, pattern: str, timeout: float = 20.0) -> str:
        """Wait until ``pattern`` matches the screen's text; the text then. Fails with the screen after ``timeout``."""
        deadline = time.monotonic() + timeout
        while not re.search(pattern, self.text):
            assert time.monotonic() < deadline, f"{pattern!r} did not appear on:\n{self.text}"
            self.read(0.05)
        return self.text

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> str:
        """Wait until the program has been silent for ``quiet`` seconds; the screen's text then."""
        deadline = time.monotonic() + timeout
        before = -1
        while before != len(self.output) and time.monotonic() < deadline:
            before = len(self.output)
            self.read(quiet)
        return self.text

    def press(self, *keys: str) -> None:
        """Type keys: names of ``KEYS``, else the characters themselves."""
        for key in keys:
            self.process.write(KEYS.get(key, key).encode())
            self.read(0.25 if key == "escape" else 0.05)  # ESC and a key behind it are Alt with that key

    def wait_exit(self, timeout: float = 10.0) -> int | None:
        """Read until the program ends; its exit status, negative for a signal."""
        deadline = time.monotonic() + timeout
        while self.process.isalive():
            assert time.monotonic() < deadline, f"still running with:\n{self.text}"
            self.read(0.05)
        self.read(0.1)
        if self.process.signalstatus is not None:
            return -int(self.process.signalstatus)
        return None if self.process.exitstatus is None else int(self.process.exitstatus)

    def _take(self, data: bytes) -> None:
        self.output += data
        self._stream.feed(data)
        self._unanswered = (self._unanswered + data)[-256:]
        for question, answer in self._answers.items():
            if question in self._unanswered:
                self._unanswered = self._unanswered.replace(question, b"", 1)
                os.write(self.process.fd, answer)


def homes(path: object) -> dict[str, str]:
    """Environment that puts everything khabar keeps under ``path``."""
    return {
        "HOME": f"{path}",
        "XDG_DATA_HOME": f"{path}/data",
        "XDG_CACHE_HOME": f"{path}/cache",
        "XDG_CONFIG_HOME": f"{path}/config",
        "XDG_STATE_HOME": f"{path}/state",
    }
