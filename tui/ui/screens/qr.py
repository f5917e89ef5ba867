"""An address to carry to another device: as a QR code, and as one line a terminal can select and open."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.locale import Locale
from tui.ui.bidi_filter import Visual
from tui.ui.screens.dialog import Dialog

QUIET = 2
"""Light modules around the code; ISO/IEC 18004 asks for four, readers are content with two on a dark screen."""
_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""By (upper module dark, lower module dark): the light modules are what is drawn."""


def qr_rows(text: str) -> list[str]:
    """A QR code as rows of half blocks, two modules a cell, to be drawn light on dark."""
    import segno

    matrix = [
        [bool(cell) for cell in line] for line in segno.make(text, error="l", micro=False).matrix_iter(border=QUIET)
    ]
    if len(matrix) % 2:
        matrix.append([False] * len(matrix[0]))
    return [
        "".join(_HALVES[upper, lower] for upper, lower in zip(matrix[y], matrix[y + 1], strict=True))
        for y in range(0, len(matrix), 2)
    ]


class QrCode(Visual, Widget):
    """The code in the middle, the address under it from the left edge, broken only by the terminal's width."""

    ALLOW_SELECT = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"qr--code", "qr--address"}

    def __init__(self, url: str, *, locale: Locale) -> None:
        super().__init__()
        self._url = url
        self._locale = locale
        self._code = qr_rows(url)

    def on_mount(self) -> None:
        """A picture of blocks says nothing to who hears it: the address alone."""
        if self.app.has_class("-plain"):
            self._code = []

    def render_line(self, y: int) -> Strip:
        """A row of the code, or of the address."""
        width = self.size.width
        lines = self._lines(width)
        code = self._code if self._fits() else []
        if y < len(code):
            left = (width - len(code[y])) // 2
            strip = Strip([Segment(" " * left, self.rich_style), *self._modules(code[y])])
        elif 0 <= (at := y - len(code) - (1 if code else 0)) < lines:
            strip = Strip([Segment(self._url[at * width : (at + 1) * width], self._ink("qr--address"))])
        elif at - lines - 1 in range(len(said := self._said())):
            from tui.ui.bars import Part, row

            part = Part(f" {said[at - lines - 1]}", self._ink("qr--address"))
            return row(width, [part], rtl=self._locale.rtl, fill=self.rich_style)
        else:
            strip = Strip([])
        return strip.adjust_cell_length(width, self.rich_style)

    def _lines(self, width: int) -> int:
        return -(-len(self._url) // max(1, width))

    def _fits(self) -> bool:
        width, height = self.size
        return bool(self._code) and len(self._code) + self._lines(width) + 1 <= height and len(self._code[0]) <= width

    def _said(self) -> list[str]:
        """The keys; and how large a window must be for a code that does not fit."""
        said = [self._locale.text("qr.hint")]
        if self._code and not self._fits():
            columns = len(self._code[0])
            rows = len(self._code) + self._lines(columns) + 1
            small = self._locale.text("qr.small", columns=columns, rows=rows)
            said += wrap(small, max(1, self.size.width - 2))
        return said

    def _modules(self, row: str) -> list[Segment]:
        """Cells that are light all over are drawn by their ground: glyphs leave gaps between rows in many fonts."""
        ink = self._ink("qr--code")
        if ink.color is None or ink.bgcolor is None or self.app.has_class("-mono"):
            return [Segment(row, ink)]
        light = Style(color=ink.bgcolor, bgcolor=ink.color)
        return [
            Segment(" " * len(cells) if full else cells, light if full else ink)
            for full, cells in ((full, "".join(run)) for full, run in groupby(row, lambda cell: cell == "█"))
        ]

    def _ink(self, name: str) -> Style:
        return self.get_component_rich_style(name)


class QrScreen(Dialog[None]):
    """Full screen, without a border: nothing stands in the way of selecting the address."""

    def __init__(self, url: str, *, locale: Locale) -> None:
        super().__init__("", locale=locale)
        self.add_class("-bare")
        self._url = url

    def body(self) -> list[Widget]:
        """The code."""
        return [QrCode(self._url, locale=self.locale)]

    def pressed(self, event: events.Key) -> None:
        """Any key closes; y copies first."""
        if event.key == "y":
            self.app.copy_to_clipboard(self._url)
        self.dismiss(None)
