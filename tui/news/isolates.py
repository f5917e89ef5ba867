"""Isolates in foreign text: kept as marks beside it, and written out as UAX #9 controls where it is laid out.

No bidi control passes the door; of what a page or a feed isolates (``bdi``, ``dir``, LRI, RLI and FSI with their PDI)
the place and the direction are kept as marks. Whoever lays a text out has the controls put back, properly nested;
nothing that is stored, copied or searched holds them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from tui.news.model import Mark, MarkKind, Text

_CONTROLS = {MarkKind.ISOLATE_LTR: "\u2066", MarkKind.ISOLATE_RTL: "\u2067", MarkKind.ISOLATE: "\u2068"}
_KINDS = {control: kind for kind, control in _CONTROLS.items()}
_PDI = "\u2069"
_FIND = re.compile("[\u2066-\u2069]")
KINDS = frozenset(_CONTROLS)
_LETTERS = {MarkKind.ISOLATE_LTR: "l", MarkKind.ISOLATE_RTL: "r", MarkKind.ISOLATE: "f"}
_MARK_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_PACKED = re.compile(r"(\d{1,6})-(\d{1,6})([lrf])", re.ASCII)


def taken_out(text: str, marks: Sequence[Mark] = ()) -> tuple[str, list[Mark]]:
    """The text without isolate controls, its marks moved along, and a mark for each pair that encloses something.

    Linear in the length of the text and of its marks. A control without its partner only goes.
    """
    if not _FIND.search(text):
        return text, list(marks)
    removed = list(accumulate((char in _KINDS or char == _PDI for char in text), initial=0))
    moved = [replace(mark, start=mark.start - removed[mark.start], end=mark.end - removed[mark.end]) for mark in marks]
    pairs: list[Mark] = []
    open_: list[tuple[MarkKind, int]] = []
    for found in _FIND.finditer(text):
        at = found.start() - removed[found.start()]
        if found[0] != _PDI:
            open_.append((_KINDS[found[0]], at))
        elif open_:
            kind, start = open_.pop()
            if start < at:
                pairs.append(Mark(start, at, kind))
    pairs.reverse()  # of two that enclose the same the outer one comes first
    return _FIND.sub("", text), [*moved, *sorted(pairs, key=lambda mark: (mark.start, -mark.end))]


def packed(marks: Sequence[Mark]) -> str:
    """The isolates among the marks in a few letters, for a headline: "7-12r 20-24f"."""
    return " ".join(f"{mark.start}-{mark.end}{_LETTERS[mark.kind]}" for mark in marks if mark.kind in KINDS)


def titled(title: str, isolates: str) -> str:
    """A headline with its packed isolates as controls, for layout only. What does not fit the title is left out."""
    if not isolates:
        return title
    found = _PACKED.finditer(isolates)
    marks = tuple(Mark(int(start), int(end), _MARK_KINDS[letter]) for start, end, letter in map(re.Match.groups, found))
    return written_out(Text(title, marks)).text


def written_out(text: Text) -> Text:
    """The text with its isolates as controls, for layout only; the other marks keep their letters."""
    isolates = [mark for mark in text.marks if mark.kind in KINDS and 0 <= mark.start < mark.end <= len(text.text)]
    if not isolates:
        return text
    opening: dict[int, list[MarkKind]] = {}
    closing: dict[int, int] = {}
    for mark in sorted(isolates, key=lambda mark: -mark.end):  # of those that begin together the longest is outside
        opening.setdefault(mark.start, []).append(mark.kind)
        closing[mark.end] = closing.get(mark.end, 0) + 1
    pieces: list[str] = []
    first: dict[int, int] = {}  # where a place's letter went
    last: dict[int, int] = {}  # where what ends before it ends
    length = at = 0
    for place in sorted({*opening, *closing, *(m.start for m in text.marks), *(m.end for m in text.marks)}):
        piece, at = text.text[at:place], place
        last[place] = length + len(piece)
        controls = _PDI * closing.get(place, 0) + "".join(_CONTROLS[kind] for kind in opening.get(place, ()))
        first[place] = last[place] + len(controls)
        pieces += (piece, controls)
        length = first[place]
    marks = (replace(m, start=first[m.start], end=last[m.end]) for m in text.marks if m.kind not in KINDS)
    return Text("".join((*pieces, text.text[at:])), tuple(marks))
