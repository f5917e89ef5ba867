"""Keyboard layouts of our readers: the Latin key under a letter.

A reader who writes Arabic leaves the keyboard in Arabic; pressing the key marked J then sends ت. Every letter that a
layout puts on a key counts as that key's Latin letter, so the keys work without switching. Characters that the Latin
layout has too (``.`` and ``/``) keep their own meaning.
"""

from __future__ import annotations

_LATIN = "qwertyuiopasdfghjklzxcvbnm"

# One letter for each key of _LATIN, in the order of the rows; a blank where the layout has nothing of its own.
_PLAIN = {
    "ar": "ضصثقفغعهخحشسيبلاتنمئءؤر ىة",
    "fa": "ضصثقفغعهخحشسیبلاتنمظطزرذدپ",
    "he": "  קראטוןםפשדגכעיחלךזסבהנמצ",
    "ur": "قوعرتےءیہپاسدفگحجکلزشچطبنم",
}
# Keys that send a ligature, a sign or a shifted letter.
_MORE = {
    "ar": {
        "\ufefb": "b",
        "لا": "b",
        "ظ": "slash",
        "؟": "question_mark",
        "ز": "full_stop",
        "\u064e": "Q",
        "\u064c": "R",
        "إ": "Y",
        "أ": "H",
        "آ": "N",
        "\ufef7": "G",
        "لأ": "G",
        "\ufef5": "B",
        "لآ": "B",
        "\ufef9": "T",
        "لإ": "T",
        "ـ": "J",
        "،": "K",
        "’": "M",
        "ٍ": "S",
        "×": "O",
    },
    "fa": {"؟": "question_mark", "آ": "H", "ۀ": "G", "»": "K", "«": "L"},
    "he": {},
    "ur": {"؟": "question_mark"},
}


def latin_key(character: str, layout: str) -> str | None:
    """The Latin key that ``character`` sits on in the keyboard layout of a language, or None."""
    if character.isascii() or layout not in _PLAIN:
        return None
    if character in _MORE[layout]:
        return _MORE[layout][character]
    at = _PLAIN[layout].find(character)
    return _LATIN[at] if at >= 0 else None
