"""Limits on a kiosk's process, and a fence around it.

Nothing in the kiosk starts programs, writes files elsewhere or talks to the host's own network; the fence is there for
what somebody forgets. It is Python's audit hook (PEP 578), which cannot be taken away again. It is no prison for
hostile machine code: such code would have to come out of a parser, and those run in a process of their own.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tui.net.guard import is_public

_STARTING = (
    "os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn pty.spawn os.startfile webbrowser.open "
    "builtins.breakpoint cpython.run_interactivehook cpython.run_stdin cpython.run_startup "
    "socket.bind socket.sethostname"
)
"""What a kiosk never does."""
_CHANGING = (
    "os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod os.chown os.utime os.setxattr "
    "shutil.rmtree"
)
"""What it does to its own files only; the first argument, and of two the second as well, are paths."""
_TWO_PATHS = frozenset(("os.rename", "os.link"))
_DEVICES = ("/dev/null", "/dev/tty")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CPU_SECONDS = 3600
FILES = 256
_STACK = 1024 * 1024


def limit(megabytes: int) -> None:
    """Bound this process: memory, CPU time, files; no core file, no privileges to gain, private files, no stopping."""
    os.umask(0o077)
    data = megabytes * 1024 * 1024
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_NOFILE, FILES)
    if sys.platform == "linux":
        # The heap is what counts; the address space holds the shared store's pages and room for stacks besides.
        _lower(resource.RLIMIT_DATA, data)
        _lower(resource.RLIMIT_AS, 4 * data)
        _own_up()
    with suppress(ValueError, RuntimeError):
        threading.stack_size(_STACK)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # there is no shell that could bring a stopped session back


def _lower(kind: int, value: int) -> None:
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def _own_up() -> None:
    """prctl(2): no new privileges by setuid programs, and no other process of the account may look into this one."""
    with suppress(OSError, ImportError, AttributeError):
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def fence(folder: str) -> None:
    """From here on: files are written below ``folder`` only, no programs are started but the parsers, nothing listens,
    and connections lead to public addresses only. What breaks that raises PermissionError."""
    from tui.sources.worker import AGAIN, COMMAND

    sys.addaudithook(hook(os.path.realpath(folder), (COMMAND, AGAIN)))


def hook(folder: str, parsers: tuple[tuple[str, ...], ...]) -> Callable[[str, tuple[Any, ...]], None]:
    """The audit hook of ``fence``; called for every event, so that most of them cost one look-up."""
    checks: dict[str, Callable[[tuple[Any, ...]], bool]] = {
        "open": lambda a: not _writes(a[1], a[2]) or _inside(a[0], folder, (*_DEVICES, *_terminal())),
        "sqlite3.connect": lambda a: a[0] == ":memory:" or _inside(_database(a[0]), folder),
        "subprocess.Popen": lambda a: tuple(map(str, a[1])) in parsers,
        "socket.connect": lambda a: not isinstance(a[1], tuple) or is_public(str(a[1][0])),
    }
    for event in _STARTING.split():
        checks[event] = lambda _: False
    for event in _CHANGING.split():
        checks[event] = lambda a, two=event in _TWO_PATHS: all(_inside(path, folder) for path in a[: 1 + two])  # type: ignore[misc]

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        check = checks.get(event)
        if check is not None and not check(arguments):
            raise PermissionError(1, f"{event} is not for a kiosk")

    return audit


def _terminal() -> tuple[str, ...]:
    return tuple(name for number in range(3) if (name := _ttyname(number)))


def _ttyname(number: int) -> str:
    try:
        return os.ttyname(number)
    except OSError:
        return ""


def _writes(mode: object, flags: object) -> bool:
    return (isinstance(mode, str) and any(sign in mode for sign in "wax+")) or bool(
        isinstance(flags, int) and flags & _WRITES
    )


def _database(name: object) -> object:
    """The path in what sqlite3 is told to open."""
    text = os.fsdecode(name) if isinstance(name, (str, bytes, os.PathLike)) else ""
    return text.removeprefix("file:").partition("?")[0] if text.startswith("file:") else text


def _inside(path: object, folder: str, also: tuple[str, ...] = ()) -> bool:
    """Whether a path lies below the folder; a number is a file that is open already."""
    if isinstance(path, int):
        return True
    if not isinstance(path, (str, bytes, os.PathLike)):
        return False
    real = os.path.realpath(os.fsdecode(path))
    return real in also or real == folder or real.startswith(folder + os.sep)
