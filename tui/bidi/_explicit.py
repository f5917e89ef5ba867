"""UAX #9, X1-X10: explicit levels, and the isolating run sequences in which the other rules work.

One pass over the controls; the text between two of them is one step, so the cost is linear in the number of
controls and runs, whatever their nesting.
"""

import re

MAX_DEPTH = 125
LRE, RLE, LRO, RLO, PDF, LRI, RLI, FSI, PDI = b"lrmndxyzp"
_SEPARATOR = ord("P")
_STRONG_OF = {LRO: ord("L"), RLO: ord("R")}

has_controls = re.compile(rb"[blrmndxyzp]").search
_TOKENS = re.compile(rb"[^blrmndxyzp]++|[lrmndxyzp]").finditer
# an isolate control, or a stretch without one from its first strong character on
_STRETCHES = re.compile(rb"[xyzp]|[LRA][^xyzp]*+").finditer


def first_strong(classes: bytes) -> int | None:
    """P2 and P3: 0 or 1 by the first strong character outside isolates, None without one."""
    depth = 0
    for found in _STRETCHES(classes):
        code = classes[found.start()]
        if code in b"xyz":
            depth += 1
        elif code == PDI:
            depth -= depth > 0
        elif not depth:
            return int(code != 76)
    return None


def fsi_directions(classes: bytes) -> dict[int, int]:
    """Position of every FSI → 0 or 1, the first strong direction of what it encloses (X5c).

    One pass from right to left: a forward search at each FSI takes quadratic time on unclosed ones.
    """
    directions: dict[int, int] = {}
    first = [0]  # the first strong direction of each context open here, innermost last
    for found in reversed([*_STRETCHES(classes)]):
        at = found.start()
        code = classes[at]
        if code == PDI:
            first.append(0)
        elif code in b"xyz":
            if code == FSI:
                directions[at] = first[-1]
            if len(first) > 1:
                first.pop()
            else:
                first[0] = 0  # never closed: what it encloses reaches to the end of the paragraph
        else:
            first[-1] = int(code != 76)
    return directions


class Sequence:
    """An isolating run sequence (BD13): the stretches of text it covers, its level, and the levels around it."""

    __slots__ = ("after", "before", "level", "spans")

    def __init__(self, level: int, before: int) -> None:
        self.spans: list[list[int]] = []
        self.level = level
        self.before = before
        self.after = level

    def extend(self, start: int, end: int) -> None:
        if self.spans and self.spans[-1][1] == start:
            self.spans[-1][1] = end
        else:
            self.spans.append([start, end])


class _Builder:
    """Level runs joined to sequences while the text is read from left to right."""

    __slots__ = ("base", "cut", "last", "now", "open", "sequences")

    def __init__(self, base: int) -> None:
        self.base = base
        self.sequences: list[Sequence] = []
        self.now: Sequence | None = None
        self.cut = False  # the last piece was an isolate initiator: a run ends there
        self.last = base  # level of the last piece
        self.open: list[Sequence] = []  # sequences that wait for the PDI of their initiator

    def add(self, start: int, end: int, level: int) -> None:
        now = self.now
        if now is None or self.cut or now.level != level:
            if now is not None:
                now.after = self.base if self.cut else level
            now = self.now = Sequence(level, self.last)
            self.sequences.append(now)
            self.cut = False
        now.extend(start, end)
        self.last = level

    def initiator(self, at: int, level: int) -> None:
        self.add(at, at + 1, level)
        assert self.now is not None
        self.open.append(self.now)
        self.cut = True

    def terminator(self, at: int, level: int) -> None:
        if not self.open:
            self.add(at, at + 1, level)
            return
        if self.now is not None:
            self.now.after = self.base if self.cut else level
        self.now = self.open.pop()
        self.now.extend(at, at + 1)
        self.last = level
        self.cut = False

    def finish(self) -> list[Sequence]:
        if self.now is not None:
            self.now.after = self.base
        return self.sequences


def explicit_levels(classes: bytes, base: int) -> tuple[bytes, list[Sequence]]:
    """The classes after overrides (X4, X5, X6), and the isolating run sequences. X9 leaves out what it removes."""
    after_overrides = bytearray(classes)
    directions = fsi_directions(classes) if FSI in classes else {}
    builder = _Builder(base)
    stack: list[tuple[int, int, bool]] = [(base, 0, False)]  # level, override, is an isolate
    lost_isolates = lost_embeddings = isolates = 0  # beyond the depth limit, and valid ones
    for found in _TOKENS(classes):
        start, end = found.span()
        code = classes[start]
        level, override, inside_isolate = stack[-1]
        if code not in b"lrmndxyzp":
            if code == _SEPARATOR and end - start == 1:
                level, override = base, 0
            if override:
                after_overrides[start:end] = bytes((override,)) * (end - start)
            builder.add(start, end, level)
        elif code in b"xyz":
            if override:
                after_overrides[start] = override
            builder.initiator(start, level)
            right = code == RLI or (code == FSI and directions[start])
            new = (level + 1) | 1 if right else (level + 2) & ~1
            if new <= MAX_DEPTH and not lost_isolates and not lost_embeddings:
                isolates += 1
                stack.append((new, 0, True))
            else:
                lost_isolates += 1
        elif code == PDI:
            if lost_isolates:
                lost_isolates -= 1
            elif isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                isolates -= 1
            level, override, _ = stack[-1]
            if override:
                after_overrides[start] = override
            builder.terminator(start, level)
        elif lost_isolates:
            continue
        elif code == PDF:
            if lost_embeddings:
                lost_embeddings -= 1
            elif not inside_isolate and len(stack) > 1:
                stack.pop()
        else:
            new = (level + 2) & ~1 if code in b"lm" else (level + 1) | 1
            if new <= MAX_DEPTH and not lost_embeddings:
                stack.append((new, _STRONG_OF.get(code, 0), False))
            else:
                lost_embeddings += 1
    return bytes(after_overrides), builder.finish()
