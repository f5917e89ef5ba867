"""A finished visual row as each class of terminal has to be sent it.

A row is a list of cells from left to right, as it is to be seen. A terminal without bidi gets it as it is (VISUAL).
One with a bidi algorithm of its own would reorder it, so what it will turn round is turned round before it (RUNS for
VTE and Konsole, WORDS and LETTERS for kitty). The number of cells never changes.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from tui.bidi._classes import MIRROR, bidi_class
from tui.bidi._table import Table

LRM = "\u200e"


class RowOrder(StrEnum):
    """What a terminal has to be sent."""

    VISUAL = "visual"
    """As it is: no bidi in the terminal, or switched off."""
    RUNS = "runs"
    """The terminal runs UAX #9 on each row from left to right."""
    WORDS = "words"
    """The terminal turns every blank-free token with a right-to-left letter round (kitty, a font with Arabic)."""
    LETTERS = "letters"
    """The terminal turns every row of right-to-left letters round (kitty, letters from a fallback font)."""


class Cell(NamedTuple):
    """One cell: a cluster, or "" for the second cell of a wide one; the style is opaque."""

    text: str
    style: object = None


_RUN = re.compile("R(?:[R ]*R)?|2+").finditer
_TOKEN = re.compile("[^ ]+").finditer
_HAS_LETTER = re.compile("[RD]").search
_LETTERS = re.compile("[RDP]+").finditer


def _kind(cp: int) -> str:
    """R right-to-left letter, 2 Arabic number, D extended digit, P Arabic comma, blank, c second half, x the rest."""
    char = chr(cp)
    if not cp:
        return "c"
    if char.isspace():
        return " "
    if "\u06f0" <= char <= "\u06f9":
        return "D"
    if char == "\u060c":
        return "P"
    return {"R": "R", "AL": "R", "AN": "2"}.get(bidi_class(cp), "x")


_KINDS = Table(_kind)


def _runs(cells: list[Cell], kinds: str) -> list[Cell]:
    """Stretches of letters in logical order between LRMs.

    The terminal reads a row with a base of left to right: between two LRMs it turns a stretch of letters round and
    moves nothing else. Arabic numbers get a mark too, or it would exchange two of them around a neutral (N1).
    """
    for found in _RUN(kinds):
        start, end = found.span()
        if kinds[start] == "R":
            cells[start:end] = cells[start:end][::-1]
            cells[start] = Cell(LRM + cells[start].text, cells[start].style)
        cells[end - 1] = Cell(cells[end - 1].text + LRM, cells[end - 1].style)
    return cells


def _turned(cells: list[Cell], start: int, end: int) -> list[Cell]:
    """The texts from right to left, each style where it is: kitty draws the letters round, and leaves the styles."""
    texts: list[str] = []
    halves = 0  # second halves seen before their wide cell
    for cell in reversed(cells[start:end]):
        if cell.text:
            texts += [cell.text, *[""] * halves]
            halves = 0
        else:
            halves += 1
    texts += [""] * halves
    return [Cell(text, cell.style) for text, cell in zip(texts, cells[start:end], strict=True)]


def _tokens(cells: list[Cell], kinds: str) -> list[Cell]:
    for found in _TOKEN(kinds):
        if not _HAS_LETTER(found[0]):
            continue
        start, end = found.span()
        cells[start:end] = [Cell(text.translate(MIRROR), style) for text, style in _turned(cells, start, end)]
    return cells


def _letters(cells: list[Cell], kinds: str) -> list[Cell]:
    for found in _LETTERS(kinds):
        start, end = found.span()
        cells[start:end] = _turned(cells, start, end)
    return cells


_ORDERS = {RowOrder.RUNS: _runs, RowOrder.WORDS: _tokens, RowOrder.LETTERS: _letters}


def reorder_row(cells: Sequence[Cell], order: RowOrder) -> list[Cell]:
    """The row for the terminal: as many cells, each letter with its style.

    RUNS moves a style with its letter, and adds LRMs (no cell of their own) to the texts; WORDS and LETTERS move the
    texts alone, because such a terminal keeps each style on its cell; in WORDS mirrored brackets are mirrored back,
    because the terminal mirrors them. The cost is linear in the number of cells.
    """
    row = list(cells)
    if order is RowOrder.VISUAL:
        return row
    kinds = "".join([cell.text[:1] or "\0" for cell in row]).translate(_KINDS)
    if not ("R" in kinds or "2" in kinds or "D" in kinds):
        return row
    return _ORDERS[order](row, kinds)
