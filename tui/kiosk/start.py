"""A clean start: nothing of what the reader may have put into the environment reaches the kiosk.

Python itself listens to its environment (PYTHONPATH, PYTHONINSPECT …), and so do Textual, OpenSSL and the C library. So
the kiosk runs in a second, isolated interpreter with the few variables that are known to do no harm.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from tui.kiosk import MARK

_WORD = re.compile(r"[\w.@+-]{1,64}", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*){0,3}", re.ASCII)
_ADDRESS = re.compile(r"[\w.:%]{2,64}( [\w.:%]{1,64}){2,3}", re.ASCII)
_PATH = re.compile(r"/[\w./-]{1,120}", re.ASCII)
_ALLOWED: Mapping[str, re.Pattern[str]] = {
    "TERM": _WORD,
    "COLORTERM": _WORD,
    "NO_COLOR": _WORD,
    "TERM_PROGRAM": _WORD,
    "TERM_PROGRAM_VERSION": _WORD,
    "VTE_VERSION": _WORD,
    "LANG": _WORD,
    "LANGUAGE": _WORD,
    "TZ": _ZONE,
    "SSH_CONNECTION": _ADDRESS,
    "SSH_TTY": _PATH,
    "SSH_USER_AUTH": _PATH,
}
_LOCALE = re.compile(r"LC_[A-Z]{1,20}")
_OURS = {"MALLOC_ARENA_MAX": "2"}
"""The C library otherwise keeps memory for each thread apart."""


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """What of an environment the kiosk is given, names and values."""
    kept = {
        name: value
        for name, value in environ.items()
        if (pattern := _ALLOWED.get(name) or (_WORD if _LOCALE.fullmatch(name) else None)) and pattern.fullmatch(value)
    }
    return kept | _OURS


def again(argv: Sequence[str]) -> NoReturn:
    """Start anew: isolated, writing no bytecode, UTF-8 whatever the locale, without the reader's environment."""
    options = ["-I", "-B", "-X", "utf8", "-X", MARK]
    os.chdir("/")
    os.execve(sys.executable, [sys.executable, *options, "-m", "tui", *argv], clean(os.environ))  # noqa: S606
