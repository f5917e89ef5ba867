"""A headline taken apart: what it speaks of, its numbers and days, what it denies and asks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tui.news.folding import fold, words
from tui.news.stems import stem
from tui.news.wordlists import (
    COUNT_OF,
    DAY_OF,
    DENIALS,
    JOINING,
    LATE_DENIALS,
    MARKS,
    MONDAY_OR_TWO,
    RELATIVE,
    SERVICE,
    STOP,
    THOUSAND,
    UNITS,
    WITHOUT,
)

LONGEST = 60
"""Words of a title that are looked at: nobody writes headlines longer than that but to keep us busy."""


_DIGIT = re.compile("[0-9]").search
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[.,\u066c ][0-9]{3})++(?![0-9])")
_ONE_THOUSAND = re.compile(rf"(?<![0-9.,])([0-9]+) (?:{'|'.join(sorted(THOUSAND))})\b")
_NOT_A_DIGIT = re.compile("[^0-9]")
_NOT = re.compile(
    r"\b[a-z]+n['’]t\b|\b(?:refuse[sd]?|decline[sd]?|fail(?:s|ed)?) to\b|\bnon?\b(?!-| (?:to|a|aux?)\b|\.? ?[0-9])"
    r"|(?<!['’])\bn['’](?!importe)|\brefus(?:e|ent|ait) d(?:e\b|['’])|\bpas d(?:e\b|['’])"
)
"""What denies in French and English by more than a word of its own: "won't", "refuses to", "n'a pas", "pas de"."""
_ASKS = re.compile(
    fold(r"\bهل\b|\bהאם\b|\bآیا\b|^کیا\b|-t-(?:il|elle|on|ils|elles)\b|\best-ce que?\b")
    + r"|(?:^|[:|] )(?:will|would|can|could|should|is|are|was|were|do|does|did|has|have)\b"
).search
"""How a question begins that may be answered by yes or no."""
_LOOSE = re.compile(fold(r"\bن?می (?=\w)|\b(?:یک|دو|سه|چهار|پنج) (?=شنبه\b)| (?=(?:ها|های|هایی)\b)"))
"""What Persian writes with a blank or without: "می شود", "سه شنبه", "کتاب ها"."""
_PERSIAN_NOT = fold("نمی")
LACKING = "without "
_CLITICS = "وبلבלוה"
_STEM, _NUMBER, _DAY, _TODAY, _NOISE, _MARK, _UNSURE, _DENIES_NEXT, _DENIES_LAST, _DENIES_BOTH = range(10)
_KNOWN: dict[str, tuple[int, str]] = {
    **{word: (_UNSURE, word) for word in {*UNITS, *COUNT_OF}},
    **dict.fromkeys(STOP, (_NOISE, "")),
    **dict.fromkeys(MARKS, (_MARK, "")),
    **dict.fromkeys(DENIALS, (_DENIES_NEXT, "")),
    **dict.fromkeys(LATE_DENIALS, (_DENIES_LAST, "")),
    **dict.fromkeys(WITHOUT, (_DENIES_NEXT, LACKING)),
    **dict.fromkeys(WITHOUT & LATE_DENIALS, (_DENIES_BOTH, LACKING)),
    **{word: (_DAY, day) for word, day in DAY_OF.items()},
    **dict.fromkeys(RELATIVE, (_TODAY, "")),
    MONDAY_OR_TWO: (_UNSURE, ""),
}
"""The role of each word that has one, and its value."""


class Headline(NamedTuple):
    """A title taken apart."""

    stems: tuple[str, ...]
    """Content words in their order, without clitics and endings."""
    words: frozenset[str]
    """The different stems."""
    relative: bool
    """It speaks of today, tomorrow or yesterday, or of what is printed every day."""
    asks: bool
    """It is a question to be answered by yes or no."""
    numbers: frozenset[str]
    """Digits, of numbers in words too."""
    days: frozenset[str]
    """Weekdays and months it names."""
    denied: frozenset[str]
    """The stems that a negation stands beside, behind ``LACKING`` when it is "without", and "" for there being one."""
    marked: frozenset[str]
    """A stem and the small word behind it, of those that tell who did it from whom it was done to."""


def headline(title: str) -> Headline:
    """Take a title apart."""
    return taken_apart(fold(title))


def taken_apart(folded: str) -> Headline:
    """``headline`` of a title that is folded already."""
    stems: list[str] = []
    numbers: list[str] = []
    days: list[str] = []
    denied: list[str] = []
    marked: list[str] = []
    relative = False
    denying: str | None = None
    tokens = words(_plain(folded))[:LONGEST]
    for place, word in enumerate(tokens):
        role, value = _role(word)
        if role == _UNSURE:
            role, value = _as_it_stands(tokens, place, value)
        if role == _STEM:
            stems.append(value)
            if denying is not None:
                denied.append(denying + value)
                denying = None
        elif role == _MARK:
            marked += [f"{stem} {word}" for stem in stems[-1:]]
        elif role == _NUMBER:
            numbers.append(value)
            denying = None
        elif role == _DAY:
            days.append(value)
        elif role == _TODAY:
            relative = True
        elif role != _NOISE:
            denied += ["", *(value + stem for stem in stems[-1:] if role != _DENIES_NEXT)]
            denying = value if role != _DENIES_LAST else None
    content = frozenset(stems)
    relative = relative or not content.isdisjoint(SERVICE)
    asks = ("?" in folded or "؟" in folded) and _ASKS(folded) is not None
    sets = map(frozenset, (numbers, days, denied, marked))
    return Headline(tuple(stems), content, relative, asks, *sets)


def _plain(folded: str) -> str:
    """A folded title with thousands, negations and what Persian writes apart or together in one writing.

    Most titles have nothing of it, and looking for letters costs a tenth of looking for the patterns.
    """
    if _DIGIT(folded):
        folded = _THOUSANDS.sub(lambda found: _NOT_A_DIGIT.sub("", found[0]), folded)
        folded = _ONE_THOUSAND.sub(r"\g<1>000", folded)
    latin = "n'" in folded or "n’" in folded or "no" in folded or "pas d" in folded
    if latin or "refus" in folded or "declin" in folded or "fail" in folded:
        folded = _NOT.sub(" not ", folded)
    if "مي " in folded or " ها" in folded or " شنبه" in folded:
        folded = _LOOSE.sub(lambda found: found[0].rstrip(), folded)
    return folded


@lru_cache(maxsize=16_384)
def _role(word: str) -> tuple[int, str]:
    """What a folded word is in a headline, and its value there. Words come again and again, so the answers are kept."""
    if (known := _KNOWN.get(word)) is not None:
        return known
    if _DIGIT(word):
        return _NUMBER, _NOT_A_DIGIT.sub("", word)
    if len(word) < 2:
        return _NOISE, ""
    if word[0] in _CLITICS and len(word) > 3:
        if (day := DAY_OF.get(word[1:])) is not None:
            return _DAY, day
        if _count(word) is not None:
            return _UNSURE, stem(word)
    if word.startswith(_PERSIAN_NOT) and len(word) > 5:
        return _DENIES_LAST, ""
    return _STEM, stem(word)


def _count(word: str) -> int | None:
    """The number that a word is, with or without a clitic."""
    found = COUNT_OF.get(word)
    if found is None and len(word) > 3 and word[0] in _CLITICS and word[0] != "ب":  # "بسته" is Persian for closed
        found = COUNT_OF.get(word[1:])
    return found


def _as_it_stands(tokens: Sequence[str], place: int, value: str) -> tuple[int, str]:
    """The role of a word that its neighbours decide: a word for a number, or for time that is counted or not."""
    word, before = tokens[place], tokens[place - 1] if place else ""
    if word == MONDAY_OR_TWO:
        return (_DAY, DAY_OF[word]) if before.endswith("יום") else (_NUMBER, "2")
    if word in UNITS:
        counted = _DIGIT(before) or _count(before) is not None
        return (_NOISE if counted or word in STOP else _STEM), value
    if before in JOINING and place > 1:
        before = tokens[place - 2]
    if _count(before) is not None:
        return _NOISE, ""  # read with what is before it
    number = _read(tokens[place:])
    return (_NUMBER, str(number)) if number else (_STEM, value)


def _read(tokens: Sequence[str]) -> int:
    """The number in words that tokens begin with; 0 for a lone hundred or thousand, which may be any of several."""
    total = part = read = 0
    for word in tokens:
        if word in JOINING:
            continue
        number = _count(word)
        if number is None:
            break
        read += 1
        if number >= 1000:
            total, part = total + (part or 1) * number, 0
        elif number == 100 or (number == 20 and part == 4):  # "quatre-vingts"
            part = (part or 1) * number
        else:
            part += number
    number = total + part
    return 0 if read == 1 and number >= 100 else number
