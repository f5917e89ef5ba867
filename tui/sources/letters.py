"""Which language a text is in and which way it runs, by its letters alone."""

from __future__ import annotations

import re

from tui.news.model import Direction

_RTL_LANGUAGES = frozenset(
    [
        "ar",
        "arc",
        "azb",
        "bal",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "ks",
        "ku-arab",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "sdh",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_URDU = re.compile("[ٹڈڑںےہھۂۓ]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC_ONLY = re.compile("[ةىيكأإؤئ]")
_PASHTO = re.compile("[ټډړږښڼېۍځڅ]")
_SORANI = re.compile("[ەێۆڵڕ]")
_FRENCH_WORDS = re.compile(
    r"\b(?:le|la|les|des|du|une?|et|est|dans|pour|que|qui|sur|au|aux|avec|par|ce|cette|sont|pas)\b", re.IGNORECASE
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|is|for|on|with|that|was|are|from|by|an?|at|as|has|its|after)\b", re.IGNORECASE
)
_FRENCH_LETTERS = re.compile("[éèêàùçœîôû]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def language_tag(declared: str) -> str:
    """The primary subtag of a declared language ("ar" of "ar_MA"), or "" when it is not one."""
    declared = declared.strip()
    if not _TAG.fullmatch(declared):
        return ""
    primary = declared.replace("_", "-").split("-")[0].lower()
    return {"iw": "he", "ji": "yi", "in": "id"}.get(primary, "" if primary in ("und", "zxx", "mul") else primary)


def guess_language(text: str) -> str:
    """The language of ``text`` by its letters and smallest words: ar, fa, ur, ps, ckb, he, fr, en or ""."""
    sample = text[:4000]
    arabic, hebrew, latin = (len(p.findall(sample)) for p in (_ARABIC, _HEBREW, _LATIN))
    if max(arabic, hebrew, latin) == 0:
        return ""
    if hebrew > arabic and hebrew * 2 >= latin:
        return "he"
    if arabic and arabic * 2 >= latin:
        return _arabic_script(sample, arabic)
    french = len(_FRENCH_WORDS.findall(sample)) + 2 * len(_FRENCH_LETTERS.findall(sample))
    english = len(_ENGLISH_WORDS.findall(sample))
    if french == english:
        return ""
    return "fr" if french > english else "en"


def _arabic_script(sample: str, letters: int) -> str:
    counts = {tag: len(p.findall(sample)) for tag, p in (("ur", _URDU), ("ps", _PASHTO), ("ckb", _SORANI))}
    tag = max(counts, key=lambda key: counts[key])
    if counts[tag] * 30 >= letters:
        return tag
    persian, arabic = len(_PERSIAN.findall(sample)), len(_ARABIC_ONLY.findall(sample))
    return "fa" if persian > arabic else "ar"


def settle_language(declared: str, text: str) -> str:
    """The declared language unless the letters of ``text`` contradict its script; else the guessed one."""
    tag = language_tag(declared)
    guessed = guess_language(text)
    if not tag:
        return guessed
    if guessed and (tag in _RTL_LANGUAGES) != (guessed in _RTL_LANGUAGES):
        return guessed  # a site template left on lang="en"
    if guessed in ("he", "ar", "fa", "ur") and (tag == "he") != (guessed == "he"):
        return guessed
    return tag


def direction_of(language: str, declared: str = "") -> Direction:
    """The paragraph direction: as declared (HTML dir), else as the language runs, else AUTO."""
    declared = declared.strip().lower()
    if declared in ("rtl", "ltr"):
        return Direction(declared)
    if not language:
        return Direction.AUTO
    return Direction.RTL if language in _RTL_LANGUAGES else Direction.LTR
