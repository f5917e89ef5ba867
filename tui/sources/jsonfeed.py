"""JSON Feed 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import islice
from typing import Any

from tui.news.addresses import absolute
from tui.news.dates import parse_date
from tui.news.model import Document, DocumentKind, Enclosure, Figure, Image, Item, Provenance
from tui.sources.identity import item_id, settle
from tui.sources.inline import safe
from tui.sources.letters import direction_of, language_tag, settle_language
from tui.sources.teasers import body_blocks, is_full, text_of, title_isolates, title_text

MAX_ITEMS = 10_000
MAX_VALUES = 500_000
"""Commas and brackets: what they set apart takes a hundred bytes each and more."""
_MAX_DEPTH = 100
_LONGEST_NUMBER = 1000
"""Digits, of the 4,300 that Python makes a number of."""
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\],]', re.DOTALL)
"""A string, with its end unless the text was cut in it, or a sign between values."""
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")


def _integer(digits: str) -> int | str:
    """A number; as it is written when it is longer than Python reads, for it must not cost the feed."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def parse_json_feed(text: str, url: str, now: datetime) -> Document:
    """The document a JSON Feed describes; what is no JSON gives no items and a sentence in ``errors``."""
    data, errors = _load(text)
    entries = data.get("items")
    version = str(data.get("version") or "")
    items = settle(
        item
        for entry in (entries[:MAX_ITEMS] if isinstance(entries, list) else [])
        if isinstance(entry, dict) and (item := _item(entry, data, url, now))
    )
    title = title_text(_text(data.get("title")), markup=False)
    language = settle_language(
        _text(data.get("language")), " ".join([title, *(item.title or item.text[:200] for item in items[:60])])
    )
    return Document(
        kind=DocumentKind.FEED,
        format="json11" if version.rstrip("/").endswith("1.1") else "json1",
        title=title,
        language=language,
        direction=direction_of(language),
        site=absolute(url, _text(data.get("home_page_url"))),
        items=items,
        provenance=Provenance.FEED,
        errors=errors,
    )


def _load(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    if text.count(",") + text.count("[") + text.count("{") > MAX_VALUES:
        end = next(islice(re.finditer(r"[,\[{]", text), MAX_VALUES, None)).start()
        return _salvaged(text[:end])[0], ("The JSON has more values than anybody reads; it was read up to there.",)
    for attempt, errors in (
        (text, ()),
        (_TRAILING_COMMA.sub("", text), ("The JSON has stray commas; they were ignored.",)),
    ):
        try:
            data = json.loads(attempt, strict=False, parse_int=_integer)
        except (ValueError, RecursionError):
            continue
        return (data, errors) if isinstance(data, dict) else ({}, ("The JSON is not a feed.",))
    return _salvaged(text)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _salvaged(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What a feed that is cut short, or nests too deep, holds up to its last whole value."""
    open_ones: list[str] = []
    whole, closing = 0, ""
    error = "The JSON is cut short; its whole items were read."
    for match in _TOKEN.finditer(text):
        sign = match[0]
        if sign[0] == '"':
            if len(sign) == 1 or sign[-1] != '"':
                break
            continue
        if sign in "}]":
            if not open_ones or open_ones.pop() != sign:
                break
        elif sign != ",":
            open_ones.append("}" if sign == "{" else "]")
            if len(open_ones) > _MAX_DEPTH:
                error = "The JSON nests its values without end; its whole items before that were read."
                break
        whole = match.start() if sign == "," else match.end()
        closing = "".join(reversed(open_ones))
    try:
        data = json.loads(text[:whole] + closing, strict=False, parse_int=_integer)
    except (ValueError, RecursionError):
        return {}, ("The feed is not valid JSON.",)
    return (data if isinstance(data, dict) else {}), (error,)


def _item(entry: dict[str, Any], feed: dict[str, Any], url: str, now: datetime) -> Item | None:
    link = absolute(url, _text(entry.get("url"))) or absolute(url, _text(entry.get("external_url")))
    guid = _text(entry.get("id"))
    if not link and guid.startswith(("http://", "https://")):
        link = absolute(url, guid)
    title = title_text(_text(entry.get("title")), markup=False)
    content, markup = _text(entry.get("content_html")), True
    if not content:
        content, markup = _text(entry.get("content_text")), False
    blocks = body_blocks(content or _text(entry.get("summary")), link or url, markup=markup)
    text = text_of(blocks)
    if not (link or title or text):
        return None
    stamp = _text(entry.get("date_published")) or _text(entry.get("date_modified"))
    published = parse_date(stamp, now=now) or parse_date(_text(entry.get("date_modified")), now=now)
    image = absolute(url, _text(entry.get("image"))) or absolute(url, _text(entry.get("banner_image")))
    return Item(
        id=item_id(guid, link, title or text[:200], stamp),
        title=title,
        isolates=title_isolates(_text(entry.get("title")), title, markup=False),
        link=link,
        published=published,
        author=_author(entry) or _author(feed),
        text=text,
        blocks=blocks,
        full=bool(content) and is_full(text),
        language=language_tag(_text(entry.get("language"))),
        image=Image(image) if image else next((b.image for b in blocks if isinstance(b, Figure)), None),
        enclosures=_attachments(entry, url),
    )


def _author(holder: dict[str, Any]) -> str:
    authors = holder.get("authors")
    people = [
        person
        for person in (authors if isinstance(authors, list) else [holder.get("author")])
        if isinstance(person, dict)
    ]
    return ", ".join(name for person in people[:10] if (name := safe(_text(person.get("name")), limit=200)))


def _attachments(entry: dict[str, Any], url: str) -> tuple[Enclosure, ...]:
    found = []
    attachments = entry.get("attachments")
    for attachment in attachments[:50] if isinstance(attachments, list) else []:
        address = absolute(url, _text(attachment.get("url"))) if isinstance(attachment, dict) else ""
        if address:
            length = attachment.get("size_in_bytes")
            found.append(
                Enclosure(
                    address, safe(_text(attachment.get("mime_type")), limit=100), length if type(length) is int else 0
                )
            )
    return tuple(found)
