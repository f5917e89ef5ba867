"""UAX #9, the Unicode Bidirectional Algorithm: levels, visual order and mirroring.

    paragraph = resolve(text)                # levels of the whole paragraph, once
    paragraph.line_runs(start, end)          # a line of it: [(start, end, level)] from left to right
    paragraph.line_order(start, end)         # the same by single code points

Lines are broken between the two steps (L1 and L2 belong to lines). A run of odd level is drawn from its end to its
start, with MIRROR applied (L4) and every combining mark kept behind its base (L3): that is for whoever draws it,
see tui.bidi.layout.

Any input costs time linear in its length. Conformance: all of BidiTest.txt and BidiCharacterTest.txt.
"""

import re
from itertools import count
from typing import NamedTuple

from tui.bidi._classes import MIRROR, NEEDS_BIDI, classify
from tui.bidi._explicit import explicit_levels, first_strong, has_controls
from tui.bidi._implicit import SHORT, lone_level, remembered_levels, sequence_levels

__all__ = ["MIRROR", "Paragraph", "base_direction", "needs_bidi", "resolve", "resolve_classes"]

_REMOVED = 0xFF  # no level yet: characters X9 removes
_GAPS = re.compile(rb"\xff++").finditer
# L1: separators, and the white space and isolate controls before them or before the end of the line
_L1 = re.compile(rb"(?<![wblrmndxyzp])[wblrmndxyzp]*+(?:[SP]|\Z)")
_BLANKS = b"wblrmndxyzp"
_RUNS = re.compile(rb"(.)\1*+", re.DOTALL).finditer
_WORDS = re.compile(rb"[^wSP]++").findall
_FIRST_STRONG = re.compile(rb"[LRA]").search


class Paragraph(NamedTuple):
    """The resolved levels of one paragraph. Places are code points of the text that was resolved."""

    level: int
    """The paragraph embedding level: 0 left to right, 1 right to left."""
    levels: bytes
    """One level per code point, before L1."""
    classes: bytes
    """One class byte per code point (see tui.bidi._classes)."""

    def line_levels(self, start: int = 0, end: int | None = None) -> bytes:
        """One level per code point of the line ``start:end``, after L1."""
        levels = self.levels[start:end]
        if levels.count(self.level) == len(levels):
            return levels
        classes = self.classes[start:end]
        if b"S" not in classes and b"P" not in classes:
            shown = len(classes.rstrip(_BLANKS))
            return levels[:shown] + bytes((self.level,)) * (len(levels) - shown)
        result = bytearray(levels)
        for found in _L1.finditer(classes):
            low, high = found.span()
            result[low:high] = bytes((self.level,)) * (high - low)
        return bytes(result)

    def line_runs(self, start: int = 0, end: int | None = None) -> list[tuple[int, int, int]]:
        """[(start, end, level)] of the line's runs from left to right (L2); places count from the paragraph."""
        return visual_runs(self.line_levels(start, end), start)

    def line_order(self, start: int = 0, end: int | None = None) -> list[int]:
        """The places of the line's code points from left to right."""
        order: list[int] = []
        for low, high, level in self.line_runs(start, end):
            if high - low == 1:
                order.append(low)
            else:
                order += range(high - 1, low - 1, -1) if level & 1 else range(low, high)
        return order


def visual_runs(levels: bytes, offset: int = 0) -> list[tuple[int, int, int]]:
    """L2 on whole runs, in one pass.

    Runs wait on a stack as chains of rising levels, each known by its leftmost and its rightmost run; when the level
    falls, a chain is laid to the left or the right of the one below it, by the direction of that one. Reversing level
    by level would cost runs x levels.
    """
    starts = [found.start() for found in _RUNS(levels)]
    if len(starts) < 2:
        return [(offset, offset + len(levels), levels[0])] if levels else []
    after = [-1] * len(starts)  # the run to the right of each, within its chain
    heights, lefts, rights = [-1], [-1], [-1]  # of the chains; the first one is a floor
    for index, level in enumerate((*[levels[start] for start in starts], -1)):
        while heights[-1] > level and heights[-2] >= level:
            heights.pop()
            left, right = lefts.pop(), rights.pop()
            if heights[-1] & 1:
                after[right] = lefts[-1]
                lefts[-1] = left
            else:
                after[rights[-1]] = left
                rights[-1] = right
        if heights[-1] < level:
            heights.append(level)
            lefts.append(index)
            rights.append(index)
        elif level < 0:  # the end: all is laid to one chain on the floor
            break
        elif level & 1:
            after[index] = lefts[-1]
            lefts[-1] = index
        else:
            after[rights[-1]] = index
            rights[-1] = index
        heights[-1] = level
    ends = [*starts[1:], len(levels)]
    order: list[tuple[int, int, int]] = []
    at = lefts[-1]
    while at >= 0:
        start = starts[at]
        order.append((start + offset, ends[at] + offset, levels[start]))
        at = after[at]
    return order


def resolve_classes(classes: bytes, text: str = "", base: int | None = None) -> Paragraph:
    """``resolve`` for class bytes; ``text`` is needed where there are paired brackets."""
    level = (first_strong(classes) or 0) if base is None else base
    chars = text if b")" in classes and b"(" in classes else ""
    if has_controls(classes):
        return Paragraph(level, _with_controls(classes, chars, level), classes)
    body = classes[:-1] if classes[-1:] == b"P" else classes
    levels = sequence_levels(body, chars, level, level, level) if body else b""
    return Paragraph(level, levels + bytes((level,)) * (len(classes) - len(body)), classes)


def _with_controls(classes: bytes, chars: str, base: int) -> bytes:
    overridden, sequences = explicit_levels(classes, base)
    result = bytearray((_REMOVED,)) * len(classes)
    more = sequences.more
    for number, level, before, after, start, end in zip(count(), *sequences[:5], strict=False):
        further = more.get(number, ())
        if not further and end - start == 1:  # the most there can be
            result[start] = lone_level(overridden[start], level, before, after)
            continue
        joined = overridden[start:end]
        if further:
            joined += b"".join([overridden[low:high] for low, high in further])
        part = ""
        if chars and b"(" in joined:
            part = chars[start:end] + "".join([chars[low:high] for low, high in further])
        find = remembered_levels if len(joined) <= SHORT else sequence_levels
        found = find(joined, part, level, before, after)
        at = end - start
        result[start:end] = found[:at]
        for low, high in further:
            result[low:high] = found[at : (at := at + high - low)]
    return _fill_removed(result, base)


def _fill_removed(levels: bytearray, base: int) -> bytes:
    """Removed characters take the level of the character before them, so that they part no run."""
    if _REMOVED not in levels:
        return bytes(levels)
    for found in _GAPS(levels):
        start, end = found.span()
        level = levels[start - 1] if start else base
        if end - start == 1:
            levels[start] = level
        else:
            levels[start:end] = bytes((level,)) * (end - start)
    return bytes(levels)


def needs_bidi(text: str) -> bool:
    """Whether anything in the text can have a level other than 0 in a left-to-right paragraph."""
    return not text.isascii() and NEEDS_BIDI(text) is not None


def resolve(text: str, base: int | None = None) -> Paragraph:
    """The levels of one paragraph.

    ``base``: 0 or 1, or None for the first strong character (P2, P3; 0 without one).
    """
    if not base and not needs_bidi(text):
        return Paragraph(0, bytes(len(text)), b"L" * len(text))
    return resolve_classes(classify(text), text, base)


def base_direction(text: str, *, majority: bool = False) -> int | None:
    """0 or 1, or None when no character decides.

    By the first strong character, isolates skipped (P2, P3). With ``majority``, by what more words begin with, a
    word being anything between blanks, counted by its first strong character; a tie falls to the first strong one.
    """
    if not needs_bidi(text) and not majority:
        return 0 if any(map(str.isalpha, text)) else None
    classes = classify(text)
    first = first_strong(classes)
    if not majority or first is None:
        return first
    starts = [found[0] for word in _WORDS(classes) if (found := _FIRST_STRONG(word))]
    left = starts.count(b"L")
    right = len(starts) - left
    return first if left == right else int(right > left)


def isolate(text: str, direction: int | None = None) -> str:
    """The text kept together in its own order, whatever stands beside it (UAX #9, section 2.2).

    ``direction``: 0 or 1, or None for its first strong character. "" stays "".
    """
    opening = "\u2068" if direction is None else ("\u2066", "\u2067")[direction]
    return f"{opening}{text}\u2069" if text else ""
