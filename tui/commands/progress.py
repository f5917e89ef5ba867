"""Numbers on stderr for whoever waits at a terminal for a command that takes longer than a moment.

A line now and then, not one that is written over: a screen reader says each once.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.commands.context import Context

EVERY = 2.0
"""Seconds before the first line, and between two."""


class Counting:
    """Says how much is done."""

    def __init__(self, context: Context, key: str, every: float = EVERY) -> None:
        """``key``: the text with {done} and {total}."""
        self._context = context
        self._key = key
        self._every = every
        self._said_at = time.monotonic()

    def told(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = time.monotonic()
        if now - self._said_at >= self._every and done < total and sys.stderr.isatty():
            self._said_at = now
            self._context.say(self._context.locale.text(self._key, done=done, total=total))
