"""Finished lines of text as terminal cells.  Pure.

A row is two lists of equal length: what stands in each cell (a whole cluster; "" in the right half of a wide one) and
its pen.  Clusters and widths are counted as the toolkit counted them when it laid the line out (rich.cells), because
the columns of everything after them follow from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import split_graphemes
from rich.segment import Segment

from tui.terminal.graphics import MARKS, PLACEHOLDER
from tui.terminal.pens import Pens

# one code point, one cell, in every terminal measured: letters, presentation forms, punctuation, boxes
_SIMPLE = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u05be\u05d0-\u05ea\u05f3\u05f4\u060c\u061b\u061e-\u064a\u0660-\u066f\u0671-\u06d5\u06ee-\u06ff\u0750-\u077f"
    "\u2010-\u2019\u201c-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2211\u2500-\u25fc\u2800-\u28ff"
    "\ufb1d\ufb1f-\ufb36\ufb50-\ufbb1\ufbd3-\ufc5d\ufe70-\ufe74\ufe76-\ufefc"
)
# one code point, two cells, in every terminal: Chinese, Japanese, Korean
_WIDE = "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
# no cell of their own: marks, and the direction mark and non-joiner that rows for reordering terminals are given
_ZERO = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u200c\u200e"
)
SIMPLE = re.compile(f"[{_SIMPLE}]*")
_SURE = re.compile(f"\u200e?(?:[{_SIMPLE}{_WIDE}][{_ZERO}]*|{PLACEHOLDER}[{MARKS}]*)*")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def append_cells(segments: Iterable[Segment], pens: Pens, texts: list[str], row_pens: list[int]) -> None:
    """Add the cells of `segments` to a row; controls are not text and are left out."""
    fullmatch = SIMPLE.fullmatch
    for text, style, control in segments:
        if control or not text:
            continue
        pen = pens.of(style)
        start = len(texts)
        if fullmatch(text):
            texts.extend(text)
            row_pens.extend([pen] * len(text))
        else:
            _append_clusters(text, pen, pens, texts, row_pens)
        blank = pens.blank(pen)
        if blank != pen and " " in text:
            for at in range(start, len(texts)):
                if texts[at] == " ":
                    row_pens[at] = blank


def _append_clusters(text: str, pen: int, pens: Pens, texts: list[str], row_pens: list[int]) -> None:
    for start, end, width in split_graphemes(text)[0]:
        cluster = text[start:end]
        if width == 0:
            _join_to_last(cluster, texts)
            continue
        texts.append(cluster)
        texts.extend([""] * (width - 1))
        row_pens.extend([pens.of_picture(pen) if cluster[0] == PLACEHOLDER else pen] * width)


def _join_to_last(cluster: str, texts: list[str]) -> None:
    """A cluster that takes no cell stands with the one before it, if there is one."""
    for at in range(len(texts) - 1, -1, -1):
        if texts[at]:
            texts[at] += cluster
            return


def has_rtl(texts: Iterable[str | None]) -> bool:
    """Is there a cell with a right-to-left letter?"""
    return _RTL.search("".join(filter(None, texts))) is not None


def is_sure(text: str) -> bool:
    """Do all terminals agree on how many cells this takes?  Not so for emoji, their sequences, and rare scripts."""
    return _SURE.fullmatch(text) is not None
