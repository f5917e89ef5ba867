"""The log file: details for those who look, never on the screen, never with control characters in it."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from tui.bidi.sanitize import sanitize_block

LIMIT = 1_000_000
"""Bytes after which the log begins anew; the one before is kept beside it."""


class SafeFormatter(logging.Formatter):
    """Foreign text in a message or a traceback cannot speak to the terminal that shows the log."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text without control characters."""
        return sanitize_block(super().format(record))


class QuietHandler(logging.FileHandler):
    """A file that is opened when there is something to write, and that is done without when it cannot be."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record if it can be written."""
        with suppress(OSError):
            super().emit(record)


def log_to(path: Path) -> None:
    """Send warnings and worse to ``path``; without a writable file there is no log, and no complaint.

    The last call counts.
    """
    try:
        if path.exists() and path.stat().st_size > LIMIT:
            path.replace(path.with_suffix(".old"))
        handler = QuietHandler(path, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for known in [handler for handler in root.handlers if isinstance(handler, QuietHandler)]:
        root.removeHandler(known)
        known.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
