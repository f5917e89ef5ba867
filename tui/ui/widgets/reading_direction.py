"""Which way a paragraph of news runs: what its source says, unless the text itself says otherwise."""

from __future__ import annotations

import re

from tui.bidi.layout import truncate
from tui.bidi.levels import base_direction, isolate, needs_bidi
from tui.news.model import Direction

RTL_LANGUAGES = frozenset(
    {"ar", "he", "fa", "ur", "ps", "sd", "ug", "ckb", "ku", "yi", "dv", "arc", "syr", "arz", "ary"}
)

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = 4
"""Words that are no names: so many make a sentence."""


def level_of(direction: Direction, language: str, text: str, *, default: int = 0) -> int:
    """The paragraph level (0 left to right, 1 right to left) of a text.

    The declared direction comes first, then the language's, then the majority of the text's letters (first-strong
    would turn «Reuters: خبر» round). A declaration no letter of the text agrees with is the paper's, not this
    text's: an English headline of an Arabic paper runs left to right, and so does a sentence that only quotes a word
    or two. ``default`` is for text without letters.
    ``Direction.FIRST`` asks for the first strong letter instead of all that.
    """
    if direction is Direction.FIRST:
        first = base_direction(text)
        return default if first is None else first
    if direction is not Direction.AUTO:
        declared: int | None = int(direction is Direction.RTL)
    else:
        tag = language.partition("-")[0].lower()
        declared = int(tag in RTL_LANGUAGES) if tag else None
    majority = base_direction(text, majority=True)
    if declared is None:
        return default if majority is None else majority
    if majority is None or majority == declared or _is_sentence(text, majority):
        return declared if majority is None else majority
    if declared:
        return 1 if needs_bidi(text) else 0
    return 0 if any("A" <= c <= "Z" or "a" <= c <= "z" or "\u00c0" <= c <= "\u058f" for c in text) else 1


def level_of_name(name: str, *, rtl: bool) -> int:
    """The level of a name or a title in a list of the interface (``rtl``: one from right to left).

    Whoever reads from right to left reads "ynet: מבזקים" that way too; a text of Latin letters alone is not turned.
    """
    return level_of(Direction.RTL if rtl else Direction.AUTO, "", name, default=int(rtl))


def cut_its_own_way(text: str, cells: int, level: int) -> str:
    """The text kept together at its level, cut where it takes more than ``cells`` with the ellipsis at its own end."""
    cut = truncate(text, max(1, cells))
    return isolate(cut + "\u2069" * _left_open(cut), level)


def _left_open(text: str) -> int:
    return sum(map(text.count, "\u2066\u2067\u2068")) - text.count("\u2069")


def _is_sentence(text: str, level: int) -> bool:
    """Whether a text begins and speaks in words of a direction, names apart, and has few of the other.

    Names make no sentence: a headline of brands with one word about them is of the language of that word.
    """
    if base_direction(text) != level:
        return False
    words = _WORD.findall(text)
    others = sum(base_direction(word) != level for word in words)
    return len([word for word in words if not word[0].isupper()]) - others >= _SENTENCE and 4 * others <= len(words)
