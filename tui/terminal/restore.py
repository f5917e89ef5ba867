"""Leaves the terminal as it was found, however the program ends.

What must be undone is registered here and is done on a normal exit (atexit), on SIGTERM and on SIGHUP.  Nothing helps
against SIGKILL.  A program with a loop of its own may take the signals over for an orderly end (`set_orderly_end`);
it then has `PATIENCE` seconds before the terminal is restored and the process ends anyway.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

PATIENCE = 0.8
_undo: list[Callable[[], None]] = []
_orderly_end: list[Callable[[int], None]] = []
_installed = False


def register(undo: Callable[[], None]) -> None:
    """`undo` runs once when the program ends, in reverse order of registration; see `forget`."""
    _install()
    _undo.append(undo)


def forget(undo: Callable[[], None]) -> None:
    """`undo` has been done, or is no longer needed."""
    with contextlib.suppress(ValueError):
        _undo.remove(undo)


def undo_all() -> None:
    """Undo everything now.  Safe to call twice, and from a signal handler."""
    while _undo:
        step = _undo.pop()
        with contextlib.suppress(Exception):  # the terminal may be gone; the other steps still count
            step()


def set_orderly_end(end: Callable[[int], None] | None) -> None:
    """`end(signal number)` is tried first when a signal asks us to stop; None takes it back."""
    _orderly_end.clear()
    if end is not None:
        _install()
        _orderly_end.append(end)


def end_by(number: int) -> None:
    """End as the signal `number` wants it: orderly if there is a way and time enough, else at once."""
    if not _orderly_end:
        _die(number)
        return
    end = _orderly_end.pop()
    watchdog = threading.Timer(PATIENCE, _die, (number,))
    watchdog.daemon = True
    watchdog.start()
    try:
        end(number)
    except Exception:
        _die(number)


def _install() -> None:
    """Once, and only over default handlers: a handler that somebody else put there is theirs."""
    global _installed  # noqa: PLW0603
    if _installed or threading.current_thread() is not threading.main_thread():
        return
    _installed = True
    atexit.register(undo_all)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _on_signal)


def _on_signal(number: int, _frame: FrameType | None) -> None:
    end_by(number)


def _die(number: int) -> None:
    """Restore, then end with the status that `number` gives a process by default."""
    undo_all()
    os._exit(128 + number)
