"""UAX #9, X1-X10: explicit levels, and the isolating run sequences in which the other rules work.

One pass over the controls; the text between two of them is one step, so the cost is linear in the number of
controls and runs, whatever their nesting.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import gt

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


class Sequences:
    """The isolating run sequences (BD13) of a paragraph, built while it is read from left to right.

    Columns, not objects: a hostile text has as many sequences as characters. A piece is a stretch of text of one
    sequence; a sequence has a level, and the levels before and after it (X10).
    """

    __slots__ = ("_base", "_cut", "_last", "_now", "_open", "after", "before", "ends", "levels", "owners", "starts")

    def __init__(self, base: int) -> None:
        self.levels = [base]  # of each sequence; the first has no text, so that there always is one to end
        self.before = [base]
        self.after = [base]
        self.owners: list[int] = []  # of each piece: its sequence
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._base = base
        self._now = 0
        self._cut = True  # the next piece begins a level run: the last one was an isolate initiator
        self._last = base  # level of the last piece
        self._open: list[int] = []  # the sequences that wait for the PDI of their initiator

    def add(self, start: int, end: int, level: int) -> None:
        """The next piece of text."""
        if self._cut or level != self._last:
            self.after[self._now] = self._base if self._cut else level
            self._now = len(self.levels)
            self.levels.append(level)
            self.before.append(self._last)
            self.after.append(self._base)
            self._cut = False
            self._last = level
        elif self.ends[-1] == start:
            self.ends[-1] = end
            return
        self.owners.append(self._now)
        self.starts.append(start)
        self.ends.append(end)

    def add_initiator(self, at: int, level: int) -> None:
        """LRI, RLI or FSI: the level run ends behind it."""
        self.add(at, at + 1, level)
        self._open.append(self._now)
        self._cut = True

    def add_terminator(self, at: int, level: int) -> None:
        """PDI: goes on with the sequence of its initiator, if it has one."""
        if self._open:
            self.after[self._now] = self._base if self._cut else level
            self._now = self._open.pop()
            self._last = level
            self._cut = False
            self.owners.append(self._now)
            self.starts.append(at)
            self.ends.append(at + 1)
        else:
            self.add(at, at + 1, level)

    def pieces(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Every sequence with its pieces in order."""
        self.after[self._now] = self._base
        owners, starts, ends = self.owners, self.starts, self.ends
        order: Sequence[int] = range(len(owners))
        if any(map(gt, owners, islice(owners, 1, None))):
            order = sorted(order, key=owners.__getitem__)
        held: list[tuple[int, int]] = []
        owner = 0
        for piece in order:
            if owners[piece] != owner:
                if held:
                    yield owner, held
                owner, held = owners[piece], []
            held.append((starts[piece], ends[piece]))
        if held:
            yield owner, held


class _Status:
    """The directional status stack of X1, and the counts of what did not fit on it."""

    __slots__ = ("isolates", "lost_embeddings", "lost_isolates", "stack")

    def __init__(self, base: int) -> None:
        self.stack: list[tuple[int, int, bool]] = [(base, 0, False)]  # level, override, whether an isolate
        self.lost_isolates = self.lost_embeddings = self.isolates = 0

    def open_isolate(self, right: int) -> None:
        """X5a-X5c."""
        level = self.stack[-1][0]
        new = (level + 1) | 1 if right else (level + 2) & ~1
        if new <= MAX_DEPTH and not self.lost_isolates and not self.lost_embeddings:
            self.isolates += 1
            self.stack.append((new, 0, True))
        else:
            self.lost_isolates += 1

    def close_isolate(self) -> None:
        """X6a."""
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.isolates:
            self.lost_embeddings = 0
            while not self.stack.pop()[2]:
                pass
            self.isolates -= 1

    def embed(self, code: int) -> None:
        """X2-X5 and X7: embeddings, overrides, and PDF."""
        if self.lost_isolates:
            return
        level, _, isolate = self.stack[-1]
        if code == PDF:
            if self.lost_embeddings:
                self.lost_embeddings -= 1
            elif not isolate and len(self.stack) > 1:
                self.stack.pop()
            return
        new = (level + 2) & ~1 if code in b"lm" else (level + 1) | 1
        if new <= MAX_DEPTH and not self.lost_embeddings:
            self.stack.append((new, _STRONG_OF.get(code, 0), False))
        else:
            self.lost_embeddings += 1


def explicit_levels(classes: bytes, base: int) -> tuple[bytes, Sequences]:
    """The classes after overrides (X4, X5, X6), and the isolating run sequences. X9 leaves out what it removes."""
    result = bytearray(classes)
    directions = fsi_directions(classes) if FSI in classes else {}
    sequences = Sequences(base)
    status = _Status(base)
    for found in _TOKENS(classes):
        start, end = found.span()
        code = classes[start]
        if code in b"lrmnd":
            status.embed(code)
            continue
        if code == PDI:
            status.close_isolate()
        level, override, _ = status.stack[-1]
        if code == _SEPARATOR and end - start == 1:
            level, override = base, 0
        if override:
            result[start:end] = bytes((override,)) * (end - start)
        if code in b"xyz":
            sequences.add_initiator(start, level)
            status.open_isolate(code == RLI or (code == FSI and directions[start]))
        elif code == PDI:
            sequences.add_terminator(start, level)
        else:
            sequences.add(start, end, level)
    return bytes(result), sequences
