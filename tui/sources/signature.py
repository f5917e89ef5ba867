"""When a page was published and who wrote it, by what its markup says beside the machine-readable descriptions:
time elements, class names, the lines round the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from tui.news.dates import parse_date
from tui.sources.heading import LINE, lines_near
from tui.sources.inline import safe
from tui.sources.noise import named

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKED_DATES = (
    "[itemprop=datePublished]",
    "time.published, time.entry-date, abbr.published, .dt-published",
    "time[datetime][pubdate]",
    "article time[datetime]",
    "header time[datetime]",
)
_OTHER_STORIES = frozenset(
    ("related", "relatedposts", "recommended", "comments", "comment", "commentlist", "sidebar", "popular", "trending")
)
"""Words in the names of what holds other people's dates and names."""
_LEVELS = 12
_CANDIDATES = 30

_SIGNERS = (
    "[itemprop=author] [itemprop=name], [itemprop=author]",
    "a[rel~=author]",
    ".vcard .fn, .p-author",
    "[class*=byline i] a, [class*=author i] a",
    "[class*=byline i], [class*=author i], [class*=submitted i]",
)
_BY = (
    r"(?:(?:words|written|posted|reported|story)\s+by|by|par|بقلم|بواسطة|كتب(?:ه|ها|ت)?|الكاتب|مرسلة بواسطة|إعداد|"
    r"نویسنده|به قلم|خبرنگار|מאת|תحریר|تحریر)"
)
_LED = re.compile(rf"\s*{_BY}(?:\s*:\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
_ENDS = re.compile(r"\s*[|·•,،؛;/]\s*|\s+[-–—]\s+|\s+(?:on|le|في|in)\s+(?=\d|[A-Z][a-z]+ \d)|\s{2,}")
_NAME = re.compile(r"[^\d@<>:/]{3,60}")
_MOST_WORDS = 6
_NOBODY = re.compile(r"(?:admin|administrator|author|auteur|byline|by|staff|الكاتب|نویسنده)", re.IGNORECASE)


def marked_date(tree: LexborHTMLParser, heading: LexborNode | None, now: datetime) -> datetime | None:
    """The moment an element of the story is marked with, else the one that a line near the heading names."""
    for selector in _MARKED_DATES:
        for node in _own(tree.css(selector)):
            if found := _moment(node, now):
                return found
    times = list(_own(tree.css("time")))
    if len(times) == 1 and (found := _moment(times[0], now)):
        return found
    return next((found for line in lines_near(heading) if (found := parse_date(line, now=now))), None)


def marked_author(tree: LexborHTMLParser, heading: LexborNode | None) -> str:
    """The name that an element of the story is marked as, else the one in a line "By NAME" near the heading."""
    for selector in _SIGNERS:
        for node in _own(tree.css(selector)):
            said = safe(node.attributes.get("content") or node.text(separator="  "), limit=200)
            if name := _person(said):
                return name
    return next((name for line in lines_near(heading) if (name := _person(line, led=True))), "")


def _own(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Those that do not stand among comments or other stories."""
    for count, node in enumerate(nodes):
        if count == _CANDIDATES:
            return
        above: LexborNode | None = node
        left = _LEVELS
        while above is not None and left and not named(above) & _OTHER_STORIES:
            above, left = above.parent, left - 1
        if above is None or not left or above.tag in ("body", "html"):
            yield node


def _moment(node: LexborNode, now: datetime) -> datetime | None:
    """What a marked element says; a clock that stands in an element beside it belongs to its day."""
    said = node.attributes.get("datetime") or node.attributes.get("content") or node.attributes.get("title")
    found = parse_date(said, now=now) if said else None
    found = found or parse_date(safe(node.text(separator=" "), limit=LINE), now=now)
    if found is None or found.time() != time() or ":" in (said or ""):
        return found
    above = node.parent
    for _ in range(3):
        if above is None or above.tag in ("body", "html") or len(line := safe(above.text(separator=" "))) > LINE:
            break
        fuller = parse_date(line, now=now)
        if fuller is not None and fuller.time() != time() and fuller.date() == found.date():
            return fuller
        above = above.parent
    return found


def _person(text: str, *, led: bool = False) -> str:
    """The name in a byline, without the words that lead to it and what follows it; "" when it is none.

    ``led``: only where a word leads to it.
    """
    match = _LED.match(text)
    if led and not match:
        return ""
    name = _ENDS.split((match["name"] if match else text).strip(), maxsplit=1)[0].strip()
    fits = _NAME.fullmatch(name) and len(name.split()) <= _MOST_WORDS and not _NOBODY.fullmatch(name)
    return name if fits else ""
