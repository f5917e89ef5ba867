"""RSS and Atom as most papers write them, read straight from expat: a fifth of feedparser's time.

A reader of a hundred papers waits for this on the first refresh. The entries are those feedparser would give. Elements
it has no method for say nothing to an item and are passed over; whatever else is not known here (xml:base, XHTML
content, a podcast's vocabulary) makes ``read_plain`` give up, and feedparser reads the feed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

from feedparser.api import StrictFeedParser

Entry = dict[str, Any]
MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
"""A feed of ten thousand items has half of them."""

_ATOM = "http://www.w3.org/2005/Atom "
_CONTENT = "http://purl.org/rss/1.0/modules/content/ "
_DC = "http://purl.org/dc/elements/1.1/ "
_MEDIA = "http://search.yahoo.com/mrss/ "
_SLASH = "http://purl.org/rss/1.0/modules/slash/ "
_WFW = "http://wellformedweb.org/CommentAPI/ "
_SY = "http://purl.org/rss/1.0/modules/syndication/ "
_FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0 "
_DCTERMS = "http://purl.org/dc/terms/ "
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_RSS10 = "http://purl.org/rss/1.0/ "
_LANG = "http://www.w3.org/XML/1998/namespace lang"

_SKIPPED = frozenset(
    (
        *(
            "category",
            "comments",
            "generator",
            "docs",
            "ttl",
            "lastBuildDate",
            "managingEditor",
            "webMaster",
            "copyright",
        ),
        *("image", "cloud", "textInput", "textinput", "skipHours", "skipDays", "rating"),
        *(_DC + name for name in ("subject", "rights", "publisher", "contributor")),
        *(_MEDIA + name for name in ("credit", "rating", "restriction", "license", "category", "player", "keywords")),
        *(_SLASH + "comments", _SLASH + "section", _WFW + "commentRss", _WFW + "comment"),
        *(_SY + "updatePeriod", _SY + "updateFrequency", _SY + "updateBase"),
        *(_ATOM + name for name in ("category", "contributor", "generator", "icon", "logo", "rights", "subtitle")),
    )
)
"""Elements that say nothing an item is made of; what they hold is passed over."""
_RSS_TEXTS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "pubDate": "published",
    "description": "summary",
    "author": "author",
    "language": "language",
    _CONTENT + "encoded": "content",
    _DC + "creator": "author",
    _DC + "date": "updated",
    _DCTERMS + "created": "created",
    _DCTERMS + "issued": "published",
    _DCTERMS + "modified": "updated",
    _FEEDBURNER + "origLink": "feedburner_origlink",
    _ATOM + "updated": "updated",
    _MEDIA + "title": "media_title",
    _MEDIA + "description": "media_description",
}
_ATOM_TEXTS = {
    _ATOM + "title": "title",
    _ATOM + "id": "id",
    _ATOM + "published": "published",
    _ATOM + "updated": "updated",
    _ATOM + "summary": "summary",
    _ATOM + "content": "content",
    _MEDIA + "title": "media_title",
    _MEDIA + "description": "media_description",
}
_READ = frozenset(
    (
        "prism_publicationdate",
        "date",
        "feedburner_origlink",
        "title_detail",
        "summary_detail",
        "links",
        "bylines",
        "base",
    )
)
"""Keys that an item is made of and that feedparser fills from any element of that name."""
_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_PREFIXES = {uri.lower(): prefix for uri, prefix in StrictFeedParser.namespaces.items()}
_PERSON = {_ATOM + "name", _ATOM + "uri", _ATOM + "email"}
_TYPES = {
    "": "text/plain",
    "text": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "text/plain": "text/plain",
}


class _GiveUpError(Exception):
    """Something that only feedparser reads right."""


class _EnoughError(Exception):
    """There are more items than anybody reads."""


class PlainFeed:
    """What was read, under the names of feedparser's parsers."""

    def __init__(self) -> None:
        self.feeddata: Entry = {}
        self.entries: list[Entry] = []
        self.version = ""
        self.cut = False
        """There are more items than were asked for."""


def read_plain(text: str, base: str, limit: int) -> PlainFeed | None:
    """The feed at ``base`` with its first ``limit`` items, or None when it is not well-formed or not plain."""
    reader = _Reader(base, limit)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartNamespaceDeclHandler = reader.declare
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _EnoughError:
        reader.feed.cut = True
    except (expat.ExpatError, _GiveUpError):
        return None
    return reader.feed if reader.feed.version else None


class _Reader:
    """expat's handlers. ``_depth`` counts the elements open; what is skipped is counted apart."""

    def __init__(self, base: str, limit: int) -> None:
        self.feed = PlainFeed()
        self._base = base
        self._prefixes: dict[str, str] = {}
        """Namespace → the prefix it was declared with, "" for the default."""
        self._limit = limit
        self._entry: Entry | None = None
        self._texts: dict[str, str] = {}
        self._key = ""
        self._kind = ""
        self._parts: list[str] | None = None
        self._skipping = 0
        self._unknown = False
        """What is skipped is not known to be without items' elements in it."""
        self._depth = 0
        self._elements = 0
        self._person = False
        self._language = ""

    @property
    def _holder(self) -> Entry:
        return self.feed.feeddata if self._entry is None else self._entry

    def declare(self, prefix: str | None, uri: str) -> None:
        """A namespace is declared."""
        if self._prefixes.setdefault(uri, prefix or "") != (prefix or ""):
            raise _GiveUpError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise _GiveUpError
        name = name.removeprefix(_RSS10)
        if self._skipping:
            self._skipping += 1
            if self._unknown and not self._is_idle(name):
                raise _GiveUpError
        elif self._depth == 1:
            self._root(name, attributes)
        elif any(key.startswith("http://www.w3.org/XML/1998/namespace ") for key in attributes):
            raise _GiveUpError
        elif self._parts is not None:
            raise _GiveUpError  # markup that is not escaped
        elif self._person:
            self._in_person(name)
        else:
            self._element(name, attributes)

    def _in_person(self, name: str) -> None:
        if name in _PERSON:
            self._begin("author" if name == _ATOM + "name" else "", True)
        elif self._is_idle(name):
            self._skipping, self._unknown = 1, True
        else:
            raise _GiveUpError

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rss" and not any(" " in key for key in attributes):
            version = attributes.get("version", "")
            self.feed.version = _VERSIONS.get(version, "rss20" if version.startswith("2.") else "rss")
            self._texts = _RSS_TEXTS
        elif name == _RDF + "RDF" and not attributes and _RSS10[:-1] in self._prefixes and self._no_atom():
            self.feed.version, self._texts = "rss10", _RSS_TEXTS
        elif name == _ATOM + "feed" and set(attributes) <= {_LANG}:
            self.feed.version, self._texts = "atom10", _ATOM_TEXTS
            self._language = attributes.get(_LANG, "")
            if self._language:
                self.feed.feeddata["language"] = self._language
        else:
            raise _GiveUpError

    def _no_atom(self) -> bool:
        return _ATOM[:-1] not in self._prefixes  # feedparser would take it for the format

    def _is_idle(self, name: str) -> bool:
        """True when feedparser has no method for the element."""
        uri, _, local = name.rpartition(" ")
        prefix = _PREFIXES.get(uri.lower(), self._prefixes.get(uri, "")) if uri else ""
        return _idle(prefix, local)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        key = self._texts.get(name)
        if key is not None:
            self._text(key, attributes)
        elif name in ("item", _ATOM + "entry"):
            self._begin_entry(attributes)
        elif name in ("enclosure", _ATOM + "link"):
            self._link(name, attributes)
        elif name in (_MEDIA + "content", _MEDIA + "thumbnail") and self._entry is not None:
            self._media(name, attributes)
        elif name == _ATOM + "author":
            self._person = True
        elif name in _SKIPPED or (name == "pubDate" and self._entry is None):
            self._skipping, self._unknown = 1, False
        elif name == "items":
            self._items()
        elif name == _DC + "language":
            self._language_of(attributes)
        elif name == "source" and self._entry is not None:
            self._begin("source", not attributes.keys() - {"url"})
        elif self._is_idle(name):
            self._skipping, self._unknown = 1, True
        elif not (name == "channel" and self._depth == 2) and name != _MEDIA + "group":
            raise _GiveUpError

    def _items(self) -> None:
        """RDF's list of addresses says nothing; elsewhere some hold the items themselves."""
        if self.feed.version != "rss10":
            raise _GiveUpError
        self._skipping, self._unknown = 1, False

    def _language_of(self, attributes: dict[str, str]) -> None:
        """An item's language says nothing to feedparser, the feed's does."""
        if self._entry is None:
            self._text("language", attributes)
        else:
            self._skipping, self._unknown = 1, False

    def _text(self, key: str, attributes: dict[str, str]) -> None:
        rss = self._texts is _RSS_TEXTS
        if key.startswith("media_"):
            attributes = {}
            if self._entry is None:
                raise _GiveUpError
        if key == "id" and self._entry is not None and rss:
            lower = {name.lower(): value for name, value in attributes.items()}
            self._entry["permalink"] = lower.get("ispermalink", "true") == "true"
        elif attributes and rss:
            raise _GiveUpError
        if "src" in attributes:
            raise _GiveUpError
        kind = _TYPES.get(attributes.get("type", ""))
        if kind is None:
            raise _GiveUpError
        self._kind = "text/html" if rss else kind
        self._begin(key, True)

    def _begin(self, key: str, known: bool) -> None:
        if not known:
            raise _GiveUpError
        self._key, self._parts = key, []

    def _begin_entry(self, attributes: dict[str, str]) -> None:
        if self._entry is not None:
            raise _GiveUpError
        if len(self.feed.entries) >= self._limit:
            raise _EnoughError
        self._entry = {"links": []}
        about = attributes.get(_RDF + "about")
        if about:
            self._entry["id"] = about
        self.feed.entries.append(self._entry)

    def _link(self, name: str, attributes: dict[str, str]) -> None:
        relation = "enclosure" if name == "enclosure" else attributes.get("rel", "alternate")
        href = attributes.get("url" if name == "enclosure" else "href", "")
        holder = self._holder
        if self._entry is not None:
            self._entry["links"].append({**attributes, "rel": relation, "href": href})
            if relation == "alternate" and self._texts is _RSS_TEXTS:
                raise _GiveUpError
        if relation == "alternate" and self.feed.version == "atom10":
            if "link" in holder:
                raise _GiveUpError
            holder["link"] = href
        self._skipping, self._unknown = 1, False

    def _media(self, name: str, attributes: dict[str, str]) -> None:
        key = "media_content" if name == _MEDIA + "content" else "media_thumbnail"
        self._holder.setdefault(key, []).append(dict(attributes))

    def characters(self, data: str) -> None:
        """Text; outside the elements that are kept it says nothing."""
        if self._parts is not None and not self._skipping:
            self._parts.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif self._parts is not None:
            value, self._parts = "".join(self._parts).strip(), None
            if self._key:
                self._keep(self._key, value)
        elif name == _ATOM + "author":
            self._person = False
        elif name.removeprefix(_RSS10) in ("item", _ATOM + "entry"):
            self._end_entry()

    def _keep(self, key: str, value: str) -> None:
        holder = self._holder
        if key == "author":
            if value:
                holder.setdefault("bylines", []).append(value)
            return
        if key in holder:
            raise _GiveUpError
        if key == "id" and ":" not in value and holder.get("permalink", True):
            value = urljoin(self._base, value)
        if key == "source":
            holder["source"] = {"title": value} if value else {}
            return
        if key == "content":
            holder["content"] = [{"value": value, "type": self._kind}]
            return
        if key in ("title", "summary"):
            holder[f"{key}_detail"] = {"type": self._kind, "language": self._language}
        holder[key] = value

    def _end_entry(self) -> None:
        entry = self._entry
        if entry is not None and entry.pop("permalink", False) and "link" not in entry:
            entry["link"] = entry["id"]
        if entry is not None and "media_title" in entry and not entry.get("title"):
            raise _GiveUpError
        self._entry = None


@lru_cache(maxsize=512)
def _idle(prefix: str, local: str) -> bool:
    name = (f"{prefix}_{local}" if prefix else local).lower()
    return name not in _READ and not hasattr(StrictFeedParser, f"_start_{name}")
