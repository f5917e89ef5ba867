"""Rows and text on standard output: laid out for the terminal, or tab-separated and in logical order in a pipe."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.bidi.breaks import cell_width
from tui.commands.context import Context

if TYPE_CHECKING:
    from tui.bidi.layout import Line

GAP = 2
"""Blank cells between columns."""


class Printer:
    """Collects the rows of a table and prints them when their widths are known."""

    def __init__(self, context: Context, arguments: argparse.Namespace) -> None:
        self._context = context
        self._rows: list[tuple[str, ...]] = []
        self._mode = getattr(arguments, "bidi", "") or context.settings.bidi
        self._terminal = sys.stdout.isatty() and not getattr(arguments, "json", False)

    def row(self, cells: Sequence[str]) -> None:
        """Add a row; the last column takes what width is left."""
        if self._terminal:
            self._rows.append(tuple(cells))
        else:
            print("\t".join(cells))

    def flush(self) -> None:
        """Print what was collected."""
        if not self._rows:
            return
        from tui.terminal.lines import LineWriter

        with LineWriter.open(self._mode) as writer:
            for line in self._lines():
                writer.write(line)

    def _lines(self) -> list[str]:
        total = shutil.get_terminal_size().columns
        columns = len(self._rows[0])
        widths = [max(cell_width(row[i]) for row in self._rows) for i in range(columns - 1)]
        widths = [min(w, max(8, total // 3)) for w in widths]
        rest = max(10, total - sum(widths) - GAP * len(widths))
        return [self._line(row, [*widths, rest]) for row in self._rows]

    def _line(self, row: Sequence[str], widths: Sequence[int]) -> str:
        """One row in visual order; in a right-to-left language the columns run from the right edge."""
        from tui.bidi.layout import line

        rtl = self._context.locale.rtl
        cells = []
        for text, width in zip(row, widths, strict=True):
            laid = line(text, width)
            visual, pad = "".join(piece.text for piece in laid.pieces()), " " * (width - laid.cells)
            cells.append(pad + visual if rtl else visual + pad)
        return (" " * GAP).join(reversed(cells) if rtl else cells).rstrip()


def aligned(laid: Line, width: int) -> str:
    """A line in visual order; one of a right-to-left paragraph ends at the right edge of ``width`` cells."""
    visual = "".join(piece.text for piece in laid.pieces())
    return " " * (width - laid.cells) + visual if laid.level else visual


def terminal_width(limit: int = 0) -> int:
    """COLUMNS, or those of the terminal (80 where there is none), at most ``limit`` when given."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return min(columns, limit) if limit else columns
