"""UAX #9, X1-X10: explicit levels, and the isolating run sequences in which the other rules work.

One pass over the controls; the text between two of them is one step, so the cost is linear in the number of
controls and runs, whatever their nesting.
"""

import re

MAX_DEPTH = 125
LRE, RLE, LRO, RLO, PDF, LRI, RLI, FSI, PDI = b"lrmndxyzp"
_SEPARATOR, _NEUTRAL, _L = b"PbL"
_EMBEDDINGS = frozenset((LRE, RLE, LRO, RLO, PDF))
_INITIATORS = frozenset((LRI, RLI, FSI))
_STRONG_OF = {LRO: ord("L"), RLO: ord("R")}

has_controls = re.compile(rb"[blrmndxyzp]").search
_TOKENS = re.compile(rb"[^blrmndxyzpP]++|[lrmndxyzpP]|b++").finditer
_STRONG_OR_ISOLATE = re.compile(rb"[LRAxyzp]").search
_ISOLATE_CONTROLS = re.compile(rb"[xyzp]").finditer
_STRONG = (b"L", b"R", b"A")
# an isolate control, or a stretch without one from its first strong character on
_STRETCHES = re.compile(rb"[xyzp]|[LRA][^xyzp]*+").finditer


def first_strong(classes: bytes) -> int | None:
    """P2 and P3: 0 or 1 by the first strong character outside isolates, None without one."""
    found = _STRONG_OR_ISOLATE(classes)
    while found:
        if found[0] in _STRONG:
            return int(found[0] != b"L")
        depth = 0
        for control in _ISOLATE_CONTROLS(classes, found.start()):
            if classes[control.start()] != PDI:
                depth += 1
            elif depth <= 1:
                break
            else:
                depth -= 1
        else:
            return None
        found = _STRONG_OR_ISOLATE(classes, control.end())
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


class Sequences:
    """The isolating run sequences (BD13) of a paragraph, built while it is read from left to right.

    Columns, not objects: a hostile text has as many sequences as characters.
    """

    __slots__ = ("_base", "_cut", "_last", "_now", "_open", "after", "begun", "parted", "pieces")

    def __init__(self, base: int) -> None:
        # of each sequence its level and the level before it; the first has no text, so that there is one to end
        self.begun: list[tuple[int, int]] = [(base, base)]
        self.after = [base]  # the level after each sequence
        self.pieces: list[tuple[int, int, int]] = []  # stretches of text: sequence, start, end
        self.parted: set[int] = set()  # the sequences of more than one piece
        self._base = base
        self._now = 0
        self._cut = True  # the next piece begins a level run: the last one was an isolate initiator
        self._last = base  # level of the last piece
        self._open: list[int] = []  # the sequences that wait for the PDI of their initiator

    def add(self, start: int, end: int, level: int) -> None:
        """The next piece of text."""
        if self._cut or level != self._last:
            self.after[self._now] = self._base if self._cut else level
            self._now = len(self.begun)
            self.begun.append((level, self._last))
            self.after.append(self._base)
            self._cut = False
            self._last = level
        else:
            owner, begin, before = self.pieces[-1]
            if before == start:
                self.pieces[-1] = owner, begin, end
                return
            self.parted.add(owner)
        self.pieces.append((self._now, start, end))

    def wait_for_terminator(self) -> None:
        """The last piece was an LRI, RLI or FSI that fits: the level run ends behind it."""
        self._open.append(self._now)
        self._cut = True

    def add_terminator(self, at: int, level: int) -> None:
        """The PDI of the isolate opened last: goes on with the sequence of its initiator."""
        self.after[self._now] = self._base if self._cut else level
        self._now = self._open.pop()
        self._last = level
        self._cut = False
        self.parted.add(self._now)
        self.pieces.append((self._now, at, at + 1))

    def finish(self) -> None:
        """The end of the paragraph."""
        self.after[self._now] = self._base


class _Status:
    """The directional status stack of X1, and the counts of what did not fit on it."""

    __slots__ = ("isolates", "lost_embeddings", "lost_isolates", "stack")

    def __init__(self, base: int) -> None:
        self.stack: list[tuple[int, int, bool]] = [(base, 0, False)]  # level, override, whether an isolate
        self.lost_isolates = self.lost_embeddings = self.isolates = 0

    def open_isolate(self, right: int) -> bool:
        """X5a-X5c. Whether it fits: one that does not changes no level, and so parts no level run (BD7, BD13)."""
        level = self.stack[-1][0]
        new = (level + 1) | 1 if right else (level + 2) & ~1
        if new <= MAX_DEPTH and not self.lost_isolates and not self.lost_embeddings:
            self.isolates += 1
            self.stack.append((new, 0, True))
            return True
        self.lost_isolates += 1
        return False

    def close_isolate(self) -> bool:
        """X6a. Whether it ends an isolate that fitted."""
        if self.lost_isolates:
            self.lost_isolates -= 1
            return False
        if not self.isolates:
            return False
        self.lost_embeddings = 0
        while not self.stack.pop()[2]:
            pass
        self.isolates -= 1
        return True

    def embed(self, code: int) -> None:
        """X2-X5 and X7: embeddings, overrides, and PDF, outside isolates that did not fit."""
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
    directions = fsi_directions(classes) if FSI in classes else b""
    sequences, status = Sequences(base), _Status(base)
    stack, add = status.stack, sequences.add
    starts = [found.start() for found in _TOKENS(classes)]
    for start, end in zip(starts, [*starts[1:], len(classes)], strict=True):
        code = classes[start]
        if code == _NEUTRAL:
            continue
        if code in _EMBEDDINGS:
            if not status.lost_isolates:
                status.embed(code)
            continue
        ends_isolate = code == PDI and status.close_isolate()
        level, override, _ = stack[-1]
        if override and code != _SEPARATOR:
            result[start:end] = bytes((override,)) * (end - start)
        if code in _INITIATORS:
            add(start, end, level)
            if status.open_isolate(directions[start] if code == FSI else code == RLI):
                sequences.wait_for_terminator()
        elif ends_isolate:
            sequences.add_terminator(start, level)
        else:
            add(start, end, base if code == _SEPARATOR else level)
    sequences.finish()
    return bytes(result), sequences
