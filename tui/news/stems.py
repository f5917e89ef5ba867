"""Words without what grammar and spelling add to them. Pure.

All words here are folded (``tui.news.folding``).
"""

from __future__ import annotations

import re

_ARABIC = re.compile("(?:(?:وبال|وال|بال|فال|كال|ولل|لل|ال|و|ب|ل)(?=.{3}))+").match
"""All that may come off: so a word whose first letter looks like a clitic is the same with "ال" and without."""
_HEBREW = re.compile("^[והבלמשכ]+(?=[א-ת]{4})")
_SUFFIXES = ("تها", "يات", "هاي", "ته", "ها", "يا", "وں", "يں", "ات", "ين", "ون", "يه", "ه", "ي", "ا")
_SOUNDS = str.maketrans("گجكڤپ", "غغغفب")
_VOWELS = dict.fromkeys(map(ord, "اويויהaeiouy"))
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "e")
_TWICE = re.compile(r"(.)\1")


def stem(word: str) -> str:
    """A folded word without Arabic clitics and endings, Hebrew clitics, or a Latin plural's s; three letters stay."""
    if "א" <= word[:1] <= "ת":
        return _HEBREW.sub("", word)
    if word.isascii():
        return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    if (clitics := _ARABIC(word)) is not None:
        word = word[clitics.end() :]
    if not word.endswith(_SUFFIXES):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def akin(word: str, other: str) -> bool:
    """Whether two stems say the same: one word in two forms, an Arabic verb and its noun, a name in two spellings."""
    if word.isascii() and other.isascii():
        return _inflected(word, other)
    if word[:1] <= "ת":
        if word[:-1] == other[:-1] and {word[-1], other[-1]} == {"ה", "ת"}:
            return True  # the construct state of a feminine noun
        root = _bare(word.removeprefix("ה"))
        return len(root) >= 2 and root == _bare(other.removeprefix("ה"))
    return _spelt_otherwise(word, other) or _of_one_root(word, other) or _of_one_root(other, word)


def _inflected(word: str, other: str) -> bool:
    """Whether Latin words differ in their ending ("approves", "approved") or their vowels ("find", "found") only."""
    if min(len(word), len(other)) < 4 or word[0] != other[0]:
        return False
    if {word.removesuffix(ending) for ending in _ENDINGS} & {other.removesuffix(ending) for ending in _ENDINGS}:
        return True
    word, other = _TWICE.sub(r"\1", word), _TWICE.sub(r"\1", other)
    return abs(len(word) - len(other)) <= 1 and _bare(word) == _bare(other)


def _of_one_root(verb: str, other: str) -> bool:
    """Whether one may be the Arabic verb (imperfect) of the other, its verbal noun or participle."""
    if verb[:1] not in ("ي", "ت") or len(verb) < 4:
        return False
    roots = {_root(verb[1:]), _root(verb[1:].removeprefix("ت"))}
    others = {_root(other.removeprefix(prefix)) for prefix in ("", "ت", "ا", "م")}
    return any(len(root) >= 2 for root in roots & others)


def _root(word: str) -> str:
    """The consonants of an Arabic word; of those that change their letter (hamza, waw, ya), the first is an alef."""
    bare = _bare(word)
    return "ا" + bare[1:] if bare[:1] in ("و", "ي") else bare


def _spelt_otherwise(word: str, other: str) -> bool:
    """Whether two stems may be one foreign name: another letter for g, a long vowel more, another breath before it."""
    if min(len(word), len(other)) < 5 or abs(len(word) - len(other)) > 1:
        return False
    word, other = word.translate(_SOUNDS), other.translate(_SOUNDS)
    if len(word) == len(other):
        return word == other or (word[1:] == other[1:] and {word[0], other[0]} == {"ا", "ه"})
    return _bare(word) == _bare(other)


def _bare(word: str) -> str:
    """A word without its vowels, but for one it begins with."""
    return word[:1] + word[1:].translate(_VOWELS)
