"""A finished visual row as each class of terminal has to be sent it.

A row is a list of cells from left to right, as it is to be seen. A terminal without bidi gets it as it is (VISUAL).
One with a bidi algorithm of its own would reorder it, so what it will turn round is turned round before it (RUNS for
VTE and Konsole, WORDS and LETTERS for kitty). The number of cells never changes.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from tui.bidi._classes import MIRROR, bidi_class
from tui.bidi._joining_data import DUAL, RIGHT
from tui.bidi._table import Table

LRM, ZWNJ = "\u200e", "\u200c"
_OF_A_PICTURE = "\U0010eeee"  # a cell that kitty draws a part of a picture in


class RowOrder(StrEnum):
    """What a terminal has to be sent."""

    VISUAL = "visual"
    """As it is: no bidi in the terminal, or switched off."""
    RUNS = "runs"
    """The terminal runs UAX #9 on each row from left to right."""
    WORDS = "words"
    """The terminal turns every blank-free run of one font that begins with Arabic round (kitty, a font that has it)."""
    LETTERS = "letters"
    """The terminal turns every row of right-to-left letters round (kitty, letters from a fallback font)."""


class Cell(NamedTuple):
    """One cell: a cluster, or "" for the second cell of a wide one; the style is opaque."""

    text: str
    style: object = None


_RUN = re.compile("[AH](?:[AH ]*[AH])?|[2S]+").finditer
_OF_ONE_FONT = re.compile("H+|[^H #wc]+").finditer
_STRONG = re.compile("[ADSTl]").findall
_LATIN_LAST = re.compile("l[^ADST]*$").search
_LETTERS = re.compile("H+|[ADP]+").finditer
_CONCERNED = re.compile("[AH2DST]").search
_WIDE = re.compile(".c").sub
_SPECIAL = {"\u060c": "P", "\u066a": "T", "\u066b": "S", "\u066c": "S"}
_BY_CLASS = {"AL": "A", "R": "H", "AN": "2"}
_IN_THE_FONT = re.compile(
    "[\u061b\u061f\u0621-\u063a\u0640-\u064a\u066d\u0674\u0679-\u067b\u067e-\u0680\u0683\u0684\u0686\u0687\u0691\u0698\u06a4"
    "\u06a9\u06af\u06be\u06cc\ufb52-\ufb81\ufb8a-\ufb95\ufb9e\ufb9f\ufbaa-\ufbad\ufbe8\ufbe9\ufbfc-\ufbff\ufe70-\ufefc]"
).match
"""What of Arabic DejaVu Sans Mono has. Letters of Urdu, Kurdish, Pashto and Sindhi kitty takes from another font."""


def _kind(cp: int) -> str:
    """What a cell that begins with a code point is to a terminal that reorders.

    A Arabic letter, H right-to-left letter of another font, 2 Arabic number, D extended digit, S Arabic separator,
    T Arabic percent sign, P Arabic comma, l letter that runs to the right, blank, # box, block or picture, c second
    half of a wide cell, x the rest.
    (The first half of a wide cell becomes w: wide cells stay in their place whatever moves around them.)
    """
    char = chr(cp)
    if not cp:
        return "c"
    if char.isspace():
        return " "
    if "\u06f0" <= char <= "\u06f9":
        return "D"
    if "\u2500" <= char <= "\u259f" or char == _OF_A_PICTURE:
        return "#"
    letter = "l" if char.isalpha() else "x"
    kind = _SPECIAL.get(char) or _BY_CLASS.get(bidi_class(cp), letter)
    return "H" if kind == "A" and not _IN_THE_FONT(char) else kind


_KINDS = Table(_kind)


def _kinds(cells: list[Cell]) -> str:
    """A letter a cell, see `_kind`."""
    return "".join([cell.text[:1] or "\0" for cell in cells]).translate(_KINDS)


Face = Callable[[object], object]
"""Of a style: which of a terminal's faces (weight and slant) it is written in."""


def _of_one_face(cells: list[Cell], start: int, end: int, face: Face) -> Iterator[tuple[int, int]]:
    """The stretches of one face of a stretch of cells: bold letters come from another font than the others."""
    at = start
    for here in range(start + 1, end + 1):
        if here == end or face(cells[here].style) != face(cells[at].style):
            yield at, here
            at = here


def _runs(cells: list[Cell], kinds: str, _face: Face) -> None:
    """Stretches of letters in logical order between LRMs.

    The terminal reads a row with a base of left to right: between two LRMs it turns a stretch of letters round and
    moves nothing else. Arabic numbers get a mark too, or it would exchange two of them around a neutral (N1).
    """
    for found in _RUN(kinds):
        start, end = found.span()
        if kinds[start] in "AH":
            cells[start:end] = cells[start:end][::-1]
            _keep_apart(cells, start, end)
            cells[start] = Cell(LRM + cells[start].text, cells[start].style)
        cells[end - 1] = Cell(cells[end - 1].text + LRM, cells[end - 1].style)


def _edges(cp: int) -> tuple[bool, bool]:
    """(does a letter in this form stand unjoined though it could join to the next one?, and to the one before it?)"""
    tag, *source = unicodedata.decomposition(chr(cp)).split() or [""]
    if tag not in {"<isolated>", "<final>", "<initial>"}:
        return False, False
    first, last = (chr(int(code, 16)) for code in (source[0], source[-1]))
    return tag != "<initial>" and last in DUAL, tag != "<final>" and (first in DUAL or first in RIGHT)


_EDGES = Table(_edges)


def _keep_apart(cells: list[Cell], start: int, end: int) -> None:
    """A non-joiner between neighbours whose forms do not join: Konsole shapes once more, and would join them.

    So it is between the words of a Persian compound, where the text had a non-joiner that shaping has obeyed and
    dropped. It takes no cell in the terminals that reorder rows.
    """
    before = False
    for at in range(start, end):
        after, joins = _EDGES[ord(cells[at].text[0])]
        if before and joins:
            cells[at - 1] = Cell(cells[at - 1].text + ZWNJ, cells[at - 1].style)
        before = after


def _turn(cells: list[Cell], start: int, end: int, mirror: Mapping[int, str] | None = None) -> None:
    """The texts from right to left, each style where it is: kitty draws the letters round, and leaves the styles."""
    texts = [cell.text for cell in reversed(cells[start:end])]
    if mirror is not None:
        texts = [text.translate(mirror) for text in texts]
    for at, text in enumerate(texts, start):
        cells[at] = Cell(text, cells[at].style)


def _words(cells: list[Cell], kinds: str, face: Face) -> None:
    """kitty draws each blank-free run of one font from right to left when its first letter is Arabic.

    Boxes and blocks it draws itself and wide characters come from another font, so they end a run even where they
    touch a word. So do the letters that the font has not got (all of Hebrew, some of Urdu and Kurdish): they are runs
    of their own. Of Arabic text too are the extended digits, the percent sign and the separators.
    """
    for found in _OF_ONE_FONT(kinds):
        for start, end in _of_one_face(cells, *found.span(), face):
            _word(cells, start, kinds[start:end])


def _word(cells: list[Cell], start: int, kinds: str) -> None:
    """One run, so that the terminal shows it as it is: turned, if it is turned back then.

    That is when Arabic is its last letter and so becomes its first. Where it begins with Arabic and ends with Latin it
    can be sent in no way that shows it; with the Latin in front, not turned, both can be read.
    """
    strong, end = _STRONG(kinds), start + len(kinds)
    if "H" in kinds or (strong and strong[-1] != "l"):
        _turn(cells, start, end, MIRROR)
    elif strong and strong[0] != "l" and (latin := _LATIN_LAST(kinds)):
        at = start + latin.start()
        cells[start:end] = [*cells[at:end], *cells[start:at]]


def _letters(cells: list[Cell], kinds: str, face: Face) -> None:
    """Every row of letters of one font is a run: of DejaVu Sans Mono for what it has, of another for the rest."""
    for found in _LETTERS(kinds):
        for start, end in _of_one_face(cells, *found.span(), face):
            _turn(cells, start, end)


_ORDERS: dict[RowOrder, Callable[[list[Cell], str, Face], None]] = {
    RowOrder.RUNS: _runs,
    RowOrder.WORDS: _words,
    RowOrder.LETTERS: _letters,
}


def reorder_row(cells: Sequence[Cell], order: RowOrder, face: Face = lambda style: None) -> list[Cell]:
    """The row for the terminal: as many cells, each letter with its style.

    RUNS moves a style with its letter, and adds LRMs and ZWNJs (no cell of their own) to the texts; WORDS and LETTERS
    turn the texts alone, because such a terminal keeps each style on its cell; in WORDS mirrored brackets are mirrored
    back, because the terminal mirrors them. ``face`` tells bold and slanted letters from others: in those two orders
    they are runs of their own. The cost is linear in the number of cells.
    """
    row = list(cells)
    if order is RowOrder.VISUAL:
        return row
    kinds = _kinds(row)
    if _CONCERNED(kinds):
        _ORDERS[order](row, _WIDE("wc", kinds), face)
    return row
