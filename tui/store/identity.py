"""What makes an item the same item the next time a feed lists it. Pure.

By GUID within its source; else by the link without what does not tell stories apart: scheme, ``www.``, default port,
fragment, tracking parameters, a final slash. So the http and https twins of a link, or of a GUID that is one, are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from tui.news.model import Item

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|ref_src|cmpid|at_(?:medium|campaign)\w*|xtor|ns_\w+",
    re.IGNORECASE,
)


def digest(text: str) -> int:
    """64 bits of BLAKE2b as SQLite's signed integer, never 0 (0 stands for "none")."""
    return (
        int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True) or 1
    )


@lru_cache(maxsize=256)  # an item's GUID mostly is its link
def plain_link(link: str) -> str:
    """The part of an address that tells one page from another; "" for what is no http(s) address."""
    link = link.strip()
    if link[:4].lower() != "http":
        return ""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.")
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    )
    page = parts.path.rstrip("/")
    # "#!" addresses name their page in the fragment.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{host}{page}{'?' + query if query else ''}{fragment}"


def link_hash(link: str) -> int:
    """The hash of a link that leads to one story; 0 for none and for a bare front page, which all its stories share."""
    plain = plain_link(link)
    return digest("link " + plain) if "/" in plain or "?" in plain else 0


def guid_hash(guid: str) -> int:
    """The hash of a GUID; one that is an address counts like a link."""
    return digest("guid " + (plain_link(guid) or guid.strip()))


@dataclass(frozen=True, slots=True)
class Identity:
    """The two names of an item; 0 where it has none that can be trusted."""

    guid: int
    link: int


def identities(items: Iterable[Item]) -> list[Identity]:
    """The identities of one document's items.

    A GUID that several items with different links carry, and a link that several GUIDs share, tell nothing in this
    document.
    """
    raw = [Identity(guid_hash(item.id) if item.id.strip() else 0, link_hash(item.link)) for item in items]
    pairs = set(raw)
    links_of_guid = Counter(identity.guid for identity in pairs)
    guids_of_link = Counter(identity.link for identity in pairs)
    found = []
    for identity in raw:
        shared_guid = links_of_guid[identity.guid] > 1
        shared_link = guids_of_link[identity.link] > 1
        if shared_guid and identity.link and not shared_link:
            identity = Identity(digest(f"{identity.guid} {identity.link}"), identity.link)  # noqa: PLW2901
        elif shared_link and not shared_guid:
            identity = Identity(identity.guid, 0)  # noqa: PLW2901
        found.append(identity)
    return found
