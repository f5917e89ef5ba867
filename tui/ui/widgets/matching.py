"""Finding a term in a text the way a reader means it: without regard to case, vowel signs and spellings of alef."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Letters that the press writes for one another; each group is one letter to the eye of somebody who searches.
_GROUPS = ("اأإآٱ", "يىئیے", "هةۀھہە", "وؤ", "كک", "0٠۰", "1١۱", "2٢۲", "3٣۳", "4٤۴", "5٥۵", "6٦۶", "7٧۷", "8٨۸", "9٩۹")
_CLASS = {c: f"[{group}]" for group in _GROUPS for c in group}
# Signs that may stand after any letter and say nothing to a search: harakat, niqqud, combining accents, tatweel,
# zero-width non-joiner and joiner; isolates of ours too, which may also open a word.
_ISOLATES = "\u2066-\u2069"
_SIGNS = f"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d{_ISOLATES}"
_IS_SIGN = re.compile(f"[{_SIGNS}]").match


def find(text: str, term: str) -> list[tuple[int, int]]:
    """The places (start, end) of ``term`` in ``text``, ascending, without overlap; none for a term of signs only."""
    pattern = _pattern(term.strip())
    return [m.span() for m in pattern.finditer(text)] if pattern else []


def find_all(text: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """The places of any of ``terms``, ascending; overlapping ones are joined."""
    spans = sorted(span for term in terms for span in find(text, term))
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


@lru_cache(256)
def _pattern(term: str) -> re.Pattern[str] | None:
    parts = []
    for char in term[:200]:
        if _IS_SIGN(char):
            continue
        if char.isspace():
            parts.append(rf"\s+[{_ISOLATES}]*")
            continue
        parts.append((_CLASS.get(char) or f"[{re.escape(_accented(char))}]") + f"[{_SIGNS}]*")
    return re.compile("".join(parts), re.IGNORECASE) if parts else None


def _accented(char: str) -> str:
    """A character with every precomposed Latin letter that has the same base."""
    base = _base(char)
    return base + "".join(_latin().get(base.lower(), ())) + char


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0] if "\u00c0" <= char <= "\u024f" else char


@cache
def _latin() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for point in range(0xC0, 0x250):
        base = _base(chr(point))
        if base != chr(point):
            out.setdefault(base.lower(), []).append(chr(point))
    return out
