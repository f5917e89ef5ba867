"""Text as search and comparison see it: one spelling for what a reader takes for the same word.

Folded away are: compatibility forms (NFKD, so presentation forms become letters), accents of Latin, Greek and Cyrillic,
tashkeel and Qur'anic signs, tatweel, niqqud, joiners and bidirectional controls, hamza carriers (أ إ آ ٱ → ا, ئ → ي,
ؤ → و), alef maqsura (ى → ي), ta marbuta (ة → ه), Persian and Urdu letter variants (ک ی ہ ھ ە), digits of any
of our scripts, and case. Folding is idempotent and never makes a word of two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FOLDING_VERSION = 1
"""Raised whenever ``fold`` changes its answer: an index of folded text must then be rebuilt."""

_DROPPED_RANGES = (
    (0x0300, 0x036F),  # combining diacritical marks, after decomposition
    (0x0483, 0x0487),  # Cyrillic marks
    (0x0591, 0x05BD),  # Hebrew cantillation and points
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061C),  # Arabic honorific signs, the Arabic letter mark
    (0x0640, 0x0640),  # tatweel
    (0x064B, 0x065F),  # tashkeel, with the hamza and madda that decomposition sets free
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),  # Qur'anic annotation
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x08D3, 0x08FF),
    (0x00AD, 0x00AD),  # soft hyphen
    (0x200B, 0x200F),  # zero-width space, joiners, directional marks
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),
)
_REPLACED = {
    0x0671: "ا",
    0x0649: "ي",
    0x06CC: "ي",
    0x0629: "ه",
    0x06A9: "ك",
    0x06C1: "ه",
    0x06BE: "ه",
    0x06D5: "ه",
    0x06C3: "ه",
}


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: None for first, last in _DROPPED_RANGES for code in range(first, last + 1)}
    table.update(_REPLACED)
    for zero in (0x0660, 0x06F0, 0x07C0, 0x0966):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


_TABLE = _table()
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """``text`` in its folded spelling; punctuation and blanks stay where they are."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(_TABLE).casefold()


def words(folded: str) -> list[str]:
    """The words of a folded text: runs of letters and digits, as the search index cuts them."""
    return _WORD.findall(folded)


@lru_cache(maxsize=512)
def fold_name(text: str) -> str:
    """A short name (of a paper, a source) folded to its words, for comparing two spellings of it."""
    return " ".join(words(fold(text)))
