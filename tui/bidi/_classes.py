"""Bidirectional classes as bytes: one byte a code point, so that the rules of UAX #9 run as regular expressions.

The letters: L, R, A (AL), 1 (EN), 2 (AN), + (ES), # (ET), "," (CS), ~ (NSM), b (BN), P (B), S, w (WS), o (ON);
( and ) ON that opens or closes a pair; l LRE, r RLE, m LRO, n RLO, d PDF; x LRI, y RLI, z FSI, p PDI.
"""

import re
import unicodedata

from tui.bidi._mirror_data import PAIRS
from tui.bidi._table import Table

CODES = {
    "L": "L", "R": "R", "AL": "A", "EN": "1", "AN": "2", "ES": "+", "ET": "#", "CS": ",", "NSM": "~", "BN": "b",
    "B": "P", "S": "S", "WS": "w", "ON": "o", "LRE": "l", "RLE": "r", "LRO": "m", "RLO": "n", "PDF": "d",
    "LRI": "x", "RLI": "y", "FSI": "z", "PDI": "p",
}  # fmt: skip

# Unassigned code points take the class of their block (the header of DerivedBidiClass.txt).
_UNASSIGNED = (
    (0x0590, 0x05FF, "R"), (0x07C0, 0x085F, "R"), (0xFB1D, 0xFB4F, "R"), (0x10800, 0x10CFF, "R"),
    (0x10D40, 0x10EBF, "R"), (0x10F00, 0x10F2F, "R"), (0x10F70, 0x10FFF, "R"), (0x1E800, 0x1EC6F, "R"),
    (0x1ECC0, 0x1ECFF, "R"), (0x1ED50, 0x1EDFF, "R"), (0x1EF00, 0x1EFFF, "R"),
    (0x0600, 0x07BF, "AL"), (0x0860, 0x08FF, "AL"), (0xFB50, 0xFDCF, "AL"), (0xFDF0, 0xFDFF, "AL"),
    (0xFE70, 0xFEFF, "AL"), (0x10D00, 0x10D3F, "AL"), (0x10EC0, 0x10EFF, "AL"), (0x10F30, 0x10F6F, "AL"),
    (0x1EC70, 0x1ECBF, "AL"), (0x1ED00, 0x1ED4F, "AL"), (0x1EE00, 0x1EEFF, "AL"), (0x20A0, 0x20CF, "ET"),
)  # fmt: skip


def bidi_class(cp: int) -> str:
    """The Bidi_Class of a code point by its short name ("AL", "EN" …), unassigned ones included."""
    found = unicodedata.bidirectional(chr(cp))
    if found:
        return found
    if 0xFDD0 <= cp <= 0xFDEF or cp & 0xFFFE == 0xFFFE or 0xE0000 <= cp <= 0xE0FFF:
        return "BN"
    return next((name for low, high, name in _UNASSIGNED if low <= cp <= high), "L")


NEEDS_BIDI = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
).search
"""Finds the first character that can have a level other than 0 in a left-to-right paragraph."""

MIRROR: dict[int, str] = {}
"""Bidi_Mirroring_Glyph, for str.translate: what a code point at an odd level is drawn as (UAX #9, L4)."""

for _one, _other in zip(PAIRS[::2], PAIRS[1::2], strict=True):
    MIRROR[ord(_one)] = _other
    MIRROR.setdefault(ord(_other), _one)

# Paired brackets (N0) are the mirrored pairs of General_Category Ps and Pe: this is BidiBrackets.txt. A bracket is
# known by its closing partner in NFC, which makes U+2329/232A and U+3008/3009 one pair (BD16).
OPENING: dict[str, str] = {}
CLOSING: dict[str, str] = {}
for _cp, _image in MIRROR.items():
    _category = unicodedata.category(chr(_cp))
    if _category == "Ps":
        OPENING[chr(_cp)] = unicodedata.normalize("NFC", _image)
    elif _category == "Pe":
        CLOSING[chr(_cp)] = unicodedata.normalize("NFC", chr(_cp))


def _code(cp: int) -> str:
    char = chr(cp)
    return "(" if char in OPENING else ")" if char in CLOSING else CODES[bidi_class(cp)]


_TABLE = Table(_code)


def classify(text: str) -> bytes:
    """One class byte per code point."""
    return text.translate(_TABLE).encode("latin-1")
