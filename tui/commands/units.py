"""A systemd user service that fetches the news, and the timer that starts it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tui.commands.context import Context

DEFAULT_MINUTES = 20
"""Where the configuration says to refresh only when asked, whoever installs a timer asks."""


def unit(kind: str, context: Context, config: str) -> str:
    """The text of the unit file; ``kind`` is service or timer."""
    return _service(config) if kind == "service" else _timer(context.settings.refresh_minutes or DEFAULT_MINUTES)


def _service(config: str) -> str:
    words = [*program(), "fetch"]
    if config:
        words += ["--config", str(Path(config).absolute())]
    return f"""\
# ~/.config/systemd/user/khabar.service
[Unit]
Description=Fetch the news for khabar

[Service]
Type=oneshot
ExecStart={" ".join(map(quoted, words))}
# A source that does not answer makes the unit fail; the journal names it. To let that pass:
#SuccessExitStatus=1
# To tell of new stories afterwards (see khabar notify), whether all sources answered or not:
#ExecStopPost={" ".join(map(quoted, [*program(), "notify"]))}
Nice=10
TimeoutStartSec=15min
"""


def _timer(minutes: int) -> str:
    return f"""\
# ~/.config/systemd/user/khabar.timer
[Unit]
Description=Fetch the news for khabar every {minutes} minutes

[Timer]
OnStartupSec=1min
OnUnitInactiveSec={minutes}min
RandomizedDelaySec=1min

[Install]
WantedBy=timers.target
"""


def program() -> list[str]:
    """How this khabar is started from anywhere."""
    called = shutil.which(sys.argv[0]) if Path(sys.argv[0]).stem == "khabar" else None
    return [str(Path(called).absolute())] if called else [sys.executable, "-m", "tui"]


def quoted(word: str) -> str:
    """A word of a command line in a unit file: % and $ mean something there (systemd.service(5), COMMAND LINES)."""
    word = word.replace("%", "%%").replace("$", "$$")
    if word and not set(word) & set(" \t\"'\\;"):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
