"""Pictures of a page: where their address hides, and which are no pictures (pixels, icons, spacers)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.addresses import absolute
from tui.news.model import Image
from tui.sources.inline import safe

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_CANDIDATE = re.compile(r"(\S+)(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,|$)")
_TINY = 48
"""Pixels: what is smaller on a side is an icon."""
_ADVERTS = frozenset(
    (
        *((300, 250), (336, 280), (728, 90), (468, 60), (320, 50), (320, 100), (970, 250), (970, 90)),
        *((160, 600), (120, 600), (300, 600), (250, 250), (200, 200), (234, 60), (180, 150), (125, 125)),
    )
)
"""Width and height in pixels that advertisements have (the sizes of the IAB)."""
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:pixel|spacer|blank|1x1|transparent|placeholder|loading|lazy|emoji|gravatar|avatar|icons?|"
    r"logo|sprite|smil(?:ey|ies))(?:[/_.-]|$)|feedburner|doubleclick|/ads?/|feeds\.wordpress",
    re.IGNORECASE,
)


def picture(node: LexborNode, base: str) -> Image | None:
    """The picture an <img> shows, or None for decoration and for addresses that are not http or https."""
    attributes = node.attributes
    sides = []
    shape = node.tag == "amp-img" and attributes.get("layout") in ("responsive", "intrinsic")
    for side in () if shape else ("width", "height"):  # such sides say how wide it is for its height
        size = re.match(r"\s*(\d{1,5})", attributes.get(side) or "")
        if size and int(size[1]) < _TINY:
            return None
        percent = size is not None and "%" in (attributes.get(side) or "")
        sides.append(int(size[1]) if size and not percent else 0)
    candidates = [attributes.get(name) or "" for name in _SOURCES]
    candidates.insert(4, _largest(attributes.get("data-srcset") or attributes.get("srcset") or ""))
    for candidate in candidates:
        url = absolute(base, candidate) if candidate and not candidate.startswith("data:") else ""
        if url and not _NO_PICTURE.search(url.split("?")[0]):
            width, height = sides if sides and all(sides) else (0, 0)
            if (width, height) in _ADVERTS and _leads_elsewhere(node, base):
                return None
            return Image(url, safe(attributes.get("alt") or "", limit=500), width=width, height=height)
    return None


def _leads_elsewhere(node: LexborNode, base: str) -> bool:
    """Whether a picture is a link to another site."""
    around = node.parent
    href = absolute(base, around.attributes.get("href") or "") if around is not None and around.tag == "a" else ""
    return bool(href) and urlsplit(href).hostname != urlsplit(base).hostname


def _largest(srcset: str) -> str:
    """The address with the greatest width or density of a ``srcset``."""
    found = _CANDIDATE.findall(srcset[:4000])
    return max(found, key=lambda pair: float(pair[1] or 1))[0] if found else ""
