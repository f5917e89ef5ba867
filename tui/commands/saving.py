"""How far the repair of a damaged store is, told on stderr to whoever waits for it at a terminal.

It runs before there is a screen. A line now and then, not one that is written over: a screen reader says each once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.commands.context import Context

EVERY = 2.0
"""Seconds between two lines."""


class Saving:
    """Says that there is something to wait for, then how much of it is done."""

    def __init__(self, context: Context, before_saying: Callable[[], object], every: float = EVERY) -> None:
        self._context = context
        self._before_saying = before_saying
        self._every = every
        self._said_at: float | None = None

    def told(self, done: int, total: int) -> None:
        """So many of so many steps are done; ``total`` is 0 when nobody can say."""
        if not sys.stderr.isatty():
            return
        text = self._context.locale.text
        now = time.monotonic()
        if self._said_at is None:
            self._before_saying()
            self._context.say(text("saving.begins"))
        elif now - self._said_at < self._every or not total:
            return
        else:
            self._context.say(text("saving.share", percent=min(99, 100 * done // total)))
        self._said_at = now
