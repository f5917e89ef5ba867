"""UAX #9, W1-W7, N0-N2, I1-I2: the levels inside one isolating run sequence.

The rules are substitutions on class bytes (see _classes). Every pattern is anchored or possessive, so that each is
linear in the length of the sequence on any input.
"""

import re
from functools import lru_cache

from tui.bidi._classes import CLOSING, OPENING
from tui.bidi._explicit import MAX_DEPTH

_MAX_BRACKETS = 63  # BD16
SHORT = 12

# Where it can be, a pattern begins with a literal character: the search for that is the quick one.
_BRACKETS = re.compile(rb"[()]").finditer
_MARKS = re.compile(rb"~++")
_W2 = re.compile(rb"A[^LRA]*1[^LRA]*")
_W4_EUROPEAN = re.compile(rb"1[+,](?=1)")
_W4_ARABIC = re.compile(rb"2,(?=2)")
_TERMINATORS = re.compile(rb"#++")
_W7 = re.compile(rb"L[^LR]*1[^LR]*")
_W3_W6 = bytes.maketrans(b"A+#,wSPxyzp()", b"R" + b"o" * 12)  # every neutral becomes "o"
_N1_LEFT = re.compile(rb"(?<=L)o++(?=L)")
_N1_RIGHT = re.compile(rb"(?<=[R12])o++(?=[R12])")
_NUMBERS_RIGHT = bytes.maketrans(b"12", b"RR")  # for N0, numbers are right-to-left
_NEUTRAL, _LEFT, _MARK = b"oL~"

# I1 and I2 for each embedding level
_LEVELS = [
    bytes.maketrans(b"LR12o", bytes((n + 1, n, n + 1, n + 1, n) if n % 2 else (n, n + 1, n + 2, n + 2, n)))
    for n in range(MAX_DEPTH + 2)
]


def _w1(found: re.Match[bytes]) -> bytes:
    before = found.string[found.start() - 1 : found.start()]
    return (b"o" if before in b"xyzp()" else before) * (found.end() - found.start())


def _w5(found: re.Match[bytes]) -> bytes:
    start, end = found.span()
    beside = found.string[start - 1 : start] + found.string[end : end + 1]
    return b"1" * (end - start) if b"1" in beside else found[0]


def _weak(types: bytes) -> bytes:
    """W1-W7; afterwards only L, R, 1, 2 and o (neutral) are left."""
    if b"~" in types:
        types = _MARKS.sub(_w1, types)
    if b"1" not in types and b"2" not in types:
        return types.translate(_W3_W6)
    if b"A" in types:
        types = _W2.sub(lambda found: found[0].replace(b"1", b"2"), types)
    if b"+" in types or b"," in types:
        types = _W4_ARABIC.sub(b"22", _W4_EUROPEAN.sub(b"11", types))
    if b"#" in types:
        types = _TERMINATORS.sub(_w5, types)
    types = types.translate(_W3_W6)
    if b"L" in types:
        types = _W7.sub(lambda found: found[0].replace(b"1", b"L"), types)
    return types


def _bracket_pairs(classes: bytes, chars: str) -> list[tuple[int, int]]:
    """BD16: the places of the pairs in order of opening. A bracket that is overridden has another class."""
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}  # how many on the stack wait for a closing bracket: no search for what is not there
    pairs: list[tuple[int, int]] = []
    for found in _BRACKETS(classes):
        at = found.start()
        closing = OPENING.get(chars[at])
        if closing is not None:
            if len(stack) == _MAX_BRACKETS:
                return []
            stack.append((closing, at))
            waiting[closing] = waiting.get(closing, 0) + 1
        elif waiting.get(wanted := CLOSING[chars[at]]):
            opening = -1
            while opening < 0:
                closing, place = stack.pop()
                waiting[closing] -= 1
                if closing == wanted:
                    opening = place
            pairs.append((opening, at))
    pairs.sort()
    return pairs


def _n0(types: bytes, original: bytes, chars: str, level: int) -> bytes:
    """N0. ``types`` has the start-of-sequence type in front; ``original`` are the classes before W1."""
    pairs = [(opening + 1, closing + 1) for opening, closing in _bracket_pairs(original, chars)]
    if not pairs:
        return types
    strong = types.translate(_NUMBERS_RIGHT)
    result = bytearray(types)
    same, other = (b"R", b"L") if level & 1 else (b"L", b"R")
    context, at = types[0], 1  # the last strong type before the pair at hand
    for opening, closing in pairs:
        for code in reversed(result[at:opening]):
            if code != _NEUTRAL:
                context = code
                break
        at = opening
        # Inside a pair only pairs that open later can change, so the strong types there are still the first ones.
        if strong.find(same, opening, closing) >= 0:
            new = same
        elif strong.find(other, opening, closing) >= 0:
            new = other if (context == _LEFT) == (other == b"L") else same
        else:
            continue
        for place in (opening, closing):
            result[place] = new[0]
            mark = place  # original[mark] is types[mark + 1]: the marks behind a bracket follow it
            while mark < len(original) and original[mark] == _MARK:
                mark += 1
                result[mark] = new[0]
    return bytes(result)


def sequence_levels(classes: bytes, chars: str, level: int, before: int, after: int) -> bytes:
    """One level per class byte of an isolating run sequence.

    ``chars`` are the characters when there are brackets among them, else "" will do; ``before`` and ``after`` the
    levels around the sequence (X10).
    """
    start, end = (b"R" if max(level, beside) & 1 else b"L" for beside in (before, after))  # X10
    types = _weak(start + classes)
    if b"o" in types:
        if chars:
            types = _n0(types, classes, chars, level)
        # N1 and N2: what is not between two of the other direction takes the embedding direction
        if level & 1:
            types = _N1_LEFT.sub(lambda found: b"L" * len(found[0]), types + end)[:-1].replace(b"o", b"R")
        else:
            types = _N1_RIGHT.sub(lambda found: b"R" * len(found[0]), types + end)[:-1].replace(b"o", b"L")
    return types[1:].translate(_LEVELS[level])


remembered_levels = lru_cache(8192)(sequence_levels)
"""The same for the many sequences of at most SHORT characters that are alike."""


@lru_cache(8192)
def lone_level(code: int, level: int, before: int, after: int) -> int:
    """The level of a sequence of one character; as in ``sequence_levels``."""
    return sequence_levels(bytes((code,)), "", level, before, after)[0]
