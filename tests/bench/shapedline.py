"""A program at the other end of a slow line: loopback shaped by tc, or where the kernel has no netem, by the relay.

tc works in a network namespace of the caller's own (`unshare --net`); the relay delays and paces what it passes on.
"""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ptyprocess

from tests.bench.ttymeter import Meter
from tests.bench.ttyprograms import ROOT, Program

_RELAY = "from tests.bench.shapedline import relay; relay()"
_WINDOW = 16
"""Pieces of 4 kB on their way in one direction: as much as the buffers of a connection hold."""


def shape(*, milliseconds: int, megabits: int) -> bool:
    """Make this namespace's loopback such a line (round trip and rate).  False: it cannot be, the relay has to."""
    if any(name != "lo" for _, name in socket.if_nameindex()):
        return False
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    shaping = ["netem", "delay", f"{milliseconds // 2}ms", "rate", f"{megabits}mbit", "limit", "1000"]
    done = subprocess.run(["tc", "qdisc", "add", "dev", "lo", "root", *shaping], stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


@contextmanager
def remote(program: Program, columns: int, rows: int, *, milliseconds: int = 0, megabits: int = 0) -> Iterator[Meter]:
    """The program on a pty at the far end, as sshd runs it: its environment says SSH.

    ``milliseconds``, ``megabits``: what the relay makes of the line; 0: tc has done it.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        ssh = {"SSH_CONNECTION": f"127.0.0.1 {port} 127.0.0.1 22"}
        env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **program.env, **ssh}
        numbers = [str(number) for number in (port, columns, rows, milliseconds, megabits)]
        argv = [sys.executable, "-c", _RELAY, *numbers, *program.argv]
        far = subprocess.Popen(argv, env={**env, "PYTHONPATH": str(ROOT)}, cwd=ROOT)
        near, _ = listener.accept()
        with near:
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                yield Meter(near.fileno(), columns, rows)
            finally:
                far.terminate()
                far.wait(10)


def relay() -> None:
    """Between a socket and a pty, until either ends; nothing is held back but by the line."""
    port, columns, rows, milliseconds, megabits, *argv = sys.argv[1:]
    once, rate = int(milliseconds) / 2000, int(megabits) * 125_000
    with socket.create_connection(("127.0.0.1", int(port))) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        process = ptyprocess.PtyProcess.spawn(argv, dimensions=(int(rows), int(columns)))
        ended = threading.Event()
        for read, write in (
            (lambda: line.recv(4096), lambda data: os.write(process.fd, data)),
            (lambda: os.read(process.fd, 4096), line.sendall),
        ):
            threading.Thread(target=_direction, args=(read, write, once, rate, ended), daemon=True).start()
        ended.wait()
        process.close(force=True)


def _direction(
    read: Callable[[], bytes], write: Callable[[bytes], object], once: float, rate: int, ended: threading.Event
) -> None:
    """One direction of the line: each piece arrives when those before it have been sent, and `once` seconds later."""
    under_way: queue.Queue[tuple[float, bytes]] = queue.Queue(_WINDOW)

    def arrive() -> None:
        while not ended.is_set():
            due, data = under_way.get()
            time.sleep(max(0.0, due - time.monotonic()))
            write(data)

    threading.Thread(target=arrive, daemon=True).start()
    free = 0.0
    try:
        while data := read():
            free = max(free, time.monotonic()) + (len(data) / rate if rate else 0.0)
            under_way.put((free + once, data))
    except OSError:
        pass
    ended.set()
