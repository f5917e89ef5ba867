"""What stands in a page beside the story: share bars, advertisements, "read also", report notices, tickers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.sources.between import holders
from tui.sources.boxes import take_out_boxes
from tui.sources.controls import is_sharer
from tui.sources.measure import EMPTY, Size, measure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ON_PAPER = re.compile(r"(?<!\S)print:\S+")
"""What a style says of an element on paper: no name of it."""
_HASHES = re.compile(
    r"\b(?=[a-f]*\d)[0-9a-f]{4,}\b|\b(?=\w*[a-z][A-Z])(?:[a-z]{0,2}|[A-Z][a-z]?)(?:[A-Z][a-z]{0,2}){2,}\b"
)
"""Names that a program made ("jpYiwZ", "40c1-ad0b"): their pieces are no words."""
_SHORT, _GENERATED = re.compile(r"(?<!\S)\w{1,2}(?!\S)"), 4
"""So many names of one or two letters ("jl gd ad ay") are a program's too."""
_SAID_OF_OTHERS = re.compile(r"(?:^|(?<=[\s_-]))(?:has|no|with|without)-[\w-]+|\bwidget Blog\b")
"""What a name says of what stands inside or beside ("has-ads"), and what Blogger calls all its stories."""
_NOISE_WORDS = frozenset(
    [
        "share",
        "sharing",
        "sharebar",
        "shares",
        "social",
        "socials",
        "socialmedia",
        "addthis",
        "sharethis",
        "addtoany",
        "a2a",
        "related",
        "relatedposts",
        "advert",
        "adverts",
        "advertisement",
        "advertising",
        "ads",
        "ad",
        "adsense",
        "adsbygoogle",
        "banner",
        "promo",
        "promotion",
        "sponsored",
        "sponsor",
        "outbrain",
        "taboola",
        "newsletter",
        "subscribe",
        "subscription",
        "comments",
        "comment",
        "commentlist",
        "disqus",
        "respond",
        "reactions",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "pager",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "ticker",
        "marquee",
        "breaking",
        "mostread",
        "popular",
        "trending",
        "recommended",
        "recommendations",
        "recommend",
        "also",
        "readalso",
        "readmore",
        "seealso",
        "tags",
        "taglist",
        "tagcloud",
        "sidebar",
        "widget",
        "widgets",
        "footer",
        "foot",
        "masthead",
        "menu",
        "navbar",
        "nav",
        "navigation",
        "toolbar",
        "print",
        "printer",
        "jp",
        "sharedaddy",
        "authorbox",
        "bio",
        "byline",
        "report",
        "abuse",
        "popup",
        "modal",
        "overlay",
        "paywall",
        "follow",
        "whatsapp",
        "facebook",
        "twitter",
        "telegram",
        "login",
        "signup",
        "weather",
        "prayer",
        "rating",
        "ratings",
        "dialog",
        "lightbox",
        "vote",
        "poll",
        "skip",
        "copyright",
        "disclaimer",
        "hits",
        "podcast",
        "podcasts",
        "postmeta",
        "postmetadata",
        "unauthorized",
        "regwall",
        "barrier",
        "editsection",
        "tooltip",
        "rail",
        "fallback",
        "signin",
    ]
)
_WEAK_WORDS = frozenset(
    [
        "nav",
        "menu",
        "footer",
        "banner",
        "breaking",
        "report",
        "bio",
        "byline",
        "rating",
        "vote",
        "weather",
        "jp",
        "follow",
        "print",
        "copyright",
        "foot",
        "ad",
        "also",
        "comment",
        "popular",
        "hits",
        "podcast",
        "podcasts",
        "paywall",
        "rail",
        "fallback",
    ]
)
"""Words that decide only about small elements: a whole story may stand in "breaking-news-article"."""
_SOLD = frozenset(("paywall",))
"""What search engines ask papers to call the text that is sold: paragraphs have it, boxes that sell too."""
_NEVER_WORDS = frozenset(
    (
        "popup",
        "modal",
        "dialog",
        "overlay",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "comments",
        "commentlist",
        "disqus",
        "respond",
        "newsletter",
        "related",
        "relatedposts",
        "signin",
    )
)
"""Words of what may hold most of a page's text without being its story."""
_CONSENT = frozenset(
    (
        *("onetrust", "didomi", "usercentrics", "cookiebot", "cookieyes", "cky", "iubenda", "quantcast"),
        *("sourcepoint", "truste", "trustarc", "osano", "klaro", "cmplz", "tarteaucitron", "axeptio", "termly"),
    )
)
"""Who asks on papers' behalf what may be stored: more words than many a story has."""
_BOXES = frozenset(("box", "bio", "card", "about", "profile", "description", "details", "info", "signature"))
"""With "author": who wrote it, below the text."""
_AUTHORS = frozenset(("author", "authors"))
_TEASERS, _LINKED_HEADING = frozenset(("teaser", "teasers")), "h2 a, h3 a, h4 a, h5 a, a h2, a h3, a h4, a h5"
_LINKED_WORDS = frozenset(("card", "cards", "teaser", "teasers", "promo", "tile", "box", "button", "btn", "cta"))
"""Words of what leads to another story when it is nothing but a link."""
_COMMENTARY = frozenset(("live", "direct", "commentary", "liveblog"))
_COMMENTED = frozenset(("comments", "comment"))
"""What is said of a match while it is played, and not by readers."""
_LAYOUT, _BESIDE, _FEW_LINKS = (
    frozenset(("container", "layout", "wrapper", "wrap", "grid")),
    frozenset(("sidebar",)),
    0.2,
)
"""What holds a story and what stands beside it may be called after either."""
_SIGN_IN = frozenset(("sign", "in"))
_BUILDERS = frozenset(("elementor", "panel", "builder", "siteorigin", "sow"))
_PIECES = frozenset(("widget", "widgets"))
"""What those who build pages with a mouse have every piece of them called."""
_NAMING = ("class", "id", "aria-label", "aria-labelledby", "data-testid", "data-component", "data-e2e")
"""Attributes in which papers name the parts of their pages."""
_LONGEST_NAMES = 1000
_NOISE_ROLES = frozenset(
    ("navigation", "banner", "complementary", "contentinfo", "search", "alert", "dialog", "menu", "toolbar")
)
_NOISE_TAGS = frozenset(("nav", "aside", "footer"))
_KEPT = frozenset(("html", "body", "main", "article"))
_TEXTS = frozenset(("p", "ul", "ol", "blockquote", "figure", "h2", "h3", "h4"))
_STORY = "h1, article, main"
_BODY, _FEW_BODIES = "[itemprop~=articleBody]", 5
_SMALL = 600
_LONGEST_LINK = 200
_HIDDEN = re.compile(
    r"screen-?reader|visually-?hidden|sr-only|off-?screen|(?:^|\s)hidden(?=\s|$)(?!.*:(?:block|flex|grid|inline))",
    re.IGNORECASE,
)
"""Class names of what only a reader of the page by ear is told: "list of 2 items", "end of recommended stories"."""


def is_noise(node: LexborNode, size: Size, whole: Size) -> bool:
    """True for an element of ``size`` whose name, role, class or id says that it is not the story.

    ``whole`` is the page: what holds most of its text, and few links, is the story whatever it is called.
    """
    tag = node.tag or ""
    if tag in _NOISE_TAGS:
        return True
    most = size.told * 2 >= whole.told
    if tag == "form" and size.text * 2 < whole.text:  # some servers wrap the whole page in one
        return True
    attributes = node.attributes
    if not attributes or tag in _KEPT:
        return False
    if tag == "a" and is_sharer((attributes.get("href") or "")[:_LONGEST_LINK]):
        return True
    if tag == "blockquote":  # a post of somebody's, named after where it was posted, or the card of another story
        return size.link_share > 0.8
    role = attributes.get("role")
    if role == "alertdialog" or attributes.get("aria-modal") == "true":
        return node.css_first(_STORY) is None
    if role in _NOISE_ROLES and not most:
        return True
    if _HIDDEN.search(attributes.get("class") or "") and size.text < _SMALL:
        return True
    return _is_named_noise(node, size, whole)


def _is_named_noise(node: LexborNode, size: Size, whole: Size) -> bool:
    names = named(node)
    if names & _LINKED_WORDS and size.link_share > 0.8:
        return True
    if names & _CONSENT and node.css_first(_STORY) is None:
        return True
    words = _words_of_noise(names, size)
    if names & _AUTHORS and names & _BOXES and size.text < 2 * _SMALL:
        return True
    if names & _TEASERS and size.text < 2 * _SMALL and node.css_first(_LINKED_HEADING) is not None:
        return True
    if not words or "articleBody" in (node.attributes.get("itemprop") or ""):
        return False
    if words & _NEVER_WORDS and node.css_first(_STORY) is None:
        return True
    if size.told * 2 >= whole.told:
        return False  # "has-sidebar-right" may be said of all there is
    if words == _SOLD and node.tag in _TEXTS:
        return False
    if words <= _WEAK_WORDS:
        return size.text < _SMALL
    return size.text < 4 * _SMALL or size.link_share > 0.4


def _words_of_noise(names: frozenset[str], size: Size) -> frozenset[str]:
    """Those of an element's names that say that it is noise, whatever its other names say."""
    words = names & _NOISE_WORDS
    if names >= _SIGN_IN:
        words |= {"signin"}
    if names & _BUILDERS:
        words -= _PIECES
    if names & _COMMENTARY:
        words -= _COMMENTED
    if names & _LAYOUT and size.link_share < _FEW_LINKS:
        words -= _BESIDE
    return words


def named(node: LexborNode) -> frozenset[str]:
    """The words of the names that an element's author gave it."""
    attributes = node.attributes
    names = " ".join(value for name in _NAMING if (value := attributes.get(name))) if attributes else ""
    if len(names) > _LONGEST_NAMES:
        return frozenset()
    if len(_SHORT.findall(names)) >= _GENERATED:
        names = _SHORT.sub("", names)
    names = _SAID_OF_OTHERS.sub("", _HASHES.sub("", _ON_PAPER.sub("", names)))
    return frozenset(word.lower() for word in _WORDS.findall(names))


def noise_in(root: LexborNode, heading: LexborNode | None = None) -> Callable[[LexborNode], bool]:
    """``is_noise`` for the elements below ``root``; those round the page's ``heading`` are not, nor is it."""
    sizes = measure(root)
    whole = sizes.get(root.mem_id, EMPTY)
    kept = _round_bodies(root) | (holders(heading) if heading is not None else set())

    def refused(node: LexborNode) -> bool:
        if not node.is_element_node or node.mem_id in kept:
            return False
        return is_noise(node, sizes.get(node.mem_id, EMPTY), whole)

    return refused


def _round_bodies(root: LexborNode) -> frozenset[int]:
    """The elements round what microdata calls a story's body, by their ids."""
    found: set[int] = set()
    for node in root.css(_BODY)[:_FEW_BODIES]:
        above = node.parent
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
    return frozenset(found)


def prune(root: LexborNode, heading: LexborNode | None = None) -> None:
    """Take the noise out of the tree below ``root``, but not the page's ``heading``."""
    take_out_boxes(root, _prune_named(root, heading))


def _prune_named(root: LexborNode, heading: LexborNode | None) -> list[LexborNode]:
    """Take out what is named as noise, outermost elements first; the elements in which forms stood."""
    noise = noise_in(root, heading)
    node = root.child
    stack: list[LexborNode] = []
    forms: list[LexborNode] = []
    while node is not None or stack:
        if node is None:
            node = stack.pop().next
            continue
        if noise(node):
            following = node.next
            if node.tag == "form" and node.parent is not None:
                forms.append(node.parent)
            node.decompose()
            node = following
            continue
        child = node.child
        if child is not None:
            stack.append(node)
            node = child
        else:
            node = node.next
    return forms
