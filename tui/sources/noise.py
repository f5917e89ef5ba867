"""What stands in a page beside the story: share bars, advertisements, "read also", report notices, tickers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.sources.furniture import LEADS
from tui.sources.measure import EMPTY, Size, Sizes, measure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
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
        "vote",
        "poll",
        "skip",
        "copyright",
        "disclaimer",
        "podcast",
        "podcasts",
        "postmeta",
        "postmetadata",
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
        "ad",
        "also",
        "comment",
        "popular",
        "podcast",
        "podcasts",
    ]
)
"""Words that decide only about small elements: a whole story may stand in "breaking-news-article"."""
_NEVER_WORDS = frozenset(
    ("cookie", "cookies", "consent", "gdpr", "comments", "commentlist", "disqus", "respond", "newsletter")
)
"""Words of what may hold most of a page's text without being its story."""
_LINKED_WORDS = frozenset(("card", "cards", "teaser", "teasers", "promo", "tile", "box", "button", "btn", "cta"))
"""Words of what leads to another story when it is nothing but a link."""
_NAMING = ("class", "id", "aria-label", "aria-labelledby", "data-testid", "data-component", "data-e2e")
"""Attributes in which papers name the parts of their pages."""
_LONGEST_NAMES = 1000
_NOISE_ROLES = frozenset(
    ("navigation", "banner", "complementary", "contentinfo", "search", "alert", "dialog", "menu", "toolbar")
)
_NOISE_TAGS = frozenset(("nav", "aside", "footer"))
_KEPT = frozenset(("html", "body", "main", "article"))
_WHOLE = frozenset((*_KEPT, None))
_SMALL = 600
_FEW_CARDS, _TEASER = 3, 350
"""Cards in a run; characters that one says beside its heading."""
_HIDDEN = re.compile(r"(?:screen-?reader|visually-?hidden|sr-only)", re.IGNORECASE)
"""Class names of what only a reader of the page by ear is told: "list of 2 items", "end of recommended stories"."""
_HEADING = 60

COMMENTS = re.compile(
    r"^\W*\d*\s*(?:comments?|commentaires?|réactions|(?:ال)?تعليقات?|תגובות|نظرات?|دیدگاه\W?ها|تبصرے)\s*\(?\d*\)?\W*$",
    re.IGNORECASE,
)
"""The heading of readers' comments."""


def is_noise(node: LexborNode, size: Size, whole: Size) -> bool:
    """True for an element of ``size`` whose name, role, class or id says that it is not the story.

    ``whole`` is the page: what holds most of its text, and few links, is the story whatever it is called.
    """
    tag = node.tag or ""
    if tag in _NOISE_TAGS:
        return True
    if tag == "form" and size.text * 2 < whole.text:  # some servers wrap the whole page in one
        return True
    attributes = node.attributes
    if not attributes or tag in _KEPT:
        return False
    if tag == "blockquote":  # a post of somebody's, named after where it was posted, or the card of another story
        return size.link_share > 0.8
    if attributes.get("role") in _NOISE_ROLES:
        return True
    if _HIDDEN.search(attributes.get("class") or "") and size.text < _SMALL:
        return True
    return _is_named_noise(node, size, whole)


def _is_named_noise(node: LexborNode, size: Size, whole: Size) -> bool:
    names = named(node)
    if names & _LINKED_WORDS and size.link_share > 0.8:
        return True
    words = names & _NOISE_WORDS
    if not words or "articleBody" in (node.attributes.get("itemprop") or ""):
        return False
    if words & _NEVER_WORDS and node.css_first("h1, article, main") is None:
        return True
    if size.text * 2 >= whole.text and size.link_share < 0.3:
        return False
    if words <= _WEAK_WORDS:
        return size.text < _SMALL
    return size.text < 4 * _SMALL or size.link_share > 0.4


def named(node: LexborNode) -> frozenset[str]:
    """The words of the names that an element's author gave it."""
    attributes = node.attributes
    names = " ".join(value for name in _NAMING if (value := attributes.get(name))) if attributes else ""
    return frozenset(word.lower() for word in _WORDS.findall(names)) if len(names) <= _LONGEST_NAMES else frozenset()


def noise_in(root: LexborNode) -> Callable[[LexborNode], bool]:
    """``is_noise`` for the elements below ``root``."""
    sizes = measure(root)
    whole = sizes.get(root.mem_id, EMPTY)
    return lambda node: bool(node.is_element_node) and is_noise(node, sizes.get(node.mem_id, EMPTY), whole)


def prune(root: LexborNode) -> None:
    """Take the noise out of the tree below ``root``, outermost elements first."""
    noise = noise_in(root)
    node = root.child
    stack: list[LexborNode] = []
    forms: list[LexborNode] = []
    while node is not None or stack:
        if node is None:
            node = stack.pop().next
            continue
        if noise(node):
            following = node.next
            if node.tag == "form" and (box := _asking(node)) is not None:
                forms.append(box)
            node.decompose()
            node = following
            continue
        child = node.child
        if child is not None:
            stack.append(node)
            node = child
        else:
            node = node.next
    for box in forms:
        box.decompose()
    _prune_boxes(root)
    _prune_cards(root)
    _prune_comments(root)


def _asking(form: LexborNode) -> LexborNode | None:
    """The box round a form that asks for an address: a heading and a sentence or two about a letter to readers."""
    box = form.parent
    if box is None or box.tag in _WHOLE or box.parent is None or form.css_first("input") is None:
        return None
    few = len((box.text() or "").strip()) < _TEASER and box.css_first("h1, article, main") is None
    return box if few else None


def _prune_cards(root: LexborNode) -> None:
    """Take out runs of elements that each begin with a linked heading and say little more: other stories."""
    sizes = measure(root)
    runs: dict[int, list[LexborNode]] = {}
    for heading in root.css("h2, h3, h4, h5, h6")[:300]:
        card = _card(heading, sizes)
        if card is not None and card.parent is not None:
            runs.setdefault(card.parent.mem_id, []).append(card)
    for cards in runs.values():
        beside = sizes.get(cards[0].parent.mem_id, EMPTY).text if cards[0].parent is not None else 0
        beside -= sum(sizes.get(card.mem_id, EMPTY).text for card in cards)
        if len(cards) >= _FEW_CARDS and beside < 2 * _HEADING:  # with text between them they are chapters of a story
            for card in cards:
                card.decompose()


def _card(heading: LexborNode, sizes: Sizes) -> LexborNode | None:
    """The element that tells of another story under ``heading``, which links to it."""
    anchor = heading.css_first("a[href]") or (heading.parent if heading.parent and heading.parent.tag == "a" else None)
    if anchor is None or (anchor.attributes.get("href") or "#").startswith("#"):
        return None
    title = sizes.get(heading.mem_id, EMPTY).text
    if sizes.get(anchor.mem_id, EMPTY).text * 10 < title * 8:
        return None
    card: LexborNode | None = None
    box = heading.parent
    while box is not None and box.tag not in _WHOLE:
        if sizes.get(box.mem_id, EMPTY).text > title + _TEASER or len(box.css("h1, h2, h3, h4, h5, h6")) > 1:
            break
        card, box = box, box.parent
    return card


def _prune_boxes(root: LexborNode) -> None:
    """Take out what begins with "read also" and holds little but links: the element, not the line in a story."""
    sizes = measure(root)
    for line in root.css("h2, h3, h4, h5, h6, p, div, span, strong, b")[:3000]:
        if not 0 < sizes.get(line.mem_id, EMPTY).text <= _HEADING or not LEADS.match(line.text()):
            continue
        box, above = line, line.parent
        while above is not None and above.tag not in _WHOLE and _begins(above, box):
            size = sizes.get(above.mem_id, EMPTY)
            if size.text > 4 * _SMALL or above.css_first("h1, article, main") is not None:
                break
            box, above = above, above.parent
        size = sizes.get(box.mem_id, EMPTY)
        if box.mem_id != line.mem_id and size.link_share > 0.4:
            box.decompose()


def _begins(node: LexborNode, child: LexborNode) -> bool:
    """Does ``node``'s text begin with that of its ``child``?"""
    before = child.prev
    while before is not None:
        if before.tag not in ("-comment", "script", "style") and (before.text() or "").strip():
            return False
        before = before.prev
    return node.parent is not None


def _prune_comments(root: LexborNode) -> None:
    """Take out what stands under "12 comments": a list of them may be longer than the story."""
    for heading in root.css("h2, h3, h4, h5")[:50]:
        text = heading.text()
        if len(text) > _HEADING or not COMMENTS.match(text):
            continue
        above = heading.parent
        if above is not None and above.tag not in _WHOLE and above.css_first("h1, article, main") is None:
            above.decompose()
            return
        while (following := heading.next) is not None:
            following.decompose()
        heading.decompose()
        return
