"""Linux' Landlock (landlock(7)): a process takes from itself the right to any file, and to connect anywhere.

A limit on open files does not keep a process from removing, renaming or running one; this does.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""System calls, by the same numbers on these machines."""
_MACHINES = frozenset(("x86_64", "aarch64"))
_VERSION = 1
_NO_NEW_PRIVILEGES = 38
_FILES = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""Version of the interface → the rights over files that it knows: all of the first, moving, cutting, devices."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def version() -> int:
    """The version of the interface that the kernel has; 0 when it has none."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return 0
    return max(_call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)), 0)


def give_up_files() -> bool:
    """Give up every file, TCP, and signals to others, for good; False where the kernel cannot do that. Never raises."""
    known = version()
    if not known:
        return False
    rules = _Ruleset(
        sum(rights for since, rights in _FILES if since <= known), 0b11 * (known >= 4), 0b11 * (known >= 6)
    )
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    ruleset = _call(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        if ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
            return False
        return _call(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    finally:
        os.close(ruleset)


def _call(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None).syscall(ctypes.c_long(number), *arguments))
