"""Foreign text made safe: the one door through which every text of others enters.

``sanitize`` gives one paragraph, ``sanitize_block`` keeps line ends. Both take linear time, are idempotent, and
promise: no C0 but "\\n" (blocks only), no DEL, no C1, no bidi control, no variation selector, no tag character, no
soft hyphen or other format character, no surrogate, no noncharacter, no private-use character, no run of more than
``MARKS`` combining marks, no mark without a base at a line's start.

What has a meaning stays: ZWNJ and ZWJ between letters (Persian, Indic) and ZWJ between pictographs, canonical
equivalents (the result is in NFC), and the words behind single characters that are drawn wider than their cell
(U+FDFA, U+FDFD and the other presentation forms become the letters they stand for). Bidi controls
go: what pairs of isolates enclose in articles and headlines is kept beside the text (tui.news.isolates), embeddings
and overrides are not, and layout isolates foreign text itself, by paragraph and by span.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NewType

from tui.bidi._table import Table

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
_WINDOWS = {
    cp: bytes((cp,)).decode("cp1252")
    for cp in b"\x80\x82\x83\x86\x87\x89\x8a\x8b\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9a"
}

# Drawn several cells wide though counted as one, and without a decomposition to fall back on.
_OVERWIDE = {
    0xFDFD: "بسم الله الرحمن الرحيم",
    0x2E3A: "——",
    0x2E3B: "———",
    0x12031: "\ufffd",
    0x12219: "\ufffd",
    0x1242B: "\ufffd",
}
_INVISIBLE = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),  # fillers
        *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),  # variation selectors
    )
)
_FORMS = frozenset((*range(0xFB1D, 0xFDD0), *range(0xFDF0, 0xFE00), *range(0xFE70, 0xFF00)))
_SPECIAL = _INVISIBLE | _FORMS | _OVERWIDE.keys()
_LETTERS = frozenset(("Lo", "Lm", "Ll", "Lu", "Lt"))
_SHOWN = _LETTERS | {
    "Mn",
    "Me",
    "Mc",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
    "Sc",
    "Sk",
    "So",
}
_category = unicodedata.category


def _passed(cp: int) -> str | None:
    """What becomes of one code point; None when nothing does."""
    char = chr(cp)
    category = _category(char)
    if category in _SHOWN and cp not in _SPECIAL:
        return char
    if cp in _OVERWIDE:
        return _OVERWIDE[cp]
    if cp in _INVISIBLE:
        return None
    if cp in _FORMS:
        return unicodedata.normalize("NFKC", char).strip(" \ufeff")
    if category == "Cc":
        return _control(cp)
    if category[0] == "Z":
        return "\n" if category != "Zs" else "\xa0" if cp in {0xA0, 0x2007, 0x202F} else " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cn" and cp & 0xFFFE != 0xFFFE and not (0xFDD0 <= cp <= 0xFDEF or 0xE0000 <= cp <= 0xE0FFF):
        return char  # from a newer Unicode
    return char if char in {ZWNJ, ZWJ} else None


def _control(cp: int) -> str | None:
    if chr(cp) in "\n\v\f\r\x85\x1c\x1d\x1e":
        return "\n"
    return " " if chr(cp) in "\t\x1f" else _WINDOWS.get(cp)


def _kind(cp: int) -> str:
    """One letter a code point for the rules on joiners and marks: M mark, L letter that joiners can act on,
    E pictograph, J and N the joiners, blank, line end, x anything else."""
    category = _category(chr(cp))
    if category in _LETTERS:
        if 0x1160 <= cp <= 0x11FF or 0xD7B0 <= cp <= 0xD7FF:
            return "M"  # vowel and final jamo stack on their syllable like marks
        if category not in {"Lo", "Lm"}:
            return "x"
        return "L" if 0x0590 <= cp < 0x1C80 or 0xA800 <= cp < 0xAC00 or 0x10A00 <= cp < 0x1E800 else "x"
    if category in {"Mn", "Me", "Mc"}:
        return "M"
    if cp in {0x200C, 0x200D}:
        return "NJ"[cp & 1]
    if category == "So" or 0x1F000 <= cp < 0x20000:
        return "E"
    return "\n" if cp == 0x0A else " " if category == "Zs" else "x"


_DOOR = Table(_passed)
_KINDS = Table(_kind)
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u02ff\u0400-\u0482\u05d0-\u05ea\u0620-\u064a\u0660-\u066f]*+").fullmatch
_HAS_JOINER = re.compile("[\u200c\u200d]").search
_JOINERS = re.compile("[NJ]+").finditer
# marks without a base at the start of a line (with the joiners they held), and those beyond the longest run
_STRAY_MARKS = re.compile(rf"(?:\A|(?<=\n))[MNJ ]*[MN]|(?<={'M' * MARKS})M++").finditer
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


def _bounded(text: str) -> str:
    return _without(text, (found.span() for found in _STRAY_MARKS(text.translate(_KINDS))))


def _clean(text: str) -> str:
    """Everything but blanks and lengths; line ends are "\n" afterwards."""
    if _CONTROL(text):
        text = _SEQUENCES.sub("", text)
    text = text.replace("\r\n", "\n").translate(_DOOR)
    if _PLAIN(text):
        return text
    if _HAS_JOINER(text):
        text = _without(text, _idle_joiners(text.translate(_KINDS)))
    text = _bounded(text)  # first, for putting a run of marks in canonical order takes quadratic time
    if not unicodedata.is_normalized("NFC", text):
        text = _bounded(unicodedata.normalize("NFC", text))
    return text


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
