"""Inline text as it is gathered from markup: white space collapsed, marks kept on code points, made safe at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui.bidi.sanitize import sanitize, sanitize_block
from tui.news.isolates import taken_out
from tui.news.model import Mark, MarkKind, Text

_WHITE = re.compile(r"[ \t\n\r\f\x0b]+")
_PLAIN = re.compile(
    "(?:[ -~\xa1-\xac\xae-\u02ff\u0400-\u0482\u05d0-\u05ea\u060c\u061b\u061f\u0620-\u064a\u0660-\u066d"
    "\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u2013\u2014\u2018-\u201e\u2026]++"
    "|(?<=[\u0620-\u064a])(?:[\u064b-\u0650]\u0651?|[\u0651\u0652])(?![\u064b-\u0655]))*+"
).fullmatch
"""Letters, digits and punctuation that pass the door unchanged, whatever stands beside them, and tashkeel on an Arabic
letter: one mark, or a vowel before its shadda, which is their canonical order."""
_EDGES = ("", " ", "\xa0", "\u202f")
_NO_LINE = re.compile("[^ \n]")
_LONGEST = 50_000
"""Code points of one paragraph."""
_MOST_MARKS = 2000
"""Marks of one paragraph."""
_PROSE = 80
"""Lines longer than this on average, set apart by single <br>s, are paragraphs, not verse."""


def safe(text: str, *, limit: int = 20_000) -> str:
    """One line of foreign text made safe."""
    return text.strip() if _is_plain(text, limit) else str(sanitize(text, limit=limit))


def _is_plain(text: str, limit: int) -> bool:
    """True when ``sanitize`` would change nothing but the blanks at the ends: most of what the press writes."""
    return len(text) <= limit and _PLAIN(text) is not None and "  " not in text


class InlineBuilder:
    """Collects the pieces of one paragraph; ``take`` gives the paragraphs they make and starts again."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blank = True
        self._marks: list[Mark] = []
        self._open: list[tuple[MarkKind, str, int]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing has been gathered."""
        return not self._pieces

    def add(self, text: str) -> None:
        """Append text; runs of white space become one blank, none at the start of a line."""
        room = _LONGEST - self._length
        if room <= 0:
            return
        if len(text) > 2 * room:
            text = text[:room]
        if "  " in text or not text.isprintable():  # most text has single blanks only: not each is replaced by itself
            text = _WHITE.sub(" ", text)
        if self._blank and text[:1] == " ":
            text = text[1:]
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._blank = text[-1] == " "

    def break_line(self) -> None:
        """Append a line break (<br>)."""
        if self._length < _LONGEST:
            self._pieces.append("\n")
            self._length += 1
        self._blank = True

    def open(self, kind: MarkKind, href: str = "") -> None:
        """Start a mark here."""
        self._open.append((kind, href, self._length))

    def close(self) -> None:
        """End the mark opened last."""
        if self._open:
            kind, href, start = self._open.pop()
            if self._length > start and len(self._marks) < _MOST_MARKS:
                self._marks.append(Mark(start, self._length, kind, href))

    def take(self) -> list[Text]:
        """The paragraphs gathered so far; marks still open go on in the next."""
        if not self._pieces:
            return []
        raw = "".join(self._pieces)
        marks = self._marks + [
            Mark(start, len(raw), kind, href) for kind, href, start in self._open if start < len(raw)
        ]
        self._pieces, self._length, self._blank, self._marks = [], 0, True, []
        self._open = [(kind, href, 0) for kind, href, _ in self._open]
        if "\n" not in raw:
            text = finish(raw, marks)
            return [text] if text.text else []
        return [
            text
            for start, end in _paragraphs(raw)
            if (text := finish(raw[start:end], _shifted(marks, start, end))).text
        ]


def _paragraphs(raw: str) -> list[tuple[int, int]]:
    """The ranges that blank lines set apart, and every line when lines are long enough to be paragraphs."""
    lines = [line for line in raw.split("\n") if line.strip()]
    prose = bool(lines) and sum(map(len, lines)) / len(lines) > _PROSE
    separator = re.compile(r"\n" if prose else r"\n[ \n]*\n")
    ranges, start = [], 0
    for match in separator.finditer(raw):
        ranges.append((start, match.start()))
        start = match.end()
    return [*ranges, (start, len(raw))]


def _shifted(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The parts of marks that lie in ``start`` to ``end``, counted from ``start``."""
    cut = ((max(mark.start, start) - start, min(mark.end, end) - start, mark) for mark in marks)
    return [Mark(a, b, mark.kind, mark.href) for a, b, mark in cut if a < b]


def finish(raw: str, marks: Sequence[Mark]) -> Text:
    """``raw`` made safe and stripped, with the marks moved to where their text went; its isolates become marks."""
    raw, marks = taken_out(raw, marks)
    clean = str(sanitize_block(raw, limit=_LONGEST)) if "\n" in raw else safe(raw)
    if not marks:
        return Text(clean.strip())
    if clean == raw:
        return _stripped(clean, marks)
    edges = sorted({0, len(raw), *(m.start for m in marks), *(m.end for m in marks)})
    places, pieces, length = {0: 0}, [], 0
    for start, end in pairwise(edges):
        piece = _safe_keeping_edges(raw[start:end])
        pieces.append(piece)
        length += len(piece)
        places[end] = length
    moved = [Mark(places[m.start], places[m.end], m.kind, m.href) for m in marks]
    return _stripped("".join(pieces), moved)


def _safe_keeping_edges(piece: str) -> str:
    core = piece.strip()
    start, end = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    before, after = _edge(piece[:start]), _edge(piece[max(start, end) :])
    return before + str(sanitize_block(core) if "\n" in core else sanitize(core)) + after


def _edge(white: str) -> str:
    """White space beside a link: line breaks, a blank, or the one at which no line may break."""
    if "\n" in white:
        return _NO_LINE.sub(" ", white)
    return white if white in _EDGES else " "


def _stripped(text: str, marks: Sequence[Mark]) -> Text:
    lead = len(text) - len(text.lstrip())
    core = text.strip()
    kept = []
    for mark in marks:
        start, end = max(mark.start - lead, 0), min(mark.end - lead, len(core))
        while start < end and core[start].isspace():
            start += 1
        while start < end and core[end - 1].isspace():
            end -= 1
        if start < end:
            kept.append(Mark(start, end, mark.kind, mark.href))
    return Text(core, tuple(sorted(kept, key=lambda m: (m.start, -m.end))))


def join(texts: Sequence[Text], separator: str = " ") -> Text:
    """Several paragraphs as one text, marks moved along."""
    if len(texts) == 1:
        return texts[0]
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for text in texts:
        if pieces:
            pieces.append(separator)
            length += len(separator)
        marks += [Mark(m.start + length, m.end + length, m.kind, m.href) for m in text.marks]
        pieces.append(text.text)
        length += len(text.text)
    return Text("".join(pieces), tuple(marks))


def lines_of(text: Text) -> list[Text]:
    """The lines of a paragraph that are not blank, marks moved along."""
    lines, start = [], 0
    for line in text.text.split("\n"):
        end = start + len(line)
        marks = [
            replace(m, start=max(m.start, start) - start, end=min(m.end, end) - start)
            for m in text.marks
            if m.start < end and m.end > start
        ]
        if line.strip():
            lines.append(finish(line, marks))
        start = end + 1
    return lines
