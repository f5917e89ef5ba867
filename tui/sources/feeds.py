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
_WRAPPED = re.compile(r"<rss\b[^<>]{0,2000}>\s*<channel[\s>]", re.IGNORECASE)
_BLANK = "\ufeff \t\r\n"
_GUARD = re.compile(r"(?:\)\]\}',?|(?:while\s*\(1\)|for\s*\(;;\))\s*;)\s*(?=\{)")
"""What some servers put before their JSON, so that no page can run it as a script."""
_HEAD, _FAR = 20_000, 500_000
"""Characters in which the first element stands, and in which it is looked for when none does: behind warnings, say."""


def sniff(text: str) -> str:
    """ "xml", "sitemap", "json" or "" (no feed), by the first element; the HTTP type is too often wrong to count."""
    text = _unguarded(text)
    head = text[:_HEAD]
    if head[:1] == "{":
        return "json" if "jsonfeed.org/version" in head[:2000] or re.search(r'"items"\s*:\s*\[', text) else ""
    head = _uncommented(head)
    kind = _first(head)
    if kind is None and len(text) > _HEAD:
        kind = _first(_uncommented(text[:_FAR]))
    return kind or ("xml" if _WRAPPED.search(head) else "")  # a feed some proxy has put into a page


def _unguarded(text: str) -> str:
    text = text.lstrip(_BLANK)
    guard = _GUARD.match(text)
    return text[guard.end() :] if guard else text


def _first(head: str) -> str | None:
    """What the first root element in ``head`` is of; None when there is none."""
    places = {
        kind: match.start()
        for kind, pattern in (("xml", _FEED_ROOT), ("sitemap", _SITEMAP_ROOT), ("", _PAGE_ROOT))
        if (match := pattern.search(head))
    }
    return min(places, key=lambda kind: places[kind], default=None)


def _uncommented(text: str) -> str:
    """``text`` without its comments; linear, however many are left open."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


def parse_feed(text: str, kind: str, url: str, now: datetime) -> Document:
    """The document of a feed whose ``kind`` ``sniff`` told."""
    if kind == "json":
        from tui.sources.jsonfeed import parse_json_feed

        return parse_json_feed(_unguarded(text), url, now)
    if kind == "sitemap":
        from tui.sources.sitemaps import parse_sitemap

        return parse_sitemap(text, url, now)
    from tui.sources.xmlfeeds import parse_xml_feed

    return parse_xml_feed(text, url, now)
