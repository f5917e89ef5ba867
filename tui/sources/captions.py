"""What is said of a picture, by the names that papers give it and by how such lines begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NAMES = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=C))(?:captions?|cap|cutline|legende?|l[eé]gende|credits?|(?:img|photo)desc|"
    r"(?:image|photo|img)(?:caption|credit))(?:$|[\s_-]|(?=[A-Z]))",
    re.IGNORECASE,
)
_LONGEST_NAME, _LONGEST = 200, 700
_LINE = 200
"""Characters of what stands beside a picture in a box that holds nothing else."""
_SENTENCE = re.compile(r".{60}[.!?؟۔][\"»”]?$", re.DOTALL)
"""What may as well be the story's first paragraph."""
_MORE = "a, button, h1, h2, h3, h4, ul, ol, table, figcaption"
_ROUND, _MOST_BESIDE = 3, 10
_BOXES = frozenset(("div", "span", "section", "picture", "center"))
CREDIT = re.compile(
    r"\W*(?:(?:ال)?صورة|تصوير|عدسة|photos?|images?|picture|crédits?(?: photo)?|צילום|عکس|تصویر)\b.{0,20}[:©/|].{1,90}",
    re.IGNORECASE,
)
"""A whole line behind a picture that says who took it."""


def is_caption(node: LexborNode) -> bool:
    """Whether an element is what is said of a picture, by its tag or its name, and holds no other picture or story."""
    if node.tag == "figcaption":
        return True
    named = node.attributes.get("class") or ""
    if not named or _NAMES.search(named[:_LONGEST_NAME]) is None:
        return False
    more = node.css_first("img, ul, ol, table") is not None or len(node.css("p")) > 1
    return not more and len(node.text()) <= _LONGEST


def beside_picture(image: LexborNode) -> tuple[LexborNode, ...]:
    """The elements behind a picture that share a box with it alone, and say little: one line, and whose it is."""
    inner = image
    for _ in range(_ROUND):
        box = inner.parent
        if box is None or box.tag not in _BOXES or not (_few(inner, "next") and _few(inner, "prev")):
            return ()
        if said := box.text().strip():
            if len(said) > _LINE or box.css_first(_MORE) is not None or len(box.css("img")) > 1:
                return ()
            lines = tuple(_behind(inner))
            return () if any(_SENTENCE.search(line.text().strip()) for line in lines) else lines
        inner = box
    return ()


def _few(node: LexborNode | None, way: str) -> bool:
    """Whether only some nodes follow, or precede."""
    for _ in range(_MOST_BESIDE):
        node = getattr(node, way)
        if node is None:
            return True
    return False


def _behind(node: LexborNode) -> Iterator[LexborNode]:
    following = node.next
    while following is not None:
        if following.is_element_node and following.text().strip():
            yield following
        following = following.next
