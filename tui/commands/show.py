"""``khabar show``: text on standard input, laid out for this terminal as fribidi(1) does, but right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import BinaryIO

from tui.bidi.layout import lay_out
from tui.bidi.sanitize import LINE_LIMIT, sanitize_block
from tui.commands.context import prepare
from tui.commands.printer import aligned, terminal_width
from tui.terminal.lines import LineWriter

BASES = {"auto": None, "ltr": 0, "rtl": 1}
TAB = 8
"""Columns from one tab stop to the next, as terminals have them."""


def run(arguments: argparse.Namespace) -> int:
    """Lay out standard input, a paragraph a line, each as soon as it is there, until it ends."""
    context = prepare(arguments)
    width = arguments.width or terminal_width()
    mode = arguments.mode or context.settings.bidi
    base = BASES[arguments.base]
    with LineWriter.open(mode) as writer:
        for paragraph in paragraphs(sys.stdin.buffer):
            text = sanitize_block(paragraph)
            if mode == "logical":
                writer.write_logical(text)
            elif not text:
                writer.write("")
            else:
                for line in lay_out(text, width, base=base, marks=arguments.marks):
                    writer.write(aligned(line, width))
            writer.flush()
    return 0


def paragraphs(stream: BinaryIO, limit: int = LINE_LIMIT) -> Iterator[str]:
    """The lines of a stream without their ends, as soon as each is there, tabs as blanks.

    A line of more than ``limit`` bytes is parted at a blank, where there is one, so that none has to be waited for or
    held for ever.
    """
    begun = b""
    while piece := stream.readline(limit - len(begun)):
        begun += piece
        whole, begun = _parted(begun) if len(begun) == limit and not begun.endswith(b"\n") else (begun, b"")
        yield _decoded(whole)
    if begun:
        yield _decoded(begun)


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """In two, behind the last blank of its second half, else between two characters."""
    at = data.rfind(b" ", len(data) // 2) + 1
    if not at:
        at = next((at for at in range(len(data) - 1, len(data) - 4, -1) if data[at] & 0xC0 != 0x80), len(data))
    return data[:at], data[at:]


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace").rstrip("\r\n").expandtabs(TAB)
