"""UAX #9, W1-W7, N0-N2, I1-I2: the levels inside one isolating run sequence.

The rules are substitutions on class bytes (see _classes). Every pattern is anchored or possessive, so that each is
linear in the length of the sequence on any input.
"""

import re
from bisect import bisect_left
from functools import lru_cache

from tui.bidi._classes import BRACKETS, CLOSING, OPENING
from tui.bidi._explicit import MAX_DEPTH

_MAX_BRACKETS = 63  # BD16
_SHORT = 12  # sequences up to this length are remembered

_W1 = re.compile(rb"([^~])(~++)")
_W2 = re.compile(rb"A[^LRA]*1[^LRA]*")
_W4_EUROPEAN = re.compile(rb"(?<=1)[+,](?=1)")
_W4_ARABIC = re.compile(rb"(?<=2),(?=2)")
_W5 = re.compile(rb"(?<=1)#++|(?<!#)#++(?=1)")
_W7 = re.compile(rb"L[^LR]*1[^LR]*")
_W3_W6 = bytes.maketrans(b"A+#,wSPxyzp", b"R" + b"o" * 10)  # every neutral becomes "o"
_N1_LEFT = re.compile(rb"(?<=L)o++(?=L)")
_N1_RIGHT = re.compile(rb"(?<=[R12])o++(?=[R12])")
_LEFT = re.compile(rb"L").finditer
_RIGHT = re.compile(rb"[R12]").finditer

# I1 and I2 for each embedding level
_LEVELS = [
    bytes.maketrans(b"LR12o", bytes((n + 1, n, n + 1, n + 1, n) if n % 2 else (n, n + 1, n + 2, n + 2, n)))
    for n in range(MAX_DEPTH + 2)
]


def _same_length(code: bytes, found: re.Match[bytes]) -> bytes:
    return code * (found.end() - found.start())


def _w1(found: re.Match[bytes]) -> bytes:
    before = found[1]
    return before + (b"o" if before in b"xyzp" else before) * len(found[2])


def _weak(types: bytes) -> bytes:
    """W1-W7; afterwards only L, R, 1, 2 and o (neutral) are left."""
    if b"~" in types:
        types = _W1.sub(_w1, types)
    if b"1" not in types and b"2" not in types:
        return types.translate(_W3_W6)
    if b"A" in types:
        types = _W2.sub(lambda found: found[0].replace(b"1", b"2"), types)
    if b"+" in types or b"," in types:
        types = _W4_ARABIC.sub(b"2", _W4_EUROPEAN.sub(b"1", types))
    if b"#" in types:
        types = _W5.sub(lambda found: _same_length(b"1", found), types)
    types = types.translate(_W3_W6)
    if b"L" in types:
        types = _W7.sub(lambda found: found[0].replace(b"1", b"L"), types)
    return types


def _bracket_pairs(types: bytes, chars: str) -> list[tuple[int, int]]:
    """BD16: the pairs by position in ``types`` (one after their position in ``chars``), in order of opening."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for found in BRACKETS.finditer(chars):
        at = found.start() + 1
        if types[at] != 111:  # no longer neutral: overridden
            continue
        char = found[0]
        closing = OPENING.get(char)
        if closing is not None:
            if len(stack) == _MAX_BRACKETS:
                return []
            stack.append((closing, at))
            continue
        wanted = CLOSING[char]
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == wanted:
                pairs.append((stack[depth][1], at))
                del stack[depth:]
                break
    pairs.sort()
    return pairs


def _n0(types: bytes, original: bytes, chars: str, level: int) -> bytes:
    """N0. ``types`` has the start-of-sequence type in front; ``original`` are the classes before W1."""
    pairs = _bracket_pairs(types, chars)
    if not pairs:
        return types
    result = bytearray(types)
    lefts = [found.start() for found in _LEFT(types)]
    rights = [found.start() for found in _RIGHT(types)]
    # Inside a pair only pairs that open later can change, so the strong types there are still the original ones.
    same, same_code, other, other_code = (rights, 82, lefts, 76) if level & 1 else (lefts, 76, rights, 82)
    context, at = types[0], 1
    for opening, closing in pairs:
        for code in reversed(result[at:opening]):
            if code != 111:
                context = code
                break
        at = opening
        if _any_between(same, opening, closing):
            new = same_code
        elif _any_between(other, opening, closing):
            opposite = context == 76 if level & 1 else context != 76
            new = other_code if opposite else same_code
        else:
            continue
        for place in (opening, closing):
            result[place] = new
            mark = place  # original[mark] is types[mark + 1]: the marks behind a bracket follow it
            while mark < len(original) and original[mark] == 126:
                mark += 1
                result[mark] = new
    return bytes(result)


def _any_between(places: list[int], low: int, high: int) -> bool:
    found = bisect_left(places, low)
    return found < len(places) and places[found] < high


def _levels_of(classes: bytes, chars: str | None, level: int, edges: bytes) -> bytes:
    types = _weak(edges[:1] + classes)
    if b"o" in types:
        if chars is not None:
            types = _n0(types, classes, chars, level)
        types += edges[1:]
        types = _N1_LEFT.sub(lambda found: _same_length(b"L", found), types)
        types = _N1_RIGHT.sub(lambda found: _same_length(b"R", found), types)
        types = types[:-1].replace(b"o", b"R" if level & 1 else b"L")
    return types[1:].translate(_LEVELS[level])


@lru_cache(4096)
def _remembered(classes: bytes, level: int, edges: bytes) -> bytes:
    return _levels_of(classes, None, level, edges)


def sequence_levels(classes: bytes, chars: str | None, level: int, edges: bytes) -> bytes:
    """One level per class byte.

    ``chars`` are the characters when there may be brackets among them, else None; ``edges`` two bytes, the types at
    the start and the end of the sequence (L or R; X10).
    """
    if chars is None and len(classes) <= _SHORT:
        return _remembered(classes, level, edges)
    return _levels_of(classes, chars, level, edges)
