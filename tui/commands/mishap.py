"""What nobody foresaw, or nobody can help: one sentence instead of a traceback, which goes to the log."""

from __future__ import annotations

import logging

from tui import locale
from tui.commands import streams
from tui.commands.context import fail
from tui.commands.log import log_to
from tui.paths import default_paths
from tui.store.errors import StoreError
from tui.ui.sentences import in_language


def told(error: Exception) -> int:
    """Say what happened on stderr and keep the rest of it in the log; the exit code."""
    said = locale.from_environment()
    if isinstance(error, StoreError):
        return _said(in_language(str(error), said))
    if isinstance(error, OSError):
        name = error.filename or said.text("script.output")
        return _said(said.text("script.unwritable", file=name, detail=error.strerror or type(error).__name__))
    path = default_paths().log
    log_to(path)
    logging.getLogger(__name__).error("a fault of khabar's own", exc_info=error)
    return _said(said.text("script.fault", name=type(error).__name__, file=path))


def _said(sentence: str) -> int:
    streams.abandon()  # standard output may be what failed
    return fail(sentence)
