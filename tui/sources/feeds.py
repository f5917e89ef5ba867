"""Feeds of every format: what a text is, and the parser for it."""

from __future__ import annotations

import re
from datetime import datetime

from tui.news.model import Document

_FEED_ROOT = re.compile(
    r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|entry(?=\s[^<>]{0,500}/Atom[\"']))(?=[\s>])", re.IGNORECASE
)
_SITEMAP_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_PAGE_ROOT = re.compile(r"<!doctype\s+html|<html(?=[\s>])|<head(?=[\s>])|<body(?=[\s>])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WRAPPED = re.compile(r"<rss\b[^<>]{0,2000}>\s*<channel[\s>]", re.IGNORECASE)
_HEAD = 20_000


def sniff(text: str) -> str:
    """ "xml", "sitemap", "json" or "" (no feed), by the first element; the HTTP type is too often wrong to count."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if head[:1] == "{":
        return "json" if "jsonfeed.org/version" in head[:2000] or re.search(r'"items"\s*:\s*\[', text) else ""
    if "<!--" in head:
        head = _COMMENT.sub("", head)
    places = {
        kind: match.start()
        for kind, pattern in (("xml", _FEED_ROOT), ("sitemap", _SITEMAP_ROOT), ("", _PAGE_ROOT))
        if (match := pattern.search(head))
    }
    kind = min(places, key=lambda kind: places[kind]) if places else ""
    return kind or ("xml" if _WRAPPED.search(head) else "")  # a feed some proxy has put into a page


def parse_feed(text: str, kind: str, url: str, now: datetime) -> Document:
    """The document of a feed whose ``kind`` ``sniff`` told."""
    if kind == "json":
        from tui.sources.jsonfeed import parse_json_feed

        return parse_json_feed(text.lstrip("\ufeff"), url, now)
    if kind == "sitemap":
        from tui.sources.sitemaps import parse_sitemap

        return parse_sitemap(text, url, now)
    from tui.sources.xmlfeeds import parse_xml_feed

    return parse_xml_feed(text, url, now)
