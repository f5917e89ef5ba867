"""``khabar show``: text on standard input, laid out for this terminal as fribidi(1) does, but right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import BinaryIO

from tui.bidi.layout import lay_out
from tui.bidi.sanitize import LINE_LIMIT, sanitize
from tui.commands.context import prepare
from tui.commands.printer import aligned, terminal_width
from tui.terminal.lines import LineWriter

BASES = {"auto": None, "ltr": 0, "rtl": 1}
TAB = 8
"""Columns from one tab stop to the next, as terminals have them."""
_PIECE = 4 * LINE_LIMIT
"""Bytes of a paragraph at most, four a character: what is longer goes on as another paragraph."""


def run(arguments: argparse.Namespace) -> int:
    """Lay out standard input, a paragraph a line, each as soon as it is there, until it ends."""
    context = prepare(arguments)
    width = arguments.width or terminal_width()
    mode = arguments.mode or context.settings.bidi
    base = BASES[arguments.base]
    with LineWriter.open(mode) as writer:
        for paragraph in paragraphs(sys.stdin.buffer):
            text = sanitize(paragraph)
            if mode == "logical":
                writer.write_logical(text)
                continue
            for line in lay_out(text, width, base=base, marks=arguments.marks) if text else ():
                writer.write(aligned(line, width))
            if not text:
                writer.write("")
    return 0


def paragraphs(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream without their ends, as soon as each is there, tabs as blanks; none is endless."""
    begun = b""
    while piece := stream.readline(_PIECE):
        begun += piece
        if len(begun) < _PIECE and not begun.endswith(b"\n"):
            continue  # readline also stops where a pipe has no more for the moment
        begun, whole = _after_last_character(begun)
        yield _decoded(whole)
    if begun:
        yield _decoded(begun)


def _after_last_character(data: bytes) -> tuple[bytes, bytes]:
    """(the bytes of a character that has been cut, what stands before them)."""
    for back in range(1, min(4, len(data)) + 1):
        lead = data[-back]
        if lead >= 0xC0:
            length = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            return (data[-back:], data[:-back]) if length > back else (b"", data)
        if lead < 0x80:
            break
    return b"", data


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace").rstrip("\r\n").expandtabs(TAB)
