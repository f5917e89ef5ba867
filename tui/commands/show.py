"""``khabar show``: text on standard input, laid out for this terminal as fribidi(1) does, but right."""

from __future__ import annotations

import argparse
import io
import sys

from tui.bidi.layout import lay_out
from tui.bidi.sanitize import sanitize
from tui.commands.context import prepare
from tui.commands.printer import terminal_width
from tui.terminal.lines import LineWriter

BASES = {"auto": None, "ltr": 0, "rtl": 1}


def run(arguments: argparse.Namespace) -> int:
    """Lay out standard input, a paragraph a line, until it ends."""
    context = prepare(arguments)
    width = arguments.width or terminal_width()
    mode = arguments.mode or context.settings.bidi
    base = BASES[arguments.base]
    with LineWriter.open(mode) as writer:
        for paragraph in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"):
            text = sanitize(paragraph)
            if mode == "logical":
                writer.write_logical(text)
                continue
            for line in lay_out(text, width, base=base, marks=arguments.marks) if text else ():
                visual = "".join(piece.text for piece in line.pieces())
                writer.write(" " * (width - line.cells) + visual if line.level else visual)
            if not text:
                writer.write("")
    return 0
