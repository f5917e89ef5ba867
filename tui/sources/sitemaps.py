"""Google News sitemaps (the sitemap protocol with the news extension), as feeds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice, pairwise

from tui.news.addresses import absolute
from tui.news.dates import parse_date
from tui.news.model import Document, DocumentKind, Image, Item, Link, Provenance
from tui.sources.identity import item_id, settle
from tui.sources.letters import direction_of, language_tag, settle_language
from tui.sources.preclean import clean_xml
from tui.sources.teasers import title_text

_ELEMENT = re.compile(r"<(?:(\w+):)?(\w+)(?:\s[^<>]*+)?>(?:\s*+<!\[CDATA\[(.{0,3000}?)\]\]>\s*+|([^<]*+))</", re.DOTALL)
_ENTRY = re.compile(r"<(?:\w+:)?(?:url|sitemap)(?:\s[^<>]*+)?>")
MAX_ENTRIES = 10_000


def parse_sitemap(text: str, url: str, now: datetime) -> Document:
    """The stories of a news sitemap; a sitemap index gives the sitemaps as ``feeds``."""
    text = clean_xml(text)
    entries = [_fields(part) for part in islice(_parts(text), MAX_ENTRIES)]
    if re.search(r"<(?:\w+:)?sitemapindex\b", text[:4000]):
        feeds = tuple(Link("", address) for fields in entries if (address := absolute(url, fields.get("loc", ""))))
        return Document(kind=DocumentKind.FEED, format="sitemap-index", feeds=feeds, provenance=Provenance.FEED)
    items = settle(item for fields in entries if (item := _item(fields, url, now)))
    paper = next((title_text(fields["name"], markup=True) for fields in entries if fields.get("name")), "")
    declared = next((fields["language"] for fields in entries if fields.get("language")), "")
    language = settle_language(declared, " ".join(item.title for item in items[:60]))
    return Document(
        kind=DocumentKind.FEED,
        format="sitemap-news",
        title=paper,
        language=language,
        direction=direction_of(language),
        items=items,
        provenance=Provenance.FEED,
    )


def _parts(text: str) -> Iterator[str]:
    """What stands between each entry's tag and the next one's."""
    starts = (match.end() for match in _ENTRY.finditer(text))
    for start, following in pairwise(chain(starts, (len(text),))):
        yield text[start : min(following, start + 20_000)]


def _fields(part: str) -> dict[str, str]:
    """Local names to text; a picture's fields under "image:…"."""
    fields: dict[str, str] = {}
    for prefix, name, cdata, plain in _ELEMENT.findall(part):
        key = f"image:{name}" if prefix == "image" else name
        fields.setdefault(key, cdata.strip() if cdata else html.unescape(plain).strip())
    return fields


def _item(fields: dict[str, str], url: str, now: datetime) -> Item | None:
    link = absolute(url, fields.get("loc", ""))
    title = title_text(fields.get("title", ""), markup=True)
    if not link or not title:  # an entry of an ordinary sitemap is a page, not a story
        return None
    stamp = fields.get("publication_date") or fields.get("lastmod") or ""
    image = absolute(url, fields.get("image:loc", ""))
    return Item(
        id=item_id("", link, title, stamp),
        title=title,
        link=link,
        published=parse_date(stamp, now=now),
        source=title_text(fields.get("name", ""), markup=True),
        language=language_tag(fields.get("language", "")),
        image=Image(image) if image else None,
    )
