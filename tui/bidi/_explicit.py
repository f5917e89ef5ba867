"""UAX #9, X1-X10: explicit levels, and the isolating run sequences in which the other rules work.

One pass over the controls; the text between two of them is one step, so the cost is linear in the number of
controls and runs, whatever their nesting.
"""

import re
from typing import NamedTuple

MAX_DEPTH = 125
LRE, RLE, LRO, RLO, PDF, LRI, RLI, FSI, PDI = b"lrmndxyzp"
_SEPARATOR, _NEUTRAL, _L = b"PbL"
_REMOVED = frozenset((LRE, RLE, LRO, RLO, PDF, _NEUTRAL))
_INITIATORS = frozenset((LRI, RLI, FSI))
_STRONG_OF = {LRO: b"L", RLO: b"R"}

has_controls = re.compile(rb"[blrmndxyzp]").search
# what has one level and belongs to one sequence: up to the beginning of an isolate, and from its end on
_TOKENS = re.compile(rb"p?+[^blrmndxyzpP]*+[xyz]|p[^blrmndxyzpP]*+|[^blrmndxyzpP]++|[lrmndP]|b++").findall
_WITHOUT_DIRECTION = bytes(set(range(256)) - set(b"LRAxyzp"))
# an isolate control, or a stretch without one from its first strong character on
_STRETCHES = re.compile(rb"[xyzp]|[LRA][^xyzp]*+").finditer


def first_strong(classes: bytes) -> int | None:
    """P2 and P3: 0 or 1 by the first strong character outside isolates, None without one."""
    depth = 0
    for code in classes.translate(None, _WITHOUT_DIRECTION):
        if code in _INITIATORS:
            depth += 1
        elif code == PDI:
            depth = max(0, depth - 1)
        elif not depth:
            return int(code != _L)
    return None


def fsi_directions(classes: bytes) -> bytearray:
    """For the place of every FSI 0 or 1, the first strong direction of what it encloses (X5c).

    One pass from right to left: a forward search at each FSI takes quadratic time on unclosed ones.
    """
    directions = bytearray(len(classes))
    first = [0]  # the first strong direction of each context open here, innermost last
    for at in reversed([found.start() for found in _STRETCHES(classes)]):
        code = classes[at]
        if code == PDI:
            first.append(0)
        elif code in _INITIATORS:
            if code == FSI:
                directions[at] = first[-1]
            if len(first) > 1:
                first.pop()
            else:
                first[0] = 0  # never closed: what it encloses reaches to the end of the paragraph
        else:
            first[-1] = int(code != _L)
    return directions


class Sequences(NamedTuple):
    """The isolating run sequences (BD13) of a paragraph. Columns, for a hostile text has as many as characters."""

    level: list[int]
    before: list[int]
    """The level before each sequence."""
    after: list[int]
    start: list[int]
    end: list[int]
    """Where the text of each stands, or the first piece of it."""
    more: dict[int, list[tuple[int, int]]]
    """The further pieces of those that have any: starts and ends, ascending."""

    def begin(self, level: int, before: int, after: int, start: int) -> int:
        """One more, without text yet; its number."""
        levels, befores, afters, starts, ends, _ = self
        levels.append(level)
        befores.append(before)
        afters.append(after)
        starts.append(start)
        ends.append(start)
        return len(levels) - 1

    def put(self, number: int, low: int, high: int) -> None:
        """A piece of text joins the sequence of that number."""
        _, _, _, starts, ends, more = self
        if low == starts[number]:
            ends[number] = high
        elif number in more:
            more[number].append((low, high))
        else:
            more[number] = [(low, high)]


def _embedded(stack: list[tuple[int, bytes, int]], code: int, lost: int) -> int:
    """X2-X5 and X7: embeddings, overrides, and PDF, outside isolates that did not fit.

    ``lost``: the embeddings open that did not fit on the stack; how many there are now.
    """
    level, _, waiting = stack[-1]
    if code == PDF:
        if not lost and waiting < 0 and len(stack) > 1:
            stack.pop()
        return max(0, lost - 1)
    new = (level + 2) & ~1 if code in b"lm" else (level + 1) | 1
    if new > MAX_DEPTH or lost:
        return lost + 1
    stack.append((new, _STRONG_OF.get(code, b""), -1))
    return 0


def explicit_levels(classes: bytes, base: int) -> tuple[bytes, Sequences]:  # noqa: PLR0912 - a call costs more than a step
    """The classes after overrides (X4, X5, X6), and the isolating run sequences. X9 leaves out what it removes."""
    result = bytearray(classes)
    directions = fsi_directions(classes) if FSI in classes else b""
    # the directional status stack of X1: level, override, and of an isolate the sequence that goes on behind it, or -1
    stack = [(base, b"", -1)]
    lost_embeddings = lost_isolates = isolates = 0
    # the first sequence has no text, so that there is one to end
    found = Sequences([base], [base], [base], [0], [0], {})
    begin, put, after = found.begin, found.put, found.after
    now, last = 0, base  # the sequence at hand, the level of the last piece
    low = end = reach = 0  # its piece at hand is classes[low:reach]
    cut = True  # the next piece begins a level run: the last one ended with an isolate initiator
    for token in _TOKENS(classes):
        start, end = end, end + len(token)
        code = token[0]
        if code in _REMOVED:
            if code != _NEUTRAL and not lost_isolates:
                lost_embeddings = _embedded(stack, code, lost_embeddings)
            continue
        resumed = -1
        if code == PDI:  # X6a
            if lost_isolates:
                lost_isolates -= 1
            elif isolates:
                isolates -= 1
                lost_embeddings = 0
                while resumed < 0:
                    resumed = stack.pop()[2]
        level, override, _ = stack[-1] if code != _SEPARATOR else stack[0]
        if override:
            result[start:end] = override * (end - start)
        if cut or resumed >= 0 or level != last or start != reach:
            put(now, low, reach)
            low = start
            if resumed >= 0 or cut or level != last:
                after[now] = base if cut else level
                now = resumed if resumed >= 0 else begin(level, last, base, start)
            cut, last = False, level
        reach = end
        code = token[-1]
        if code in _INITIATORS:  # X5a-X5c; one that does not fit changes no level, and parts no level run (BD7, BD13)
            new = (level + 1) | 1 if code == RLI or (code == FSI and directions[end - 1]) else (level + 2) & ~1
            if new <= MAX_DEPTH and not lost_isolates and not lost_embeddings:
                isolates += 1
                stack.append((new, b"", now))
                cut = True
            else:
                lost_isolates += 1
    put(now, low, reach)
    after[now] = base
    return bytes(result), found
