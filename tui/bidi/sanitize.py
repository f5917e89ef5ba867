"""Foreign text made safe: the one door through which every text of others enters.

``sanitize`` gives one paragraph, ``sanitize_block`` keeps line ends. Both take linear time, are idempotent, and
promise: no C0 but "\\n" (blocks only), no DEL, no C1, no bidi control, no variation selector, no tag character, no
soft hyphen or other format character, no surrogate, no noncharacter, no private-use character, no run of more than
``MARKS`` combining marks, no mark without a base at a line's start.

What has a meaning stays: ZWNJ and ZWJ between letters (Persian, Indic) and ZWJ between pictographs, canonical
equivalents (the result is in NFC), and the words behind single characters that are drawn wider than their cell
(U+FDFA, U+FDFD and the other presentation forms become the letters they stand for). The effect of bidi controls is
not kept: layout isolates foreign text itself, by paragraph and by span.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NewType

SafeText = NewType("SafeText", str)

MARKS = 8
"""The longest run of combining marks that passes."""

LINE_LIMIT = 20_000
BLOCK_LIMIT = 1_000_000

ZWNJ, ZWJ = "\u200c", "\u200d"

# ECMA-48 sequences. A control string (OSC, DCS, APC, PM, SOS, the title string of screen) runs to its terminator;
# without one its ESC form runs to the end of the line, as a terminal would swallow it, while of the 8-bit form only
# the introducer goes: it is far more often a byte of a wrongly decoded text than an attack. Every repetition is
# possessive or stops at the next introducer, so the search is linear.
_SEQUENCES = re.compile(
    r"\x1b[P\]X^_][^\x07\x1b\x9c\n\r]*+(?:\x07|\x1b\\|\x9c)?"
    r"|\x1bk[^\x07\x1b\x9c\n\r]*+(?:\x1b\\|\x9c)"
    r"|[\x90\x98\x9d-\x9f][^\x07\x1b\n\r\x80-\x9f]*+(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
    r"|\x1b[ -/]*+[0-~]?"
)
_CONTROL = re.compile(r"[\x1b\x80-\x9f]").search

# U+0080-009F are what HTML reads as Windows-1252: quotes and dashes of pages with a wrong label.
_WINDOWS = {cp: bytes((cp,)).decode("cp1252", "ignore") for cp in range(0x80, 0xA0)}
_NEVER_WINDOWS = (0x84, 0x85, 0x88, 0x8D, 0x8E, 0x8F, 0x90, 0x98, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F)

# Drawn several cells wide though counted as one, and without a decomposition to fall back on.
_OVERWIDE = {
    0xFDFD: "بسم الله الرحمن الرحيم",
    0x2E3A: "——",
    0x2E3B: "———",
    0x12031: "\ufffd",
    0x12219: "\ufffd",
    0x1242B: "\ufffd",
}
_INVISIBLE_LETTERS = (0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x034F)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
_FORMS = (range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))
_TABLE_LIMIT = 10_000


def _passed(cp: int) -> str | None:
    """What becomes of one code point; None when nothing does."""
    char = chr(cp)
    if cp in _OVERWIDE:
        return _OVERWIDE[cp]
    if cp in _INVISIBLE_LETTERS or any(cp in block for block in _SELECTORS) or cp & 0xFFFE == 0xFFFE:
        return None
    category = unicodedata.category(char)
    if category == "Cc":
        if char in "\n\v\f\r\x85\x1c\x1d\x1e":
            return "\n"
        return " " if char in "\t\x1f" else None
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Zs":
        return "\xa0" if cp in {0xA0, 0x2007, 0x202F} else " "
    if category == "Cf":
        return char if char in {ZWNJ, ZWJ} else None
    if category == "Cs":
        return "\ufffd"
    if category == "Co" or 0xFDD0 <= cp <= 0xFDEF or 0xE0000 <= cp <= 0xE0FFF:
        return None
    if any(cp in block for block in _FORMS):
        return unicodedata.normalize("NFKC", char).strip(" ")
    return char


class _Door(dict[int, str | None]):
    """The table of str.translate, filled on demand; bounded, for a hostile text may hold every code point."""

    def __missing__(self, cp: int) -> str | None:
        value = _passed(cp)
        if len(self) < _TABLE_LIMIT:
            self[cp] = value
        return value


def _kind(cp: int) -> str:
    """One letter a code point for the rules on joiners and marks: M mark, L letter that joiners can act on,
    E pictograph, J and N the joiners, blank, line end, x anything else."""
    if 0x1160 <= cp <= 0x11FF or 0xD7B0 <= cp <= 0xD7FF:
        return "M"  # vowel and final jamo stack on their syllable like marks
    if cp in {0x200C, 0x200D}:
        return "NJ"[cp & 1]
    category = unicodedata.category(chr(cp))
    if category in {"Mn", "Me", "Mc"}:
        return "M"
    if category in {"Lo", "Lm"} and (0x0590 <= cp < 0x1C80 or 0xA800 <= cp < 0xAC00 or 0x10A00 <= cp < 0x1E800):
        return "L"
    if category == "So" or 0x1F000 <= cp < 0x20000:
        return "E"
    return "\n" if cp == 0x0A else " " if category == "Zs" else "x"


class _Kinds(dict[int, str]):
    def __missing__(self, cp: int) -> str:
        value = _kind(cp)
        if len(self) < _TABLE_LIMIT:
            self[cp] = value
        return value


_DOOR = _Door({cp: text for cp, text in _WINDOWS.items() if text and cp not in _NEVER_WINDOWS})
_KINDS = _Kinds()
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u02ff\u0400-\u0482\u05d0-\u05ea\u0620-\u064a\u0660-\u066f]*+").fullmatch
_HAS_JOINER = re.compile("[\u200c\u200d]").search
_JOINERS = re.compile("[NJ]+").finditer
_TOO_MANY = re.compile(f"(?<={'M' * MARKS})M++").finditer
_LEADING = re.compile(r"(?:\A|(?<=\n))[M ]*M").finditer
_BLANKS = re.compile("[ \xa0]{2,}")


def _blank(found: re.Match[str]) -> str:
    return " " if " " in found[0] else "\xa0"


def _without(text: str, gaps: Iterable[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in gaps:
        parts.append(text[at:start])
        at = end
    return "".join((*parts, text[at:])) if parts else text


def _idle_joiners(kinds: str) -> Iterator[tuple[int, int]]:
    """Where joiners stand that join or part nothing; of a run of joiners the first may stay."""
    for found in _JOINERS(kinds):
        start, end = found.span()
        before, after = kinds[start - 1 : start], kinds[end : end + 1]
        between_letters = before in {"L", "M"} and after == "L"
        joins_one_side = found[0][0] == "J" and ((before == "L") or (after == "L"))
        joins_pictures = found[0][0] == "J" and before == after == "E"
        yield (start + 1 if between_letters or joins_one_side or joins_pictures else start), end


def _spans(found: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    return (match.span() for match in found)


def _clean(text: str) -> str:
    """Everything but blanks and lengths; line ends are "\n" afterwards."""
    if _CONTROL(text):
        text = _SEQUENCES.sub("", text)
    text = text.replace("\r\n", "\n").translate(_DOOR)
    if _PLAIN(text):
        return text
    if _HAS_JOINER(text):
        text = _without(text, _idle_joiners(text.translate(_KINDS)))
    # Bounded runs first: putting a run of marks in canonical order takes quadratic time.
    text = _without(text, _spans(_TOO_MANY(text.translate(_KINDS))))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        text = _without(text, _spans(_TOO_MANY(text.translate(_KINDS))))
    return _without(text, _spans(_LEADING(text.translate(_KINDS))))


def _cut(text: str, limit: int) -> str:
    """At most ``limit`` code points, the last one an ellipsis if something was cut."""
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip(" \xa0" + ZWNJ + ZWJ) + "…"


def sanitize(text: str, *, limit: int = LINE_LIMIT) -> SafeText:
    """One paragraph: line ends and blanks collapse to single blanks, and the ends are bare.

    ``limit`` counts code points of the result; what is cut is shown by an ellipsis.
    """
    cleaned = _clean(text).replace("\n", " ")
    if "  " in cleaned or "\xa0" in cleaned:
        cleaned = _BLANKS.sub(_blank, cleaned)
    return SafeText(_cut(cleaned.strip(" \xa0"), limit))


def sanitize_block(text: str, *, limit: int = BLOCK_LIMIT) -> SafeText:
    """Several lines: line ends stay, a tab becomes four blanks, blanks inside a line stay as they are.

    Blanks at line ends go. A line is cut at ``LINE_LIMIT`` code points, the whole at ``limit``.
    """
    lines = [_cut(line.rstrip(" \xa0"), LINE_LIMIT) for line in _clean(text.replace("\t", "    ")).split("\n")]
    return SafeText(_cut("\n".join(lines), limit))
