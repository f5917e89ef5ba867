"""The writer's thread alone waits for a terminal that takes nothing."""

from __future__ import annotations

import os
import pty
import threading
import time
import tty
from collections.abc import Iterator

import pytest

from tui.terminal.writer import Writer


class Line:
    """A pty whose master's side is read only when the test wants it, and a writer to it."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.writer = Writer(self.slave)
        self.writer.start()

    def stall(self) -> None:
        """Write until the terminal takes no more."""
        self.writer.write("." * 200_000)

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += os.read(self.master, 65536)
        return data


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.writer.stop(0)
    os.close(made.master)
    os.close(made.slave)


def test_everything_arrives_in_order(line: Line) -> None:
    for number in range(300):
        line.writer.write(f"{number:03}")
    wanted = "".join(f"{number:03}" for number in range(300)).encode()
    assert line.read(len(wanted)) == wanted
    line.writer.stop(5)
    assert not line.writer.is_alive()


def test_a_terminal_that_takes_nothing_holds_nobody_up(line: Line) -> None:
    line.stall()
    for _ in range(100):  # Textual's own writer blocks the caller at its thirtieth text
        line.writer.write("x")
    assert line.writer.when_idle(lambda: None)
    line.read(200_100)


def test_the_next_frame_is_asked_for_once_the_last_has_gone(line: Line) -> None:
    gone = threading.Event()
    assert not line.writer.when_idle(gone.set)
    line.stall()
    assert line.writer.when_idle(gone.set)
    assert not gone.wait(0.1)
    line.read(200_000)
    assert gone.wait(5)
    assert not line.writer.when_idle(gone.set)


def test_stopping_does_not_wait_for_ever(line: Line) -> None:
    line.stall()
    began = time.monotonic()
    line.writer.stop(0.2)
    assert time.monotonic() - began < 2
    assert line.writer.is_alive(), "it hangs in the kernel, and dies with the process"
    line.read(4096)
    line.writer.join(0.1)


def test_what_was_written_before_stopping_is_sent(line: Line) -> None:
    line.writer.write("last words")
    line.writer.stop(5)
    assert line.read(10) == b"last words"


def test_a_terminal_that_is_gone_ends_nothing() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    writer = Writer(write_end)
    writer.start()
    writer.write("into the void")
    writer.stop(5)
    assert not writer.is_alive()
    os.close(write_end)
