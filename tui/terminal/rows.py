"""Finished rows in the order that a class of terminal needs, by what terminals do beyond `tui.bidi.orders`.  Pure.

kitty draws each blank-free run of one font from right to left when it holds Arabic.  Boxes and blocks it draws itself,
so they end a run even where they touch a word.  Hebrew letters come from another font (the monospaced fonts with
Arabic have none), so in a Hebrew word only the letters are a run.  The Arabic percent sign and separators make a run of
digits Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.bidi.levels import MIRROR
from tui.bidi.orders import Cell, RowOrder, reorder_row

_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d5\u06fa-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_ARABIC_SIGN = re.compile("[\u066a-\u066c]")


def ordered(cells: list[Cell], order: RowOrder) -> list[Cell]:
    """The row, given as it is to be seen, as it has to be sent; as many cells."""
    return list(_words(cells)) if order is RowOrder.WORDS else reorder_row(cells, order)


def _words(cells: list[Cell]) -> Iterator[Cell]:
    word: list[Cell] = []
    for cell in cells:
        if cell.text == " " or "\u2500" <= cell.text[:1] <= "\u259f":
            yield from _word(word)
            yield cell
            word = []
        else:
            word.append(cell)
    yield from _word(word)


def _word(word: list[Cell]) -> list[Cell]:
    text = "".join(cell.text for cell in word)
    if text.isascii():
        return word
    if _LETTER.search(text):
        return reorder_row(word, RowOrder.WORDS)
    if _HEBREW.search(text):
        return reorder_row(word, RowOrder.LETTERS)
    if _ARABIC_SIGN.search(text):
        turned = (cell.text.translate(MIRROR) for cell in reversed(word))
        return [Cell(sent, cell.style) for sent, cell in zip(turned, word, strict=True)]
    return reorder_row(word, RowOrder.WORDS)
