"""What makes a session of khabar a kiosk: a clean start, limits, a fence around the process, and who reads.

Every start of khabar asks this module whether it is one, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

MARK = "khabar_kiosk"
"""The -X option of the clean interpreter: no variable of the environment can set one."""


def is_kiosk(argv: Sequence[str], program: str) -> bool:
    """Whether these arguments ask for the kiosk, or khabar was started as the account's login shell.

    A login shell gets no arguments, or "-c" and a command.
    """
    return "--kiosk" in argv or ((not argv or argv[0] == "-c") and _is_login_shell(program))


def is_clean() -> bool:
    """Whether this is the clean interpreter that ``start.again`` starts."""
    return bool(sys.flags.isolated) and MARK in sys._xoptions


def asks_for_a_command(argv: Sequence[str]) -> bool:
    """Whether a login shell was given a command to run that is not the kiosk itself."""
    return argv[:1] == ["-c"] and not _is_plain_kiosk(argv[1] if len(argv) > 1 else "")


def _is_plain_kiosk(command: str) -> bool:
    """``khabar --kiosk`` and nothing else: what ForceCommand has a login shell run. A client gains nothing by it."""
    words = command.split()
    return len(words) == 2 and words[0].rpartition("/")[2] == "khabar" and words[1] == "--kiosk"


def _is_login_shell(program: str) -> bool:
    import pwd

    try:
        shell = pwd.getpwuid(os.getuid()).pw_shell
        return bool(shell) and os.path.samefile(shell, program)  # noqa: PTH121  pathlib is not imported yet
    except (KeyError, OSError):
        return False
