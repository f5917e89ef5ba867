"""The aggregator family (maghress, djazairess, masress, sauress, turess, sudaress,
yemeress) and every site of that shape.

An article's page begins with a ticker of headlines, then title, "published in PAPER on DD - MM - YYYY", the body and
"click here to read it at its source". It is read by its class names, else by these two lines, in Arabic, French and
English. The paper is the source, not the aggregator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.dates import parse_date
from tui.news.model import Block, Figure, Heading, ListBlock, Paragraph, Provenance, Text
from tui.sources.between import between
from tui.sources.blocks import read_blocks
from tui.sources.containers import texts_of
from tui.sources.furniture import without_furniture
from tui.sources.inline import lines_of
from tui.sources.leading import first_picture
from tui.sources.noise import noise_in
from tui.sources.words import words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

HOSTS = frozenset(
    f"{name}.com" for name in ("maghress", "djazairess", "masress", "sauress", "turess", "sudaress", "yemeress")
)
ARTICLE_PATH = re.compile(
    r"/(?:(?P<language>fr|en)/)?(?P<paper>(?!(?:19|20)\d\d/)[a-z0-9][a-z0-9_-]{1,40})/(?P<id>\d{1,12})/?"
)
_DASH = r"[\s\-–—‑−/.]{1,6}"
_DIGITS = r"[0-9٠-٩۰-۹]"
_DATE = rf"(?P<date>{_DIGITS}{{1,2}}{_DASH}{_DIGITS}{{1,2}}{_DASH}{_DIGITS}{{4}})"
_DATE_LINES = tuple(
    re.compile(pattern + _DATE, re.IGNORECASE)
    for pattern in (
        r"(?:نُ?شر(?:ت)?)\s+(?:في|ب|على|لدى)\s+(?P<paper>\S.{0,80}?)\s+(?:يوم|بتاريخ|في)\s+",
        r"publi[ée]e?\s+(?:dans|par|sur)\s+(?P<paper>\S.{0,80}?)\s+le\s+",
        r"published\s+(?:in|by|on)\s+(?P<paper>\S.{0,80}?)\s+on\s+",
    )
)
SOURCE_LINE = re.compile(
    r"[اإ]نقر\s+هنا\s+لقراءة\s+(?:الخبر|المقال)\s+من\s+مصدره|cliquez\s+ici\s+pour\s+lire\s+l.(?:article|information|"
    r"info)\b.{0,40}source|"
    r"click\s+here\s+to\s+read\s+the\s+(?:story|article|news)\b.{0,40}source",
    re.IGNORECASE,
)
_SEVERAL, _STORY = 3, 250
"""Date lines of a list, at least; characters of a story after the first of them."""
_FAR = 6
"""Blocks between the title and the date line: a picture, its notice, an author line."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the page of an aggregator says."""

    title: str
    paper: str
    published: datetime | None
    blocks: tuple[Block, ...]
    source_link: str
    provenance: Provenance


def is_family(url: str) -> bool:
    """True when the address is one of the known aggregators'."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in HOSTS


def article_shape(url: str, base: str) -> re.Match[str] | None:
    """The match of an article's path (/paper/id) on the host of ``base``, or None."""
    parts = urlsplit(url)
    same = (parts.hostname or "").removeprefix("www.") == (urlsplit(base).hostname or "").removeprefix("www.")
    return ARTICLE_PATH.fullmatch(parts.path) if same else None


def read_aggregator(tree: LexborHTMLParser, base: str, now: datetime) -> Found | None:
    """The article of a page in the family's shape, or None when it has none."""
    return _by_classes(tree, base, now) or _by_lines(tree, base, now)


def date_line(text: str, now: datetime) -> tuple[str, datetime | None] | None:
    """Paper and day of "published in PAPER on DD - MM - YYYY", or None."""
    for pattern in _DATE_LINES:
        match = pattern.search(text)
        if match:
            return match["paper"].strip(" :|-"), parse_date(match["date"], now=now)
    return None


def _by_classes(tree: LexborHTMLParser, base: str, now: datetime) -> Found | None:
    title = tree.css_first(".articletitle")
    contents = tree.css(".articlecontent")
    if title is None or not contents:
        return None
    line = tree.css_first(".articlenewspaper")
    text = words_of(line) if line is not None else ""
    paper, published = date_line(text, now) or (text[:80], parse_date(text, now=now))
    blocks = tuple(block for node in contents for block in read_blocks(node, base, noise_in(node)))
    body, link = _cut_at_source_line(blocks)
    if not link:
        _, link = _cut_at_source_line(read_blocks(tree.body or contents[0], base))
    heading = words_of(title, limit=2000)
    shown = first_picture(between(title, contents[0]), base)
    body = (shown, *body) if shown is not None else body
    return Found(heading, paper, published, without_furniture(body, heading), link, Provenance.SITE)


def _by_lines(tree: LexborHTMLParser, base: str, now: datetime) -> Found | None:
    if tree.body is None or not _has_date_line(tree.body.text()):
        return None
    blocks = _split_lines(read_blocks(tree.body, base))
    places = [
        i
        for i, block in enumerate(blocks)
        if isinstance(block, Paragraph | Heading) and _is_date_line(block.text.text, now)
    ]
    if not places or places[0] < 1 or _are_of_a_list(blocks, places):
        return None
    place = places[0]
    title, after_title = _title_before(blocks, place)
    if not title:
        return None
    paper, published = date_line(_text(blocks[place]), now) or ("", None)
    pictures = [block for block in blocks[after_title:place] if isinstance(block, Figure)]
    pictures = pictures or _pictures_above(blocks[: max(after_title - 1, 0)])
    body, link = _cut_at_source_line(blocks[place + 1 :])
    if not link:
        body = _cut_at_other_stories(body)
    body = without_furniture((*pictures, *body), title)
    if not any(isinstance(block, Paragraph) for block in body):
        return None
    return Found(title, paper, published, body, link, Provenance.ANCHORS)


def _are_of_a_list(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """Do the date lines stand under headlines, with no story after the first?"""
    return len(places) >= _SEVERAL and sum(len(_text(b)) for b in blocks[places[0] + 1 : places[1]]) < _STORY


_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def _has_date_line(text: str) -> bool:
    """False when no block of a page with this text can be a date line: most pages need not be read twice."""
    text = " ".join(_INVISIBLE.sub("", text).split())
    return any(pattern.search(text) for pattern in _DATE_LINES)


def _is_date_line(text: str, now: datetime) -> bool:
    return len(text) < 200 and date_line(text, now) is not None


def _text(block: Block) -> str:
    return " ".join(text.text for text in texts_of(block))


def _split_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Paragraphs that hold a date line or a source line among others, cut into lines."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and "\n" in block.text.text:
            result += [Paragraph(line) for line in lines_of(block.text)]
        else:
            result.append(block)
    return tuple(result)


def _title_before(blocks: Sequence[Block], place: int) -> tuple[str, int]:
    """The last heading before the date line, else the last short paragraph; and the index after it."""
    for index in range(place - 1, max(place - 1 - _FAR, -1), -1):
        block = blocks[index]
        if isinstance(block, Heading):
            return block.text.text, index + 1
    for index in range(place - 1, max(place - 1 - _FAR, -1), -1):
        block = blocks[index]
        if isinstance(block, Paragraph) and 8 <= len(block.text.text) <= 300 and without_furniture((block,)):
            return block.text.text, index + 1
    return "", place


def _pictures_above(blocks: Sequence[Block]) -> list[Figure]:
    """The pictures that stand over the title, with nothing between but the notice that they can be reported."""
    found: list[Figure] = []
    for block in reversed(blocks[-_FAR:]):
        if isinstance(block, Figure):
            found.insert(0, block)
        elif without_furniture((block,)):
            break
    return found


def _cut_at_source_line(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str]:
    """The blocks before "click here to read it at its source", and where that link goes."""
    for index, block in enumerate(blocks):
        for text in texts_of(block):
            if SOURCE_LINE.search(text.text):
                links = [mark.href for mark in text.marks if mark.href]
                before = text.text[: SOURCE_LINE.search(text.text).start()].rstrip()  # type: ignore[union-attr]
                kept = (
                    [Paragraph(_head(text, len(before)))] if isinstance(block, Paragraph) and len(before) > 20 else []
                )
                return (*blocks[:index], *kept), links[-1] if links else ""
    return tuple(blocks), ""


def _head(text: Text, length: int) -> Text:
    marks = tuple(replace(m, end=min(m.end, length)) for m in text.marks if m.start < length)
    return Text(text.text[:length], marks)


def _cut_at_other_stories(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks before three in a row that are nothing but links."""
    run = 0
    for index, block in enumerate(blocks):
        texts = texts_of(block)
        linked = bool(texts) and all(
            sum(m.end - m.start for m in t.marks if m.href) * 10 > len(t.text) * 8 for t in texts
        )
        run = run + len(texts) if linked and isinstance(block, Paragraph | Heading | ListBlock) else 0
        if run >= 3:
            return tuple(blocks[: index if isinstance(block, ListBlock) else index - run + 1])
    return tuple(blocks)
