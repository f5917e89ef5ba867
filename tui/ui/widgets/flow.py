"""An article as a flow of parts: each one paragraph in the bidi sense, with what its typography needs to know.

Parts do not depend on any width. They are what places, links, hits and selections refer to: (part, code point).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from tui.bidi.layout import Span
from tui.bidi.levels import needs_bidi
from tui.news.isolates import titled, written_out
from tui.news.model import (
    Article,
    Block,
    Direction,
    Figure,
    Heading,
    Image,
    ListBlock,
    Mark,
    MarkKind,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from tui.ui.widgets.picture import Shown
from tui.ui.widgets.reading_direction import level_of

_UNKNOWN = Shown()


class Kind(StrEnum):
    """What a part is to the reader."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CITE = "cite"
    CAPTION = "caption"
    RECORD = "record"
    PREFORMATTED = "preformatted"
    RULE = "rule"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of the flow."""

    kind: Kind
    text: str = ""
    level: int = 0
    """0 left to right, 1 right to left."""
    marks: tuple[Mark, ...] = ()
    block: int = -1
    """Index of the article's block it comes from; -1 for what stands above, their number for what stands below."""
    gap: int = 1
    """Blank rows above it."""
    depth: int = 0
    """How deep in nested lists."""
    sign: str = ""
    """What stands at the start of its first row: a bullet, a number."""
    table: Table | None = None
    """The table it is a row of; ``text`` is its cells with tabs between."""
    row: int = 0
    """Which row of the table, its header counted."""
    url: str = ""
    """Where the whole part leads, or ""."""
    key: str = ""
    """The key that does something with it, shown beside it."""
    side: int | None = None
    """On which side it stands (0 left, 1 right) when that is not its own direction's start."""
    joined: bool = False
    """Whether it goes on from the part above: the rule of a quotation is not interrupted."""
    image: Image | None = None
    """The picture it is the caption of."""
    shown: Shown = _UNKNOWN
    """What stands above the caption."""
    extras: tuple[tuple[int, int], ...] = ()
    """Stretches of ``text`` that are not the article's: numbers of links. They are neither copied nor searched."""

    @property
    def stands(self) -> int:
        """On which side it stands: 0 left, 1 right."""
        return self.level if self.side is None else self.side

    def own_text(self, start: int = 0, end: int | None = None) -> str:
        """The text from ``start`` to ``end`` without the extras."""
        edges = [start, *(edge for extra in self.extras for edge in extra), len(self.text) if end is None else end]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return "".join(self.text[max(low, start) : min(high, edges[-1])] for low, high in pairs)

    def place(self, own: int) -> int:
        """Where a code point of ``own_text`` stands in the text."""
        for low, high in self.extras:
            if own < low:
                break
            own += high - low
        return own


class LinkAt(NamedTuple):
    """A link and the stretch of a part it covers."""

    part: int
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What the flow says itself, in the interface's language."""

    byline: str
    figure: str
    untitled: str
    source: str = ""
    rtl: bool = False
    figures: bool = True
    """Whether pictures are shown."""
    source_key: str = ""
    report_key: str = ""
    pictures: Mapping[str, Shown] = field(default_factory=dict)
    """By address, what is known of the pictures; the rest is still to be asked for."""


def compose(article: Article, texts: Texts, source_link: str) -> tuple[Part, ...]:
    """The parts of an article, in reading order."""
    title = article.title or texts.untitled
    level = level_of(article.direction, article.language, title, default=int(texts.rtl))
    parts = [Part(Kind.TITLE, titled(title, article.isolates), level), Part(Kind.BYLINE, texts.byline, level)]
    for number, block in enumerate(article.blocks):
        parts += _Composer(article, texts, number, level).parts(block)
    if source_link and texts.source:
        own = level_of(Direction.AUTO, "", texts.source, default=level)
        link = Mark(0, len(texts.source), MarkKind.LINK, source_link)
        parts.append(Part(Kind.SOURCE, texts.source, own, (link,), len(article.blocks), url=source_link, side=level))
        parts[-1] = replace(parts[-1], key=texts.source_key)
    return tuple(parts)


def links_of(parts: Sequence[Part]) -> tuple[LinkAt, ...]:
    """Every link of the flow in reading order."""
    return tuple(
        LinkAt(number, mark.start, mark.end, mark.href)
        for number, part in enumerate(parts)
        for mark in sorted(part.marks, key=lambda m: m.start)
        if mark.kind is MarkKind.LINK and mark.href and mark.end > mark.start
    )


def spans_of(part: Part) -> list[Span]:
    """The part's inline marks as inks."""
    inks = {MarkKind.LINK: "article--link", MarkKind.STRONG: "article--strong", MarkKind.CODE: "article--code"}
    out: list[Span] = []
    for mark in part.marks:
        start, end = max(0, mark.start), min(len(part.text), mark.end)
        # Slanted Arabic or Hebrew does not exist; their emphasis is weight.
        upright = mark.kind is MarkKind.EMPHASIS and needs_bidi(part.text[start:end])
        ink = "article--strong" if upright else inks.get(mark.kind, "article--emphasis")
        if start < end:
            out.append(Span(start, end, ink))
    if part.own_text():
        out += [Span(start, end, "article--byline") for start, end in part.extras]
    return out


_DRAWN = re.compile(r"[\u2500-\u257f]")
_FOR_THE_SCREEN_ONLY = {**dict.fromkeys(range(0x2066, 0x206A)), 0xA0: " "}
"""Isolates of ours and blanks that do not break: what is copied has neither."""


def plain_text(parts: Sequence[Part]) -> str:
    """The flow as text in logical order, as one would write it in a letter."""
    out: list[str] = []
    for part in parts:
        if part.extras and not part.own_text():
            continue
        lead = "  " * part.depth + (part.sign + " " if part.sign else "")
        lead = "> " if part.kind in (Kind.QUOTE, Kind.CITE) else lead
        body = part.own_text() if part.kind is not Kind.RULE else "* * *"
        line = f"{lead}{body}" + (f" <{part.url}>" if part.url else "")
        out.append("\n" * (part.gap if out else 0) + line)
    return "\n".join(out).translate(_FOR_THE_SCREEN_ONLY)


def selected_text(parts: Sequence[Part], span_of: Callable[[int], tuple[int, int] | None]) -> str:
    """What is selected, in logical order; ``span_of`` gives (start, end) of a part, an end of -1 being its end."""
    out: list[str] = []
    for number, part in enumerate(parts):
        span = span_of(number)
        if span is not None:
            piece = part.own_text(max(0, span[0]), None if span[1] == -1 else max(0, span[1]))
            if part.extras and not piece:
                continue
            out.append(("\n" if out and part.gap else "") + piece)
    return "\n".join(out).strip("\n").translate(_FOR_THE_SCREEN_ONLY)


@dataclass(frozen=True, slots=True)
class _Composer:
    """Turns one block into parts."""

    article: Article
    texts: Texts
    number: int
    default: int

    def parts(self, block: Block) -> list[Part]:
        match block:
            case Heading(text, level):
                return [self._part(Kind.HEADING, text, gap=2 if level <= 2 and self.number else 1)]
            case Paragraph(text):
                return [self._part(Kind.PARAGRAPH, text)] if text.text.strip() else []
            case ListBlock():
                return list(self._list(block, 0, self._own(" ".join(_items_text(block)), self.default)))
            case Quote(paragraphs, cite):
                parts = [self._part(Kind.QUOTE, text) for text in paragraphs if text.text.strip()]
                parts = parts[:1] + [replace(part, joined=True) for part in parts[1:]]
                return parts + ([self._part(Kind.CITE, Text(f"— {cite}"), gap=int(not parts))] if cite else [])
            case Figure(image):
                if not self.texts.figures:
                    return []
                return [self._figure(image)]
            case Table():
                return self._table(block)
            case Preformatted(text):
                return self._preformatted(text)
            case Rule():
                return [Part(Kind.RULE, level=self.default, block=self.number)]

    def _figure(self, image: Image) -> Part:
        shown = self.texts.pictures.get(image.url, Shown(waiting=True))
        caption = image.caption or image.alt
        words = f"{self.texts.figure}: {caption}" if caption else self.texts.figure
        if shown.notice:
            words = caption = shown.notice
        part = self._part(Kind.CAPTION, Text(words), sign="▸", follow=caption)
        return replace(part, key=self.texts.report_key, image=image, shown=shown)

    def _level(self, text: str) -> int:
        return level_of(self.article.direction, self.article.language, text, default=self.default)

    def _own(self, text: str, default: int) -> int:
        """The level by the text itself, whatever the article's language, unless the reader turned the pane."""
        return level_of(self.article.direction, "", text, default=default)

    def _part(self, kind: Kind, text: Text, *, gap: int = 1, sign: str = "", follow: str = "") -> Part:
        shown = written_out(text)
        level = self._level(follow or shown.text)
        turned = sign.translate({ord("▸"): "◂"}) if level else sign
        return Part(kind, shown.text, level, shown.marks, self.number, gap, sign=turned)

    def _list(self, block: ListBlock, depth: int, side: int) -> Iterator[Part]:
        """All items stand on one side, whatever language each is in."""
        widest = len(f"{block.start + len(block.items) - 1}.")  # the texts begin in one column
        for n, item in enumerate(block.items):
            sign = f"{block.start + n}.".rjust(widest) if block.ordered else "•◦▪"[min(depth, 2)]
            text = written_out(item.text)
            own = self._own(text.text, side)
            gap = int(not depth and not n)
            yield Part(Kind.ITEM, text.text, own, text.marks, self.number, gap, depth, sign, side=side)
            for child in item.children:
                yield from self._list(child, depth + 1, side)

    def _table(self, table: Table) -> list[Part]:
        rows = ((table.header,) if table.header else ()) + table.rows
        words = " ".join(cell.text for row in rows for cell in row)
        level = self._level(words)
        out = []
        for n, row in enumerate(rows):
            text, marks = _joined(row)
            out.append(Part(Kind.RECORD, text, level, marks, self.number, gap=int(not n), table=table, row=n))
        return out

    def _preformatted(self, text: str) -> list[Part]:
        # What is drawn with lines is drawn from the left, and its corners have no mirror images.
        level = self._level(text) if needs_bidi(text) and not _DRAWN.search(text) else 0
        lines = text.strip("\n").split("\n")
        return [Part(Kind.PREFORMATTED, one, level, block=self.number, gap=int(not n)) for n, one in enumerate(lines)]


def _items_text(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield item.text.text
        for child in item.children:
            yield from _items_text(child)


def _joined(row: tuple[Text, ...]) -> tuple[str, tuple[Mark, ...]]:
    """The cells of a table's row as one text with tabs between, marks moved along."""
    marks: list[Mark] = []
    origin = 0
    row = tuple(map(written_out, row))
    for cell in row:
        marks += [Mark(m.start + origin, m.end + origin, m.kind, m.href) for m in cell.marks]
        origin += len(cell.text) + 1
    return "\t".join(cell.text for cell in row), tuple(marks)
