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

_DROPPED_RANGES = (
    (0x0300, 0x036F),  # combining diacritical marks, after decomposition
    (0x0483, 0x0487),  # Cyrillic marks
    (0x0591, 0x05BD),  # Hebrew cantillation and points
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Arabic honorific signs
    (0x061C, 0x061C),  # the Arabic letter mark
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
_REPLACED = (
    ("\u0671", "ا"),  # alef wasla
    ("\u0649", "ي"),
    ("\u06cc", "ي"),
    ("\u0629", "ه"),
    ("\u06a9", "ك"),
    ("\u06c1", "ه"),
    ("\u06be", "ه"),
    ("\u06c3", "ه"),
    ("\u06d5", "ه"),
)
_ZEROS = (0x0660, 0x06F0, 0x07C0, 0x0966)
_DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
# Regular expressions and str.replace scan a text in C; one translate table for all of it takes three times as long.
_KEPT = re.compile("[^" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _DROPPED_RANGES) + "]+").findall
_A_DIGIT = re.compile("[" + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS) + "]")
_COMMON = re.compile(
    "[\t\n -~\xab\xbb\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc"
    "\u2013\u2014\u2018-\u201d]*+"
).fullmatch
"""What most of the press is written in. Of that, only these change, so a few replacements do all of it:"""
_COMMON_REPLACED = (
    *(("\u0623", "ا"), ("\u0625", "ا"), ("\u0622", "ا"), ("\u0624", "و"), ("\u0626", "ي")),
    *(pair for pair in _REPLACED if _COMMON(pair[0])),
    *((chr(mark), "") for mark in (0x0640, *range(0x064B, 0x0653))),
)
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """``text`` in its folded spelling; punctuation and blanks stay where they are."""
    if text.isascii():
        return text.lower()
    if _COMMON(text):
        for letter, other in _COMMON_REPLACED:
            text = text.replace(letter, other)
        return text.lower()
    return _fold_any(text)


def _fold_any(text: str) -> str:
    text = "".join(_KEPT(unicodedata.normalize("NFKD", text)))
    for letter, other in _REPLACED:
        text = text.replace(letter, other)
    if _A_DIGIT.search(text):
        text = text.translate(_DIGITS)
    return text.casefold()


def words(folded: str) -> list[str]:
    """The words of a folded text: runs of letters and digits, as the search index cuts them."""
    return _WORD.findall(folded)


@lru_cache(maxsize=512)
def fold_name(text: str) -> str:
    """A short name (of a paper, a source) folded to its words, for comparing two spellings of it."""
    return " ".join(words(fold(text)))
