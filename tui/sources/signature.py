"""When a page was published and who wrote it, by what its markup says beside the machine-readable descriptions:
time elements, class names, the lines round the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.dates import parse_date
from tui.sources.furniture import LEADS
from tui.sources.heading import LINE, OTHER_STORIES, PARTED, lines_near, parts_of
from tui.sources.inline import safe
from tui.sources.noise import named

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKED_DATES = (
    "[itemprop=datePublished], [property~='datePublished'], [property~='schema:datePublished'], [property~='dc:date']",
    "time.published, time.entry-date, abbr.published, .dt-published",
    "time[datetime][pubdate]",
    "article time[datetime]",
    "header time[datetime]",
)
_LEVELS = 12
_CANDIDATES = 30

_SIGNERS = (
    "[itemprop=author] [itemprop=name], [itemprop=author]",
    "a[rel~=author]",
    ".vcard .fn, .p-author",
    "[class*=byline i]:not(body) a, [class*=author i]:not(body) a",  # builders say of a whole page who wrote it
    "[class*=byline i], [class*=author i], [class*=submitted i]",
)
_SURE = _SIGNERS[:3]
"""Where several stand beside one another, they are all names."""
_BY = (
    r"(?:(?:[a-z]+\s+)?by|par|von|por|propos recueillis par|بقلم|بواسطة|كتب(?:ه|ها|ت)?|الكاتب|مرسلة بواسطة|إعداد|"
    r"نویسنده|به قلم|خبرنگار|מאת|תحریר|تحریر)"
)
_LED = re.compile(rf"(?:^|[,|·•،;]|[–—-]\s|\s{{2}})\s*{_BY}(?:\s*:\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
_ENDS = re.compile(r"\s*[|·•,،؛;/]\s*|\s+[-–—]\s+|\s+(?:on|le|في|in)\s+(?=\d|[A-Z][a-z]+ \d)|\s{2,}")
_UPDATED = re.compile(
    r"(?:(?:last )?(?:updated|modified|edited)|(?:dernière )?mise? à jour|modifié|(?:آخر )?تحديث|"
    r"حُ?دِّ?ث|(?:אחרון )?עודכן|"
    r"עדכון אחרון|(?:آخرین )?(?:به‌?روز ?رسانی|بروزرسانی|ویرایش)|اپ ?ڈیٹ)\b"
    r"\D{0,60}\d.{0,80}?(?=\b(?:published|posted|publié|نشر|تاريخ النشر|פורסם|انتشار|شائع)|[|•·]|\s{2}|$)",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/-])")
_LATER_WORDS = frozenset(("updated", "modified", "update"))
_SENTENCE = re.compile(r"[^\d.][.!?؟۔…][\"»”]?$")
_READING_TIME = re.compile(r"\d\s?min(?:s|utes?)?\.?$", re.IGNORECASE)
_STATEMENT = 50
"""Characters: a line that ends as a sentence is one from here on."""
_SIGNATURE, _FEW = 90, 20
"""Characters: of a line that says who and when; of what it adds to a name."""
_NAME = re.compile(r"[^\d@<>:/]{3,60}")
_MOST_WORDS = 6
_ROLE = re.compile(
    r"(?:[^.!?؟۔:]{0,40}[\s,،/–-])?(?:correspondent|reporter|editor|journalist|columnist|(?:staff )?writer|"
    r"correspondante?|journaliste|rédact(?:eur|rice)|envoyée?s? spéciale?s?|مراسلة?|محررة?|صحا?في(?:ة)?|موفدة?|"
    r"כתבת?|פרשנ(?:ית)?|עורכת?|خبرنگار|گزارشگر|نامہ نگار|رپورٹر)(?:[\s,،/–-][^.!?؟۔:]{0,40})?",
    re.IGNORECASE,
)
"""A line that says what somebody is to the paper: "Harbour correspondent, Tyre"."""
_ROLE_WORDS = 7
_NOBODY = re.compile(
    r"(?:admin|administrator|authors?|auteur|byline|by|staff|home|follow|following|folgen|suivre|more|about|contact|"
    r"(?:see |view )?(?:full )?(?:bio|profile)|e-?mail|twitter|facebook|instagram|linkedin|"
    r"متابعة|تابع|الكاتب|نویسنده|מעקב)",
    re.IGNORECASE,
)
_MOST_WRITERS = 6


def marked_date(tree: LexborHTMLParser, heading: LexborNode | None, now: datetime) -> datetime | None:
    """The moment an element of the story is marked with, else the one that a line near the heading names."""
    for selector in _MARKED_DATES:
        for node in _own(tree.css(selector)):
            if not named(node) & _LATER_WORDS and (found := _moment(node, now)):
                return found
    times = list(_own(tree.css("time")))
    if len(times) == 1 and (found := _moment(times[0], now)):
        return found
    lines = [line for line in lines_near(heading) if not _tells(line)]
    said = (*map(_first_published, lines), *lines)  # where nothing else is said, the day it was last changed
    near = next((found for line in said if line and (found := parse_date(line, now=now))), None)
    first = (_moment(node, now) for node in times if not _UPDATED.match(f"{_before(node)} 1"))
    return near or next((found for found in first if found), None)


def _tells(line: str) -> bool:
    """Is it a sentence of the story, or of others? The days it names are not the page's."""
    whole = PARTED not in line and not _READING_TIME.search(line)
    return bool(whole and len(line) > _STATEMENT and _SENTENCE.search(line)) or bool(LEADS.match(line))


def _before(node: LexborNode) -> str:
    """What stands just before ``node``: "Updated:"."""
    before = node.prev
    while before is not None and not (said := safe(before.text() or "", limit=LINE)):
        before = before.prev
    return said if before is not None else ""


def is_signature(line: str, author: str, published: datetime) -> bool:
    """Does a line at a story's beginning only say who wrote it, or when?"""
    if len(line.split()) <= _ROLE_WORDS and _ROLE.fullmatch(line.strip()):
        return True
    if author and author in line and len(line) <= len(author) + _FEW:
        return True
    if len(line) <= _SIGNATURE and _READING_TIME.search(line):
        return True
    if len(line) > _SIGNATURE or line[-1:] in ".!?؟۔":
        return False
    found = parse_date(line, now=published)
    return bool(_UPDATED.match(line)) or (found is not None and abs((found - published).days) <= 1)


def _first_published(line: str) -> str:
    """``line`` without what it says of a later change."""
    return _UPDATED.sub(" ", line)


def date_in_address(url: str, now: datetime) -> datetime | None:
    """The day in an address like /2025/12/11/name, unless it is still to come."""
    match = _DAY_IN_PATH.search(urlsplit(url).path)
    found = parse_date("-".join(match.groups()), now=now) if match else None
    return found if found is not None and found <= now + timedelta(days=1) else None


def marked_author(tree: LexborHTMLParser, heading: LexborNode | None) -> str:
    """The name that an element of the story is marked as, else the one in a line "By NAME" near the heading."""
    for selector in _SIGNERS:
        names: dict[str, LexborNode] = {}
        for node in _own(tree.css(selector)):
            said = safe(node.attributes.get("content") or "", limit=200) or parts_of(node)[:200]
            sure = not names or (selector in _SURE and _near(node, next(iter(names.values()))))
            if sure and (name := _person(said)):
                names.setdefault(name, node)
        if names:
            return ", ".join(list(names)[:_MOST_WRITERS])
    return next((name for line in lines_near(heading) if (name := _person(line, led=True))), "")


def _near(one: LexborNode, other: LexborNode) -> bool:
    """Whether two names stand in one byline."""
    holders = [node.parent.parent if node.parent is not None else None for node in (one, other)]
    return all(holders) and len({holder.mem_id for holder in holders if holder is not None}) == 1


def _own(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Those that do not stand among comments or other stories."""
    for count, node in enumerate(nodes):
        if count == _CANDIDATES:
            return
        above: LexborNode | None = node
        left = _LEVELS
        while above is not None and left and not named(above) & OTHER_STORIES:
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
    match = _LED.search(text)
    if led and not match:
        return ""
    name = _ENDS.split((match["name"] if match else text).strip(), maxsplit=1)[0].strip()
    fits = _NAME.fullmatch(name) and len(name.split()) <= _MOST_WORDS and not _NOBODY.fullmatch(name)
    return name if fits else ""
