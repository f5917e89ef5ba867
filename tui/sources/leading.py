"""The picture over a story, where a page sets it apart from the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.news.model import Figure
from tui.sources.between import beside, between
from tui.sources.blocks import read_blocks
from tui.sources.heading import heading_node
from tui.sources.noise import named
from tui.sources.pictures import picture

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PICTURES = "img, amp-img"
_OF_OTHERS = frozenset(
    (
        *("author", "authors", "byline", "writer", "bio", "logo", "brand", "icon", "avatar", "profile", "flag", "ad"),
        *("ads", "advert", "banner", "sponsor", "related", "share", "social", "nav", "menu", "header", "footer"),
        *("teaser", "teasers", "thumb", "thumbs", "thumbnails", "next", "previous", "qr"),
    )
)
"""What a picture that is not the story's stands in."""
_SMALLEST = 150
"""Pixels: a smaller side is a writer's portrait or a button, where the page says how large a picture is."""
_CAPTION = 300
"""Characters of text beside a picture: more is no caption."""


def leading_picture(tree: LexborHTMLParser, story: LexborNode, base: str) -> Figure | None:
    """The first picture between the page's heading and ``story``, else the nearest one before the heading."""
    heading = heading_node(tree)
    if heading is None:
        return None
    return first_picture(between(heading, story), base) or first_picture(beside(heading, story), base)


def first_picture(nodes: Iterable[LexborNode], base: str) -> Figure | None:
    """The first picture in these elements that may be a story's, with its caption."""
    for node in nodes:
        found = [node] if node.tag in ("img", "amp-img") else node.css(_PICTURES)[:3]
        for image in found:
            shown = picture(image, base)
            if shown is None or any(0 < side < _SMALLEST for side in (shown.width, shown.height)):
                continue
            if _is_of_others(image, node):
                continue
            return _with_caption(image, node, base) or Figure(shown)
    return None


def _is_of_others(image: LexborNode, within: LexborNode) -> bool:
    """Whether the picture, or what holds it up to ``within``, is named after something else, or leads elsewhere."""
    node: LexborNode | None = image
    while node is not None:
        if named(node) & _OF_OTHERS or node.tag in ("a", "nav", "aside", "header"):
            return True
        if node.mem_id == within.mem_id:
            return False
        node = node.parent
    return False


def _with_caption(image: LexborNode, within: LexborNode, base: str) -> Figure | None:
    """The picture as its <figure> gives it."""
    node: LexborNode | None = image
    while node is not None and node.tag != "figure" and node.mem_id != within.mem_id:
        node = node.parent
    if node is None or node.tag != "figure" or len(node.text()) > _CAPTION:
        return None
    return next((block for block in read_blocks(node, base) if isinstance(block, Figure)), None)
