"""What a program costs on a tty: bytes and milliseconds of its answers to keys, traffic and CPU while nobody types."""

from __future__ import annotations

import math
import os
import re
import select
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import ptyprocess
import pyte

from tests.support.ptyscreen import ANSWERS, KEYS

_NOT_PYTES = re.compile(rb"\x1b\[[<=>?][0-9;]*[uq]|\x1b\[\??[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key was answered with."""

    sent: int
    """bytes"""
    first: float
    last: float
    """milliseconds to the first byte and to the last before the silence; nan when there was none"""


@dataclass(frozen=True, slots=True)
class Rest:
    """What a program does while nobody types."""

    bytes_per_second: float
    cpu: float
    """of one core, 0 to 1"""


class Meter:
    """The terminal's side of a program; the screen is emulated while the program is silent, so it delays nothing.

    ``fd`` is a pty's master or a socket, ``pid`` the program where it runs on this side of it.
    """

    def __init__(self, fd: int, columns: int, rows: int, pid: int = 0) -> None:
        self.sent = 0
        self._fd, self._pid = fd, pid
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._backlog: list[bytes] = []
        self._asked = b""
        self.began = time.perf_counter()

    @classmethod
    @contextmanager
    def on_a_pty(
        cls, argv: Sequence[str], env: Mapping[str, str], columns: int, rows: int, cwd: str | None = None
    ) -> Iterator[Self]:
        """``argv`` on a pty of its own, killed at the end."""
        full = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **env}
        process = ptyprocess.PtyProcess.spawn(list(argv), dimensions=(rows, columns), env=full, cwd=cwd)
        try:
            yield cls(process.fd, columns, rows, process.pid)
        finally:
            process.close(force=True)

    def read(self, seconds: float) -> bool:
        """Take one piece of output if one comes in time."""
        if not select.select([self._fd], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.sent += len(data)
        self._backlog.append(data)
        self._reply(data)
        return bool(data)

    def _reply(self, data: bytes) -> None:
        self._asked = (self._asked + data)[-256:]
        for question, answer in ANSWERS.items():
            if question in self._asked:
                self._asked = self._asked.replace(question, b"", 1)
                os.write(self._fd, answer)

    def text(self) -> str:
        """The screen."""
        while self._backlog:
            self._stream.feed(_NOT_PYTES.sub(b"", self._backlog.pop(0)))
        return "\n".join(self._screen.display)

    def wait_for(self, pattern: str, timeout: float = 120.0) -> float:
        """Seconds from the start to the text."""
        deadline = time.perf_counter() + timeout
        while not re.search(pattern, self.text()):
            if time.perf_counter() > deadline:
                raise SystemExit(f"{pattern!r} does not appear:\n{self.text()}")
            self.read(0.02)
        return time.perf_counter() - self.began

    def settle(self, quiet: float = 0.5) -> None:
        """Read until nothing came for so long."""
        while self.read(quiet):
            pass
        self.text()

    def type(self, key: str) -> None:
        """Press a key and do not wait."""
        os.write(self._fd, KEYS.get(key, key).encode())

    def press(self, key: str, gap: float = 0.12) -> Answer:
        """Press a key and take everything up to ``gap`` seconds of silence (the first byte may take longer)."""
        before, began = self.sent, time.perf_counter()
        self.type(key)
        first = last = float("nan")
        wait = 2.0
        while self.read(wait):
            last = (time.perf_counter() - began) * 1000
            first = last if math.isnan(first) else first
            wait = gap
        self.text()
        return Answer(self.sent - before, first, last)

    def rest(self, seconds: float) -> Rest:
        """Watch for so long."""
        before, cpu, began = self.sent, cpu_seconds(self._pid), time.perf_counter()
        while (left := began + seconds - time.perf_counter()) > 0:
            self.read(left)
        span = time.perf_counter() - began
        return Rest((self.sent - before) / span, (cpu_seconds(self._pid) - cpu) / span)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its children, in nanoseconds' resolution."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0]) / 1e9
        total += sum(cpu_seconds(int(child)) for child in (task / "children").read_text().split())
    return total


def late(answers: Sequence[Answer]) -> float:
    """Milliseconds to the first byte, 95th percentile; keys without an answer do not count."""
    times = sorted(answer.first for answer in answers if not math.isnan(answer.first))
    return times[min(len(times) - 1, len(times) * 95 // 100)] if times else math.nan


def middle(answers: Sequence[Answer]) -> Answer:
    """The medians; of the times, where there was an answer."""
    heard = [answer for answer in answers if answer.sent] or [Answer(0, math.nan, math.nan)]
    return Answer(
        round(statistics.median(answer.sent for answer in answers)),
        statistics.median(answer.first for answer in heard),
        statistics.median(answer.last for answer in heard),
    )
