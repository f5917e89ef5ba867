"""What a page says about itself in machine-readable form: JSON-LD (schema.org), OpenGraph, meta and time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tui.news.addresses import absolute
from tui.news.dates import parse_date
from tui.news.model import Image, Link
from tui.sources.furniture import title_parts
from tui.sources.heading import (
    heading_node,
    is_headline,
    key,
    page_title,
    site_in_title,
    title_by_heading,
    without_suffix,
)
from tui.sources.inline import safe
from tui.sources.signature import date_in_address, marked_author, marked_date
from tui.sources.teasers import title_text
from tui.sources.words import words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARTICLES = re.compile(r"\w*(?:Article|BlogPosting)|Report", re.IGNORECASE)
_FEED_TYPES = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "text/xml",
    )
)
MAX_SCRIPT = 2_000_000
_LONGEST_HREF = 2000
_LONGEST_NAME = 80
_SHORT_NAME = 3
_FEW_LETTERS, _SHARED = 8, 2
"""Letters of a paper's name."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own description; every field may be empty."""

    title: str = ""
    site: str = ""
    author: str = ""
    published: datetime | None = None
    body: str = ""
    """JSON-LD articleBody, plain text or HTML."""
    description: str = ""
    image: Image | None = None
    canonical: str = ""
    article: bool = False
    """The page says that it is an article."""
    headline: bool = False
    """Its heading reads like a story's."""
    language: str = ""
    direction: str = ""
    feeds: tuple[Link, ...] = ()


def read_metadata(tree: LexborHTMLParser, base: str, now: datetime) -> Metadata:
    """Everything ``tree`` says about itself; addresses resolved against ``base``."""
    metas = _metas(tree)
    stories = list(_stories(tree))
    story = stories[0] if 0 < len(stories) <= 2 else {}  # more of them describe a list of stories
    head = heading_node(tree)
    heading = words_of(head) if head is not None else ""
    site = title_text(
        metas.get("og:site_name")
        or _name(story.get("publisher"))
        or _marked_publisher(tree)
        or metas.get("application-name")
        or "",
        markup=True,
    )
    headline = is_headline(head, page_title(tree), site)
    site = site or (site_in_title(page_title(tree), heading) if headline else "") or _host_in_title(tree, base)
    said = (
        _own_headline(_string(story.get("headline")), heading, page_title(tree))
        or metas.get("og:title")
        or metas.get("twitter:title")
        or _marked_headline(tree)
    )
    title = title_text(said or page_title(tree), markup=True)
    image = absolute(base, _image_url(story.get("image")) or metas.get("og:image") or metas.get("twitter:image") or "")
    root = tree.css_first("html")
    attributes = root.attributes if root is not None else {}
    body = tree.body
    return Metadata(
        title=(without_suffix(title, site, heading) if said else title_by_heading(title, site, heading)) or heading,
        site=site,
        author=title_text(_writer(_bylines(story, metas, tree, head), site, base), markup=True),
        published=_published(story, metas, _page_stamp(tree), now)
        or marked_date(tree, head, now)
        or date_in_address(base, now),
        body=_string(story.get("articleBody")),
        description=title_text(metas.get("og:description") or metas.get("description") or "", markup=True),
        image=Image(image, safe(metas.get("og:image:alt", ""), limit=500)) if image else None,
        canonical=_canonical(tree, base, metas),
        article=bool(story) or metas.get("og:type", "").lower().startswith("article"),
        language=attributes.get("lang")
        or attributes.get("xml:lang")
        or metas.get("content-language")
        or metas.get("og:locale")
        or "",
        direction=attributes.get("dir") or (body.attributes.get("dir") if body is not None else "") or "",
        headline=headline,
        feeds=_feeds(tree, base),
    )


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta")[:300]:
        attributes = node.attributes
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
            or ""
        )
        content = attributes.get("content") or ""
        if name and content:
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _host_in_title(tree: LexborHTMLParser, base: str) -> str:
    """The first or last part of the page's title, if it is what the host is called."""
    parts, host = title_parts(page_title(tree)), key(urlsplit(base).hostname or "")
    outer = (parts[-1], parts[0]) if len(parts) > 1 else ()
    return next((part for part in outer if len(key(part)) >= _SHORT_NAME and key(part) in host), "")


def _bylines(
    story: dict[str, Any], metas: dict[str, str], tree: LexborHTMLParser, heading: LexborNode | None
) -> Iterator[str]:
    """Who wrote the story, by the surest that says so first."""
    yield _name(story.get("author"))
    yield _author(metas)
    yield marked_author(tree, heading)


def _writer(bylines: Iterator[str], site: str, base: str) -> str:
    """The first that is not the paper's own name, or else that; an address of mail is no name."""
    host, paper = key(urlsplit(base).hostname or ""), ""
    for said in bylines:
        name = key(said)
        if not name or "@" in said:
            continue
        if name != key(site) and not (host and len(name) >= _SHORT_NAME and (name in host or host in name)):
            if not paper or " " in said:  # after a paper's name a single word is a button's, or an agency's
                return said
        else:
            paper = paper or said
    return paper


def _author(metas: dict[str, str]) -> str:
    names = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
    values = (metas.get(name, "") for name in names)
    return next((value for value in values if value and not value.startswith(("http:", "https:"))), "")


def _own_headline(said: str, heading: str, title: str) -> str:
    """What JSON-LD calls the headline; "" where it is a description: heading and title agree, and say another thing."""
    shown = key(heading)
    agreed = len(shown) >= _FEW_LETTERS and shown in key(title)
    shared = set(said[:_LONGEST_HREF].casefold().split()) & set(heading.casefold().split())
    return "" if agreed and len(shared) < _SHARED and key(said[:_LONGEST_HREF]) not in key(title) else said


def _marked_headline(tree: LexborHTMLParser) -> str:
    """The one headline that microdata names; where it names several they are a list's."""
    nodes = tree.css("[itemprop~=headline]")
    return (nodes[0].attributes.get("content") or nodes[0].text(separator=" ")).strip() if len(nodes) == 1 else ""


def _marked_publisher(tree: LexborHTMLParser) -> str:
    """The name of the publisher that microdata gives."""
    for node in tree.css("[itemprop~=publisher] [itemprop~=name]")[:1] or tree.css("[itemprop~=publisher]")[:1]:
        said = (node.attributes.get("content") or words_of(node)).strip()
        return said if len(said) <= _LONGEST_NAME else ""
    return ""


def _canonical(tree: LexborHTMLParser, base: str, metas: dict[str, str]) -> str:
    node = tree.css_first("link[rel=canonical]")
    return absolute(base, (node.attributes.get("href") if node is not None else "") or metas.get("og:url", ""))


_STAMPS = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "originalpublicationdate",
    "rnews:datepublished",
)


_ZONE = re.compile(r"(?<=\d)\s*[+-]\d\d:?\d\d$")


def _published(story: dict[str, Any], metas: dict[str, str], page: str, now: datetime) -> datetime | None:
    """The first of the page's stamps that names a moment; ``page`` is what JSON-LD says of the page itself."""
    stamps = (
        _stamp(story.get("datePublished")),
        *(metas.get(name, "") for name in _STAMPS),
        _stamp(story.get("dateCreated")),
        page,
    )
    named = [(stamp, found) for stamp in stamps if stamp and (found := parse_date(stamp, now=now))]
    if not named or _ZONE.search(named[0][0]):
        return named[0][1] if named else None
    clock = named[0][1]  # some say in one place of which zone the clock is that they name in another
    zoned = (found for stamp, found in named if _ZONE.search(stamp) and _same_clock(stamp, clock, now))
    return next(zoned, clock)


def _same_clock(stamp: str, clock: datetime, now: datetime) -> bool:
    shown = parse_date(_ZONE.sub("", stamp), now=now)
    return shown is not None and shown.replace(second=0, microsecond=0) == clock.replace(second=0, microsecond=0)


def _page_stamp(tree: LexborHTMLParser) -> str:
    """The date that JSON-LD gives the page as such, or what it is about, where it describes no article."""
    stamps = (
        _stamp(found.get("datePublished") or found.get("uploadDate"))
        for found in _described(tree)
        if found.get("@type") in ("WebPage", "ItemPage", "VideoObject", "Recipe", "PodcastEpisode", "MusicRecording")
    )
    return next(filter(None, stamps), "")


def _feeds(tree: LexborHTMLParser, base: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for node in tree.css("link[rel~=alternate]")[:100]:
        kind = (node.attributes.get("type") or "").split(";")[0].strip().lower()
        url = absolute(base, node.attributes.get("href") or "") if kind in _FEED_TYPES else ""
        if url and not re.search(r"/comments?/feed|wp-json|oembed", url):
            found.setdefault(url, Link(safe(node.attributes.get("title") or "", limit=300), url))
    return tuple(found.values()) or _feed_anchors(tree, base)


_FEED_PATH = re.compile(
    r"/(?:rss|feed|atom)(?:/|\.xml|\.rdf)?$|/(?:rss|feed|atom|index)\.(?:xml|rdf|json)$|/\.?m?rss/[\w./-]+$",
    re.IGNORECASE,
)


def _feed_anchors(tree: LexborHTMLParser, base: str) -> tuple[Link, ...]:
    """Links whose address looks like a feed's, for pages that announce none."""
    found: dict[str, Link] = {}
    for node in tree.css("a[href]")[:3000]:
        href = node.attributes.get("href") or ""
        if _FEED_PATH.search(href[:_LONGEST_HREF].split("?")[0]):
            url = absolute(base, href)
            if url:
                found.setdefault(url, Link(safe(node.text(), limit=300), url))
    return tuple(found.values())[:20]


def _stories(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that are articles."""
    for found in _described(tree):
        kinds = found.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLES.fullmatch(kind.rsplit("/", 1)[-1])
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield found


def _described(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Everything that JSON-LD describes."""
    for node in tree.css('script[type="application/ld+json"]')[:30]:
        yield from _objects(load_json(node))


def load_json(node: LexborNode) -> Any:
    """The JSON in a script element, tolerant of comments and control characters; None when there is none."""
    text = node.text().strip()
    if not text or len(text) > MAX_SCRIPT:
        return None
    text = re.sub(
        r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\]\]>|\]\]>)\s*$",
        "",
        text,
    )
    for attempt in (text, re.sub(r",(?=\s*[\]}])", "", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [data], 0
    while queue and seen < 2000:
        value = queue.pop(0)
        seen += 1
        if isinstance(value, list):
            queue.extend(value[:200])
        elif isinstance(value, dict):
            yield value
            queue.extend(
                value[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(value.get(key), dict | list)
            )


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return value if isinstance(value, str) else ""


def _stamp(value: Any) -> str:
    """A date as text; seconds since 1970 come as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(value)


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(name for part in value[:10] if (name := _name(part)))
    if isinstance(value, dict):
        return _string(value.get("name"))
    return value if isinstance(value, str) and not value.startswith("http") else ""


def _image_url(value: Any) -> str:
    if isinstance(value, list):
        return next((url for part in value if (url := _image_url(part))), "")
    if isinstance(value, dict):
        return _string(value.get("url")) or _string(value.get("contentUrl"))
    return _string(value)
