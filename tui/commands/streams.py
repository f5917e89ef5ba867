"""Input, output, errors and arguments as they really are: closed, full, gone, bytes that are no letters."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection
from typing import TextIO


def secure() -> None:
    """Make the three streams usable, whatever the caller gave us.

    A stream that was closed (``khabar fetch 2>&-``) becomes the null device: its number would otherwise go to the next
    file that is opened, and what is meant for the terminal would be written into the store. What an encoding cannot
    write becomes a question mark instead of an error.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    sys.stdin = sys.stdin or _reopened(0, "r")
    sys.stdout = sys.stdout or _reopened(1, "w")
    sys.stderr = sys.stderr or _reopened(2, "w")
    _lenient(sys.stdout, "replace")


def _reopened(number: int, mode: str) -> TextIO:
    # closefd=False: the stream lives as long as the process, and so does its number.
    return open(number, mode, encoding="utf-8", closefd=False)  # type: ignore[return-value]


def _lenient(stream: TextIO, errors: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=errors)


def readable(arguments: argparse.Namespace, *, but: Collection[str]) -> None:
    """Bytes that are no text become U+FFFD everywhere but in the names of files (``but``), which may be any bytes."""
    for name, value in vars(arguments).items():
        if name in but:
            continue
        if isinstance(value, str):
            setattr(arguments, name, _text(value))
        elif isinstance(value, list):
            setattr(arguments, name, [_text(word) if isinstance(word, str) else word for word in value])


def _text(word: str) -> str:
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def abandon() -> None:
    """Nobody can take our output any more: what is left of it goes nowhere, so that the end of the process is quiet."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(null, stream.fileno())
    os.close(null)
