"""Which entries are the same item: by GUID, else by normalised link, else by title and date."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from tui.news.addresses import normalise
from tui.news.model import Item
from tui.sources.inline import safe

_ACTIVE = re.compile(
    r"\s*(?:(?:feed|view-source|https?)\s*:\s*)*+(?:javascript|vbscript|data|file|blob|intent|jar|about|ftp|smb)\s*:|"
    r"\s*view-source\s*:",
    re.IGNORECASE,
)
"""An identity that could be taken for a link that acts."""
_VERSIONS = 2
"""Entries of one page in a feed: the story before and after it was changed."""
_TELLING = 300
"""Characters of a text that has no title."""


def item_id(guid: str, link: str, title: str, published: str) -> str:
    """The identity of one entry taken alone; addresses are folded so that http and https copies agree."""
    guid = safe(guid, limit=1000)
    if guid:
        return normalise(guid) if not _ACTIVE.match(guid) else f"guid:{guid}"
    if link:
        return normalise(link)
    return "sha1:" + hashlib.sha1(f"{title}\n{published}".encode(), usedforsecurity=False).hexdigest()


def settle(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of one document with identities that differ, copies of one item left out.

    A GUID that stands on different stories (another link and another title) is worthless: those items go by link, and
    those that all link to the paper's first page, or to one where it tells everything, by title and date. Flashes have
    no title either; they go by what they say.
    """
    groups: dict[str, list[Item]] = defaultdict(list)
    items = list(items)
    for item in items:
        groups[item.id].append(item)
    several = {key: group for key, group in groups.items() if len(group) > 1}
    flowing = {key for key, group in several.items() if _is_one_page_of_many(key, group)}
    reused = {key for key, group in several.items() if key not in flowing and _differ(group)}
    settled: dict[str, Item] = {}
    pages: dict[tuple[str, str, datetime | None], str] = {}
    for item in items:
        key = item.id
        stamp = item.published.isoformat() if item.published else ""
        if key in flowing:
            key = item_id("", "", item.title or item.text[:_TELLING], stamp)
        elif key in reused:
            key = _own(item, stamp)
            if key in settled and settled[key].title != item.title:
                key = item_id("", "", item.title, stamp)
        key = _by_page(item, key, pages)
        kept = settled.get(key)
        if kept is None or _newer(item, kept):
            settled[key] = replace(item, id=key)
    return tuple(settled.values())


def _by_page(item: Item, key: str, pages: dict[tuple[str, str, datetime | None], str]) -> str:
    """The identity of the item that tells the same story of the same page: some papers make a GUID anew each time."""
    if not item.title or not item.link or _is_root(item):
        return key
    return pages.setdefault((_place(item), item.title, item.published), key)


def _is_one_page_of_many(key: str, group: list[Item]) -> bool:
    """True for stories without a GUID that share their page: every title differs, and they are more than two, which
    may be one story that got another title. Those without a title and a page differ by what they say."""
    if not any(item.title or item.link for item in group):
        return len({item.text for item in group}) > 1
    titles = {item.title for item in group}
    return key == normalise(group[0].link) and len(titles) == len(group) > _VERSIONS


def _own(item: Item, stamp: str) -> str:
    """The identity of an item whose first one is shared: by its link, unless that is the paper's own page."""
    parts = urlsplit(item.link)
    if _is_root(item):
        return item_id("", "", item.title, stamp)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return item_id("", item.link, item.title, stamp).removesuffix(fragment) + fragment


def _differ(group: list[Item]) -> bool:
    """True for different stories: other titles, and other links or the page (or its part) that all of them share."""
    first = group[0]
    return any(_said(item) != _said(first) and (_place(item) != _place(first) or _is_root(item)) for item in group[1:])


def _said(item: Item) -> str:
    return item.title or item.text[:_TELLING]


def _place(item: Item) -> str:
    return f"{normalise(item.link).partition('#')[0]}#{urlsplit(item.link).fragment}"


def _is_root(item: Item) -> bool:
    parts = urlsplit(item.link)
    return parts.path in ("", "/") and not parts.query


def _newer(item: Item, kept: Item) -> bool:
    return item.published is not None and kept.published is not None and item.published > kept.published
