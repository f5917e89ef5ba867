"""RSS 0.9x, 1.0, 2.0 and Atom by feedparser, driven directly: our decoding and cleaning before it, our dates after it.

Its sanitiser (quadratic on comments), its date parser (an hour off for CET, blind to Arabic) and its pattern for mail
addresses of authors (quadratic, and sure that no domain ends in more than four letters) stay out.
"""

from __future__ import annotations

import io
import xml.sax
import xml.sax.expatreader
import xml.sax.handler
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from feedparser import api as _feedparser

from tui.news.addresses import absolute
from tui.news.dates import parse_date
from tui.news.model import Document, DocumentKind, Enclosure, Figure, Image, Item, Provenance
from tui.sources.bylines import LIMIT as AUTHOR_LIMIT
from tui.sources.bylines import byline
from tui.sources.identity import item_id, settle
from tui.sources.inline import safe
from tui.sources.letters import direction_of, language_tag, settle_language
from tui.sources.papers import papers_of
from tui.sources.plainfeeds import PlainFeed, read_plain
from tui.sources.preclean import clean_xml, close_elements
from tui.sources.teasers import body_blocks, is_full, text_of, title_isolates, title_text

MAX_BYLINES = 20
MAX_ITEMS = 10_000
_CUT = f"Only the first {MAX_ITEMS} items were read."
MAX_DEPTH = 400
MAX_LENIENT = 4_000_000
"""Characters of broken XML that are read: the lenient parser takes microseconds for every reference."""
MAX_WORK = 300_000
"""Pieces of text that feedparser is given; a tag takes it as long as four of them, and one of a thousand in the same
item as twenty."""
_TAG_WORK, _CROWD_WORK = 4, 20
_CROWD = 1000
MAX_ENCLOSURES = 50
Entry = dict[str, Any]

if TYPE_CHECKING:

    class _Base:
        feeddata: dict[str, Any]
        entries: list[Entry]
        version: str
        baseuri: str
        inauthor: int
        elementstack: list[list[Any]]
        contentparams: dict[str, Any]

        def _get_context(self) -> dict[str, Any]: ...
        def _sync_author_detail(self, key: str = "author") -> None: ...
        def _start_item(self, attributes: dict[str, str]) -> None: ...
        def handle_data(self, text: str, escape: int = 1) -> None: ...
        def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None: ...
        def resolve_uri(self, uri: str) -> str: ...
        def push(self, element: str, expecting_text: int) -> None: ...
        def pop(self, element: str, strip_whitespace: int = 1) -> str: ...

else:
    _Base = object


class _EnoughError(Exception):
    """The feed goes beyond what anybody reads; the message says in what."""


class _Bounded(_Base):
    """What both of feedparser's parsers do differently here."""

    resolve_relative_uris = False
    sanitize_html = False
    _work = 0
    _tags = 0
    """In the item being read."""

    def handle_data(self, text: str, escape: int = 1) -> None:
        self._count(1)
        super().handle_data(text, escape)

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        self._tags += 1
        self._count(_TAG_WORK if self._tags < _CROWD else _CROWD_WORK)
        super().unknown_starttag(tag, attrs)

    def _count(self, work: int) -> None:
        self._work += work
        if self._work > MAX_WORK:
            raise _EnoughError("The feed has more tags than anybody reads; it was read up to there.")

    def _sync_author_detail(self, key: str = "author") -> None:
        """Nothing: its pattern for mail addresses is quadratic; the names are gathered by ``pop``."""

    def resolve_uri(self, uri: str) -> str:
        """``uri`` against the base, but for a host without a scheme, which ``absolute`` knows."""
        return uri if uri[:4].lower() == "www." else super().resolve_uri(uri)

    def pop(self, element: str, strip_whitespace: int = 1) -> str:
        value = super().pop(element, strip_whitespace)
        if value and (element == "author" or (element == "name" and self.inauthor)):
            names = self._get_context().setdefault("bylines", [])
            if len(names) < MAX_BYLINES:
                names.append(value[:AUTHOR_LIMIT])
        return value

    def _start_item(self, attributes: dict[str, str]) -> None:
        if len(self.entries) >= MAX_ITEMS:
            raise _EnoughError(_CUT)
        self._tags = 0
        super()._start_item(attributes)
        self._get_context()["base"] = self.baseuri

    _start_entry = _start_item

    def push(self, element: str, expecting_text: int) -> None:
        if len(self.elementstack) > MAX_DEPTH:
            raise _EnoughError("The feed nests its elements without end; it was read up to there.")
        super().push(element, expecting_text)

    def _start_media_description(self, _attributes: dict[str, str]) -> None:
        self.push("media_description", 1)  # a picture's text, which would replace the item's own

    def _end_media_description(self) -> None:
        self.pop("media_description")

    def _start_itunes_summary(self, _attributes: dict[str, str]) -> None:
        self.push("itunes_summary", 1)  # a player's text, which would make the item's own a second one

    def _end_itunes_summary(self) -> None:
        self.pop("itunes_summary")


class _Expat(xml.sax.expatreader.ExpatParser):
    """The reader of xml.sax, which hands a text over in one piece and not cut at every reference."""

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined]


class _Strict(_Bounded, _feedparser.StrictFeedParser):  # type: ignore[misc]
    """For well-formed XML."""


class _Loose(_Bounded, _feedparser.LooseFeedParser):  # type: ignore[misc]
    """For the rest."""


def parse_xml_feed(text: str, url: str, now: datetime) -> Document:
    """The document that the XML of a feed describes; ``errors`` says what had to be mended."""
    text = clean_xml(text)
    parser, errors = _run(text, url)
    feed = parser.feeddata
    version = parser.version or "rss"
    builder = _Builder(version, url, now, feed)
    items = papers_of(settle(item for item in map(builder.item, parser.entries[:MAX_ITEMS]) if item is not None), url)
    title = builder.feed_title
    declared = str(feed.get("language") or "")
    language = settle_language(declared, " ".join([title, *(item.title for item in items[:60])]))
    return Document(
        kind=DocumentKind.FEED,
        format=version,
        title=title,
        language=language,
        direction=direction_of(language),
        site=absolute(url, str(feed.get("link") or "")),
        items=items,
        provenance=Provenance.FEED,
        errors=errors,
    )


def _run(text: str, url: str) -> tuple[_Base | PlainFeed, tuple[str, ...]]:
    plain = read_plain(text, url, MAX_ITEMS)
    if plain is not None:
        return plain, (_CUT,) if plain.cut else ()
    strict = _Strict(url, None, "utf-8")
    reader = _Expat()  # the document type is gone: nothing to expand or to fetch
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(strict)
    reader.setErrorHandler(strict)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    try:
        reader.parse(source)
    except _EnoughError as error:
        return strict, (str(error),)
    except xml.sax.SAXException as error:
        loose = _Loose(url, None, "utf-8", {})
        with suppress(_EnoughError):
            loose.feed(close_elements(text[:MAX_LENIENT]))
        with suppress(_EnoughError):
            for element, *_ in loose.elementstack[:-20:-1]:  # what a cut feed left open
                loose.pop(element)
        return loose, (
            f"The feed is not well-formed XML ({safe(str(error.getMessage()), limit=100)}); it was read leniently.",
        )
    return strict, ()


class _Builder:
    """Turns feedparser's entries into items."""

    def __init__(self, version: str, url: str, now: datetime, feed: Entry) -> None:
        self._url = url
        self._now = now
        self._atom = version.startswith("atom")
        self.feed_title = self.title(feed)
        self._feed_author = self._byline(feed) if self._atom else ""
        if self._feed_author.casefold() in self.feed_title.casefold():  # the paper itself
            self._feed_author = ""

    def title(self, holder: Entry) -> str:
        """The title of a feed, an entry or a source."""
        return title_text(str(holder.get("title") or ""), markup=self._is_markup(holder))

    def _is_markup(self, holder: Entry) -> bool:
        detail = holder.get("title_detail") or {}
        return not self._atom or "html" in str(detail.get("type", ""))

    def item(self, entry: Entry) -> Item | None:
        """One entry, or None when it says nothing at all."""
        title = self.title(entry)
        blocks, whole = self._body(entry)
        text = text_of(blocks)
        link = self._link(entry)
        if not (title or text or link):
            return None
        published, stamp = self._published(entry)
        enclosures = tuple(islice(self._enclosures(entry), MAX_ENCLOSURES))
        return Item(
            id=item_id(str(entry.get("id") or ""), link, title, stamp), title=title, link=link, published=published,
            author=self._author(entry), source=self.title(entry.get("source") or {}), text=text, blocks=blocks,
            full=whole and is_full(text), language=self._language(entry), image=self._image(entry, blocks, enclosures),
            enclosures=enclosures,
            isolates=title_isolates(str(entry.get("title") or ""), title, markup=self._is_markup(entry)),
        )  # fmt: skip

    def _body(self, entry: Entry) -> tuple[tuple[Any, ...], bool]:
        """The blocks of the longest content, else of the summary, and whether they were given as content."""
        contents = [c for c in _each(entry, "content") if isinstance(c.get("value"), str) and c["value"].strip()]
        summary = str(entry.get("summary") or entry.get("itunes_summary") or entry.get("media_description") or "")
        detail = dict(entry.get("summary_detail") or {})
        if contents:
            best = max(contents, key=lambda c: len(c["value"]))
            if len(best["value"]) >= len(summary) or "html" in str(best.get("type")):
                detail, summary = dict(best), best["value"]
        kind = str(detail.get("type") or "text/html")
        markup = "html" in kind or "xml" in kind or not self._atom
        return body_blocks(summary, str(detail.get("base") or self._url), markup=markup), bool(contents) or len(
            summary
        ) > 1500

    def _link(self, entry: Entry) -> str:
        """The entry's page: rel=alternate as HTML, else any alternate, else an address as GUID, else an enclosure's."""
        base = str(entry.get("base") or self._url)
        given = str(entry.get("feedburner_origlink") or entry.get("link") or "")
        if given == entry.get("id") and "/" not in given:  # a GUID that only says of itself that it is an address
            given = ""
        link = absolute(base, given)
        if link:
            return link
        links = _each(entry, "links")
        sources = [{"rel": "content", "href": content.get("src")} for content in _each(entry, "content")]
        for wanted in ("alternate", "content", "related", "via", "enclosure", "self"):
            for candidate in (*links, *sources):
                href = absolute(base, str(candidate.get("href") or ""))
                if href and str(candidate.get("rel")).rsplit("/", 1)[-1] == wanted:  # RFC 4287 4.2.7.2: or an IRI
                    return href
        guid = str(entry.get("id") or "")
        return absolute(base, guid) if guid.startswith(("http://", "https://")) else ""

    def _published(self, entry: Entry) -> tuple[datetime | None, str]:
        for key in (
            "published",
            "created",
            "updated",
            "prism_publicationdate",
            "date",
        ):  # the last but one: of an issue
            raw = str(dict.get(entry, key) or "")  # its own get() makes "published" of "updated"
            found = parse_date(raw, now=self._now) if raw else None
            if found:
                return found, raw
        return None, ""

    def _author(self, entry: Entry) -> str:
        """The entry's own, else in Atom its source's, else the feed's (RFC 4287 4.2.1)."""
        named = self._byline(entry) or (self._byline(entry.get("source") or {}) if self._atom else "")
        return named or self._feed_author

    def _byline(self, holder: Entry) -> str:
        names = (title_text(name, markup=True) for name in holder.get("bylines") or [])
        return byline(names)[:AUTHOR_LIMIT]

    def _language(self, entry: Entry) -> str:
        return language_tag(str((entry.get("title_detail") or {}).get("language") or ""))

    def _enclosures(self, entry: Entry) -> Iterator[Enclosure]:
        for link in _each(entry, "links"):
            url = absolute(self._url, str(link.get("href") or "")) if link.get("rel") == "enclosure" else ""
            if url:
                length = str(link.get("length") or "")
                yield Enclosure(
                    url,
                    safe(str(link.get("type") or ""), limit=100),
                    int(length) if length.isdecimal() and len(length) < 15 else 0,
                )

    def _image(self, entry: Entry, blocks: tuple[Any, ...], enclosures: tuple[Enclosure, ...]) -> Image | None:
        for key in ("media_content", "media_thumbnail"):
            for media in _each(entry, key):
                kind = f"{media.get('medium', '')}{media.get('type', '')}"
                url = (
                    absolute(self._url, str(media.get("url") or ""))
                    if "image" in kind or key == "media_thumbnail" or not kind
                    else ""
                )
                if url:
                    return Image(url)
        for enclosure in enclosures:
            if enclosure.type.startswith("image/"):
                return Image(enclosure.url)
        return next((block.image for block in blocks if isinstance(block, Figure)), None)


def _each(entry: Entry, key: str) -> list[Entry]:
    """The values of a list; none when an element of that name has taken its place."""
    values = entry.get(key)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
