"""An address that the reader gave and what was found there: a feed, or a page with feeds of its own to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.news.model import Document, DocumentKind, Link

MAX_FEEDS = 50
_FORMAT = re.compile(r"\b(?:rss|atom|rdf|json|xml|feeds?|[0-2]\.\d+(?:\.\d+)?)\b|[\W_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """What is at an address before anything is followed."""

    address: str
    document: Document

    @property
    def feeds(self) -> tuple[Link, ...]:
        """The feeds to choose from, the page's first one first; none when the address is a feed itself."""
        return () if self.document.kind is DocumentKind.FEED else distinct(self.document.feeds)[:MAX_FEEDS]

    def feed(self, name: str) -> Link | None:
        """The feed with this number (from 1), address or title, or the only one that contains it."""
        if name.isdecimal():
            return self.feeds[int(name) - 1] if 1 <= int(name) <= len(self.feeds) else None
        exact = [link for link in self.feeds if name in (link.url, link.text)]
        near = exact or [link for link in self.feeds if name.casefold() in f"{link.text}\n{link.url}".casefold()]
        return near[0] if len(near) == 1 or exact else None


def distinct(feeds: Iterable[Link]) -> tuple[Link, ...]:
    """``feeds`` without those that only give the same in another format: "RSS 2.0" and "Atom" of one name and place."""
    found: dict[tuple[str, str, str], Link] = {}
    for link in feeds:
        parts = urlsplit(link.url)
        place = _FORMAT.sub("", parts.path.rsplit(".", 1)[0] if "." in parts.path else parts.path)
        found.setdefault(
            (_FORMAT.sub("", link.text).casefold(), parts.netloc, place + _FORMAT.sub("", parts.query)), link
        )
    return tuple(found.values())
